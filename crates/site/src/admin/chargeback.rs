//! One chargeback: what the bank says, what it is shown, and the ways to answer.

use super::chargebacks::{badge, path};
use super::{Counts, acts, frame_of};
use crate::acting;
use crate::deals::{key, staff_page, why};
use kernel::{ChargebackId, FieldErrors, Refusal, Say};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::links;
use kit::parts::{
    Facts, Tone, back, button, date_time, error_summary, facts, form, form_acts, notice, panel, table,
    textarea,
};
use kit::policy::Permission;
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::Act;
use market::chargebacks::desk;
use market::chargebacks::evidence::{FIELDS, field_key};
use market::chargebacks::model::{Shown, Words, reason_key};
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/chargebacks/{chargeback}";

/// What is shown.
struct Found {
    shown: Shown,
    counts: Counts,
}

pub(super) async fn show(me: SignedIn, Path(id): Path<ChargebackId>) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    Ok(Answer::page(page(&me, &found, &me.filled(&path(id)))).secret())
}

/// Keeps the draft, sends it, accepts, or refunds: the button says which. What stands in the way is said on the page of it.
pub(super) async fn answer(
    me: SignedIn,
    Path(id): Path<ChargebackId>,
    typed: Typed,
) -> Result<Answer, Answer> {
    let found = load(&me, id).await?;
    let say = &me.say;
    let done = match typed.get("do") {
        "accept" => return give_in(&me, &found, typed, Act::AcceptChargeback { chargeback: id }).await,
        "refund" => return give_in(&me, &found, typed, Act::RefundInquiry { chargeback: id }).await,
        "send" => send(&me, id, &typed, true).await.map(|()| say.admin_chargeback_sent()),
        _ => send(&me, id, &typed, false).await.map(|()| say.admin_chargeback_saved()),
    };
    match done {
        Ok(done) => Ok(Answer::to(path(id)).saying(Flash::ok(done))),
        Err(Refusal::Fields(errors)) => Ok(acts::refused(typed, errors, |filled| page(&me, &found, filled))),
        Err(refusal) => Ok(Answer::to(path(id)).saying(Flash::bad(why(say, refusal)?))),
    }
}

/// Writes what was typed, and sends it if it is to be sent.
async fn send(me: &SignedIn, id: ChargebackId, typed: &Typed, is_sent: bool) -> Result<(), Refusal> {
    let fields: Vec<(&str, &str)> =
        FIELDS.iter().filter_map(|field| Some((*field, typed.maybe(field)?))).collect();
    let mut tx = me.app.market.db.begin().await?;
    if !fields.is_empty() {
        desk::write(&mut tx, me.member(), id, &fields).await?;
    }
    if is_sent {
        desk::submit(&mut tx, me.member(), id, me.app.market.base_url()).await?;
    }
    Ok(tx.commit().await?)
}

async fn give_in(me: &SignedIn, found: &Found, typed: Typed, act: Act) -> Result<Answer, Answer> {
    let here = path(found.shown.chargeback.id);
    let reason = match Reason::read(typed.get("reason")) {
        Ok(reason) => reason,
        Err(wrong) => {
            let errors = FieldErrors::one("reason", wrong);
            return Ok(acts::refused(typed, errors, |filled| page(me, found, filled)));
        }
    };
    let done = match act {
        Act::RefundInquiry { .. } => me.say.admin_chargeback_refunded(),
        _ => me.say.admin_chargeback_accepted(),
    };
    match acting::carry_out(me, &act, &reason).await {
        Ok(became) => Ok(acting::answer(me, became, &here, done)),
        Err(refusal) => Ok(Answer::to(here).saying(Flash::bad(why(&me.say, refusal)?))),
    }
}

async fn load(me: &SignedIn, id: ChargebackId) -> Result<Found, Answer> {
    let mut reader = me.read().await?;
    let shown = desk::show(&mut reader, me.member(), id).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok(Found { shown, counts })
}

