//! Taxes: what was decided about a sale, and stays.

mod exposure;
mod fees;
mod pages;
mod profile;
mod rates;
mod shown;
mod states;
mod stripe;
mod table;
mod yearly;

use kernel::{Currency, Money, TaxPlace};
use market::tax::{self, Engine, Nothing, Part, PartKind, Question, SellerClass, VatId};
use platform::db::refused_by;
use testkit::Town;
use time::macros::date;

fn question() -> Question {
    let part =
        |kind, amount| Part { kind, leg: None, category: None, amount: Money::new(amount, Currency::EUR) };
    Question {
        parts: vec![
            part(PartKind::Item, 1_200),
            part(PartKind::Shipping, 450),
            part(PartKind::BuyerFee, 130),
        ],
        from: TaxPlace::parse("DE").unwrap(),
        to: TaxPlace::parse("US-CA").unwrap(),
        postcode: None,
        seller: SellerClass::Private,
        buyer_business: None,
        currency: Currency::EUR,
        day: date!(2026 - 03 - 01),
    }
}

#[tokio::test]
async fn a_decision_never_changes() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let order = ben.buys(&ann.listing("Lamp").live().await).await.order();
    let decided = tax::of_order(&mut town.db.read().await.unwrap(), order).await.unwrap();
    assert!(decided.len() > 2, "{decided:?}");
    for change in ["update tax_decisions set amount = 0", "delete from tax_decisions"] {
        let refused = sqlx::query(change).execute(&town.owner).await.expect_err("it is frozen");
        assert_eq!(refused_by(&refused), Some("append_only"), "{change}");
    }
    let mut tx = town.db.begin().await.unwrap();
    assert!(tax::keep(&mut tx, order, &decided).await.is_err(), "it was decided before");
}

#[tokio::test]
async fn who_answered_another_question_has_not_answered_this_one() {
    let (asked, mut other) = (question(), question());
    let print = Nothing.assess(&asked).await.unwrap().print;
    assert_eq!(print, other.print().unwrap());
    other.buyer_business = VatId::parse("de 123.456.789");
    assert_eq!(other.buyer_business.as_ref().map(VatId::as_str), Some("DE123456789"));
    assert_ne!(print, other.print().unwrap());
    for text in ["", "DE", "12345", "D\u{c9}123456", "DE12345678901234"] {
        assert_eq!(VatId::parse(text), None, "{text}");
    }
}
