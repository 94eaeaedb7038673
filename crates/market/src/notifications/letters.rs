//! What the mails about orders say, and who gets which.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use crate::orders::model::{Leg, Order, Side};
use kernel::{Moment, Say};
use platform::mail::Letter;

const BOTH_RELEASED: &[(Side, &str)] =
    &[(Side::Buyer, "letter-completed-buyer"), (Side::Seller, "letter-completed-seller")];
const BOTH_REFUNDING: &[(Side, &str)] =
    &[(Side::Buyer, "letter-refunding-buyer"), (Side::Seller, "letter-refunding-seller")];

/// Who hears of a step, by the state it leads to: the side, and the key of the letter's words.
pub fn of_step(transition: &str, to: &str) -> &'static [(Side, &'static str)] {
    match (transition, to) {
        (_, "paid") => &[(Side::Buyer, "letter-paid-buyer"), (Side::Seller, "letter-paid-seller")],
        (_, "shipped" | "replacement_sent") => &[(Side::Buyer, "letter-shipped")],
        (_, "delivered") => &[(Side::Buyer, "letter-delivered")],
        // Who lost does not hear that all is well.
        ("ruling_final" | "accept_ruling_by_buyer" | "finally_release" | "appeal_timeout", "completed") => {
            &[(Side::Buyer, "letter-final-release"), (Side::Seller, "letter-completed-seller")]
        }
        (_, "completed") => BOTH_RELEASED,
        ("refuse_return", _) => &[(Side::Buyer, "letter-return-refused")],
        (_, "claim_open") => &[(Side::Seller, "letter-claim-seller")],
        (_, "claim_review") => &[(Side::Buyer, "letter-review"), (Side::Seller, "letter-review")],
        (_, "return_requested") => &[(Side::Seller, "letter-return-asked")],
        (_, "return_approved") => &[(Side::Buyer, "letter-return-approved")],
        (_, "return_shipped") => &[(Side::Seller, "letter-return-sent")],
        (_, "return_inspection") => &[(Side::Seller, "letter-return-back")],
        (_, "replacement_due") => &[(Side::Seller, "letter-replacement-due")],
        (_, "ruled_refund") => &[(Side::Buyer, "letter-ruled-refund"), (Side::Seller, "letter-ruled-refund")],
        (_, "ruled_release") => {
            &[(Side::Buyer, "letter-ruled-release"), (Side::Seller, "letter-ruled-release")]
        }
        (_, "ruled_partial") => {
            &[(Side::Buyer, "letter-ruled-partial"), (Side::Seller, "letter-ruled-partial")]
        }
        (_, "appeal_refund" | "appeal_release" | "appeal_partial") => {
            &[(Side::Buyer, "letter-appeal"), (Side::Seller, "letter-appeal")]
        }
        ("orphan_payment" | "orphan_payment_cancelled", _) => &[(Side::Buyer, "letter-refunding-buyer")],
        ("refund_after_release", "refunding") => {
            &[(Side::Buyer, "letter-refunding-buyer"), (Side::Seller, "letter-clawback-seller")]
        }
        ("refund_part_after_release", "partial_refunding") => {
            &[(Side::Buyer, "letter-partial-buyer"), (Side::Seller, "letter-clawback-seller")]
        }
        // Who gave it knows, and what a provider or staff tries again was told before.
        ("goodwill_refund", _) => &[(Side::Buyer, "letter-refunding-buyer")],
        ("goodwill_part" | "retry_partial", "partial_refunding") => &[(Side::Buyer, "letter-partial-buyer")],
        (_, "partial_refunding") => {
            &[(Side::Buyer, "letter-partial-buyer"), (Side::Seller, "letter-partial-seller")]
        }
        ("chargeback_lost", _) => &[],
        (_, "refunding") => BOTH_REFUNDING,
        (_, "refunded") => &[(Side::Buyer, "letter-refunded")],
        (_, "completed_partial") => &[(Side::Buyer, "letter-refunded-part")],
        (_, "payment_expired") => &[(Side::Buyer, "letter-expired")],
        _ => &[],
    }
}

/// What a letter about an order says beside what every one does.
#[derive(Clone, Copy, Debug, Default)]
pub struct More<'a> {
    /// When silence has its say, as the letter's fact was.
    pub until: Option<Moment>,
    /// The message that says why the money stays where it is.
    pub because: Option<&'a str>,
    /// The message that says what silence does.
    pub silence: Option<&'a str>,
}

/// The letter about an order to one of its sides. `key` is that of its words: of [`of_step`], or one about its case.
pub fn about(
    (order, legs): (&Order, &[Leg]),
    (to, side): (&Member, Side),
    key: &str,
    more: &More<'_>,
    base_url: &str,
) -> Letter {
    let say = Say::new(to.lang);
    let titles: Vec<&str> = legs.iter().filter(|l| l.is_item).map(|l| l.title.as_str()).collect();
    let amount = if side == Side::Seller { order.seller_part() } else { order.total };
    let when = more.until.map(|at| say.date_time(at)).unwrap_or_default();
    let because = more.because.map(|key| say.by_key(key)).unwrap_or_default();
    let silence = more.silence.map(|key| say.by_key_with(key, [("when", when.clone().into())]));
    let words = |suffix: &str| {
        say.by_key_with(
            &format!("{key}-{suffix}"),
            [
                ("name", to.display_name.clone().into()),
                ("number", order.number.clone().into()),
                ("what", titles.join(", ").into()),
                ("amount", say.money(amount).into()),
                ("when", when.clone().into()),
                ("back", say.money(order.refunded).into()),
                ("rest", say.money(order.released).into()),
                ("because", because.clone().into()),
                ("silence", silence.clone().unwrap_or_default().into()),
            ],
        )
    };
    // A hold without an end says nothing of one.
    let body = if more.because.is_some() && more.until.is_none() { "open-body" } else { "body" };
    let place = if key.starts_with("letter-case") { "/case" } else { "" };
    let link = format!("{base_url}/orders/{}{place}", order.id);
    letter(to, words("subject"), words(body), Some((say.letter_order_button(), link)))
}

/// The letter to staff about an order that needs them.
pub fn operator_needed(order: &Order, to: &Member, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let link = format!("{base_url}/orders/{}", order.id);
    let subject = say.letter_operator_subject(order.number.clone());
    let state = say.by_key(&format!("order-state-{}", order.state.replace('_', "-")));
    letter(
        to,
        subject,
        say.letter_operator_body(order.number.clone(), state),
        Some((say.letter_order_button(), link)),
    )
}
