//! One event of a provider: what it said, and having it read again.

use super::{Counts, acts, frame, frame_of, payments};
use crate::deals::staff_page;
use kernel::{FieldErrors, Refusal};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{
    acts as buttons, back, button, date_time, error_summary, facts, form, form_acts, link, panel,
};
use kit::policy::Permission;
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::payments::inbox::{self, Received, Whole};
use market::staff::model::Reason;
use maud::{Markup, html};
use serde_json::Value;

pub(super) const PATH: &str = "/admin/payments/events/{provider}/{event}";
pub(super) const REPLAY: &str = "/admin/payments/events/{provider}/{event}/replay";

/// Whether a text can be the name of something of a provider's, and go into a question to the database.
pub(super) fn is_name(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':');
    !text.is_empty() && text.len() <= 255 && text.bytes().all(fits)
}

/// A page of an event: "" is the first, or "/replay".
pub(super) fn path(event: &Received, what: &str) -> String {
    format!("{}/events/{}/{}{what}", staff_page("payments"), event.provider, event.event)
}

pub(super) async fn show(
    me: SignedIn,
    Path((provider, event)): Path<(String, String)>,
) -> Result<Answer, Answer> {
    let (found, counts) = load(&me, &provider, &event).await?;
    let say = &me.say;
    let may_replay = me.member().may(Permission::PaymentsReplay) && found.body.is_some();
    let body = html! {
        (back(&staff_page("payments"), &say.admin_payments()))
        (facts(&known(&me, &found)))
        @if may_replay {
            (buttons(html! { (link(path(&found.received, "/replay"), say.admin_event_replay()).icon("refresh")) }))
        }
        (panel("body", &say.admin_event_body(), match &found.body {
            Some(body) => json(body),
            None => html! { p { (say.admin_event_blank()) } },
        }))
        (panel("headers", &say.admin_event_headers(), json(&found.headers)))
    };
    let kind = found.received.kind.as_str();
    Ok(Answer::page(frame(&me, counts, "payments", (kind, &say.admin_event_lead()), body)).secret())
}

/// JSON as people read it.
pub(super) fn json(value: &Value) -> Markup {
    html! { pre { (serde_json::to_string_pretty(value).unwrap_or_default()) } }
}

fn known(me: &SignedIn, found: &Whole) -> Vec<(String, Markup)> {
    let say = &me.say;
    let one = &found.received;
    let mut known = vec![
        (say.admin_event_state(), payments::outcome(say, one)),
        (say.admin_event_provider(), html! { (one.provider) }),
        (say.admin_event_id(), html! { code { (one.event) } }),
        (say.admin_event_received(), date_time(say, one.received_at)),
    ];
    if let Some(at) = found.happened_at {
        known.push((say.admin_event_happened(), date_time(say, at)));
    }
    if let Some(account) = &found.account {
        known.push((say.admin_event_account(), html! { code { (account) } }));
    }
    known.push((say.admin_job_tries(), html! { (say.number(found.tries)) }));
    if let Some(at) = found.replayed_at {
        known.push((say.admin_event_replayed(), date_time(say, at)));
    }
    known
}

pub(super) async fn replay_form(
    me: SignedIn,
    Path((provider, event)): Path<(String, String)>,
) -> Result<Answer, Answer> {
    let (found, counts) = load(&me, &provider, &event).await?;
    let filled = me.filled(&path(&found.received, "/replay"));
    Ok(Answer::page(page(&me, counts, &found.received, &filled)).secret())
}

pub(super) async fn replay(
    me: SignedIn,
    Path((provider, event)): Path<(String, String)>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let (found, counts) = load(&me, &provider, &event).await?;
    let why = match Reason::read(typed.get("reason")) {
        Ok(why) => why,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(&me, counts, &found.received, filled)));
        }
    };
    let mut tx = me.begin().await?;
    inbox::replay(&mut tx, me.member().id, (&provider, &event), &why).await?;
    tx.commit().await?;
    Ok(Answer::to(path(&found.received, "")).saying(Flash::ok(me.say.admin_event_replayed_now())))
}

async fn load(me: &SignedIn, provider: &str, event: &str) -> Result<(Whole, Counts), Answer> {
    if !is_name(provider) || !is_name(event) {
        return Err(Refusal::NotFound.into());
    }
    let mut reader = me.read().await?;
    let found = inbox::find(&mut reader, provider, event).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((found, counts))
}

fn page(me: &SignedIn, counts: Counts, event: &Received, filled: &Filled) -> Markup {
    let say = &me.say;
    let body = html! {
        (back(&path(event, ""), &event.kind))
        (error_summary(say, &filled.errors, &[("reason", say.staff_reason())]))
        (form(me, &path(event, "/replay"), html! {
            (acts::reason(say, filled))
            (form_acts(false, html! { (button(say.admin_event_replay()).primary().icon("refresh")) }))
        }))
    };
    let heads = (say.admin_event_replay(), say.admin_event_replay_lead());
    frame_of(me, counts, "payments", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}
