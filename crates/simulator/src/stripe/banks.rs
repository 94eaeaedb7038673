//! Bank accounts of sellers. The number itself is not kept: its end is, and a print by which two can be compared.

use crate::asked::Params;
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A bank account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bank {
    pub id: String,
    pub country: String,
    pub currency: String,
    pub last4: String,
    pub fingerprint: String,
    /// "errored" after a payout failed.
    pub status: String,
}

impl Bank {
    /// `number`: of the account, or its IBAN.
    pub fn new(work: &Work, number: &str, country: &str, currency: &str) -> Self {
        let number: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
        let print = hex::encode(Sha256::digest(number.as_bytes()));
        Self {
            id: work.name("ba"),
            country: country.to_owned(),
            currency: currency.to_owned(),
            last4: number.get(number.len().saturating_sub(4)..).unwrap_or_default().to_owned(),
            fingerprint: print.get(..16).unwrap_or_default().to_owned(),
            status: "new".to_owned(),
        }
    }

    /// The bank account in the fields, if one is there.
    ///
    /// # Errors
    /// When it is there in part.
    pub fn in_fields(work: &Work, p: &Params) -> Result<Option<Self>, Problem> {
        let field = |name: &str| p.text(&format!("external_account[{name}]"));
        match (p.text("external_account"), field("account_number")) {
            (Some(_), _) => Ok(Some(Self::new(work, "000123456789", "US", "usd"))),
            (None, Some(number)) => {
                let country =
                    field("country").ok_or_else(|| Problem::missing("external_account[country]"))?;
                let currency =
                    field("currency").ok_or_else(|| Problem::missing("external_account[currency]"))?;
                Ok(Some(Self::new(work, number, country, &currency.to_ascii_lowercase())))
            }
            (None, None) => Ok(None),
        }
    }

    /// Why payouts in this currency to it fail, if they do: the test accounts of the sandbox by their last digits.
    pub fn failure(&self, currency: &str) -> Option<(&'static str, &'static str)> {
        match &*self.last4 {
            "3335" if currency != "usd" => {
                Some(("invalid_currency", "The bank account cannot be paid in this currency."))
            }
            "1116" => Some(("no_account", "The bank account could not be located.")),
            "1113" => Some(("account_closed", "The bank account has been closed.")),
            "2227" => Some(("account_frozen", "The bank account has been frozen.")),
            _ => None,
        }
    }

    /// As Stripe shows it.
    pub fn shown(&self, account: &str) -> Value {
        json!({
            "id": self.id,
            "object": "bank_account",
            "account": account,
            "account_holder_name": null,
            "account_holder_type": null,
            "account_type": null,
            "available_payout_methods": ["standard"],
            "bank_name": "TEST BANK",
            "country": self.country,
            "currency": self.currency,
            "default_for_currency": true,
            "fingerprint": self.fingerprint,
            "last4": self.last4,
            "metadata": {},
            "routing_number": null,
            "status": self.status,
        })
    }
}
