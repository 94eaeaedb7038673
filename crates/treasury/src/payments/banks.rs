//! The bank account that a member has named here, as a provider names it.

use super::provider::{Bank, Provider};
use kernel::{Currency, Refusal};
use people::banks::model::{Account, Details};
use platform::config::Secret;

/// `usual`: the currency, where the account does not say it. Errors: `Conflict("payouts-bank-elsewhere")` when the provider
/// does not pay to banks there.
pub fn bank_of(provider: &dyn Provider, details: &Details, usual: Currency) -> Result<Bank, Refusal> {
    let countries = provider.bank_countries();
    let (code, number, currency) = match &details.account {
        Account::Iban { iban } if countries.is_empty() => (iban.country(), iban.as_str(), usual),
        Account::Local(it) if countries.contains(&it.country()) => {
            (it.bank_code(), it.number(), it.currency().unwrap_or(usual))
        }
        Account::Iban { .. } | Account::Local(_) => return Err(Refusal::Conflict("payouts-bank-elsewhere")),
    };
    let holder = Secret::new(details.holder.as_str());
    Ok(Bank { holder, code: code.to_owned(), number: Secret::new(number), currency })
}
