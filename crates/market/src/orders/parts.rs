//! What of an order's money is whose when a part of it goes back: pure.
//!
//! Everything is counted anew from what was frozen at sale and from all that went back so far, never from what was left
//! the last time. So parts add up to the last unit, whatever their number.

use super::model::Order;
use crate::fees::{self, Frozen};
use crate::tax::{Decision, Liable, PartKind};
use kernel::{Money, Refusal, TaxPlace};

/// What is left of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub items: Money,
    pub shipping: Money,
    pub commission: Money,
    pub buyer_fee: Money,
    /// For tax offices: on top of the price, and within it.
    pub tax: Money,
    pub tax_included: Money,
    /// What of the commission and of the buyer's fee is tax.
    pub commission_tax: Money,
    pub buyer_fee_tax: Money,
}

impl Left {
    /// What the seller gets of it.
    pub fn seller(&self) -> Money {
        let goods = self.items.amount + self.shipping.amount;
        let kept = self.commission.amount + self.tax_included.amount;
        Money::new(goods - kept, self.items.currency)
    }
}

/// The most that can go back as a part: what the goods, their postage and the tax on them cost. The buyer's fee goes back
/// only with everything; where there is none, something must be left.
pub fn most(order: &Order) -> Money {
    let goods = order.items.amount + order.shipping.amount + order.tax.amount;
    Money::new(goods.min(order.total.amount - 1), order.currency)
}

/// What is left when `back` of the order goes back, all refunds together. Errors: `Conflict("refund-too-much")`.
pub fn left(order: &Order, back: Money) -> Result<Left, Refusal> {
    let zero = Money::zero(order.currency);
    if back.amount < 0 || back.amount > order.total.amount {
        return Err(Refusal::Conflict("refund-too-much"));
    }
    if back.is_zero() {
        return Ok(whole(order));
    }
    let goods = order.items.plus(order.shipping)?;
    let gross = goods.plus(order.tax)?;
    if back.amount > gross.amount {
        // The goods are paid back, and some of the buyer's fee, or all: a bank takes what it wants.
        let buyer_fee = order.total.minus(back)?;
        let buyer_fee_tax = share(order.buyer_fee_tax, buyer_fee, order.buyer_fee);
        return Ok(Left {
            items: zero,
            shipping: zero,
            commission: zero,
            buyer_fee,
            tax: zero,
            tax_included: zero,
            commission_tax: zero,
            buyer_fee_tax,
        });
    }
    let of_goods = share(back, goods, gross);
    let tax = order.tax.minus(back.minus(of_goods)?)?;
    let frozen = Frozen {
        items: order.items,
        shipping: order.shipping,
        commission: order.commission,
        buyer_fee: order.buyer_fee,
    };
    let counted = fees::after_refund(&order.fee_rule, &frozen, of_goods)?;
    let rest = counted.items.plus(counted.shipping)?;
    let tax_included = share(order.tax_included, rest, goods);
    // The marketplace never takes more than there is.
    let commission =
        Money::new(counted.commission.amount.min(rest.amount - tax_included.amount).max(0), order.currency);
    Ok(Left {
        items: counted.items,
        shipping: counted.shipping,
        commission,
        buyer_fee: counted.buyer_fee,
        tax,
        tax_included,
        commission_tax: share(order.commission_tax, commission, order.commission),
        buyer_fee_tax: order.buyer_fee_tax,
    })
}

/// What of `amount` is tax on the goods, when it goes back after `before`. Errors: as [`left`].
pub fn tax_in(order: &Order, before: Money, amount: Money) -> Result<Money, Refusal> {
    let taxes = |it: &Left| it.tax.amount + it.tax_included.amount;
    let (first, then) = (left(order, before)?, left(order, before.plus(amount)?)?);
    Ok(Money::new((taxes(&first) - taxes(&then)).clamp(0, amount.amount), order.currency))
}

/// An order of which nothing went back.
fn whole(order: &Order) -> Left {
    Left {
        items: order.items,
        shipping: order.shipping,
        commission: order.commission,
        buyer_fee: order.buyer_fee,
        tax: order.tax,
        tax_included: order.tax_included,
        commission_tax: order.commission_tax,
        buyer_fee_tax: order.buyer_fee_tax,
    }
}

