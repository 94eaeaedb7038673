//! Disputes. They are answered once, by one file; beside it go a message and, if all of it is there, who bought what.

use super::super::provider::{DisputeState, Exhibit, ProviderDispute, ProviderError};
use super::client::{Ask, Client};
use super::said::{currency, data, lacks, moment, must, text, whole};
use kernel::Money;
use serde_json::{Map, Value, json};

/// What must be told of who bought, and what may be.
const ABOUT_THE_BUYER: [&str; 4] = ["customer_email", "customer_name", "customer_phone", "service_details"];
const ABOUT_THE_WAY: [&str; 2] = ["delivery_address", "delivery_date"];
/// The name of the words that go with the file.
const MESSAGE: &str = "message";

/// What is done about a dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Accept,
    Decline,
}

pub(super) fn fetch(reference: &str) -> Ask {
    Ask::read("/dispute/{id}").about(reference)
}

pub(super) fn place(reference: &str, file: &str) -> Ask {
    Ask::read("/dispute/{id}/upload_url").about(reference).with("upload_filename", file.to_owned())
}

/// Who bought what; `None` when something of it is not known.
pub(super) fn tell(reference: &str, evidence: &[(String, Exhibit)]) -> Option<Ask> {
    let mut body = Map::new();
    for name in ABOUT_THE_BUYER {
        body.insert(name.to_owned(), Value::from(words(evidence, name)?));
    }
    for name in ABOUT_THE_WAY {
        if let Some(told) = words(evidence, name) {
            body.insert(name.to_owned(), Value::from(told));
        }
    }
    Some(Ask::make("/dispute/{id}/evidence", Value::Object(body)).about(reference))
}

/// `back`: what goes back to the buyer, minor units.
pub(super) fn resolve(
    reference: &str,
    answer: Answer,
    message: &str,
    back: i64,
    file: &str,
    evidence: Option<i64>,
) -> Ask {
    let resolution = match answer {
        Answer::Accept => "merchant-accepted",
        Answer::Decline => "declined",
    };
    let mut body = json!({
        "resolution": resolution,
        "message": message,
        "refund_amount": back,
        "uploaded_filename": file,
    });
    if let Some(evidence) = evidence {
        body["evidence"] = Value::from(evidence);
    }
    Ask::change("/dispute/{id}/resolve", body).about(reference)
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderDispute, ProviderError> {
    let answer = client.send(fetch(reference)).await?;
    read(data(&answer))
}

/// A dispute that was answered is left as it is, so this may come twice.
pub(super) async fn answer(
    client: &Client,
    reference: &str,
    evidence: &[(String, Exhibit)],
    submit: bool,
) -> Result<ProviderDispute, ProviderError> {
    if !submit {
        return Err(ProviderError::invalid("Paystack takes an answer to a dispute at once, not in pieces"));
    }
    let (name, kind, bytes) = evidence
        .iter()
        .find_map(|(_, exhibit)| match exhibit {
            Exhibit::File { name, content_type, bytes } => Some((name, *content_type, bytes)),
            Exhibit::Words(_) => None,
        })
        .ok_or_else(|| ProviderError::invalid("Paystack wants a file with an answer to a dispute"))?;
    let dispute = get(client, reference).await?;
    if dispute.state != DisputeState::NeedsResponse {
        return Ok(dispute);
    }
    let told = match tell(reference, evidence) {
        Some(ask) => whole(data(&client.send(ask).await?), "id"),
        None => None,
    };
    let file = upload(client, reference, name, kind, bytes.clone()).await?;
    let message = words(evidence, MESSAGE).unwrap_or("What happened stands in the file.");
    client.send(resolve(reference, Answer::Decline, message, 0, &file, told)).await?;
    get(client, reference).await
}

/// The buyer is right. Paystack wants a file here too.
pub(super) async fn accept(client: &Client, reference: &str) -> Result<ProviderDispute, ProviderError> {
    let dispute = get(client, reference).await?;
    if dispute.state != DisputeState::NeedsResponse {
        return Ok(dispute);
    }
    let message = "The buyer gets the money back.";
    let file = upload(client, reference, "accepted.txt", "text/plain", message.into()).await?;
    let back = dispute.amount.amount;
    client.send(resolve(reference, Answer::Accept, message, back, &file, None)).await?;
    get(client, reference).await
}

/// The name under which the file is spoken of afterwards.
async fn upload(
    client: &Client,
    reference: &str,
    name: &str,
    kind: &'static str,
    bytes: Vec<u8>,
) -> Result<String, ProviderError> {
    let answer = client.send(place(reference, name)).await?;
    let place = data(&answer);
    client.upload(&must(place, "signedUrl")?, kind, bytes).await?;
    must(place, "fileName")
}

fn words<'a>(evidence: &'a [(String, Exhibit)], wanted: &str) -> Option<&'a str> {
    evidence.iter().find_map(|(name, exhibit)| match exhibit {
        Exhibit::Words(words) if name == wanted && !words.trim().is_empty() => Some(words.trim()),
        Exhibit::Words(_) | Exhibit::File { .. } => None,
    })
}

/// A dispute as it is answered. It may name no amount of its own: then all of the payment is disputed.
pub(super) fn read(said: &Value) -> Result<ProviderDispute, ProviderError> {
    let transaction = said.get("transaction").ok_or_else(|| lacks("transaction"))?;
    let currency = currency(said).or_else(|_| currency(transaction))?;
    let amount = whole(said, "refund_amount")
        .filter(|amount| *amount > 0)
        .or_else(|| whole(transaction, "amount"))
        .ok_or_else(|| lacks("amount"))?;
    Ok(ProviderDispute {
        reference: must(said, "id")?,
        payment: must(transaction, "reference")?,
        charge: text(transaction, "id"),
        state: state_of(&must(said, "status")?, text(said, "resolution").as_deref()),
        amount: Money::new(amount, currency),
        fee: Money::zero(currency),
        reason: text(said, "category").unwrap_or_else(|| "general".to_owned()),
        due_by: moment(said, "dueAt"),
        lines: Vec::new(),
    })
}

/// What is not known is neither won nor lost.
fn state_of(status: &str, resolution: Option<&str>) -> DisputeState {
    match (status, resolution) {
        ("awaiting-merchant-feedback", _) => DisputeState::NeedsResponse,
        ("resolved", Some("declined")) => DisputeState::Won,
        ("resolved", Some("merchant-accepted" | "auto-accepted")) => DisputeState::Lost,
        _ => DisputeState::UnderReview,
    }
}
