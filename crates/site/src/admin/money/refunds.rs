//! Refunds that did not reach their buyer: sent to a bank account of theirs, or ended as paid by hand.

use super::order;
use crate::acting;
use crate::admin::{Counts, acts, frame_of};
use crate::deals::key;
use kernel::{BankAccountId, FieldErrors, OrderId, Refusal, Say, Wrong};
use kit::Typed;
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Opt, Tone, back, button, error_summary, form, form_acts, notice, select, text};
use kit::visit::SignedIn;
use market::approvals::model::Act;
use market::banks::rules as banks;
use market::orders::attending;
use market::orders::by_hand::PaidFrom;
use market::orders::model::Order;
use market::orders::rules as orders;
use market::payments::model::{Refund, RefundState};
use market::payments::rules as payments;
use market::reconciliation::own::REFERENCE_MAX;
use market::staff::model::Reason;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/orders/{order}/refunds";

pub(super) fn path(id: OrderId) -> String {
    format!("{}/refunds", order::path(id))
}

/// What is shown.
struct Found {
    order: Order,
    open: Vec<Refund>,
    /// The provider sends refunds to bank accounts too.
    to_banks: bool,
    /// The buyer's, if they have named one that it sends to.
    bank: Option<BankAccountId>,
    counts: Counts,
}

impl Found {
    /// Errors: `NotFound`.
    async fn load(me: &SignedIn, id: OrderId) -> Result<Self, Answer> {
        let mut reader = me.read().await?;
        let order = orders::find(&mut reader, id).await?;
        let open = attending::open(&mut reader, id).await?;
        let payment = payments::find(&mut reader, order.payment).await?.ok_or(Refusal::NotFound)?;
        let provider = me.app.market.providers.named(&payment.provider);
        let countries = provider.map(|provider| provider.bank_countries()).unwrap_or_default();
        let named = banks::standing(&mut reader, order.buyer).await?.current;
        let bank = named.filter(|it| countries.contains(&it.country.as_str())).map(|it| it.id);
        let counts = Counts::load(&mut reader, me.member()).await?;
        let to_banks = !countries.is_empty() && open.iter().any(waits);
        Ok(Self { order, open, to_banks, bank, counts })
    }

    fn chosen(&self, id: &str) -> Result<&Refund, Wrong> {
        self.open.iter().find(|it| it.id.to_string() == id).ok_or(Wrong::NotAChoice)
    }
}

fn waits(refund: &Refund) -> bool {
    refund.state == RefundState::NeedsAttention
}

pub(super) async fn show(me: SignedIn, Path(id): Path<OrderId>) -> Result<Answer, Answer> {
    let found = Found::load(&me, id).await?;
    Ok(Answer::page(page(&me, &found, &me.filled(&path(id)))).secret())
}

/// Sends it to the buyer's bank, or ends it: the button says which.
pub(super) async fn change(me: SignedIn, Path(id): Path<OrderId>, typed: Typed) -> Result<Answer, Answer> {
    let found = Found::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &found, filled)));
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    let refund = errors.take("refund", found.chosen(typed.get("refund")));
    let is_to_bank = typed.get("do") == "bank";
    let act = match refund {
        Some(refund) if is_to_bank => {
            let bank = found.bank.filter(|_| waits(refund)).ok_or(Refusal::Conflict("refund-no-bank"))?;
            Some(Act::SendRefundToBank { refund: refund.id, bank })
        }
        Some(refund) => {
            let from = match typed.get("paid_from") {
                "" => Err(Wrong::Required),
                name => PaidFrom::find(name).ok_or(Wrong::NotAChoice),
            };
            let reference = typed.get("reference").trim().to_owned();
            let by_hand = |paid_from| Act::PayRefundByHand { refund: refund.id, paid_from, reference };
            errors.take("paid_from", from).map(by_hand)
        }
        None => None,
    };
    let (Some(why), Some(act)) = (why, act) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &act, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    let said = if is_to_bank { me.say.refund_bank_done() } else { me.say.refund_hand_done() };
    Ok(acting::answer(&me, became, &order::path(id), said))
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, id) = (&me.say, found.order.id);
    let labels = [
        ("refund", say.refund_which()),
        ("paid_from", say.order_paid_from()),
        ("reference", say.order_reference()),
        ("reason", say.staff_reason()),
    ];
    let body = html! {
        (back(&order::path(id), &say.admin_order_back(found.order.number.as_str())))
        (error_summary(say, &filled.errors, &labels))
        @if order::is_own(me, &found.order) {
            (notice(Tone::Danger, "", html! { (say.refused_refund_own()) }))
        } @else if found.open.is_empty() {
            p { (say.refunds_none()) }
        } @else {
            (form(me, &path(id), fields(say, found, filled)))
        }
    };
    let heads = (say.refunds_title(), say.refunds_lead());
    frame_of(me, found.counts, "orders", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn fields(say: &Say, found: &Found, filled: &Filled) -> Markup {
    let option = |it: &Refund| {
        let state = say.by_key(&key("refund-state", it.state.as_str()));
        Opt::new(it.id, say.refund_option(say.money(it.amount), state))
    };
    let way = |it: PaidFrom| Opt::new(it.name(), say.by_key(&key("paid-from", it.name())));
    let ways = PaidFrom::ALL.into_iter().map(way);
    html! {
        (select(say, filled, "refund", say.refund_which(), found.open.iter().map(option).collect()))
        (select(say, filled, "paid_from", say.order_paid_from(), ways.collect())
            .with_empty(say.order_paid_from_none()).hint(say.order_paid_from_hint()).optional())
        (text(say, filled, "reference", say.order_reference())
            .hint(say.order_reference_hint()).autocomplete("off").max(REFERENCE_MAX).optional())
        (acts::reason(say, filled))
        @if found.to_banks && found.bank.is_none() { p.hint { (say.refund_bank_missing()) } }
        (form_acts(false, html! {
            @if found.to_banks && found.bank.is_some() {
                (button(say.refund_bank_button()).value("do", "bank").primary())
            }
            (button(say.refund_hand_button()).value("do", "hand").danger())
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_that_is_shown_has_words() {
        for state in [RefundState::NeedsAttention, RefundState::Failed, RefundState::Bounced] {
            assert!(Say::knows(&key("refund-state", state.as_str())), "{state:?}");
        }
    }
}
