//! What payouts do later, as arguments of jobs; `jobs` does it.

use kernel::{MemberId, PayoutId, SettlementId};
use platform::jobs::Job;
use serde::{Deserialize, Serialize};

/// Money hangs on these, so they are tried for days.
const PATIENT: i32 = 60;

/// Asks the provider for what a settlement's state wants: a transfer, or one back.
#[derive(Serialize, Deserialize, Debug)]
pub struct MoveSettlement {
    pub settlement: SettlementId,
    pub provider: String,
}

impl Job for MoveSettlement {
    const KIND: &'static str = "payouts.move_settlement";
    const TRIES_MAX: i32 = PATIENT;
}

/// Asks the provider for a payout, or how it is getting on.
#[derive(Serialize, Deserialize, Debug)]
pub struct MovePayout {
    pub payout: PayoutId,
    pub provider: String,
}

impl Job for MovePayout {
    const KIND: &'static str = "payouts.look_up";
    const TRIES_MAX: i32 = PATIENT;
}

/// Asks the provider how a seller's account is.
#[derive(Serialize, Deserialize, Debug)]
pub struct SyncAccount {
    pub member: MemberId,
    pub provider: String,
}

impl Job for SyncAccount {
    const KIND: &'static str = "payouts.sync_account";
    const TRIES_MAX: i32 = PATIENT;
}

/// Declares jobs that are done again and again, and take nothing.
macro_rules! recurring {
    ($($(#[$doc:meta])* $name:ident => $kind:literal)+) => {$(
        $(#[$doc])*
        #[derive(Serialize, Deserialize, Debug, Default)]
        pub struct $name {}

        impl Job for $name {
            const KIND: &'static str = $kind;
        }
    )+};
}

recurring! {
    /// Lets go of what has waited long enough.
    Clear => "payouts.clear"
    /// Sends what may go to sellers' accounts, and lets go on what came back.
    Move => "payouts.move"
    /// Makes payouts of what is due.
    Gather => "payouts.gather"
    /// Does what silence does.
    Timers => "payouts.timer"
    /// Counts how far sellers are trusted.
    CountTiers => "payouts.tiers"
    /// Reminds sellers of details that are missing, and of debts.
    Remind => "payouts.remind"
    /// Asks after all accounts, in case that news got lost.
    SyncAccounts => "payouts.sync_accounts"
}
