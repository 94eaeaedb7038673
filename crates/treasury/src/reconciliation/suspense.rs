//! What goes to suspense, and out of it: by itself when it is explained, or by what a person says that it was.

use super::model::{SeenLine, Suspended, Was, Why};
use super::store::{lines, suspense as store};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Money, Refusal, SuspenseId};
use ledger::flows::{self, AtProvider, Clearing};
use ledger::{Entry, EntryError, EntryId};
use people::accounts::model::Member;
use people::permissions::Permission;
use people::staff::model::Reason;
use platform::{Reader, Tx, audit};
use serde_json::{Value, json};
use time::Duration;

/// How long there is for looking at it.
const DUE: Duration = Duration::days(2);

/// Something that nobody explains.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub provider: &'a str,
    /// Its name in the keys of its entries.
    pub name: &'a str,
    pub line: Option<&'a str>,
    pub entry: Option<EntryId>,
    pub why: Why,
    /// As it changes what the provider holds; not nothing.
    pub amount: Money,
    /// What we had booked of it.
    pub ours: i64,
    /// For the ticket: numbers, no names.
    pub detail: Value,
}

/// The key of its ticket.
fn ticket_key(provider: &str, name: &str) -> String {
    format!("suspense:{provider}:{name}")
}

/// Posts an entry; answers its number.
pub(super) async fn post(tx: &mut Tx, entry: Result<Entry, EntryError>) -> Result<EntryId, Refusal> {
    Ok(ledger::post(tx, &entry.map_err(Refusal::broken)?).await?)
}

/// Puts it there, with a ticket. Once: what stands or stood there under its name stays as it is.
pub(super) async fn put(tx: &mut Tx, item: &Item<'_>) -> Result<EntryId, Refusal> {
    let now = tx.now();
    let at = AtProvider { provider: item.provider, reference: item.name };
    let entry = post(tx, flows::suspended(at, item.amount, now)).await?;
    let new = NewTicket {
        kind: if item.why == Why::EntryUnseen { Kind::UnmatchedEntry } else { Kind::Suspense },
        key: &ticket_key(item.provider, item.name),
        subject: Subject::Nothing,
        amount: Some(item.amount),
        detail: item.detail.clone(),
        due: DUE,
    };
    let ticket = tickets::open(tx, &new).await?;
    let new = store::NewSuspense {
        provider: item.provider,
        item: item.name,
        line: item.line,
        entry: item.entry,
        why: item.why,
        amount: item.amount,
        ours: item.ours,
        ticket,
    };
    store::insert(tx, &new).await?;
    Ok(entry)
}

/// It is explained after all, and leaves as it came.
pub(super) async fn explained(tx: &mut Tx, it: &Suspended) -> Result<(), Refusal> {
    let (now, reference) = (tx.now(), format!("{}-explained", it.item));
    let at = AtProvider { provider: &it.provider, reference: &reference };
    let back = Money::new(-it.amount.amount, it.amount.currency);
    post(tx, flows::suspended(at, back, now)).await?;
    store::end(tx, it, "explained", None).await?;
    tickets::close(tx, &ticket_key(&it.provider, &it.item), "It was explained later.").await
}

/// Everything that stands there because of a line, or of an entry, is explained.
pub(super) async fn explain_all(
    tx: &mut Tx,
    provider: &str,
    line: Option<&str>,
    entry: Option<EntryId>,
) -> Result<(), Refusal> {
    for it in store::because_of(tx, provider, line, entry).await? {
        explained(tx, &it).await?;
    }
    Ok(())
}

/// What stands there now, of all providers, the oldest first.
pub async fn open(reader: &mut Reader) -> Result<Vec<Suspended>, Refusal> {
    Ok(store::open(reader, None).await?)
}

/// How much stands there.
pub async fn waiting(reader: &mut Reader) -> Result<i64, Refusal> {
    Ok(store::count(reader).await?)
}

/// One of them, also when it has ended, and the line that it is because of. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, id: SuspenseId) -> Result<(Suspended, Option<SeenLine>), Refusal> {
    let it = store::find(reader, id).await?.ok_or(Refusal::NotFound)?;
    let line = match &it.line {
        Some(line) => store::line(reader, &it.provider, line).await?,
        None => None,
    };
    Ok((it, line))
}

/// Somebody says what it was; answers how much. What was a seller's is theirs then, and the caller lets it go on its way. Errors:
/// `NotFound` for who may not; `Conflict("suspense-over")` when it is not there any more, `("suspense-missing")` when there is
/// too little, and somebody is to get it.
pub async fn clear(
    tx: &mut Tx,
    by: &Member,
    id: SuspenseId,
    was: &Was,
    why: &Reason,
) -> Result<Money, Refusal> {
    if !by.may(Permission::LedgerAdjust) {
        return Err(Refusal::NotFound);
    }
    let it = store::lock(tx, id).await?.ok_or(Refusal::Conflict("suspense-over"))?;
    let clearing = match was {
        Was::Fee => Clearing::Fee,
        Was::Goodwill => Clearing::Goodwill,
        Was::Bank => Clearing::Bank,
        Was::Buyer { order, .. } => Clearing::Buyer(*order),
        Was::Seller { seller, .. } => Clearing::Seller(*seller),
    };
    if was.order().is_some() && it.amount.amount < 1 {
        return Err(Refusal::Conflict("suspense-missing"));
    }
    let now = tx.now();
    let at = AtProvider { provider: &it.provider, reference: &it.item };
    post(tx, flows::suspense_cleared(at, it.amount, clearing, now)).await?;
    if let Was::Buyer { order, reference } = was {
        post(tx, flows::paid_from_bank(*order, id, reference, it.amount, now)).await?;
    }
    store::end(tx, &it, was.name(), Some(by.id)).await?;
    if let (Some(line), Why::LineUnexplained) = (&it.line, it.why) {
        lines::set_state(tx, &it.provider, line, "cleared", None).await?;
    }
    let detail = json!({ "provider": it.provider, "item": it.item, "amount": it.amount.amount,
        "currency": it.amount.currency, "into": was, "reason": why.as_str() });
    audit::write(tx, Some(by.id), "reconciliation.clear", ("suspense", id.0), detail).await?;
    tickets::close(tx, &ticket_key(&it.provider, &it.item), "Somebody said what it was.").await?;
    Ok(it.amount)
}
