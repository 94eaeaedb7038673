//! Taxes on documents: what was decided at sale, and what stands in the books.

use super::{completes, eur, one};
use kernel::{ChargebackId, Money, OrderId, TaxPlace};
use ledger::flows::{self, AtProvider, Shares, Taken};
use market::billing::rules;
use market::documents::{Kind, Note, TaxSum, What};
use market::tax::{self, Decision, Engine, Liable, Nothing, Part, PartKind, Question, SellerClass};
use sqlx::raw_sql;
use testkit::Town;
use time::macros::date;
use uuid::Uuid;

fn de() -> TaxPlace {
    TaxPlace::parse("DE").unwrap()
}

/// Nothing is taxed, but where somebody says otherwise below.
async fn undecided(to: &str) -> Vec<Decision> {
    let part = |kind, amount| Part { kind, leg: None, category: None, amount: eur(amount) };
    let question = Question {
        parts: vec![
            part(PartKind::Item, 1_200),
            part(PartKind::Shipping, 200),
            part(PartKind::BuyerFee, 130),
            part(PartKind::Commission, 96),
        ],
        from: de(),
        to: TaxPlace::parse(to).unwrap(),
        postcode: None,
        seller: SellerClass::Private,
        buyer_business: None,
        currency: kernel::Currency::EUR,
        day: date!(2026 - 03 - 01),
    };
    Nothing.assess(&question).await.unwrap().decisions
}

/// 19 %, within the price.
fn german(base: i64, amount: i64, it: &Decision) -> Decision {
    Decision {
        liable: Liable::Platform,
        place: de(),
        base: eur(base),
        rate_ppm: 190_000,
        amount: eur(amount),
        included: true,
        because: "at_home".to_owned(),
        ..it.clone()
    }
}

/// Puts decisions in the place of those that were made at sale, behind the table's back.
async fn decides(town: &Town, order: OrderId, decisions: &[Decision]) {
    raw_sql("alter table tax_decisions disable trigger user").execute(&town.owner).await.unwrap();
    sqlx::query("delete from tax_decisions where order_id = $1")
        .bind(order.0)
        .execute(&town.owner)
        .await
        .unwrap();
    raw_sql("alter table tax_decisions enable trigger user").execute(&town.owner).await.unwrap();
    let mut tx = town.db.begin().await.unwrap();
    tax::keep(&mut tx, order, decisions).await.unwrap();
    tx.commit().await.unwrap();
}

/// A lamp of Ann's whose fees are taxed in Germany: of 1.30 € are 0.21 €, of 0.96 € are 0.15 €.
async fn fees_taxed() -> Vec<Decision> {
    let mut decisions = undecided("DE").await;
    decisions[0].because = "private_seller".to_owned();
    decisions[2] = german(109, 21, &decisions[2]);
    decisions[3] = german(81, 15, &decisions[3]);
    decisions
}

fn nineteen(base: i64, amount: i64) -> TaxSum {
    TaxSum { place: "DE".to_owned(), rate_ppm: 190_000, base, amount }
}

#[tokio::test]
async fn a_private_seller_gets_no_vat_on_the_item() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    decides(&town, deal.order(), &fees_taxed().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let said = one(&town, Kind::Receipt, deal.order()).await.body.content;
    assert_eq!(said.taxes, [nineteen(109, 21)], "on the marketplace's own fee alone");
    assert_eq!(said.notes, [Note::GoodsBy { name: "Ann".to_owned() }, Note::PrivateSeller]);
}

