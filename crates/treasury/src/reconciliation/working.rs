//! Line by line: what explains it, what is booked because of it, what goes to suspense. One transaction for each thing that
//! lines are about, one at a time for a provider.

use super::kinds::{self, Dialect, Kind, Meaning, PATIENCE};
use super::matching::{self, Explained, Line, Ours};
use super::model::Why;
use super::store::runs::Count;
use super::store::{self, entries, lines, runs};
use super::suspense::{self, Item, post};
use crate::payments::Provider;
use crate::rates;
use kernel::{Moment, Money, Refusal, RunId};
use ledger::flows::{self, AtProvider};
use platform::{Db, Tx};
use serde_json::json;
use time::Duration;

/// Things that are looked up at once.
const AT_ONCE: i64 = 500;
/// Disputes that a provider is asked about in one comparison.
const DISPUTES_MAX: i64 = 200;
/// How far apart the line and the entry of one payout may be.
const APART: Duration = Duration::days(20);
/// A rate of a provider's that is further from the day's than this, in percent, is looked at.
const RATE_OFF: i64 = 10;

/// What a comparison works with.
#[derive(Clone, Copy)]
pub(super) struct Working<'a> {
    pub db: &'a Db,
    pub provider: &'a dyn Provider,
    pub dialect: Dialect,
    pub run: RunId,
}

impl Working<'_> {
    pub(super) fn name(&self) -> &str {
        self.provider.name()
    }
}

