//! What a bank is shown: drafted from what the marketplace knows, and put into the form that a provider takes. In English,
//! which is what banks read.

use super::model::{Chargeback, Piece, Share, Words};
use super::store::{self, said};
use crate::accounts::notices::{self, Notice};
use crate::orders::charged_back as orders;
use crate::orders::model::{Delivery, Leg, Order, Step};
use crate::orders::rules as deals;
use crate::payments::provider::{Evidence, Exhibit};
use kernel::{Lang, MemberId, Moment, Refusal, Say};
use platform::Reader;
use std::collections::BTreeSet;

/// What there can be, in the order in which it is shown; words, each of them. Named as Stripe names them.
pub const FIELDS: [&str; 10] = [
    "product_description",
    "customer_name",
    "shipping_address",
    "shipping_carrier",
    "shipping_tracking_number",
    "shipping_date",
    "service_date",
    "access_activity_log",
    "refund_refusal_explanation",
    "uncategorized_text",
];
/// The field for everything else.
const OTHER: &str = "uncategorized_text";
/// Characters of the message that goes with a file.
const MESSAGE_MAX: usize = 1_000;

/// Everything that is known of the orders that a chargeback is about.
pub(super) async fn draft(reader: &mut Reader, shares: &[Share]) -> Result<Vec<Piece>, Refusal> {
    let say = Say::new(Lang::EN);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut days: BTreeSet<String> = BTreeSet::new();
    for share in shares.iter().filter(|share| !share.amount.is_zero()) {
        let (order, legs) = deals::with_legs(reader, share.order).await?;
        let steps = orders::history(reader, order.id).await?;
        add(&mut pieces, "product_description", &things(&say, &order, &legs));
        if let Delivery::Ship(to) = &order.delivery {
            add(&mut pieces, "customer_name", &to.name);
            add(&mut pieces, "shipping_address", &to.country);
        }
        add(&mut pieces, "shipping_carrier", order.carrier.as_deref().unwrap_or_default());
        add(&mut pieces, "shipping_tracking_number", order.tracking.as_deref().unwrap_or_default());
        if let Some(sent) = when(&steps, "shipped") {
            add(&mut pieces, "shipping_date", &say.date(sent));
        }
        if let (Delivery::Meet, Some(met)) = (&order.delivery, when(&steps, "completed")) {
            add(&mut pieces, "service_date", &say.date(met));
        }
        days.extend(signed_in(reader, &say, order.buyer, order.created_at).await?);
        add(&mut pieces, OTHER, &story(reader, &say, &order, &steps).await?);
    }
    let days: Vec<String> = days.into_iter().collect();
    if !days.is_empty() {
        add(&mut pieces, "access_activity_log", &say.evidence_signed_in(days.join(", ")));
    }
    Ok(pieces)
}

/// Adds words to a field, below what is there. Twice the same is once; what is too long is cut.
fn add(pieces: &mut Vec<Piece>, field: &str, words: &str) {
    let words = words.trim();
    if words.is_empty() {
        return;
    }
    let cut = |text: &str| text.chars().take(Words::MAX).collect::<String>();
    match pieces.iter_mut().find(|piece| piece.field == field) {
        Some(piece) if piece.words.split("\n\n").any(|known| known == words) => {}
        Some(piece) => piece.words = cut(&format!("{}\n\n{words}", piece.words)),
        None => pieces.push(Piece { field: field.to_owned(), words: cut(words), by: None }),
    }
}

fn things(say: &Say, order: &Order, legs: &[Leg]) -> String {
    let items = legs.iter().filter(|leg| leg.is_item);
    let items: Vec<String> =
        items.map(|leg| format!("{} × {}, {}", leg.quantity, leg.title, say.money(leg.amount))).collect();
    say.evidence_order(items.join("; "), order.number.clone(), say.money(order.total))
}

/// When an order came to a state for the first time.
fn when(steps: &[Step], state: &str) -> Option<Moment> {
    steps.iter().find(|step| step.to == state && step.from != state).map(|step| step.at)
}

/// The days on which somebody signed in since an order.
async fn signed_in(
    reader: &mut Reader,
    say: &Say,
    member: MemberId,
    since: Moment,
) -> Result<Vec<String>, Refusal> {
    let seen = notices::of(reader, member).await?;
    let days = seen.iter().filter(|e| e.kind == Notice::SignedIn.name() && e.at >= since);
    Ok(days.map(|event| say.date(event.at)).collect())
}

/// What happened, step by step, and what both sides said.
async fn story(reader: &mut Reader, say: &Say, order: &Order, steps: &[Step]) -> Result<String, Refusal> {
    let mut lines = vec![say.evidence_history(order.number.clone())];
    for step in steps {
        let key = format!("order-done-{}", step.transition.replace('_', "-"));
        let what = if Say::knows(&key) { say.by_key(&key) } else { step.transition.clone() };
        lines.push(format!("{}: {what}", say.date_time(step.at)));
    }
    for one in said::of_order(reader, order.id).await? {
        let who = say.by_key(&format!("evidence-side-{}", one.side));
        lines.push(format!("{}, {who}: {}", say.date_time(one.at), one.words));
    }
    Ok(lines.join("\n"))
}

