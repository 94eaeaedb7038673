//! Messages, letter by letter: `eu.xml` and `fr.xml` beside this file are also judged against the official schema
//! (`bin/sdk`).

use super::*;
use crate::tax::profile::Said;
use time::macros::{date, datetime};
use uuid::Uuid;

const EU: &str = include_str!("eu.xml");
const FR: &str = include_str!("fr.xml");
const REPORT: ReportId = ReportId(Uuid::from_u128(7));

fn operator_of(profile: Dac7Profile) -> (platform::config::Operator, &'static str) {
    let (country, number) = match profile {
        Dac7Profile::Eu => ("DE", "12/345/67890"),
        Dac7Profile::Fr => ("FR", "123456782"),
    };
    let operator = platform::config::Operator {
        name: "Market & Sons".to_owned(),
        address: "1 Main Street, 10115 Berlin".to_owned(),
        country: country.to_owned(),
        vat_id: "DE136695976".to_owned(),
        registration: "HRB 99 B".to_owned(),
        email: String::new(),
    };
    (operator, number)
}

/// One with an account at a bank, one without a tax number, and a business.
fn sellers(profile: Dac7Profile) -> [Details; 3] {
    let (country, tin) = match profile {
        Dac7Profile::Eu => ("DE", "86095742719"),
        Dac7Profile::Fr => ("FR", "3023217600053"),
    };
    let ann = Said {
        class: "private",
        country,
        first: "Ann & Élodie",
        last: "آن <Garden>",
        born: "1990-04-23",
        street: "3 Rue de l'Été",
        postcode: "75001",
        town: "Paris",
        tin,
        ..Said::default()
    };
    let nia = Said {
        country: "AT",
        first: "Nia",
        last: "Okafor",
        born: "1.12.1985",
        birth_town: "Lagos",
        birth_country: "NG",
        street: "Ring 1",
        postcode: "1010",
        town: "Wien",
        tin: "",
        ..ann
    };
    let shop = Said {
        class: "business",
        country: "DE",
        business_name: "Lamps \"R\" Us & Co",
        registration: "HRB 1234 B",
        vat_id: "DE136695976",
        street: "Lindenweg 3",
        postcode: "10115",
        town: "Berlin",
        region: "Berlin",
        tin: "12345678901",
        ..Said::default()
    };
    [ann, nia, shop].map(|said| said.read(date!(2027 - 01 - 10)).unwrap())
}

fn sums(sales: i64, amounts: [i64; 3], code: &str) -> Sums {
    let currency: Currency = code.parse().unwrap();
    let [consideration, fees, taxes] = amounts.map(|amount| Money::new(amount, currency));
    Sums { sales, consideration, fees, taxes, ..Sums::zero(currency) }
}

fn years() -> [Months; 3] {
    let sek = "SEK".parse().unwrap();
    [
        [((1, Currency::EUR), sums(31, [230_000, 20_000, 0], "EUR"))].into(),
        [
            ((2, Currency::EUR), sums(0, [-20_000, 0, 0], "EUR")),
            ((5, Currency::EUR), sums(20, [200_000, 15_000, 1_200], "EUR")),
            ((11, Currency::EUR), sums(12, [50_000, 4_500, 0], "EUR")),
        ]
        .into(),
        [((3, sek), sums(40, [10_000_000, 800_000, 0], "SEK"))].into(),
    ]
}

fn written(profile: Dac7Profile) -> String {
    let (operator, number) = operator_of(profile);
    let terms = Terms { operator: &operator, number, profile, brand: "Village Market" };
    let account = Account { kind: IBAN, number: "DE89370400440532013000", holder: "Ann Garden" };
    let rates = Rates::default();
    let bodies: Vec<String> = sellers(profile)
        .iter()
        .zip(years())
        .enumerate()
        .map(|(n, (details, months))| {
            body(profile, details, Some(&account).filter(|_| n == 0), &months, &rates).unwrap()
        })
        .collect();
    let refs: Vec<String> = (0..=3).map(|n| doc_ref(&terms, 2026, REPORT, n)).collect();
    let docs: Vec<Doc<'_>> = bodies
        .iter()
        .zip(&refs[1..])
        .map(|(body, doc_ref)| Doc { says: SaysOf::New, doc_ref, mends: None, body })
        .collect();
    let message_ref = message_ref(&terms, 2026, REPORT);
    let head = Head {
        year: 2026,
        says: Says::New,
        message_ref: &message_ref,
        at: datetime!(2027-01-10 09:30 UTC),
        operator_ref: &refs[0],
        is_first: true,
    };
    message(&terms, &head, &docs)
}

#[test]
fn messages_are_those_that_the_official_schema_was_asked_about() {
    assert_eq!(written(Dac7Profile::Eu), EU);
    assert_eq!(written(Dac7Profile::Fr), FR);
}

#[test]
fn a_name_with_an_ampersand_and_arabic_is_well_formed() {
    for text in [EU, FR] {
        assert!(text.contains("<dpi:FirstName>Ann &amp; Élodie</dpi:FirstName>"));
        assert!(text.contains("<dpi:LastName>آن &lt;Garden&gt;</dpi:LastName>"));
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(2) {
            let (tag, after) = tag.split_once('>').unwrap();
            assert!(!after.contains('>'), "{after}");
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name)),
                None => open.push(tag.split(' ').next().unwrap()),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn what_was_said_is_found_again() {
    let [_, second, _] = sellers(Dac7Profile::Eu);
    let [_, year, _] = years();
    let said = body(Dac7Profile::Eu, &second, None, &year, &Rates::default()).unwrap();
    let name = |n| format!("DE2026-{}-{n}", REPORT.0.simple());
    assert_eq!(body_of(EU, &name(2)), Some(said.as_str()));
    assert_eq!(body_of(EU, &name(0)), None, "the operator is no seller");
    assert_eq!(body_of(EU, &name(4)), None);
}

#[test]
fn a_correction_names_its_original() {
    let (operator, number) = operator_of(Dac7Profile::Eu);
    let profile = Dac7Profile::Eu;
    let terms = Terms { operator: &operator, number, profile, brand: "Village Market" };
    let head = Head {
        year: 2026,
        says: Says::Corrections,
        message_ref: "m",
        at: datetime!(2027-02-10 09:30 UTC),
        operator_ref: "o",
        is_first: false,
    };
    let docs = [
        Doc { says: SaysOf::Corrected, doc_ref: "b", mends: Some("a"), body: "" },
        Doc { says: SaysOf::Deleted, doc_ref: "d", mends: Some("c"), body: "" },
    ];
    let said = message(&terms, &head, &docs);
    for part in [
        "<dpi:MessageTypeIndic>DPI402</dpi:MessageTypeIndic>",
        "<stf:DocTypeIndic>OECD0</stf:DocTypeIndic>\n<stf:DocRefId>o</stf:DocRefId>\n</dpi:DocSpec>",
        "<stf:DocTypeIndic>OECD2</stf:DocTypeIndic>\n<stf:DocRefId>b</stf:DocRefId>\n<stf:CorrDocRefId>a</stf:CorrDocRefId>",
        "<stf:DocTypeIndic>OECD3</stf:DocTypeIndic>\n<stf:DocRefId>d</stf:DocRefId>\n<stf:CorrDocRefId>c</stf:CorrDocRefId>",
    ] {
        assert!(said.contains(part), "{part} is not in\n{said}");
    }
}
