//! Refunds of payments.

use super::super::model::RefundState;
use super::super::provider::{LookUp, NewRefund, ProviderError, ProviderRefund};
use super::amount::{self, to_stripe};
use super::client::{Client, HasId, Metadata, id};
use super::form::Form;
use serde::Deserialize;

const PATH: &str = "/v1/refunds";

#[derive(Deserialize)]
struct Refund {
    id: String,
    amount: i64,
    currency: String,
    status: Option<String>,
    failure_reason: Option<String>,
    metadata: Option<Metadata>,
}

impl HasId for Refund {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) async fn create(
    client: &Client,
    key: &str,
    new: &NewRefund,
) -> Result<ProviderRefund, ProviderError> {
    let form = Form::new()
        .add("payment_intent", &new.payment_ref)
        .add("amount", to_stripe(new.amount)?)
        .add("metadata.refund", new.ours);
    said(client.post(key, PATH, &form, None).await?)
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderRefund, ProviderError> {
    said(client.get(&format!("{PATH}/{}", id(reference)?), &Form::new(), None).await?)
}

/// Lists are consistent: what is not among its payment's refunds is not there.
pub(super) async fn find(client: &Client, new: &NewRefund) -> Result<LookUp<ProviderRefund>, ProviderError> {
    let ours = new.ours.to_string();
    let query = Form::new().add("payment_intent", &new.payment_ref);
    let fits = |it: &Refund| it.metadata.as_ref().and_then(|m| m.get("refund")) == Some(&ours);
    Ok(client.find(PATH, &query, None, fits).await?.map(said).transpose()?.into())
}

fn said(refund: Refund) -> Result<ProviderRefund, ProviderError> {
    let state = match refund.status.as_deref() {
        Some("succeeded") => RefundState::Succeeded,
        Some("failed" | "canceled") => RefundState::Failed,
        Some("requires_action") => RefundState::NeedsAttention,
        _ => RefundState::Pending,
    };
    Ok(ProviderRefund {
        state,
        amount: amount::money(refund.amount, &refund.currency)?,
        failure: match state {
            RefundState::Failed => Some(refund.failure_reason.unwrap_or_else(|| "refund_failed".to_owned())),
            _ => None,
        },
        reference: refund.id,
    })
}
