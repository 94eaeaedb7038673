//! Deals through Paystack, call by call.

use super::Bench;
use kernel::{OrderId, RefundId, Refusal};
use ledger::Account;
use market::accounts::model::{Client, Role};
use market::banks::model::Details;
use market::banks::rules as banks;
use market::payments::model::RefundState;
use market::payments::rules;
use market::payouts::{self, accounts, jobs};
use simulator::courier::Dialect;
use simulator::{Fault, Planned};
use testkit::{Person, cards};
use time::Duration;

/// A bank account to which transfers go, and one that is closed.
const GOOD: &str = "0123456789";
const CLOSED: &str = "0123451113";

#[tokio::test]
async fn pay_hold_ship_confirm() {
    let bench = Bench::open(Dialect::Paystack).await;
    bench.pays_holds_ships_and_confirms(&["POST /transaction/initialize", "GET /transaction/verify/*"]).await;
}

#[tokio::test]
async fn an_orphan_is_booked_and_paid_back() {
    let bench = Bench::open(Dialect::Paystack).await;
    bench.an_orphan_is_booked_and_paid_back("POST /refund").await;
}

/// There is neither an id nor a time in what Paystack sends: the same bytes are the same event.
#[tokio::test]
async fn paystacks_bytes_twice_are_one_event() {
    let bench = Bench::open(Dialect::Paystack).await;
    bench.world.plan().add(Planned::new(Fault::HookTwice).of("charge.success"));
    let deal = bench.checked_out().await;
    bench.types_card(&deal, cards::GOOD).await;
    bench.pass(Duration::ZERO).await;
    assert_eq!(bench.town.state(deal.order()).await, "paid");
    let kept = "select count(*) from provider_events where kind = 'charge.success' and length(event_id) = 64";
    assert_eq!(bench.town.count(kept).await, 1);
}

/// The answer to a refund is lost. Paystack has no keys: it is looked for, and not being found so early means nothing.
#[tokio::test]
async fn a_refund_without_an_answer_is_sent_once() {
    let bench = Bench::open(Dialect::Paystack).await;
    let deal = bench.checked_out().await;
    bench.types_card(&deal, cards::GOOD).await;
    bench.pass(Duration::ZERO).await;
    bench.ben.takes(deal.order(), "cancel_by_buyer").await;
    bench.world.plan().add(Planned::new(Fault::AnswerLost).on("POST", "/refund"));
    let (db, providers) = (&bench.town.db, &bench.town.market.providers);
    let refund: uuid::Uuid =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&bench.town.owner).await.unwrap();
    let refund = RefundId(refund);
    rules::send_refund(db, providers, refund).await.unwrap_err();
    let found = rules::find_refund(&mut db.read().await.unwrap(), refund).await.unwrap().unwrap();
    assert_eq!(found.state, RefundState::Unknown);
    for _ in 0..3 {
        bench.pass(Duration::minutes(1)).await;
    }
    assert_eq!(bench.count("POST /refund"), 1, "{:?}", bench.calls());
    assert_eq!(bench.town.state(deal.order()).await, "refunded");
    assert_eq!(bench.held(deal.order()).await, (0, 0, 0));
}

/// What Paystack does not take is refused when the order is placed, not when it is to be paid.
#[tokio::test]
async fn too_little_is_refused_before_anything_is_promised() {
    let bench = Bench::open(Dialect::Paystack).await;
    let cheap = bench.ann.listing("Button").currency("NGN").price(1_000).shipping(0).live().await;
    let refused = bench.ben.buys_all(&[(cheap.id, 1)], true).await;
    assert!(matches!(refused, Err(Refusal::Conflict("amount-not-payable"))), "{refused:?}");
    assert_eq!(bench.town.listing(cheap.id).await.reserved, 0);
}

