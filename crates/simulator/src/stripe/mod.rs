//! Stripe's dialect: version 2026-05-27.dahlia, as far as a marketplace with separate charges and transfers needs it.

pub mod accounts;
pub mod banks;
pub mod charges;
pub mod charging;
pub mod disputes;
pub mod errors;
pub mod events;
pub mod expand;
pub mod files;
pub mod lines;
pub mod lists;
pub mod methods;
pub mod payments;
pub mod payouts;
pub mod refunds;
pub mod reversals;
pub mod route;
pub mod tax;
pub mod transfers;
pub mod warnings;

use crate::asked::{Answered, Asked};
use crate::faults::Fault;
use crate::hooks::API_VERSION;
use crate::keys::{self, Use};
use crate::problem::Problem;
use crate::world::{Request, Work, World};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use route::{Call, route};

/// The script that stands in for Stripe.js.
pub const SCRIPT: &str = include_str!("element.js");

/// Answers a call.
pub async fn answer(world: &World, asked: &Asked, fault: Option<&Fault>) -> Answered {
    let answered = match asked.method.as_str() {
        "OPTIONS" => Answered::text(204, "text/plain", String::new()),
        _ => match understand(world, asked) {
            Ok(call) => done(world, asked, &call, fault).await,
            Err(problem) => errors::answer(&problem),
        },
    };
    // The element in the browser calls from the marketplace's own pages.
    answered
        .with_header("stripe-version", API_VERSION)
        .with_header("access-control-allow-origin", "*")
        .with_header("access-control-allow-headers", "authorization, content-type, stripe-version")
        .with_header("access-control-allow-methods", "GET, POST")
}

fn understand(world: &World, asked: &Asked) -> Result<Call, Problem> {
    let key = key_of(asked).ok_or_else(|| Problem::stranger("You did not provide an API key."))?;
    let is_public = key.starts_with("pk_test_");
    let is_known = world.secret_key().map_or_else(|| key.starts_with("sk_test_"), |secret| secret == key);
    if !is_public && !is_known {
        return Err(Problem::stranger("Invalid API Key provided. The simulator takes test keys only."));
    }
    Ok(Call {
        method: asked.method.clone(),
        path: asked.path.clone(),
        params: asked.params()?,
        account: asked.header("stripe-account").unwrap_or_default().to_owned(),
        is_public,
    })
}

/// The key that is shown, as a token or as the name of a password.
fn key_of(asked: &Asked) -> Option<String> {
    let shown = asked.header("authorization")?;
    if let Some(token) = shown.strip_prefix("Bearer ") {
        return Some(token.to_owned());
    }
    let pair = STANDARD.decode(shown.strip_prefix("Basic ")?).ok()?;
    String::from_utf8(pair).ok()?.split(':').next().map(str::to_owned)
}

/// Does a call once, however often it comes under its key.
async fn done(world: &World, asked: &Asked, call: &Call, fault: Option<&Fault>) -> Answered {
    let key = asked.header("idempotency-key").filter(|_| call.method == "POST");
    let used = key.map(|key| Use::of(&call.account, key, &call.method, &call.path, &call.params));
    let used = match used.transpose() {
        Ok(used) => used,
        Err(problem) => return errors::answer(&problem),
    };
    let running = used.as_ref().map(|used| world.run_under(&used.name()));
    if matches!(running, Some(None)) {
        return errors::answer(&keys::in_flight());
    }
    let mut work = match world.work().await {
        Ok(work) => work,
        Err(error) => return errors::answer(&error.into()),
    };
    let id = work.name("req");
    work.request = Some(Request { id: id.clone(), key: key.map(str::to_owned) });
    work.fault = fault.cloned();
    let (answered, is_done) = match under_key(&mut work, call, used.as_ref()).await {
        Ok(answered) => answered,
        Err(problem) => (errors::answer(&problem), false),
    };
    // The key is free when the answer is there, not a little later.
    let left = if is_done { work.commit().await } else { work.leave().await };
    match left {
        Ok(()) => answered.with_header("request-id", &id),
        Err(error) => errors::answer(&error.into()),
    }
}

/// The answer that is kept under the key; without one, that of doing it now, which is kept if it was begun. And
/// whether anything was done.
async fn under_key(work: &mut Work, call: &Call, used: Option<&Use>) -> Result<(Answered, bool), Problem> {
    if let Some(used) = used
        && let Some(known) = used.answer(work).await?
    {
        return Ok((known, false));
    }
    let answered = if work.suffers(&Fault::FailThenReplay) {
        errors::refused(500)
    } else {
        match shown(work, call).await {
            Ok(answered) => answered,
            Err(problem) if problem.has_begun => errors::answer(&problem),
            Err(problem) => return Err(problem),
        }
    };
    if call.method == "GET" {
        return Ok((answered, false));
    }
    if let Some(used) = used {
        used.keep(work, &answered).await?;
    }
    Ok((answered, true))
}

async fn shown(work: &mut Work, call: &Call) -> Result<Answered, Problem> {
    let mut value = route(work, call).await?;
    expand::expand(work, &mut value, &call.params.list("expand")).await?;
    Ok(Answered::json(200, &value))
}
