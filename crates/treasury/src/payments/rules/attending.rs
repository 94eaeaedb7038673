//! A refund that its provider cannot pay by itself: where the payment came from takes nothing back. Staff sends it to a bank
//! account of the buyer's, or pays it another way.

use super::super::banks::bank_of;
use super::super::calls;
use super::super::calls::operations::MakeRefundTo;
use super::super::model::{Refund, RefundState};
use super::super::provider::RefundTo;
use super::super::providers::Providers;
use super::super::store;
use super::super::work::SendRefundTo;
use super::refunding::{ask_later, attention, load, settle, tell_failure, wants_a_person};
use crate::tickets;
use kernel::{BankAccountId, RefundId, Refusal};
use people::banks::rules as banks;
use platform::vault::Vault;
use platform::{Db, Tx, jobs};
use serde_json::json;

/// Why a refund failed that somebody has paid another way.
const BY_HAND: &str = "by_hand";

/// It shall go to the bank account that its buyer has named; the provider hears of it after the commit. Errors: `NotFound`;
/// `Conflict("refund-goes-on")` when it does not wait for somebody.
pub async fn ask_refund_to(tx: &mut Tx, id: RefundId, bank: BankAccountId) -> Result<(), Refusal> {
    waiting(tx, id).await?;
    jobs::enqueue(tx, &SendRefundTo { refund: id, bank }).await?;
    Ok(())
}

/// Somebody pays it another way: it ends as failed, and what the provider says of it later moves it no more. Errors as
/// [`ask_refund_to`].
pub async fn end_waiting(tx: &mut Tx, id: RefundId) -> Result<(), Refusal> {
    let refund = waiting(tx, id).await?;
    store::refuse_refund(tx, id, BY_HAND).await?;
    tell_failure(tx, &refund, BY_HAND).await?;
    ask_later(tx, id, RefundState::Failed).await
}

/// Nobody has to look after it any more.
pub async fn seen_to(tx: &mut Tx, id: RefundId, outcome: &str) -> Result<(), Refusal> {
    tickets::close(tx, &attention(id), outcome).await
}

/// Sends it to that bank account. Where the buyer uses another one by now, or the provider does not take it, it waits on, and
/// somebody looks again. Errors: the provider is away.
pub async fn send_refund_to(
    db: &Db,
    providers: &Providers,
    vault: &Vault,
    id: RefundId,
    named: BankAccountId,
) -> Result<(), Refusal> {
    let (refund, payment) = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    if refund.state != RefundState::NeedsAttention {
        // It went on: that is what became of a call whose answer never came.
        let mut tx = db.begin().await?;
        let said = json!({ "reference": refund.provider_ref });
        calls::hear(&mut tx, &MakeRefundTo::key_of(id, named), &said).await?;
        return Ok(tx.commit().await?);
    }
    let current = banks::current(&mut db.read().await?, vault, payment.buyer).await?;
    let currency = refund.amount.currency;
    let bank = current
        .filter(|it| it.id == named)
        .and_then(|it| bank_of(provider, &it.details, currency).ok())
        .filter(|bank| bank.currency == currency);
    let (Some(bank), Some(reference)) = (bank, refund.provider_ref.clone()) else {
        return waits_on(db, &refund, "the bank account that it was to go to cannot be used").await;
    };
    let to = RefundTo { refund: reference, bank };
    let call = MakeRefundTo { ours: id, amount: refund.amount, named, to: &to };
    match calls::make(db, provider, &call).await? {
        Ok(said) => settle(db, id, &said).await,
        Err(error) if error.is_final() => {
            waits_on(db, &refund, "the provider does not take the bank account").await
        }
        Err(error) if error.needs_a_person() => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn waits_on(db: &Db, refund: &Refund, why: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    wants_a_person(&mut tx, refund, why).await?;
    Ok(tx.commit().await?)
}

async fn waiting(tx: &mut Tx, id: RefundId) -> Result<Refund, Refusal> {
    let refund = store::lock_refund(tx, id).await?.ok_or(Refusal::NotFound)?;
    match refund.state {
        RefundState::NeedsAttention => Ok(refund),
        _ => Err(Refusal::Conflict("refund-goes-on")),
    }
}
