//! What the sandbox does with refunds.

use super::super::model::{PaymentState, RefundState};
use super::super::provider::{NewRefund, ProviderError, ProviderRefund};
use super::bank::{LATER, lock, name, no_such, tell};
use super::cards::Behaviour;
use super::jobs::SettleRefund;
use super::store::{self, Refund};
use super::webhook::Data;
use kernel::{Money, RefundId};
use platform::{Db, Tx, jobs};

/// Begins a refund, or answers the one that was begun under the key. Declined when the payment was not paid, or
/// not that much of it is left.
pub(super) async fn create(db: &Db, key: &str, new: &NewRefund) -> Result<ProviderRefund, ProviderError> {
    let mut tx = db.begin().await?;
    let mut payment = lock(&mut tx, &new.payment_ref).await?;
    if let Some(known) = store::refund_by_key(&mut tx, key).await? {
        let is_same =
            known.ours == new.ours && known.amount == new.amount && known.payment_ref == new.payment_ref;
        return if is_same {
            Ok(known.shown())
        } else {
            Err(ProviderError::invalid("the idempotency key was used for another refund"))
        };
    }
    if payment.state != PaymentState::Succeeded {
        return Err(ProviderError::Declined { code: "payment_not_paid".to_owned() });
    }
    let left = payment.amount.minus(Money::new(payment.refunded, payment.amount.currency));
    let left = left.and_then(|l| l.minus(new.amount)).map_err(|e| ProviderError::invalid(e.to_string()))?;
    if left.amount < 0 || new.amount.amount <= 0 {
        return Err(ProviderError::Declined { code: "refund_too_much".to_owned() });
    }
    let takes_time = matches!(payment.behaviour, Some(Behaviour::RefundLater | Behaviour::RefundFails));
    let refund = Refund {
        reference: name("re", tx.dice()),
        ours: new.ours,
        payment_ref: new.payment_ref.clone(),
        amount: new.amount,
        state: if takes_time { RefundState::Pending } else { RefundState::Succeeded },
        failure: None,
    };
    payment.refunded += new.amount.amount;
    store::save_payment(&mut tx, &payment).await?;
    store::insert_refund(&mut tx, key, &refund).await?;
    if takes_time {
        let at = tx.now() + LATER;
        let job = SettleRefund { reference: refund.reference.clone() };
        jobs::schedule(&mut tx, &format!("sandbox.settle:{}", refund.reference), &job, at).await?;
    } else {
        tell(&mut tx, "refund.succeeded", data(&refund)).await?;
    }
    tx.commit().await?;
    Ok(refund.shown())
}

pub(super) async fn get(db: &Db, reference: &str) -> Result<ProviderRefund, ProviderError> {
    let refund = store::refund(&mut db.read().await?, reference).await?;
    Ok(refund.ok_or_else(|| no_such(reference))?.shown())
}

pub(super) async fn find(db: &Db, ours: RefundId) -> Result<Option<ProviderRefund>, ProviderError> {
    Ok(store::refund_of(&mut db.read().await?, ours).await?.map(|r| r.shown()))
}

/// The time that a refund takes is over. A failed one leaves the money with the marketplace.
pub(super) async fn settle(tx: &mut Tx, reference: &str) -> Result<(), ProviderError> {
    let mut refund = store::refund(tx, reference).await?.ok_or_else(|| no_such(reference))?;
    let mut payment = lock(tx, &refund.payment_ref).await?;
    let fails = payment.behaviour == Some(Behaviour::RefundFails);
    refund.state = if fails { RefundState::Failed } else { RefundState::Succeeded };
    refund.failure = fails.then(|| "account_closed".to_owned());
    if !store::end_refund(tx, &refund).await? {
        return Ok(());
    }
    if fails {
        payment.refunded -= refund.amount.amount;
        store::save_payment(tx, &payment).await?;
    }
    let kind = if fails { "refund.failed" } else { "refund.succeeded" };
    Ok(tell(tx, kind, data(&refund)).await?)
}

fn data(refund: &Refund) -> Data {
    Data {
        object: "refund".to_owned(),
        id: refund.reference.clone(),
        reference: refund.ours.0,
        state: refund.state.as_str().to_owned(),
        amount: refund.amount.amount,
        currency: refund.amount.currency.to_string(),
        fee: None,
        failure: refund.failure.clone(),
    }
}
