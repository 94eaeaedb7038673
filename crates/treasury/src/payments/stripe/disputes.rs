//! What buyers ask their banks, and what the bank is shown. Evidence can be shown once: all of it goes in one call.

use super::super::provider::{DisputeState, Exhibit, ProviderDispute, ProviderError};
use super::amount;
use super::client::{Client, Or, Thing, id};
use super::form::Form;
use kernel::{Moment, Money};
use platform::outgoing::Field;
use serde::Deserialize;

const PATH: &str = "/v1/disputes";

/// What a bank may be shown: words, or a file where the name says so.
pub(super) const EVIDENCE: &[&str] = &[
    "access_activity_log",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_name",
    "customer_signature",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
];

#[derive(Deserialize)]
struct Dispute {
    id: String,
    status: String,
    amount: i64,
    currency: String,
    charge: Or<Thing>,
    payment_intent: Option<Or<Thing>>,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    balance_transactions: Vec<Line>,
    evidence_details: Option<Details>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    fee: i64,
    currency: String,
}

#[derive(Deserialize)]
struct Details {
    due_by: Option<i64>,
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderDispute, ProviderError> {
    said(client.get(&at(reference)?, &Form::new(), None).await?)
}

pub(super) async fn answer(
    client: &Client,
    key: &str,
    reference: &str,
    evidence: &[(String, Exhibit)],
    submit: bool,
) -> Result<ProviderDispute, ProviderError> {
    let path = at(reference)?;
    let mut form = Form::new();
    for (name, exhibit) in evidence {
        if !EVIDENCE.contains(&name.as_str()) {
            return Err(ProviderError::invalid("a name that no evidence has"));
        }
        let value = match exhibit {
            Exhibit::Words(words) => words.clone(),
            Exhibit::File { name: file, content_type: kind, bytes } => {
                let fields = [
                    Field::text("purpose", "dispute_evidence"),
                    Field::file("file", file, kind, bytes.clone()),
                ];
                let kept: Thing = client.upload(&format!("{key}:{name}"), &fields).await?;
                kept.id
            }
        };
        form = form.add(&format!("evidence.{name}"), value);
    }
    said(client.post(key, &path, &form.add("submit", submit), None).await?)
}

pub(super) async fn accept(
    client: &Client,
    key: &str,
    reference: &str,
) -> Result<ProviderDispute, ProviderError> {
    said(client.post(key, &format!("{}/close", at(reference)?), &Form::new(), None).await?)
}

fn at(reference: &str) -> Result<String, ProviderError> {
    Ok(format!("{PATH}/{}", id(reference)?))
}

fn said(dispute: Dispute) -> Result<ProviderDispute, ProviderError> {
    let amount = amount::money(dispute.amount, &dispute.currency)?;
    let state = match dispute.status.as_str() {
        "warning_needs_response" => DisputeState::Inquiry,
        "warning_under_review" => DisputeState::InquiryReview,
        "warning_closed" => DisputeState::InquiryClosed,
        "needs_response" => DisputeState::NeedsResponse,
        "won" => DisputeState::Won,
        "lost" => DisputeState::Lost,
        "prevented" => DisputeState::Prevented,
        // Whatever it is, it is not over, and nothing can be said about it now.
        _ => DisputeState::UnderReview,
    };
    // Given back when it is won: then the lines' fees cancel out. One in another currency comes with the statement.
    let fees = dispute.balance_transactions.iter().filter(|line| line.currency == dispute.currency);
    let fee: i64 = fees.map(|line| line.fee).sum();
    let fee = amount::minor(fee, amount.currency).unwrap_or_default();
    let charge = dispute.charge.id().to_owned();
    let due = dispute.evidence_details.and_then(|details| details.due_by);
    Ok(ProviderDispute {
        payment: dispute.payment_intent.as_ref().map_or(charge.as_str(), Or::id).to_owned(),
        charge: Some(charge),
        state,
        amount,
        fee: Money::new(fee, amount.currency),
        reason: dispute.reason,
        due_by: due.and_then(|at| Moment::from_unix_timestamp(at).ok()),
        lines: dispute.balance_transactions.into_iter().map(|line| line.id).collect(),
        reference: dispute.id,
    })
}
