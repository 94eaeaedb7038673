//! The puzzle that programs solve while very many sign in wrongly, open accounts or ask for links.

use crate::refuse;
use axum::http::{HeaderMap, HeaderName};
use axum::response::Response;
use kit::answer::Problem;
use kit::caller::Anyone;
use market::pressure::model::{Form, Shown};
use market::pressure::rules::{self as pressure, Passage};

const ANSWER: HeaderName = HeaderName::from_static("puzzle-answer");

/// The answer to a program that may not go on: 429 with a puzzle, which it sends back as `token:number`.
pub(crate) async fn stops(
    call: &Anyone,
    headers: &HeaderMap,
    form: Form,
) -> Result<Option<Response>, Problem> {
    if !pressure::is_on(&mut call.read().await?).await? {
        return Ok(None);
    }
    let gate = &call.app.market.door.gate;
    let sent = headers.get(ANSWER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (token, answer) = sent.split_once(':').unwrap_or((sent, ""));
    let mut tx = call.begin().await?;
    let shown = Shown { token, answer };
    let passage = pressure::admit(&mut tx, gate, form, shown, None, &call.client()).await?;
    tx.commit().await?;
    let (kept, seconds) = match passage {
        Passage::Free => return Ok(None),
        Passage::Wait(seconds) => (gate.again(form, token, call.now), seconds),
        Passage::Again => (None, 1),
    };
    let puzzle = kept.unwrap_or_else(|| gate.puzzle(form, call.now, call.app.market.db.dice()));
    Ok(Some(refuse::puzzle(call, &puzzle, seconds)))
}
