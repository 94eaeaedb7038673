//! What is made of Paystack's answers, and of answers that never come.

use super::{Keys, Paystack};
use crate::payments::model::{PaymentState, RefundState};
use crate::payments::provider::{
    Answering, Bank, DisputeState, Exhibit, LookUp, NewAccount, NewPayment, NewPayout, NewRefund,
    PayoutState, Provider, ProviderError,
};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, MemberId, Moment, Money, PaymentId, PayoutId, RefundId};
use platform::config::Secret;
use platform::outgoing::{Call, HeaderMap, OutgoingError, Reply, Wire};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use time::Duration;
use uuid::Uuid;

const NOW: Moment = Moment::UNIX_EPOCH;
pub(super) const ID: Uuid = Uuid::from_u128(7);

/// Answers what it was told to, in turn, and remembers what it was asked. `None` is no answer.
#[derive(Debug, Default)]
pub(super) struct Told {
    answers: Mutex<VecDeque<Option<(u16, String)>>>,
    asked: Mutex<Vec<(String, String)>>,
}

impl Wire for Told {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        let body = String::from_utf8_lossy(call.body()).into_owned();
        self.asked.lock().unwrap().push((format!("{} {}", call.method(), call.url().path()), body));
        let answer = self.answers.lock().unwrap().pop_front().expect("nothing more was to be asked");
        let reply = match answer {
            Some((status, body)) => Ok(Reply { status, headers: HeaderMap::new(), body: body.into() }),
            None => Err(OutgoingError::Broken("paystack".to_owned(), "lost".into())),
        };
        Box::pin(std::future::ready(reply))
    }
}

fn good(data: Value) -> Option<(u16, String)> {
    Some((200, json!({"status": true, "message": "ok", "data": data}).to_string()))
}

/// A piece of a list of `pages` pieces.
fn piece(rows: &[Value], pages: usize) -> Option<(u16, String)> {
    let meta = json!({"pageCount": pages});
    Some((200, json!({"status": true, "message": "ok", "data": rows, "meta": meta}).to_string()))
}

fn bad(status: u16, code: &str, message: &str) -> Option<(u16, String)> {
    let body = json!({"status": false, "message": message, "type": "validation_error", "code": code});
    Some((status, body.to_string()))
}

pub(super) fn paystack<const N: usize>(answers: [Option<(u16, String)>; N]) -> (Paystack, Arc<Told>) {
    let wire = Arc::new(Told { answers: Mutex::new(answers.into()), ..Told::default() });
    let base = "https://api.paystack.co".parse().unwrap();
    let clock = Clock::stopped_at(NOW);
    let wires: Arc<dyn Wire> = wire.clone();
    (Paystack::new(wires, base, keys(), "market.example", clock), wire)
}

pub(super) fn keys() -> Keys {
    Keys { secret: Secret::new("sk_test_new"), old: Some(Secret::new("sk_test_old")) }
}

fn now<T>(answering: Answering<'_, T>) -> Result<T, ProviderError> {
    answering.now_or_never().expect("it waits for nothing")
}

fn of(amount: i64, currency: &str) -> Money {
    Money::new(amount, currency.parse().unwrap())
}

fn a_refund() -> NewRefund {
    NewRefund { ours: RefundId(ID), payment_ref: "p".to_owned(), amount: of(5_000, "NGN") }
}

fn a_payout() -> NewPayout {
    NewPayout { ours: PayoutId(ID), account: "RCP_1".to_owned(), amount: of(5_000, "NGN") }
}

fn told_of_refund(note: &str) -> Value {
    json!({"id": 17, "amount": 5_000, "currency": "NGN", "status": "pending", "merchant_note": note,
        "transaction_reference": "p"})
}

fn told_of_payout(status: &str, arrived: Option<&str>) -> Value {
    json!({"id": 3, "amount": 5_000, "currency": "NGN", "reference": ID.to_string(), "status": status,
        "transferred_at": arrived})
}

