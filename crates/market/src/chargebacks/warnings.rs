//! A card network warns that a payment is fraud, before anybody disputes it. What was not sent goes back to the card, if the
//! settings want it so: that costs less than a dispute, and nobody has lost a thing. What is on its way waits for a week; a
//! person refunds it or lets it go.

use super::{letters, store};
use crate::holds::{self, NewHold};
use crate::orders::charged_back as orders;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, Refusal};
use ledger::Account;
use platform::Tx;
use process::Hold;
use serde_json::json;
use time::Duration;

/// How long the money waits.
const HELD: Duration = Duration::days(7);
/// How long there is to look at it.
const DUE: Duration = Duration::days(1);

/// Why an order is cancelled, for the audit log.
const WHY: &str = "The card network warns that its payment is fraud, and nothing was sent.";

/// What is done on a warning.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// What was not sent is paid back at once.
    pub refund: bool,
    pub base_url: &'a str,
}

/// Keeps a warning, pays back what was not sent, holds what else was not released, and tells staff; once for each. `payment`
/// is the provider's name for it.
pub async fn heard(
    tx: &mut Tx,
    terms: Terms<'_>,
    (provider, reference): (&str, &str),
    payment: &str,
    kind: &str,
) -> Result<(), Refusal> {
    let key = format!("fraud_warning:{provider}:{reference}");
    let mut detail = json!({ "payment": payment, "kind": kind });
    let Some(id) = store::payment(tx, provider, payment, None).await? else {
        return report(tx, &key, Subject::Nothing, None, detail).await;
    };
    let locked = orders::lock(tx, id).await?;
    if !store::insert_warning(tx, (provider, reference), id, kind).await? {
        return Ok(());
    }
    let until = Some(tx.now() + HELD);
    let (mut held, mut refunded): (Option<Money>, Vec<String>) = (None, Vec::new());
    for order in locked {
        if terms.refund && orders::call_off(tx, &order, WHY).await? {
            letters::called_off(tx, &order, terms.base_url).await?;
            refunded.push(order.number);
            continue;
        }
        let escrow = ledger::balance_of(tx, &Account::Escrow(order.id), order.currency).await?;
        if escrow.is_zero() {
            continue;
        }
        let (kind, because) = (Hold::Fraud, "looked-at");
        let new = NewHold { order: order.id, kind, because, note: "", by: None, until };
        holds::put(tx, &new).await?;
        held = Some(held.map_or(Ok(escrow), |sum| sum.plus(escrow))?);
    }
    detail["refunded"] = json!(refunded);
    report(tx, &key, Subject::Payment(id), held, detail).await
}

async fn report(
    tx: &mut Tx,
    key: &str,
    subject: Subject,
    amount: Option<Money>,
    detail: serde_json::Value,
) -> Result<(), Refusal> {
    let ticket = NewTicket { kind: Kind::FraudWarning, key, subject, amount, detail, due: DUE };
    tickets::open(tx, &ticket).await?;
    Ok(())
}
