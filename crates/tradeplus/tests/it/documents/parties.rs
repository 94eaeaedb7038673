//! Who stands on documents: a business with its address and its number, a person by name.

use super::{all, completes, one};
use market::accounts::model::Client;
use market::documents::{Kind, Party};
use market::tax::profile::{self, Said};
use testkit::{Deal, Person, Town};
use time::macros::date;

const SHOP: Said<'_> = Said {
    class: "business",
    country: "DE",
    first: "",
    last: "",
    born: "",
    birth_town: "",
    birth_country: "",
    business_name: "Lamps Ltd",
    registration: "HRB 1234",
    vat_id: "DE 136 695 976",
    self_billing: true,
    street: "Lindenweg 333",
    postcode: "10115",
    town: "Berlin",
    region: "",
    tin: "",
};
const PERSON: Said<'_> = Said {
    class: "private",
    first: "Annabel",
    last: "Gardenia",
    born: "23.4.1990",
    business_name: "",
    registration: "",
    vat_id: "",
    self_billing: false,
    tin: "86095742719",
    ..SHOP
};

async fn says(town: &Town, who: &Person, said: &Said<'_>) {
    let details = said.read(date!(2026 - 12 - 31)).unwrap();
    let mut tx = town.db.begin().await.unwrap();
    let by = (&Client::default(), "http://localhost:8080");
    profile::set(&mut tx, &town.market.door.vault, who.id, &details, by).await.unwrap();
    tx.commit().await.unwrap();
}

/// Ben buys a lamp, it comes, and everything about it is written.
async fn deals(town: &Town, seller: &Person) -> Deal {
    let ben = town.person("Ben").await;
    let deal = ben.buys(&seller.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    completes(seller, &ben, &deal).await;
    town.run_jobs().await;
    deal
}

fn shop() -> Party {
    Party {
        name: "Lamps Ltd".to_owned(),
        lines: vec!["Lindenweg 333".to_owned(), "10115 Berlin".to_owned()],
        country: Some("DE".to_owned()),
        tax_number: Some("DE136695976".to_owned()),
        registration: Some("HRB 1234".to_owned()),
        email: None,
    }
}

#[tokio::test]
async fn a_business_stands_on_papers_with_its_address_and_its_number() {
    let town = Town::with(|config| {
        config.operator.name = "Village Market GmbH".to_owned();
        config.operator.address = "Am Markt 1, 10115 Berlin".to_owned();
        config.operator.vat_id = "DE123456789".to_owned();
    })
    .await;
    let ann = town.person("Ann").await;
    says(&town, &ann, &SHOP).await;
    let deal = deals(&town, &ann).await;
    let own = one(&town, Kind::Invoice, deal.order()).await.body.content;
    assert_eq!(own.issuer, shop());
    let commission = one(&town, Kind::CommissionInvoice, deal.order()).await.body.content;
    assert_eq!(commission.recipient, shop());
    let issuer = commission.issuer;
    assert_eq!(
        (issuer.name.as_str(), issuer.tax_number.as_deref()),
        ("Village Market GmbH", Some("DE123456789"))
    );
    assert_eq!(issuer.lines, ["Am Markt 1", "10115 Berlin"]);
}

#[tokio::test]
async fn where_a_person_lives_stands_on_no_paper() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    says(&town, &ann, &PERSON).await;
    let deal = deals(&town, &ann).await;
    let commission = one(&town, Kind::CommissionInvoice, deal.order()).await.body.content;
    assert_eq!(commission.recipient.name, "Ann");
    assert!(commission.recipient.lines.is_empty());
    for document in all(&town).await {
        let text = serde_json::to_string(&document.body).unwrap();
        for hidden in ["Lindenweg", "Annabel", "Gardenia", "86095742719"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }
}

#[tokio::test]
async fn an_address_that_does_not_open_keeps_nobody_waiting() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    says(&town, &ann, &SHOP).await;
    sqlx::query("delete from vault.subject_keys").execute(&town.owner).await.unwrap();
    let deal = deals(&town, &ann).await;
    let own = one(&town, Kind::Invoice, deal.order()).await.body.content;
    assert_eq!(own.issuer, Party { lines: Vec::new(), ..shop() });
}
