//! Moving settlements and payouts: the two functions through which every step of theirs goes.

use super::events::{Cleared, Created, Failed, Paid, Returned, Transferred};
use super::model::{
    Account, Payout, Settlement, SettlementKind, TakeBack, is_about_balance, is_about_currency,
};
use super::store::{accounts, payouts, settlements};
use super::work::{MovePayout, MoveSettlement};
use super::{converting, debts, table};
use crate::payments::provider::{ProviderPayout, Way};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{MemberId, Moment, Money, Refusal};
use ledger::flows::{self, AtProvider};
use platform::{Reader, Tx, events, jobs};
use process::{Process, Timer, Transition};
use serde_json::{Value, json};
use time::Duration;

/// How long there is for looking at what got no further.
const DUE: Duration = Duration::days(1);

/// What goes with a step of a settlement.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct With<'a> {
    /// Who of the staff does it.
    pub by: Option<MemberId>,
    /// The provider's name for what it did.
    pub reference: Option<&'a str>,
    /// Of a reversal, or of what is taken back: minor units.
    pub amount: i64,
    pub why: Option<TakeBack>,
}

/// Takes a step of a locked settlement: checks that the table has it and that its guards hold; then effects, timer, history
/// and event. Answers it as it is then. Errors: `Conflict("settlement-step")`, and that of the guard that does not hold.
pub(super) async fn settlement(
    tx: &mut Tx,
    mut it: Settlement,
    name: &str,
    with: &With<'_>,
) -> Result<Settlement, Refusal> {
    let process = table::settlement();
    let row = process.transition(&it.state, name).ok_or(Refusal::Conflict("settlement-step"))?;
    let (from, before) = (it.state.clone(), it.currency);
    for guard in &row.guards {
        check(tx, &it, guard).await?;
    }
    it.version += 1;
    for effect in table::effects(row) {
        affect(tx, &mut it, effect, with).await?;
    }
    if matches!(name, "claw_back" | "claw_back_part") {
        it.taken_amount += with.amount;
        it.taken_because = with.why.map(|why| why.name().to_owned());
    }
    let now = tx.now();
    let (timer, at) = timer(process, row, now, (it.timer_transition.take(), it.timer_at));
    (it.timer_transition, it.timer_at) = (timer, at);
    if !row.is_loop() {
        it.state.clone_from(&row.to);
        it.state_since = now;
    }
    let data = match it.charged_amount {
        Some(charged) if it.currency != before => {
            json!({ "charged": Money::new(charged, before), "became": it.money(it.amount) })
        }
        _ if with.amount == 0 => json!({}),
        _ => json!({ "amount": with.amount }),
    };
    let line = settlements::Line {
        transition: name,
        actor: row.actor.as_str(),
        by: with.by,
        from: &from,
        data: &data,
    };
    settlements::keep(tx, &it, &line).await?;
    let (settlement, order, seller) = (it.id, it.order, it.seller);
    match name {
        "clear" | "net_out" => events::append(tx, &Cleared { settlement, order, seller }).await?,
        "transferred" => events::append(tx, &Transferred { settlement, order, seller }).await?,
        _ => {}
    }
    Ok(it)
}

/// The timer after a step: its name, and when it rings.
fn timer(
    process: &Process,
    row: &Transition,
    now: Moment,
    before: (Option<String>, Option<Moment>),
) -> (Option<String>, Option<Moment>) {
    let after = process.timer_after(row, Timer::of(before.0, before.1), now);
    after.map(|timer| (timer.transition, timer.at)).unzip()
}

async fn check(tx: &mut Tx, it: &Settlement, guard: &str) -> Result<(), Refusal> {
    let account = accounts::find(tx, it.seller, &it.provider).await?;
    let now = tx.now();
    let (holds, refused) = match guard {
        "no_holds" => (crate::holds::on(tx, it.order).await?.is_empty(), "settlement-held"),
        "seller_may_be_paid" => {
            (super::reasons::of_seller(tx, it.seller, account.as_ref()).await?.is_none(), "seller-waits")
        }
        "account_cooled" => (account.is_some_and(|account| account.is_cooled(now)), "account-cools"),
        "debts_take_all" => (debts::take_all(tx, it).await?, "debts-smaller"),
        _ => (false, "guard-unknown"),
    };
    if holds { Ok(()) } else { Err(Refusal::Conflict(refused)) }
}

