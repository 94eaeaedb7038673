//! Making good out of the company's own money.

use super::order;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use kernel::ids::Id;
use kernel::{FieldErrors, Money, OrderId, Refusal, RunId, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::choice::{Choice, radios};
use kit::parts::{Tone, back, button, error_summary, form, form_acts, money_field, notice, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::orders::goodwill::To;
use market::orders::model::Order;
use market::orders::rules as orders;
use market::reconciliation::own::{self, REFERENCE_MAX};
use market::staff::model::Reason;
use maud::{Markup, html};
use uuid::Uuid;

pub(super) const PATH: &str = "/admin/orders/{order}/goodwill";

pub(super) fn path(id: OrderId) -> String {
    format!("{}/goodwill", order::path(id))
}

async fn load(me: &SignedIn, id: OrderId) -> Result<(Order, Counts), Answer> {
    let mut reader = me.read().await?;
    let order = orders::find(&mut reader, id).await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    Ok((order, counts))
}

pub(super) async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let (order, counts) = load(&me, id).await?;
    Ok(Answer::page(page(&me, &order, counts, &me.filled(&path(id)))).secret())
}

/// Gives it, or lays it before a second person.
pub(super) async fn give(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    let (order, counts) = load(&me, id).await?;
    let refuse =
        |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &order, counts, filled)));
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let act = read(&me, &order, &typed, &mut errors);
    let (Some(why), Some(act)) = (why, act) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &order::path(id), me.say.goodwill_given()))
}

/// The act that somebody typed, if nothing of it is wrong.
fn read(me: &SignedIn, order: &Order, typed: &Typed, errors: &mut FieldErrors) -> Option<Act> {
    let to = match typed.get("to") {
        "seller" => Some(To::Seller),
        "buyer" => errors
            .take("reference", own::reference(typed.get("reference")))
            .map(|reference| To::Buyer { reference }),
        _ => errors.take("to", Err(Wrong::NotAChoice)),
    };
    let money = Money::parse(typed.get("money"), order.currency).filter(|money| money.amount > 0);
    let money = errors.take("money", money.ok_or(Wrong::NotAnAmount));
    let number = typed.get("number").parse::<Uuid>().unwrap_or_else(|_| number(me));
    Some(Act::Goodwill { number, order: order.id, to: to?, money: money? })
}

/// Makes one gift of a form, however often it is sent.
fn number(me: &SignedIn) -> Uuid {
    RunId::new(me.now, me.app.market.db.dice()).0
}

fn page(me: &SignedIn, order: &Order, counts: Counts, filled: &Filled) -> Markup {
    let say = &me.say;
    let labels = [
        ("to", say.goodwill_to()),
        ("money", say.goodwill_money()),
        ("reference", say.order_reference()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (back(&order::path(order.id), &say.admin_order_back(order.number.as_str())))
        (error_summary(say, &filled.errors, &labels))
        @if order::is_own(me, order) {
            (notice(Tone::Danger, "", html! { (say.refused_hold_own()) }))
        } @else if order.paid_at.is_none() {
            (notice(Tone::Plain, "", html! { (say.refused_goodwill_unpaid()) }))
        } @else {
            (form(me, &path(order.id), fields(me, order, filled)))
        }
    };
    let heads = (say.goodwill(), say.goodwill_lead());
    frame_of(me, counts, "orders", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn fields(me: &SignedIn, order: &Order, filled: &Filled) -> Markup {
    let say = &me.say;
    let kept = filled.get("number");
    let number = if kept.is_empty() { number(me).to_string() } else { kept.to_owned() };
    let to = To::NAMES.map(|to| {
        let key = format!("goodwill-to-{to}");
        Choice::new(to, say.by_key(&key)).note(say.by_key(&format!("{key}-note")))
    });
    html! {
        input type="hidden" name="number" value=(number);
        (radios(say, filled, "to", say.goodwill_to(), to.to_vec()))
        (money_field(say, filled, "money", say.goodwill_money(), order.currency)
            .hint(say.goodwill_money_hint(say.money(order.total))))
        (text(say, filled, "reference", say.order_reference())
            .hint(say.goodwill_reference_hint())
            .max(REFERENCE_MAX)
            .optional())
        (acts::reason(say, filled))
        (form_acts(false, html! { (button(say.goodwill_give()).danger()) }))
    }
}
