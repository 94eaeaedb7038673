//! Taking an order that was released apart again: who got how much of it, as the books say.

use crate::orders::model::Order;
use crate::tax::{self, Liable, PartKind};
use kernel::money::MoneyError;
use kernel::{Money, Refusal, TaxPlace};
use ledger::Account;
use platform::Reader;

/// Entries by which an order's money was shared, and taken back of those who had it.
const KINDS: [&str; 3] = ["release", "clawback", "dispute_lost_after"];

/// What of an order is with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::chargebacks) struct Whole {
    pub seller: Money,
    pub commission: Money,
    pub buyer_fee: Money,
    pub taxes: Vec<(TaxPlace, Money)>,
}

impl Whole {
    /// What is with whom now; nothing where the order was never released.
    pub(in crate::chargebacks) async fn of(reader: &mut Reader, order: &Order) -> Result<Self, Refusal> {
        let zero = Money::zero(order.currency);
        let mut whole = Self { seller: zero, commission: zero, buyer_fee: zero, taxes: Vec::new() };
        for line in ledger::lines_of(reader, order.id).await? {
            if !KINDS.contains(&line.kind.as_str()) || line.amount.currency != order.currency {
                continue;
            }
            match line.account {
                Account::SellerPayable(_)
                | Account::SellerReserve(_)
                | Account::SellerReceivable(_)
                | Account::DisputeReserve(_) => whole.seller = whole.seller.minus(line.amount)?,
                Account::Commission => whole.commission = whole.commission.minus(line.amount)?,
                Account::BuyerFee => whole.buyer_fee = whole.buyer_fee.minus(line.amount)?,
                Account::Tax(place) => whole.tax(place, line.amount)?,
                _ => {}
            }
        }
        Ok(whole)
    }

    /// Who would get what of an order's price if all of it were released.
    pub(in crate::chargebacks) async fn expected(
        reader: &mut Reader,
        order: &Order,
    ) -> Result<Self, Refusal> {
        let zero = Money::zero(order.currency);
        let (commission, buyer_fee) = (order.commission, order.buyer_fee);
        let mut others = Self { seller: zero, commission, buyer_fee, taxes: Vec::new() };
        for decision in tax::of_order(reader, order.id).await? {
            if decision.liable != Liable::Platform || decision.amount.is_zero() {
                continue;
            }
            // What is owed to a tax office stands on the credit side, as above.
            others.tax(decision.place, zero.minus(decision.amount)?)?;
            match decision.part {
                PartKind::Commission => others.commission = others.commission.minus(decision.amount)?,
                PartKind::BuyerFee => others.buyer_fee = others.buyer_fee.minus(decision.amount)?,
                PartKind::Item | PartKind::Shipping => {}
            }
        }
        others.seller = order.total.minus(others.total()?)?;
        Ok(others)
    }

    /// Takes a line of the books into account: credits are negative.
    fn tax(&mut self, place: TaxPlace, amount: Money) -> Result<(), MoneyError> {
        match self.taxes.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => *sum = sum.minus(amount)?,
            None => self.taxes.push((place, Money::zero(amount.currency).minus(amount)?)),
        }
        Ok(())
    }

    /// All of it. Errors: overflow.
    pub(in crate::chargebacks) fn total(&self) -> Result<Money, MoneyError> {
        let taxes = self.taxes.iter().map(|(_, amount)| *amount);
        let own = [self.seller, self.commission, self.buyer_fee];
        Money::sum(self.seller.currency, own.into_iter().chain(taxes))
    }

    /// A part of it, of everybody the same share, to the last unit; all of it where it is not more. Errors: overflow.
    pub(in crate::chargebacks) fn cut(&self, amount: Money) -> Result<Self, MoneyError> {
        let total = self.total()?;
        if amount.amount >= total.amount {
            return Ok(self.clone());
        }
        let own = [self.seller, self.commission, self.buyer_fee];
        let taxes = self.taxes.iter().map(|(_, amount)| *amount);
        let weights: Vec<u64> =
            own.into_iter().chain(taxes).map(|part| part.amount.max(0).unsigned_abs()).collect();
        let parts = amount.split(&weights)?;
        let at = |n: usize| parts.get(n).copied().unwrap_or(Money::zero(amount.currency));
        let taxes = self.taxes.iter().enumerate().map(|(n, (place, _))| (*place, at(3 + n))).collect();
        Ok(Self { seller: at(0), commission: at(1), buyer_fee: at(2), taxes })
    }
}

/// What lost chargebacks have taken from an order's seller.
pub(super) async fn lost_by_seller(reader: &mut Reader, order: &Order) -> Result<Money, Refusal> {
    let mut lost = Money::zero(order.currency);
    for line in ledger::lines_of(reader, order.id).await? {
        let is_sellers = matches!(
            line.account,
            Account::SellerPayable(_)
                | Account::SellerReserve(_)
                | Account::SellerReceivable(_)
                | Account::DisputeReserve(_)
        );
        if is_sellers && line.kind == "dispute_lost_after" && line.amount.currency == order.currency {
            lost = lost.plus(line.amount)?;
        }
    }
    Ok(lost)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    #[test]
    fn a_part_is_the_same_share_of_everybody() {
        let place = TaxPlace::parse("DE").unwrap();
        let whole = Whole {
            seller: eur(9_000),
            commission: eur(1_000),
            buyer_fee: eur(500),
            taxes: vec![(place, eur(750))],
        };
        assert_eq!(whole.total(), Ok(eur(11_250)));
        assert_eq!(whole.cut(eur(11_250)).unwrap(), whole);
        assert_eq!(whole.cut(eur(99_999)).unwrap(), whole, "there is no more");
        for amount in [0, 1, 2, 3, 4_567, 11_249] {
            let part = whole.cut(eur(amount)).unwrap();
            assert_eq!(part.total(), Ok(eur(amount)));
            assert!(part.seller.amount <= 9_000 && part.taxes[0].1.amount <= 750, "{part:?}");
        }
        let nothing = Whole { seller: eur(0), commission: eur(0), buyer_fee: eur(0), taxes: Vec::new() };
        assert_eq!(nothing.cut(eur(5)).unwrap(), nothing);
    }
}
