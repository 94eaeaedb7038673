//! What the books do later.

use super::Market;
use crate::reconciliation::solvency;
use crate::tickets::{self, Kind, NewTicket, Subject};
use ::ledger::Account;
use ::ledger::ages::{self, Late};
use ::ledger::seal::{KeepRoot, Seal};
use kernel::Refusal;
use platform::jobs::{Job, Outcome, Registry};
use platform::{Db, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

/// How long there is for looking at it.
const DUE: time::Duration = time::Duration::days(1);

/// Every hour: opens tickets for money that stands too long on its way, and for what providers hold too little of.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct WatchBooks {}

impl Job for WatchBooks {
    const KIND: &'static str = "ledger.watch";
}

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    registry
        .on(|m: Market, _: Seal| async move { Seal::run(&m.db).await })
        .on(|m: Market, _: KeepRoot| async move { KeepRoot::run(&m.db, &m.objects).await })
        .on(|m: Market, _: WatchBooks| async move { watch(&m.db).await })
        .every(MINUTE, &Seal {})
        .every(HOUR, &KeepRoot {})
        .every(HOUR, &WatchBooks {})
}

async fn watch(db: &Db) -> Outcome {
    let mut tx = db.begin().await?;
    let now = tx.now();
    for late in ages::late(&mut tx, now).await? {
        tell_late(&mut tx, &late).await?;
    }
    solvency::tell(&mut tx).await?;
    Ok(tx.commit().await?)
}

async fn tell_late(tx: &mut Tx, late: &Late) -> Result<(), Refusal> {
    let key = format!("transit_old:{}", late.code);
    let ticket = NewTicket {
        kind: Kind::TransitOld,
        key: &key,
        subject: about(&late.account),
        amount: Some(late.money),
        detail: json!({ "account": late.code, "days": late.age.whole_days() }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await?;
    Ok(())
}

const fn about(account: &Account) -> Subject {
    match account {
        Account::RefundInTransit(order)
        | Account::BuyerDue(order)
        | Account::DisputeHeld(order)
        | Account::DisputeReserve(order)
        | Account::Deposit(order, _) => Subject::Order(*order),
        Account::PayoutInTransit(member, _) => Subject::Member(*member),
        Account::SentOut(payout) => Subject::Payout(*payout),
        _ => Subject::Nothing,
    }
}
