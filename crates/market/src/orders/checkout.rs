//! Placing orders: several sellers, one payment, one order for each seller; stock is promised in the same
//! transaction, so nothing is oversold.

use super::model::{Delivery, Leg, Order};
use super::parts::taxes_of;
use super::pricing::{self, Fees, House, Quote, quote};
use super::store::{self};
use super::taxing::{self, Taxes};
use super::{fire, limits, risk, table};
use crate::accounts::model::Member;
use crate::listings::{self, model::Listing, stock};
use crate::payments::{self, Providers, model::Payment};
use crate::tax::{self, Decision, PartKind};
use crate::{fees::SoldUnder, payouts};
use kernel::{Currency, FieldErrors, LegId, ListingId, MemberId, Money, OrderId, PaymentId, Refusal, Wrong};
use platform::{Reader, Tx};
use serde_json::json;
use std::collections::BTreeMap;

/// What is bought, how it is delivered, what the settings say, what was decided about taxes, who is asked for the money.
#[derive(Debug)]
pub struct Purchase<'a> {
    pub lines: &'a [(ListingId, i32)],
    pub delivery: &'a Delivery,
    pub house: &'a House,
    pub taxes: &'a Taxes,
    pub providers: &'a Providers,
}

/// A purchase that may be made: every listing as it is now, in the order of their ids.
#[derive(Debug)]
pub struct Wanted {
    pub lines: Vec<(Listing, i32)>,
    pub currency: Currency,
    /// It is sent.
    pub ships: bool,
}

impl Wanted {
    /// Everything that is bought.
    pub fn listings(&self) -> Vec<&Listing> {
        self.lines.iter().map(|(listing, _)| listing).collect()
    }

    /// What is bought of each seller.
    pub fn by_seller(&self) -> BTreeMap<MemberId, Vec<(&Listing, i32)>> {
        let mut sellers: BTreeMap<MemberId, Vec<(&Listing, i32)>> = BTreeMap::new();
        for (listing, pieces) in &self.lines {
            sellers.entry(listing.seller).or_default().push((listing, *pieces));
        }
        sellers
    }
}

/// One seller's part of a purchase, priced.
struct Priced<'w> {
    seller: MemberId,
    lines: Vec<(&'w Listing, i32)>,
    quote: Quote,
    rules: SoldUnder,
    /// How the commission is shared out among the lines.
    weights: Vec<u64>,
    tier: i16,
    decisions: Vec<Decision>,
}

/// Places the orders and opens the payment. Errors: `items` is empty or names the same listing twice;
/// `NotFound`; `Conflict` with `own-listing`, `not-for-sale`, `sold-out`, `mixed-currencies`, `verify-first`, `currency-not-payable`,
/// `amount-not-payable`, `listing-above-tier`, `seller-month-full`, `taxes-changed`;
/// the field `delivery/method` when a listing is not delivered that way.
pub async fn place(
    tx: &mut Tx,
    buyer: &Member,
    purchase: &Purchase<'_>,
) -> Result<(Payment, Vec<Order>), Refusal> {
    let (house, delivery) = (purchase.house, purchase.delivery);
    let all = wanted(tx, buyer, purchase.lines, delivery).await?;
    for (listing, pieces) in &all.lines {
        stock::reserve(tx, listing.id, *pieces).await?;
    }
    let fees = Fees::of(tx, house, &all.listings()).await?;
    let mut parts = Vec::new();
    for (seller, lines) in all.by_seller() {
        let quote = quote(&lines, all.ships, &fees, all.currency)?;
        limits::check(tx, house.limits_in, seller, &lines).await?;
        let question = taxing::question(tx, house, seller, (&lines, &quote), delivery).await?;
        let decisions = purchase.taxes.of(seller, &question)?.to_vec();
        let rules = pricing::frozen(&lines, &fees, all.currency)?;
        let weights = pricing::weights(&lines, &fees, all.currency)?;
        let tier = payouts::tier_of(tx, seller).await?.number;
        parts.push(Priced { seller, lines, quote, rules, weights, tier, decisions });
    }
    let zero = Money::zero(all.currency);
    let mut total = zero;
    for part in &parts {
        let [on_top, ..] = taxes_of(&part.decisions, zero)?;
        total = total.plus(part.quote.total)?.plus(on_top)?;
    }
    let provider = purchase.providers.of_amount(total)?.name();
    let payment = payments::rules::open(tx, buyer.id, total, provider).await?;
    let mut orders = Vec::new();
    for part in parts {
        orders.push(open(tx, (buyer.id, payment.id), part, purchase).await?);
    }
    Ok((payment, orders))
}

