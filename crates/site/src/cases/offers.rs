//! What the sides offer each other, with what each offer costs whom in numbers.

use super::page::{Attempt, Found};
use crate::deals::{case_page, key};
use crate::orders::words;
use kernel::{Money, Say};
use kit::form::Filled;
use kit::links;
use kit::parts::form::{form, post};
use kit::parts::{Choice, Receipt, button, money_field, panel as boxed, radios, submit_once};
use kit::visit::Visit;
use market::cases::model::{Offer, Proposal, Side as Speaker};
use market::orders::parts;
use maud::{Markup, html};

/// Nothing where nothing was offered and nothing can be.
pub(super) fn panel(visit: &Visit, found: &Found, attempt: Option<&Attempt>) -> Markup {
    let (say, may_offer) = (&visit.say, found.is_talking() && found.speaker() != Speaker::Staff);
    if found.whole.proposals.is_empty() && !may_offer {
        return html! {};
    }
    boxed(
        "offers",
        &say.case_offers(),
        html! {
            @for proposal in &found.whole.proposals { (offered(visit, found, proposal)) }
            @if may_offer { (maker(visit, found, attempt)) }
        },
    )
}

/// One proposal: what it is, what it means for both, and what the viewer may do with it.
fn offered(visit: &Visit, found: &Found, proposal: &Proposal) -> Markup {
    let say = &visit.say;
    let mine = proposal.side == found.speaker();
    let by = say.by_key(&key("case-side", proposal.side.name()));
    let who = if mine { say.case_offer_yours() } else { say.case_offer_of(by) };
    let state = say.by_key(&key("case-proposal", &proposal.state));
    html! {
        article.case-offer {
            h3 { (who) ": " (say.by_key(&key("case-offer", proposal.offer.name()))) }
            (costs(say, found, proposal.offer, proposal.refund))
            @if proposal.is_open() {
                p { (say.case_offer_until(words::when(say, proposal.ends_at, visit.now))) }
                @if found.is_talking() { (answers(visit, found, proposal, mine)) }
            } @else {
                p.meta { (state) }
            }
        }
    }
}

/// Who gets what, in numbers.
fn costs(say: &Say, found: &Found, offer: Offer, refund: Option<Money>) -> Markup {
    let order = &found.shown.order;
    let zero = Money::zero(order.currency);
    let (back, rest) = match (offer, refund) {
        (Offer::Partial, Some(back)) => words::split(order, None, Some(back)),
        (Offer::Partial, None) | (Offer::Return, _) => (order.total, zero),
        (Offer::Replacement, _) => (zero, order.seller_part()),
    };
    html! {
        (Receipt::new()
            .line(say.case_buyer_gets(), say.money(back))
            .line(say.case_seller_gets(), say.money(rest)))
        p.hint { (say.by_key(&key("case-offer-means", offer.name()))) }
    }
}

fn answers(visit: &Visit, found: &Found, proposal: &Proposal, mine: bool) -> Markup {
    let (say, id) = (&visit.say, found.shown.order.id);
    let named = html! { input type="hidden" name="proposal" value=(proposal.id); };
    let answer = case_page(id, "/answer");
    if found.speaker() == Speaker::Staff {
        return html! {};
    }
    if mine {
        return post(
            visit,
            &answer,
            None,
            html! { (named) (button(say.case_withdraw()).value("do", "withdraw")) },
        );
    }
    let step = accepting(found.speaker(), proposal.offer);
    html! {
        @if found.offers(step) {
            (post(visit, &links::order_step(id, step), None, html! {
                (named)
                div.acts { (submit_once(say, &button(say.by_key(&key("order-do", step))).primary())) }
            }))
        }
        (post(visit, &answer, None, html! { (named) (button(say.case_refuse()).value("do", "refuse")) }))
    }
}

/// The step of the order by which a side accepts.
const fn accepting(side: Speaker, offer: Offer) -> &'static str {
    match (side, offer) {
        (Speaker::Seller, Offer::Partial) => "agree_partial_by_seller",
        (Speaker::Seller, Offer::Return) => "agree_return_by_seller",
        (Speaker::Seller, Offer::Replacement) => "agree_replacement_by_seller",
        (_, Offer::Partial) => "agree_partial",
        (_, Offer::Return) => "agree_return",
        (_, Offer::Replacement) => "agree_replacement",
    }
}

/// The form for an offer of one's own; it takes the place of the one before.
fn maker(visit: &Visit, found: &Found, attempt: Option<&Attempt>) -> Markup {
    let (say, order) = (&visit.say, &found.shown.order);
    let untouched = Filled::empty();
    let filled = attempt.filter(|it| it.act == "propose").map_or(&untouched, |it| &it.filled);
    let most = Money::new((parts::most(order).amount - order.refunded.amount).max(0), order.currency);
    let choice = |offer: &Offer| {
        let label = say.by_key(&key("case-offer", offer.name()));
        Choice::new(offer.name(), label).note(say.by_key(&key("case-offer-means", offer.name())))
    };
    let choices: Vec<Choice> = Offer::ALL.iter().map(choice).collect();
    let is_open = attempt.is_some_and(|it| it.act == "propose");
    html! {
        details.more open[is_open] {
            summary { (say.case_offer_make()) }
            (form(visit, &case_page(order.id, "/propose"), html! {
                (radios(say, filled, "offer", say.case_offer_label(), choices).or(Offer::Partial.name()))
                (money_field(say, filled, "amount", say.order_part_back(), order.currency)
                    .hint(say.order_part_back_hint(say.money(most)))
                    .optional())
                p { (say.case_offer_binds()) }
                div.acts { (submit_once(say, &button(say.case_offer_go()).primary())) }
            }))
        }
    }
}
