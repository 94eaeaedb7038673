//! Rows of the tables, and what they stand for.

use super::model::{Address, Delivery, Leg, Order};
use kernel::{Currency, LegId, ListingId, MemberId, Moment, Money, OrderId, PaymentId};
use sqlx::types::Json;

pub(super) struct Row {
    pub order_id: OrderId,
    pub number: String,
    pub payment_id: PaymentId,
    pub buyer_id: MemberId,
    pub seller_id: MemberId,
    pub state: String,
    pub state_since: Moment,
    pub version: i32,
    pub timer_transition: Option<String>,
    pub timer_at: Option<Moment>,
    pub currency: Currency,
    pub items_amount: i64,
    pub shipping_amount: i64,
    pub buyer_fee_amount: i64,
    pub commission_amount: i64,
    pub total_amount: i64,
    pub provider_fee_amount: i64,
    pub delivery_address: Option<Json<Address>>,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    pub problem: Option<String>,
    pub created_at: Moment,
}

impl From<Row> for Order {
    fn from(row: Row) -> Self {
        let money = |amount| Money::new(amount, row.currency);
        Self {
            id: row.order_id,
            number: row.number,
            payment: row.payment_id,
            buyer: row.buyer_id,
            seller: row.seller_id,
            state: row.state,
            state_since: row.state_since,
            version: row.version,
            timer: row.timer_transition.zip(row.timer_at),
            currency: row.currency,
            items: money(row.items_amount),
            shipping: money(row.shipping_amount),
            buyer_fee: money(row.buyer_fee_amount),
            commission: money(row.commission_amount),
            total: money(row.total_amount),
            provider_fee: money(row.provider_fee_amount),
            delivery: row.delivery_address.map_or(Delivery::Meet, |a| Delivery::Ship(a.0)),
            carrier: row.carrier,
            tracking: row.tracking,
            problem: row.problem,
            created_at: row.created_at,
        }
    }
}

pub(super) struct LegRow {
    pub order_id: OrderId,
    pub leg_id: LegId,
    pub kind: String,
    pub from_member: MemberId,
    pub to_member: MemberId,
    pub listing_id: Option<ListingId>,
    pub quantity: Option<i32>,
    pub title: Option<String>,
    pub unit_amount: Option<i64>,
    pub photo_key: Option<String>,
    pub amount: i64,
    pub currency: Currency,
    pub state: String,
}

impl From<LegRow> for Leg {
    fn from(row: LegRow) -> Self {
        Self {
            id: row.leg_id,
            is_item: row.kind == "item",
            from: row.from_member,
            to: row.to_member,
            listing: row.listing_id,
            quantity: row.quantity.unwrap_or(1),
            title: row.title.unwrap_or_default(),
            unit: row.unit_amount.map(|a| Money::new(a, row.currency)),
            photo_key: row.photo_key,
            amount: Money::new(row.amount, row.currency),
            state: row.state,
        }
    }
}
