//! What Paystack's dialect keeps, and the parts that its answers have in common. Its ids are numbers; references are the
//! caller's, and are what makes a call happen once.

use crate::asked::Answered;
use crate::books::{BooksError, Kept};
use crate::cards::{Behaviour, Face};
use crate::hooks::PAYSTACK;
use crate::money::{self, Line, NewLine};
use crate::problem::Problem;
use crate::world::Work;
use kernel::Moment;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// The number of the marketplace there.
pub const INTEGRATION: i64 = 412_829;

/// A payment.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Transaction {
    pub id: i64,
    pub reference: String,
    pub access_code: String,
    pub amount: i64,
    /// In large letters.
    pub currency: String,
    pub email: String,
    /// abandoned (until somebody pays), ongoing, pending, success or failed.
    pub status: String,
    pub gateway_response: String,
    pub callback_url: Option<String>,
    pub metadata: Value,
    pub fee: Option<i64>,
    pub refunded: i64,
    pub attempts: i64,
    pub behaviour: Option<Behaviour>,
    pub card: Option<Face>,
    pub created: i64,
    pub paid: Option<i64>,
}

impl Kept for Transaction {
    const KIND: &'static str = "paystack.transaction";

    fn id(&self) -> &str {
        &self.reference
    }

    fn account(&self) -> &str {
        PAYSTACK
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.access_code)
    }

    fn ours(&self) -> Option<Uuid> {
        self.reference.parse().ok()
    }
}

impl Transaction {
    pub const fn left(&self) -> i64 {
        self.amount - self.refunded
    }

    /// As most answers show it.
    pub fn shown(&self) -> Value {
        json!({
            "id": self.id,
            "domain": "test",
            "status": self.status,
            "reference": self.reference,
            "receipt_number": null,
            "amount": self.amount,
            "message": null,
            "gateway_response": self.gateway_response,
            "paid_at": self.paid.map(when),
            "created_at": when(self.created),
            "channel": "card",
            "currency": self.currency,
            "ip_address": "127.0.0.1",
            "metadata": self.metadata,
            "log": {
                "start_time": self.created,
                "time_spent": 10,
                "attempts": self.attempts,
                "errors": 0,
                "success": self.status == "success",
                "mobile": false,
                "input": [],
                "history": [],
            },
            "fees": self.fee,
            "fees_split": null,
            "authorization": self.authorization(),
            "customer": customer(&self.email, json!({})),
            "plan": null,
            "split": {},
            "order_id": null,
            "paidAt": self.paid.map(when),
            "createdAt": when(self.created),
            "requested_amount": self.amount,
            "pos_transaction_data": null,
            "source": null,
            "fees_breakdown": null,
            "connect": null,
            "transaction_date": when(self.created),
            "plan_object": {},
            "subaccount": {},
        })
    }

    fn authorization(&self) -> Value {
        let Some(card) = &self.card else { return json!({}) };
        json!({
            "authorization_code": format!("AUTH_{}", self.id),
            "bin": "408408",
            "last4": card.last4,
            "exp_month": format!("{:02}", card.exp_month),
            "exp_year": card.exp_year.to_string(),
            "channel": "card",
            "card_type": card.brand,
            "bank": "TEST BANK",
            "country_code": "NG",
            "brand": card.brand,
            "reusable": true,
            "signature": format!("SIG_{}", card.last4),
            "account_name": null,
            "receiver_bank_account_number": null,
            "receiver_bank": null,
        })
    }
}

/// Who pays, made up from their address.
pub fn customer(email: &str, metadata: Value) -> Value {
    let hash = Sha256::digest(email.as_bytes());
    let number = hash.iter().take(4).fold(0_i64, |all, byte| all * 256 + i64::from(*byte));
    json!({
        "id": number,
        "first_name": "Test",
        "last_name": "Payer",
        "email": email,
        "customer_code": format!("CUS_{number}"),
        "phone": "",
        "metadata": metadata,
        "risk_action": "default",
        "international_format_phone": "",
    })
}

/// A time as it is written here.
pub fn when(stamp: i64) -> String {
    let at = Moment::from_unix_timestamp(stamp).unwrap_or(Moment::UNIX_EPOCH);
    at.format(&Rfc3339).unwrap_or_default().replace('Z', ".000Z")
}

/// An answer that says yes.
pub fn yes(message: &str, data: Value) -> Value {
    json!({ "status": true, "message": message, "data": data })
}

/// A page of a list; `page` and `perPage` say which.
pub fn listed(message: &str, all: Vec<Value>, page: i64, per_page: i64) -> Value {
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let skipped = (page - 1) * per_page;
    let data: Vec<Value> = all
        .into_iter()
        .skip(usize::try_from(skipped).unwrap_or(0))
        .take(usize::try_from(per_page).unwrap_or(0))
        .collect();
    json!({
        "status": true,
        "message": message,
        "data": data,
        "meta": {
            "total": total,
            "skipped": skipped,
            "perPage": per_page,
            "page": page,
            "pageCount": (total + per_page - 1) / per_page,
        },
    })
}

/// A refusal in Paystack's words.
pub fn refused(problem: &Problem) -> Answered {
    let kind = if problem.status >= 500 { "api_error" } else { "validation_error" };
    let body = json!({
        "status": false,
        "message": problem.message,
        "meta": { "nextStep": "Read the message." },
        "type": kind,
        "code": kind,
    });
    Answered::json(problem.status, &body)
}

/// Writes a line of the balance. `amount` is signed, minor units; `about`: the thing's own number.
pub async fn book(
    work: &mut Work,
    kind: &str,
    (amount, fee): (i64, i64),
    currency: &str,
    about: i64,
    available_on: i64,
) -> Result<Line, BooksError> {
    let (currency, source) = (currency.to_ascii_lowercase(), about.to_string());
    let new = NewLine {
        account: PAYSTACK,
        kind,
        category: kind,
        amount,
        fee,
        currency: &currency,
        source: &source,
        description: None,
        available_on,
    };
    money::write(work, &new).await
}

/// What is kept of a card payment: a share and, from a certain amount, a fixed part; in Nigeria no more than 2,000.
pub fn card_fee(amount: i64, currency: &str) -> i64 {
    match currency {
        "NGN" => {
            let fixed = if amount < 250_000 { 0 } else { 10_000 };
            money::share(amount, currency, 150, fixed).min(200_000)
        }
        "GHS" => money::share(amount, currency, 195, 0),
        "KES" => money::share(amount, currency, 290, 0),
        _ => money::share(amount, currency, 290, 100),
    }
}

/// What a transfer to a bank costs.
pub fn transfer_fee(amount: i64, currency: &str) -> i64 {
    match currency {
        "NGN" if amount <= 500_000 => 1_000,
        "NGN" if amount <= 5_000_000 => 2_500,
        "NGN" => 5_000,
        "GHS" => 800,
        "KES" => 2_000,
        _ => 300,
    }
}
