//! What was paid out to you, and what you have.

use crate::doc::{Entry, doc, uuid};
use crate::query::Query;
use crate::shapes::{List, MoneyOut};
use kernel::{Money, PayoutId};
use kit::answer::Problem;
use kit::body::{Json, Params, PathOf};
use kit::caller::Caller;
use kit::route::{Audience, Object, get};
use market::apikeys::model::Scope;
use market::payouts::{Balance, Item, OnHold, Payout, overview};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

const MEMBER: Audience = Audience::Member;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Payouts", "Your balance")
            .says("What you have in each currency: what waits and why, what goes out next, what is on its way, and what you owe.")
            .lists::<BalanceOut>(200, "One for each currency.")
            .of(get("/api/v1/balance", "api.payouts.balance", balance).audience(MEMBER).scope(Scope::PayoutsRead)),
        doc("Payouts", "Your payouts")
            .paged(&uuid())
            .lists::<PayoutOut>(200, "The payouts, the newest first, without what they are made of.")
            .of(get("/api/v1/payouts", "api.payouts.list", list).audience(MEMBER).scope(Scope::PayoutsRead).object(Object::Payout)),
        doc("Payouts", "See a payout")
            .answers::<PayoutOut>(200, "The payout, with the sales that it is made of.")
            .of(get("/api/v1/payouts/{id}", "api.payouts.show", show).audience(MEMBER).scope(Scope::PayoutsRead).object(Object::Payout)),
    ]
}

/// What you have in one currency.
#[derive(Serialize, ToSchema)]
#[schema(as = Balance)]
struct BalanceOut {
    /// What waits in all.
    waiting: MoneyOut,
    /// What goes out with the next payout.
    payable: MoneyOut,
    /// What is on its way to your bank.
    in_payout: MoneyOut,
    /// What you owe: it is kept of what you sell next.
    owed: MoneyOut,
    /// When the next payout is made at the earliest; null when nothing would be in it.
    #[serde(with = "time::serde::rfc3339::option")]
    next_payout_at: Option<OffsetDateTime>,
    /// Each part that waits.
    on_hold: Vec<OnHoldOut>,
}

/// Something that waits.
#[derive(Serialize, ToSchema)]
#[schema(as = OnHold)]
struct OnHoldOut {
    order_id: Uuid,
    order_number: String,
    amount: MoneyOut,
    /// `tier`, `reserve`, `held`, `account` …
    because: String,
    /// The same in your language.
    because_label: String,
    /// When the wait ends by itself; null when it waits for something else.
    #[serde(with = "time::serde::rfc3339::option")]
    until: Option<OffsetDateTime>,
}

/// Money that goes to your bank.
#[derive(Serialize, ToSchema)]
#[schema(as = Payout)]
struct PayoutOut {
    id: Uuid,
    /// What people call it when they talk.
    number: String,
    amount: MoneyOut,
    /// `gathered`, `sending`, `unknown`, `in_transit`, `paid`, `failed`, `returned` or `dissolved`.
    state: String,
    /// The state in your language.
    state_label: String,
    /// What may be shown of the bank account.
    bank: Option<String>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    /// When it should be there.
    #[serde(with = "time::serde::rfc3339::option")]
    expected_at: Option<OffsetDateTime>,
    #[serde(with = "time::serde::rfc3339::option")]
    paid_at: Option<OffsetDateTime>,
    /// The sales that it is made of. Left out of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<PayoutItemOut>>,
}

/// What of a payout is of one sale.
#[derive(Serialize, ToSchema)]
#[schema(as = PayoutItem)]
struct PayoutItemOut {
    order_id: Uuid,
    order_number: String,
    /// `sale`, `reserve`, `won`, `goodwill` or `found`.
    kind: String,
    /// What it brought you.
    brought: MoneyOut,
    /// What of it was kept for what you owed.
    netted: MoneyOut,
    /// What of it was taken back.
    taken: MoneyOut,
    /// What this payout paid of it.
    paid: MoneyOut,
}

async fn balance(call: Caller) -> Result<Json<List<BalanceOut>>, Problem> {
    let terms = call.app.market.payout_terms();
    let all = overview::overview(&mut call.read().await?, &terms, call.member.id).await?;
    Ok(Json(List::whole(all.balances.into_iter().map(|it| of_currency(&call, it)).collect())))
}

async fn list(
    call: Caller,
    Params(pairs): Params<Vec<(String, String)>>,
) -> Result<Json<List<PayoutOut>>, Problem> {
    let mut query = Query::of(pairs);
    let (limit, after) = (query.limit(), query.cursor());
    query.end()?;
    let page = overview::page(&mut call.read().await?, call.member.id, after.as_ref(), limit).await?;
    Ok(Json(List::of(page, |payout| shape(&call, payout, None))))
}

async fn show(call: Caller, PathOf(id): PathOf<PayoutId>) -> Result<Json<PayoutOut>, Problem> {
    let (payout, items) = overview::show(&mut call.read().await?, call.member.id, id).await?;
    Ok(Json(shape(&call, payout, Some(items))))
}

fn of_currency(call: &Caller, it: Balance) -> BalanceOut {
    BalanceOut {
        waiting: it.waiting.into(),
        payable: it.payable.into(),
        in_payout: it.in_payout.into(),
        owed: it.owed.into(),
        next_payout_at: it.next_run,
        on_hold: it.on_hold.into_iter().map(|one| waits(call, one)).collect(),
    }
}

fn waits(call: &Caller, it: OnHold) -> OnHoldOut {
    OnHoldOut {
        order_id: it.order.0,
        order_number: it.order_number,
        amount: it.amount.into(),
        because_label: call.say.by_key(&format!("payout-hold-{}", it.because)),
        because: it.because,
        until: it.until,
    }
}

fn shape(call: &Caller, it: Payout, items: Option<Vec<Item>>) -> PayoutOut {
    let currency = it.currency;
    let money = |amount: i64| MoneyOut::from(Money::new(amount, currency));
    let item = |item: Item| PayoutItemOut {
        order_id: item.order.0,
        order_number: item.order_number,
        kind: item.kind,
        brought: money(item.amount),
        netted: money(item.netted),
        taken: money(item.taken),
        paid: money(item.paid),
    };
    PayoutOut {
        id: it.id.0,
        amount: money(it.amount),
        number: it.number,
        state_label: call.say.by_key(&format!("payout-state-{}", it.state.replace('_', "-"))),
        state: it.state,
        bank: it.bank_label,
        created_at: it.created_at,
        expected_at: it.expected_at,
        paid_at: it.paid_at,
        items: items.map(|items| items.into_iter().map(item).collect()),
    }
}