/// Ann has sold a lamp, and Ben has it and is content.
async fn completed(bench: &Bench) {
    let deal = bench.checked_out().await;
    bench.types_card(&deal, cards::GOOD).await;
    bench.pass(Duration::ZERO).await;
    bench.ann.takes(deal.order(), "ship").await;
    // Who confirms on the day of the sending is looked at first.
    bench.pass(Duration::days(2)).await;
    bench.ben.takes(deal.order(), "confirm_early").await;
    bench.town.run_jobs().await;
    assert_eq!(bench.town.state(deal.order()).await, "completed");
}

/// Somebody names a bank account in Nigeria, past the pages.
async fn names_bank(bench: &Bench, who: &Person, number: &str) {
    let known = [("001".to_owned(), "Test Bank".to_owned())];
    let details = Details::read_local("Ann Garden", ("NG", "001", number), &known).unwrap();
    let (terms, member) = (bench.town.market.bank_terms(), who.member().await);
    let mut tx = bench.town.db.begin().await.unwrap();
    banks::set(&mut tx, &terms, &member, &Client::default(), &details).await.unwrap();
    tx.commit().await.unwrap();
}

async fn begins(bench: &Bench, who: &Person) {
    let market = &bench.town.market;
    let (provider, terms) = (market.providers.named("paystack").unwrap(), market.payout_terms());
    accounts::begin(&market.db, provider, &terms, &who.member().await, "").await.unwrap();
}

/// Does what is done day by day for sellers, until the provider has said how it ended.
async fn goes_on(bench: &Bench) {
    let market = &bench.town.market;
    let (provider, terms) = (market.providers.named("paystack").unwrap(), market.payout_terms());
    jobs::sync_accounts(&market.db, provider).await.unwrap();
    bench.town.run_jobs().await;
    jobs::clear(&market.db, jobs::Clear {}).await.unwrap();
    jobs::move_on(&market.db, provider).await.unwrap();
    jobs::gather(&market.db, provider, &terms).await.unwrap();
    // A transfer is settled within a minute, and may come back within another.
    for _ in 0..8 {
        bench.pass(Duration::seconds(45)).await;
    }
}

async fn payout_states(bench: &Bench) -> Vec<String> {
    sqlx::query_scalar("select state from payouts order by payout_id")
        .fetch_all(&bench.town.owner)
        .await
        .unwrap()
}

/// Where what Ann sold is.
async fn sale(bench: &Bench) -> String {
    sqlx::query_scalar("select state from settlements where kind = 'sale'")
        .fetch_one(&bench.town.owner)
        .await
        .unwrap()
}

/// Why nothing may go to Ann's bank account.
async fn blocked(bench: &Bench) -> Option<String> {
    let mut reader = bench.town.db.read().await.unwrap();
    accounts::find(&mut reader, bench.ann.id, "paystack").await.unwrap().unwrap().blocked_because
}

async fn payouts_are_right(bench: &Bench) {
    let mut reader = bench.town.db.read().await.unwrap();
    for (name, wrong) in payouts::verify::check(&mut reader).await.unwrap() {
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
    }
}

