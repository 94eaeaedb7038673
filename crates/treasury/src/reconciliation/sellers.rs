//! What sellers have at a provider, and what was paid out to them.

use super::model::{Finding, FindingKind};
use super::reading;
use super::store::runs;
use super::store::sellers::{self as store, Account, Payout};
use super::working::Working;
use crate::payments::provider::{ProviderBalance, Way};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, Moment, Money, Refusal};
use platform::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::Duration;

/// Accounts are looked into that something is mirrored of, or was so long ago.
const LATELY: Duration = Duration::days(4);
/// Payouts are looked at from when their line must be there, until a month is over.
const PAYOUTS: (Duration, Duration) = (Duration::days(2), Duration::days(32));
/// How long there is for looking at it.
const DUE: Duration = Duration::days(2);

/// What a seller has in one currency: as we mirrored it, and as the provider says.
struct Mirror {
    account: Account,
    currency: Currency,
    ours: i64,
    theirs: i64,
}

/// Sellers' own accounts. Where something moves just now, the two may differ, and it is looked at the next time.
pub(super) async fn mirrors(w: &Working<'_>) -> Result<Vec<Finding>, Refusal> {
    if w.provider.caps().way != Way::Connected {
        return Ok(Vec::new());
    }
    let since = w.db.now() - LATELY;
    let accounts = store::accounts(&mut w.db.read().await?, w.name(), since).await?;
    let mut found = Vec::new();
    for account in accounts {
        let before = store::mirrored(&mut w.db.read().await?, w.name(), account.member).await?;
        let read = reading::read(w.db, w.provider, Some(&account.reference)).await?;
        let mut tx = w.db.begin().await?;
        runs::is_alive(&mut tx, w.run).await?;
        let ours = store::mirrored(&mut tx, w.name(), account.member).await?;
        let moves = ours != before || store::is_moving(&mut tx, w.name(), account.member).await?;
        if let (Some((said, _)), false) = (&read.balance, moves) {
            for (currency, (ours, theirs)) in beside(&ours, said) {
                let account = Account { member: account.member, reference: account.reference.clone() };
                found.extend(mirror(&mut tx, w, &Mirror { account, currency, ours, theirs }).await?);
            }
        }
        tx.commit().await?;
    }
    Ok(found)
}

fn beside(ours: &[(Currency, i64)], said: &[ProviderBalance]) -> BTreeMap<Currency, (i64, i64)> {
    let mut all: BTreeMap<Currency, (i64, i64)> = BTreeMap::new();
    for (currency, amount) in ours {
        all.entry(*currency).or_default().0 += amount;
    }
    for balance in said {
        all.entry(balance.currency).or_default().1 += balance.pending + balance.available;
    }
    all
}

async fn mirror(tx: &mut Tx, w: &Working<'_>, it: &Mirror) -> Result<Option<Finding>, Refusal> {
    let key = format!("mirror_differs:{}:{}:{}", w.name(), it.account.member, it.currency);
    if it.ours == it.theirs {
        tickets::close(tx, &key, "Both hold the same again.").await?;
        return Ok(None);
    }
    let detail = json!({ "provider": w.name(), "account": it.account.reference, "ours": it.ours, "theirs": it.theirs });
    let (subject, amount) = (Subject::Member(it.account.member), it.theirs - it.ours);
    let ticket = ticket(tx, &key, subject, Money::new(amount, it.currency), detail).await?;
    Ok(Some(Finding {
        kind: FindingKind::MirrorDiffers,
        about: it.account.reference.clone(),
        entry: None,
        ours: Some(it.ours),
        theirs: Some(it.theirs),
        currency: it.currency,
        ticket: Some(ticket),
        suspense: None,
    }))
}

/// Payouts, against their parts, the books, and the sellers' statements.
pub(super) async fn payouts(tx: &mut Tx, w: &Working<'_>, now: Moment) -> Result<Vec<Finding>, Refusal> {
    let mut found = Vec::new();
    let (youngest, oldest) = PAYOUTS;
    for payout in store::payouts(tx, w.name(), (now - oldest, now - youngest)).await? {
        let Some(theirs) = differs(&payout) else { continue };
        let detail = json!({ "provider": w.name(), "payout": payout.number, "parts": payout.parts, "booked": payout.booked,
            "stated": payout.stated });
        let key = format!("payout_differs:{}", payout.payout);
        let money = Money::new(payout.amount, payout.currency);
        let ticket = ticket(tx, &key, Subject::Payout(payout.payout), money, detail).await?;
        found.push(Finding {
            kind: FindingKind::PayoutDiffers,
            about: payout.number,
            entry: None,
            ours: Some(payout.amount),
            theirs: Some(theirs),
            currency: payout.currency,
            ticket: Some(ticket),
            suspense: None,
        });
    }
    Ok(found)
}

/// What it is instead, if it is not what it should be.
fn differs(payout: &Payout) -> Option<i64> {
    let stated = payout.has_statement.then(|| payout.stated.unwrap_or(0));
    [Some(payout.parts), Some(payout.booked), stated].into_iter().flatten().find(|it| *it != payout.amount)
}

async fn ticket(
    tx: &mut Tx,
    key: &str,
    subject: Subject,
    amount: Money,
    detail: Value,
) -> Result<kernel::TicketId, Refusal> {
    let new = NewTicket { kind: Kind::BalanceDiffers, key, subject, amount: Some(amount), detail, due: DUE };
    tickets::open(tx, &new).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::PayoutId;
    use uuid::Uuid;

    fn payout() -> Payout {
        Payout {
            payout: PayoutId(Uuid::nil()),
            number: "P-1".to_owned(),
            amount: 500,
            currency: Currency::EUR,
            parts: 500,
            booked: 500,
            stated: None,
            has_statement: false,
        }
    }

    #[test]
    fn a_payout_is_what_its_parts_the_books_and_the_statement_say() {
        assert_eq!(differs(&payout()), None);
        assert_eq!(differs(&Payout { parts: 499, ..payout() }), Some(499));
        assert_eq!(differs(&Payout { booked: 0, ..payout() }), Some(0));
        assert_eq!(
            differs(&Payout { has_statement: true, ..payout() }),
            Some(0),
            "it is not in the statement"
        );
        assert_eq!(differs(&Payout { has_statement: true, stated: Some(500), ..payout() }), None);
    }
}
