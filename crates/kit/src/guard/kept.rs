//! Forms that are sent when their sender has to sign in first: what was typed is kept, and shown again on the form's own
//! page. It is never sent by itself.
//!
//! Only what came from a page of ours gets here (the layer around has looked), and it is kept for whom the form was made:
//! its token says so, also when the session has ended.

use super::Guard;
use crate::answer::{Denied, Notes};
use crate::form::{Typed, media_type};
use crate::kept::{FIELD, Kept, worth_keeping};
use crate::visit::Visit;
use crate::{csrf, links};
use axum::body::{Body, to_bytes};
use axum::response::Response;
use bytes::Bytes;
use http::request::Parts;
use http::{Method, StatusCode};
use kernel::{KeptFormId, Refusal};
use market::kept::model::Form;
use market::kept::rules as forms;
use std::sync::Arc;
use std::time::Duration;

/// What became of a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    /// Its sender has to sign in, or to show again who they are.
    Stopped,
    Taken,
    /// It came back with mistakes, or was refused.
    Returned,
}

impl Outcome {
    pub(super) fn of(visit: &Visit, response: &Response) -> Self {
        let denied = response.extensions().get::<Notes>().and_then(|notes| notes.denied.as_ref());
        match denied {
            // Signing in once more would lead nowhere else.
            Some(denied) if denied.is_sign_in() && visit.suspended.is_none() => Self::Stopped,
            Some(Denied::StepUp) => Self::Stopped,
            None if response.status() < StatusCode::BAD_REQUEST => Self::Taken,
            _ => Self::Returned,
        }
    }
}

/// Reads a form whose page is known before anything is said about it. Errors: 413; too slow.
pub(super) async fn read(guard: &Guard, parts: &Parts, body: Body) -> Result<(Body, Option<Bytes>), Denied> {
    let kind = media_type(&parts.headers);
    if guard.policy.form_on.is_none() || kind != "application/x-www-form-urlencoded" {
        return Ok((body, None));
    }
    let max = guard.policy.body;
    let patience = Duration::from_secs(guard.policy.seconds());
    let read = tokio::time::timeout(patience, to_bytes(body, max)).await.map_err(|_| Denied::Late)?;
    let bytes = read.map_err(|_| Denied::TooLarge { max })?;
    Ok((Body::from(bytes.clone()), Some(bytes)))
}

/// What was typed into a form of the page that is asked for, when its address says that there is such.
pub(super) async fn find(visit: &Visit, method: &Method) -> Result<Option<Arc<Kept>>, Denied> {
    if *method != Method::GET || visit.looker.is_some() || !visit.query().contains(FIELD) {
        return Ok(None);
    }
    let Ok(id) = Typed::read(visit.query().as_bytes()).get(FIELD).parse::<KeptFormId>() else {
        return Ok(None);
    };
    let Some(owner) = visit.holder() else { return Ok(None) };
    let market = &visit.app.market;
    let mut reader = market.db.read().await?;
    let found = forms::find(&mut reader, &market.door.vault, owner.id, id, visit.path()).await?;
    Ok(found.map(|it| Arc::new(Kept::new(id, it.action, &it.fields))))
}

/// Keeps what was sent and not taken, and forgets what was sent again and taken. Answers whether something is kept; then
/// the visit comes back to it.
pub(super) async fn settle(
    guard: &Guard,
    visit: &mut Visit,
    parts: &Parts,
    sent: &Bytes,
    outcome: Outcome,
) -> bool {
    let typed = Typed::read(sent);
    let done = match outcome {
        Outcome::Stopped => keep(guard, visit, parts, &typed).await,
        Outcome::Taken => forget(visit, &typed).await.map(|()| false),
        Outcome::Returned => Ok(false),
    };
    // Nobody is stopped by this: at worst they type it again.
    done.unwrap_or_else(|refusal| {
        Denied::from(refusal).log(&visit.request_id);
        false
    })
}

async fn keep(guard: &Guard, visit: &mut Visit, parts: &Parts, typed: &Typed) -> Result<bool, Refusal> {
    let Some(page) = guard.policy.page_of_form(parts.uri.path()).map(|page| links::local(&page)) else {
        return Ok(false);
    };
    // To the page of the form: where it was sent to there may be none.
    visit.return_to.clone_from(&page);
    let Some(owner) = csrf::owner(&visit.app.web.csrf, typed.get(csrf::FIELD)) else { return Ok(false) };
    // Somebody else is signed in meanwhile, who is not shown what its owner typed.
    if visit.account().is_some_and(|member| member.id != owner) {
        return Ok(false);
    }
    let Some(fields) = worth_keeping(typed) else { return Ok(false) };
    let form = Form { page: &page, action: parts.uri.path(), fields: &fields };
    let mut tx = visit.app.market.db.begin().await?;
    let id = forms::keep(&mut tx, &visit.app.market.door.vault, owner, &form).await?;
    tx.commit().await?;
    if let Some(id) = id {
        visit.return_to = format!("{page}?{FIELD}={id}");
    }
    Ok(id.is_some())
}

async fn forget(visit: &Visit, typed: &Typed) -> Result<(), Refusal> {
    let (Ok(id), Some(owner)) = (typed.get(FIELD).parse::<KeptFormId>(), visit.holder()) else {
        return Ok(());
    };
    let mut tx = visit.app.market.db.begin().await?;
    forms::forget(&mut tx, owner.id, id).await?;
    Ok(tx.commit().await?)
}