#[test]
fn kobo_and_pesewas_are_minor_units() {
    for (code, amount) in [("NGN", 12_345), ("GHS", 12_345), ("KES", 12_345), ("ZAR", 12_345)] {
        let page = json!({"reference": ID.to_string(), "authorization_url": "https://checkout.example/x"});
        let paid = json!({"id": 9, "reference": ID.to_string(), "status": "success", "amount": amount,
            "currency": code, "fees": 285, "channel": "card", "log": {"attempts": 2}});
        let (paystack, wire) = paystack([good(page), good(paid)]);
        let new = NewPayment {
            ours: PaymentId(ID),
            amount: of(amount, code),
            group: "g".to_owned(),
            buyer_email: None,
            back: None,
        };
        let made = now(paystack.create_payment("k", &new)).unwrap();
        assert_eq!(
            (made.state, made.pay_url.as_deref()),
            (PaymentState::Created, Some("https://checkout.example/x"))
        );
        let body: Value = serde_json::from_str(&wire.asked.lock().unwrap()[0].1).unwrap();
        assert_eq!((&body["amount"], &body["currency"]), (&json!(amount), &json!(code)));
        assert_eq!(body["email"], format!("payment-{ID}@market.example"), "nobody's own address");
        let paid = now(paystack.get_payment(&made.reference)).unwrap();
        assert_eq!((paid.amount, paid.fee), (of(amount, code), Some(of(285, code))));
        assert_eq!((paid.attempt.as_deref(), paid.charge.as_deref()), (Some("9.2"), Some("9")));
    }
}

#[test]
fn what_is_too_little_or_in_another_currency_is_not_asked_for() {
    for amount in [of(4_999, "NGN"), of(10_000, "EUR")] {
        let (paystack, wire) = paystack([]);
        let (ours, group) = (PaymentId(ID), "g".to_owned());
        let new = NewPayment { ours, amount, group, buyer_email: None, back: None };
        assert!(now(paystack.create_payment("k", &new)).is_err_and(|error| error.is_final()));
        assert!(wire.asked.lock().unwrap().is_empty());
    }
}

#[test]
fn a_payment_is_looked_up_by_our_id() {
    for (answer, absent) in [
        (bad(404, "transaction_not_found", "Transaction reference not found."), true),
        (bad(400, "validation_error", "Transaction reference not found"), true),
        (Some((404, "<html>a proxy's page</html>".to_owned())), false),
        (bad(401, "invalid_key", "Invalid key"), false),
        (None, false),
    ] {
        let (paystack, _) = paystack([answer.clone()]);
        let found = now(paystack.find_payment(PaymentId(ID), None));
        assert_eq!(matches!(found, Ok(LookUp::Absent)), absent, "{answer:?}");
        assert_eq!(found.is_err(), !absent, "{answer:?}");
    }
}

#[test]
fn a_failed_payment_says_why_in_codes_that_we_have_words_for() {
    for (words, code) in [
        ("Declined", "card_declined"),
        ("Insufficient Funds", "insufficient_funds"),
        ("Ask 0803 ada@x.y", "ask"),
    ] {
        let (paystack, _) = paystack([good(json!({"id": 9, "reference": "p", "status": "failed",
            "amount": 5_000, "currency": "NGN", "gateway_response": words}))]);
        let payment = now(paystack.get_payment("p")).unwrap();
        assert_eq!((payment.state, payment.failure.as_deref()), (PaymentState::Failed, Some(code)));
    }
}

#[test]
fn nothing_that_may_be_paid_is_cancelled() {
    let status = |status: &str| {
        good(json!({"id": 9, "reference": "p", "status": status, "amount": 5_000, "currency": "NGN"}))
    };
    for (told, cancelled) in
        [("abandoned", true), ("failed", true), ("ongoing", false), ("new word", false), ("success", false)]
    {
        let (paystack, _) = paystack([status(told)]);
        let answer = now(paystack.cancel_payment("k", "p"));
        assert_eq!(answer.is_ok_and(|payment| payment.state == PaymentState::Cancelled), cancelled, "{told}");
    }
}

#[test]
fn a_refund_without_an_answer_is_looked_up_by_note() {
    let list = [told_of_refund("from the dashboard"), told_of_refund(&ID.to_string())];
    let (paystack, _) = paystack([None, piece(&list, 1)]);
    let lost = now(paystack.refund("k", &a_refund()));
    assert!(matches!(lost, Err(ProviderError::Unknown(_))), "{lost:?}");
    let found = now(paystack.find_refund(&a_refund(), NOW)).unwrap().found().unwrap();
    assert_eq!((found.reference.as_str(), found.state), ("17", RefundState::Pending));
}

#[test]
fn a_young_absence_is_not_believed() {
    let looked = |list: &[Value], ago: Duration| {
        let (paystack, _) = paystack([piece(list, 1)]);
        now(paystack.find_refund(&a_refund(), NOW - ago)).unwrap()
    };
    let (young, old) = (Duration::seconds(599), Duration::seconds(600));
    let another = told_of_refund(&Uuid::from_u128(8).to_string());
    assert_eq!(looked(&[], young), LookUp::Unsure);
    assert_eq!(looked(&[], old), LookUp::Absent);
    assert_eq!(looked(&[another], old), LookUp::Absent, "another refund of ours");
    assert_eq!(looked(&[told_of_refund("?")], old), LookUp::Unsure, "a person has to look");
}

