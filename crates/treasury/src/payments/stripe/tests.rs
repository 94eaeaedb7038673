//! Everything that this client can send, judged by Stripe's official description; and what it makes of answers.

use super::super::model::{PaymentState, RefundState};
use super::super::official::Official;
use super::client::VERSION;
use super::*;
use crate::tax::{Part, PartKind, Question, SellerClass};
use futures_util::future::BoxFuture;
use kernel::{Currency, Money};
use platform::outgoing::{Call, HeaderMap, Method, OutgoingError, Reply, Url};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Mutex;
use time::macros::{date, datetime};

const OFFICIAL: &str = include_str!("../../../tests/official/stripe.json");
const SINCE: Moment = datetime!(2026-01-02 03:04 UTC);

/// Keeps what is sent and gives the answers that were laid out, the last of them again and again.
#[derive(Debug, Default)]
struct Desk {
    sent: Mutex<Vec<Call>>,
    answers: Mutex<Vec<(u16, Value)>>,
}

impl Wire for Desk {
    fn send(&self, call: Call) -> BoxFuture<'_, Result<Reply, OutgoingError>> {
        self.sent.lock().unwrap().push(call);
        let mut answers = self.answers.lock().unwrap();
        let (status, body) = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
        let reply = Reply { status, headers: HeaderMap::new(), body: body.to_string().into() };
        Box::pin(std::future::ready(Ok(reply)))
    }
}

impl Desk {
    fn sent(&self) -> Vec<Call> {
        std::mem::take(&mut *self.sent.lock().unwrap())
    }
}

fn stripe(answers: Vec<(u16, Value)>) -> (Stripe, Arc<Desk>) {
    let desk = Arc::new(Desk { sent: Mutex::default(), answers: Mutex::new(answers) });
    let url = |text: &str| text.parse::<Url>().unwrap();
    let places = Places { api: url("https://api.stripe.com"), files: url("https://files.stripe.com") };
    let keys = Keys { secret: Secret::new("sk_test_hidden"), webhooks: vec![Secret::new("whsec_hidden")] };
    let wire: Arc<dyn Wire> = Arc::<Desk>::clone(&desk);
    (Stripe::new("stripe", wire, places, keys), desk)
}

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

fn id<T: From<uuid::Uuid>>() -> T {
    T::from(uuid::uuid!("01900000-0000-7000-8000-000000000001"))
}

fn payment() -> NewPayment {
    NewPayment { ours: id(), amount: eur(10_500), group: "group".to_owned(), buyer_email: None, back: None }
}

fn refund() -> NewRefund {
    NewRefund { ours: id(), payment_ref: "pi_1".to_owned(), amount: eur(100) }
}

fn transfer() -> NewTransfer {
    NewTransfer {
        ours: id(),
        account: "acct_1".to_owned(),
        amount: eur(100),
        charge: Some("ch_1".to_owned()),
        group: "group".to_owned(),
    }
}

fn reversal() -> NewReversal {
    NewReversal { ours: id(), n: 1, transfer: "tr_1".to_owned(), amount: eur(100) }
}

fn payout() -> NewPayout {
    NewPayout { ours: id(), account: "acct_1".to_owned(), amount: eur(100) }
}