/// Disputes name the lines that are theirs: those lines may not name them.
pub(super) async fn ask_disputes(w: &Working<'_>) -> Result<(), Refusal> {
    let mut reader = w.db.read().await?;
    if !lines::has_adjustments(&mut reader, w.name()).await? {
        return Ok(());
    }
    let open = entries::disputes_open(&mut reader, w.name(), DISPUTES_MAX).await?;
    drop(reader);
    for reference in open {
        let Ok(dispute) = w.provider.get_dispute(&reference).await else { continue };
        let mut tx = w.db.begin().await?;
        lines::set_source(&mut tx, w.name(), &dispute.lines, &reference).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Goes through all lines that nothing explains yet. Answers whether the comparison is still under way.
pub(super) async fn match_lines(w: &Working<'_>) -> Result<bool, Refusal> {
    let mut after = String::new();
    loop {
        let mut reader = w.db.read().await?;
        let sources = lines::open_sources(&mut reader, w.name(), &after, AT_ONCE).await?;
        drop(reader);
        let Some(last) = sources.last() else { return Ok(true) };
        after.clone_from(last);
        for source in &sources {
            let mut tx = w.db.begin().await?;
            store::lock(&mut tx, w.name()).await?;
            let done = group(&mut tx, w, source).await?;
            runs::count(&mut tx, w.run, done).await?;
            tx.commit().await?;
        }
        let mut tx = w.db.begin().await?;
        let goes_on = runs::is_alive(&mut tx, w.run).await?;
        tx.commit().await?;
        if !goes_on {
            return Ok(false);
        }
    }
}

/// All lines about one thing.
async fn group(tx: &mut Tx, w: &Working<'_>, source: &str) -> Result<Count, Refusal> {
    let (now, mut done) = (tx.now(), Count::default());
    let open = lines::open_of(tx, w.name(), source).await?;
    let references = entries::references(tx, w.name(), source).await?;
    let mut ours = entries::named(tx, w.name(), &references, kinds::SEEN).await?;
    let mut left: Vec<(&Line, Kind)> = Vec::new();
    for line in &open {
        let kind = w.dialect.kind(&line.kind);
        let names = kinds::entries(kind.meaning);
        let candidates: Vec<&Ours> =
            ours.iter().filter(|it| names.iter().any(|name| name.as_str() == it.kind)).collect();
        // Not all entries of one thing are booked at once: what does not fit yet may do so later.
        let how = matching::explain(line, &candidates, w.dialect.shows_fees)
            .filter(|how| how.rest == 0 || is_old(line, PATIENCE, now));
        if let Some(how) = how {
            explained(tx, w, line, &how).await?;
            done.matched += 1;
            ours.retain(|it| !how.entries.contains(&it.entry));
        } else if !line.is_suspended && booked(tx, w, line, kind.meaning).await? {
            done.booked += 1;
        } else {
            left.push((line, kind));
        }
    }
    let left = liken(tx, w, left, &mut done).await?;
    give_up(tx, w, &left, &mut done).await?;
    Ok(done)
}

/// Lines whose names our entries do not have are explained by entries that are like them: all of one thing, or none.
async fn liken<'a>(
    tx: &mut Tx,
    w: &Working<'_>,
    left: Vec<(&'a Line, Kind)>,
    done: &mut Count,
) -> Result<Vec<(&'a Line, Kind)>, Refusal> {
    if left.is_empty() || !left.iter().all(|(_, kind)| kind.by_likeness) {
        return Ok(left);
    }
    let mut found: Vec<(&Line, Explained)> = Vec::new();
    for &(line, kind) in &left {
        let names = kinds::entries(kind.meaning);
        let when = (line.at - PATIENCE, line.at + APART);
        let mut like = entries::alike(tx, w.name(), names, (line.net, line.currency), when).await?;
        // What came back was sent before: of the same payout.
        let is_other =
            |it: &Ours, how: &Explained| it.subject == how.subject && !how.entries.contains(&it.entry);
        like.retain(|it| found.iter().all(|(_, how)| is_other(it, how)));
        found.extend(matching::by_likeness(line, &like).map(|how| (line, how)));
    }
    if found.len() < left.len() {
        return Ok(left);
    }
    for (line, how) in found {
        explained(tx, w, line, &how).await?;
        done.matched += 1;
    }
    Ok(Vec::new())
}

/// What nothing explains: lines that undo each other are left alone after a while, all others go to suspense.
async fn give_up(
    tx: &mut Tx,
    w: &Working<'_>,
    left: &[(&Line, Kind)],
    done: &mut Count,
) -> Result<(), Refusal> {
    let now = tx.now();
    let all: Vec<&Line> = left.iter().map(|(line, _)| *line).collect();
    if matching::undo_each_other(&all) && all.iter().all(|line| is_old(line, PATIENCE, now)) {
        for line in all {
            lines::set_state(tx, w.name(), &line.reference, "undone", None).await?;
            suspense::explain_all(tx, w.name(), Some(&line.reference), None).await?;
        }
        return Ok(());
    }
    for (line, kind) in left {
        if line.is_suspended || !is_old(line, kind.patience, now) {
            continue;
        }
        match line.net {
            0 => lines::set_state(tx, w.name(), &line.reference, "undone", None).await?,
            _ => {
                let entry =
                    suspend(tx, w, line, &line.reference, Why::LineUnexplained, (line.net, 0)).await?;
                lines::set_state(tx, w.name(), &line.reference, "suspended", Some(entry)).await?;
                done.suspended += 1;
            }
        }
    }
    Ok(())
}

fn is_old(line: &Line, patience: Duration, now: Moment) -> bool {
    line.at + patience <= now
}

/// Books what a line beside its entries says, and ties them together.
async fn explained(tx: &mut Tx, w: &Working<'_>, line: &Line, how: &Explained) -> Result<(), Refusal> {
    let now = tx.now();
    let name = w.name();
    for entry in &how.entries {
        if entries::explain(tx, name, &line.reference, *entry).await? {
            suspense::explain_all(tx, name, None, Some(*entry)).await?;
        }
    }
    if line.is_suspended {
        suspense::explain_all(tx, name, Some(&line.reference), None).await?;
    }
    if how.fee != 0 {
        let reference = format!("{}-fee", line.reference);
        let at = AtProvider { provider: name, reference: &reference };
        post(tx, flows::provider_charged(at, Money::new(how.fee, line.currency), now)).await?;
    }
    let mut is_odd = how.is_odd;
    if let Some((out, into)) = how.converted {
        let at = AtProvider { provider: name, reference: &line.reference };
        post(tx, flows::converted(how.subject, at, out, into, None, now)).await?;
        is_odd |= !is_plausible(tx, out, into, line.at).await?;
    }
    lines::set_state(tx, name, &line.reference, "matched", how.entries.first().copied()).await?;
    if how.rest != 0 {
        let rest = format!("{}-rest", line.reference);
        suspend(tx, w, line, &rest, Why::AmountDiffers, (how.rest, how.ours)).await?;
    } else if is_odd {
        odd(tx, w, line, how).await?;
    }
    Ok(())
}

/// The money is there, but the fee or the rate are not those that we know: somebody looks at it, and nothing is suspended.
async fn odd(tx: &mut Tx, w: &Working<'_>, line: &Line, how: &Explained) -> Result<(), Refusal> {
    use crate::tickets::{self, Kind, NewTicket, Subject};
    let new = NewTicket {
        kind: Kind::Suspense,
        key: &format!("amount_differs:{}:{}", w.name(), line.reference),
        subject: Subject::Run(w.run),
        amount: Some(line.money()),
        detail: detail(w, line, how.ours),
        due: Duration::days(2),
    };
    tickets::open(tx, &new).await?;
    Ok(())
}

/// What the provider made of an amount is about what the day's rate makes of it. Without a rate, everything is.
async fn is_plausible(tx: &mut Tx, out: Money, into: Money, at: Moment) -> Result<bool, Refusal> {
    let table = rates::on(tx, at.date()).await?;
    let Some(shown) = table.show(out, into.currency) else { return Ok(true) };
    let apart = i128::from(shown.money.amount) - i128::from(into.amount);
    // Of small amounts, a unit is many percent.
    Ok(apart.abs() <= 1 || apart.abs() * 100 <= i128::from(shown.money.amount.abs()) * i128::from(RATE_OFF))
}

/// Books a line that needs no entry of ours. False if it is not such a line.
async fn booked(tx: &mut Tx, w: &Working<'_>, line: &Line, meaning: Meaning) -> Result<bool, Refusal> {
    let now = tx.now();
    let at = AtProvider { provider: w.name(), reference: &line.reference };
    let (state, entry) = match meaning {
        Meaning::Within => ("within", None),
        Meaning::Charge if line.net == 0 => ("within", None),
        Meaning::Charge => {
            let charge = Money::new(-line.net, line.currency);
            ("booked", Some(post(tx, flows::provider_charged(at, charge, now)).await?))
        }
        Meaning::TopUp if line.amount > 0 => {
            let put_in = Money::new(line.amount, line.currency);
            let entry = post(tx, flows::topped_up(at, put_in, now)).await?;
            entries::explain(tx, w.name(), &line.reference, entry).await?;
            if line.fee != 0 {
                let reference = format!("{}-fee", line.reference);
                let at = AtProvider { provider: w.name(), reference: &reference };
                post(tx, flows::provider_charged(at, Money::new(line.fee, line.currency), now)).await?;
            }
            ("booked", Some(entry))
        }
        Meaning::TopUp | Meaning::Ours(_) | Meaning::Nobodys => return Ok(false),
    };
    lines::set_state(tx, w.name(), &line.reference, state, entry).await?;
    Ok(true)
}

async fn suspend(
    tx: &mut Tx,
    w: &Working<'_>,
    line: &Line,
    name: &str,
    why: Why,
    (amount, ours): (i64, i64),
) -> Result<ledger::EntryId, Refusal> {
    let item = Item {
        provider: w.name(),
        name,
        line: Some(&line.reference),
        entry: None,
        why,
        amount: Money::new(amount, line.currency),
        ours,
        detail: detail(w, line, ours),
    };
    suspense::put(tx, &item).await
}

fn detail(w: &Working<'_>, line: &Line, ours: i64) -> serde_json::Value {
    json!({ "provider": w.name(), "line": line.reference, "kind": line.kind, "source": line.source,
        "amount": line.amount, "fee": line.fee, "net": line.net, "ours": ours, "run": w.run })
}

/// J2: lines that have become usable.
pub(super) async fn make_usable(w: &Working<'_>) -> Result<(), Refusal> {
    loop {
        let mut tx = w.db.begin().await?;
        let now = tx.now();
        let usable = lines::usable(&mut tx, w.name(), AT_ONCE).await?;
        for line in &usable {
            let at = AtProvider { provider: w.name(), reference: &line.reference };
            let entry = post(&mut tx, flows::available(at, line.money(), now)).await?;
            lines::set_usable(&mut tx, w.name(), &line.reference, entry).await?;
        }
        tx.commit().await?;
        if usable.is_empty() {
            return Ok(());
        }
    }
}

/// Entries that the statement should have by now go to suspense, the other way round. Answers those that may still come, and
/// since when the next comparison has to look.
pub(super) async fn look_for_entries(
    w: &Working<'_>,
    since: Moment,
) -> Result<(Vec<Ours>, Option<Moment>), Refusal> {
    let mut tx = w.db.begin().await?;
    store::lock(&mut tx, w.name()).await?;
    let now = tx.now();
    let mut coming = Vec::new();
    let mut done = Count::default();
    for ours in entries::waiting(&mut tx, w.name(), kinds::SEEN, since).await? {
        let kind = kinds::SEEN.iter().find(|kind| kind.as_str() == ours.kind);
        let patience = kind.map_or(PATIENCE, |kind| w.dialect.patience_for(*kind));
        if ours.at + patience > now {
            coming.push(ours);
            continue;
        }
        for effect in ours.effects.iter().filter(|effect| effect.net != 0) {
            let name = format!("entry-{}-{}", ours.entry.0, effect.currency);
            let item = Item {
                provider: w.name(),
                name: &name,
                line: None,
                entry: Some(ours.entry),
                why: Why::EntryUnseen,
                amount: Money::new(-effect.net, effect.currency),
                ours: effect.net,
                detail: json!({ "provider": w.name(), "entry": ours.entry.0, "kind": ours.kind,
                    "subject": ours.subject, "run": w.run }),
            };
            suspense::put(&mut tx, &item).await?;
            done.suspended += 1;
        }
    }
    runs::count(&mut tx, w.run, done).await?;
    tx.commit().await?;
    let oldest = coming.iter().map(|ours| ours.at).min();
    Ok((coming, oldest))
}