#[test]
fn every_piece_of_the_list_of_refunds_is_looked_at() {
    let other = [told_of_refund(&Uuid::from_u128(8).to_string())];
    let (first, second) = (piece(&other, 2), piece(&[told_of_refund(&ID.to_string())], 2));
    let (paystack, wire) = paystack([first, second]);
    let found = now(paystack.find_refund(&a_refund(), NOW - Duration::days(1))).unwrap();
    assert!(matches!(found, LookUp::Found(_)));
    assert_eq!(wire.asked.lock().unwrap().len(), 2);
}

#[test]
fn a_reversed_transfer_after_success_is_returned() {
    for (status, arrived, state) in [
        ("pending", None, PayoutState::InTransit),
        ("success", Some("2026-01-01T00:00:00.000Z"), PayoutState::Paid),
        ("reversed", Some("2026-01-01T00:00:00.000Z"), PayoutState::Returned),
        ("reversed", None, PayoutState::Failed),
        ("failed", None, PayoutState::Failed),
        ("new word", None, PayoutState::InTransit),
    ] {
        let (paystack, _) = paystack([good(told_of_payout(status, arrived))]);
        let payout = now(paystack.get_payout("RCP_1", &ID.to_string())).unwrap();
        assert_eq!(payout.state, state, "{status}");
    }
}

#[test]
fn a_payout_is_asked_for_once_and_only_if_the_balance_covers_it() {
    let balance = |amount: i64| good(json!([{"currency": "NGN", "balance": amount}]));
    let short = paystack([balance(4_999)]);
    let waits = now(short.0.pay_out("k", &a_payout()));
    assert!(matches!(waits, Err(ProviderError::Retryable(_))), "{waits:?}");
    assert_eq!(short.1.asked.lock().unwrap().len(), 1, "no transfer was asked for");
    for (answer, expected) in [
        (good(told_of_payout("pending", None)), "in transit"),
        (good(told_of_payout("otp", None)), "invalid"),
        (bad(400, "duplicate_reference", "Please provide a unique reference"), "unknown"),
        (bad(400, "insufficient_balance", "Your balance is not enough"), "retryable"),
        (bad(200, "", "Recipient could not be paid"), "declined recipient_could_not_be_paid"),
        (bad(400, "invalid_params", "Recipient specified is invalid"), "invalid"),
        (bad(403, "", "Your IP address is not allowed to make this call"), "retryable"),
        (bad(429, "", "Slow down"), "retryable"),
        (Some((500, String::new())), "unknown"),
        (Some((200, "<html>".to_owned())), "unknown"),
        (None, "unknown"),
    ] {
        let (paystack, _) = paystack([balance(5_000), answer.clone()]);
        let told = match now(paystack.pay_out("k", &a_payout())) {
            Ok(payout) if payout.state == PayoutState::InTransit => "in transit".to_owned(),
            Ok(payout) => format!("{:?}", payout.state),
            Err(ProviderError::Declined { code }) => format!("declined {code}"),
            Err(ProviderError::Invalid { .. }) => "invalid".to_owned(),
            Err(ProviderError::Retryable(_)) => "retryable".to_owned(),
            Err(ProviderError::Unknown(_)) => "unknown".to_owned(),
        };
        assert_eq!(told, expected, "{answer:?}");
    }
}

#[test]
fn a_bank_account_is_looked_at_before_it_is_named() {
    let new = NewAccount {
        ours: MemberId(ID),
        country: "NG".to_owned(),
        email: Secret::new("ada@example.org"),
        business: false,
        bank: Some(Bank {
            holder: Secret::new("Ada Obi"),
            code: "058".to_owned(),
            number: Secret::new("0001234567"),
            currency: "NGN".parse().unwrap(),
        }),
    };
    let resolved = good(json!({"account_number": "0001234567", "account_name": "ADA OBI"}));
    let made = good(json!({"recipient_code": "RCP_1", "active": true, "currency": "NGN", "details":
        {"account_number": "0001234567", "bank_code": "058", "bank_name": "Guaranty"}}));
    let (ps, _) = paystack([resolved, made]);
    let account = now(ps.open_account("k", &new)).unwrap();
    assert_eq!((account.may_receive, account.bank_label.as_deref()), (true, Some("Guaranty ••4567")));
    assert!(!format!("{account:?}").contains("000123"), "the number is not shown");

    let (ps, _) = paystack([bad(422, "invalid_params", "Could not resolve account name")]);
    let Err(ProviderError::Invalid { fields, .. }) = now(ps.open_account("k", &new)) else {
        panic!("it is refused");
    };
    assert!(fields.of("bank/number").is_some());
}