#[tokio::test]
async fn a_bank_is_chosen_from_paystacks_list_in_two_steps() {
    let bench = Bench::open(Dialect::Paystack).await;
    let ann = &bench.ann;
    ann.get("/payouts/set-up").await.is(200).shows("Name a bank account first").shows("Nigeria");
    let first = "form[action='/account/bank/new']";
    let where_it_is = ann.get("/account/bank/new").await.is(200).page().form(first);
    let asked_again = ann.submit(where_it_is.clone().with("country", "")).await.is(200);
    assert!(asked_again.page().has("[name='country'][aria-invalid='true']"));
    let form = ann.submit(where_it_is.with("country", "NG")).await.is(200).page().form(first);
    let form = form.with("holder", "Ann Garden");
    for (bank, number, field, said) in [
        ("", GOOD, "bank", "Choose your bank"),
        ("999", GOOD, "bank", "Choose your bank"),
        ("001", "012345678", "number", "too long or too short"),
        ("001", "01234S6789", "number", "digits only"),
    ] {
        let answer = ann.submit(form.clone().with("bank", bank).with("number", number)).await.is(422);
        let answer = answer.shows(said);
        assert!(answer.page().has(&format!("[name='{field}'][aria-invalid='true']")), "{bank} {number}");
    }
    assert_eq!(bench.count("GET /bank"), 2, "until a page brings nothing new, and then not for a day");
    let unknown = [("country", "GH"), ("holder", "Ann Garden"), ("bank", "GH01"), ("number", "01234567")];
    let answer = ann.post("/account/bank/new", &unknown).await.is(422).shows("does not know an account");
    assert!(answer.page().has("[name='number'][aria-invalid='true']"));

    ann.submit(form.with("bank", "001").with("number", "0123 456-789")).await.goes_to("/account/bank");
    ann.get("/account/bank").await.shows("Nigeria, account that ends in 6789").hides("0123");
    let sealed: Vec<u8> =
        sqlx::query_scalar("select sealed from bank_accounts").fetch_one(&bench.town.owner).await.unwrap();
    assert!(!sealed.windows(GOOD.len()).any(|part| part == GOOD.as_bytes()));
    let mut reader = bench.town.db.read().await.unwrap();
    let copy = banks::copy(&mut reader, &bench.town.market.door.vault, ann.id).await.unwrap();
    assert_eq!((&copy[0]["number"], &copy[0]["bank"]), (&GOOD.into(), &"Test Bank".into()));
    drop(reader);

    let form = ann.get("/payouts/set-up").await.shows("NG … 6789").page();
    ann.submit(form.form("form[action='/payouts/set-up']")).await.goes_to("/payouts/set-up");
    ann.get("/payouts/set-up").await.shows("You can be paid out").shows("••6789");
    assert_eq!(bench.count("POST /transferrecipient"), 1);
}

/// An account with an international number is kept, but Paystack pays nothing to it.
#[tokio::test]
async fn where_paystack_does_not_pay_it_says_so() {
    let bench = Bench::open(Dialect::Paystack).await;
    let ann = &bench.ann;
    let form = ann.get("/account/bank/new?country=DE").await.is(200).page();
    let form = form.form("form[action='/account/bank/new']").with("holder", "Ann Garden");
    ann.submit(form.clone().with("iban", "DE88370400440532013000")).await.is(422);
    ann.submit(form.with("iban", "DE89370400440532013000")).await.goes_to("/account/bank");
    ann.get("/payouts/set-up").await.shows("Nothing can be sent to the bank account DE … 3000");
    ann.post("/payouts/set-up", &[("provider", "paystack")]).await.goes_to("/payouts/set-up");
    ann.get("/payouts/set-up").await.shows("Nothing can be sent to banks in that country");
    assert_eq!(bench.count("POST /transferrecipient"), 0);
}

/// A and F: to a bank account that turns out to be closed, and then to another one, once that has waited.
#[tokio::test]
async fn a_payout_that_fails_goes_to_another_bank() {
    let bench = Bench::open(Dialect::Paystack).await;
    names_bank(&bench, &bench.ann, CLOSED).await;
    begins(&bench, &bench.ann).await;
    completed(&bench).await;
    goes_on(&bench).await;
    assert_eq!(sale(&bench).await, "on_hold", "its wait is not over");
    bench.pass(Duration::days(8)).await;
    goes_on(&bench).await;
    assert_eq!((payout_states(&bench).await, sale(&bench).await), (vec!["failed".into()], "blocked".into()));
    assert!(blocked(&bench).await.is_some());
    let subjects = bench.town.subjects_to(&bench.ann.email).await;
    assert!(subjects.iter().any(|subject| subject.contains("did not arrive")), "{subjects:?}");
    payouts_are_right(&bench).await;

    names_bank(&bench, &bench.ann, GOOD).await;
    goes_on(&bench).await;
    assert_eq!(payout_states(&bench).await, ["failed"], "the other one waits");
    bench.pass(Duration::days(8)).await;
    goes_on(&bench).await;
    assert_eq!(payout_states(&bench).await, ["dissolved", "paid"]);
    assert_eq!((sale(&bench).await, blocked(&bench).await), ("paid_out".to_owned(), None));
    assert_eq!((bench.count("POST /transferrecipient"), bench.count("POST /transfer")), (2, 2));
    assert!(bench.town.count("select fee from payouts where state = 'paid'").await > 0);
    let (mut reader, naira) = (bench.town.db.read().await.unwrap(), "NGN".parse().unwrap());
    let left = ledger::balance_of(&mut reader, &Account::SellerPayable(bench.ann.id), naira).await.unwrap();
    assert_eq!(left.amount, 0);
    drop(reader);
    payouts_are_right(&bench).await;
    bench.every_call_is_written_down().await;
}

