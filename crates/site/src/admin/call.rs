//! One call to a provider: what was asked, each try, and what somebody says became of it.

use super::event::{is_name, json};
use super::{Counts, acts, calls, frame, frame_of};
use crate::acting;
use crate::deals::staff_page;
use kernel::{FieldErrors, Refusal};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{
    Facts, Tone, acts as buttons, back, button, date_time, error_summary, facts, form, form_acts, link,
    notice, panel, table, text,
};
use kit::policy::Permission;
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::payments::calls::BecameOf;
use market::payments::calls::reading::{self, Try, Whole};
use market::staff::model::Reason;
use maud::{Markup, html};
use platform::Reader;

pub(super) const PATH: &str = "/admin/payments/calls/{id}";
pub(super) const SAY: &str = "/admin/payments/calls/{id}/say";

/// A page of a call: "" is the first, or "/say".
pub(super) fn path(key: &str, what: &str) -> String {
    format!("{}/calls/{key}{what}", staff_page("payments"))
}

pub(super) async fn show(me: SignedIn, Path(key): Path<String>) -> Result<Answer, Answer> {
    let (call, counts) = load(&me, &key).await?;
    let say = &me.say;
    let is_unknown = call.listed.state == "unknown";
    let body = html! {
        (back(&format!("{}/calls", staff_page("payments")), &say.admin_calls()))
        @if is_unknown { (notice(Tone::Danger, &say.admin_call_unknown(), html! { (say.admin_call_unknown_text()) })) }
        (facts(&known(&me, &call)))
        @if is_unknown && me.member().may(Permission::PaymentsReplay) {
            (buttons(html! { (link(path(&key, "/say"), say.admin_call_say()).primary()) }))
        }
        (panel("tries", &say.admin_call_tries(), tries(&me, &call.all_tries)))
        (panel("asked", &say.admin_call_asked(), json(&call.asked)))
        @if let Some(answered) = &call.answered { (panel("answered", &say.admin_call_answer(), json(answered))) }
    };
    let heads = (call.listed.operation.as_str(), say.admin_call_lead());
    Ok(Answer::page(frame(&me, counts, "payments", (heads.0, &heads.1), body)).secret())
}

fn known(me: &SignedIn, call: &Whole) -> Vec<(String, Markup)> {
    let say = &me.say;
    let mut known = vec![
        (say.admin_event_state(), calls::state(say, &call.listed.state)),
        (say.admin_event_provider(), html! { (call.listed.provider) }),
        (say.admin_call_key(), html! { code { (call.listed.key) } }),
        (say.admin_call_first(), date_time(say, call.listed.created_at)),
    ];
    if !call.path.is_empty() {
        let status = call.status.map(|status| format!(" – {status}")).unwrap_or_default();
        known.push((say.admin_call_request(), html! { code { (call.method) " " (call.path) } (status) }));
    }
    if let Some(request) = &call.request {
        known.push((say.admin_call_request_id(), html! { code { (request) } }));
    }
    if let Some(account) = &call.account {
        known.push((say.admin_event_account(), html! { code { (account) } }));
    }
    if let Some(since) = call.unknown_since {
        known.push((say.admin_call_unknown_since(), date_time(say, since)));
    }
    known
}

fn tries(me: &SignedIn, all: &[Try]) -> Markup {
    let say = &me.say;
    let heads = [
        (say.admin_call_sent(), false),
        (say.admin_call_outcome(), false),
        (say.admin_call_status(), true),
        (say.admin_job_error(), false),
    ];
    html! {
        @if all.is_empty() { p { (say.admin_call_no_tries()) } } @else {
            (table("call-tries", &say.admin_call_tries(), &heads, html! {
                @for one in all {
                    tr {
                        th scope="row" data-label=(heads[0].0) { (date_time(say, one.sent_at)) }
                        td data-label=(heads[1].0) { code { (one.outcome) } }
                        td.num data-label=(heads[2].0) { @if let Some(status) = one.status { (say.number(status)) } }
                        td.grow data-label=(heads[3].0) { (one.detail) }
                    }
                }
            }))
        }
    }
}

pub(super) async fn say_form(me: SignedIn, Path(key): Path<String>) -> Result<Answer, Answer> {
    let (call, counts) = load(&me, &key).await?;
    let filled = me.filled(&path(&key, "/say"));
    Ok(Answer::page(page(&me, counts, &call, &filled)).secret())
}

/// It was done, or not: the button says which.
pub(super) async fn say(me: SignedIn, Path(key): Path<String>, typed: Typed) -> Result<Answer, Answer> {
    let (call, counts) = load(&me, &key).await?;
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let became = match typed.get("do") {
        "done" => BecameOf::Done { reference: typed.get("reference").to_owned() },
        _ => BecameOf::NotDone,
    };
    let Some(why) = why else {
        return Ok(acts::refused(typed, errors, |filled| page(&me, counts, &call, filled)));
    };
    let back = path(&key, "");
    let became = match acting::carry_out(&me, &Act::SayOfCall { key, became }, &why).await {
        Err(Refusal::Fields(errors)) => {
            return Ok(acts::refused(typed, errors, |filled| page(&me, counts, &call, filled)));
        }
        other => other?,
    };
    Ok(acting::answer(&me, became, &back, me.say.admin_call_said()))
}

/// What somebody wants to say of a call, for who shall agree to it.
pub(super) async fn act_facts(
    reader: &mut Reader,
    me: &SignedIn,
    key: &str,
    became: &BecameOf,
) -> Result<Facts, Refusal> {
    let say = &me.say;
    let call = reading::find(reader, key).await?;
    let operation = html! { code { (call.listed.operation) } };
    let name = html! {
        @if me.member().may(Permission::PaymentsSee) { a href=(path(key, "")) { (operation) } } @else { (operation) }
    };
    let mut told = vec![(say.admin_call_operation(), name)];
    if let Some(amount) = call.amount() {
        told.push((say.ticket_amount(), html! { (say.money(amount)) }));
    }
    let said = match became {
        BecameOf::Done { reference } => html! { (say.admin_call_was_done()) ": " code { (reference) } },
        BecameOf::NotDone => html! { (say.admin_call_was_not_done()) },
    };
    told.push((say.admin_call_say(), said));
    Ok(told)
}

async fn load(me: &SignedIn, key: &str) -> Result<(Whole, Counts), Answer> {
    if !is_name(key) {
        return Err(Refusal::NotFound.into());
    }
    let mut reader = me.read().await?;
    let call = reading::find(&mut reader, key).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((call, counts))
}

fn page(me: &SignedIn, counts: Counts, call: &Whole, filled: &Filled) -> Markup {
    let say = &me.say;
    let key = call.listed.key.as_str();
    let labels = [("reference", say.admin_call_reference()), ("reason", say.staff_reason())];
    let body = html! {
        (back(&path(key, ""), &call.listed.operation))
        (error_summary(say, &filled.errors, &labels))
        @if call.listed.state == "unknown" {
            (form(me, &path(key, "/say"), html! {
                (text(say, filled, "reference", say.admin_call_reference())
                    .hint(say.admin_call_reference_hint())
                    .autocomplete("off"))
                (acts::reason(say, filled))
                (form_acts(false, html! {
                    (button(say.admin_call_was_done()).value("do", "done").primary())
                    (button(say.admin_call_was_not_done()).value("do", "not_done").danger())
                }))
            }))
        } @else { (notice(Tone::Plain, "", html! { (say.refused_call_known()) })) }
    };
    let heads = (say.admin_call_say(), say.admin_call_say_lead());
    frame_of(me, counts, "payments", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}
