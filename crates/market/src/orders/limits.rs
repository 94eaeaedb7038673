//! What a new seller may sell: nothing dearer than their step of trust allows, and not more than it allows in thirty days.
//! They read it where they name a price, and hear of it by mail when somebody could not buy because of it.

use super::{pricing, store};
use crate::accounts::{self, letters::letter, model::Member};
use crate::listings::{self, model::Listing};
use crate::payouts::{self, trust};
use crate::rates::{self, Table};
use kernel::{Currency, ListingId, MemberId, Moment, Money, Refusal, Say};
use platform::idempotency::{self, Claim};
use platform::mail::Letter;
use platform::{Db, Reader, Tx, mail};
use std::collections::BTreeMap;
use time::Duration;

/// In which a new seller may sell so much.
const MONTH: Duration = Duration::days(30);

/// How somebody's limits end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// When their payouts are set up and a first sale is done.
    Known,
    /// When there were fewer disputes for a while.
    Quiet,
    /// Staff has set them until then.
    At(Moment),
}

impl Ends {
    /// The sentence about it.
    pub fn say(self, say: &Say) -> String {
        match self {
            Self::Known => say.selling_limits_end_known(),
            Self::Quiet => say.selling_limits_end_quiet(),
            Self::At(at) => say.selling_limits_end_at(say.date(at)),
        }
    }
}

/// Which limit is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// That of the dearest thing.
    One,
    /// That of thirty days.
    Month,
}

impl Over {
    fn code(self) -> &'static str {
        match self {
            Self::One => "listing-above-tier",
            Self::Month => "seller-month-full",
        }
    }
}

/// What a seller may sell for now, in the marketplace's currency.
#[derive(Clone, Debug)]
pub struct Limits {
    currency: Currency,
    /// The dearest thing.
    pub one: Option<Money>,
    /// In thirty days.
    pub month: Option<Money>,
    pub ends: Ends,
    /// Of the last thirty days, minor units.
    sold: i64,
    rates: Table,
}

impl Limits {
    /// What is left of thirty days.
    pub fn month_left(&self) -> Option<Money> {
        let left = |max: Money| Money::new(max.amount.saturating_sub(self.sold).max(0), self.currency);
        self.month.map(left)
    }

    /// Which limit something at this price meets. What cannot be converted is not held against them.
    pub fn over(&self, price: Money) -> Option<Over> {
        let amount = self.counted(price);
        if self.one.is_some_and(|max| amount > max.amount) {
            return Some(Over::One);
        }
        self.month_left().filter(|left| amount > left.amount).map(|_| Over::Month)
    }

    /// Which limit a purchase meets, and with what. Errors: as [`pricing::quote`].
    fn met_by<'l>(&self, lines: &[(&'l Listing, i32)]) -> Result<Option<(Over, &'l Listing)>, Refusal> {
        let mut sum = 0_i64;
        let mut last = None;
        for (listing, pieces) in lines {
            let price = pricing::price(listing, 1)?;
            if self.over(price) == Some(Over::One) {
                return Ok(Some((Over::One, *listing)));
            }
            sum = sum.saturating_add(self.counted(price).saturating_mul(i64::from(*pieces)));
            last = Some(*listing);
        }
        let is_full = self.month_left().is_some_and(|left| sum > left.amount);
        Ok(last.filter(|_| is_full).map(|listing| (Over::Month, listing)))
    }

    fn counted(&self, money: Money) -> i64 {
        match money.currency == self.currency {
            true => money.amount,
            false => self.rates.show(money, self.currency).map_or(0, |shown| shown.money.amount),
        }
    }
}

/// What a seller may sell for now: `limits_in` is the currency of the limits, where there are any. Nothing for who has none.
pub async fn of(
    reader: &mut Reader,
    limits_in: Option<Currency>,
    seller: MemberId,
) -> Result<Option<Limits>, Refusal> {
    let Some(currency) = limits_in else { return Ok(None) };
    let tier = payouts::tier_of(reader, seller).await?;
    if tier.listing_max.is_none() && tier.month_max.is_none() {
        return Ok(None);
    }
    let now = reader.now();
    let trusted = trust::find(reader, seller).await?;
    let fixed = trusted.as_ref().and_then(|it| it.fixed_until).filter(|until| *until > now);
    let ends = match (fixed, &trusted) {
        (Some(until), _) => Ends::At(until),
        (None, Some(it)) if it.because == "disputes" => Ends::Quiet,
        (None, _) => Ends::Known,
    };
    let rates = rates::on(reader, now.date()).await?;
    let major = |major: i64| Money::new(major.saturating_mul(currency.minor_per_major()), currency);
    let (one, month) = (tier.listing_max.map(major), tier.month_max.map(major));
    let mut limits = Limits { currency, one, month, ends, sold: 0, rates };
    for before in store::sold_since(reader, seller, now - MONTH).await? {
        limits.sold = limits.sold.saturating_add(limits.counted(before));
    }
    Ok(Some(limits))
}

