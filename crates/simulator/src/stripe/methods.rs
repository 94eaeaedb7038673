//! Cards that were left with the provider beforehand.

use super::route::Call;
use crate::books::Kept;
use crate::cards::{Face, Typed};
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A card that was left with the provider. Only the number of a test card is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Method {
    pub id: String,
    pub number: String,
    pub face: Face,
    pub created: i64,
}

impl Kept for Method {
    const KIND: &'static str = "payment_method";

    fn id(&self) -> &str {
        &self.id
    }
}

/// `POST /v1/payment_methods`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    let number = p.needed("card[number]")?;
    let typed = Typed::new(
        number,
        p.whole("card[exp_month]")?.unwrap_or(12),
        p.whole("card[exp_year]")?.unwrap_or(2040),
    );
    let Some(test) = typed.test_card() else {
        let message = "Your card was declined. Your request was in test mode, but used a non test card.";
        return Err(Problem::declined("card_declined", Some("test_mode_live_card"), message));
    };
    let method = Method {
        id: work.name("pm"),
        number: test.number.to_owned(),
        face: typed.face(),
        created: work.stamp(),
    };
    work.save(&method).await?;
    Ok(json!({
        "id": method.id,
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": { "address": null, "email": null, "name": null, "phone": null, "tax_id": null },
        "card": {
            "brand": method.face.brand,
            "checks": null,
            "country": method.face.country,
            "display_brand": method.face.brand,
            "exp_month": method.face.exp_month,
            "exp_year": method.face.exp_year,
            "fingerprint": null,
            "funding": "credit",
            "generated_from": null,
            "last4": method.face.last4,
            "networks": null,
            "three_d_secure_usage": null,
            "wallet": null,
        },
        "created": method.created,
        "customer": null,
        "livemode": false,
        "metadata": {},
        "type": "card",
    }))
}
