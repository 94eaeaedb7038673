//! What the mails about orders say, and who gets which.

use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use crate::orders::model::{Leg, Order, Side};
use kernel::{Moment, Say};
use platform::mail::Letter;

/// Who hears of a step, by the state it leads to: the side, and the key of the letter's words.
pub fn of_step(transition: &str, to: &str) -> &'static [(Side, &'static str)] {
    match (transition, to) {
        (_, "paid") => &[(Side::Buyer, "letter-paid-buyer"), (Side::Seller, "letter-paid-seller")],
        (_, "shipped") => &[(Side::Buyer, "letter-shipped")],
        (_, "delivered") => &[(Side::Buyer, "letter-delivered")],
        (_, "completed") => {
            &[(Side::Buyer, "letter-completed-buyer"), (Side::Seller, "letter-completed-seller")]
        }
        (_, "claim_open") => &[(Side::Seller, "letter-claim-seller")],
        (_, "claim_review") => &[(Side::Buyer, "letter-review"), (Side::Seller, "letter-review")],
        ("orphan_payment" | "orphan_payment_cancelled", _) => &[(Side::Buyer, "letter-refunding-buyer")],
        (_, "refunding") => {
            &[(Side::Buyer, "letter-refunding-buyer"), (Side::Seller, "letter-refunding-seller")]
        }
        (_, "refunded") => &[(Side::Buyer, "letter-refunded")],
        (_, "payment_expired") => &[(Side::Buyer, "letter-expired")],
        _ => &[],
    }
}

/// The letter about an order to one of its sides. `key` is of `of_step`; `until` is when silence
/// had its say as the step was taken.
pub fn about(
    order: &Order,
    legs: &[Leg],
    (to, side): (&Member, Side),
    key: &str,
    until: Option<Moment>,
    base_url: &str,
) -> Letter {
    let say = Say::new(to.lang);
    let titles: Vec<&str> = legs.iter().filter(|l| l.is_item).map(|l| l.title.as_str()).collect();
    let amount = if side == Side::Seller { order.seller_part() } else { order.total };
    let when = until.map(|at| say.date_time(at)).unwrap_or_default();
    let words = |suffix: &str| {
        say.by_key_with(
            &format!("{key}-{suffix}"),
            [
                ("name", to.display_name.clone().into()),
                ("number", order.number.clone().into()),
                ("what", titles.join(", ").into()),
                ("amount", say.money(amount).into()),
                ("when", when.clone().into()),
            ],
        )
    };
    let link = format!("{base_url}/orders/{}", order.id);
    letter(to, words("subject"), words("body"), Some((say.letter_order_button(), link)))
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