/// A bank sends back what had arrived.
#[tokio::test]
async fn a_payout_that_comes_back_is_sent_again() {
    let bench = Bench::open(Dialect::Paystack).await;
    names_bank(&bench, &bench.ann, GOOD).await;
    begins(&bench, &bench.ann).await;
    completed(&bench).await;
    bench.world.plan().add(Planned::new(Fault::PayoutFailsAfterPaid));
    bench.pass(Duration::days(8)).await;
    goes_on(&bench).await;
    assert_eq!(
        (payout_states(&bench).await, sale(&bench).await),
        (vec!["returned".into()], "blocked".into())
    );
    names_bank(&bench, &bench.ann, "0123456780").await;
    bench.pass(Duration::days(8)).await;
    goes_on(&bench).await;
    assert_eq!(payout_states(&bench).await, ["returned", "paid"]);
    assert_eq!(sale(&bench).await, "paid_out");
    payouts_are_right(&bench).await;
}

/// E: the sale waits for a seller who has not said where their money goes.
#[tokio::test]
async fn a_sale_waits_for_a_bank_and_its_seller_is_reminded() {
    let bench = Bench::open(Dialect::Paystack).await;
    completed(&bench).await;
    bench.pass(Duration::days(8)).await;
    goes_on(&bench).await;
    assert_eq!(sale(&bench).await, "on_hold");
    let (db, terms) = (&bench.town.db, bench.town.market.payout_terms());
    for mails in [1, 2, 2] {
        jobs::remind(db, &terms, jobs::Remind {}).await.unwrap();
        let subjects = bench.town.subjects_to(&bench.ann.email).await;
        let reminded = subjects.iter().filter(|subject| subject.contains("waiting")).count();
        assert_eq!(reminded, mails, "after a day and after a week: {subjects:?}");
    }
    names_bank(&bench, &bench.ann, GOOD).await;
    begins(&bench, &bench.ann).await;
    goes_on(&bench).await;
    assert_eq!((payout_states(&bench).await, sale(&bench).await), (vec!["paid".into()], "paid_out".into()));
    payouts_are_right(&bench).await;
}

/// One bank account of two sellers is looked at, whatever its numbers are like.
#[tokio::test]
async fn two_sellers_with_one_number_open_a_ticket() {
    let bench = Bench::open(Dialect::Paystack).await;
    let tickets = "select count(*) from tickets where kind = 'fraud_warning' and key like 'one_bank:%'";
    for (who, known) in [(&bench.ann, 0), (&bench.ben, 1)] {
        names_bank(&bench, who, GOOD).await;
        begins(&bench, who).await;
        assert_eq!(bench.town.count(tickets).await, known);
    }
}