async fn affect(tx: &mut Tx, it: &mut Settlement, effect: &str, with: &With<'_>) -> Result<(), Refusal> {
    match effect {
        "book_reserve_release" if it.kind == SettlementKind::Reserve.name() => {
            let (amount, now) = (it.money(it.left()), tx.now());
            let entry = flows::reserve_released(it.id, it.seller, amount, now).map_err(Refusal::broken)?;
            ledger::post(tx, &entry).await?;
        }
        "book_reserve_release" => {}
        "net_debts" => debts::net(tx, it).await?,
        "change" => converting::change(tx, it).await?,
        "let_go" => {
            it.hold_until = tx.now();
            "released".clone_into(&mut it.hold_because);
        }
        "send_transfer" => {
            it.tries += 1;
            ask(tx, it).await?;
        }
        "send_reversal" => {
            it.reversals += 1;
            it.reversing_amount = with.amount;
            it.taken_because = with.why.map(|why| why.name().to_owned());
            ask(tx, it).await?;
        }
        "ask_again" => ask(tx, it).await?,
        "book_transfer" => {
            let reference = with.reference.unwrap_or_default();
            it.transfer_ref = Some(reference.to_owned());
            let at = AtProvider { provider: &it.provider, reference };
            let (amount, now) = (it.money(it.left()), tx.now());
            let entry = flows::transferred(it.id, it.seller, at, amount, now).map_err(Refusal::broken)?;
            ledger::post(tx, &entry).await?;
        }
        "book_reversal" => super::moving::came_back(tx, it, with.reference.unwrap_or_default()).await?,
        "keep_debt" => it.reversing_amount = 0,
        "page_operator" => {
            let (key, subject) = (format!("settlement:{}", it.id), Subject::Settlement(it.id));
            page(tx, &key, subject, it.money(it.left()), json!({ "state": it.state })).await?;
        }
        _ => return Err(Refusal::broken(format!("settlements know no effect {effect}"))),
    }
    Ok(())
}

/// The provider is asked for what the settlement's state wants, after the commit.
async fn ask(tx: &mut Tx, it: &Settlement) -> Result<(), Refusal> {
    let job = MoveSettlement { settlement: it.id, provider: it.provider.clone() };
    jobs::enqueue(tx, &job).await?;
    Ok(())
}

/// Somebody must look at what got no further.
pub(super) async fn page(
    tx: &mut Tx,
    key: &str,
    subject: Subject,
    amount: Money,
    detail: Value,
) -> Result<(), Refusal> {
    let new = NewTicket { kind: Kind::PayoutStuck, key, subject, amount: Some(amount), detail, due: DUE };
    tickets::open(tx, &new).await?;
    Ok(())
}

/// What goes with a step of a payout: what its provider says, and how its sellers get their money.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'a> {
    pub payout: Option<&'a ProviderPayout>,
    /// Why it was refused, where there is no payout to speak of.
    pub refused: Option<&'a str>,
    pub way: Option<Way>,
}

impl Said<'_> {
    fn failure(&self) -> Option<&str> {
        self.payout.and_then(|payout| payout.failure.as_deref()).or(self.refused)
    }
}

/// Takes a step of a locked payout whose settlements are locked too. Errors: `Conflict("payout-step")`; that of the guard.
pub(super) async fn payout(
    tx: &mut Tx,
    mut it: Payout,
    name: &str,
    said: &Said<'_>,
) -> Result<Payout, Refusal> {
    let process = table::payout();
    let row = process.transition(&it.state, name).ok_or(Refusal::Conflict("payout-step"))?;
    let now = tx.now();
    if row.guards.iter().any(|guard| guard == "account_cooled") {
        let account = accounts::find(tx, it.seller, &it.provider).await?;
        if !account.is_some_and(|account| account.is_cooled(now)) {
            return Err(Refusal::Conflict("account-cools"));
        }
    }
    it.version += 1;
    if let Some(payout) = said.payout {
        it.provider_ref = Some(payout.reference.clone());
        it.expected_at = payout.expected.or(it.expected_at);
    }
    for effect in table::effects(row) {
        affect_payout(tx, &mut it, effect, said).await?;
    }
    let (timer, at) = timer(process, row, now, (it.timer_transition.take(), it.timer_at));
    (it.timer_transition, it.timer_at) = (timer, at);
    if !row.is_loop() {
        it.state.clone_from(&row.to);
        it.state_since = now;
    }
    payouts::keep(tx, &it).await?;
    if let Some(answer @ ("payout_paid" | "payout_failed")) = row.on.as_deref() {
        carry(tx, &it, answer).await?;
    }
    let (payout, seller, amount) = (it.id, it.seller, it.money());
    match name {
        "created" => events::append(tx, &Created { payout, seller, amount }).await?,
        "paid" => events::append(tx, &Paid { payout, seller, amount }).await?,
        "paid_at_once" => {
            events::append(tx, &Created { payout, seller, amount }).await?;
            events::append(tx, &Paid { payout, seller, amount }).await?;
        }
        "failed" | "refused" | "remind_again" => {
            events::append(tx, &Failed { payout, seller, amount }).await?;
        }
        "failed_after_paid" => events::append(tx, &Returned { payout, seller, amount }).await?,
        _ => {}
    }
    Ok(it)
}

