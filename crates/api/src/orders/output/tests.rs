use super::*;
use kernel::{Currency, Money};
use market::fees::{Fee, FeeRule, SoldUnder};
use market::orders::model::Timer;

fn order(state: &str) -> Order {
    let (id, at) = (Uuid::nil(), OffsetDateTime::UNIX_EPOCH);
    let eur = |amount| Money::new(amount, Currency::EUR);
    let line = |text: &str| text.to_owned();
    let address = Address {
        name: line("Ben"),
        line1: line("Rue 1"),
        line2: String::new(),
        postcode: line("69001"),
        town: line("Lyon"),
        region: String::new(),
        country: line("FR"),
    };
    Order {
        id: id.into(),
        number: line("ABC123DEF"),
        payment: id.into(),
        buyer: id.into(),
        seller: id.into(),
        state: line(state),
        state_since: at,
        process_version: 2,
        version: 1,
        timer: Some(Timer { transition: line("auto_cancel_unshipped"), at }),
        currency: Currency::EUR,
        items: eur(1000),
        shipping: eur(200),
        buyer_fee: eur(120),
        commission: eur(80),
        tax: eur(0),
        tax_included: eur(0),
        commission_tax: eur(0),
        buyer_fee_tax: eur(0),
        total: eur(1320),
        provider_fee: eur(0),
        fee_rule: SoldUnder::One(FeeRule { rule: None, commission: Fee::default(), buyer: Fee::default() }),
        seller_tier: 0,
        paid_at: Some(at),
        released_at: None,
        released: eur(0),
        refunded: eur(0),
        charged_back: eur(0),
        delivery: Delivery::Ship(address),
        carrier: None,
        tracking: None,
        problem: None,
        created_at: at,
    }
}

#[test]
fn the_address_is_the_buyers_until_it_is_paid() {
    for (state, shown) in [("paid", true), ("shipped", true), ("cancelled", false), ("refunded", false)] {
        assert_eq!(delivery(&order(state), Side::Seller).address.is_some(), shown, "{state}");
        assert!(delivery(&order(state), Side::Buyer).address.is_some());
    }
}

#[test]
fn each_side_sees_its_own_part() {
    let order = order("paid");
    let buyer = amounts(&order, Side::Buyer);
    assert!(buyer.buyer_fee.is_some() && buyer.commission.is_none() && buyer.seller_part.is_none());
    let seller = amounts(&order, Side::Seller);
    assert!(seller.buyer_fee.is_none() && seller.commission.is_some());
    assert_eq!(seller.seller_part.map(|m| m.amount), Some(1120));
}
