//! Which rule counts, and what of a fee is left after a refund.

use super::model::{FeeRule, Frozen, Recounted, Rule, Sale, SoldUnder};
use super::store;
use kernel::{Money, Refusal};
use platform::Reader;

/// The rule of each sale, in their order: the first that counts now and fits. Where none does, `fallback`: the settings.
pub async fn rules_of(
    reader: &mut Reader,
    about: &[Sale<'_>],
    fallback: &FeeRule,
) -> Result<Vec<FeeRule>, Refusal> {
    let now = reader.now();
    let mut rules = store::current(reader).await?;
    rules.retain(|rule| rule.begins_at <= now);
    Ok(about.iter().map(|sale| choose(&rules, sale, fallback)).collect())
}

/// The first of some rules that fits.
fn choose(rules: &[Rule], sale: &Sale<'_>, fallback: &FeeRule) -> FeeRule {
    rules.iter().find(|rule| rule.fits(sale)).map_or(fallback, |rule| &rule.fees).clone()
}

/// What is left of an order when `back` of it goes back, all refunds together. It is taken from the items first, then
/// from shipping; the commission is counted again on the items that are left, and never more than it was. The buyer's fee
/// goes back only with everything. Errors: `Conflict("refund-too-much")`.
pub fn after_refund(rules: &SoldUnder, frozen: &Frozen, back: Money) -> Result<Recounted, Refusal> {
    let goods = frozen.items.plus(frozen.shipping)?;
    let zero = Money::zero(goods.currency);
    if back == goods.plus(frozen.buyer_fee)? {
        return Ok(Recounted { items: zero, shipping: zero, commission: zero, buyer_fee: zero });
    }
    if back.amount < 0 || goods.minus(back)?.amount < 0 {
        return Err(Refusal::Conflict("refund-too-much"));
    }
    let of_items = Money::new(back.amount.min(frozen.items.amount), back.currency);
    let items = frozen.items.minus(of_items)?;
    let shipping = frozen.shipping.minus(back.minus(of_items)?)?;
    let counted = rules.commission(items)?;
    let commission = Money::new(counted.amount.min(frozen.commission.amount), counted.currency);
    Ok(Recounted { items, shipping, commission, buyer_fee: frozen.buyer_fee })
}

#[cfg(test)]
mod tests {
    use super::super::model::{Fee, RuleFor};
    use super::*;
    use kernel::{Currency, Moment};

    fn eur(amount: i64) -> Money {
        Money::new(amount, Currency::EUR)
    }

    fn rule(commission: Fee) -> FeeRule {
        FeeRule { rule: None, commission, buyer: Fee { bp: 500, fixed: 70, ..Fee::default() } }
    }

    #[test]
    fn a_fee_has_a_least_and_a_most() {
        let fee = Fee { bp: 800, fixed: 30, min: 100, cap: Some(5_000) };
        for (price, due) in [(0, 0), (50, 50), (500, 100), (10_000, 830), (1_000_000, 5_000)] {
            assert_eq!(fee.of(eur(price)), Ok(eur(due)), "{price}");
        }
    }

    #[test]
    fn a_part_takes_from_the_items_first_and_never_raises_the_fee() {
        let rule = rule(Fee { bp: 1_000, fixed: 50, min: 200, cap: Some(900) });
        let frozen = Frozen {
            items: eur(10_000),
            shipping: eur(500),
            commission: rule.commission.of(eur(10_000)).unwrap(),
            buyer_fee: eur(570),
        };
        assert_eq!(frozen.commission, eur(900));
        let rule = SoldUnder::One(rule);
        let left = |back| after_refund(&rule, &frozen, eur(back));
        let of = |items, shipping, commission, buyer_fee| Recounted {
            items: eur(items),
            shipping: eur(shipping),
            commission: eur(commission),
            buyer_fee: eur(buyer_fee),
        };
        assert_eq!(left(0).unwrap(), of(10_000, 500, 900, 570));
        assert_eq!(left(4_000).unwrap(), of(6_000, 500, 650, 570));
        assert_eq!(left(9_900).unwrap(), of(100, 500, 100, 570));
        assert_eq!(left(10_200).unwrap(), of(0, 300, 0, 570));
        assert_eq!(left(10_500).unwrap(), of(0, 0, 0, 570));
        assert_eq!(left(11_070).unwrap(), of(0, 0, 0, 0), "with everything goes the buyer's fee");
        for wrong in [-1, 10_501, 11_069, 11_071] {
            assert!(matches!(left(wrong), Err(Refusal::Conflict("refund-too-much"))), "{wrong}");
        }
    }

    #[test]
    fn a_rule_is_read_as_it_was_frozen() {
        let rule = rule(Fee { bp: 800, fixed: 0, min: 0, cap: None });
        let several = vec![RuleFor { rule: rule.clone(), items: 1_200 }];
        for kept in [SoldUnder::One(rule), SoldUnder::Several(several)] {
            let json = serde_json::to_value(&kept).unwrap();
            assert_eq!(serde_json::from_value::<SoldUnder>(json).unwrap(), kept);
        }
    }

    /// Each rule keeps its fixed part, its least and its most, whatever is left.
    #[test]
    fn under_several_rules_each_counts_on_its_share() {
        let dear = rule(Fee { bp: 1_000, fixed: 0, min: 0, cap: Some(500) });
        let cheap = rule(Fee { bp: 300, fixed: 20, min: 50, cap: None });
        let rules = SoldUnder::Several(vec![
            RuleFor { rule: dear, items: 10_000 },
            RuleFor { rule: cheap, items: 2_000 },
        ]);
        let frozen = Frozen {
            items: eur(12_000),
            shipping: eur(300),
            commission: rules.commission(eur(12_000)).unwrap(),
            buyer_fee: eur(99),
        };
        assert_eq!(frozen.commission, eur(500 + 80));
        for (back, commission) in [(0, 580), (6_000, 500 + 50), (9_600, 200 + 50), (11_999, 0), (12_100, 0)] {
            let left = after_refund(&rules, &frozen, eur(back)).unwrap();
            assert_eq!(left.commission, eur(commission), "{back}");
        }
        let mut before = frozen.commission.amount;
        for back in 0..=12_300 {
            let left = after_refund(&rules, &frozen, eur(back)).unwrap();
            assert!(left.commission.amount <= before, "{back}");
            assert_eq!(left.items.amount + left.shipping.amount, 12_300 - back, "{back}");
            before = left.commission.amount;
        }
    }

    #[test]
    fn the_first_rule_that_fits() {
        let of = |position: i32, bp: i64| Rule {
            position,
            title: "Rule".to_owned(),
            category: None,
            tier: None,
            business: None,
            currency: None,
            begins_at: Moment::UNIX_EPOCH,
            ends_at: None,
            fees: rule(Fee { bp, ..Fee::default() }),
        };
        let rules = [
            Rule { category: Some("home".to_owned()), business: Some(true), ..of(1, 1) },
            Rule { category: Some("home".to_owned()), ..of(2, 2) },
            Rule { tier: Some(3), ..of(3, 3) },
            Rule { currency: "JPY".parse().ok(), ..of(4, 4) },
        ];
        let sale = |category, tier, business| Sale { category, tier, business, currency: Currency::EUR };
        let yen = Sale { currency: "JPY".parse().unwrap(), ..sale(None, 0, false) };
        let cases = [
            (sale(Some("home.lamps"), 0, true), 1),
            (sale(Some("home"), 3, false), 2),
            (sale(Some("homeware"), 3, false), 3),
            (sale(None, 3, true), 3),
            (yen, 4),
            (sale(Some("furniture.home"), 0, true), 9),
        ];
        let fallback = rule(Fee { bp: 9, ..Fee::default() });
        for (sale, bp) in cases {
            assert_eq!(choose(&rules, &sale, &fallback).commission.bp, bp, "{sale:?}");
        }
    }

    /// Numbers that look random and are always the same.
    fn numbers() -> impl FnMut(i64) -> i64 {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i64::try_from(state >> 33).unwrap() % below
        }
    }

    #[test]
    fn a_part_refund_never_raises_a_fee() {
        let mut below = numbers();
        for n in 0..20_000 {
            let currency: Currency = ["EUR", "JPY", "KWD"][n % 3].parse().unwrap();
            let of = |amount| Money::new(amount, currency);
            let (min, room) = (below(500), below(5_000));
            let commission =
                Fee { bp: below(5_001), fixed: below(300), min, cap: (n % 2 == 0).then_some(min + room) };
            let rule = rule(commission);
            let (items, shipping) = (of(below(200_000)), of(below(3_000)));
            let frozen = Frozen {
                items,
                shipping,
                commission: commission.of(items).unwrap(),
                buyer_fee: of(below(1_000) + 1),
            };
            let goods = items.amount + shipping.amount;
            let mut parts = [below(goods + 1), below(goods + 1)];
            parts.sort_unstable();
            let rule = SoldUnder::One(rule);
            let [less, more] = parts.map(|back| after_refund(&rule, &frozen, of(back)).unwrap());
            assert!(less.commission.amount <= frozen.commission.amount, "{rule:?} {frozen:?} {parts:?}");
            assert!(more.commission.amount <= less.commission.amount, "{rule:?} {frozen:?} {parts:?}");
            assert!(more.commission.amount <= more.items.amount, "{rule:?} {frozen:?} {parts:?}");
            assert_eq!(more.buyer_fee, frozen.buyer_fee);
        }
    }

    #[test]
    fn parts_of_a_refund_add_up_to_the_last_unit() {
        let mut below = numbers();
        for _ in 0..5_000 {
            let rule = rule(Fee { bp: below(3_000), fixed: below(100), min: below(200), cap: None });
            let (items, shipping) = (eur(below(50_000)), eur(below(1_000)));
            let commission = rule.commission.of(items).unwrap();
            let frozen = Frozen { items, shipping, commission, buyer_fee: eur(99) };
            let back = eur(below(items.amount + shipping.amount + 1));
            let left = after_refund(&SoldUnder::One(rule), &frozen, back).unwrap();
            assert_eq!(
                left.items.amount + left.shipping.amount + back.amount,
                items.amount + shipping.amount
            );
            let seller = left.items.amount + left.shipping.amount - left.commission.amount;
            assert!(seller >= 0, "the seller's part is never less than nothing: {left:?}");
        }
    }
}
