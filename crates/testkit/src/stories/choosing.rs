//! What somebody does next: by chance, of what there is to do.

use super::{A_DISPUTE, Act, Street};
use crate::cards;
use kernel::{Dice, ListingId, MemberId, OrderId, PaymentId, Refusal};
use market::cases::model::{self as case, Kind, Offer, Wants};
use market::orders::model::{Shown, Side, StepData};
use market::orders::rules as orders;
use market::payments::sandbox::{Fault, Planned};
use serde_json::json;
use std::time::Duration;
use uuid::Uuid;

/// Everybody's cards, the good ones more often.
const CARDS: [&str; 16] = [
    cards::GOOD,
    cards::GOOD,
    cards::GOOD,
    cards::GOOD,
    cards::GOOD,
    cards::GOOD,
    cards::GOOD,
    cards::SLOW,
    cards::SLOW_FAILS,
    cards::DECLINED,
    cards::ASKS,
    cards::SLOW_REFUND,
    cards::REFUND_FAILS,
    cards::DISPUTED,
    cards::INQUIRY,
    cards::FRAUD_WARNING,
];

const AN_ORDER: &str = "
  select order_id, buyer_id, seller_id from orders where $1 or timer_at is not null
  order by md5(order_id::text || $2) limit 1";
const A_PAYMENT: &str = "
  select p.payment_id, p.buyer_id, p.state from payments p
  where p.state in ('created', 'failed', 'requires_action')
    and exists (select from orders o where o.payment_id = p.payment_id and o.timer_at is not null)
  order by md5(p.payment_id::text || $1) limit 1";
const A_TALK: &str = "
  select order_id, buyer_id, seller_id from cases where closed_at is null
  order by md5(order_id::text || $1) limit 1";
const A_LISTING: &str = "
  select listing_id, ship from listings where state = 'live' and seller_id <> $1
  order by md5(listing_id::text || $2) limit 1";
const A_CHARGE: &str = "
  select provider_ref from payments where state = 'succeeded' and provider_ref is not null
    and not exists (select from sandbox.objects where kind = 'dispute' and tag = provider_ref)
  order by md5(payment_id::text || $1) limit 1";

/// What goes with a step, whatever it asks for.
///
/// # Panics
/// When there is a field that nobody here knows.
fn filled(dice: &Dice, fields: &[&str], shown: &Shown) -> StepData {
    let one = |all: &[&'static str]| one_of(dice, all).map(|it| (*it).to_owned());
    let other = if shown.side == Side::Buyer { case::Side::Seller } else { case::Side::Buyer };
    let mut data = StepData::default();
    for field in fields {
        match *field {
            "carrier" => data.carrier = one(&["DHL", "Hermes", ""]),
            "tracking" => data.tracking = one(&["JD0146000091", "00340434161094", ""]),
            "problem" => data.problem = Some("The shade of the lamp is broken in two.".to_owned()),
            "reason" => data.reason = Some("Both sides were heard.".to_owned()),
            "reasons" => data.reasons = Some("Both sides were heard, and the photos looked at.".to_owned()),
            // Nobody does anything on the provider's own pages here.
            "paid_from" => data.paid_from = Some("bank".to_owned()),
            "reference" => data.reference = Some("TP-4711".to_owned()),
            "kind" => data.kind = one_of(dice, Kind::ALL).map(|kind| kind.name().to_owned()),
            "wants" => data.wants = one_of(dice, Wants::ALL).map(|wants| wants.name().to_owned()),
            "amount" => data.amount = Some(part(dice, shown.order.left().amount)),
            "proposal" => {
                let offered = shown.case.as_ref().and_then(|whole| whole.open_of(other));
                data.proposal = offered.map(|proposal| proposal.id);
            }
            unknown => panic!("a step asks for {unknown}: say here what people write into it"),
        }
    }
    data
}

fn part(dice: &Dice, whole: i64) -> i64 {
    1 + i64::try_from(dice.below(u64::try_from(whole).unwrap_or(1).max(1))).unwrap_or(0)
}

fn one_of<'a, T>(dice: &Dice, all: &'a [T]) -> Option<&'a T> {
    all.get(usize::try_from(dice.below(all.len() as u64)).ok()?)
}

impl Street {
    pub(super) async fn choose(&self) -> Result<Option<Act>, Refusal> {
        match self.dice.below(100) {
            0..17 => self.a_purchase().await,
            17..34 => self.a_payment().await,
            34..73 => self.a_step().await,
            73..79 => self.a_talk().await,
            79..83 => self.a_bank().await,
            83..87 => Ok(self.a_fault()),
            87 => Ok(Some(Act::Compare)),
            _ => Ok(Some(Act::Work)),
        }
    }

    async fn a_purchase(&self) -> Result<Option<Act>, Refusal> {
        let Some(buyer) = one_of(&self.dice, &self.people).copied() else { return Ok(None) };
        let found: Option<(Uuid, bool)> = sqlx::query_as(A_LISTING)
            .bind(buyer.0)
            .bind(self.salt())
            .fetch_optional(&self.world.owner)
            .await?;
        let pieces = 1 + i32::from(self.dice.below(5) == 0);
        Ok(found.map(|(id, ship)| Act::Buy { buyer, listing: ListingId(id), pieces, ship }))
    }

