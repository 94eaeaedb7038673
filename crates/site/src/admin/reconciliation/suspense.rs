//! Money in suspense, and what somebody says that it was.

use super::super::{Counts, acts, frame_of};
use super::{path_of_suspense, told};
use crate::acting;
use crate::deals::{staff_page, why};
use kernel::{FieldErrors, Refusal, Say, SuspenseId, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::choice::{Choice, radios};
use kit::parts::{
    Facts, Tone, back, button, date_time, details, error_summary, facts, form, form_acts, notice, text,
};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::Act;
use market::orders::overview as deals;
use market::orders::rules as orders;
use market::reconciliation::model::{SeenLine, Suspended, Was};
use market::reconciliation::own::{self, REFERENCE_MAX};
use market::reconciliation::suspense;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/suspense/{suspense}";

/// What is shown.
struct Case {
    it: Suspended,
    line: Option<SeenLine>,
    counts: Counts,
}

impl Case {
    /// Errors: `NotFound`.
    async fn load(me: &SignedIn, id: SuspenseId) -> Result<Self, Answer> {
        let mut reader = me.read().await?;
        let (it, line) = suspense::find(&mut reader, id).await?;
        let counts = Counts::load(&mut reader, me.member()).await?;
        Ok(Self { it, line, counts })
    }
}

/// The words for what it was.
pub(super) fn key_of(was: &str) -> String {
    format!("suspense-into-{was}")
}

pub(super) async fn show(me: SignedIn, Path(id): Path<SuspenseId>) -> Result<Answer, Answer> {
    let case = Case::load(&me, id).await?;
    Ok(Answer::page(page(&me, &case, &me.filled(&path_of_suspense(id)))).secret())
}

pub(super) async fn clear(me: SignedIn, Path(id): Path<SuspenseId>, typed: Typed) -> Result<Answer, Answer> {
    let case = Case::load(&me, id).await?;
    let mut errors = FieldErrors::none();
    let reason = errors.take("reason", Reason::read(typed.get("reason")));
    let was = read(&me, &typed, &mut errors).await?;
    let (Some(reason), Some(was)) = (reason, was) else {
        return Ok(acts::refused(typed, errors, |filled| page(&me, &case, filled)));
    };
    let all = staff_page("reconciliation");
    match acting::carry_out(&me, &Act::ClearSuspense { suspense: id, was }, &reason).await {
        Ok(became) => Ok(acting::answer(&me, became, &all, me.say.suspense_cleared())),
        Err(refusal @ Refusal::Conflict(_)) => {
            Ok(Answer::to(path_of_suspense(id)).saying(Flash::bad(why(&me.say, refusal)?)))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// What somebody says that it was; whose it is goes by the number of an order.
async fn read(me: &SignedIn, typed: &Typed, errors: &mut FieldErrors) -> Result<Option<Was>, Answer> {
    Ok(match typed.get("was") {
        "fee" => Some(Was::Fee),
        "goodwill" => Some(Was::Goodwill),
        "bank" => Some(Was::Bank),
        whose @ ("buyer" | "seller") => {
            let reference = match whose {
                "buyer" => errors.take("reference", own::reference(typed.get("reference"))),
                _ => None,
            };
            let mut reader = me.read().await?;
            let wanted = typed.get("order");
            let found =
                if wanted.trim().is_empty() { None } else { deals::find(&mut reader, wanted).await? };
            let id = errors.take("order", found.ok_or(Wrong::Because("admin-order-unknown")));
            match (id, reference) {
                (Some(order), Some(reference)) => Some(Was::Buyer { order, reference }),
                (Some(order), None) if whose == "seller" => {
                    let seller = orders::find(&mut reader, order).await?.seller;
                    Some(Was::Seller { order, seller })
                }
                _ => None,
            }
        }
        _ => errors.take("was", Err(Wrong::NotAChoice)),
    })
}

fn page(me: &SignedIn, case: &Case, filled: &Filled) -> Markup {
    let (say, it) = (&me.say, &case.it);
    let labels = [
        ("was", say.suspense_was()),
        ("order", say.suspense_order()),
        ("reference", say.order_reference()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (back(&staff_page("reconciliation"), &say.admin_reconciliation()))
        (error_summary(say, &filled.errors, &labels))
        (facts(&all(say, case)))
        @if let Some(line) = &case.line {
            (details(&say.suspense_raw(), html! { pre { (serde_json::to_string_pretty(&line.raw).unwrap_or_default()) } }))
        }
        @if it.ended_at.is_some() {
            (notice(Tone::Plain, "", html! { (say.suspense_over()) }))
        } @else {
            (form(me, &path_of_suspense(it.id), fields(say, it, filled)))
        }
    };
    let heads = (say.suspense_page(), say.suspense_page_lead());
    let has_errors = !filled.errors.is_empty();
    frame_of(me, case.counts, "reconciliation", (&heads.0, &heads.1), has_errors, body)
}

fn all(say: &Say, case: &Case) -> Facts {
    let mut all = told(say, &case.it);
    all.push((say.suspense_since(), date_time(say, case.it.opened_at)));
    if case.it.ours != 0 {
        let ours = kernel::Money::new(case.it.ours, case.it.amount.currency);
        all.push((say.suspense_ours(), html! { (say.money(ours)) }));
    }
    if let Some(line) = &case.line {
        all.push((say.suspense_line_kind(), html! { code { (line.kind) } }));
        if let Some(source) = &line.source {
            all.push((say.suspense_line_source(), html! { code { (source) } }));
        }
        let fee = kernel::Money::new(line.fee, line.amount.currency);
        all.push((say.reconciliation_theirs(), html! { (say.money(line.amount)) }));
        all.push((say.suspense_line_fee(), html! { (say.money(fee)) }));
    }
    all
}

/// Only what is there can be somebody's.
fn fields(say: &Say, it: &Suspended, filled: &Filled) -> Markup {
    let is_there = it.amount.amount > 0;
    let is_offered = |was: &&str| is_there || !matches!(*was, "buyer" | "seller");
    let one = |was: &str| {
        let key = key_of(was);
        Choice::new(was, say.by_key(&key)).note(say.by_key(&format!("{key}-note")))
    };
    let all: Vec<Choice> = Was::NAMES.into_iter().filter(is_offered).map(one).collect();
    html! {
        (radios(say, filled, "was", say.suspense_was(), all))
        @if is_there {
            (text(say, filled, "order", say.suspense_order()).hint(say.suspense_order_hint()).short().optional())
            (text(say, filled, "reference", say.order_reference())
                .hint(say.goodwill_reference_hint())
                .max(REFERENCE_MAX)
                .optional())
        }
        (acts::reason(say, filled))
        (form_acts(false, html! { (button(say.suspense_do()).primary()) }))
    }
}
