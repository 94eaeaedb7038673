//! Sellers' own accounts. Stripe asks sellers who they are on its own pages; we bear what they cannot pay back, and say
//! when they are paid out.

use super::super::provider::{NewAccount, ProviderAccount, ProviderError};
use super::amount;
use super::client::{Client, Page, id};
use super::form::Form;
use kernel::Moment;
use platform::config::Secret;
use serde::Deserialize;

const PATH: &str = "/v1/accounts";

#[derive(Deserialize)]
struct Account {
    id: String,
    #[serde(default)]
    payouts_enabled: bool,
    #[serde(default)]
    capabilities: Capabilities,
    requirements: Option<Requirements>,
    external_accounts: Option<Page<External>>,
    default_currency: Option<String>,
}

#[derive(Default, Deserialize)]
struct Capabilities {
    transfers: Option<String>,
}

#[derive(Deserialize)]
struct Requirements {
    currently_due: Option<Vec<String>>,
    past_due: Option<Vec<String>>,
    current_deadline: Option<i64>,
    disabled_reason: Option<String>,
}

/// A bank account, or a card that is paid out to.
#[derive(Deserialize)]
struct External {
    last4: Option<String>,
    bank_name: Option<String>,
    fingerprint: Option<String>,
    currency: Option<String>,
    #[serde(default)]
    default_for_currency: Option<bool>,
}

#[derive(Deserialize)]
struct Link {
    url: String,
}

pub(super) async fn open(
    client: &Client,
    key: &str,
    new: &NewAccount,
) -> Result<ProviderAccount, ProviderError> {
    let form = Form::new()
        .add("country", &new.country)
        .add("email", new.email.reveal())
        .add("business_type", if new.business { "company" } else { "individual" })
        .add("controller.losses.payments", "application")
        .add("controller.fees.payer", "application")
        .add("controller.stripe_dashboard.type", "express")
        .add("controller.requirement_collection", "stripe")
        .add("capabilities.transfers.requested", true)
        .add("settings.payouts.schedule.interval", "manual")
        .add("metadata.member", new.ours);
    Ok(said(client.post(key, PATH, &form, None).await?))
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderAccount, ProviderError> {
    Ok(said(client.get(&format!("{PATH}/{}", id(reference)?), &Form::new(), None).await?))
}

/// A link is good for minutes and opens the account's own form, so that two of them do no harm.
pub(super) async fn link(client: &Client, reference: &str, back: &str) -> Result<String, ProviderError> {
    let form = Form::new()
        .add("account", id(reference)?)
        .add("type", "account_onboarding")
        .add("refresh_url", back)
        .add("return_url", back);
    let link: Link = client.post_again("/v1/account_links", &form).await?;
    Ok(link.url)
}

fn said(account: Account) -> ProviderAccount {
    let (mut wants, mut until, mut rejected) = (Vec::new(), None, false);
    if let Some(asked) = account.requirements {
        wants = [asked.past_due, asked.currently_due].into_iter().flatten().flatten().collect();
        wants.sort();
        wants.dedup();
        until = asked.current_deadline.and_then(|at| Moment::from_unix_timestamp(at).ok());
        rejected = asked.disabled_reason.is_some_and(|why| why.starts_with("rejected"));
    }
    let banks = account.external_accounts.map(|page| page.data).unwrap_or_default();
    let is_default = |bank: &&External| bank.default_for_currency == Some(true);
    let bank = banks.iter().find(is_default).or_else(|| banks.first());
    let currency = bank.and_then(|b| b.currency.as_deref()).or(account.default_currency.as_deref());
    ProviderAccount {
        may_receive: account.capabilities.transfers.as_deref() == Some("active"),
        may_pay_out: account.payouts_enabled,
        rejected,
        wants,
        wants_until: until,
        bank_label: bank.and_then(label),
        bank_print: bank.and_then(|b| b.fingerprint.clone()).map(Secret::new),
        currency: currency.and_then(amount::currency),
        reference: account.id,
    }
}

fn label(bank: &External) -> Option<String> {
    let end = bank.last4.as_deref()?;
    let name = bank.bank_name.as_deref().unwrap_or_default();
    Some(format!("{name} ···· {end}").trim_start().to_owned())
}