/// Ben's card takes nothing back. Fay sees to refunds.
async fn needs_attention(bench: &Bench) -> (OrderId, String, Person) {
    let deal = bench.checked_out().await;
    bench.types_card(&deal, cards::REFUND_FAILS).await;
    bench.pass(Duration::ZERO).await;
    bench.ben.takes(deal.order(), "cancel_by_buyer").await;
    for _ in 0..3 {
        bench.pass(Duration::minutes(2)).await;
    }
    assert_eq!(refund_states(bench).await, ["needs_attention"]);
    assert_eq!(open_tickets(bench).await, 1);
    let id: uuid::Uuid =
        sqlx::query_scalar("select refund_id from refunds").fetch_one(&bench.town.owner).await.unwrap();
    (deal.order(), id.to_string(), bench.town.staff("Fay", &[Role::Finance]).await)
}

async fn refund_states(bench: &Bench) -> Vec<String> {
    sqlx::query_scalar("select state from refunds order by created_at")
        .fetch_all(&bench.town.owner)
        .await
        .unwrap()
}

async fn open_tickets(bench: &Bench) -> i64 {
    let open = "select count(*) from tickets where kind = 'refund_attention' and closed_at is null";
    bench.town.count(open).await
}

/// B: it goes to a bank account that its buyer names, and staff does not read the number.
#[tokio::test]
async fn a_refund_that_needs_attention_goes_to_the_buyers_bank() {
    let bench = Bench::open(Dialect::Paystack).await;
    let (order, refund, fay) = needs_attention(&bench).await;
    assert_eq!(bench.town.state(order).await, "refunding");
    let page = format!("/admin/orders/{order}/refunds");
    let sends = [("refund", refund.as_str()), ("do", "bank"), ("reason", "Ticket 4711")];
    fay.get(&page).await.is(200).shows("takes nothing back").shows("has not named a bank account");
    fay.post(&page, &sends).await.is(409);

    names_bank(&bench, &bench.ben, GOOD).await;
    fay.get(&page).await.is(200).shows("Send it to the buyer’s bank account").hides("6789");
    bench.world.plan().add(Planned::new(Fault::AnswerLost).on("POST", "/refund/retry*"));
    fay.post(&page, &sends).await.goes_to(&format!("/admin/orders/{order}"));
    // The answer is lost: it is looked up, and not told again.
    let _ = bench.town.try_jobs().await;
    for _ in 0..3 {
        bench.pass(Duration::minutes(5)).await;
    }
    let told = bench.calls().iter().filter(|call| call.starts_with("POST /refund/")).count();
    assert_eq!(told, 1, "{:?}", bench.calls());
    assert_eq!((bench.town.state(order).await, bench.held(order).await), ("refunded".to_owned(), (0, 0, 0)));
    assert_eq!((refund_states(&bench).await, open_tickets(&bench).await), (vec!["succeeded".into()], 0));
    assert_eq!(bench.town.count("select count(*) from audit_log where action = 'refunds.to_bank'").await, 1);
    bench.every_call_is_written_down().await;
}

/// B: nobody named a bank account in time, and staff pays it from the balance by hand.
#[tokio::test]
async fn a_refund_that_needs_attention_is_paid_by_hand() {
    let bench = Bench::open(Dialect::Paystack).await;
    let (order, refund, fay) = needs_attention(&bench).await;
    bench.pass(Duration::days(11)).await;
    assert_eq!(bench.town.state(order).await, "refund_stuck");
    let page = format!("/admin/orders/{order}/refunds");
    let fields = [
        ("refund", refund.as_str()),
        ("paid_from", "provider"),
        ("reference", "TRF_1"),
        ("reason", "Ticket 4711"),
    ];
    fay.post(&page, &fields).await.goes_to(&format!("/admin/orders/{order}"));
    bench.pass(Duration::minutes(1)).await;
    assert_eq!((bench.town.state(order).await, bench.held(order).await), ("refunded".to_owned(), (0, 0, 0)));
    assert_eq!((refund_states(&bench).await, open_tickets(&bench).await), (vec!["failed".into()], 0));
    let booked = "select count(*) from ledger.entries where kind in ('refund_failed', 'paid_another_way')";
    assert_eq!(bench.town.count(booked).await, 2);
    fay.post(&page, &fields).await.is(422);
}
