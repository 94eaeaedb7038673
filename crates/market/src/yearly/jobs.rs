//! Asking sellers who they are before the law wants to know, reminding them, and stopping their payouts at its limit.

use super::gather::gather;
use super::letters;
use super::model::{Months, home};
use super::rules::{Rates, dac7_tells, is_asked};
use crate::accounts::model::Member;
use crate::accounts::rules as accounts;
use crate::tax::day_in;
use crate::tax::profile::{self, kept};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, MemberId, Refusal};
use platform::config::Config;
use platform::jobs::{Job, Outcome};
use platform::vault::Vault;
use platform::{Db, Tx, mail};
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::Duration;

/// How long a seller has before they are reminded, and how often they are.
const PATIENCE: Duration = Duration::days(14);
const REMINDERS: i16 = 2;
/// Sellers that are reminded in one transaction.
const AT_ONCE: i64 = 100;
/// How long staff has for it.
const DUE: Duration = Duration::days(14);

/// Every day: asks sellers who come near the limits of this year, and stops the payouts of those who have reached them and
/// have not answered.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Ask {}

impl Job for Ask {
    const KIND: &'static str = "yearly.ask";
}

/// Every day: reminds who was asked, and forgets what was kept long enough of who has left.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Remind {}

impl Job for Remind {
    const KIND: &'static str = "yearly.remind";
}

pub async fn ask(db: &Db, config: &Config, _: Ask) -> Outcome {
    if !config.tax.ask_sellers {
        return Ok(());
    }
    let mut reader = db.read().await?;
    let home = home(&config.operator);
    let year = day_in(home, reader.now()).year();
    let all = gather(&mut reader, home, year).await?;
    let rates = Rates::of(&mut reader, year).await?;
    drop(reader);
    for (seller, months) in &all {
        let (sales, cents) = so_far(months, &rates)?;
        if is_asked(sales, cents) {
            let mut tx = db.begin().await?;
            look_at(&mut tx, *seller, dac7_tells(sales, cents), &config.server.base_url).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Sales, and euro cents. What no rate is known for counts by the number of its sales alone.
fn so_far(months: &Months, rates: &Rates) -> Result<(i64, i64), Refusal> {
    match rates.whole(months, Currency::EUR) {
        Ok(year) => Ok((year.sales, year.consideration.amount)),
        Err(Refusal::Conflict(_)) => Ok((months.values().map(|sums| sums.sales).sum(), 0)),
        Err(refusal) => Err(refusal),
    }
}

/// Asks a seller; or stops their payouts, on a later day than that.
async fn look_at(tx: &mut Tx, seller: MemberId, is_due: bool, base_url: &str) -> Result<(), Refusal> {
    let Some(member) = here(tx, seller).await? else { return Ok(()) };
    let standing = profile::standing(tx, seller).await?;
    if standing.given_at.is_some() {
        return Ok(());
    }
    if standing.asked_at.is_none() {
        profile::rules::asked(tx, seller).await?;
        mail::queue(tx, letters::asked(&member, base_url)).await?;
    } else if is_due && profile::rules::stop(tx, seller).await? {
        mail::queue(tx, letters::stopped(&member, base_url)).await?;
        let key = profile::rules::ticket(seller);
        let new = NewTicket {
            kind: Kind::TaxSeller,
            key: &key,
            subject: Subject::Member(seller),
            amount: None,
            detail: json!({ "stopped": true }),
            due: DUE,
        };
        tickets::open(tx, &new).await?;
    }
    Ok(())
}

pub async fn remind(db: &Db, config: &Config, vault: &Vault, _: Remind) -> Outcome {
    let mut tx = db.begin().await?;
    kept::prune(&mut tx, vault).await?;
    tx.commit().await?;
    if !config.tax.ask_sellers {
        return Ok(());
    }
    loop {
        let mut tx = db.begin().await?;
        let before = tx.now() - PATIENCE;
        let some = profile::rules::unanswered(&mut tx, REMINDERS, before, AT_ONCE).await?;
        if some.is_empty() {
            return Ok(());
        }
        for seller in some {
            profile::rules::reminded(&mut tx, seller).await?;
            if let Some(member) = here(&mut tx, seller).await? {
                mail::queue(&mut tx, letters::again(&member, &config.server.base_url)).await?;
            }
        }
        tx.commit().await?;
    }
}

/// Who can be written to.
async fn here(tx: &mut Tx, seller: MemberId) -> Result<Option<Member>, Refusal> {
    let member = accounts::find(tx, seller).await?;
    Ok(member.filter(|member| !member.is_gone() && member.leaving.is_none()))
}
