//! `expand[]`: things in the place of their ids.

use super::accounts::Account;
use super::charges::Charge;
use super::disputes::{self, Dispute};
use super::lines;
use super::payments::Payment;
use super::payouts::Payout;
use super::refunds::Refund;
use super::reversals::Reversal;
use super::transfers::Transfer;
use crate::books::BooksError;
use crate::money::Line;
use crate::problem::Problem;
use crate::world::Work;
use futures_util::future::BoxFuture;
use serde_json::Value;

/// How deep a path may go, as with the real one.
const DEPTH_MAX: usize = 4;

/// Puts things in the place of their ids, as the paths say.
pub async fn expand(work: &mut Work, value: &mut Value, paths: &[&str]) -> Result<(), Problem> {
    for path in paths {
        let parts: Vec<&str> = path.split('.').collect();
        if parts.len() > DEPTH_MAX {
            let message = format!("You cannot expand more than {DEPTH_MAX} levels of a property.");
            return Err(Problem::wrong("expand", message));
        }
        follow(work, value, &parts).await?;
    }
    Ok(())
}

fn follow<'a>(
    work: &'a mut Work,
    value: &'a mut Value,
    parts: &'a [&'a str],
) -> BoxFuture<'a, Result<(), BooksError>> {
    Box::pin(async move {
        let Some((name, rest)) = parts.split_first() else { return Ok(()) };
        let Some(inner) = value.get_mut(*name) else { return Ok(()) };
        if let Value::Array(items) = inner {
            for item in items {
                follow(work, item, rest).await?;
            }
            return Ok(());
        }
        let id = inner.as_str().map(str::to_owned);
        if let Some(id) = id
            && let Some(thing) = thing(work, &id).await?
        {
            *inner = thing;
        }
        follow(work, inner, rest).await
    })
}

/// The thing with this id, as Stripe shows it, if it is one that can be shown in the place of its id.
async fn thing(work: &mut Work, id: &str) -> Result<Option<Value>, BooksError> {
    let prefix = id.split('_').next().unwrap_or_default();
    Ok(match prefix {
        "pi" | "pay" => work.load::<Payment>(id).await?.map(|p| p.shown(work.world())),
        "ch" | "py" => work.load::<Charge>(id).await?.map(|c| c.shown()),
        "re" => work.load::<Refund>(id).await?.map(|r| r.shown()),
        "po" => work.load::<Payout>(id).await?.map(|p| p.shown()),
        "acct" => work.load::<Account>(id).await?.map(|a| a.shown()),
        "trr" => work.load::<Reversal>(id).await?.map(|r| r.shown()),
        "txn" => work.load::<Line>(id).await?.map(|l| lines::shown(&l, work.stamp())),
        "tr" => match work.load::<Transfer>(id).await? {
            Some(transfer) => {
                let reversals = work.children::<Reversal>(id).await?;
                Some(transfer.shown(&reversals))
            }
            None => None,
        },
        "du" => match work.load::<Dispute>(id).await? {
            Some(dispute) => Some(disputes::shown(work, &dispute).await?),
            None => None,
        },
        _ => None,
    })
}