/// The share of `of` that `part` is of `whole`, rounded down: all of it for the whole.
fn share(of: Money, part: Money, whole: Money) -> Money {
    if whole.amount <= 0 {
        return Money::zero(of.currency);
    }
    let exact = i128::from(of.amount) * i128::from(part.amount) / i128::from(whole.amount);
    Money::new(i64::try_from(exact).unwrap_or(of.amount), of.currency)
}

/// Whose the money is: what the books call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub seller: Money,
    /// Both without the tax within them.
    pub commission: Money,
    pub buyer_fee: Money,
    /// What tax offices get, one line for each decision.
    pub taxes: Vec<(TaxPlace, Money)>,
}

/// Shares out what is left, by the decisions that were frozen at sale. Errors: a tax is left that nobody decided about.
pub fn shared(left: &Left, decisions: &[Decision]) -> Result<Shared, Refusal> {
    let sums = [left.tax, left.tax_included, left.commission_tax, left.buyer_fee_tax];
    let mut taxes = Vec::new();
    for (class, sum) in Class::ALL.into_iter().zip(sums) {
        let ours: Vec<&Decision> = decisions.iter().filter(|it| Class::of(it) == Some(class)).collect();
        if ours.is_empty() {
            if !sum.is_zero() {
                return Err(Refusal::broken(format!("{class:?} is taxed, and nobody decided so")));
            }
            continue;
        }
        let weights: Vec<u64> = ours.iter().map(|it| it.amount.amount.unsigned_abs()).collect();
        let parts = sum.split(&weights)?;
        taxes.extend(ours.iter().map(|it| it.place).zip(parts));
    }
    Ok(Shared {
        seller: left.seller(),
        commission: left.commission.minus(left.commission_tax)?,
        buyer_fee: left.buyer_fee.minus(left.buyer_fee_tax)?,
        taxes,
    })
}

/// What is taken back between two states of an order's money; `after` is the later one, of the same decisions.
/// Errors: overflow.
pub fn taken(before: &Shared, after: &Shared) -> Result<Shared, Refusal> {
    let mut taxes = Vec::new();
    for ((place, before), (_, after)) in before.taxes.iter().zip(&after.taxes) {
        taxes.push((*place, before.minus(*after)?));
    }
    let mut taken = Shared {
        seller: before.seller.minus(after.seller)?,
        commission: before.commission.minus(after.commission)?,
        buyer_fee: before.buyer_fee.minus(after.buyer_fee)?,
        taxes,
    };
    taken.even();
    Ok(taken)
}

impl Shared {
    /// No side of an entry is negative: units that rounding moved between lines are taken where there are some, from the
    /// marketplace's own first.
    fn even(&mut self) {
        let taxes = self.taxes.iter_mut().map(|(_, amount)| amount);
        let own = [&mut self.commission, &mut self.buyer_fee].into_iter();
        let mut lines: Vec<&mut Money> = own.chain(taxes).chain([&mut self.seller]).collect();
        let mut missing: i64 = 0;
        for line in lines.iter_mut().filter(|line| line.amount < 0) {
            missing -= line.amount;
            line.amount = 0;
        }
        for line in lines {
            let from_here = missing.min(line.amount);
            line.amount -= from_here;
            missing -= from_here;
        }
    }
}

/// Which sum of an order a decision about taxes is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    OnTop,
    Included,
    Commission,
    BuyerFee,
}

impl Class {
    const ALL: [Self; 4] = [Self::OnTop, Self::Included, Self::Commission, Self::BuyerFee];

    /// Nothing for what the marketplace does not owe.
    fn of(decision: &Decision) -> Option<Self> {
        if decision.liable != Liable::Platform || decision.amount.is_zero() {
            return None;
        }
        Some(match (decision.part, decision.included) {
            (PartKind::Commission, _) => Self::Commission,
            (PartKind::BuyerFee, true) => Self::BuyerFee,
            (_, false) => Self::OnTop,
            (PartKind::Item | PartKind::Shipping, true) => Self::Included,
        })
    }
}

/// What tax offices get of a sale, as an order keeps it: on top, within the price, within the commission, within the
/// buyer's fee. Errors: overflow.
pub fn taxes_of(decisions: &[Decision], zero: Money) -> Result<[Money; 4], Refusal> {
    let mut sums = [zero; 4];
    for decision in decisions {
        let class = Class::of(decision);
        for (sum, _) in sums.iter_mut().zip(Class::ALL).filter(|(_, it)| Some(*it) == class) {
            *sum = sum.plus(decision.amount)?;
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests;
