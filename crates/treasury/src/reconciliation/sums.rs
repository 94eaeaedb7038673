//! What the books hold at a provider, against what it says that it holds.

use super::matching::Ours;
use super::model::{Compared, Finding, FindingKind, Held};
use super::reading::Read;
use super::solvency;
use super::store::sums as store;
use super::working::Working;
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Moment, Money, Refusal};
use platform::{Reader, Tx};
use serde_json::json;
use std::collections::BTreeMap;
use time::Duration;

/// Two clocks may differ by so much about when a line becomes usable.
const CLOCKS: Duration = Duration::HOUR;
/// How long there is for looking at it.
const DUE: Duration = Duration::days(1);

/// Every currency that one of the two knows, in alphabetical order. `coming` are entries that wait for their lines.
pub(super) async fn compare(
    reader: &mut Reader,
    provider: &str,
    read: &Read,
    coming: &[Ours],
) -> Result<Vec<Compared>, Refusal> {
    let at = read.balance.as_ref().map_or(reader.now(), |(_, at)| *at);
    let mut all: BTreeMap<Currency, Compared> = BTreeMap::new();
    for books in store::books(reader, provider).await? {
        row(&mut all, books.currency).ours = books.held;
    }
    for unbooked in store::unbooked(reader, provider, at).await? {
        let row = row(&mut all, unbooked.currency);
        row.lines_waiting = unbooked.waiting;
        row.ours.pending += unbooked.held.pending;
        row.ours.available += unbooked.held.available;
    }
    for effect in coming.iter().flat_map(|ours| &ours.effects) {
        let row = row(&mut all, effect.currency);
        row.entries_waiting += effect.net;
        row.ours.pending -= effect.net;
    }
    if let Some((said, _)) = &read.balance {
        for balance in said {
            let theirs = Held { pending: balance.pending, available: balance.available };
            row(&mut all, balance.currency).theirs = Some(theirs);
        }
        for row in all.values_mut() {
            row.theirs.get_or_insert_default();
        }
    }
    all.retain(|_, row| !is_nothing(row));
    for row in all.values_mut().filter(|row| !row.agrees()) {
        settle(reader, provider, row, at).await?;
    }
    Ok(all.into_values().collect())
}

fn row(all: &mut BTreeMap<Currency, Compared>, currency: Currency) -> &mut Compared {
    let empty =
        || Compared { currency, ours: Held::default(), theirs: None, lines_waiting: 0, entries_waiting: 0 };
    all.entry(currency).or_insert_with(empty)
}

fn is_nothing(row: &Compared) -> bool {
    let nothing = Held::default();
    let waits = row.lines_waiting != 0 || row.entries_waiting != 0;
    row.ours == nothing && row.theirs.is_none_or(|theirs| theirs == nothing) && !waits
}

/// In sum they agree, and a line becomes usable about now: then it is as the provider says.
async fn settle(reader: &mut Reader, provider: &str, row: &mut Compared, at: Moment) -> Result<(), Refusal> {
    let Some(theirs) = row.theirs.filter(|theirs| theirs.total() == row.ours.total()) else { return Ok(()) };
    if store::turns_usable(reader, provider, row.currency, (at - CLOCKS, at + CLOCKS)).await? {
        row.ours = theirs;
    }
    Ok(())
}

/// What does not agree, each with a ticket. What agrees again closes its own.
pub(super) async fn findings(
    tx: &mut Tx,
    w: &Working<'_>,
    compared: &[Compared],
) -> Result<Vec<Finding>, Refusal> {
    let mut found = Vec::new();
    for row in compared {
        let key = format!("balance_differs:{}:{}", w.name(), row.currency);
        let Some(theirs) = row.theirs else { continue };
        if row.agrees() {
            tickets::close(tx, &key, "Both hold the same again.").await?;
            continue;
        }
        let (ours, theirs, about) = match row.ours.total() == theirs.total() {
            true => (row.ours.available, theirs.available, format!("{} available", w.name())),
            false => (row.ours.total(), theirs.total(), w.name().to_owned()),
        };
        let new = NewTicket {
            kind: Kind::BalanceDiffers,
            key: &key,
            subject: Subject::Run(w.run),
            amount: Some(Money::new(theirs - ours, row.currency)),
            detail: json!({ "provider": w.name(), "ours": ours, "theirs": theirs }),
            due: DUE,
        };
        let ticket = tickets::open(tx, &new).await?;
        found.push(Finding {
            kind: FindingKind::BalanceDiffers,
            about,
            entry: None,
            ours: Some(ours),
            theirs: Some(theirs),
            currency: row.currency,
            ticket: Some(ticket),
            suspense: None,
        });
    }
    Ok(found)
}

/// Currencies in which less is held than is owed, each with its ticket: see [`solvency`].
pub(super) async fn cover(tx: &mut Tx) -> Result<Vec<Finding>, Refusal> {
    let short = solvency::tell(tx).await?;
    Ok(short
        .into_iter()
        .map(|(it, ticket)| Finding {
            kind: FindingKind::CoverShort,
            about: it.cover.currency.to_string(),
            entry: None,
            ours: Some(it.cover.owed),
            theirs: Some(it.cover.held),
            currency: it.cover.currency,
            ticket: Some(ticket),
            suspense: None,
        })
        .collect())
}