/// What the payout is of goes where it goes.
async fn carry(tx: &mut Tx, it: &Payout, answer: &str) -> Result<(), Refusal> {
    for settlement in settlements::lock_of_payout(tx, it.id).await? {
        if let Some(row) = table::settlement().answer(&settlement.state, answer) {
            self::settlement(tx, settlement, &row.name, &With::default()).await?;
        }
    }
    Ok(())
}

async fn affect_payout(tx: &mut Tx, it: &mut Payout, effect: &str, said: &Said<'_>) -> Result<(), Refusal> {
    match effect {
        "send_payout" | "ask_again" => {
            let job = MovePayout { payout: it.id, provider: it.provider.clone() };
            jobs::enqueue(tx, &job).await?;
        }
        "book_created" | "book_paid" | "book_failed" | "book_returned" => book(tx, it, effect, said).await?,
        "block_account" => block(tx, it, said.failure().unwrap_or("other")).await?,
        "free_account" => free(tx, it).await?,
        // The step's event is what the letter is written for.
        "remind" => {}
        "page_operator" => {
            let (key, subject) = (format!("payout:{}", it.id), Subject::Payout(it.id));
            let detail = json!({ "state": it.state, "failure": it.failure });
            page(tx, &key, subject, it.money(), detail).await?;
        }
        _ => return Err(Refusal::broken(format!("payouts know no effect {effect}"))),
    }
    Ok(())
}

/// J5 and J12.
async fn book(tx: &mut Tx, it: &mut Payout, effect: &str, said: &Said<'_>) -> Result<(), Refusal> {
    let way = said.way.ok_or_else(|| Refusal::broken("a payout is booked by what its provider says"))?;
    let reference = it.provider_ref.clone().unwrap_or_default();
    let (id, seller, amount, now) = (it.id, it.seller, it.money(), tx.now());
    let at = AtProvider { provider: &it.provider, reference: &reference };
    let fee = said.payout.and_then(|payout| payout.fee).filter(|fee| fee.currency == amount.currency);
    let entry = match (effect, way) {
        ("book_created", Way::Connected) => flows::payout_created(id, seller, at, amount, now),
        ("book_created", Way::Direct) => flows::payout_sent(id, seller, amount, now),
        ("book_paid", Way::Connected) => flows::payout_paid(id, seller, at, amount, now),
        ("book_paid", Way::Direct) => {
            let fee = fee.unwrap_or(Money::zero(amount.currency));
            flows::payout_arrived(id, at, amount, fee, now)
        }
        ("book_failed", Way::Connected) => flows::payout_failed(id, seller, at, amount, now),
        ("book_failed", Way::Direct) => flows::payout_back(id, seller, amount, now),
        (_, Way::Connected) => flows::payout_returned(id, seller, at, amount, now),
        (_, Way::Direct) => flows::payout_back_late(id, seller, at, amount, now),
    };
    let entry = entry.map_err(Refusal::broken)?;
    ledger::post(tx, &entry).await?;
    if effect == "book_paid" {
        it.paid_at = Some(now);
        it.fee = fee.map_or(0, |fee| fee.amount);
    }
    Ok(())
}

/// Nothing goes to this bank account any more, until its owner names another one or staff tries it again. Where only the
/// money was missing, nothing is wrong with the account; and where it does not take the currency, only what is in that waits
/// (see [`settlements::groups`]).
async fn block(tx: &mut Tx, it: &mut Payout, failure: &str) -> Result<(), Refusal> {
    it.failure = Some(failure.to_owned());
    if is_about_balance(failure) || is_about_currency(failure) {
        return Ok(());
    }
    if let Some(mut account) = accounts::lock(tx, it.seller, &it.provider).await? {
        account.blocked_because = Some(failure.to_owned());
        accounts::keep(tx, &account).await?;
    }
    Ok(())
}

async fn free(tx: &mut Tx, it: &Payout) -> Result<(), Refusal> {
    if let Some(mut account) = accounts::lock(tx, it.seller, &it.provider).await? {
        account.blocked_because = None;
        accounts::keep(tx, &account).await?;
    }
    Ok(())
}

/// The account that a settlement goes to. Errors: there is none.
pub(super) async fn account_of(reader: &mut Reader, it: &Settlement) -> Result<Account, Refusal> {
    let found = accounts::find(reader, it.seller, &it.provider).await?;
    found.filter(|account| account.account_ref.is_some()).ok_or(Refusal::Conflict("seller-waits"))
}

#[cfg(test)]
mod tests {
    use super::super::table;

    #[test]
    fn the_engine_knows_every_guard_and_effect_of_the_tables() {
        let source = include_str!("fire.rs");
        for process in [table::settlement(), table::payout()] {
            for name in process.guards().iter().chain(process.other_effects()) {
                assert!(source.contains(&format!("\"{name}\"")), "{} {name}", process.id);
            }
        }
    }
}
