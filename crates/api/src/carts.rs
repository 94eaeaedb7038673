//! The member's cart.

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::listings::output::ways;
use crate::shapes::{DeliveryMethod, MoneyOut, Person, Picture, Whole};
use axum::http::StatusCode;
use kernel::limits::QUANTITY_MAX;
use kernel::{Currency, ListingId, MemberId, Money, Refusal, Wrong};
use kit::answer::Problem;
use kit::body::{Json, PathOf};
use kit::caller::Caller;
use kit::links;
use kit::route::{Audience, Object, delete, get, put};
use market::accounts::model::Member;
use market::apikeys::model::Scope;
use market::carts::model::{Cart, Line, Owner};
use market::carts::rules;
use market::listings::model::Listing;
use market::orders::pricing::{Fees, Quote, quote};
use market::{accounts, listings};
use platform::Reader;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

const MEMBER: Audience = Audience::Member;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Cart", "What is in it")
            .says("Listings are as they are now. `sellers` says what each seller's part would cost if it is all sent; what cannot be bought is left out of it.")
            .answers::<CartOut>(200, "The cart.")
            .of(get("/api/v1/cart", "api.carts.show", show).audience(MEMBER).scope(Scope::CartWrite).object(Object::Cart)),
        doc("Cart", "Put something in")
            .says("Sets how many pieces; 0 takes it out. More than there are becomes all there are.")
            .takes::<QuantityIn>(json!({ "quantity": 1 }))
            .bounded([Bounds::of("CartQuantity").field("quantity", bounds::whole(0, QUANTITY_MAX))])
            .answers::<CartOut>(200, "The cart.")
            .conflicts(&["not-for-sale", "own-listing", "cart-full"])
            .of(put("/api/v1/cart/items/{listing_id}", "api.carts.put", set).audience(MEMBER).scope(Scope::CartWrite).object(Object::Cart)),
        doc("Cart", "Take something out")
            .answers_plain(204, "It is out.")
            .of(delete("/api/v1/cart/items/{listing_id}", "api.carts.remove", remove).audience(MEMBER).scope(Scope::CartWrite).object(Object::Cart)),
    ]
}

/// How many pieces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CartQuantity)]
struct QuantityIn {
    #[schema(value_type = i64)]
    quantity: Whole,
}

impl QuantityIn {
    fn read(&self) -> Result<i32, Wrong> {
        match self.quantity.0 {
            ..0 => Err(Wrong::TooSmall { min: 0 }),
            n if n > QUANTITY_MAX => Err(Wrong::TooBig { max: QUANTITY_MAX }),
            n => i32::try_from(n).map_err(|_| Wrong::TooBig { max: QUANTITY_MAX }),
        }
    }
}

/// A cart.
#[derive(Serialize, ToSchema)]
#[schema(as = Cart)]
struct CartOut {
    items: Vec<LineOut>,
    /// Always null: a cart comes whole.
    next_cursor: Option<String>,
    /// What each seller's part costs. Empty when things are priced in different currencies, because those
    /// cannot be checked out together.
    sellers: Vec<PartOut>,
    total: Option<MoneyOut>,
}

/// A listing in a cart.
#[derive(Serialize, ToSchema)]
#[schema(as = CartItem)]
struct LineOut {
    listing_id: Uuid,
    title: String,
    url: String,
    seller: Option<Person>,
    photo: Option<Picture>,
    quantity: i32,
    /// Pieces that can be bought now.
    available: i32,
    /// For one piece; null when it has no price any more.
    price: Option<MoneyOut>,
    /// For all pieces.
    amount: Option<MoneyOut>,
    shipping_price: Option<MoneyOut>,
    #[schema(value_type = Vec<DeliveryMethod>)]
    delivery: Vec<&'static str>,
    /// Whether it can be bought in this quantity now.
    is_buyable: bool,
}

/// One seller's part of a cart.
#[derive(Serialize, ToSchema)]
#[schema(as = CartSeller)]
struct PartOut {
    seller: Option<Person>,
    items: MoneyOut,
    shipping: MoneyOut,
    buyer_fee: MoneyOut,
    total: MoneyOut,
}

async fn show(call: Caller) -> Result<Json<CartOut>, Problem> {
    let mut reader = call.read().await?;
    Ok(Json(shape(&call, &mut reader).await?))
}