/// Sends everything once. No answer can be read, which is no matter here.
async fn everything(stripe: &Stripe) {
    let _sent = stripe.create_payment("k", &payment()).await.is_ok();
    let _sent = stripe.get_payment("pi_1").await.is_ok();
    let _sent = stripe.cancel_payment("k", "pi_1").await.is_ok();
    let _sent = stripe.refund("k", &refund()).await.is_ok();
    let _sent = stripe.get_refund("re_1").await.is_ok();
    let _sent = stripe.find_refund(&refund(), SINCE).await.is_ok();
    let _sent = stripe.transfer("k", &transfer()).await.is_ok();
    let _sent = stripe.transfer("k", &NewTransfer { charge: None, ..transfer() }).await.is_ok();
    let _sent = stripe.find_transfer(&transfer()).await.is_ok();
    let _sent = stripe.reverse("k", &reversal()).await.is_ok();
    let _sent = stripe.find_reversal(&reversal()).await.is_ok();
    let _sent = stripe.pay_out("k", &payout()).await.is_ok();
    let _sent = stripe.get_payout("acct_1", "po_1").await.is_ok();
    let _sent = stripe.find_payout(&payout(), SINCE).await.is_ok();
    for business in [true, false] {
        let email = Secret::new("seller@example.org");
        let new = NewAccount { ours: id(), country: "DE".to_owned(), email, business, bank: None };
        let _sent = stripe.open_account("k", &new).await.is_ok();
    }
    let _sent = stripe.get_account("acct_1").await.is_ok();
    let _sent = stripe.account_link("acct_1", "https://example.org/back").await.is_ok();
    let _sent = stripe.get_dispute("dp_1").await.is_ok();
    let words = |name: &str| (name.to_owned(), Exhibit::Words("words".to_owned()));
    let evidence: Vec<_> = disputes::EVIDENCE.iter().map(|name| words(name)).collect();
    let _sent = stripe.answer_dispute("k", "dp_1", &evidence, true).await.is_ok();
    let file = Exhibit::File { name: "a.png".to_owned(), content_type: "image/png", bytes: b"PNG".to_vec() };
    let _sent = stripe.answer_dispute("k", "dp_1", &[("receipt".to_owned(), file)], true).await.is_ok();
    let _sent = stripe.accept_dispute("k", "dp_1").await.is_ok();
    for account in [None, Some("acct_1")] {
        let _sent = stripe.balance(account).await.is_ok();
        for after in [None, Some("back:txn_1:txn_9"), Some("on:txn_9")] {
            let _sent = stripe.lines(account, after).await.is_ok();
        }
    }
    let _sent = stripe.count_taxes(&question(), &[true, false]).await.is_ok();
}

/// A thing that is sent for nothing from Germany to California.
fn question() -> Question {
    let part = |kind: PartKind, amount: i64| Part { kind, leg: None, category: None, amount: eur(amount) };
    Question {
        parts: vec![part(PartKind::Item, 10_000), part(PartKind::Shipping, 0)],
        from: "DE".parse().unwrap(),
        to: "US-CA".parse().unwrap(),
        postcode: Some("90001".to_owned()),
        seller: SellerClass::Private,
        buyer_business: None,
        currency: Currency::EUR,
        day: date!(2026 - 01 - 02),
    }
}

#[tokio::test]
async fn every_request_is_in_the_official_document() {
    let official = Official::read(OFFICIAL);
    assert_eq!(official.version(), VERSION);
    let (stripe, desk) = stripe(vec![(200, json!({}))]);
    everything(&stripe).await;
    let mut asked = BTreeSet::new();
    for call in desk.sent() {
        let named = official.judge(&call).unwrap_or_else(|wrong| panic!("{call:?}: {wrong}"));
        assert_eq!(call.headers()["stripe-version"], VERSION);
        let is_harmless = call.method() == Method::GET
            || ["POST /v1/account_links", "POST /v1/tax/calculations"].contains(&named.as_str());
        assert_eq!(call.headers().contains_key("idempotency-key"), !is_harmless, "{named}");
        let host = if named == "POST /v1/files" { "files.stripe.com" } else { "api.stripe.com" };
        assert_eq!(call.url().host_str(), Some(host));
        asked.insert(named);
    }
    let unasked: Vec<String> = official.names().into_iter().filter(|name| !asked.contains(name)).collect();
    assert_eq!(unasked, Vec::<String>::new());
}

