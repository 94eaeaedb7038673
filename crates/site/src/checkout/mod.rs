//! Checkout: what of the cart is bought, how it changes hands, what it costs. Sending the form places the
//! orders; a form that is sent twice places them once.

mod choose;
mod form;
mod place;
mod taxes;
mod view;

pub(crate) use view::beside;

use crate::basket::{Basket, Way, fees_of};
use crate::deals::People;
use kernel::{Currency, Refusal};
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::links;
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::carts::model::{Cart, Line, Owner};
use market::carts::rules as carts;
use platform::Reader;
use serde::Deserialize;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/checkout", "checkout.show", show).audience(Audience::Member).object(Object::Cart),
        post("/checkout", "checkout.place", place::place)
            .audience(Audience::Member)
            .object(Object::Cart)
            .rate(Rate::Money)
            .form_on("/checkout"),
    ]
}

/// The checkout of the cart's things of one currency, or only of those that change hands in one way.
pub(crate) fn path(currency: Currency, only: Option<Way>) -> String {
    let way = only.map(|w| format!("&only={}", w.name())).unwrap_or_default();
    format!("{}?currency={currency}{way}", links::checkout())
}

/// Which part of the cart is meant, as an address or a form says it.
#[derive(Clone, Debug, Deserialize, Default)]
pub(super) struct Asked {
    currency: Option<String>,
    only: Option<String>,
}

impl Asked {
    fn of(typed: &Typed) -> Self {
        let some = |name: &str| typed.maybe(name).filter(|v| !v.is_empty()).map(str::to_owned);
        Self { currency: some("currency"), only: some("only") }
    }

    fn way(&self) -> Option<Way> {
        self.only.as_deref().and_then(Way::find)
    }
}

/// What can be checked out.
enum Choice {
    Nothing,
    /// Several currencies.
    Currencies(Vec<Basket>),
    /// No way of delivery that all sellers offer.
    Ways(Basket),
    One(Basket),
}

fn choose(cart: &Cart, asked: &Asked) -> Choice {
    let mut baskets = Basket::all(cart);
    let wanted = asked.currency.as_deref().filter(|code| baskets.iter().any(|b| b.currency.code() == *code));
    if let Some(code) = wanted {
        baskets.retain(|b| b.currency.code() == code);
    }
    let whole = match baskets.len() {
        0 => return Choice::Nothing,
        1 => baskets.remove(0),
        _ => return Choice::Currencies(baskets),
    };
    let part = asked.way().and_then(|way| whole.only(way));
    let basket = part.unwrap_or(whole);
    if basket.ways().is_empty() { Choice::Ways(basket) } else { Choice::One(basket) }
}

/// A member's cart, and who sells what is in it.
async fn load(reader: &mut Reader, member: &Member) -> Result<(Cart, People), Refusal> {
    let cart = carts::show(reader, &Owner::Member(member.id)).await?;
    let people = People::find(reader, cart.lines.iter().map(|l| l.listing.seller)).await?;
    Ok((cart, people))
}

/// What stays in the cart because it cannot be bought now.
fn left_out(cart: &Cart) -> Vec<&Line> {
    cart.lines.iter().filter(|l| !l.is_buyable()).collect()
}

async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let (cart, people) = load(&mut reader, me.member()).await?;
    let typed = me.typed_into(&links::checkout());
    // The form says itself which part of the cart it is for.
    let asked = typed.as_ref().map_or(asked, Asked::of);
    let fees = fees_of(&me.app.market, &mut reader, &cart).await?;
    let basket = match choose(&cart, &asked) {
        Choice::One(basket) => basket,
        Choice::Nothing => return Ok(Answer::to(links::cart())),
        Choice::Currencies(baskets) => return Ok(Answer::page(choose::currencies(&me, &baskets, &fees)?)),
        Choice::Ways(basket) => return Ok(Answer::page(choose::ways(&me, &basket))),
    };
    let (key, filled) = match typed {
        Some(typed) => (form::key(&typed).map_or_else(|_| form::new_key(&me), str::to_owned), typed),
        None => (form::new_key(&me), form::known(&mut reader, me.member()).await?),
    };
    drop(reader);
    let sheet = view::Sheet {
        basket: &basket,
        fees: &fees,
        on_top: taxes::OnTop::of(&me, &basket, &filled).await,
        people: &people,
        left_out: left_out(&cart),
        asked: &asked,
        filled: Filled::from(filled),
        key,
        trouble: None,
    };
    Ok(Answer::page(view::page(&me, &sheet)?))
}

/// Whether somebody may order at all, so that they learn it before they type.
fn may_order(visit: &Visit) -> bool {
    visit.member.as_ref().is_some_and(|m| m.verified)
}