async fn set(
    call: Caller,
    PathOf(id): PathOf<ListingId>,
    Json(body): Json<QuantityIn>,
) -> Result<Json<CartOut>, Problem> {
    let quantity = body.read().map_err(|wrong| Refusal::field("quantity", wrong))?;
    let owner = Owner::Member(call.member.id);
    let mut tx = call.begin().await?;
    let cart = rules::show(&mut tx, &owner).await?;
    let is_new = !cart.lines.iter().any(|l| l.listing.id == id);
    if is_new && quantity > 0 {
        rules::add(&mut tx, &owner, id, quantity).await?;
    } else if is_new {
        // Nothing to take out; but a listing that does not exist is still a 404.
        listings::rules::show(&mut tx, Some(call.member.id), id).await?;
    } else {
        rules::set(&mut tx, &owner, id, quantity).await?;
    }
    let answer = shape(&call, &mut tx).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

async fn remove(call: Caller, PathOf(id): PathOf<ListingId>) -> Result<StatusCode, Problem> {
    let mut tx = call.begin().await?;
    rules::remove(&mut tx, &Owner::Member(call.member.id), &[id]).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn shape(call: &Caller, reader: &mut Reader) -> Result<CartOut, Refusal> {
    let cart = rules::show(reader, &Owner::Member(call.member.id)).await?;
    let ids: Vec<MemberId> = cart.by_seller().iter().map(|(id, _)| *id).collect();
    let sellers = accounts::rules::find_many(reader, &ids).await?;
    let sellers: HashMap<MemberId, &Member> = sellers.iter().map(|m| (m.id, m)).collect();
    let person = |id: &MemberId| sellers.get(id).map(|m| Person::from(*m));
    let listings: Vec<&Listing> = cart.lines.iter().map(|line| &line.listing).collect();
    let fees = call.app.market.fees(reader, &listings).await?;
    let parts = parts(&cart, &fees)?;
    let total = match parts.first() {
        Some((_, first)) => Some(Money::sum(first.total.currency, parts.iter().map(|(_, q)| q.total))?),
        None => None,
    };
    Ok(CartOut {
        items: cart.lines.iter().map(|l| line(l, person(&l.listing.seller))).collect(),
        next_cursor: None,
        sellers: parts.iter().map(|(id, quote)| part(person(id), quote)).collect(),
        total: total.map(Into::into),
    })
}

fn line(it: &Line, seller: Option<Person>) -> LineOut {
    let listing = &it.listing;
    LineOut {
        listing_id: listing.id.0,
        title: listing.title.clone(),
        url: links::listing(&listing.slug, listing.id),
        seller,
        photo: listing.photos.first().map(|p| Picture::from(&p.thumb())),
        quantity: it.quantity,
        available: listing.available(),
        price: listing.price.map(Into::into),
        amount: it.amount().map(Into::into),
        shipping_price: listing.shipping.map(Into::into),
        delivery: ways(listing),
        is_buyable: it.is_buyable(),
    }
}

fn part(seller: Option<Person>, quote: &Quote) -> PartOut {
    PartOut {
        seller,
        items: quote.items.into(),
        shipping: quote.shipping.into(),
        buyer_fee: quote.buyer_fee.into(),
        total: quote.total.into(),
    }
}

/// What can be bought, priced seller by seller; nothing while currencies are mixed.
fn parts(cart: &Cart, fees: &Fees) -> Result<Vec<(MemberId, Quote)>, Refusal> {
    let buyable: Vec<&Line> = cart.lines.iter().filter(|l| l.is_buyable()).collect();
    let Some(currency) = one_currency(&buyable) else { return Ok(Vec::new()) };
    let mut parts = Vec::new();
    for (seller, lines) in cart.by_seller() {
        let lines: Vec<_> =
            lines.into_iter().filter(|l| l.is_buyable()).map(|l| (&l.listing, l.quantity)).collect();
        if !lines.is_empty() {
            parts.push((seller, quote(&lines, true, fees, currency)?));
        }
    }
    Ok(parts)
}

fn one_currency(lines: &[&Line]) -> Option<Currency> {
    let first = lines.first()?.listing.currency;
    lines.iter().all(|l| l.listing.currency == first).then_some(first)
}