#[test]
fn what_comes_from_outside_cannot_leave_its_place_in_the_path() {
    let told =
        good(json!({"id": 9, "reference": "p", "status": "success", "amount": 5_000, "currency": "NGN"}));
    let (ps, wire) = paystack([told]);
    now(ps.get_payment("../../balance?x#y")).unwrap();
    let asked = wire.asked.lock().unwrap()[0].0.clone();
    assert_eq!(asked, "GET /transaction/verify/..%2F..%2Fbalance%3Fx%23y");
    for odd in ["", ".", ".."] {
        let (ps, wire) = paystack([]);
        assert!(now(ps.get_payment(odd)).is_err());
        assert!(wire.asked.lock().unwrap().is_empty());
    }
}

#[test]
fn banks_come_by_name_and_once() {
    let bank =
        |code: &str, name: &str| json!({"code": code, "name": name, "active": true, "is_deleted": null});
    let closed = json!({"code": "3", "name": "Gone", "active": false});
    let first = good(json!([bank("2", "Zenith"), closed, bank("1", "Access")]));
    let (ps, _) = paystack([first.clone(), first]);
    let banks = now(ps.banks("NG")).unwrap();
    let told: Vec<_> = banks.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    assert_eq!(told, [("1", "Access"), ("2", "Zenith")]);
    let (ps, _) = paystack([]);
    assert!(now(ps.banks("DE")).is_err());
}

fn told_of_dispute(status: &str, resolution: Option<&str>) -> Value {
    json!({"id": 5, "status": status, "resolution": resolution, "currency": "NGN", "refund_amount": null,
        "category": "fraud", "transaction": {"id": 9, "reference": "p", "amount": 5_000, "currency": "NGN"}})
}

#[test]
fn a_dispute_is_answered_once_with_a_file() {
    let waiting = || good(told_of_dispute("awaiting-merchant-feedback", None));
    let place = good(json!({"signedUrl": "https://files.example/put?sig=1", "fileName": "f1"}));
    let ended = good(told_of_dispute("resolved", Some("declined")));
    let stored = Some((200, String::new()));
    let (ps, wire) = paystack([waiting(), place, stored, good(json!({})), ended]);
    let file =
        Exhibit::File { name: "proof.pdf".to_owned(), content_type: "application/pdf", bytes: vec![1] };
    let evidence = [("file".to_owned(), file)];
    let answered = now(ps.answer_dispute("k", "5", &evidence, true)).unwrap();
    assert_eq!((answered.state, answered.amount), (DisputeState::Won, of(5_000, "NGN")));
    let asked = wire.asked.lock().unwrap();
    let body: Value = serde_json::from_str(&asked[3].1).unwrap();
    assert_eq!((&body["resolution"], &body["uploaded_filename"]), (&json!("declined"), &json!("f1")));

    let (ps, wire) = paystack([good(told_of_dispute("awaiting-bank-feedback", None))]);
    let again = now(ps.answer_dispute("k", "5", &evidence, true)).unwrap();
    assert_eq!((again.state, wire.asked.lock().unwrap().len()), (DisputeState::UnderReview, 1));

    let (ps, _) = paystack([]);
    assert!(now(ps.answer_dispute("k", "5", &[], true)).is_err(), "no file");
}

#[test]
fn the_statement_is_read_piece_by_piece() {
    let row = |id: i64| {
        json!({"id": id, "difference": -500, "currency": "NGN", "model_responsible": "Transfer", "model_row": 3,
            "createdAt": "2026-01-01T00:00:00.000Z", "balance": 0})
    };
    let (ps, _) = paystack([piece(&[row(1), row(2)], 2), piece(&[row(3)], 2)]);
    let first = now(ps.lines(None, Some("2026-01-01T00:00:00Z"))).unwrap();
    assert_eq!(first.next.as_deref(), Some("2026-01-01T00:00:00Z@2"));
    let last = now(ps.lines(None, first.next.as_deref())).unwrap();
    assert_eq!((last.lines.len(), last.next), (1, None));
    assert_eq!((last.lines[0].net, last.lines[0].source.as_deref()), (-500, Some("3")));
    assert!(now(ps.lines(None, Some("yesterday"))).is_err());
}

#[test]
fn no_key_is_ever_shown() {
    let (ps, _) = paystack([]);
    assert!(!format!("{ps:?} {:?}", keys()).contains("sk_test"));
}
