//! Which documents are due, by what happens to orders and to money.

use super::{all, completes, eur, one, sold};
use kernel::{ChargebackId, PayoutId};
use ledger::Account;
use ledger::flows::{self, AtProvider};
use market::billing::rules;
use market::documents::{self, Head, Issuer, Kind, What};
use market::payments;
use testkit::{Deal, Person, Town, cards};
use time::Duration;
use uuid::Uuid;

async fn kinds(town: &Town) -> Vec<(Kind, i64)> {
    all(town).await.into_iter().map(|it| (it.head.kind, it.head.total.amount)).collect()
}

#[tokio::test]
async fn a_buyer_gets_a_receipt_and_a_seller_an_invoice_for_the_commission() {
    let town = Town::with(|config| {
        config.operator.name = "Village Market GmbH".to_owned();
        config.operator.address = "Am Markt 1, 10115 Berlin".to_owned();
        config.operator.vat_id = "DE123456789".to_owned();
    })
    .await;
    let (ann, ben, deal) = sold(&town).await;
    town.run_jobs().await;
    assert_eq!(kinds(&town).await, [(Kind::Receipt, 1_530)]);
    let receipt = one(&town, Kind::Receipt, deal.order()).await;
    assert_eq!((receipt.head.for_member, receipt.head.issuer), (ben.id, Issuer::Operator));
    let said = &receipt.body.content;
    assert_eq!(said.issuer.name, "Village Market GmbH");
    assert_eq!(said.issuer.lines, ["Am Markt 1", "10115 Berlin"]);
    assert_eq!(said.recipient.lines, ["12 Garden Street", "10115 Berlin"]);
    assert_eq!(said.order.as_deref(), Some(deal.orders[0].number.as_str()));
    let lines: Vec<(&What, i64)> = said.lines.iter().map(|line| (&line.what, line.amount)).collect();
    let lamp = What::Item { title: "Lamp".to_owned() };
    assert_eq!(lines, [(&lamp, 1_200), (&What::Shipping, 200), (&What::BuyerFee, 130)]);

    completes(&ann, &ben, &deal).await;
    town.run_jobs().await;
    let invoice = one(&town, Kind::CommissionInvoice, deal.order()).await;
    assert_eq!((invoice.head.for_member, invoice.head.total), (ann.id, eur(96)));
    assert_eq!(invoice.body.content.recipient.name, "Ann");
    let text = serde_json::to_string(&invoice.body).unwrap();
    assert!(
        !text.contains("Garden Street") && !text.contains("Ben"),
        "a seller's paper names no buyer: {text}"
    );
}

#[tokio::test]
async fn without_a_name_the_operator_is_called_as_the_marketplace_is() {
    let town = Town::new().await;
    let (_, _, deal) = sold(&town).await;
    town.run_jobs().await;
    let said = one(&town, Kind::Receipt, deal.order()).await.body.content;
    assert_eq!((said.issuer.name.as_str(), said.issuer.country), ("TradePlus", None));
}

#[tokio::test]
async fn what_was_never_paid_has_no_documents() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays_by(deal.payment.id, cards::DECLINED).await.unwrap();
    ben.takes(deal.order(), "abandon").await;
    town.run_jobs().await;
    assert!(kinds(&town).await.is_empty());
}

#[tokio::test]
async fn a_second_hearing_of_the_news_makes_no_second_document() {
    let town = Town::new().await;
    let (ann, ben, deal) = sold(&town).await;
    completes(&ann, &ben, &deal).await;
    let other = ben.buys(&ann.listing("Vase").live().await).await;
    ben.pays(&other).await;
    ann.takes(other.order(), "cancel_by_seller").await;
    town.run_jobs().await;
    let before = kinds(&town).await;
    assert_eq!(before.len(), 4, "{before:?}");
    sqlx::query("update event_readers set xid = '0', event_id = 0 where name = 'billing'")
        .execute(&town.owner)
        .await
        .unwrap();
    town.run_jobs().await;
    assert_eq!(kinds(&town).await, before);
}

#[tokio::test]
async fn all_that_goes_back_is_credited_line_by_line() {
    let town = Town::new().await;
    let (_, ben, deal) = sold(&town).await;
    ben.takes(deal.order(), "cancel_by_buyer").await;
    town.run_jobs().await;
    let receipt = one(&town, Kind::Receipt, deal.order()).await;
    let note = one(&town, Kind::CreditNote, deal.order()).await;
    assert_eq!((note.head.total, note.head.corrects), (eur(1_530), Some(receipt.head.id)));
    assert_eq!(note.body.content.lines, receipt.body.content.lines);
    assert_eq!(note.body.content.paid, None);
    let left = documents::left_of(&mut town.db.read().await.unwrap(), &receipt.head).await.unwrap();
    assert_eq!(left, eur(0));
    assert_eq!(kinds(&town).await.len(), 2, "nothing was kept of the seller's part");
}

