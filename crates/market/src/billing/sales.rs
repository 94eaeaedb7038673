//! What a buyer gets when they have paid: a receipt, and of a business that allowed it an invoice.

use super::model::{Deal, Due, GOODS, Terms, cause};
use super::parties;
use crate::documents::{Content, Issuer, Kind, Line, New, Note, Paid, TaxSum, Tongue, What};
use crate::tax::{Decision, PartKind};
use kernel::{Moment, Money};
use std::collections::BTreeMap;

/// What a buyer pays for; the commission is between the marketplace and the seller.
const RECEIPT: &[PartKind] = &[PartKind::Item, PartKind::Shipping, PartKind::BuyerFee];

/// Sums of decisions, by place and rate.
pub(super) fn sums<'a>(decisions: impl Iterator<Item = &'a Decision>) -> Vec<TaxSum> {
    let mut all: BTreeMap<(String, i32), (i64, i64)> = BTreeMap::new();
    for it in decisions {
        let sum = all.entry((it.place.to_string(), it.rate_ppm)).or_default();
        *sum = (sum.0 + it.base.amount, sum.1 + it.amount.amount);
    }
    let sum = |((place, rate_ppm), (base, amount))| TaxSum { place, rate_ppm, base, amount };
    all.into_iter().map(sum).collect()
}

/// What was bought, and how it was sent.
fn goods(deal: &Deal) -> Vec<Line> {
    let items = deal.legs.iter().filter(|leg| leg.is_item).map(|leg| Line {
        what: What::Item { title: leg.title.clone() },
        quantity: i64::from(leg.quantity),
        unit: leg.unit.map(|unit| unit.amount),
        amount: leg.amount.amount,
    });
    let shipping = line(What::Shipping, deal.order.shipping);
    items.chain(shipping).collect()
}

fn line(what: What, amount: Money) -> Option<Line> {
    (!amount.is_zero()).then(|| Line::one(what, amount))
}

/// Why no tax, or another's, stands on the goods.
fn about_goods(deal: &Deal) -> Option<Note> {
    match deal.because(PartKind::Item) {
        Some("private_seller") => Some(Note::PrivateSeller),
        Some("sellers_own") => Some(Note::SellersTax),
        Some("import_taxed_at_customs") => Some(Note::Border),
        Some(_) => None,
        // Sold before anything was decided about taxes.
        None => match &deal.profile {
            Some(profile) if profile.is_business => Some(Note::SellersTax),
            _ => Some(Note::PrivateSeller),
        },
    }
}

/// Why no tax stands on a service.
pub(super) fn about_service(deal: &Deal, part: PartKind) -> Option<Note> {
    match deal.because(part) {
        Some("reverse_charge") => Some(Note::ReverseCharge),
        Some("outside") => Some(Note::Outside),
        _ => None,
    }
}

/// What the buyer has paid, and for what.
pub(super) fn receipt(deal: &Deal, terms: &Terms<'_>, paid: Moment, now: Moment) -> New {
    let order = &deal.order;
    let mut lines = goods(deal);
    lines.extend(line(What::BuyerFee, order.buyer_fee));
    for tax in sums(deal.owed(RECEIPT).filter(|it| !it.included)) {
        lines.push(Line::one(What::Tax { place: tax.place }, Money::new(tax.amount, order.currency)));
    }
    let seller = parties::seller(&deal.seller, deal.profile.as_ref());
    let mut notes = vec![Note::GoodsBy { name: seller.name }];
    notes.extend(about_goods(deal));
    notes.extend(about_service(deal, PartKind::BuyerFee).filter(|_| !order.buyer_fee.is_zero()));
    New {
        kind: Kind::Receipt,
        cause: cause(Kind::Receipt, order.id),
        issuer: Issuer::Operator,
        for_member: order.buyer,
        order: Some(order.id),
        payout: None,
        corrects: None,
        tongue: Tongue::of(deal.buyer.lang),
        day: terms.day(now),
        content: Content {
            issuer: parties::operator(terms),
            made_by: None,
            recipient: parties::buyer(deal),
            order: Some(order.number.clone()),
            transfer: None,
            corrects: None,
            currency: order.currency,
            lines,
            taxes: sums(deal.owed(RECEIPT)),
            total: order.total.amount,
            paid: Some(Paid { day: terms.day(paid).to_string() }),
            notes,
        },
    }
}

/// The invoice of a business for its goods, made in its name because it allowed that. Nothing where the marketplace owes the
/// tax on the goods: who owes it writes, and that is the receipt.
pub(super) fn invoice(deal: &Deal, terms: &Terms<'_>, paid: Moment, now: Moment) -> Due {
    let order = &deal.order;
    let allowed = deal.profile.as_ref().is_some_and(|it| {
        it.is_business && it.business_name.is_some() && it.self_billing_at.is_some_and(|since| since <= now)
    });
    if !allowed || deal.owed(GOODS).next().is_some() {
        return None;
    }
    let mut notes = vec![Note::SelfBilled];
    notes.extend(about_goods(deal));
    Some(New {
        kind: Kind::Invoice,
        cause: cause(Kind::Invoice, order.id),
        issuer: Issuer::Member(order.seller),
        for_member: order.buyer,
        order: Some(order.id),
        payout: None,
        corrects: None,
        tongue: Tongue::of(deal.buyer.lang),
        day: terms.day(now),
        content: Content {
            issuer: parties::seller(&deal.seller, deal.profile.as_ref()),
            made_by: Some(terms.name().to_owned()),
            recipient: parties::buyer(deal),
            order: Some(order.number.clone()),
            transfer: None,
            corrects: None,
            currency: order.currency,
            lines: goods(deal),
            taxes: Vec::new(),
            total: order.items.amount + order.shipping.amount,
            paid: Some(Paid { day: terms.day(paid).to_string() }),
            notes,
        },
    })
}