/// Refuses what a new seller may not sell. Errors: `Conflict` with `listing-above-tier`, `seller-month-full`.
pub(super) async fn check(
    tx: &mut Tx,
    limits_in: Option<Currency>,
    seller: MemberId,
    lines: &[(&Listing, i32)],
) -> Result<(), Refusal> {
    let Some(limits) = of(tx, limits_in, seller).await? else { return Ok(()) };
    match limits.met_by(lines)? {
        Some((over, _)) => Err(Refusal::Conflict(over.code())),
        None => Ok(()),
    }
}

/// Whether a purchase was refused because of a seller's limits.
pub fn is_met(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Conflict(code) if [Over::One, Over::Month].iter().any(|over| over.code() == *code))
}

/// Tells the sellers whose limits a refused purchase met: once a day each. A unit of work of its own, because that of the
/// purchase is gone.
pub async fn tell(
    db: &Db,
    limits_in: Option<Currency>,
    lines: &[(ListingId, i32)],
    base_url: &str,
) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let ids: Vec<ListingId> = lines.iter().map(|(id, _)| *id).collect();
    let found = listings::rules::find_many(&mut tx, &ids).await?;
    let mut sellers: BTreeMap<MemberId, Vec<(&Listing, i32)>> = BTreeMap::new();
    for listing in &found {
        let pieces = lines.iter().find(|(id, _)| *id == listing.id).map_or(1, |(_, pieces)| *pieces);
        sellers.entry(listing.seller).or_default().push((listing, pieces));
    }
    for (seller, lines) in sellers {
        let Some(limits) = of(&mut tx, limits_in, seller).await? else { continue };
        let Some((over, listing)) = limits.met_by(&lines)? else { continue };
        let Some(owner) = accounts::rules::find(&mut tx, seller).await? else { continue };
        if !owner.is_gone() && is_first_today(&mut tx, seller).await? {
            mail::queue(&mut tx, told(&owner, &limits, over, listing, base_url)).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Whether nobody told them for a day. From now on somebody did.
async fn is_first_today(tx: &mut Tx, seller: MemberId) -> Result<bool, Refusal> {
    const KEY: &str = "told";
    let scope = format!("orders.limits {seller}");
    if idempotency::claim(tx, &scope, KEY, b"limits").await? != Claim::Fresh {
        return Ok(false);
    }
    idempotency::finish(tx, &scope, KEY, 200, b"").await?;
    Ok(true)
}

fn told(to: &Member, limits: &Limits, over: Over, listing: &Listing, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let (ends, name, title) = (limits.ends.say(&say), to.display_name.clone(), listing.title.clone());
    let money = |money: Option<Money>| money.map(|it| say.money(it)).unwrap_or_default();
    let body = match over {
        Over::One => say.mail_limit_one_body(ends, money(limits.one), name, title.clone()),
        Over::Month => say.mail_limit_month_body(ends, money(limits.month), name, title.clone()),
    };
    letter(
        to,
        say.mail_limit_subject(title),
        body,
        Some((say.mail_limit_button(), format!("{base_url}/payouts"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    #[test]
    fn a_price_is_measured_by_what_one_may_cost_and_what_is_left() {
        let limits = Limits {
            currency: Currency::EUR,
            one: Some(eur(20_000)),
            month: Some(eur(50_000)),
            ends: Ends::Known,
            sold: 35_000,
            rates: Table::default(),
        };
        assert_eq!(limits.month_left(), Some(eur(15_000)));
        for (price, over) in [(15_000, None), (15_001, Some(Over::Month)), (20_001, Some(Over::One))] {
            assert_eq!(limits.over(eur(price)), over, "{price}");
        }
        assert_eq!(Limits { sold: 60_000, ..limits.clone() }.month_left(), Some(eur(0)));
        // Without a rate nothing is known of it.
        assert_eq!(limits.over(Money::new(9_000_000, "SEK".parse().unwrap())), None);
    }

    #[test]
    fn what_is_refused_is_known_again() {
        for over in [Over::One, Over::Month] {
            assert!(is_met(&Refusal::Conflict(over.code())));
            assert!(Say::knows(&format!("refused-{}", over.code())));
        }
        assert!(!is_met(&Refusal::Conflict("sold-out")) && !is_met(&Refusal::NotFound));
    }
}