    async fn a_payment(&self) -> Result<Option<Act>, Refusal> {
        let found: Option<(Uuid, Uuid, String)> =
            sqlx::query_as(A_PAYMENT).bind(self.salt()).fetch_optional(&self.world.owner).await?;
        let Some((payment, buyer, state)) = found else { return Ok(None) };
        let (payment, buyer) = (PaymentId(payment), MemberId(buyer));
        if state == "requires_action" {
            return Ok(Some(Act::Answer { buyer, payment, passed: self.dice.below(4) > 0 }));
        }
        Ok(one_of(&self.dice, &CARDS).copied().map(|card| Act::Pay { buyer, payment, card }))
    }

    /// One of the steps that somebody has, whoever it is.
    async fn a_step(&self) -> Result<Option<Act>, Refusal> {
        let over_too = self.dice.below(8) == 0;
        let found: Option<(Uuid, Uuid, Uuid)> = sqlx::query_as(AN_ORDER)
            .bind(over_too)
            .bind(self.salt())
            .fetch_optional(&self.world.owner)
            .await?;
        let Some((order, buyer, seller)) = found else { return Ok(None) };
        let by = match self.dice.below(10) {
            0..4 => MemberId(buyer),
            4..8 => MemberId(seller),
            _ => one_of(&self.dice, &self.staff).copied().unwrap_or(MemberId(buyer)),
        };
        self.a_step_of(by, OrderId(order)).await
    }

    pub(super) async fn a_step_of(&self, by: MemberId, order: OrderId) -> Result<Option<Act>, Refusal> {
        let member = self.member(by).await?;
        let shown = orders::show(&mut self.world.db.read().await?, &member, order).await?;
        let Some(choice) = one_of(&self.dice, &shown.choices) else { return Ok(None) };
        let data = Box::new(filled(&self.dice, choice.fields, &shown));
        Ok(Some(Act::Step { by, order, transition: choice.transition.clone(), data }))
    }

    async fn a_talk(&self) -> Result<Option<Act>, Refusal> {
        let found: Option<(Uuid, Uuid, Uuid)> =
            sqlx::query_as(A_TALK).bind(self.salt()).fetch_optional(&self.world.owner).await?;
        let Some((order, buyer, seller)) = found else { return Ok(None) };
        let (order, by) = (OrderId(order), MemberId(if self.coin() { buyer } else { seller }));
        if self.dice.below(5) == 0 {
            return Ok(Some(Act::Say { by, order }));
        }
        let offer = one_of(&self.dice, Offer::ALL).copied();
        Ok(offer.map(|offer| {
            let amount = (offer == Offer::Partial).then(|| part(&self.dice, 900));
            Act::Offer { by, order, offer, amount }
        }))
    }

    /// A buyer asks their bank, or a bank decides.
    async fn a_bank(&self) -> Result<Option<Act>, Refusal> {
        if self.coin() {
            let found: Option<String> =
                sqlx::query_scalar(A_CHARGE).bind(self.salt()).fetch_optional(&self.world.owner).await?;
            let body = |payment| json!({ "payment": payment, "inquiry": self.coin() });
            return Ok(found.map(|payment| Act::Bank { path: "disputes".to_owned(), body: body(payment) }));
        }
        let found: Option<(String, String)> =
            sqlx::query_as(A_DISPUTE).bind(self.salt()).fetch_optional(&self.world.owner).await?;
        Ok(found.and_then(|(id, status)| {
            let ends: &[&str] = match status.starts_with("warning") {
                true => &["escalated", "closed", "prevented"],
                false => &["won", "lost", "prevented"],
            };
            let to = one_of(&self.dice, ends)?;
            Some(Act::Bank { path: format!("disputes/{id}"), body: json!({ "to": to }) })
        }))
    }

    /// Something is about to go wrong between the provider and this process. What comes back from a buyer's bank after it was
    /// refunded is not among it: who is owed it then stays so, until somebody pays them by hand.
    fn a_fault(&self) -> Option<Act> {
        let late = Duration::from_secs(30 + self.dice.below(6 * 3600));
        let faults = [
            Fault::Refuse(500),
            Fault::Refuse(503),
            Fault::Refuse(429),
            Fault::AnswerLost,
            Fault::AnswerLost,
            Fault::AnswerLate(Duration::from_secs(30)),
            Fault::FailThenReplay,
            Fault::HookTwice,
            Fault::HookLate(late),
            Fault::HooksReversed,
            Fault::HookBadlySigned,
            Fault::HookBeforeAnswer,
            Fault::ReversalRefused,
            Fault::SucceedsAfterCancel,
            Fault::PayoutFailsAfterPaid,
        ];
        one_of(&self.dice, &faults).map(|fault| Act::Break(Planned::new(fault.clone())))
    }
}
