//! Calls that nobody came back to: what became of them is looked up, and a person is told when that takes too long.

use super::super::work::{CancelPayment, CreatePayment, SendRefund};
use super::{DUE, store, ticket};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{MemberId, PaymentId, PayoutId, RefundId, Refusal, SettlementId};
use platform::jobs::{self, Outcome};
use platform::{Db, Tx};
use serde_json::json;
use time::Duration;
use uuid::Uuid;

/// How long a call is left to whoever sent it.
const LEFT: Duration = Duration::minutes(2);
/// How long nobody may know of it before a person is told.
const UNKNOWN_MAX: Duration = Duration::hours(24);
/// Calls that are looked at together.
const BATCH: i64 = 200;

/// Has every call looked up of which nobody knows what became, if it is one of this slice; those of others look after
/// theirs. Opens a ticket for what nobody knew for a day.
pub async fn look(db: &Db) -> Outcome {
    let mut tx = db.begin().await?;
    let now = tx.now();
    for call in store::open(&mut tx, now - LEFT, BATCH).await? {
        go_on(&mut tx, &call.operation, call.subject).await?;
        if call.unknown_since.is_some_and(|since| now - since > UNKNOWN_MAX) {
            let new = NewTicket {
                kind: Kind::CallUnknown,
                key: &ticket(&call.key),
                subject: subject_of(&call.operation, call.subject),
                amount: None,
                detail: json!({ "call": call.key, "operation": call.operation }),
                due: DUE,
            };
            tickets::open(&mut tx, &new).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Makes a call again, or asks for it: whichever it takes.
pub(super) async fn go_on(tx: &mut Tx, operation: &str, subject: Uuid) -> Result<(), Refusal> {
    let (key, now) = (format!("payments.go_on:{operation}:{subject}"), tx.now());
    match operation {
        "create_payment" => {
            let job = CreatePayment { payment: PaymentId(subject) };
            jobs::schedule(tx, &key, &job, now).await?;
        }
        "cancel_payment" => {
            let job = CancelPayment { payment: PaymentId(subject) };
            jobs::schedule(tx, &key, &job, now).await?;
        }
        "refund" => {
            let job = SendRefund { refund: RefundId(subject) };
            jobs::schedule(tx, &key, &job, now).await?;
        }
        // Who made it looks after it.
        _ => {}
    }
    Ok(())
}

fn subject_of(operation: &str, subject: Uuid) -> Subject {
    match operation {
        "create_payment" | "cancel_payment" => Subject::Payment(PaymentId(subject)),
        "refund" | "refund_to" => Subject::Refund(RefundId(subject)),
        "transfer" | "reversal" => Subject::Settlement(SettlementId(subject)),
        "payout" => Subject::Payout(PayoutId(subject)),
        "open_account" => Subject::Member(MemberId(subject)),
        _ => Subject::Nothing,
    }
}
