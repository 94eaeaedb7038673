//! The problem with an order: what both sides say and offer each other. A proposal is accepted by a step of the order.

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::shapes::{MoneyOut, Whole};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::limits::PRICE_MAX;
use kernel::{FieldErrors, OrderId, ProposalId, Say, Wrong};
use kit::answer::Problem;
use kit::body::{Json, PathOf, created};
use kit::caller::Caller;
use kit::route::{Audience, Idempotency, Object, Rate, get, post};
use market::apikeys::model::Scope;
use market::cases::model::{Entry as Said, Offer, Proposal, Ruling, Statement, Whole as WholeCase};
use market::orders::talking;
use market::orders::words::key;
use platform::Reader;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Orders", "See the problem with an order")
            .says("What both sides said and offered each other, and what staff decided. For the two sides and staff; a 404 when nobody reported a problem. What happens when nobody does anything stands in the order's `timer`.")
            .answers::<CaseOut>(200, "The case, the newest if there were several.")
            .of(get("/api/v1/orders/{id}/case", "api.cases.show", show)
                .audience(Audience::Member)
                .scope(Scope::OrdersRead)
                .object(Object::Case)),
        doc("Orders", "Say something about it")
            .says("Both sides and staff read it, and it stays. Photos are shown on the website.")
            .takes::<StatementIn>(json!({ "words": "The shade is cracked, as the photos show." }))
            .bounded([Bounds::of("NewStatement").field("words", bounds::text(Statement::MIN, Statement::MAX))])
            .answers::<CaseOut>(201, "The case as it is now.")
            .conflicts(&["case-closed"])
            .of(post("/api/v1/orders/{id}/case/statements", "api.cases.say", say)
                .audience(Audience::Member)
                .scope(Scope::OrdersWrite)
                .object(Object::Case)
                .idempotent(Idempotency::Accepted)),
        doc("Orders", "Offer something to the other side")
            .says("While the order is in `claim_open`. `amount` is what goes back to the buyer of a `partial`, and there for that alone. It takes the place of what you offered before. The other side accepts it by a step of the order, with the proposal's id in `data/proposal`.")
            .takes::<ProposalIn>(json!({ "offer": "partial", "amount": 1200 }))
            .bounded([Bounds::of("NewProposal")
                .field("offer", bounds::one_of_names(&bounds::names(Offer::ALL, Offer::name)))
                .field("amount", bounds::whole(1, PRICE_MAX))])
            .answers::<CaseOut>(201, "The case as it is now.")
            .conflicts(&["case-closed", "case-not-talking"])
            .of(post("/api/v1/orders/{id}/case/proposals", "api.cases.propose", propose)
                .audience(Audience::Member)
                .scope(Scope::OrdersWrite)
                .object(Object::Case)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
        doc("Orders", "Refuse a proposal, or take yours back")
            .says("`refuse` what the other side offers, or `withdraw` what you offer. The case goes on. To accept one, take the step of the order.")
            .takes::<AnswerIn>(json!({ "proposal": "019a3f0e-7b1c-7d20-9c41-5a3b2c1d0e9f", "answer": "refuse" }))
            .bounded([Bounds::of("ProposalAnswer").field("answer", bounds::one_of_names(&ANSWERS))])
            .answers::<CaseOut>(200, "The case as it is now.")
            .conflicts(&["case-not-talking", "proposal-gone"])
            .of(post("/api/v1/orders/{id}/case/answers", "api.cases.answer", answer)
                .audience(Audience::Member)
                .scope(Scope::OrdersWrite)
                .object(Object::Case)
                .rate(Rate::Money)
                .idempotent(Idempotency::Accepted)),
    ]
}

/// What can be said to a proposal that is not accepted.
const ANSWERS: [&str; 2] = ["refuse", "withdraw"];

/// A problem with an order.
#[derive(Serialize, ToSchema)]
#[schema(as = Case)]
struct CaseOut {
    id: Uuid,
    order_id: Uuid,
    /// `not_received`, `not_as_described`, `damaged`, `counterfeit`, `return` or `other`.
    kind: &'static str,
    /// In your language.
    kind_label: String,
    /// What the buyer would like: `refund`, `partial`, `return` or `replacement`.
    wants: &'static str,
    #[serde(with = "time::serde::rfc3339")]
    opened_at: OffsetDateTime,
    /// Whether somebody of the staff looks at it.
    is_taken: bool,
    #[serde(with = "time::serde::rfc3339::option")]
    closed_at: Option<OffsetDateTime>,
    /// How it ended; null while it is open.
    outcome: Option<&'static str>,
    /// Oldest first.
    statements: Vec<StatementOut>,
    proposals: Vec<ProposalOut>,
    rulings: Vec<RulingOut>,
}

