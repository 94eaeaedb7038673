//! Keeping an order's money where it is for a while, and letting it go on.

use super::order;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use kernel::{FieldErrors, OrderId, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{
    Facts, Opt, Tone, back, button, date_time, error_summary, facts, form, form_acts, notice, select,
};
use kit::visit::SignedIn;
use market::approvals::desk::HOLDS;
use market::approvals::model::Act;
use market::holds::{self, Held};
use market::orders::model::Order;
use market::orders::rules as orders;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/orders/{order}/holds";
/// For how many days it can be put on at once; it can be put on again.
const DAYS: [i64; 5] = [3, 7, 14, 30, 90];

pub(super) fn path(id: OrderId) -> String {
    format!("{}/holds", order::path(id))
}

/// What is shown.
struct Found {
    order: Order,
    held: Vec<Held>,
    counts: Counts,
}

impl Found {
    /// Errors: `NotFound`.
    async fn load(me: &SignedIn, id: OrderId) -> Result<Self, Answer> {
        let mut reader = me.read().await?;
        let order = orders::find(&mut reader, id).await?;
        let held = holds::on(&mut reader, id).await?;
        let counts = Counts::load(&mut reader, me.member()).await?;
        Ok(Self { order, held, counts })
    }
}

pub(super) async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let found = Found::load(&me, id).await?;
    Ok(Answer::page(page(&me, &found, &me.filled(&path(id)))).secret())
}

/// Puts one on, or lifts the one that the button names.
pub(super) async fn change(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    let found = Found::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &found, filled)));
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let act = match typed.get("do").strip_prefix("lift ") {
        Some(kind) => Some(Act::LiftHold { order: id, kind: kind.to_owned() }),
        None => {
            let kind = errors.take("kind", kind(typed.get("kind")));
            let days = errors.take("days", days(typed.get("days")));
            kind.zip(days).map(|(kind, days)| Act::PutHold { order: id, kind, days })
        }
    };
    let (Some(why), Some(act)) = (why, act) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    let said = if matches!(act, Act::LiftHold { .. }) { me.say.hold_lifted() } else { me.say.hold_put() };
    Ok(acting::answer(&me, became, &order::path(id), said))
}

fn kind(typed: &str) -> Result<String, Wrong> {
    HOLDS.into_iter().find(|kind| *kind == typed).map(str::to_owned).ok_or(Wrong::NotAChoice)
}

fn days(typed: &str) -> Result<i64, Wrong> {
    DAYS.into_iter().find(|n| n.to_string() == typed).ok_or(Wrong::NotAChoice)
}

/// What it is, for staff.
pub(super) fn name(say: &Say, kind: &str) -> String {
    say.by_key(&format!("hold-{kind}"))
}

/// What holds the money, since when and until when.
pub(super) fn list(me: &SignedIn, held: &[Held]) -> Markup {
    let say = &me.say;
    let told: Facts = held
        .iter()
        .map(|it| {
            let until = match it.until {
                Some(until) => html! { (say.hold_until()) " " (date_time(say, until)) },
                None => html! { (say.hold_open_end()) },
            };
            let since = html! { (say.hold_since()) " " (date_time(say, it.since)) };
            (name(say, it.kind.as_str()), html! { (since) ", " (until) })
        })
        .collect();
    html! { @if told.is_empty() { p { (say.holds_none()) } } @else { (facts(&told)) } }
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, id) = (&me.say, found.order.id);
    let labels =
        [("reason", say.staff_reason()), ("kind", say.hold_kind()), ("days", say.staff_suspend_until())];
    let body = html! {
        (back(&order::path(id), &say.admin_order_back(found.order.number.as_str())))
        (error_summary(say, &filled.errors, &labels))
        (list(me, &found.held))
        @if order::is_own(me, &found.order) {
            (notice(Tone::Danger, "", html! { (say.refused_hold_own()) }))
        } @else {
            (form(me, &path(id), fields(say, found, filled)))
        }
    };
    let heads = (say.holds(), say.holds_lead());
    frame_of(me, found.counts, "orders", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn fields(say: &Say, found: &Found, filled: &Filled) -> Markup {
    let kinds = HOLDS.into_iter().map(|kind| Opt::new(kind, name(say, kind))).collect();
    let days = DAYS.into_iter().map(|n| Opt::new(n, say.staff_suspend_days(n))).collect();
    let lifted = found.held.iter().map(|it| it.kind.as_str()).filter(|kind| HOLDS.contains(kind));
    html! {
        (acts::reason(say, filled))
        div.pair {
            (select(say, filled, "kind", say.hold_kind(), kinds).hint(say.hold_kind_hint()))
            (select(say, filled, "days", say.staff_suspend_until(), days).or("7"))
        }
        (form_acts(false, html! {
            (button(say.hold_put_button()).value("do", "put").primary())
            @for kind in lifted {
                (button(say.hold_lift_button(name(say, kind))).value("do", format!("lift {kind}")).danger())
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hold_has_its_words() {
        for kind in HOLDS.into_iter().chain(["chargeback"]) {
            assert!(Say::knows(&format!("hold-{kind}")), "{kind}");
        }
        assert_eq!(
            (days("7"), days("8"), kind("chargeback")),
            (Ok(7), Err(Wrong::NotAChoice), Err(Wrong::NotAChoice))
        );
    }
}
