//! Reads what Paystack says. Its documents and its answers differ in whether a number is a text and what may be
//! empty, so everything is read as it comes, and what is not known is left.

use super::super::provider::ProviderError;
use kernel::{Currency, Moment, Money};
use serde_json::Value;
use time::format_description::well_known::Rfc3339;

/// Letters of a code.
const CODE_MAX: usize = 80;

/// A text, also where a number stands. Empty is nothing.
pub(super) fn text(value: &Value, field: &str) -> Option<String> {
    match value.get(field)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number, also where a text stands.
pub(super) fn whole(value: &Value, field: &str) -> Option<i64> {
    match value.get(field)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

pub(super) fn truth(value: &Value, field: &str) -> bool {
    match value.get(field) {
        Some(Value::Bool(truth)) => *truth,
        Some(Value::Number(number)) => number.as_i64() == Some(1),
        _ => false,
    }
}

pub(super) fn moment(value: &Value, field: &str) -> Option<Moment> {
    Moment::parse(value.get(field)?.as_str()?, &Rfc3339).ok()
}

/// A point in time as Paystack's questions want it, to the second.
pub(super) fn stamp(at: Moment) -> String {
    at.replace_nanosecond(0).unwrap_or(at).format(&Rfc3339).unwrap_or_default()
}

/// Amounts are in subunits in every currency that it knows (kobo, pesewas, cents): our minor units.
pub(super) fn money(value: &Value, field: &str) -> Result<Money, ProviderError> {
    let currency = currency(value)?;
    let amount = whole(value, field).ok_or_else(|| lacks(field))?;
    Ok(Money::new(amount, currency))
}

pub(super) fn currency(value: &Value) -> Result<Currency, ProviderError> {
    text(value, "currency").and_then(|code| code.parse().ok()).ok_or_else(|| lacks("currency"))
}

pub(super) fn must(value: &Value, field: &'static str) -> Result<String, ProviderError> {
    text(value, field).ok_or_else(|| lacks(field))
}

/// What it answered about; a list or an object.
pub(super) fn data(answer: &Value) -> &Value {
    answer.get("data").unwrap_or(&Value::Null)
}

/// The rows of a list. An answer that holds none is no empty list.
pub(super) fn rows(answer: &Value) -> Result<&[Value], ProviderError> {
    data(answer).as_array().map(Vec::as_slice).ok_or_else(|| lacks("data"))
}

/// Whether nothing follows a piece of a list. That it is shorter than asked for is no sign: Paystack has its own
/// measure of how long one may be.
pub(super) fn is_last(answer: &Value, page: usize) -> bool {
    let pages = answer.get("meta").and_then(|meta| whole(meta, "pageCount"));
    data(answer).as_array().is_none_or(Vec::is_empty)
        || pages.is_some_and(|pages| i64::try_from(page).is_ok_and(|page| page >= pages))
}

/// Its words as a code: "Insufficient Funds" is "insufficient_funds". Words with digits or an at sign may quote what
/// somebody typed, and are left out.
pub(super) fn code(words: &str) -> String {
    let told = words.split_whitespace().filter(|word| !word.contains(|c: char| c.is_numeric() || c == '@'));
    let plain: String = told
        .flat_map(|word| word.chars().chain([' ']))
        .map(|c| if c.is_ascii_alphabetic() { c } else { ' ' })
        .collect();
    let code = plain.split_whitespace().collect::<Vec<_>>().join("_").to_ascii_lowercase();
    code.chars().take(CODE_MAX).collect()
}

/// It answered well, and not what was asked: what it did is not known.
pub(super) fn lacks(field: &str) -> ProviderError {
    ProviderError::Unknown(format!("the answer has no {field}"))
}