/// What somebody said.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseStatement)]
struct StatementOut {
    /// `buyer`, `seller` or `staff`.
    side: &'static str,
    words: String,
    /// How many photos go with it.
    photos: usize,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// What one side offered the other.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseProposal)]
struct ProposalOut {
    id: Uuid,
    side: &'static str,
    /// `partial`, `return` or `replacement`.
    offer: &'static str,
    /// What goes back to the buyer of a part.
    refund: Option<MoneyOut>,
    /// `open`, `accepted`, `refused`, `withdrawn`, `replaced` or `lapsed`.
    state: String,
    #[serde(with = "time::serde::rfc3339")]
    made_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    ends_at: OffsetDateTime,
}

/// What staff decided.
#[derive(Serialize, ToSchema)]
#[schema(as = CaseRuling)]
struct RulingOut {
    /// 1, or 2 after an appeal.
    n: i16,
    /// `refund`, `release` or `partial`.
    verdict: &'static str,
    refund: Option<MoneyOut>,
    /// Why.
    reasons: String,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
}

/// Something to say.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewStatement)]
struct StatementIn {
    words: String,
}

/// Something to offer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewProposal)]
struct ProposalIn {
    offer: String,
    /// Minor units of the order's currency.
    #[schema(value_type = Option<i64>)]
    amount: Option<Whole>,
}

/// What becomes of a proposal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProposalAnswer)]
struct AnswerIn {
    #[schema(value_type = Uuid)]
    proposal: ProposalId,
    /// `refuse` or `withdraw`.
    answer: String,
}

impl ProposalIn {
    fn read(&self) -> Result<(Offer, Option<i64>), FieldErrors> {
        let mut errors = FieldErrors::none();
        let offer = errors.take("offer", Offer::find(&self.offer).ok_or(Wrong::NotAChoice));
        let amount = self.amount.map(|amount| amount.0);
        match amount {
            Some(..1) => errors.add("amount", Wrong::TooSmall { min: 1 }),
            Some(amount) if amount > PRICE_MAX => errors.add("amount", Wrong::TooBig { max: PRICE_MAX }),
            _ => {}
        }
        match offer {
            Some(offer) => errors.check().map(|()| (offer, amount)),
            None => Err(errors),
        }
    }
}

impl CaseOut {
    fn new(it: &WholeCase, say: Say) -> Self {
        let case = &it.case;
        Self {
            id: case.id.0,
            order_id: case.order.0,
            kind: case.kind.name(),
            kind_label: say.by_key(&key("case-kind", case.kind.name())),
            wants: case.wants.name(),
            opened_at: case.opened_at,
            is_taken: case.taken_by.is_some(),
            closed_at: case.closed_at,
            outcome: case.outcome.map(|outcome| outcome.name()),
            statements: it.entries.iter().map(StatementOut::from).collect(),
            proposals: it.proposals.iter().map(ProposalOut::from).collect(),
            rulings: it.rulings.iter().map(RulingOut::from).collect(),
        }
    }
}

impl From<&Said> for StatementOut {
    fn from(it: &Said) -> Self {
        Self { side: it.side.name(), words: it.words.clone(), photos: it.photos.len(), at: it.at }
    }
}

impl From<&Proposal> for ProposalOut {
    fn from(it: &Proposal) -> Self {
        Self {
            id: it.id.0,
            side: it.side.name(),
            offer: it.offer.name(),
            refund: it.refund.map(Into::into),
            state: it.state.clone(),
            made_at: it.made_at,
            ends_at: it.ends_at,
        }
    }
}

impl From<&Ruling> for RulingOut {
    fn from(it: &Ruling) -> Self {
        Self {
            n: it.n,
            verdict: it.verdict.name(),
            refund: it.refund.map(Into::into),
            reasons: it.reasons.clone(),
            at: it.at,
        }
    }
}

async fn show(call: Caller, PathOf(id): PathOf<OrderId>) -> Result<Json<CaseOut>, Problem> {
    Ok(Json(shape(&call, &mut call.read().await?, id).await?))
}

async fn say(
    call: Caller,
    PathOf(id): PathOf<OrderId>,
    Json(body): Json<StatementIn>,
) -> Result<Response, Problem> {
    let mut errors = FieldErrors::none();
    bounds::check(&mut errors, "words", &body.words, Statement::MAX);
    errors.check()?;
    let mut tx = call.begin().await?;
    talking::say(&mut tx, &call.member, id, &body.words).await?;
    let answer = shape(&call, &mut tx, id).await?;
    call.keep(&mut tx, StatusCode::CREATED, &answer).await?;
    tx.commit().await?;
    Ok(created(&format!("/api/v1/orders/{id}/case"), answer))
}

async fn propose(
    call: Caller,
    PathOf(id): PathOf<OrderId>,
    Json(body): Json<ProposalIn>,
) -> Result<Response, Problem> {
    let (offer, amount) = body.read()?;
    let mut tx = call.begin().await?;
    talking::propose(&mut tx, &call.member, id, offer, amount).await?;
    let answer = shape(&call, &mut tx, id).await?;
    call.keep(&mut tx, StatusCode::CREATED, &answer).await?;
    tx.commit().await?;
    Ok(created(&format!("/api/v1/orders/{id}/case"), answer))
}

async fn answer(
    call: Caller,
    PathOf(id): PathOf<OrderId>,
    Json(body): Json<AnswerIn>,
) -> Result<Json<CaseOut>, Problem> {
    if !ANSWERS.contains(&body.answer.as_str()) {
        return Err(FieldErrors::one("answer", Wrong::NotAChoice).into());
    }
    let mut tx = call.begin().await?;
    match body.answer.as_str() {
        "withdraw" => talking::withdraw(&mut tx, &call.member, id, body.proposal).await?,
        _ => talking::refuse(&mut tx, &call.member, id, body.proposal).await?,
    }
    let answer = shape(&call, &mut tx, id).await?;
    call.keep(&mut tx, StatusCode::OK, &answer).await?;
    tx.commit().await?;
    Ok(Json(answer))
}

async fn shape(call: &Caller, reader: &mut Reader, id: OrderId) -> Result<CaseOut, Problem> {
    let whole = talking::show(reader, &call.member, id).await?;
    Ok(CaseOut::new(&whole, call.say))
}
