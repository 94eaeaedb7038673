//! What the marketplace took of a seller's part, and what it gave back of it: as it stands in the books.

use super::model::{Deal, Due, GOODS, Terms, cause};
use super::{parties, sales};
use crate::documents::{Content, Issuer, Kind, Line, New, TaxSum, Tongue, What};
use crate::tax::{Decision, PartKind};
use kernel::{Moment, Money};
use ledger::Account;
use ledger::show::Booked;

/// What an entry moved of the commission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Share {
    /// Without tax.
    pub net: Money,
    pub tax: Option<TaxSum>,
}

impl Share {
    /// With tax, minor units.
    pub(super) fn gross(&self) -> i64 {
        self.net.amount + self.tax.as_ref().map_or(0, |tax| tax.amount)
    }
}

/// What an entry changed on an account, whichever way, minor units.
fn moved(entry: &Booked, account: &Account, deal: &Deal) -> i64 {
    let sums = entry.on(account);
    sums.iter().filter(|sum| sum.currency == deal.order.currency).map(|sum| sum.amount.abs()).sum()
}

/// What an entry (a release, or what takes it back) moved of the commission; nothing when it moved none.
pub(super) fn share(deal: &Deal, entry: &Booked) -> Option<Share> {
    let net = moved(entry, &Account::Commission, deal);
    if net == 0 {
        return None;
    }
    let decided = deal.owed(&[PartKind::Commission]).next();
    let tax = decided.map(|decided| {
        let amount = tax_of(deal, entry, decided, net);
        TaxSum { place: decided.place.to_string(), rate_ppm: decided.rate_ppm, base: net, amount }
    });
    let tax = tax.filter(|tax| tax.amount > 0);
    Some(Share { net: Money::new(net, deal.order.currency), tax })
}

/// The tax that went with so much commission. Its place's account tells, less what belongs to the buyer's fee; where taxes on
/// the goods are owed to the same place, it is the share that the commission is of the whole.
fn tax_of(deal: &Deal, entry: &Booked, decided: &Decision, net: i64) -> i64 {
    if deal.owed(GOODS).any(|it| it.place == decided.place) {
        return share_of(decided, net);
    }
    let fee = deal.owed(&[PartKind::BuyerFee]).find(|it| it.place == decided.place);
    let fee = fee.map_or(0, |fee| share_of(fee, moved(entry, &Account::BuyerFee, deal)));
    (moved(entry, &Account::Tax(decided.place), deal) - fee).max(0)
}

/// What of a fee is tax when `net` is left of it without: the same share that it was of the frozen fee, to a unit.
fn share_of(frozen: &Decision, net: i64) -> i64 {
    let (tax, base) = (i128::from(frozen.amount.amount), i128::from(frozen.base.amount));
    if base <= 0 || i128::from(net) >= base {
        return frozen.amount.amount;
    }
    i64::try_from(i128::from(net) * tax / base).unwrap_or(0)
}

/// The invoice for what the release of an order took.
pub(super) fn invoice(deal: &Deal, release: &Booked, terms: &Terms<'_>, now: Moment) -> Due {
    let share = share(deal, release)?;
    let order = &deal.order;
    let total = Money::new(share.gross(), order.currency);
    Some(New {
        kind: Kind::CommissionInvoice,
        cause: cause(Kind::CommissionInvoice, order.id),
        issuer: Issuer::Operator,
        for_member: order.seller,
        order: Some(order.id),
        payout: None,
        corrects: None,
        tongue: Tongue::of(deal.seller.lang),
        day: terms.day(now),
        content: Content {
            issuer: parties::operator(terms),
            made_by: None,
            recipient: parties::seller(&deal.seller, deal.profile.as_ref()),
            order: Some(order.number.clone()),
            transfer: None,
            corrects: None,
            currency: order.currency,
            lines: vec![Line::one(What::Commission, total)],
            taxes: share.tax.into_iter().collect(),
            total: total.amount,
            paid: None,
            notes: sales::about_service(deal, PartKind::Commission).into_iter().collect(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tax::Liable;
    use kernel::{Currency, TaxPlace};
    use serde_json::Value;

    fn frozen(base: i64, amount: i64) -> Decision {
        Decision {
            part: PartKind::Commission,
            leg: None,
            liable: Liable::Platform,
            place: TaxPlace::parse("DE").unwrap(),
            base: Money::new(base, Currency::EUR),
            rate_ppm: 190_000,
            amount: Money::new(amount, Currency::EUR),
            included: true,
            engine: "table".to_owned(),
            rules: "1".to_owned(),
            because: "at_home".to_owned(),
            inputs: Value::Null,
            engine_ref: None,
        }
    }

    #[test]
    fn a_part_of_a_fee_has_the_tax_that_was_shared_with_it() {
        let whole = frozen(672, 128);
        for gross in 0..=800_i64 {
            let tax = 128 * gross / 800;
            assert!((share_of(&whole, gross - tax) - tax).abs() <= 1, "{gross}");
        }
        assert_eq!(share_of(&whole, 672), 128);
        assert_eq!(share_of(&frozen(81, 15), 81), 15);
        assert_eq!(share_of(&frozen(0, 0), 5), 0);
    }
}