#[tokio::test]
async fn what_staff_pays_by_hand_is_credited_too() {
    let town = Town::new().await;
    let cy = town.staff("Cy", &[market::accounts::model::Role::Support]).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays_by(deal.payment.id, cards::REFUND_FAILS).await.unwrap();
    ben.takes(deal.order(), "cancel_by_buyer").await;
    town.run_jobs().await;
    town.later(Duration::minutes(1)).await;
    assert_eq!(kinds(&town).await, [(Kind::Receipt, 1_530)], "the buyer has nothing yet");
    cy.takes(deal.order(), "refund_other_way").await;
    town.run_jobs().await;
    assert_eq!(kinds(&town).await, [(Kind::Receipt, 1_530), (Kind::CreditNote, 1_530)]);
}

/// Asks for a part of the payment back, past the order.
async fn goes_back(town: &Town, deal: &Deal, amount: i64) {
    let mut tx = town.db.begin().await.unwrap();
    payments::rules::ask_refund(&mut tx, deal.order(), deal.payment.id, eur(amount)).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
}

#[tokio::test]
async fn a_part_refund_makes_a_credit_note_that_names_what_it_corrects() {
    let town = Town::new().await;
    let (_, _, deal) = sold(&town).await;
    goes_back(&town, &deal, 400).await;
    let receipt = one(&town, Kind::Receipt, deal.order()).await;
    let note = one(&town, Kind::CreditNote, deal.order()).await;
    let corrected = note.body.content.corrects.as_ref().unwrap();
    assert_eq!((corrected.label.as_str(), corrected.day.as_str()), ("R-2026-000001", "2026-03-01"));
    assert_eq!((note.head.total, note.head.corrects), (eur(400), Some(receipt.head.id)));
    assert_eq!(note.body.content.lines[0].what, What::Refund);
    let left = async || documents::left_of(&mut town.db.read().await.unwrap(), &receipt.head).await.unwrap();
    assert_eq!(left().await, eur(1_130));
    goes_back(&town, &deal, 1_130).await;
    assert_eq!(left().await, eur(0));
}

#[tokio::test]
async fn a_business_that_allowed_it_has_its_invoices_made() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let profile = "insert into seller_profiles (member_id, class, country, business_name, vat_id, self_billing_at, updated_at)
        values ($1, 'business', 'DE', 'Lampen Ann e. K.', 'DE987654321', $2, $2)";
    sqlx::query(profile).bind(ann.id.0).bind(town.now()).execute(&town.owner).await.unwrap();
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let invoice = one(&town, Kind::Invoice, deal.order()).await;
    assert_eq!((invoice.head.issuer, invoice.head.for_member), (Issuer::Member(ann.id), ben.id));
    assert_eq!(invoice.head.total, eur(1_400), "what the marketplace sells is not hers");
    let said = &invoice.body.content;
    assert_eq!(said.issuer.name, "Lampen Ann e. K.");
    assert_eq!(said.issuer.tax_number.as_deref(), Some("DE987654321"));
    assert_eq!(said.made_by.as_deref(), Some("TradePlus"));
    assert!(invoice.head.label.starts_with("S-") && invoice.head.label.ends_with("-2026-000001"));
    ann.takes(deal.order(), "cancel_by_seller").await;
    town.run_jobs().await;
    let notes: Vec<Head> =
        all(&town).await.into_iter().map(|it| it.head).filter(|it| it.kind == Kind::CreditNote).collect();
    assert_eq!(notes.len(), 2);
    let by = |issuer| notes.iter().find(|it| it.issuer == issuer).unwrap();
    let hers = by(Issuer::Member(ann.id));
    assert_eq!((hers.corrects, hers.total), (Some(invoice.head.id), eur(1_400)));
    assert_eq!(by(Issuer::Operator).total, eur(1_530));
}

#[tokio::test]
async fn what_a_bank_took_back_is_credited_once() {
    let town = Town::new().await;
    town.writes_orders_by_hand();
    let (_, _, deal) = sold(&town).await;
    town.run_jobs().await;
    let (order, now) = (deal.order(), town.now());
    let chargeback = ChargebackId(Uuid::from_u128(7));
    let at = AtProvider { provider: "sandbox", reference: "dp_1" };
    let mut tx = town.db.begin().await.unwrap();
    for entry in [
        flows::dispute_opened(chargeback, order, at, eur(1_530), eur(0), now).unwrap(),
        flows::dispute_lost(chargeback, order, eur(1_530), now).unwrap(),
    ] {
        ledger::post(&mut tx, &entry).await.unwrap();
    }
    for _ in 0..2 {
        rules::disputed(&mut tx, &town.market.billing(), deal.payment.id).await.unwrap();
    }
    tx.commit().await.unwrap();
    let note = one(&town, Kind::CreditNote, order).await;
    assert_eq!(note.head.total, eur(1_530));
    assert_eq!(kinds(&town).await.len(), 2);
}

