//! What went to a seller's bank.

use super::model::{Profile, Terms, cause};
use super::parties;
use super::store::{Item, Payout};
use crate::accounts::model::Member;
use crate::documents::{Content, Issuer, Kind, Line, New, Paid, Tongue, Transfer, What};
use kernel::{Moment, Money};

/// What a sale brought, what of it was kept for a debt, and what was taken back: together they are what was paid of it.
fn lines(item: &Item, payout: &Payout) -> Vec<Line> {
    let order = || item.order.clone();
    let what = match item.kind.as_str() {
        "reserve" => What::Reserve { order: order() },
        "won" => What::Won { order: order() },
        "goodwill" => What::Goodwill { order: order() },
        _ => What::Sale { order: order() },
    };
    let line = |what, amount| Line::one(what, Money::new(amount, payout.currency));
    let mut lines = vec![line(what, item.amount)];
    let less = [(What::Netted { order: order() }, item.netted), (What::Taken { order: order() }, item.taken)];
    lines.extend(
        less.into_iter().filter(|(_, amount)| *amount != 0).map(|(what, amount)| line(what, -amount)),
    );
    lines
}

/// The statement of a payout: lines for each sale that it pays.
pub(super) fn statement(
    payout: &Payout,
    items: &[Item],
    (seller, profile): (&Member, Option<&Profile>),
    terms: &Terms<'_>,
    now: Moment,
) -> New {
    let sent = terms.day(payout.paid_at.unwrap_or(now)).to_string();
    New {
        kind: Kind::PayoutStatement,
        cause: cause(Kind::PayoutStatement, payout.id),
        issuer: Issuer::Operator,
        for_member: seller.id,
        order: None,
        payout: Some(payout.id),
        corrects: None,
        tongue: Tongue::of(seller.lang),
        day: terms.day(now),
        content: Content {
            issuer: parties::operator(terms),
            made_by: None,
            recipient: parties::seller(seller, profile),
            order: None,
            transfer: Some(Transfer { number: payout.number.clone(), bank: payout.bank_label.clone() }),
            corrects: None,
            currency: payout.currency,
            lines: items.iter().flat_map(|item| lines(item, payout)).collect(),
            taxes: Vec::new(),
            total: payout.amount,
            paid: Some(Paid { day: sent }),
            notes: Vec::new(),
        },
    }
}
