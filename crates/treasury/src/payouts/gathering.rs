//! Payouts by schedule: everything that is due to a seller in a currency goes to their bank at once.

use super::fire::{self, Said, With};
use super::model::{Account, Payout, Settlement, Terms, next_run};
use super::store::settlements::{self, Group};
use super::store::{accounts, payouts};
use super::{debts, reasons, table};
use crate::payments::provider::{Provider, Way};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Moment, Money, Refusal};
use platform::config::PayoutSchedule;
use platform::{Db, Tx};
use serde_json::json;
use time::Duration;

/// What is less than a seller's minimum goes out all the same when it has waited for so long.
const LONGEST: Duration = Duration::days(90);
/// How long there is for filling up what does not cover payouts.
const DUE: Duration = Duration::days(1);

/// The state that waits for a bank.
const fn waits_in(way: Way) -> &'static str {
    match way {
        Way::Connected => "transferred",
        Way::Direct => "payable",
    }
}

/// Makes a payout for everybody to whom one is due at this provider. Each is a unit of work of its own. Errors: the first that
/// was met.
pub async fn gather(db: &Db, provider: &dyn Provider, terms: &Terms<'_>) -> Result<(), Refusal> {
    let (mut first, mut short) = (Ok(()), Vec::new());
    let state = waits_in(provider.caps().way);
    let groups = settlements::groups(&mut db.read().await?, provider.name(), state).await?;
    for group in groups {
        match gather_for(db, provider, terms, &group).await {
            Ok(true) => short.push(group.currency),
            Ok(false) => {}
            Err(refusal) => first = first.and(Err(refusal)),
        }
    }
    if provider.caps().way == Way::Direct {
        first = first.and(tell_enough(db, provider, &short).await);
    }
    first
}

/// One payout for one seller in one currency, if one is due. Answers whether what the provider holds was too little for it.
async fn gather_for(
    db: &Db,
    provider: &dyn Provider,
    terms: &Terms<'_>,
    group: &Group,
) -> Result<bool, Refusal> {
    let (seller, currency) = (group.seller, group.currency);
    if provider.caps().way == Way::Direct {
        // Only their own hand changes where it goes: it is looked at just before.
        super::accounts::sync(db, provider, terms, seller).await?;
    }
    let mut reader = db.read().await?;
    let Some(account) = accounts::find(&mut reader, seller, provider.name()).await? else { return Ok(false) };
    let waits_for = reasons::of_seller(&mut reader, seller, Some(&account)).await?;
    drop(reader);
    if waits_for.is_some() || !account.is_cooled(db.now()) {
        return Ok(false);
    }
    let schedule = PayoutSchedule::find(&account.schedule).unwrap_or(terms.schedule);
    let smallest = (provider.caps().smallest)(currency).max(1);
    if !is_due(db.now(), group, schedule, (account.minimum.max(terms.minimum), smallest)) {
        return Ok(false);
    }
    let there = there(provider, &account, currency).await?;
    let mut tx = db.begin().await?;
    let state = waits_in(provider.caps().way);
    let waiting = settlements::lock_of_seller(&mut tx, seller, provider.name(), currency, state).await?;
    let Some(account) = accounts::lock(&mut tx, seller, provider.name()).await? else { return Ok(false) };
    let waiting = net_first(&mut tx, waiting).await?;
    let (of, is_short) = fitting(&mut tx, waiting, there).await?;
    let sum = Money::new(of.iter().map(Settlement::left).sum(), currency);
    if is_short {
        tell_short(&mut tx, provider, sum).await?;
    }
    if sum.amount >= smallest {
        make(&mut tx, &account, of, sum, provider.caps().way).await?;
    }
    // What debts took stays taken.
    tx.commit().await?;
    Ok(is_short)
}

/// Whether a seller's time has come, and what is there is enough: at least `least`, or after a long time whatever the provider
/// takes.
fn is_due(now: Moment, group: &Group, schedule: PayoutSchedule, (least, smallest): (i64, i64)) -> bool {
    let enough = group.sum >= least || now - group.since >= LONGEST;
    enough && group.sum >= smallest && next_run(schedule, group.last, now) <= now
}

/// What the provider can pay out now: from the seller's own account, or from ours.
async fn there(provider: &dyn Provider, account: &Account, currency: Currency) -> Result<i64, Refusal> {
    let whose = match provider.caps().way {
        Way::Connected => account.account_ref.as_deref(),
        Way::Direct => None,
    };
    let balances = provider.balance(whose).await?;
    Ok(balances.iter().filter(|line| line.currency == currency).map(|line| line.available).sum())
}

/// Pays what the seller owes out of what is still here.
async fn net_first(tx: &mut Tx, waiting: Vec<Settlement>) -> Result<Vec<Settlement>, Refusal> {
    let mut left = Vec::new();
    for one in waiting {
        let one = if one.state != "payable" || !debts::are_there(tx, &one).await? {
            one
        } else {
            let step = if debts::take_all(tx, &one).await? { "net_all" } else { "net" };
            fire::settlement(tx, one, step, &With::default()).await?
        };
        if one.state != "netted" {
            left.push(one);
        }
    }
    Ok(left)
}

