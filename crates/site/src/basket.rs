//! What of a cart can be bought at once: things that are there, of one currency, that change hands the same
//! way.

use crate::deals::percent;
use kernel::{Currency, MemberId, Money, Refusal, Say};
use market::Market;
use market::carts::model::{Cart, Line};
use market::listings::model::Listing;
use market::orders::pricing::{Fees, Quote, quote};
use platform::Reader;

/// How goods change hands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Way {
    Ship,
    Meet,
}

impl Way {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ship => "ship",
            Self::Meet => "meet",
        }
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        [Self::Ship, Self::Meet].into_iter().find(|w| w.name() == name)
    }

    const fn is_offered(self, listing: &Listing) -> bool {
        match self {
            Self::Ship => listing.ship,
            Self::Meet => listing.meet,
        }
    }
}

/// Lines of one currency that can be bought now; never empty.
#[derive(Clone, Debug)]
pub(crate) struct Basket {
    pub currency: Currency,
    pub lines: Vec<Line>,
}

impl Basket {
    /// One for each currency in the cart, in the order in which they first appear.
    pub(crate) fn all(cart: &Cart) -> Vec<Self> {
        let mut baskets: Vec<Self> = Vec::new();
        for line in cart.lines.iter().filter(|l| l.is_buyable()) {
            match baskets.iter_mut().find(|b| b.currency == line.listing.currency) {
                Some(basket) => basket.lines.push(line.clone()),
                None => baskets.push(Self { currency: line.listing.currency, lines: vec![line.clone()] }),
            }
        }
        baskets
    }

    /// Whether every seller offers this way.
    pub(crate) fn offers(&self, way: Way) -> bool {
        self.lines.iter().all(|l| way.is_offered(&l.listing))
    }

    /// Everything in it.
    pub(crate) fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.lines.iter().map(|line| &line.listing)
    }

    /// The ways that every seller offers.
    pub(crate) fn ways(&self) -> Vec<Way> {
        [Way::Ship, Way::Meet].into_iter().filter(|w| self.offers(*w)).collect()
    }

    /// The part of it that changes hands this way; `None` when that is nothing.
    pub(crate) fn only(&self, way: Way) -> Option<Self> {
        let lines: Vec<Line> = self.lines.iter().filter(|l| way.is_offered(&l.listing)).cloned().collect();
        (!lines.is_empty()).then_some(Self { currency: self.currency, lines })
    }

    /// The lines of each seller, in the order in which sellers first appear.
    pub(crate) fn by_seller(&self) -> Vec<(MemberId, Vec<&Line>)> {
        let mut groups: Vec<(MemberId, Vec<&Line>)> = Vec::new();
        for line in &self.lines {
            match groups.iter_mut().find(|(seller, _)| *seller == line.listing.seller) {
                Some((_, lines)) => lines.push(line),
                None => groups.push((line.listing.seller, vec![line])),
            }
        }
        groups
    }

    /// What one seller's lines cost. Errors: a price is missing, or too much to count.
    pub(crate) fn part(&self, lines: &[&Line], way: Way, fees: &Fees) -> Result<Quote, Refusal> {
        let lines: Vec<(&Listing, i32)> = lines.iter().map(|l| (&l.listing, l.quantity)).collect();
        quote(&lines, way == Way::Ship, fees, self.currency)
    }

    /// What all of it costs. Errors as `part`.
    pub(crate) fn total(&self, way: Way, fees: &Fees) -> Result<Quote, Refusal> {
        let mut sum = Quote::nothing(self.currency);
        for (_, lines) in self.by_seller() {
            let part = self.part(&lines, way, fees)?;
            sum = Quote {
                items: sum.items.plus(part.items)?,
                shipping: sum.shipping.plus(part.shipping)?,
                buyer_fee: sum.buyer_fee.plus(part.buyer_fee)?,
                commission: sum.commission.plus(part.commission)?,
                total: sum.total.plus(part.total)?,
            };
        }
        Ok(sum)
    }

    /// Changes when anything does that the buyer was shown: pieces, prices, postage, fees. Errors as `part`.
    pub(crate) fn seen(&self, fees: &Fees) -> Result<String, Refusal> {
        let (ship, meet) = (self.total(Way::Ship, fees)?, self.total(Way::Meet, fees)?);
        let pieces: i64 = self.lines.iter().map(|l| i64::from(l.quantity)).sum();
        Ok(format!(
            "{}-{}-{pieces}-{}-{}",
            self.currency,
            self.lines.len(),
            ship.total.amount,
            meet.total.amount
        ))
    }
}

/// What the marketplace takes of everything in a cart, as the rules are now.
pub(crate) async fn fees_of(market: &Market, reader: &mut Reader, cart: &Cart) -> Result<Fees, Refusal> {
    let listings: Vec<&Listing> = cart.lines.iter().map(|line| &line.listing).collect();
    market.fees(reader, &listings).await
}

/// "5 % of the price and 0.70 €", where one fee counts for all of it.
pub(crate) fn fee_in_words(say: &Say, basket: &Basket, fees: &Fees) -> Option<String> {
    let fee = fees.buyer_of(basket.listings())?;
    let is_plain = fee.min == 0 && fee.cap.is_none();
    let fixed = say.money(Money::new(fee.fixed, basket.currency));
    is_plain.then(|| say.cart_fee(fixed, percent(say, fee.bp)))
}
