//! The cart: what somebody means to buy, seller by seller. Visitors have one too.

mod view;

use crate::basket::fees_of;
use crate::deals::{People, why};
use kernel::{ListingId, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::flash::{Flash, Undo};
use kit::form::{Path, Typed};
use kit::links;
use kit::policy::{Audience, Object};
use kit::route::{Route, get, post};
use kit::visit::Visit;
use market::carts::model::{Cart, Line, Owner};
use market::carts::rules as carts;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let all = [
        get("/cart", "cart.show", show),
        post("/cart", "cart.add", add),
        post("/cart/{listing}", "cart.set", set),
    ];
    all.into_iter().map(|r| r.audience(Audience::Everyone).object(Object::Cart)).collect()
}

async fn show(visit: Visit) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let cart = match visit.cart_owner() {
        Some(owner) => carts::show(&mut reader, &owner).await?,
        None => Cart::default(),
    };
    let people = People::find(&mut reader, cart.lines.iter().map(|l| l.listing.seller)).await?;
    let fees = fees_of(&visit.app.market, &mut reader, &cart).await?;
    Ok(Answer::page(view::page(&visit, &cart, &people, &fees)?))
}

/// Puts a listing in; with `then=checkout` it is to be bought at once, in just the quantity that was asked for.
async fn add(visit: Visit, typed: Typed) -> Result<Answer, Answer> {
    let id: ListingId = typed.get("listing").parse().map_err(|_| Refusal::NotFound)?;
    let at_once = typed.get("then") == "checkout";
    let (owner, cookie) = visit.cart_owner_or_new();
    let done = match pieces(typed.maybe("quantity").unwrap_or("1")) {
        Ok(pieces) => put(&visit, &owner, id, pieces, at_once).await?,
        Err(wrong) => Err(Refusal::field("quantity", wrong)),
    };
    let answer = match done {
        Ok(()) if at_once => Answer::to(links::checkout()),
        Ok(()) => Answer::to(links::cart()).saying(Flash::ok(visit.say.cart_added())),
        Err(refusal) => Answer::to(links::listing("", id)).saying(Flash::bad(why(&visit.say, refusal)?)),
    };
    Ok(match cookie {
        Some(cookie) => answer.with_cookie(cookie),
        None => answer,
    })
}

async fn put(
    visit: &Visit,
    owner: &Owner,
    id: ListingId,
    pieces: i32,
    exactly: bool,
) -> Result<Result<(), Refusal>, Answer> {
    let mut tx = visit.begin().await?;
    let is_in = exactly && carts::show(&mut tx, owner).await?.lines.iter().any(|l| l.listing.id == id);
    let done = match is_in {
        true => carts::set(&mut tx, owner, id, pieces).await,
        false => carts::add(&mut tx, owner, id, pieces).await,
    };
    if done.is_ok() {
        tx.commit().await?;
    }
    Ok(done)
}

/// Sets how many pieces; none takes the line out, which can be undone.
async fn set(visit: Visit, Path(id): Path<ListingId>, typed: Typed) -> Result<Answer, Answer> {
    let Some(owner) = visit.cart_owner() else { return Ok(Answer::to(links::cart())) };
    let pieces = match pieces(typed.get("quantity")) {
        Ok(pieces) => pieces,
        Err(wrong) => return Ok(Answer::to(links::cart()).saying(Flash::bad(wrong.say(&visit.say)))),
    };
    let mut tx = visit.begin().await?;
    let before = carts::show(&mut tx, &owner).await?.lines.into_iter().find(|l| l.listing.id == id);
    match carts::set(&mut tx, &owner, id, pieces).await {
        Ok(()) => tx.commit().await?,
        Err(Refusal::NotFound) => {
            return Ok(Answer::to(links::cart()).saying(Flash::bad(visit.say.cart_line_gone())));
        }
        Err(refusal) => return Ok(Answer::to(links::cart()).saying(Flash::bad(why(&visit.say, refusal)?))),
    }
    Ok(match before {
        Some(line) if pieces <= 0 => Answer::to(links::cart()).saying(removed(&visit.say, &line)),
        _ => Answer::to(format!("{}#line-{id}", links::cart())),
    })
}

fn removed(say: &Say, line: &Line) -> Flash {
    let fields = vec![("quantity".to_owned(), line.quantity.to_string())];
    let undo = Undo { action: links::cart_line(line.listing.id), fields };
    Flash { undo: Some(undo), ..Flash::ok(say.cart_removed(line.listing.title.as_str())) }
}

fn pieces(text: &str) -> Result<i32, Wrong> {
    text.trim().parse().map_err(|_| Wrong::NotANumber)
}