/// The oldest that fit into what can be paid out, without those that something holds; and whether some did not fit.
async fn fitting(
    tx: &mut Tx,
    waiting: Vec<Settlement>,
    mut there: i64,
) -> Result<(Vec<Settlement>, bool), Refusal> {
    let (mut of, mut is_short) = (Vec::new(), false);
    for one in waiting {
        if one.left() <= 0 || !crate::holds::on(tx, one.order).await?.is_empty() {
            continue;
        }
        if one.left() > there {
            is_short = true;
            continue;
        }
        there -= one.left();
        of.push(one);
    }
    Ok((of, is_short))
}

/// From our own balance sellers should always be paid: staff fills it up. In a seller's account, money comes by itself.
async fn tell_short(tx: &mut Tx, provider: &dyn Provider, sum: Money) -> Result<(), Refusal> {
    if provider.caps().way == Way::Connected {
        return Ok(());
    }
    let key = short_key(provider, sum.currency);
    let new = NewTicket {
        kind: Kind::Cover,
        key: &key,
        subject: Subject::Nothing,
        amount: None,
        detail: json!({ "provider": provider.name(), "paid_out": sum }),
        due: DUE,
    };
    tickets::open(tx, &new).await?;
    Ok(())
}

fn short_key(provider: &dyn Provider, currency: Currency) -> String {
    format!("cover:{}:{currency}", provider.name())
}

/// Closes what [`tell_short`] opened, where our balance has enough again for everything that sellers are to get of it.
async fn tell_enough(db: &Db, provider: &dyn Provider, short: &[Currency]) -> Result<(), Refusal> {
    let balances = provider.balance(None).await?;
    let mut tx = db.begin().await?;
    let wanted = settlements::wanted(&mut tx, provider.name()).await?;
    for line in balances.iter().filter(|line| !short.contains(&line.currency)) {
        let sum = wanted.iter().find(|(currency, _)| *currency == line.currency).map_or(0, |(_, sum)| *sum);
        if sum <= line.available {
            let key = short_key(provider, line.currency);
            tickets::close(&mut tx, &key, "the provider holds enough for all payouts again").await?;
        }
    }
    Ok(tx.commit().await?)
}

async fn make(
    tx: &mut Tx,
    account: &Account,
    of: Vec<Settlement>,
    sum: Money,
    way: Way,
) -> Result<(), Refusal> {
    let now = tx.now();
    let timer = table::payout().timer_in(table::payout().start(), now);
    let (timer_transition, timer_at) = timer.map(|timer| (timer.transition, timer.at)).unzip();
    let payout = Payout {
        id: tx.new_id(),
        number: number(tx),
        seller: account.member,
        provider: account.provider.clone(),
        account_ref: account.account_ref.clone().unwrap_or_default(),
        currency: sum.currency,
        amount: sum.amount,
        fee: 0,
        state: table::payout().start().to_owned(),
        state_since: now,
        version: 1,
        timer_transition,
        timer_at,
        provider_ref: None,
        bank_label: account.bank_label.clone(),
        failure: None,
        expected_at: None,
        paid_at: None,
        created_at: now,
    };
    payouts::insert(tx, &payout, &of).await?;
    let step = match way {
        Way::Connected => "gather",
        Way::Direct => "gather_directly",
    };
    for one in of {
        fire::settlement(tx, one, step, &With::default()).await?;
    }
    fire::payout(tx, payout, "send", &Said::default()).await?;
    Ok(())
}

/// Nine letters and digits without those that look alike (Crockford's base 32); the first says what it is.
fn number(tx: &Tx) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 8] = tx.dice().bytes();
    std::iter::once('P')
        .chain(
            bytes.iter().filter_map(|b| LETTERS.get(usize::from(b % 32))).map(|letter| char::from(*letter)),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::MemberId;

    fn due(sum: i64, days: i64, last: Option<i64>) -> bool {
        let now = Moment::UNIX_EPOCH + Duration::days(1_000);
        let group = Group {
            seller: MemberId(uuid::Uuid::nil()),
            currency: Currency::EUR,
            sum,
            since: now - Duration::days(days),
            last: last.map(|days| now - Duration::days(days)),
        };
        is_due(now, &group, PayoutSchedule::Weekly, (1_000, 50))
    }

    #[test]
    fn what_is_too_little_waits_but_not_for_ever() {
        assert!(due(1_000, 3, None));
        assert!(!due(999, 3, None));
        assert!(due(999, 90, None));
        assert!(!due(49, 90, None), "the provider does not take it");
        assert!(!due(1_000, 3, Some(6)), "once a week");
        assert!(due(1_000, 3, Some(7)));
    }
}
