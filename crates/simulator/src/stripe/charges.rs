//! Charges: the money of a payment itself, and what a transfer brings to a seller's account.

use super::lists;
use super::route::Call;
use crate::books::{Kept, Object};
use crate::cards::{Behaviour, Face};
use crate::money;
use crate::problem::Problem;
use crate::world::{Work, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A charge.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Charge {
    pub id: String,
    /// A seller's, for what a transfer brought.
    pub account: String,
    pub amount: i64,
    pub amount_refunded: i64,
    /// Sent on to sellers, less what came back.
    pub transferred: i64,
    pub currency: String,
    /// pending, succeeded or failed.
    pub status: String,
    pub created: i64,
    pub payment_intent: Option<String>,
    pub payment_method: Option<String>,
    pub description: Option<String>,
    pub receipt_email: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub transfer_group: Option<String>,
    pub behaviour: Option<Behaviour>,
    pub card: Option<Face>,
    pub fee: Option<i64>,
    /// Its money was changed into US dollars.
    pub in_dollars: bool,
    pub balance_transaction: Option<String>,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
    pub decline_code: Option<String>,
    pub disputed: bool,
    /// The transfer that it is the other end of.
    pub source_transfer: Option<String>,
}

impl Kept for Charge {
    const KIND: &'static str = "charge";

    fn id(&self) -> &str {
        &self.id
    }

    fn account(&self) -> &str {
        &self.account
    }

    fn parent(&self) -> Option<&str> {
        self.payment_intent.as_deref()
    }

    fn tag(&self) -> Option<&str> {
        self.transfer_group.as_deref()
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["payment"])
    }
}

impl Charge {
    pub fn has_succeeded(&self) -> bool {
        self.status == "succeeded"
    }

    /// An amount of it as it counts in the balance, and in which currency.
    pub fn settled(&self, amount: i64) -> (i64, &str) {
        if self.in_dollars { (money::in_dollars(amount), money::DOLLARS) } else { (amount, &self.currency) }
    }

    /// What can be given back.
    pub const fn left(&self) -> i64 {
        self.amount - self.amount_refunded
    }

    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        let has_succeeded = self.has_succeeded();
        json!({
            "id": self.id,
            "object": "charge",
            "amount": self.amount,
            "amount_captured": if has_succeeded { self.amount } else { 0 },
            "amount_refunded": self.amount_refunded,
            "application": null,
            "application_fee": null,
            "application_fee_amount": null,
            "balance_transaction": self.balance_transaction,
            "billing_details": { "address": null, "email": null, "name": null, "phone": null, "tax_id": null },
            "calculated_statement_descriptor": "SIMULATOR",
            "captured": has_succeeded,
            "created": self.created,
            "currency": self.currency,
            "customer": null,
            "description": self.description,
            "disputed": self.disputed,
            "failure_balance_transaction": null,
            "failure_code": self.failure_code,
            "failure_message": self.failure_message,
            "fraud_details": {},
            "livemode": false,
            "metadata": self.metadata,
            "on_behalf_of": null,
            "outcome": self.outcome(),
            "paid": has_succeeded,
            "payment_intent": self.payment_intent,
            "payment_method": self.payment_method,
            "payment_method_details": self.details(),
            "receipt_email": self.receipt_email,
            "receipt_number": null,
            "receipt_url": null,
            "refunded": has_succeeded && self.left() == 0,
            "review": null,
            "shipping": null,
            "source_transfer": self.source_transfer,
            "statement_descriptor": null,
            "statement_descriptor_suffix": null,
            "status": self.status,
            "transfer_data": null,
            "transfer_group": self.transfer_group,
        })
    }

    fn outcome(&self) -> Value {
        match (&*self.status, &self.decline_code) {
            ("failed", decline) => json!({
                "network_status": "declined_by_network",
                "reason": decline,
                "risk_level": "normal",
                "seller_message": "The bank did not return any further details with this decline.",
                "type": "issuer_declined",
            }),
            ("succeeded", _) => json!({
                "network_status": "approved_by_network",
                "reason": null,
                "risk_level": "normal",
                "seller_message": "Payment complete.",
                "type": "authorized",
            }),
            _ => Value::Null,
        }
    }

    /// How it was paid.
    fn details(&self) -> Value {
        let Some(card) = &self.card else {
            return json!({ "type": "stripe_account", "stripe_account": {} });
        };
        json!({
            "type": "card",
            "card": {
                "brand": card.brand,
                "checks": {
                    "address_line1_check": null,
                    "address_postal_code_check": null,
                    "cvc_check": "pass",
                },
                "country": card.country,
                "exp_month": card.exp_month,
                "exp_year": card.exp_year,
                "fingerprint": null,
                "funding": "credit",
                "last4": card.last4,
                "network": card.brand,
                "three_d_secure": null,
                "wallet": null,
            },
        })
    }
}

/// `GET /v1/charges/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    Ok(found(work, id, "charge").await?.shown())
}

/// `GET /v1/charges`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let all = match (p.text("payment_intent"), p.text("transfer_group")) {
        (Some(payment), _) => Some(work.page().with_parent(Charge::KIND, payment).await?),
        (None, Some(group)) => Some(work.page().with_tag(Charge::KIND, group).await?),
        (None, None) => None,
    };
    let (found, more) = match all {
        Some(all) => lists::page_of(all, p)?,
        None => lists::newest(work, Charge::KIND, &call.account, p).await?,
    };
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Charge>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}

/// A charge to look at. `param`: the field that named it.
pub async fn found(work: &mut Work, id: &str, param: &str) -> Result<Charge, Problem> {
    let known: Option<Charge> = work.load(id).await?;
    known.ok_or_else(|| Problem::none("charge", id, param))
}
