//! Placing orders: several sellers, one payment, one order for each seller; stock is promised in the same
//! transaction, so nothing is oversold.

use super::events::Moved;
use super::model::{Delivery, Fees, Leg, Order, Step};
use super::store::{self};
use super::{jobs, table};
use crate::accounts::model::Member;
use crate::listings::{self, model::Listing, stock};
use crate::payments::{self, model::Payment};
use kernel::{Currency, FieldErrors, LegId, ListingId, MemberId, Money, OrderId, PaymentId, Refusal, Wrong};
use platform::{Tx, events};
use std::collections::BTreeMap;

/// What is bought, how it is delivered, what the marketplace takes, who is asked for the money.
#[derive(Debug)]
pub struct Purchase<'a> {
    pub lines: &'a [(ListingId, i32)],
    pub delivery: &'a Delivery,
    pub fees: Fees,
    pub provider: &'a str,
}

/// What a purchase costs, seller by seller.
#[derive(Debug, Clone, Copy)]
pub struct Quote {
    pub items: Money,
    pub shipping: Money,
    pub buyer_fee: Money,
    pub commission: Money,
    pub total: Money,
}

/// Prices one seller's part. Shipping counts once for each listing, the buyer's fee on the items' price.
/// Errors: `Conflict("not-for-sale")` for something without a price; an overflow is our fault.
pub fn quote(
    lines: &[(&Listing, i32)],
    ship: bool,
    fees: Fees,
    currency: Currency,
) -> Result<Quote, Refusal> {
    let (mut items, mut shipping) = (Money::zero(currency), Money::zero(currency));
    for (listing, pieces) in lines {
        let price = listing.price.ok_or(Refusal::Conflict("not-for-sale"))?;
        items = items.plus(price.times(i64::from(*pieces))?)?;
        if let (true, Some(cost)) = (ship, listing.shipping) {
            shipping = shipping.plus(cost)?;
        }
    }
    let buyer_fee = items.basis_points(fees.buyer_bp)?.plus(Money::new(fees.buyer_fixed, currency))?;
    let commission = items.basis_points(fees.commission_bp)?;
    let total = items.plus(shipping)?.plus(buyer_fee)?;
    Ok(Quote { items, shipping, buyer_fee, commission, total })
}

/// Places the orders and opens the payment. Errors: `items` is empty or names the same listing twice;
/// `NotFound`; `Conflict` with `own-listing`, `not-for-sale`, `sold-out`, `mixed-currencies`, `verify-first`;
/// the field `delivery/method` when a listing is not delivered that way.
pub async fn place(
    tx: &mut Tx,
    buyer: &Member,
    purchase: &Purchase<'_>,
) -> Result<(Payment, Vec<Order>), Refusal> {
    if !buyer.verified {
        return Err(Refusal::Conflict("verify-first"));
    }
    let lines = load(tx, buyer, purchase).await?;
    let sellers: Vec<MemberId> = lines.iter().map(|(l, _)| l.seller).collect();
    if !listings::suspended::may_sell(tx, &sellers).await? {
        return Err(Refusal::Conflict("not-for-sale"));
    }
    let currency = lines[0].0.currency;
    if lines.iter().any(|(l, _)| l.currency != currency) {
        return Err(Refusal::Conflict("mixed-currencies"));
    }
    for (listing, pieces) in &lines {
        stock::reserve(tx, listing.id, *pieces).await?;
    }
    let mut by_seller: BTreeMap<MemberId, Vec<(&Listing, i32)>> = BTreeMap::new();
    for (listing, pieces) in &lines {
        by_seller.entry(listing.seller).or_default().push((listing, *pieces));
    }
    let ship = matches!(purchase.delivery, Delivery::Ship(_));
    let mut quotes = Vec::new();
    for (seller, lines) in by_seller {
        quotes.push((seller, quote(&lines, ship, purchase.fees, currency)?, lines));
    }
    let total = Money::sum(currency, quotes.iter().map(|(_, q, _)| q.total))?;
    let payment = payments::rules::open(tx, buyer.id, total, purchase.provider).await?;
    let mut orders = Vec::new();
    for (seller, quote, lines) in quotes {
        orders.push(open(tx, buyer.id, seller, payment.id, (quote, &lines), purchase.delivery).await?);
    }
    Ok((payment, orders))
}

/// The listings of a purchase in the order of their ids, as they are now, each fit to be bought.
async fn load(tx: &mut Tx, buyer: &Member, purchase: &Purchase<'_>) -> Result<Vec<(Listing, i32)>, Refusal> {
    let mut wanted: Vec<(ListingId, i32)> = purchase.lines.to_vec();
    wanted.sort_unstable();
    if wanted.is_empty() {
        return Err(Refusal::field("items", Wrong::Required));
    }
    if wanted.windows(2).any(|w| w[0].0 == w[1].0) {
        return Err(Refusal::field("items", Wrong::Because("wrong-item-twice")));
    }
    let ids: Vec<ListingId> = wanted.iter().map(|(id, _)| *id).collect();
    let mut found = listings::rules::find_many(tx, &ids).await?;
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
        let delivered = match purchase.delivery {
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
    buyer: MemberId,
    seller: MemberId,
    payment: PaymentId,
    (quote, lines): (Quote, &[(&Listing, i32)]),
    delivery: &Delivery,
) -> Result<Order, Refusal> {
    let step = table::order().transition("new", "checkout").ok_or(Refusal::Conflict("order-step"))?;
    let (id, now): (OrderId, _) = (tx.new_id(), tx.now());
    let zero = Money::zero(quote.total.currency);
    let order = Order {
        id,
        number: number(tx),
        payment,
        buyer,
        seller,
        state: step.to.clone(),
        state_since: now,
        version: 1,
        timer: None,
        currency: quote.total.currency,
        items: quote.items,
        shipping: quote.shipping,
        buyer_fee: quote.buyer_fee,
        commission: quote.commission,
        total: quote.total,
        provider_fee: zero,
        delivery: delivery.clone(),
        carrier: None,
        tracking: None,
        problem: None,
        created_at: now,
    };
    store::insert(tx, &order, (&table::order().id, table::order().version)).await?;
    for leg in legs(tx, &order, lines)? {
        store::insert_leg(tx, id, &leg).await?;
    }
    let locked = store::lock(tx, id).await?.ok_or(Refusal::NotFound)?;
    let timer = match table::order().countdown(step) {
        process::Countdown::Start { timer, after } => {
            jobs::set_timer(tx, id, &timer.name, 2, now + after).await?;
            Some((timer.name.as_str(), now + after))
        }
        _ => None,
    };
    let first = Step {
        n: 1,
        transition: step.name.clone(),
        actor: table::actor_name(step.actor).to_owned(),
        from: step.from.clone(),
        to: step.to.clone(),
        at: now,
        data: serde_json::json!({}),
    };
    store::take_step(tx, &locked, &first, Some(buyer), timer).await?;
    let until = timer.map(|(_, at)| at);
    let moved = Moved { order: id, transition: first.transition, from: first.from, to: first.to, until };
    events::append(tx, &moved).await?;
    store::find(tx, id).await?.ok_or(Refusal::NotFound)
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
            amount: unit.times(i64::from(*pieces))?,
            state: table::leg().start().to_owned(),
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
