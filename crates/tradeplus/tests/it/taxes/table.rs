//! The engine of the program: its tables, and what the operator wrote down.

use kernel::{Currency, Money, Refusal, TaxPlace};
use market::tax::rates::Row;
use market::tax::{
    self, Decision, Engine, Liable, Part, PartKind, Question, Registration, Scheme, SellerClass, Table,
    TaxError, VatId,
};
use testkit::Town;
use time::Date;
use time::macros::date;

const TODAY: Date = date!(2026 - 03 - 01);

fn place(text: &str) -> TaxPlace {
    text.parse().unwrap()
}

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// A lamp of 100.00 with shipping, and what the marketplace takes of both sides.
fn question(from: &str, to: &str, seller: SellerClass) -> Question {
    let part = |kind, amount| Part { kind, leg: None, category: None, amount: eur(amount) };
    Question {
        parts: vec![
            part(PartKind::Item, 10_000),
            part(PartKind::Shipping, 500),
            part(PartKind::BuyerFee, 570),
            part(PartKind::Commission, 800),
        ],
        from: place(from),
        to: place(to),
        postcode: None,
        seller,
        buyer_business: None,
        currency: Currency::EUR,
        day: TODAY,
    }
}

pub(super) async fn registers(town: &Town, at: &str, scheme: Scheme) {
    let number = "12/345".to_owned();
    let new = Registration { place: place(at), scheme, number, begins: date!(2026 - 01 - 01), ends: None };
    let mut tx = town.db.begin().await.unwrap();
    tax::register(&mut tx, None, &new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn decides(town: &Town, question: &Question) -> Result<Vec<Decision>, TaxError> {
    let engine = Table::new(town.db.clone(), place("DE"));
    Ok(engine.assess(question).await?.decisions)
}

/// Who owes, where, how much, and why.
fn told(decisions: &[Decision]) -> Vec<(Liable, String, i64, &str)> {
    decisions
        .iter()
        .map(|it| (it.liable, it.place.to_string(), it.amount.amount, it.because.as_str()))
        .collect()
}

#[tokio::test]
async fn a_private_sellers_item_is_untaxed_and_the_fee_is_not() {
    let town = Town::new().await;
    registers(&town, "DE", Scheme::Local).await;
    let decided = decides(&town, &question("DE", "DE", SellerClass::Private)).await.unwrap();
    let de = || "DE".to_owned();
    assert_eq!(
        told(&decided),
        [
            (Liable::Nobody, de(), 0, "private_seller"),
            (Liable::Nobody, de(), 0, "private_seller"),
            // 570 / 1.19 × 0.19 = 91.008…; 800 / 1.19 × 0.19 = 127.73…
            (Liable::Platform, de(), 91, "at_home"),
            (Liable::Platform, de(), 128, "at_home"),
        ]
    );
    for it in &decided[2..] {
        assert!(it.included && it.rate_ppm == 190_000, "{it:?}");
    }
    assert_eq!((decided[2].base, decided[3].base), (eur(479), eur(672)));
}

#[tokio::test]
async fn nothing_is_collected_without_a_registration() {
    let town = Town::new().await;
    for (from, to) in [("DE", "DE"), ("DE", "FR"), ("CN", "FR"), ("CN", "US-CA"), ("CN", "GB"), ("NG", "NG")]
    {
        for seller in [SellerClass::Private, SellerClass::Business] {
            let decided = decides(&town, &question(from, to, seller)).await.unwrap();
            assert!(decided.iter().all(|it| it.liable != Liable::Platform), "{from} {to}: {decided:?}");
            assert!(decided.iter().all(|it| it.amount.is_zero()), "{from} {to}: {decided:?}");
        }
    }
}

#[tokio::test]
async fn small_imports_are_taxed_at_the_sale_and_dear_ones_at_the_border() {
    let town = Town::new().await;
    registers(&town, "DE", Scheme::Local).await;
    registers(&town, "DE", Scheme::Ioss).await;
    let mut asked = question("CN", "FR", SellerClass::Business);
    let small = decides(&town, &asked).await.unwrap();
    assert_eq!(told(&small)[0], (Liable::Platform, "FR".to_owned(), 2_000, "eu_deemed_supplier"));
    assert_eq!(told(&small)[1], (Liable::Platform, "FR".to_owned(), 100, "eu_deemed_supplier"));
    assert!(!small[0].included && small[0].base == eur(10_000), "on top of the price");
    assert_eq!(told(&small)[3].3, "outside", "a service to China");
    asked.parts[0].amount = eur(15_001);
    assert_eq!(told(&decides(&town, &asked).await.unwrap())[0].3, "import_taxed_at_customs");
}

#[tokio::test]
async fn a_service_in_the_union_is_taxed_where_its_customer_is() {
    let town = Town::new().await;
    registers(&town, "DE", Scheme::Local).await;
    let mut asked = question("DE", "FI", SellerClass::Business);
    let fee = |decided: &[Decision]| (decided[2].place, decided[2].rate_ppm, decided[2].because.clone());
    let below = decides(&town, &asked).await.unwrap();
    assert_eq!(fee(&below), (place("DE"), 190_000, "below_oss".to_owned()));
    registers(&town, "DE", Scheme::Oss).await;
    let above = decides(&town, &asked).await.unwrap();
    assert_eq!(fee(&above), (place("FI"), 255_000, "oss".to_owned()));
    asked.buyer_business = VatId::parse("FI12345671");
    let business = decides(&town, &asked).await.unwrap();
    assert_eq!(fee(&business), (place("FI"), 0, "reverse_charge".to_owned()));
    assert_eq!(told(&business)[0].3, "sellers_own");
}

#[tokio::test]
async fn a_place_whose_rate_is_not_known_cannot_be_collected_for() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    registers(&town, "US-CA", Scheme::Facilitator).await;
    let asked = question("US-NY", "US-CA", SellerClass::Business);
    assert!(matches!(decides(&town, &asked).await, Err(TaxError::Unavailable(_))));
    let rate = Row {
        place: place("US-CA"),
        category: String::new(),
        ppm: 72_500,
        begins: TODAY,
        ends: Some(TODAY),
        levies: false,
        source: "The state's tax office".to_owned(),
    };
    let mut tx = town.db.begin().await.unwrap();
    tax::set_rate(&mut tx, ann.id, &rate).await.unwrap();
    tx.commit().await.unwrap();
    let decided = decides(&town, &asked).await.unwrap();
    assert_eq!(told(&decided)[0], (Liable::Platform, "US-CA".to_owned(), 725, "us_facilitator"));
    let tomorrow = Question { day: TODAY.next_day().unwrap(), ..asked };
    assert!(decides(&town, &tomorrow).await.is_err(), "it ended");
    assert_eq!(town.count("select count(*) from audit_log where action like 'tax.%'").await, 2);
}

#[tokio::test]
async fn another_question_than_was_assessed_is_refused() {
    let town = Town::new().await;
    let asked = question("DE", "FR", SellerClass::Private);
    let assessed = Table::new(town.db.clone(), place("DE")).assess(&asked).await.unwrap();
    assert_eq!(assessed.about(&asked).unwrap(), assessed.decisions);
    let other = Question { to: place("AT"), ..asked };
    assert!(matches!(assessed.about(&other), Err(Refusal::Conflict("taxes-changed"))));
}