/// Looks at what somebody wants to buy: every listing as it is now, each fit to be bought. Errors: as [`place`], but for
/// fees, limits and taxes.
pub async fn wanted(
    reader: &mut Reader,
    buyer: &Member,
    lines: &[(ListingId, i32)],
    delivery: &Delivery,
) -> Result<Wanted, Refusal> {
    if !buyer.verified {
        return Err(Refusal::Conflict("verify-first"));
    }
    let lines = load(reader, buyer, lines, delivery).await?;
    let sellers: Vec<MemberId> = lines.iter().map(|(l, _)| l.seller).collect();
    if !listings::suspended::may_sell(reader, &sellers).await? {
        return Err(Refusal::Conflict("not-for-sale"));
    }
    let currency = lines.first().map(|(l, _)| l.currency).ok_or(Refusal::NotFound)?;
    if lines.iter().any(|(l, _)| l.currency != currency) {
        return Err(Refusal::Conflict("mixed-currencies"));
    }
    Ok(Wanted { lines, currency, ships: matches!(delivery, Delivery::Ship(_)) })
}

/// The listings of a purchase in the order of their ids, as they are now, each fit to be bought.
async fn load(
    reader: &mut Reader,
    buyer: &Member,
    lines: &[(ListingId, i32)],
    delivery: &Delivery,
) -> Result<Vec<(Listing, i32)>, Refusal> {
    let mut wanted: Vec<(ListingId, i32)> = lines.to_vec();
    wanted.sort_unstable();
    if wanted.is_empty() {
        return Err(Refusal::field("items", Wrong::Required));
    }
    if wanted.windows(2).any(|w| w[0].0 == w[1].0) {
        return Err(Refusal::field("items", Wrong::Because("wrong-item-twice")));
    }
    let ids: Vec<ListingId> = wanted.iter().map(|(id, _)| *id).collect();
    let mut found = listings::rules::find_many(reader, &ids).await?;
    found.sort_by_key(|l| l.id);
    if found.len() != wanted.len() || found.iter().any(|l| l.state == listings::model::State::Deleted) {
        return Err(Refusal::NotFound);
    }
    let mut errors = FieldErrors::none();
    for (listing, (_, pieces)) in found.iter().zip(&wanted) {
        if listing.seller == buyer.id {
            return Err(Refusal::Conflict("own-listing"));
        }
        if listing.state == listings::model::State::Sold || listing.available() < *pieces {
            return Err(Refusal::Conflict("sold-out"));
        }
        if !listing.is_buyable() {
            return Err(Refusal::Conflict("not-for-sale"));
        }
        if *pieces < 1 {
            errors.add("items", Wrong::TooSmall { min: 1 });
        }
        let delivered = match delivery {
            Delivery::Ship(_) => listing.ship,
            Delivery::Meet => listing.meet,
        };
        if !delivered {
            errors.add("delivery/method", Wrong::Because("wrong-delivery-not-offered"));
        }
    }
    errors.check()?;
    Ok(found.into_iter().zip(wanted.into_iter().map(|(_, n)| n)).collect())
}

