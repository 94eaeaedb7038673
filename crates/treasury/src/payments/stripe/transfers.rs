//! Transfers to sellers' own accounts, and back.

use super::super::provider::{LookUp, NewReversal, NewTransfer, ProviderError, ProviderTransfer};
use super::amount::{self, to_stripe};
use super::client::{Client, HasId, Metadata, id};
use super::form::Form;
use serde::Deserialize;

const PATH: &str = "/v1/transfers";

#[derive(Deserialize)]
struct Transfer {
    id: String,
    amount: i64,
    #[serde(default)]
    amount_reversed: i64,
    currency: String,
    metadata: Option<Metadata>,
}

impl HasId for Transfer {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Transfer {
    fn has(&self, name: &str, value: &str) -> bool {
        self.metadata.as_ref().and_then(|m| m.get(name)).is_some_and(|v| v == value)
    }

    fn said(self) -> Result<ProviderTransfer, ProviderError> {
        let amount = amount::money(self.amount, &self.currency)?;
        let reversed = amount::money(self.amount_reversed, &self.currency)?;
        Ok(ProviderTransfer { reference: self.id, amount, reversed })
    }

    /// Of a reversal: all of it was taken back.
    fn said_of_reversal(self) -> Result<ProviderTransfer, ProviderError> {
        let amount = amount::money(self.amount, &self.currency)?;
        Ok(ProviderTransfer { reference: self.id, amount, reversed: amount })
    }
}

pub(super) async fn create(
    client: &Client,
    key: &str,
    new: &NewTransfer,
) -> Result<ProviderTransfer, ProviderError> {
    let form = Form::new()
        .add("amount", to_stripe(new.amount)?)
        .add("currency", new.amount.currency.code().to_ascii_lowercase())
        .add("destination", &new.account)
        .add_some("source_transaction", new.charge.as_deref())
        .add("transfer_group", &new.group)
        .add("metadata.settlement", new.ours);
    let made: Transfer = client.post(key, PATH, &form, None).await?;
    made.said()
}

pub(super) async fn find(
    client: &Client,
    new: &NewTransfer,
) -> Result<LookUp<ProviderTransfer>, ProviderError> {
    let ours = new.ours.to_string();
    let query = Form::new().add("transfer_group", &new.group);
    let fits = |it: &Transfer| it.has("settlement", &ours);
    Ok(client.find(PATH, &query, None, fits).await?.map(Transfer::said).transpose()?.into())
}

/// The answer names the reversal, not the transfer.
pub(super) async fn reverse(
    client: &Client,
    key: &str,
    new: &NewReversal,
) -> Result<ProviderTransfer, ProviderError> {
    let form = Form::new()
        .add("amount", to_stripe(new.amount)?)
        .add("metadata.settlement", new.ours)
        .add("metadata.n", new.n);
    let made: Transfer = client.post(key, &reversals(new)?, &form, None).await?;
    made.said_of_reversal()
}

pub(super) async fn find_reversal(
    client: &Client,
    new: &NewReversal,
) -> Result<LookUp<ProviderTransfer>, ProviderError> {
    let n = new.n.to_string();
    let fits = |it: &Transfer| it.has("n", &n);
    let found = client.find(&reversals(new)?, &Form::new(), None, fits).await?;
    Ok(found.map(Transfer::said_of_reversal).transpose()?.into())
}

fn reversals(new: &NewReversal) -> Result<String, ProviderError> {
    Ok(format!("{PATH}/{}/reversals", id(&new.transfer)?))
}
