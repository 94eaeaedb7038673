//! How sellers are paid out.

use serde::{Deserialize, Serialize};

/// How often a seller is paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayoutSchedule {
    Daily,
    Weekly,
    Monthly,
}

impl PayoutSchedule {
    pub const ALL: [Self; 3] = [Self::Daily, Self::Weekly, Self::Monthly];

    /// As it is written and kept. The words for people are the message `payout-schedule-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|schedule| schedule.name() == name)
    }

    /// Days from one payout to the next.
    pub const fn days(self) -> i64 {
        match self {
            Self::Daily => 1,
            Self::Weekly => 7,
            Self::Monthly => 30,
        }
    }
}

/// Where money goes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Payouts {
    /// How often who has not chosen is paid out.
    pub schedule: PayoutSchedule,
    /// The least that is paid out, in minor units of each currency.
    pub minimum: i64,
    /// Hours that another bank account waits before it is used.
    pub cool_hours: u32,
    /// Whether new sellers may sell so much and no more, until they are known.
    pub new_seller_limits: bool,
    /// Whether the money of deals that look odd waits until staff has looked.
    pub watch_deals: bool,
}

impl Default for Payouts {
    fn default() -> Self {
        Self {
            schedule: PayoutSchedule::Weekly,
            minimum: 1_000,
            cool_hours: 72,
            new_seller_limits: true,
            watch_deals: true,
        }
    }
}