/// A payout of what an order brought, written by hand: 10.00 €, of which 1.00 € was kept back before. The sale brought 13.00 €,
/// of which 3.00 € paid a debt and 1.00 € was taken back.
async fn paid_out(town: &Town, ann: &Person, deal: &Deal) -> PayoutId {
    let id = PayoutId(Uuid::from_u128(9));
    let by_hand = "with s as (
          insert into settlements (settlement_id, order_id, seller_id, kind, provider, currency, amount, netted_amount,
            taken_amount, state, state_since, hold_until, hold_because, created_at)
          select ('00000000-0000-0000-0000-00000000000' || n)::uuid, $2, $3, kind, 'sandbox', 'EUR', amount, netted, taken, 'paid_out',
            $4, $4, 'tier', $4
          from (values (1, 'sale', 1300, 300, 100), (2, 'reserve', 100, 0, 0)) v (n, kind, amount, netted, taken)
          returning settlement_id, amount - netted_amount - taken_amount as left_of_it),
        p as (
          insert into payouts (payout_id, number, seller_id, provider, account_ref, currency, amount, state, state_since,
            bank_label, paid_at, created_at)
          values ($1, 'PO1', $3, 'sandbox', 'acct_1', 'EUR', 1000, 'paid', $4, 'Bank … 3000', $4, $4))
        insert into payout_items (payout_id, settlement_id, amount) select $1, settlement_id, left_of_it from s";
    sqlx::query(by_hand)
        .bind(id.0)
        .bind(deal.order().0)
        .bind(ann.id.0)
        .bind(town.now())
        .execute(&town.owner)
        .await
        .unwrap();
    id
}

#[tokio::test]
async fn a_payout_has_a_statement_and_one_that_comes_back_corrects_it() {
    let town = Town::new().await;
    let (ann, _, deal) = sold(&town).await;
    town.run_jobs().await;
    let payout = paid_out(&town, &ann, &deal).await;
    let (terms, mut tx) = (town.market.billing(), town.db.begin().await.unwrap());
    for _ in 0..2 {
        rules::paid_out(&mut tx, &terms, payout).await.unwrap();
    }
    tx.commit().await.unwrap();
    let member = ann.member().await;
    let of_payout =
        async || documents::of_payout(&mut town.db.read().await.unwrap(), &member, payout).await.unwrap();
    let heads = of_payout().await;
    assert_eq!(heads.len(), 1);
    let page =
        ann.get(&format!("/payouts/{payout}")).await.is(200).shows("Payout statement P-2026-000001").page();
    assert!(page.has(&format!("a[href='/documents/{}']", heads[0].id)));
    assert_eq!(
        (heads[0].kind, heads[0].total, heads[0].for_member),
        (Kind::PayoutStatement, eur(1_000), ann.id)
    );
    let statement = documents::find(&mut town.db.read().await.unwrap(), heads[0].id).await.unwrap();
    let number = deal.orders[0].number.clone();
    let lines = &statement.body.content.lines;
    let said: Vec<(What, i64)> = lines.iter().map(|line| (line.what.clone(), line.amount)).collect();
    let order = || number.clone();
    let all_of_it = [
        (What::Sale { order: order() }, 1_300),
        (What::Netted { order: order() }, -300),
        (What::Taken { order: order() }, -100),
        (What::Reserve { order: order() }, 100),
    ];
    assert_eq!(said, all_of_it, "as the page and the table say it");
    assert_eq!(statement.body.content.transfer.unwrap().number, "PO1");

    town.clock.advance(Duration::days(1));
    let mut tx = town.db.begin().await.unwrap();
    for _ in 0..2 {
        rules::payout_back(&mut tx, &terms, payout).await.unwrap();
    }
    tx.commit().await.unwrap();
    let heads = of_payout().await;
    assert_eq!(heads.len(), 2);
    assert_eq!((heads[1].kind, heads[1].corrects), (Kind::CreditNote, Some(heads[0].id)));
}

/// Whatever is sold for whatever price, papers and books speak of the same money.
#[tokio::test]
async fn the_sums_of_a_document_are_those_of_the_ledger() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (mut paid, mut refunded) = (0, 0);
    for (n, price) in [51, 77, 99, 1_049, 1_050, 3_333, 9_999, 12_345].into_iter().enumerate() {
        let deal = ben.buys(&ann.listing("Lamp").price(price).shipping(price / 3).live().await).await;
        ben.pays(&deal).await;
        paid += deal.orders[0].total.amount;
        match n % 3 {
            0 => {
                ann.takes(deal.order(), "cancel_by_seller").await;
                refunded += deal.orders[0].total.amount;
            }
            _ => completes(&ann, &ben, &deal).await,
        }
    }
    town.run_jobs().await;
    let sum = |kind: Kind, found: &[(Kind, i64)]| -> i64 {
        found.iter().filter(|(it, _)| *it == kind).map(|(_, total)| total).sum()
    };
    let found = kinds(&town).await;
    assert_eq!(sum(Kind::Receipt, &found), paid);
    assert_eq!(sum(Kind::CreditNote, &found), refunded);
    assert_eq!(sum(Kind::CommissionInvoice, &found), town.balance(&Account::Commission).await);
    for document in all(&town).await {
        assert_eq!(document.body.content.check(), Ok(()));
        assert_eq!(document.body.content.total, document.head.total.amount);
    }
    assert_eq!(town.count("select count(*) from tickets").await, 0);
}