/// The release books the taxes as the engine of orders does; here by hand, so that each share is seen.
#[tokio::test]
async fn commission_is_invoiced_and_credited_with_its_tax() {
    let town = Town::new().await;
    town.writes_orders_by_hand();
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    decides(&town, deal.order(), &fees_taxed().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let (order, now, terms) = (deal.order(), town.now(), town.market.billing());
    let taxes = [(de(), eur(36))];
    let shares = Shares {
        seller: eur(1_304),
        reserve: eur(0),
        commission: eur(81),
        buyer_fee: eur(109),
        taxes: &taxes,
    };
    let mut tx = town.db.begin().await.unwrap();
    ledger::post(&mut tx, &flows::released(order, ann.id, &shares, now).unwrap()).await.unwrap();
    rules::released(&mut tx, &terms, order).await.unwrap();
    tx.commit().await.unwrap();
    let invoice = one(&town, Kind::CommissionInvoice, order).await;
    assert_eq!((invoice.head.total, invoice.head.tax), (eur(96), eur(15)));
    assert_eq!(invoice.body.content.taxes, [nineteen(81, 15)]);

    // 5.00 € go back after the release, and 0.40 € of the commission with them, of which 0.06 € are tax.
    let mut tx = town.db.begin().await.unwrap();
    let refund =
        market::payments::rules::ask_refund(&mut tx, order, deal.payment.id, eur(500)).await.unwrap();
    let taxes = [(de(), eur(6))];
    let zero = Money::zero(kernel::Currency::EUR);
    let taken = Taken {
        payable: eur(460),
        reserve: zero,
        set_aside: zero,
        owed: zero,
        commission: eur(34),
        buyer_fee: zero,
        taxes: &taxes,
    };
    ledger::post(&mut tx, &flows::clawed_back(order, refund, ann.id, &taken, now).unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    let notes: Vec<_> =
        super::all(&town).await.into_iter().filter(|it| it.head.kind == Kind::CreditNote).collect();
    assert_eq!(notes.len(), 2);
    let to_seller = notes.iter().find(|it| it.head.for_member == ann.id).unwrap();
    assert_eq!((to_seller.head.total, to_seller.head.corrects), (eur(40), Some(invoice.head.id)));
    assert_eq!(to_seller.body.content.taxes, [nineteen(34, 6)]);
    assert_eq!(to_seller.body.content.lines[0].what, What::CommissionBack);
    let to_buyer = notes.iter().find(|it| it.head.for_member == ben.id).unwrap();
    assert_eq!((to_buyer.head.total, to_buyer.head.tax), (eur(500), eur(0)));
}

/// What a bank took in part is credited with the tax that was within it, as a refund of so much would be.
#[tokio::test]
async fn what_a_bank_took_in_part_is_credited_with_its_tax() {
    let town = Town::new().await;
    town.writes_orders_by_hand();
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let mut decisions = undecided("DE").await;
    decisions[0] = german(1_008, 192, &decisions[0]);
    decisions[1] = german(168, 32, &decisions[1]);
    decides(&town, deal.order(), &decisions).await;
    sqlx::query("update orders set tax_included_amount = 224").execute(&town.owner).await.unwrap();
    ben.pays(&deal).await;
    town.run_jobs().await;
    let receipt = one(&town, Kind::Receipt, deal.order()).await;
    assert_eq!(receipt.body.content.taxes, [nineteen(1_176, 224)]);

    let (order, now) = (deal.order(), town.now());
    let chargeback = ChargebackId(Uuid::from_u128(7));
    let at = AtProvider { provider: "sandbox", reference: "dp_1" };
    let mut tx = town.db.begin().await.unwrap();
    for entry in [
        flows::dispute_opened(chargeback, order, at, eur(500), eur(0), now).unwrap(),
        flows::dispute_lost(chargeback, order, eur(500), now).unwrap(),
    ] {
        ledger::post(&mut tx, &entry).await.unwrap();
    }
    rules::disputed(&mut tx, &town.market.billing(), deal.payment.id).await.unwrap();
    tx.commit().await.unwrap();
    let note = one(&town, Kind::CreditNote, order).await;
    assert_eq!((note.head.total, note.head.tax), (eur(500), eur(80)));
    assert_eq!(note.body.content.taxes, [nineteen(420, 80)]);
    assert_eq!(note.body.content.lines[0].what, What::ChargedBack);
}

/// What is frozen and what is paid do not agree: a person looks, and the next document is written.
#[tokio::test]
async fn what_does_not_add_up_is_a_ticket_and_holds_up_nobody() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let odd = ben.buys(&ann.listing("Lamp").live().await).await;
    let mut decisions = undecided("FR").await;
    decisions[0] = Decision {
        included: false,
        place: TaxPlace::parse("FR").unwrap(),
        ..german(1_200, 240, &decisions[0])
    };
    decides(&town, odd.order(), &decisions).await;
    ben.pays(&odd).await;
    let even = ben.buys(&ann.listing("Vase").live().await).await;
    ben.pays(&even).await;
    completes(&ann, &ben, &even).await;
    town.run_jobs().await;
    assert_eq!(town.count("select count(*) from documents").await, 2);
    assert_eq!(town.count("select count(*) from tickets where key like 'document:receipt:%'").await, 1);
}
