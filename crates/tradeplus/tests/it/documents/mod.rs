//! Documents: who gets which, what they say, and that nothing of it changes.

mod api;
mod billing;
mod files;
mod numbers;
mod pages;
mod parties;
mod taxed;

use kernel::{Currency, DocumentId, Money, OrderId};
use market::documents::{self, Content, Document, Issuer, Kind, Line, New, Party, Tongue, What};
use testkit::{Deal, Person, Town};
use time::Date;
use time::macros::date;

const DAY: Date = date!(2026 - 03 - 01);

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// A receipt over 10.00 € for a service that somebody invented.
fn slip(who: &Person, cause: &str) -> New {
    New {
        kind: Kind::Receipt,
        cause: cause.to_owned(),
        issuer: Issuer::Operator,
        for_member: who.id,
        order: None,
        payout: None,
        corrects: None,
        tongue: Tongue::En,
        day: DAY,
        content: Content {
            issuer: Party { name: "Market".to_owned(), ..Party::default() },
            made_by: None,
            recipient: Party { name: who.name.clone(), ..Party::default() },
            order: None,
            transfer: None,
            corrects: None,
            currency: Currency::EUR,
            lines: vec![Line::one(What::BuyerFee, eur(1_000))],
            taxes: Vec::new(),
            total: 1_000,
            paid: None,
            notes: Vec::new(),
        },
    }
}

async fn issues(town: &Town, new: &New) -> DocumentId {
    let mut tx = town.db.begin().await.unwrap();
    let id = documents::issue(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// Every document, oldest first; of one moment, those that correct others last.
async fn all(town: &Town) -> Vec<Document> {
    let ids = "select document_id from documents order by issued_at,
        array_position(array['receipt', 'invoice', 'commission_invoice', 'payout_statement', 'credit_note'], kind), label";
    let ids: Vec<DocumentId> = sqlx::query_scalar(ids).fetch_all(&town.owner).await.unwrap();
    let mut found = Vec::new();
    for id in ids {
        found.push(documents::find(&mut town.db.read().await.unwrap(), id).await.unwrap());
    }
    found
}

/// The only document of a kind about an order.
async fn one(town: &Town, kind: Kind, order: OrderId) -> Document {
    let mut found = all(town).await;
    found.retain(|it| it.head.kind == kind && it.head.order == Some(order));
    assert_eq!(found.len(), 1, "{kind:?}");
    found.remove(0)
}

/// Ben has bought and paid a lamp of Ann's: 12.00 €, sent for 2.00 €, with 1.30 € for protection.
async fn sold(town: &Town) -> (Person, Person, Deal) {
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    (ann, ben, deal)
}

/// It has come, and the money is Ann's.
async fn completes(ann: &Person, ben: &Person, deal: &Deal) {
    ann.takes(deal.order(), "ship").await;
    ben.takes(deal.order(), "confirm_early").await;
}
