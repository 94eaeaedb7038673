//! Rules, and counting by them.

use kernel::money::MoneyError;
use kernel::{Currency, FeeRuleId, Moment, Money};
use serde::{Deserialize, Serialize};

/// A fee: a share and a fixed part, between a least and a most. Minor units of the sale's currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// Basis points.
    pub bp: i64,
    pub fixed: i64,
    pub min: i64,
    pub cap: Option<i64>,
}

impl Fee {
    /// The fee on a price: share and fixed part, at least `min`, at most `cap`, and never more than the price itself.
    /// Errors: overflow.
    pub fn of(&self, price: Money) -> Result<Money, MoneyError> {
        let counted = price.basis_points(self.bp)?.plus(Money::new(self.fixed, price.currency))?;
        let bounded = counted.amount.max(self.min).min(self.cap.unwrap_or(i64::MAX));
        Ok(Money::new(bounded.min(price.amount), price.currency))
    }
}

/// The rule by which a sale's fees are counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// `None` for what counts where no rule fits: the settings.
    pub rule: Option<FeeRuleId>,
    /// Out of the seller's part, on the price of the items.
    pub commission: Fee,
    /// On top for the buyer, on the same.
    pub buyer: Fee,
}

/// The rules that an order was sold under: `orders.fee_rule`. Mostly it is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SoldUnder {
    One(FeeRule),
    /// Each with what it is for, the dearest first: its least, its most and its fixed part count once, on all of that.
    Several(Vec<RuleFor>),
}

/// A rule, and the price of the items that it is for, minor units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFor {
    pub rule: FeeRule,
    pub items: i64,
}

impl SoldUnder {
    /// The commission when `left` is left of all that the items cost. Of which things a part goes back nobody says, so each
    /// rule counts on its share of what is left, rounded down: no part of a fee ever rises when more goes back.
    /// Errors: overflow.
    pub fn commission(&self, left: Money) -> Result<Money, MoneyError> {
        let rules = match self {
            Self::One(rule) => return rule.commission.of(left),
            Self::Several(rules) => rules,
        };
        let whole: i128 = rules.iter().map(|it| i128::from(it.items)).sum();
        let mut sum = Money::zero(left.currency);
        for RuleFor { rule, items } in rules {
            let share = i128::from(left.amount) * i128::from(*items) / whole.max(1);
            let share = i64::try_from(share).map_err(|_| MoneyError::Overflow)?;
            sum = sum.plus(rule.commission.of(Money::new(share, left.currency))?)?;
        }
        Ok(sum)
    }
}

/// What is sold: rules are chosen by it.
#[derive(Clone, Copy, Debug)]
pub struct Sale<'a> {
    pub category: Option<&'a str>,
    /// How far the seller is trusted.
    pub tier: i16,
    pub business: bool,
    pub currency: Currency,
}

/// What an order froze at sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frozen {
    pub items: Money,
    pub shipping: Money,
    pub commission: Money,
    pub buyer_fee: Money,
}

/// What is left of it after something went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recounted {
    pub items: Money,
    pub shipping: Money,
    pub commission: Money,
    pub buyer_fee: Money,
}

/// A rule as staff writes it. Of those that fit a sale the first by `position` counts.
#[derive(Clone, Debug)]
pub struct NewRule {
    pub position: i32,
    /// 2 to 80 characters.
    pub title: String,
    /// For this category and everything in it.
    pub category: Option<String>,
    /// For sellers of this step of trust.
    pub tier: Option<i16>,
    pub business: Option<bool>,
    /// Amounts are of it. A rule without one is for every currency, and has shares only.
    pub currency: Option<Currency>,
    pub commission: Fee,
    /// Its `min` is nothing.
    pub buyer: Fee,
    /// From when on it counts; not in the past.
    pub begins_at: Moment,
}

/// A rule as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub position: i32,
    pub title: String,
    pub category: Option<String>,
    pub tier: Option<i16>,
    pub business: Option<bool>,
    pub currency: Option<Currency>,
    pub begins_at: Moment,
    pub ends_at: Option<Moment>,
    /// What is frozen into an order that it counts for.
    pub fees: FeeRule,
}

impl Rule {
    /// Whether it counts for a sale. A category is a path: `home` fits `home.lamps`, and not
    /// `homeware`.
    pub fn fits(&self, sale: &Sale<'_>) -> bool {
        let within = |ours: &str| {
            let rest = sale.category.and_then(|theirs| theirs.strip_prefix(ours));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.category.as_deref().is_none_or(within)
            && self.tier.is_none_or(|tier| tier == sale.tier)
            && self.business.is_none_or(|business| business == sale.business)
            && self.currency.is_none_or(|currency| currency == sale.currency)
    }
}
