//! The problem with an order: what both sides say and show, what they offer each other and what it costs, what staff
//! decided and how to appeal.

mod decision;
mod offers;
mod page;
mod talk;

use crate::deals::{case_page, last_names, why};
use axum::http::StatusCode;
use kernel::{EvidenceId, FieldErrors, Money, OrderId, ProposalId, Refusal, Wrong};
use kit::Upload;
use kit::answer::Answer;
use kit::flash::Flash;
use kit::form::{Path, Typed};
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use market::cases::model::{Offer, PHOTOS_AT_ONCE};
use market::orders::{rules as orders, talking};
use platform::objects::content_type_of;

/// Bytes of one upload: all photos of a statement at once.
const UPLOAD_BYTES_MAX: usize = PHOTOS_AT_ONCE * kernel::limits::PHOTO_BYTES_MAX + 1024 * 1024;
const PATH: &str = "/orders/{order}/case";

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let all = [
        get(PATH, "cases.show", show),
        post("/orders/{order}/case/say", "cases.say", say).form_on(PATH),
        post("/orders/{order}/case/photos", "cases.show_photos", show_photos)
            .rate(Rate::Upload)
            .body(UPLOAD_BYTES_MAX),
        post("/orders/{order}/case/propose", "cases.propose", propose).rate(Rate::Money).form_on(PATH),
        post("/orders/{order}/case/answer", "cases.answer", answer).rate(Rate::Money),
    ];
    let mut routes: Vec<Route> =
        all.into_iter().map(|r| r.audience(Audience::Member).object(Object::Case)).collect();
    // A photo may show where somebody lives: not for staff that looks as one of the sides.
    routes.push(
        get("/orders/{order}/case/photos/{evidence}", "cases.photo", photo)
            .audience(Audience::Member)
            .object(Object::Evidence)
            .private(),
    );
    routes
}

async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let found = page::load(&mut me.read().await?, me.member(), id).await?;
    let attempt = ["say", "propose"].into_iter().find_map(|act| {
        let filled = me.typed_into(&case_page(id, &format!("/{act}")))?.into();
        Some(page::Attempt { act, filled })
    });
    Ok(Answer::page(page::page(&me, &found, attempt.as_ref())))
}

async fn say(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    let mut tx = me.begin().await?;
    match talking::say(&mut tx, me.member(), id, typed.get("words")).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Answer::to(case_page(id, "")).saying(Flash::ok(me.say.case_said())))
        }
        Err(refusal) => {
            tx.rollback().await?;
            refused(&me, id, ("say", typed), refusal).await
        }
    }
}

async fn show_photos(me: SignedIn, Path(id): Path<OrderId>, upload: Upload) -> Result<Answer, Answer> {
    let market = &me.app.market;
    let files: Vec<_> = upload.of("photo").map(|file| file.bytes.clone()).collect();
    let words = upload.fields.get("caption").to_owned();
    let tools = (&market.studio, &market.objects);
    match talking::show_photos(&market.db, tools, me.member(), id, (&words, files)).await {
        Ok(_) => Ok(Answer::to(case_page(id, "")).saying(Flash::ok(me.say.case_shown()))),
        Err(Refusal::Fields(errors)) => {
            let mut named = FieldErrors::none();
            for (field, wrong) in errors.iter() {
                named.add(if field == "words" { "caption" } else { field }, wrong.clone());
            }
            refused(&me, id, ("photos", upload.fields), Refusal::Fields(named)).await
        }
        Err(refusal) => refused(&me, id, ("photos", upload.fields), refusal).await,
    }
}

async fn propose(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    let done = match read_offer(&me, id, &typed).await {
        Ok((offer, amount)) => {
            let mut tx = me.begin().await?;
            let made = talking::propose(&mut tx, me.member(), id, offer, amount).await;
            if made.is_ok() {
                tx.commit().await?;
            }
            made.map(drop)
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(()) => Ok(Answer::to(case_page(id, "")).saying(Flash::ok(me.say.case_proposed()))),
        Err(refusal) => refused(&me, id, ("propose", typed), refusal).await,
    }
}

/// What is offered, and how much of a part. Errors: the fields `offer` and `amount`.
async fn read_offer(me: &SignedIn, id: OrderId, typed: &Typed) -> Result<(Offer, Option<i64>), Refusal> {
    let offer = Offer::find(typed.get("offer")).ok_or_else(|| Refusal::field("offer", Wrong::NotAChoice))?;
    if offer != Offer::Partial {
        return Ok((offer, None));
    }
    let currency = orders::find(&mut me.app.market.db.read().await?, id).await?.currency;
    let money = Money::parse(typed.get("amount"), currency);
    let money = money.ok_or_else(|| Refusal::field("amount", Wrong::NotAnAmount))?;
    Ok((offer, Some(money.amount)))
}

/// Refuses what the other side offers, or takes back what one offers oneself. What is accepted is a step of the order.
async fn answer(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    // What names none is one that is gone.
    let proposal = typed.get("proposal").parse().unwrap_or(ProposalId(uuid::Uuid::nil()));
    let mut tx = me.begin().await?;
    let (done, words) = match typed.get("do") {
        "withdraw" => (talking::withdraw(&mut tx, me.member(), id, proposal).await, me.say.case_withdrawn()),
        _ => (talking::refuse(&mut tx, me.member(), id, proposal).await, me.say.case_refused()),
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Answer::to(case_page(id, "")).saying(Flash::ok(words)))
        }
        Err(refusal) => {
            tx.rollback().await?;
            refused(&me, id, ("answer", typed), refusal).await
        }
    }
}

/// The page once more with what is wrong; what the case does not allow is said above it.
async fn refused(
    me: &SignedIn,
    id: OrderId,
    (act, typed): (&'static str, Typed),
    refusal: Refusal,
) -> Result<Answer, Answer> {
    match refusal {
        Refusal::Fields(errors) => {
            let found = page::load(&mut me.read().await?, me.member(), id).await?;
            let attempt = page::Attempt { act, filled: typed.with(last_names(&errors)) };
            Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page::page(me, &found, Some(&attempt))))
        }
        refusal => Ok(Answer::to(case_page(id, "")).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

/// The largest picture of a photo, for the two sides and staff alone. Like every page of an order it is kept nowhere.
async fn photo(me: SignedIn, Path((id, photo)): Path<(OrderId, EvidenceId)>) -> Result<Answer, Answer> {
    let found = talking::photo(&mut me.read().await?, me.member(), id, photo).await?;
    let width = found.widths.iter().max().copied().unwrap_or(found.width);
    let key = format!("{}/{width}.jpg", found.key);
    let bytes = me.app.market.objects.get(&key).await.map_err(Refusal::from)?.ok_or(Refusal::NotFound)?;
    Ok(Answer::file(content_type_of(&key), bytes))
}
