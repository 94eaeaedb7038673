//! Paystack's balance, and the ledger of it. The ledger is read from a moment on, newest first, piece by piece: what
//! comes in meanwhile moves lines to later pieces, so one may be read twice and none is left out.
//!
//! A cursor is a moment, or a moment and a piece: `2026-01-31T00:00:00Z`, `2026-01-31T00:00:00Z@2`.

use super::super::provider::{Lines, ProviderBalance, ProviderError, ProviderLine};
use super::client::{Ask, Client};
use super::said::{currency, is_last, lacks, moment, must, rows, stamp, text, whole};
use kernel::Moment;
use serde_json::Value;
use time::format_description::well_known::Rfc3339;

/// Rows of a piece.
const PIECE: usize = 100;

pub(super) fn ask_balance() -> Ask {
    Ask::read("/balance")
}

pub(super) fn ask_lines(from: Option<Moment>, page: usize) -> Ask {
    let ask = Ask::read("/balance/ledger").with("perPage", PIECE.to_string()).with("page", page.to_string());
    match from {
        Some(from) => ask.with("from", stamp(from)),
        None => ask,
    }
}

/// All of it can be sent at once: what is not settled yet is not in it.
pub(super) async fn balance(client: &Client) -> Result<Vec<ProviderBalance>, ProviderError> {
    let answer = client.send(ask_balance()).await?;
    rows(&answer)?
        .iter()
        .map(|row| {
            let available = whole(row, "balance").ok_or_else(|| lacks("balance"))?;
            Ok(ProviderBalance { currency: currency(row)?, pending: 0, available, reserved: 0 })
        })
        .collect()
}

pub(super) async fn lines(client: &Client, after: Option<&str>) -> Result<Lines, ProviderError> {
    let (from, page) = match after {
        Some(cursor) => read_cursor(cursor).ok_or_else(|| ProviderError::invalid("no such cursor"))?,
        None => (None, 1),
    };
    let answer = client.send(ask_lines(from, page)).await?;
    let lines = rows(&answer)?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let next = (!is_last(&answer, page)).then(|| cursor(from, page + 1));
    Ok(Lines { lines, next })
}

/// Everything since a moment.
pub(super) fn since(moment: Moment) -> String {
    stamp(moment)
}

/// Without a moment, everything that there is.
fn cursor(from: Option<Moment>, page: usize) -> String {
    format!("{}@{page}", from.map(stamp).unwrap_or_default())
}

fn read_cursor(cursor: &str) -> Option<(Option<Moment>, usize)> {
    let (from, page) = cursor.split_once('@').unwrap_or((cursor, "1"));
    let from = if from.is_empty() { None } else { Some(Moment::parse(from, &Rfc3339).ok()?) };
    Some((from, page.parse::<usize>().ok().filter(|page| *page > 0)?))
}

/// A line of the ledger. What Paystack kept of a payment is not in it: the line is what reached the balance.
fn read(row: &Value) -> Result<ProviderLine, ProviderError> {
    let amount = whole(row, "difference").ok_or_else(|| lacks("difference"))?;
    let at = moment(row, "createdAt").ok_or_else(|| lacks("createdAt"))?;
    Ok(ProviderLine {
        reference: must(row, "id")?,
        kind: must(row, "model_responsible")?,
        amount,
        fee: 0,
        net: amount,
        currency: currency(row)?,
        source: text(row, "model_row"),
        at,
        available_on: at,
        raw: row.clone(),
    })
}