async fn open(
    tx: &mut Tx,
    (buyer, payment): (MemberId, PaymentId),
    part: Priced<'_>,
    purchase: &Purchase<'_>,
) -> Result<Order, Refusal> {
    let table = table::order(table::NEWEST);
    let step = table.transition("new", "checkout").ok_or(Refusal::Conflict("order-step"))?;
    let (id, now): (OrderId, _) = (tx.new_id(), tx.now());
    let (quote, zero) = (part.quote, Money::zero(part.quote.total.currency));
    let [tax, tax_included, commission_tax, buyer_fee_tax] = taxes_of(&part.decisions, zero)?;
    // The marketplace never takes more than there is.
    let goods = quote.items.plus(quote.shipping)?.minus(tax_included)?;
    let order = Order {
        id,
        number: number(tx),
        payment,
        buyer,
        seller: part.seller,
        state: step.to.clone(),
        state_since: now,
        process_version: table::NEWEST,
        version: 1,
        timer: None,
        currency: zero.currency,
        items: quote.items,
        shipping: quote.shipping,
        buyer_fee: quote.buyer_fee,
        commission: Money::new(quote.commission.amount.min(goods.amount), zero.currency),
        tax,
        tax_included,
        commission_tax: Money::new(commission_tax.amount.min(goods.amount), zero.currency),
        buyer_fee_tax,
        total: quote.total.plus(tax)?,
        provider_fee: zero,
        fee_rule: part.rules,
        seller_tier: part.tier,
        paid_at: None,
        released_at: None,
        released: zero,
        refunded: zero,
        charged_back: zero,
        delivery: purchase.delivery.clone(),
        carrier: None,
        tracking: None,
        problem: None,
        created_at: now,
    };
    store::insert(tx, &order, &table.id).await?;
    keep_legs(tx, &order, (&part.lines, &part.weights), part.decisions).await?;
    let locked = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    if purchase.house.watches {
        risk::look(tx, &locked).await?;
    }
    fire::take(tx, &locked, step, Some(buyer), json!({})).await?;
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
}

/// Writes the legs, and freezes what was decided about taxes: the decisions about items are those of the item legs, in
/// their order.
async fn keep_legs(
    tx: &mut Tx,
    order: &Order,
    (lines, weights): (&[(&Listing, i32)], &[u64]),
    mut decisions: Vec<Decision>,
) -> Result<(), Refusal> {
    let legs = legs(tx, order, lines)?;
    let items = legs.iter().filter(|leg| leg.is_item);
    let about_items = decisions.iter_mut().filter(|it| it.part == PartKind::Item);
    for (decision, leg) in about_items.zip(items) {
        decision.leg = Some(leg.id);
    }
    let mut commissions = match weights.iter().all(|weight| *weight == 0) {
        true => Vec::new(),
        false => order.commission.split(weights)?,
    }
    .into_iter();
    let mut categories = lines.iter().map(|(listing, _)| listing.category.as_deref());
    for leg in &legs {
        let more = if leg.is_item {
            let taxed = decisions.iter().filter(|it| it.leg == Some(leg.id)).map(|it| it.amount);
            store::LegMore {
                category: categories.next().flatten(),
                commission: commissions.next().map_or(0, |part| part.amount),
                tax: Money::sum(order.currency, taxed)?.amount,
            }
        } else {
            store::LegMore::default()
        };
        store::insert_leg(tx, order.id, leg, &more).await?;
    }
    tax::keep(tx, order.id, &decisions).await
}

fn legs(tx: &Tx, order: &Order, lines: &[(&Listing, i32)]) -> Result<Vec<Leg>, Refusal> {
    let mut legs = Vec::new();
    for (listing, pieces) in lines {
        let unit = listing.price.ok_or(Refusal::Conflict("not-for-sale"))?;
        legs.push(Leg {
            id: tx.new_id::<LegId>(),
            is_item: true,
            from: order.seller,
            to: order.buyer,
            listing: Some(listing.id),
            quantity: *pieces,
            title: listing.title.clone(),
            unit: Some(unit),
            photo_key: listing.photos.first().map(|p| p.key.clone()),
            amount: pricing::price(listing, *pieces)?,
            state: table::leg(order.process_version).start().to_owned(),
        });
    }
    legs.push(Leg {
        id: tx.new_id::<LegId>(),
        is_item: false,
        from: order.buyer,
        to: order.seller,
        listing: None,
        quantity: 1,
        title: String::new(),
        unit: None,
        photo_key: None,
        amount: order.total,
        state: "promised".to_owned(),
    });
    Ok(legs)
}

/// Nine letters and digits without those that look alike (Crockford's base 32).
fn number(tx: &Tx) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 9] = tx.dice().bytes();
    bytes.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect()
}
