//! Early warnings of fraud, from the card networks.

use super::charges::Charge;
use super::lists;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::hooks::tell;
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A warning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Warning {
    pub id: String,
    pub charge: String,
    pub payment_intent: Option<String>,
    pub created: i64,
}

impl Kept for Warning {
    const KIND: &'static str = "radar.early_fraud_warning";

    fn id(&self) -> &str {
        &self.id
    }

    fn parent(&self) -> Option<&str> {
        Some(&self.charge)
    }
}

impl Warning {
    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        let mut shown = json!({
            "id": self.id,
            "object": "radar.early_fraud_warning",
            "actionable": true,
            "charge": self.charge,
            "created": self.created,
            "fraud_type": "misc",
            "livemode": false,
        });
        if let Some(payment) = &self.payment_intent {
            shown["payment_intent"] = json!(payment);
        }
        shown
    }
}

/// The network warns of a charge.
pub async fn warn(work: &mut Work, charge: &str) -> Result<(), BooksError> {
    let Some(charge) = work.load::<Charge>(charge).await? else { return Ok(()) };
    let warning = Warning {
        id: work.name("issfr"),
        charge: charge.id.clone(),
        payment_intent: charge.payment_intent.clone(),
        created: work.stamp(),
    };
    work.save(&warning).await?;
    tell(work, "radar.early_fraud_warning.created", "", charge.ours(), warning.shown()).await
}

/// `GET /v1/radar/early_fraud_warnings/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known: Option<Warning> = work.load(id).await?;
    Ok(known.ok_or_else(|| Problem::none("early_fraud_warning", id, "early_fraud_warning"))?.shown())
}

/// `GET /v1/radar/early_fraud_warnings`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, Warning::KIND, "", &call.params).await?;
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Warning>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}