/// In the form that a provider takes. Nothing for one that takes none.
pub(super) fn exhibits(taken: Evidence, it: &Chargeback, pieces: &[Piece]) -> Vec<(String, Exhibit)> {
    match taken {
        Evidence::None => Vec::new(),
        Evidence::Fields(names) => pieces
            .iter()
            .filter(|piece| names.contains(&piece.field.as_str()))
            .map(|piece| (piece.field.clone(), Exhibit::Words(piece.words.clone())))
            .collect(),
        Evidence::Upload if pieces.is_empty() => Vec::new(),
        Evidence::Upload => {
            let other = pieces.iter().find(|piece| piece.field == OTHER).or(pieces.first());
            let message: String =
                other.map(|piece| piece.words.chars().take(MESSAGE_MAX).collect()).unwrap_or_default();
            let file = Exhibit::File {
                name: format!("dispute-{}.txt", it.provider_ref),
                content_type: "text/plain",
                bytes: sheet(pieces).into_bytes(),
            };
            vec![("message".to_owned(), Exhibit::Words(message)), ("file".to_owned(), file)]
        }
    }
}

/// All of it on one sheet, each piece below its name.
fn sheet(pieces: &[Piece]) -> String {
    let say = Say::new(Lang::EN);
    let parts: Vec<String> = FIELDS
        .iter()
        .filter_map(|field| pieces.iter().find(|piece| piece.field == *field))
        .map(|piece| format!("{}\n\n{}", say.by_key(&field_key(&piece.field)), piece.words))
        .collect();
    parts.join("\n\n\n")
}

/// The message that says what a field is.
pub fn field_key(field: &str) -> String {
    format!("evidence-field-{}", field.replace('_', "-"))
}

/// What the bank is shown of a chargeback now.
pub(super) async fn of(reader: &mut Reader, it: &Chargeback) -> Result<Vec<Piece>, Refusal> {
    Ok(store::desk::evidence(reader, it.id).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{ChargebackId, Currency, Money, PaymentId};
    use uuid::Uuid;

    fn piece(field: &str, words: &str) -> Piece {
        Piece { field: field.to_owned(), words: words.to_owned(), by: None }
    }

    fn chargeback() -> Chargeback {
        let (now, no) = (Moment::UNIX_EPOCH, Money::zero(Currency::EUR));
        Chargeback {
            id: ChargebackId(Uuid::nil()),
            payment: PaymentId(Uuid::nil()),
            provider: "sandbox".to_owned(),
            provider_ref: "du_1".to_owned(),
            reason: String::new(),
            amount: no,
            fee: no,
            lines: Vec::new(),
            state: "needs_response".to_owned(),
            state_since: now,
            version: 1,
            timer: None,
            due_by: None,
            booked_at: None,
            answer: None,
            round: 0,
            answered_by: None,
            submitted_at: None,
            opened_at: now,
            closed_at: None,
        }
    }

    #[test]
    fn every_field_has_a_name() {
        for field in FIELDS {
            assert!(Say::knows(&field_key(field)), "{field}");
        }
    }

    #[test]
    fn each_provider_gets_what_it_takes() {
        let it = chargeback();
        let pieces = [piece("customer_name", "Ben"), piece(OTHER, "He confirmed it.")];
        assert!(exhibits(Evidence::None, &it, &pieces).is_empty());
        let named = exhibits(Evidence::Fields(&["customer_name"]), &it, &pieces);
        let [(name, Exhibit::Words(words))] = &named[..] else { panic!("{named:?}") };
        assert_eq!((name.as_str(), words.as_str()), ("customer_name", "Ben"));
        let whole = exhibits(Evidence::Upload, &it, &pieces);
        let [(_, Exhibit::Words(message)), (_, Exhibit::File { bytes, .. })] = &whole[..] else {
            panic!("{whole:?}")
        };
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert_eq!(message, "He confirmed it.");
        assert!(text.contains("Ben") && text.contains("He confirmed it."), "{text}");
        assert!(exhibits(Evidence::Upload, &it, &[]).is_empty());
    }

    #[test]
    fn what_is_said_twice_is_said_once() {
        let mut pieces = Vec::new();
        for words in ["DHL", "DHL", " ", "Post"] {
            add(&mut pieces, "shipping_carrier", words);
        }
        assert_eq!(pieces, [piece("shipping_carrier", "DHL\n\nPost")]);
        add(&mut pieces, OTHER, &"x".repeat(5_000));
        assert_eq!(pieces[1].words.len(), Words::MAX);
    }
}
