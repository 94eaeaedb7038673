use super::*;
use crate::fees::{Fee, FeeRule, RuleFor, SoldUnder};
use crate::orders::model::Delivery;
use kernel::{Currency, Moment};
use serde_json::json;
use uuid::Uuid;

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

/// 100.00 of goods, 5.00 of postage, 8 % for the marketplace, a fee of 5.70 for the buyer.
fn order() -> Order {
    let (id, at) = (Uuid::nil(), Moment::UNIX_EPOCH);
    let commission = Fee { bp: 800, ..Fee::default() };
    Order {
        id: id.into(),
        number: "ABC123DEF".to_owned(),
        payment: id.into(),
        buyer: Uuid::from_u128(1).into(),
        seller: Uuid::from_u128(2).into(),
        state: "claim_open".to_owned(),
        state_since: at,
        process_version: 2,
        version: 5,
        timer: None,
        currency: Currency::EUR,
        items: eur(10_000),
        shipping: eur(500),
        buyer_fee: eur(570),
        commission: eur(800),
        tax: eur(0),
        tax_included: eur(0),
        commission_tax: eur(0),
        buyer_fee_tax: eur(0),
        total: eur(11_070),
        provider_fee: eur(0),
        fee_rule: SoldUnder::One(FeeRule { rule: None, commission, buyer: Fee::default() }),
        seller_tier: 0,
        paid_at: Some(at),
        released_at: None,
        released: eur(0),
        refunded: eur(0),
        charged_back: eur(0),
        delivery: Delivery::Meet,
        carrier: None,
        tracking: None,
        problem: None,
        created_at: at,
    }
}

fn decision(part: PartKind, amount: i64, included: bool, place: &str) -> Decision {
    Decision {
        part,
        leg: None,
        liable: Liable::Platform,
        place: place.parse().unwrap(),
        base: eur(10_000),
        rate_ppm: 190_000,
        amount: eur(amount),
        included,
        engine: "table".to_owned(),
        rules: "1".to_owned(),
        because: "at_home".to_owned(),
        inputs: json!({}),
        engine_ref: None,
    }
}

/// An order with every kind of tax, and the decisions about it.
fn taxed() -> (Order, Vec<Decision>) {
    let decisions = vec![
        decision(PartKind::Item, 700, false, "US-CA"),
        decision(PartKind::Shipping, 35, false, "US-CA"),
        decision(PartKind::Item, 601, true, "FR"),
        decision(PartKind::Commission, 128, true, "DE"),
        decision(PartKind::BuyerFee, 91, true, "FR"),
    ];
    let order = Order {
        tax: eur(735),
        tax_included: eur(601),
        commission_tax: eur(128),
        buyer_fee_tax: eur(91),
        total: eur(11_805),
        ..order()
    };
    let sums = taxes_of(&decisions, eur(0)).unwrap().map(|sum| sum.amount);
    assert_eq!(sums, [735, 601, 128, 91]);
    (order, decisions)
}

fn sum(shared: &Shared) -> i64 {
    let taxes: i64 = shared.taxes.iter().map(|(_, amount)| amount.amount).sum();
    shared.seller.amount + shared.commission.amount + shared.buyer_fee.amount + taxes
}

#[test]
fn commission_counts_again_on_what_is_left() {
    let left = left(&order(), eur(4_000)).unwrap();
    assert_eq!((left.items, left.shipping, left.commission), (eur(6_000), eur(500), eur(480)));
    assert_eq!((left.buyer_fee, left.seller()), (eur(570), eur(6_020)));
}

#[test]
fn nothing_or_everything_goes_back() {
    let (order, decisions) = taxed();
    let none = left(&order, eur(0)).unwrap();
    assert_eq!(none.seller(), order.seller_part());
    assert_eq!(sum(&shared(&none, &decisions).unwrap()), order.total.amount);
    let all = left(&order, order.total).unwrap();
    assert_eq!(sum(&shared(&all, &decisions).unwrap()), 0);
    assert!(left(&order, eur(order.total.amount + 1)).is_err() && left(&order, eur(-1)).is_err());
    assert_eq!(most(&order), eur(11_235), "the buyer's fee goes back only with everything");
}

/// The same under two rules, of which one has a most and one a fixed part and a least.
fn under_two_rules() -> (Order, Vec<Decision>) {
    let (order, decisions) = taxed();
    let of = |commission, items| RuleFor {
        rule: FeeRule { rule: None, commission, buyer: Fee::default() },
        items,
    };
    let fee_rule = SoldUnder::Several(vec![
        of(Fee { bp: 1_000, cap: Some(500), ..Fee::default() }, 8_000),
        of(Fee { bp: 300, fixed: 240, min: 270, cap: None }, 2_000),
    ]);
    assert_eq!(fee_rule.commission(eur(10_000)).unwrap(), order.commission);
    (Order { fee_rule, ..order }, decisions)
}

/// Whatever goes back in whatever parts: what is left is shared without a rest, and nobody gives more than they got.
#[test]
fn parts_add_up_to_the_last_unit() {
    for (order, decisions) in [taxed(), under_two_rules()] {
        parts_add_up(&order, &decisions);
    }
}

fn parts_add_up(order: &Order, decisions: &[Decision]) {
    for step in [1, 3, 7, 333, 1_000, 11_805] {
        let (mut back, mut before) = (0, shared(&left(order, eur(0)).unwrap(), decisions).unwrap());
        while back < order.total.amount {
            let next = (back + step).min(order.total.amount);
            let after = shared(&left(order, eur(next)).unwrap(), decisions).unwrap();
            assert_eq!(sum(&after), order.total.amount - next, "{next}");
            assert!(after.seller.amount >= 0 && after.commission.amount >= 0, "{next} {after:?}");
            let taken = taken(&before, &after).unwrap();
            assert_eq!(sum(&taken), next - back, "{next} {taken:?}");
            let lines = taken.taxes.iter().map(|(_, amount)| amount.amount);
            let own = [taken.seller.amount, taken.commission.amount, taken.buyer_fee.amount];
            assert!(lines.chain(own).all(|amount| amount >= 0), "{next} {taken:?}");
            (back, before) = (next, after);
        }
    }
}
