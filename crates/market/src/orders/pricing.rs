//! What a purchase costs, seller by seller: prices, postage, and fees by the rules that count now.

use crate::accounts::model::Member;
use crate::fees::{self, Fee, FeeRule, RuleFor, Sale, SoldUnder};
use crate::listings::model::Listing;
use crate::tax::SellerClass;
use crate::{payouts, tax};
use kernel::{Currency, ListingId, MemberId, Money, Refusal, TaxPlace};
use platform::Reader;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What the settings say of sales.
#[derive(Clone, Debug)]
pub struct House {
    /// What counts where no rule of fees fits.
    pub fees: FeeRule,
    /// The currency of what new sellers may sell at most; nothing where they may sell everything.
    pub limits_in: Option<Currency>,
    /// Whether deals that look odd wait until somebody has looked.
    pub watches: bool,
    /// Where the operator is.
    pub home: TaxPlace,
}

/// The rules of fees for some listings.
#[derive(Clone, Debug)]
pub struct Fees {
    fallback: FeeRule,
    of: HashMap<ListingId, FeeRule>,
}

impl Fees {
    /// The rules that count now, by what is sold and by whom.
    pub async fn of(reader: &mut Reader, house: &House, listings: &[&Listing]) -> Result<Self, Refusal> {
        let fallback = house.fees.clone();
        // Most marketplaces have no rule of their own.
        if fees::list(reader).await?.is_empty() {
            return Ok(Self { fallback, of: HashMap::new() });
        }
        let members: Vec<MemberId> = listings.iter().map(|listing| listing.seller).collect();
        let mut tiers: BTreeMap<MemberId, i16> = BTreeMap::new();
        for member in members.iter().copied().collect::<BTreeSet<_>>() {
            tiers.insert(member, payouts::tier_of(reader, member).await?.number);
        }
        let sellers = tax::sellers(reader, &members).await?;
        let mut sales = Vec::new();
        for (listing, seller) in listings.iter().zip(&sellers) {
            sales.push(Sale {
                category: listing.category.as_deref(),
                tier: tiers.get(&listing.seller).copied().unwrap_or_default(),
                business: seller.class == SellerClass::Business,
                currency: listing.currency,
            });
        }
        let rules = fees::rules_of(reader, &sales, &fallback).await?;
        let of = listings.iter().map(|listing| listing.id).zip(rules).collect();
        Ok(Self { fallback, of })
    }

    /// The rule for a listing.
    pub fn rule(&self, listing: ListingId) -> &FeeRule {
        self.of.get(&listing).unwrap_or(&self.fallback)
    }

    /// The buyer's fee, if one counts for all of these.
    pub fn buyer_of<'l>(&self, listings: impl IntoIterator<Item = &'l Listing>) -> Option<Fee> {
        let mut all = listings.into_iter().map(|listing| self.rule(listing.id).buyer);
        let first = all.next()?;
        all.all(|fee| fee == first).then_some(first)
    }
}

/// What one seller's part costs, before taxes on top.
#[derive(Debug, Clone, Copy)]
pub struct Quote {
    pub items: Money,
    pub shipping: Money,
    pub buyer_fee: Money,
    pub commission: Money,
    pub total: Money,
}

impl Quote {
    /// What nothing costs.
    pub const fn nothing(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        Self { items: zero, shipping: zero, buyer_fee: zero, commission: zero, total: zero }
    }
}

/// Prices one seller's part. Shipping counts once for each listing, fees on the items' price. Where several rules count,
/// each does on what it is for; of the buyer's fees only one has its fixed part, that of the dearest things.
/// Errors: `Conflict("not-for-sale")` for something without a price; an overflow is our fault.
pub fn quote(
    lines: &[(&Listing, i32)],
    ship: bool,
    fees: &Fees,
    currency: Currency,
) -> Result<Quote, Refusal> {
    let mut quote = Quote::nothing(currency);
    for (listing, pieces) in lines {
        quote.items = quote.items.plus(price(listing, *pieces)?)?;
        if let (true, Some(cost)) = (ship, listing.shipping) {
            quote.shipping = quote.shipping.plus(cost)?;
        }
    }
    for (n, (rule, sum)) in by_rule(lines, fees, currency)?.into_iter().enumerate() {
        let buyer = if n == 0 { rule.buyer } else { Fee { fixed: 0, min: 0, ..rule.buyer } };
        quote.buyer_fee = quote.buyer_fee.plus(buyer.of(sum)?)?;
        quote.commission = quote.commission.plus(rule.commission.of(sum)?)?;
    }
    quote.total = quote.items.plus(quote.shipping)?.plus(quote.buyer_fee)?;
    Ok(quote)
}

/// The rules that are frozen into an order. Errors as [`quote`].
pub(super) fn frozen(
    lines: &[(&Listing, i32)],
    fees: &Fees,
    currency: Currency,
) -> Result<SoldUnder, Refusal> {
    let rules = by_rule(lines, fees, currency)?;
    Ok(match rules.as_slice() {
        [(only, _)] => SoldUnder::One((*only).clone()),
        several => SoldUnder::Several(
            several
                .iter()
                .map(|(rule, items)| RuleFor { rule: (*rule).clone(), items: items.amount })
                .collect(),
        ),
    })
}

/// How the commission is shared out among the lines: a rule's part by the prices of what it is for. Errors as [`quote`].
pub(super) fn weights(
    lines: &[(&Listing, i32)],
    fees: &Fees,
    currency: Currency,
) -> Result<Vec<u64>, Refusal> {
    let rules = by_rule(lines, fees, currency)?;
    let mut weights = Vec::new();
    for (listing, pieces) in lines {
        let (rule, cost) = (fees.rule(listing.id), price(listing, *pieces)?);
        let all = rules.iter().find(|(known, _)| *known == rule).map_or(cost, |(_, sum)| *sum);
        let taken = i128::from(rule.commission.of(all)?.amount) * i128::from(cost.amount) * 1_000;
        let share = taken / i128::from(all.amount.max(1));
        weights.push(u64::try_from(share).map_err(Refusal::broken)?);
    }
    Ok(weights)
}

/// What some pieces cost.
pub(super) fn price(listing: &Listing, pieces: i32) -> Result<Money, Refusal> {
    let price = listing.price.ok_or(Refusal::Conflict("not-for-sale"))?;
    Ok(price.times(i64::from(pieces))?)
}

/// The rules that count, each with the price of what it is for, the dearest first.
fn by_rule<'f>(
    lines: &[(&Listing, i32)],
    fees: &'f Fees,
    currency: Currency,
) -> Result<Vec<(&'f FeeRule, Money)>, Refusal> {
    let mut rules: Vec<(&FeeRule, Money)> = Vec::new();
    for (listing, pieces) in lines {
        let (rule, cost) = (fees.rule(listing.id), price(listing, *pieces)?);
        match rules.iter_mut().find(|(known, _)| *known == rule) {
            Some((_, sum)) => *sum = sum.plus(cost)?,
            None => rules.push((rule, Money::zero(currency).plus(cost)?)),
        }
    }
    rules.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.amount));
    Ok(rules)
}

/// Where a seller is, for taxes: as they say, else where their account is, else where it is bought.
pub(super) fn place_of(seller: &tax::Seller, member: Option<&Member>, to: TaxPlace) -> TaxPlace {
    let account = member.and_then(|it| it.country.as_deref()).and_then(TaxPlace::parse);
    seller.country.or(account).unwrap_or(to)
}
