//! Payouts from a seller's own account to their bank.

use super::super::provider::{LookUp, NewPayout, PayoutState, ProviderError, ProviderPayout};
use super::amount::{self, to_bank};
use super::client::{Client, HasId, Metadata, id};
use super::form::Form;
use kernel::Moment;
use serde::Deserialize;
use serde_json::Value;
use time::Duration;

const PATH: &str = "/v1/payouts";
/// How much their clock may be behind ours.
const EARLIER: Duration = Duration::HOUR;

#[derive(Deserialize)]
struct Payout {
    id: String,
    status: String,
    amount: i64,
    currency: String,
    arrival_date: Option<i64>,
    failure_code: Option<String>,
    reversed_by: Option<Value>,
    metadata: Option<Metadata>,
}

impl HasId for Payout {
    fn id(&self) -> &str {
        &self.id
    }
}

pub(super) async fn create(
    client: &Client,
    key: &str,
    new: &NewPayout,
) -> Result<ProviderPayout, ProviderError> {
    let form = Form::new()
        .add("amount", to_bank(new.amount)?)
        .add("currency", new.amount.currency.code().to_ascii_lowercase())
        .add("metadata.payout", new.ours);
    said(client.post(key, PATH, &form, Some(id(&new.account)?)).await?)
}

pub(super) async fn get(
    client: &Client,
    account: &str,
    reference: &str,
) -> Result<ProviderPayout, ProviderError> {
    said(client.get(&format!("{PATH}/{}", id(reference)?), &Form::new(), Some(id(account)?)).await?)
}

pub(super) async fn find(
    client: &Client,
    new: &NewPayout,
    since: Moment,
) -> Result<LookUp<ProviderPayout>, ProviderError> {
    let ours = new.ours.to_string();
    let query = Form::new().add("created.gte", (since - EARLIER).unix_timestamp());
    let fits = |it: &Payout| it.metadata.as_ref().and_then(|m| m.get("payout")) == Some(&ours);
    let found = client.find(PATH, &query, Some(id(&new.account)?), fits).await?;
    Ok(found.map(said).transpose()?.into())
}

/// One that came back after it was paid is `failed` here too: who knows that it was paid can tell.
fn said(payout: Payout) -> Result<ProviderPayout, ProviderError> {
    let is_reversed = payout.reversed_by.is_some_and(|by| !by.is_null());
    let state = match payout.status.as_str() {
        _ if is_reversed => PayoutState::Returned,
        "paid" => PayoutState::Paid,
        "failed" | "canceled" => PayoutState::Failed,
        "in_transit" => PayoutState::InTransit,
        _ => PayoutState::Created,
    };
    Ok(ProviderPayout {
        state,
        amount: amount::money(payout.amount, &payout.currency)?,
        fee: None,
        failure: payout.failure_code,
        expected: payout.arrival_date.and_then(|at| Moment::from_unix_timestamp(at).ok()),
        reference: payout.id,
    })
}
