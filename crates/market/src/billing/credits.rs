//! What takes back all or a part of another document.

use super::model::{Due, Terms};
use super::parties;
use crate::documents::{Content, Corrected, Document, Kind, Line, New, TaxSum, What};
use kernel::{Moment, Money, Refusal};

/// What goes back.
#[derive(Clone, Debug)]
pub(super) struct Back {
    pub cause: String,
    /// With tax.
    pub amount: Money,
    pub taxes: Vec<TaxSum>,
    pub what: What,
}

/// The credit note for what goes back of a document, of which `left` was not credited before: never more than that. All of it
/// repeats the document's lines.
pub(super) fn note(of: &Document, back: Back, left: Money, terms: &Terms<'_>, now: Moment) -> Due {
    let amount = back.amount.amount.min(left.amount);
    if amount <= 0 || back.amount.currency != left.currency {
        return None;
    }
    let said = &of.body.content;
    let (lines, taxes) = if amount == said.total {
        (said.lines.clone(), said.taxes.clone())
    } else {
        let tax: i64 = back.taxes.iter().map(|tax| tax.amount).sum();
        let taxes = if tax <= amount { back.taxes } else { Vec::new() };
        (vec![Line::one(back.what, Money::new(amount, left.currency))], taxes)
    };
    let issuer = if said.made_by.is_some() { said.issuer.clone() } else { parties::operator(terms) };
    Some(New {
        kind: Kind::CreditNote,
        cause: back.cause,
        issuer: of.head.issuer,
        for_member: of.head.for_member,
        order: of.head.order,
        payout: of.head.payout,
        corrects: Some(of.head.id),
        tongue: of.head.tongue,
        day: terms.day(now),
        content: Content {
            issuer,
            corrects: Some(Corrected { label: of.head.label.clone(), day: of.body.day.clone() }),
            lines,
            taxes,
            total: amount,
            paid: None,
            ..said.clone()
        },
    })
}

/// A tax that goes back with a part of a price, shared as the taxes of the whole were. Errors: overflow.
pub(super) fn part_of(whole: &[TaxSum], tax: Money, amount: Money) -> Result<Vec<TaxSum>, Refusal> {
    let weights: Vec<u64> = whole.iter().map(|it| it.amount.unsigned_abs()).collect();
    if tax.is_zero() || weights.iter().sum::<u64>() == 0 {
        return Ok(Vec::new());
    }
    let (taxes, bases) = (tax.split(&weights)?, amount.minus(tax)?.split(&weights)?);
    let shared = whole.iter().zip(taxes.into_iter().zip(bases));
    let shared =
        shared.map(|(it, (tax, base))| TaxSum { base: base.amount, amount: tax.amount, ..it.clone() });
    Ok(shared.filter(|it| it.amount > 0).collect())
}
