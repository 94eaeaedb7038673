//! One's API keys: which there are, making one, putting a new one in the place of another, ending one.

mod view;

use super::urls;
use axum::http::StatusCode;
use kernel::{ApiKeyId, FieldErrors, Wrong};
use kit::answer::Answer;
use kit::form::Path;
use kit::links;
use kit::policy::{Audience, Object};
use kit::route::{Route, get, post};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::apikeys::model::{self as keys, Asked, New};
use market::apikeys::rules;

/// The routes of this module.
pub(super) fn routes() -> Vec<Route> {
    let (member, verified) = (Audience::Member, Audience::Verified);
    vec![
        get("/account/keys", "keys.list", list).audience(member),
        get("/account/keys/new", "keys.make_form", make_form).audience(verified).step_up(),
        post("/account/keys", "keys.make", make).audience(verified).step_up().form_on(urls::KEYS_NEW),
        get("/account/keys/{id}/rotate", "keys.rotate_form", rotate_form)
            .audience(verified)
            .object(Object::ApiKey)
            .step_up(),
        post("/account/keys/{id}/rotate", "keys.rotate", rotate)
            .audience(verified)
            .object(Object::ApiKey)
            .step_up()
            .form_on("/account/keys/{id}/rotate"),
        post("/account/keys/{id}/revoke", "keys.revoke", revoke).audience(member).object(Object::ApiKey),
    ]
}

async fn list(visit: SignedIn) -> Result<Answer, Answer> {
    let all = rules::list(&mut visit.read().await?, visit.member().id).await?;
    Ok(Answer::page(view::list(&visit, &all)))
}

async fn make_form(visit: SignedIn) -> Answer {
    Answer::page(view::make(&visit, &visit.filled(&links::api_keys())))
}

async fn make(visit: SignedIn, typed: Typed) -> Result<Answer, Answer> {
    let read = New::read(Asked {
        name: typed.get("name"),
        scopes: typed.all("scopes").collect(),
        expires_in_days: number(typed.get("expires_in_days")),
        networks: typed.get("networks"),
        per_minute: number(typed.get("per_minute")),
    });
    let new = match read {
        Ok(new) => new,
        Err(errors) => {
            let page = view::make(&visit, &typed.with(errors));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    let mut tx = visit.begin().await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let (key, secret) = rules::make(&mut tx, visit.member(), &new, &client, base_url).await?;
    tx.commit().await?;
    Ok(Answer::page(view::shown(&visit, &key, &secret, &visit.say.keys_made_next())).secret())
}

async fn rotate_form(visit: SignedIn, Path(id): Path<ApiKeyId>) -> Result<Answer, Answer> {
    let key = rules::find(&mut visit.read().await?, visit.member().id, id).await?;
    Ok(Answer::page(view::rotate(&visit, &key, &visit.filled(&urls::key_rotate(id)))))
}

async fn rotate(visit: SignedIn, Path(id): Path<ApiKeyId>, typed: Typed) -> Result<Answer, Answer> {
    let hours = number(typed.get("overlap_hours")).map(|n| n.unwrap_or(keys::OVERLAP_HOURS));
    let overlap = match hours.and_then(keys::overlap) {
        Ok(overlap) => overlap,
        Err(wrong) => {
            let key = rules::find(&mut visit.read().await?, visit.member().id, id).await?;
            let page = view::rotate(&visit, &key, &typed.with(FieldErrors::one("overlap_hours", wrong)));
            return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
        }
    };
    let mut tx = visit.begin().await?;
    let (client, base_url) = (visit.client(), &visit.app.web.base_url);
    let (key, secret) = rules::rotate(&mut tx, visit.member(), id, overlap, &client, base_url).await?;
    tx.commit().await?;
    let next = match overlap.is_zero() {
        true => visit.say.keys_rotated_now(),
        false => visit.say.keys_rotated_next(visit.say.date_time(visit.now + overlap)),
    };
    Ok(Answer::page(view::shown(&visit, &key, &secret, &next)).secret())
}

async fn revoke(visit: SignedIn, Path(id): Path<ApiKeyId>) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    rules::revoke(&mut tx, visit.member(), id, &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::api_keys()).saying(Flash::ok(visit.say.keys_revoked())))
}

/// A number that may be left out.
fn number(typed: &str) -> Result<Option<i64>, Wrong> {
    match typed.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Wrong::NotANumber),
    }
}