#[test]
fn a_typo_a_missing_field_and_half_a_cent_are_refused() {
    type Field<'a> = (&'a str, &'a str);
    let official = Official::read(OFFICIAL);
    let judged = |path: &str, fields: &[(&str, &str)]| {
        let fields: Vec<_> = fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let url: Url = format!("https://api.stripe.com{path}").parse().unwrap();
        official.judge(&Call::new(Method::POST, &url).form(&fields))
    };
    let good = [("amount", "100"), ("currency", "eur")];
    assert_eq!(judged("/v1/payment_intents", &good), Ok("POST /v1/payment_intents".to_owned()));
    let refused: [(&str, &[Field<'_>], &str); 6] = [
        ("/v1/payment_intent", &good[..], "there is no POST /v1/payment_intent"),
        ("/v1/payment_intents", &good[..1], "body.currency is missing"),
        ("/v1/payment_intents", &[good[1], ("amount", "0.5")], "body.amount is not integer"),
        (
            "/v1/payment_intents",
            &[good[0], good[1], ("transfer_groop", "a")],
            "body.transfer_groop is not known",
        ),
        (
            "/v1/payment_intents",
            &[good[0], good[1], ("automatic_payment_methods[allow]", "a")],
            "body.automatic_payment_methods.enabled is missing",
        ),
        (
            "/v1/accounts",
            &[("controller[losses][payments]", "nobody")],
            "body.controller.losses.payments is not string",
        ),
    ];
    for (path, fields, wrong) in refused {
        assert_eq!(judged(path, fields), Err(wrong.to_owned()));
    }
}

#[tokio::test]
async fn answers_with_unknown_fields_and_values_are_read() {
    let intent = json!({ "id": "pi_1", "status": "requires_moon", "amount": 10_500, "currency": "eur", "new": {},
        "client_secret": "pi_1_secret", "latest_charge": null, "last_payment_error": null });
    let (stripe, _) = stripe(vec![(200, intent)]);
    let said = stripe.get_payment("pi_1").await.unwrap();
    assert_eq!((said.state, said.amount), (PaymentState::Processing, eur(10_500)));
    assert!(!format!("{said:?}").contains("pi_1_secret"));
}

#[tokio::test]
async fn a_payment_says_what_it_cost_and_why_it_failed() {
    let line = json!({ "id": "txn_1", "amount": 10_500, "fee": 356, "currency": "eur" });
    let charge =
        json!({ "id": "ch_1", "balance_transaction": line, "payment_method_details": { "type": "card" } });
    let intent = |status: &str, charge: &Value, error: &Value| {
        json!({ "id": "pi_1", "status": status, "amount": 10_500, "currency": "eur",
            "latest_charge": charge, "last_payment_error": error })
    };
    let (good, _) = stripe(vec![(200, intent("succeeded", &charge, &Value::Null))]);
    let said = good.get_payment("pi_1").await.unwrap();
    assert_eq!((said.state, said.fee, said.settled), (PaymentState::Succeeded, Some(eur(356)), None));
    assert_eq!((said.charge.as_deref(), said.method.as_deref()), (Some("ch_1"), Some("card")));

    let error =
        json!({ "code": "card_declined", "decline_code": "lost_card", "payment_method": { "id": "pm_1" } });
    let (declined, _) = stripe(vec![(200, intent("requires_payment_method", &json!("ch_1"), &error))]);
    let said = declined.get_payment("pi_1").await.unwrap();
    assert_eq!((said.state, said.failure.as_deref()), (PaymentState::Failed, Some("lost_card")));
    assert_eq!(said.attempt.as_deref(), Some("ch_1 pm_1"));

    let abroad =
        json!({ "id": "ch_1", "balance_transaction": { "amount": 11_000, "fee": 400, "currency": "usd" } });
    let (abroad, _) = stripe(vec![(200, intent("succeeded", &abroad, &Value::Null))]);
    let said = abroad.get_payment("pi_1").await.unwrap();
    assert_eq!((said.fee, said.settled), (None, Some(Money::new(11_000, "USD".parse().unwrap()))));
}

#[tokio::test]
async fn a_refund_is_found_by_our_id_on_any_page() {
    let made = |at: &str, ours: &str| {
        let metadata = json!({ "refund": ours });
        json!({ "id": at, "amount": 100, "currency": "eur", "status": "succeeded", "metadata": metadata })
    };
    let ours = refund().ours.to_string();
    let first = json!({ "data": [made("re_1", "another")], "has_more": true });
    let second = json!({ "data": [made("re_2", &ours)], "has_more": false });
    let (stripe, desk) = stripe(vec![(200, first.clone()), (200, second)]);
    let found = stripe.find_refund(&refund(), SINCE).await.unwrap().found().unwrap();
    assert_eq!((found.reference.as_str(), found.state), ("re_2", RefundState::Succeeded));
    assert!(desk.sent()[1].url().query().unwrap().contains("starting_after=re_1"));
    let (stripe, _) = self::stripe(vec![(200, json!({ "data": [], "has_more": false }))]);
    assert_eq!(stripe.find_refund(&refund(), SINCE).await.unwrap(), LookUp::Absent);
    let (stripe, _) = self::stripe(vec![(200, first)]);
    let endless = stripe.find_refund(&refund(), SINCE).await;
    assert!(matches!(endless, Err(ProviderError::Unknown(_))), "{endless:?}");
}

#[tokio::test]
async fn without_stripes_id_a_payment_may_be_there() {
    let (stripe, desk) = stripe(vec![(200, json!({}))]);
    assert_eq!(stripe.find_payment(id(), None).await.unwrap(), LookUp::Unsure);
    assert_eq!(desk.sent().len(), 0);
}

#[tokio::test]
async fn a_refusal_is_told_from_a_mistake() {
    for (status, code, is_refusal) in [
        (400, "balance_insufficient", true),
        (400, "payment_intent_unexpected_state", true),
        (402, "card_declined", true),
        (400, "parameter_missing", false),
        (404, "resource_missing", false),
    ] {
        let (stripe, _) = stripe(vec![(status, json!({ "error": { "code": code, "message": "hidden" } }))]);
        let error = stripe.reverse("k", &reversal()).await.unwrap_err();
        assert_eq!(matches!(error, ProviderError::Declined { .. }), is_refusal, "{code}: {error}");
        assert!(!error.to_string().contains("hidden"));
    }
}

#[tokio::test]
async fn a_key_never_stands_in_a_log() {
    let (stripe, desk) = stripe(vec![(500, json!({}))]);
    let error = stripe.create_payment("k", &payment()).await.unwrap_err();
    assert!(matches!(error, ProviderError::Retryable(_)), "under the same key: {error}");
    let calls = desk.sent();
    assert_eq!(calls[0].headers()["authorization"], "Bearer sk_test_hidden");
    for printed in [format!("{stripe:?}"), format!("{calls:?}"), format!("{error:?}"), error.to_string()] {
        assert!(!printed.contains("hidden"), "{printed}");
    }
}

#[tokio::test]
async fn what_is_no_id_is_not_put_into_an_address() {
    let (stripe, desk) = stripe(vec![(200, json!({}))]);
    for wrong in ["", "pi_1/cancel", "../accounts", "pi_1?a=b"] {
        assert!(matches!(stripe.get_payment(wrong).await, Err(ProviderError::Invalid { .. })), "{wrong}");
    }
    assert_eq!(desk.sent().len(), 0);
}

#[tokio::test]
async fn the_statement_is_read_back_to_its_beginning_and_then_on() {
    let line = |at: &str, currency: &str| {
        json!({ "id": at, "type": "charge", "amount": 10_500, "fee": 356, "net": 10_144, "currency": currency,
            "source": "ch_1", "created": 1, "available_on": 2 })
    };
    let page = |lines: &[Value], has_more: bool| (200, json!({ "data": lines, "has_more": has_more }));
    let (stripe, _) = stripe(vec![
        page(&[line("txn_3", "eur"), line("txn_2", "eur")], true),
        page(&[line("txn_1", "eur")], false),
        page(&[line("txn_4", "eur")], false),
        page(&[], false),
    ]);
    let (mut after, mut seen): (Option<String>, Vec<String>) = (None, Vec::new());
    loop {
        let piece = stripe.lines(None, after.as_deref()).await.unwrap();
        seen.extend(piece.lines.into_iter().map(|line| line.reference));
        let Some(next) = piece.next else { break };
        after = Some(next);
    }
    assert_eq!(seen, ["txn_3", "txn_2", "txn_1", "txn_4"]);
    assert_eq!(after.as_deref(), Some("on:txn_4"));
    assert!(stripe.lines(None, Some("elsewhere")).await.is_err());
}

#[tokio::test]
async fn balances_stand_by_currency() {
    let held = json!({ "available": [{ "amount": 5, "currency": "eur" }, { "amount": 300, "currency": "isk" }],
        "pending": [{ "amount": -7, "currency": "eur" }], "connect_reserved": [{ "amount": 1, "currency": "eur" }] });
    let (stripe, _) = stripe(vec![(200, held)]);
    let balances = stripe.balance(None).await.unwrap();
    let told: Vec<_> =
        balances.iter().map(|b| (b.currency.code(), b.available, b.pending, b.reserved)).collect();
    assert_eq!(told, [("EUR", 5, -7, 1), ("ISK", 3, 0, 0)]);
}

/// A business in China sells to France; the operator, in Germany, holds what they need there.
#[tokio::test]
async fn stripe_is_asked_for_what_the_marketplace_owes_and_for_nothing_else() {
    use crate::tax::deciding::Known;
    use crate::tax::{Liable, Registration, Scheme, rates::Rates};
    let held = |scheme| Registration {
        place: "DE".parse().unwrap(),
        scheme,
        number: "1".to_owned(),
        begins: date!(2026 - 01 - 01),
        ends: None,
    };
    let known = Known {
        home: "DE".parse().unwrap(),
        registrations: vec![held(Scheme::Local), held(Scheme::Ioss), held(Scheme::Oss)],
        rates: Rates::default(),
        goods: Some(eur(10_000)),
    };
    let part = |kind: PartKind, amount: i64| Part { kind, leg: None, category: None, amount: eur(amount) };
    let question = Question {
        parts: vec![
            part(PartKind::Item, 10_000),
            part(PartKind::Commission, 800),
            part(PartKind::BuyerFee, 600),
        ],
        from: "CN".parse().unwrap(),
        to: "FR".parse().unwrap(),
        seller: SellerClass::Business,
        ..question()
    };
    let line = |n: &str, amount: i64, tax: i64| {
        json!({ "reference": n, "amount": amount, "amount_tax": tax, "tax_breakdown": [
            { "taxability_reason": "standard_rated", "tax_rate_details": { "percentage_decimal": "20.0" } }] })
    };
    let answer = json!({ "id": "taxcalc_1", "currency": "eur",
        "line_items": { "data": [line("0", 10_000, 2_000), line("1", 600, 100)] } });
    let (stripe, desk) = stripe(vec![(200, answer)]);
    let decided = super::engine::count(&stripe, &question, &known).await.unwrap();
    let told: Vec<_> =
        decided.iter().map(|it| (it.liable, it.base.amount, it.amount.amount, it.rate_ppm)).collect();
    assert_eq!(
        told,
        [
            (Liable::Platform, 10_000, 2_000, 200_000),
            (Liable::Nobody, 800, 0, 0),
            (Liable::Platform, 500, 100, 200_000)
        ]
    );
    assert_eq!(decided[0].engine_ref.as_deref(), Some("taxcalc_1"));
    assert!(decided.iter().all(|it| it.engine == "stripe") && decided[1].engine_ref.is_none());
    assert_eq!(desk.sent().len(), 1, "all is owed in one place");
}
