//! Rows of the tables, and what they stand for.

use super::model::{Address, Delivery, Leg, Order, Timer};
use crate::fees::{Fee, FeeRule, SoldUnder};
use kernel::{Currency, LegId, ListingId, MemberId, Moment, Money, OrderId, PaymentId};
use serde_json::Value;
use sqlx::types::Json;

pub(super) struct Row {
    pub order_id: OrderId,
    pub number: String,
    pub payment_id: PaymentId,
    pub buyer_id: MemberId,
    pub seller_id: MemberId,
    pub state: String,
    pub state_since: Moment,
    pub process_version: i32,
    pub version: i32,
    pub timer_transition: Option<String>,
    pub timer_at: Option<Moment>,
    pub currency: Currency,
    pub items_amount: i64,
    pub shipping_amount: i64,
    pub buyer_fee_amount: i64,
    pub commission_amount: i64,
    pub tax_amount: i64,
    pub tax_included_amount: i64,
    pub commission_tax_amount: i64,
    pub buyer_fee_tax_amount: i64,
    pub total_amount: i64,
    pub provider_fee_amount: i64,
    pub fee_rule: Value,
    pub seller_tier: i16,
    pub paid_at: Option<Moment>,
    pub released_at: Option<Moment>,
    pub released_amount: i64,
    pub refunded_amount: i64,
    pub charged_back_amount: i64,
    pub delivery_address: Option<Json<Address>>,
    pub carrier: Option<String>,
    pub tracking: Option<String>,
    pub problem: Option<String>,
    pub created_at: Moment,
}

impl From<Row> for Order {
    fn from(row: Row) -> Self {
        let money = |amount| Money::new(amount, row.currency);
        let fee_rule = rules(row.fee_rule, row.items_amount, row.commission_amount);
        Self {
            id: row.order_id,
            number: row.number,
            payment: row.payment_id,
            buyer: row.buyer_id,
            seller: row.seller_id,
            state: row.state,
            state_since: row.state_since,
            process_version: row.process_version,
            version: row.version,
            timer: Timer::of(row.timer_transition, row.timer_at),
            currency: row.currency,
            items: money(row.items_amount),
            shipping: money(row.shipping_amount),
            buyer_fee: money(row.buyer_fee_amount),
            commission: money(row.commission_amount),
            tax: money(row.tax_amount),
            tax_included: money(row.tax_included_amount),
            commission_tax: money(row.commission_tax_amount),
            buyer_fee_tax: money(row.buyer_fee_tax_amount),
            total: money(row.total_amount),
            provider_fee: money(row.provider_fee_amount),
            fee_rule,
            seller_tier: row.seller_tier,
            paid_at: row.paid_at,
            released_at: row.released_at,
            released: money(row.released_amount),
            refunded: money(row.refunded_amount),
            charged_back: money(row.charged_back_amount),
            delivery: row.delivery_address.map_or(Delivery::Meet, |a| Delivery::Ship(a.0)),
            carrier: row.carrier,
            tracking: row.tracking,
            problem: row.problem,
            created_at: row.created_at,
        }
    }
}

/// The rules as they were frozen. Orders from before rules were frozen have the share that was taken.
fn rules(kept: Value, items: i64, commission: i64) -> SoldUnder {
    serde_json::from_value(kept).unwrap_or_else(|_| {
        let taken = i128::from(commission) * 10_000 / i128::from(items.max(1));
        let bp = i64::try_from(taken).unwrap_or(0);
        let commission = Fee { bp, fixed: 0, min: 0, cap: Some(commission) };
        SoldUnder::One(FeeRule { rule: None, commission, buyer: Fee::default() })
    })
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
