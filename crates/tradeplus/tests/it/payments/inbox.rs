//! What providers told, as it is kept, read again and forgotten.

use super::{Shop, eur};
use kernel::Refusal;
use market::payments::jobs as work;
use market::payments::model::PaymentState;
use market::payments::webhooks::{NotReceived, Received, receive};
use market::payments::{inbox, rules};
use market::staff::model::Reason;
use serde_json::{Value, json};
use simulator::{Fault, Planned};
use time::Duration;

impl Shop {
    /// A webhook as the sandbox would send it now.
    async fn hears(&self, event: &Value) -> Result<Received, NotReceived> {
        let raw = event.to_string();
        let headers = self.town.sim().signed(&raw);
        let provider = self.providers().named("sandbox").unwrap();
        receive(self.db(), provider, &headers, raw.as_bytes()).await
    }
}

pub(super) fn event(id: &str, kind: &str, object: &Value) -> Value {
    json!({ "id": id, "object": "event", "type": kind, "created": 1_770_000_000, "data": { "object": object } })
}

#[tokio::test]
async fn an_unknown_kind_and_unknown_fields_are_kept() {
    let shop = Shop::open().await;
    let mut strange = event("evt_1", "moon.full", &json!({ "id": "luna", "colour": "red" }));
    strange["account"] = json!("acct_1");
    strange["never_seen"] = json!([1, 2]);
    shop.hears(&strange).await.unwrap();
    shop.work().await;
    let mut reader = shop.db().read().await.unwrap();
    let kept = inbox::find(&mut reader, "sandbox", "evt_1").await.unwrap();
    assert_eq!((kept.received.kind.as_str(), kept.account.as_deref()), ("moon.full", Some("acct_1")));
    assert_eq!(kept.happened_at.map(|at| at.unix_timestamp()), Some(1_770_000_000));
    assert!(kept.received.note.is_some() && kept.received.handled_at.is_some());
    assert_eq!(kept.body.unwrap()["never_seen"], json!([1, 2]));
    assert!(
        !kept.headers.to_string().contains("v1="),
        "what proves the sender is not kept: {}",
        kept.headers
    );
}

#[tokio::test]
async fn an_event_is_replayed_by_hand_once_and_audited() {
    let shop = Shop::open().await;
    let cy = shop.town.staff("Cy", &[market::accounts::model::Role::Operator]).await;
    let payment = shop.paid(eur(500), "4000000000000077").await;
    shop.settle().await;
    let object = json!({ "id": payment.provider_ref });
    shop.hears(&event("evt_1", "payment_intent.succeeded", &object)).await.unwrap();
    shop.work().await;
    assert_eq!(shop.found(payment.id).await.state, PaymentState::Succeeded);
    let why = Reason::read("Ticket 4711").unwrap();
    let mut tx = shop.db().begin().await.unwrap();
    inbox::replay(&mut tx, cy.id, ("sandbox", "evt_1"), &why).await.unwrap();
    inbox::replay(&mut tx, cy.id, ("sandbox", "evt_1"), &why).await.unwrap();
    let nobody = inbox::replay(&mut tx, cy.id, ("sandbox", "evt_2"), &why).await;
    assert!(matches!(nobody, Err(Refusal::NotFound)), "{nobody:?}");
    tx.commit().await.unwrap();
    assert_eq!(shop.count("select count(*) from jobs where kind = 'payments.handle_event'").await, 1);
    shop.work().await;
    assert_eq!(shop.told().await, ["payments.processing", "payments.succeeded"], "it tells nothing new");
    assert_eq!(shop.count("select count(*) from audit_log where action = 'payments.replay'").await, 2);
}

#[tokio::test]
async fn raw_bytes_are_blanked_and_the_id_is_known_for_ever() {
    let shop = Shop::open().await;
    let cy = shop.town.staff("Cy", &[market::accounts::model::Role::Operator]).await;
    let moon = event("evt_1", "moon.full", &json!({ "id": "luna" }));
    shop.hears(&moon).await.unwrap();
    shop.work().await;
    shop.town.clock.advance(Duration::days(399));
    work::prune_raw(shop.db(), work::PruneRaw {}).await.unwrap();
    assert_eq!(shop.count("select count(*) from provider_events where length(raw) > 0").await, 1);
    shop.town.clock.advance(Duration::days(2));
    work::prune_raw(shop.db(), work::PruneRaw {}).await.unwrap();
    assert_eq!(shop.count("select count(*) from provider_events where length(raw) > 0").await, 0);
    assert_eq!(shop.hears(&moon).await.unwrap(), Received::Again);
    let why = Reason::read("Ticket 4711").unwrap();
    let mut tx = shop.db().begin().await.unwrap();
    let gone = inbox::replay(&mut tx, cy.id, ("sandbox", "evt_1"), &why).await;
    assert!(matches!(gone, Err(Refusal::Conflict("event-blanked"))), "{gone:?}");
}

/// Neither the answer to the call nor a look-up is needed: the event says which payment it is about.
#[tokio::test]
async fn an_event_before_the_answer_is_enough() {
    let shop = Shop::open().await;
    let payment = shop.payment(eur(500)).await;
    let sim = shop.town.sim();
    sim.plan(Planned::new(Fault::AnswerLost).on("POST", "/v1/payment_intents"));
    rules::ensure_created(shop.db(), shop.providers(), payment.id).await.unwrap_err();
    let reference: String =
        sqlx::query_scalar("select id from sandbox.objects where kind = 'payment_intent'")
            .fetch_one(&shop.town.owner)
            .await
            .unwrap();
    sim.control("door/confirm", json!({ "payment": reference, "number": "4242424242424242" })).await;
    sqlx::query("delete from jobs where kind = 'payments.create'").execute(&shop.town.owner).await.unwrap();
    shop.work().await;
    let found = shop.found(payment.id).await;
    assert_eq!((found.state, found.provider_ref), (PaymentState::Succeeded, Some(reference)));
    assert_eq!(found.fee, Some(eur(44)));
    assert!(found.charge.is_some() && found.method.as_deref() == Some("card"));
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_and_somebody_is_told() {
    let shop = Shop::open().await;
    shop.hears(&json!({ "id": "evt_1", "type": 5 })).await.unwrap();
    shop.work().await;
    assert_eq!(shop.told().await, ["payments.event_unreadable"]);
    let tickets = "select count(*) from tickets where kind = 'event_unreadable' and closed_at is null";
    assert_eq!(shop.count(tickets).await, 1);
    assert_eq!(shop.count("select count(*) from provider_events where handled_at is null").await, 0);
}

#[tokio::test]
async fn what_others_follow_is_told_to_them() {
    let shop = Shop::open().await;
    for (n, (kind, object)) in [
        ("charge.dispute.created", json!({ "id": "du_1" })),
        ("radar.early_fraud_warning.created", json!({ "id": "issfr_1", "payment_intent": "pi_1" })),
        ("account.updated", json!({ "id": "acct_1" })),
        ("transfer.reversed", json!({ "id": "tr_1" })),
        ("payout.failed", json!({ "id": "po_1" })),
    ]
    .into_iter()
    .enumerate()
    {
        shop.hears(&event(&format!("evt_{n}"), kind, &object)).await.unwrap();
    }
    shop.work().await;
    let mut told = shop.told().await;
    told.sort();
    let all = ["account_heard", "dispute_heard", "payout_heard", "transfer_heard", "warning_heard"];
    assert_eq!(told, all.map(|kind| format!("payments.{kind}")));
}
