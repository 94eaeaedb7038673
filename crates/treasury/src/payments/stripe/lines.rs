//! Stripe's own books: what it holds, and its statement. Lists begin with the newest line, so the first reading walks
//! back to the oldest, and each one after it from the newest line that it knew.

use super::super::provider::{Lines, ProviderBalance, ProviderError, ProviderLine};
use super::amount::{currency, minor};
use super::client::{Client, PAGE, Page, id, read};
use super::form::Form;
use kernel::Moment;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Balance {
    available: Vec<Held>,
    pending: Vec<Held>,
    #[serde(default)]
    connect_reserved: Vec<Held>,
}

#[derive(Deserialize)]
struct Held {
    amount: i64,
    currency: String,
}

/// A line of the statement, as far as we read it.
#[derive(Deserialize)]
struct Line {
    id: String,
    r#type: String,
    amount: i64,
    fee: i64,
    net: i64,
    currency: String,
    source: Option<Value>,
    created: i64,
    available_on: i64,
}

/// Where the next piece begins.
enum Cursor<'a> {
    /// Before `at`, on the way back; `newest` is where later readings go on from.
    Back { at: &'a str, newest: &'a str },
    /// After what is known.
    On(&'a str),
}

impl<'a> Cursor<'a> {
    fn parse(text: &'a str) -> Result<Self, ProviderError> {
        let refused = || ProviderError::invalid("a cursor that was not given by Stripe's statement");
        match text.split(':').collect::<Vec<_>>()[..] {
            ["back", at, newest] => Ok(Self::Back { at: id(at)?, newest: id(newest)? }),
            ["on", after] => Ok(Self::On(id(after)?)),
            _ => Err(refused()),
        }
    }
}

pub(super) async fn balance(
    client: &Client,
    account: Option<&str>,
) -> Result<Vec<ProviderBalance>, ProviderError> {
    let said: Balance = client.get("/v1/balance", &Form::new(), account).await?;
    // Available, pending, reserved.
    let mut held: BTreeMap<&str, [i64; 3]> = BTreeMap::new();
    for (place, lines) in [&said.available, &said.pending, &said.connect_reserved].into_iter().enumerate() {
        for line in lines {
            let amount = &mut held.entry(line.currency.as_str()).or_default()[place];
            *amount = amount.saturating_add(line.amount);
        }
    }
    held.into_iter()
        .map(|(code, amounts)| {
            let currency = currency(code).ok_or_else(unreadable)?;
            let ours = |amount| minor(amount, currency).ok_or_else(unreadable);
            let [available, pending, reserved] = amounts;
            Ok(ProviderBalance {
                currency,
                pending: ours(pending)?,
                available: ours(available)?,
                reserved: ours(reserved)?,
            })
        })
        .collect()
}

pub(super) async fn lines(
    client: &Client,
    account: Option<&str>,
    after: Option<&str>,
) -> Result<Lines, ProviderError> {
    let cursor = after.map(Cursor::parse).transpose()?;
    let query = Form::new().add("limit", PAGE);
    let query = match &cursor {
        None => query,
        Some(Cursor::Back { at, .. }) => query.add("starting_after", at),
        Some(Cursor::On(newest)) => query.add("ending_before", newest),
    };
    let page: Page<Value> = client.get("/v1/balance_transactions", &query, account).await?;
    let has_more = page.has_more;
    let lines = page.data.into_iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let (first, last) = (lines.first().map(|l| &l.reference), lines.last().map(|l| &l.reference));
    let next = match cursor {
        None => walk(first, last, has_more),
        Some(Cursor::Back { newest, .. }) => match last {
            Some(last) if has_more => Some(format!("back:{last}:{newest}")),
            _ => Some(format!("on:{newest}")),
        },
        Some(Cursor::On(_)) => first.map(|newest| format!("on:{newest}")),
    };
    Ok(Lines { lines, next })
}

fn walk(first: Option<&String>, last: Option<&String>, has_more: bool) -> Option<String> {
    match (first, last) {
        (Some(newest), Some(last)) if has_more => Some(format!("back:{last}:{newest}")),
        (Some(newest), _) => Some(format!("on:{newest}")),
        _ => None,
    }
}

fn line(raw: Value) -> Result<ProviderLine, ProviderError> {
    let line: Line = read(raw.clone())?;
    let currency = currency(&line.currency).ok_or_else(unreadable)?;
    let ours = |amount| minor(amount, currency).ok_or_else(unreadable);
    let at = |seconds| Moment::from_unix_timestamp(seconds).map_err(|_| unreadable());
    // As an id, or whole.
    let source = line.source.as_ref().and_then(|s| s.as_str().or_else(|| s.get("id")?.as_str()));
    Ok(ProviderLine {
        kind: line.r#type,
        amount: ours(line.amount)?,
        fee: ours(line.fee)?,
        net: ours(line.net)?,
        currency,
        source: source.map(str::to_owned),
        at: at(line.created)?,
        available_on: at(line.available_on)?,
        reference: line.id,
        raw,
    })
}

fn unreadable() -> ProviderError {
    ProviderError::Unknown("a line that cannot be read".to_owned())
}