/// With what is drafted, where nobody has typed anything else.
fn whole(shown: &Shown, filled: &Filled) -> Filled {
    let mut values = filled.values.clone();
    for piece in &shown.evidence {
        if values.maybe(&piece.field).is_none() {
            values.add(piece.field.as_str(), piece.words.as_str());
        }
    }
    values.with(filled.errors.clone())
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, shown) = (&me.say, &found.shown);
    let it = &shown.chargeback;
    let labels: Vec<(&str, String)> = FIELDS
        .iter()
        .map(|field| (*field, say.by_key(&field_key(field))))
        .chain([("reason", say.staff_reason())])
        .collect();
    let body = html! {
        (back(&staff_page("chargebacks"), &say.admin_chargebacks()))
        (error_summary(say, &filled.errors, &labels))
        (facts(&told(say, shown)))
        (orders(me, shown))
        @if shown.is_own {
            (notice(Tone::Plain, "", html! { (say.admin_chargeback_own()) }))
        }
        @if it.can_be_written() && !shown.is_own {
            (evidence(me, shown, &whole(shown, filled)))
            (other_ways(me, shown, filled))
        } @else {
            (shown_to_the_bank(say, shown))
        }
        (panel("history", &say.admin_chargeback_history(), history(say, shown)))
    };
    let heads = (say.money(it.amount), say.admin_chargeback_lead());
    frame_of(me, found.counts, "chargebacks", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn told(say: &Say, shown: &Shown) -> Facts {
    let it = &shown.chargeback;
    let mut told: Facts = vec![
        (say.admin_chargeback_state(), badge(say, &it.state)),
        (
            say.admin_chargeback_reason(),
            html! { (say.by_key(&reason_key(&it.reason))) " " code { (it.reason) } },
        ),
        (say.admin_chargeback_amount(), html! { (say.money(it.amount)) }),
    ];
    if !it.fee.is_zero() {
        told.push((say.admin_chargeback_fee(), html! { (say.money(it.fee)) }));
    }
    if let Some(due) = it.due_by.filter(|_| it.is_open()) {
        told.push((say.admin_chargeback_due(), date_time(say, due)));
    }
    told.push((say.admin_chargeback_opened(), date_time(say, it.opened_at)));
    told.push((say.admin_chargeback_provider(), html! { (it.provider) " " code { (it.provider_ref) } }));
    told
}

/// Its orders, each with its part, and with the way to it for who may go.
fn orders(me: &SignedIn, shown: &Shown) -> Markup {
    let say = &me.say;
    let is_seen = me.member().may(Permission::OrdersSee);
    let heads = [
        (say.admin_order(), false),
        (say.admin_chargeback_share(), true),
        (say.admin_chargeback_aside(), true),
    ];
    table(
        "chargeback-orders",
        &say.admin_chargeback_orders(),
        &heads,
        html! {
            @for share in &shown.shares {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        @if is_seen { a href=(links::order(share.order)) { (share.number) } } @else { (share.number) }
                    }
                    td.num data-label=(heads[1].0) { (say.money(share.amount)) }
                    td.num data-label=(heads[2].0) { (say.money(share.reserved)) }
                }
            }
        },
    )
}

fn evidence(me: &SignedIn, shown: &Shown, filled: &Filled) -> Markup {
    let (say, it) = (&me.say, &shown.chargeback);
    let by_itself = it.timer.as_ref().map(|timer| say.admin_chargeback_by_itself(say.date_time(timer.at)));
    let fields = html! {
        p.hint { (say.admin_chargeback_evidence_hint()) }
        @for field in FIELDS {
            (textarea(say, filled, field, say.by_key(&field_key(field)), rows(field)).max(Words::MAX).optional())
        }
        @if let Some(text) = by_itself { p { (text) } }
        (form_acts(false, html! {
            (button(say.admin_chargeback_save()).value("do", "save"))
            (button(say.admin_chargeback_send()).value("do", "send").primary())
        }))
    };
    panel("evidence", &say.admin_chargeback_evidence(), form(me, &path(it.id), fields))
}

/// How many lines a field opens with.
fn rows(field: &str) -> u32 {
    if field == "uncategorized_text" { 10 } else { 2 }
}

/// Giving in: before the bank takes the money, or after.
fn other_ways(me: &SignedIn, shown: &Shown, filled: &Filled) -> Markup {
    let (say, it) = (&me.say, &shown.chargeback);
    let (text, act) = match it.is_inquiry() {
        true => (
            say.admin_chargeback_refund_text(),
            button(say.admin_chargeback_refund()).value("do", "refund").danger(),
        ),
        false => (
            say.admin_chargeback_accept_text(),
            button(say.admin_chargeback_accept()).value("do", "accept").danger(),
        ),
    };
    let fields = html! {
        p { (text) }
        (acts::reason(say, filled))
        (form_acts(false, html! { (act) }))
    };
    panel("other-ways", &say.admin_chargeback_give_in(), form(me, &path(it.id), fields))
}

/// What was sent, or would be.
fn shown_to_the_bank(say: &Say, shown: &Shown) -> Markup {
    let pieces: Facts = FIELDS
        .iter()
        .filter_map(|field| shown.evidence.iter().find(|piece| piece.field == *field))
        .map(|piece| (say.by_key(&field_key(&piece.field)), html! { pre { (piece.words) } }))
        .collect();
    html! {
        @if !pieces.is_empty() {
            (panel("evidence", &say.admin_chargeback_evidence(), html! {
                @if shown.chargeback.submitted_at.is_some() { p.hint { (say.admin_chargeback_evidence_sent()) } }
                (facts(&pieces))
            }))
        }
    }
}

fn history(say: &Say, shown: &Shown) -> Markup {
    html! {
        ul.rows-list role="list" {
            @for step in &shown.steps {
                li { (date_time(say, step.at)) " " (say.by_key(&key("chargeback-done", &step.transition))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every step of the table, by its name.
    #[test]
    fn every_step_has_words() {
        let table = include_str!("../../../market/processes/chargeback.toml");
        let names: Vec<&str> = table
            .lines()
            .filter_map(|line| line.trim().strip_prefix("{ name = \"")?.split('"').next())
            .collect();
        assert!(names.len() > 20, "{names:?}");
        for name in names {
            assert!(Say::knows(&key("chargeback-done", name)), "{name}");
        }
    }
}
