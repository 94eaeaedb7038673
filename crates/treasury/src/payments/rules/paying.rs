//! A payment from its opening to its end.

use super::super::calls::operations::{CancelPayment, CreatePayment};
use super::super::calls::{self, is_written};
use super::super::card::Card;
use super::super::model::{Payment, PaymentState};
use super::super::provider::{LookUp, NewPayment, ProviderError};
use super::super::providers::Providers;
use super::super::store;
use super::super::work;
use super::booking::{ask_later, settle};
use kernel::{MemberId, Money, PaymentId, Refusal};
use platform::config::Secret;
use platform::{Db, Reader, Tx, jobs};

/// Opens a payment of `amount`; the provider hears of it after the commit. Errors: the amount is not positive.
pub async fn open(tx: &mut Tx, buyer: MemberId, amount: Money, provider: &str) -> Result<Payment, Refusal> {
    let payment = Payment {
        id: tx.new_id(),
        buyer,
        provider: provider.to_owned(),
        provider_ref: None,
        amount,
        state: PaymentState::Created,
        failure: None,
        attempt: None,
        fee: None,
        charge: None,
        settled: None,
        method: None,
        pay_url: None,
        version: 1,
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    store::insert_payment(tx, &payment).await?;
    jobs::enqueue(tx, &work::CreatePayment { payment: payment.id }).await?;
    Ok(payment)
}

/// A payment, whoever's it is.
pub async fn find(reader: &mut Reader, id: PaymentId) -> Result<Option<Payment>, Refusal> {
    Ok(store::payment(reader, id).await?)
}

/// A buyer's own payment. Errors: `NotFound`, also for somebody else's.
pub async fn of_buyer(reader: &mut Reader, buyer: MemberId, id: PaymentId) -> Result<Payment, Refusal> {
    store::payment(reader, id).await?.filter(|p| p.buyer == buyer).ok_or(Refusal::NotFound)
}

/// Makes sure that the provider has the payment, and answers it with the provider's reference.
pub async fn ensure_created(db: &Db, providers: &Providers, id: PaymentId) -> Result<Payment, Refusal> {
    let payment = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    if payment.provider_ref.is_some() || payment.state.is_final() {
        return Ok(payment);
    }
    let new = NewPayment {
        ours: id,
        amount: payment.amount,
        group: id.to_string(),
        buyer_email: None,
        back: Some(providers.back_to(id)),
    };
    let said = calls::make(db, provider, &CreatePayment(&new)).await??;
    settle(db, provider, payment, said).await
}

/// Pays by a card from our own form: only with a provider that takes cards that way (the sandbox). A decline is
/// no error: the payment comes back failed, with the reason. Errors: the card's fields; `Conflict` with
/// `payment-paid`, `payment-processing` or `payment-cancelled`; `NotFound` if the provider takes cards itself.
pub async fn confirm(
    db: &Db,
    providers: &Providers,
    payment: &Payment,
    card: &Card,
) -> Result<Payment, Refusal> {
    let provider = providers.of_payment(payment)?;
    let form = provider.card_form().ok_or(Refusal::NotFound)?;
    let payment = ensure_created(db, providers, payment.id).await?;
    let reference = payable(&payment)?;
    match form.confirm(reference, card).await {
        Ok(said) => settle(db, provider, payment.clone(), said).await,
        Err(error) => Err(overtaken(db, providers, payment.id, error).await),
    }
}

/// The buyer answered their bank's question in the sandbox. Errors as `confirm`; `Conflict("payment-no-question")`
/// when nothing was asked.
pub async fn answer_challenge(
    db: &Db,
    providers: &Providers,
    payment: &Payment,
    passed: bool,
) -> Result<Payment, Refusal> {
    let provider = providers.of_payment(payment)?;
    let form = provider.card_form().ok_or(Refusal::NotFound)?;
    let payment = load(db, payment.id).await?;
    if matches!(payment.state, PaymentState::Created | PaymentState::Failed) {
        return Err(Refusal::Conflict("payment-no-question"));
    }
    let reference = payable(&payment)?;
    match form.answer_challenge(reference, passed).await {
        Ok(said) => settle(db, provider, payment.clone(), said).await,
        Err(error) => {
            let refusal = overtaken(db, providers, payment.id, error).await;
            let now = load(db, payment.id).await?;
            let is_answered = matches!(now.state, PaymentState::Created | PaymentState::Failed);
            Err(if is_answered { Refusal::Conflict("payment-no-question") } else { refusal })
        }
    }
}

/// Why the provider did not accept what was fine a moment ago: perhaps the same was done in another window
/// meanwhile, and then the payment's state says why.
async fn overtaken(db: &Db, providers: &Providers, id: PaymentId, error: ProviderError) -> Refusal {
    if !matches!(&error, ProviderError::Invalid { fields, .. } if fields.is_empty()) {
        return error.into();
    }
    match sync(db, providers, id).await {
        Err(refusal) => refusal,
        Ok(now) => match payable(&now) {
            Err(refusal) => refusal,
            Ok(_) => error.into(),
        },
    }
}

fn payable(payment: &Payment) -> Result<&str, Refusal> {
    match payment.state {
        PaymentState::Succeeded => Err(Refusal::Conflict("payment-paid")),
        PaymentState::Processing => Err(Refusal::Conflict("payment-processing")),
        PaymentState::Cancelled => Err(Refusal::Conflict("payment-cancelled")),
        PaymentState::Created | PaymentState::RequiresAction | PaymentState::Failed => {
            payment.provider_ref.as_deref().ok_or(Refusal::Unavailable("payments"))
        }
    }
}

/// Looks the payment up at its provider and applies what it says: the same as if a webhook had come.
pub async fn sync(db: &Db, providers: &Providers, id: PaymentId) -> Result<Payment, Refusal> {
    sync_as(db, providers, id, None).await
}

/// The same; `reference` is what the provider calls it, for when its news overtook the answer that would have told us.
pub async fn sync_as(
    db: &Db,
    providers: &Providers,
    id: PaymentId,
    reference: Option<&str>,
) -> Result<Payment, Refusal> {
    let payment = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    let said = match &payment.provider_ref {
        Some(reference) => provider.get_payment(reference).await?,
        None => match provider.find_payment(id, reference).await? {
            LookUp::Found(said) => said,
            LookUp::Absent | LookUp::Unsure => return Ok(payment),
        },
    };
    settle(db, provider, payment, said).await
}

/// The payment as it stands at its provider now, and what the provider's field in our page needs to have it paid: for
/// the buyer alone. Errors: `Unavailable` when the provider does not answer.
pub async fn for_field(
    db: &Db,
    providers: &Providers,
    id: PaymentId,
) -> Result<(Payment, Option<Secret>), Refusal> {
    let payment = ensure_created(db, providers, id).await?;
    let provider = providers.of_payment(&payment)?;
    let Some(reference) = payment.provider_ref.clone() else { return Ok((payment, None)) };
    let said = provider.get_payment(&reference).await?;
    let secret = said.client_secret.clone();
    Ok((settle(db, provider, payment, said).await?, secret))
}

/// Asks that a payment be made impossible to pay. If it is paid meanwhile, it stays paid.
pub async fn ask_cancel(tx: &mut Tx, id: PaymentId) -> Result<(), Refusal> {
    jobs::enqueue(tx, &work::CancelPayment { payment: id }).await?;
    Ok(())
}

/// Makes a payment impossible to pay, or finds out that it is paid or being paid.
pub async fn cancel(db: &Db, providers: &Providers, id: PaymentId) -> Result<Payment, Refusal> {
    let mut payment = load(db, id).await?;
    let provider = providers.of_payment(&payment)?;
    if payment.state.is_final() {
        return Ok(payment);
    }
    if payment.provider_ref.is_none() {
        if !is_written(db, &CreatePayment::key_of(id)).await? {
            return close_unsent(db, id).await;
        }
        // It may be there, and then somebody may still pay it: first it is found out under which name.
        payment = ensure_created(db, providers, id).await?;
        if payment.state.is_final() {
            return Ok(payment);
        }
    }
    let reference = payment.provider_ref.clone().ok_or(Refusal::Unavailable("payments"))?;
    match calls::make(db, provider, &CancelPayment { ours: id, reference: &reference }).await? {
        Ok(said) => settle(db, provider, payment, said).await,
        Err(error) if error.is_final() => sync(db, providers, id).await,
        Err(error) => Err(error.into()),
    }
}

/// The provider never heard of it: nobody can pay it, and we will not ask.
async fn close_unsent(db: &Db, id: PaymentId) -> Result<Payment, Refusal> {
    let mut tx = db.begin().await?;
    store::lock_payment(&mut tx, id).await?;
    store::close_unsent(&mut tx, id).await?;
    let payment = store::payment(&mut tx, id).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    Ok(payment)
}

/// `sync`, and again later if something is still to come.
pub async fn follow_up(db: &Db, providers: &Providers, id: PaymentId) -> Result<(), Refusal> {
    let payment = sync(db, providers, id).await?;
    let mut tx = db.begin().await?;
    ask_later(&mut tx, id, payment.state).await?;
    Ok(tx.commit().await?)
}

pub(super) async fn load(db: &Db, id: PaymentId) -> Result<Payment, Refusal> {
    find(&mut db.read().await?, id).await?.ok_or(Refusal::NotFound)
}
