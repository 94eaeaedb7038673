//! Deals that look odd: of people who may be one person, or who send the same money round and round. Nobody is refused by a
//! guess: what was found is kept with the order, the money of some waits, and staff is asked to look.
//!
//! The rows of [`RULES`] are the ones of which the marketplace itself knows enough; stolen cards are the provider's to find.

use super::model::Order;
use super::store::{self, Locked};
use crate::accounts::devices;
use crate::holds::{self, NewHold};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{MemberId, OrderId, Refusal};
use platform::{Reader, Tx};
use process::Hold;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::Duration;

/// The version of the rules, which is kept with what they found.
const VERSION: u16 = 1;
/// How long the money of such a deal waits at most, from its payment: until most stolen cards are missed.
const HELD: Duration = Duration::days(30);
/// How long there is to look at it.
const DUE: Duration = Duration::days(3);

/// A rule: from `limit` on within `days`, it has found something.
#[derive(Debug)]
struct Rule {
    sign: Sign,
    days: i64,
    limit: i64,
    action: Action,
    /// Whom it watches: who sells on this step of trust or above is left alone.
    below_tier: i16,
}

/// What is done about what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Staff reads it with the order.
    Tell,
    /// The money waits, and a ticket asks staff to look.
    Hold,
}

/// What there is to be seen in a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Both sides sign in with the same browser.
    OneBrowser,
    /// The same two people deal again and again.
    Pair,
    /// The buyer has had much of what they bought refunded.
    Refunds,
}

const RULES: [Rule; 3] = [
    Rule { sign: Sign::OneBrowser, days: 90, limit: 1, action: Action::Hold, below_tier: i16::MAX },
    Rule { sign: Sign::Pair, days: 7, limit: 4, action: Action::Hold, below_tier: 2 },
    Rule { sign: Sign::Refunds, days: 90, limit: 4, action: Action::Tell, below_tier: i16::MAX },
];
/// Of so many purchases one was refunded, or more, for [`Sign::Refunds`].
const REFUNDED_OF: i64 = 5;

/// What one rule found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub sign: Sign,
    /// How many there were.
    pub count: i64,
    pub action: Action,
}

/// What was found of a deal, as it is kept with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Risk {
    pub version: u16,
    pub found: Vec<Found>,
}

impl Risk {
    fn holds(&self) -> bool {
        self.found.iter().any(|it| it.action == Action::Hold)
    }
}

/// What there is to count of a deal that is about to be made.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    pub one_browser: bool,
    /// Deals of the two, with this one.
    pub deals: i64,
    /// What the buyer bought, and how much of it was refunded.
    pub bought: i64,
    pub refunded: i64,
}

impl Facts {
    fn count(&self, sign: Sign) -> i64 {
        match sign {
            Sign::OneBrowser => i64::from(self.one_browser),
            Sign::Pair => self.deals,
            Sign::Refunds if self.refunded * REFUNDED_OF >= self.bought => self.refunded,
            Sign::Refunds => 0,
        }
    }
}

/// What the rules say of it; `tier` is the seller's.
fn judge(facts: &Facts, tier: i16) -> Risk {
    let found = RULES.iter().filter(|rule| tier < rule.below_tier && facts.count(rule.sign) >= rule.limit);
    let found =
        found.map(|rule| Found { sign: rule.sign, count: facts.count(rule.sign), action: rule.action });
    Risk { version: VERSION, found: found.collect() }
}

/// Looks at a deal before it is made, and keeps what was found with its order.
pub(super) async fn look(tx: &mut Tx, order: &Locked) -> Result<(), Refusal> {
    let (now, sides) = (tx.now(), (order.buyer, order.seller));
    let since = |sign: Sign| {
        let days = RULES.iter().find(|rule| rule.sign == sign).map_or(0, |rule| rule.days);
        now - Duration::days(days)
    };
    let (bought, refunded) = store::risk::refunds_of(tx, order.buyer, since(Sign::Refunds)).await?;
    let facts = Facts {
        one_browser: devices::share_one(tx, sides, since(Sign::OneBrowser)).await?,
        deals: 1 + store::risk::deals_between(tx, sides, since(Sign::Pair)).await?,
        bought,
        refunded,
    };
    let risk = judge(&facts, order.seller_tier);
    match risk.found.is_empty() {
        true => Ok(()),
        false => Ok(store::risk::keep(tx, order, &risk).await?),
    }
}

/// The deal was paid: if something was found that calls for it, the money waits and staff is asked.
pub(super) async fn act(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let risk = of(tx, order.id).await?;
    if !risk.holds() {
        return Ok(());
    }
    let until = Some(tx.now() + HELD);
    let hold = NewHold { order: order.id, kind: Hold::Fraud, because: "odd-deal", note: "", by: None, until };
    holds::put(tx, &hold).await?;
    let ticket = NewTicket {
        kind: Kind::OddDeal,
        key: &format!("odd_deal:{}", order.id),
        subject: Subject::Order(order.id),
        amount: Some(order.total),
        detail: json!({ "found": risk.found }),
        due: DUE,
    };
    tickets::open(tx, &ticket).await.map(drop)
}

/// What was found of a deal.
async fn of(reader: &mut Reader, order: OrderId) -> Result<Risk, Refusal> {
    Ok(store::risk::find(reader, order).await?)
}

/// What staff reads of it: on their own deals nothing, so that nobody learns how to be overlooked.
pub async fn shown(reader: &mut Reader, me: MemberId, order: &Order) -> Result<Vec<Found>, Refusal> {
    match order.side_of(me) {
        Some(_) => Ok(Vec::new()),
        None => Ok(of(reader, order.id).await?.found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(facts: Facts, tier: i16) -> Vec<Sign> {
        judge(&facts, tier).found.into_iter().map(|it| it.sign).collect()
    }

    #[test]
    fn a_first_deal_of_two_people_is_nothing_odd() {
        assert_eq!(judge(&Facts { deals: 1, ..Facts::default() }, 0).found, []);
        assert!(!judge(&Facts::default(), 0).holds());
    }

    #[test]
    fn each_rule_finds_from_its_limit_on() {
        assert_eq!(signs(Facts { one_browser: true, ..Facts::default() }, 3), [Sign::OneBrowser]);
        assert_eq!(signs(Facts { deals: 3, ..Facts::default() }, 0), []);
        assert_eq!(signs(Facts { deals: 4, ..Facts::default() }, 1), [Sign::Pair]);
        assert_eq!(signs(Facts { deals: 4, ..Facts::default() }, 2), [], "a regular of a shop");
        let refunds = |bought, refunded| signs(Facts { bought, refunded, ..Facts::default() }, 0);
        assert_eq!(refunds(20, 4), [Sign::Refunds]);
        assert_eq!(refunds(21, 4), [], "much was bought, too");
        assert_eq!(refunds(3, 3), []);
    }

    #[test]
    fn only_what_calls_for_it_makes_money_wait() {
        assert!(!judge(&Facts { bought: 4, refunded: 4, ..Facts::default() }, 0).holds());
        assert!(judge(&Facts { one_browser: true, bought: 4, refunded: 4, deals: 1 }, 0).holds());
    }

    #[test]
    fn what_was_kept_is_read_again() {
        let risk = judge(&Facts { one_browser: true, deals: 9, ..Facts::default() }, 0);
        assert_eq!(serde_json::from_value::<Risk>(json!(risk)).unwrap(), risk);
        assert_eq!(serde_json::from_str::<Risk>("{}").unwrap(), Risk::default());
    }
}
