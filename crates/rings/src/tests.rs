//! Answers are compared with what trying everything finds, on markets that are small enough for that.

use crate::check::{Fault, check};
use crate::wantlist::{self, ReadError, WantList};
use crate::{Effort, Item, Market, Ring, solve};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

const SEED: [u8; 32] = [11; 32];
const CASES: u32 = 400;

/// A market as numbers: which nodes are guards, and who wants what how much.
#[derive(Clone, Debug)]
struct Drawn {
    guards: Vec<bool>,
    wants: Vec<(u8, u8, u16)>,
}

impl Drawn {
    fn market(&self) -> Market {
        let mut market = Market::new();
        for is_guard in &self.guards {
            if *is_guard {
                market.guard()
            } else {
                market.item()
            };
        }
        let len = self.guards.len();
        for (item, wanted, worth) in &self.wants {
            market.want(Item::from(*item) % len as Item, Item::from(*wanted) % len as Item, *worth);
        }
        market
    }
}

fn drawn(nodes: usize, wants: usize) -> impl Strategy<Value = Drawn> {
    let guards = prop::collection::vec(prop::bool::weighted(0.2), 2..nodes);
    let wants = prop::collection::vec((any::<u8>(), any::<u8>(), 0_u16..=Market::WORTH_MAX), 0..wants);
    (guards, wants).prop_map(|(guards, wants)| Drawn { guards, wants })
}

fn each<S: Strategy>(of: S, test: impl Fn(S::Value)) {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &SEED));
    runner
        .run(&of, |value| {
            test(value);
            Ok(())
        })
        .unwrap();
}

/// The most items, and of these the most worth, by trying everything.
fn by_trying(market: &Market, longest: u8) -> (u32, u32) {
    fn ways(
        market: &Market,
        way: &mut Vec<Item>,
        items: u8,
        worth: u32,
        longest: u8,
        out: &mut Vec<(u64, u32, u32)>,
    ) {
        let (first, last) = (way[0], way[way.len() - 1]);
        for want in market.wants(last) {
            let worth = worth + u32::from(want.worth);
            if want.item == first && items > 1 {
                out.push((way.iter().map(|node| 1 << node).sum(), u32::from(items), worth));
            }
            let more = items + u8::from(!market.is_guard(want.item));
            if want.item > first && !way.contains(&want.item) && more <= longest {
                way.push(want.item);
                ways(market, way, more, worth, longest, out);
                way.pop();
            }
        }
    }
    fn best(cycles: &[(u64, u32, u32)], used: u64) -> (u32, u32) {
        let Some(((nodes, items, worth), rest)) = cycles.split_first() else { return (0, 0) };
        let without = best(rest, used);
        if nodes & used != 0 {
            return without;
        }
        let with = best(rest, used | nodes);
        without.max((with.0 + items, with.1 + worth))
    }
    let mut cycles = Vec::new();
    for first in 0..market.len() as Item {
        let items = u8::from(!market.is_guard(first));
        ways(market, &mut vec![first], items, 0, longest, &mut cycles);
    }
    cycles.truncate(24);
    best(&cycles, 0)
}

/// How many cycles there are, so that trying everything ends.
fn is_small(market: &Market, longest: u8) -> bool {
    solve(market, longest, &Effort::default()).cycles <= 24
}

#[test]
fn nothing_better_is_overlooked() {
    each(drawn(11, 40), |drawn| {
        let market = drawn.market();
        for longest in 2..=5 {
            if !is_small(&market, longest) {
                continue;
            }
            let solution = solve(&market, longest, &Effort::default());
            assert_eq!(check(&market, &solution.rings, longest), Ok(()), "{drawn:?}");
            let worth = u32::try_from(solution.worth()).unwrap();
            assert_eq!((solution.traded, worth), by_trying(&market, longest), "{longest} {drawn:?}");
            assert!(solution.is_best() && solution.is_all);
        }
    });
}

/// However little is tried, what is answered can be done, and the bound is none that better answers break.
#[test]
fn little_effort_is_honest() {
    let little = [
        Effort { follow: 30, ..Effort::default() },
        Effort { cycles: 3, ..Effort::default() },
        Effort { part: 1, ..Effort::default() },
        Effort { branches: 0, ..Effort::default() },
    ];
    each(drawn(14, 60), |drawn| {
        let market = drawn.market();
        let best = solve(&market, 4, &Effort::default());
        for effort in &little {
            let solution = solve(&market, 4, effort);
            assert_eq!(check(&market, &solution.rings, 4), Ok(()), "{effort:?} {drawn:?}");
            assert!(
                solution.traded <= best.traded && best.traded <= solution.traded_max,
                "{effort:?} {drawn:?}"
            );
        }
    });
}

#[test]
fn the_same_market_has_the_same_answer() {
    each(drawn(20, 80), |drawn| {
        let once = solve(&drawn.market(), 3, &Effort::default());
        let again = solve(&drawn.market(), 3, &Effort::default());
        assert_eq!(once.rings, again.rings);
    });
}

/// Longer rings never trade less.
#[test]
fn longer_rings_trade_more() {
    each(drawn(16, 60), |drawn| {
        let market = drawn.market();
        let traded: Vec<u32> =
            (2..=5).map(|longest| solve(&market, longest, &Effort::default()).traded).collect();
        assert!(traded.is_sorted(), "{traded:?} {drawn:?}");
    });
}

#[test]
fn what_cannot_be_carried_out_is_found() {
    let mut market = Market::new();
    let [a, b, c] = [market.item(), market.item(), market.item()];
    for (item, wanted) in [(a, b), (b, a), (b, c), (c, a)] {
        assert!(market.want(item, wanted, 1));
    }
    assert!(!market.want(a, a, 1) && !market.want(a, 9, 1) && !market.want(9, a, 1));
    let ring = |way: &[Item]| Ring { way: way.to_vec(), worth: 0 };
    assert_eq!(check(&market, &[ring(&[a, b, c])], 3), Ok(()));
    assert_eq!(check(&market, &[ring(&[a, b, c])], 2), Err(Fault::Length(3)));
    assert_eq!(check(&market, &[ring(&[a])], 3), Err(Fault::Length(1)));
    assert_eq!(check(&market, &[ring(&[a, c])], 3), Err(Fault::Unwanted { item: a, wanted: c }));
    assert_eq!(check(&market, &[ring(&[a, b]), ring(&[c, a])], 3), Err(Fault::Twice(a)));
    assert_eq!(check(&market, &[ring(&[7, a])], 3), Err(Fault::Missing(7)));
}

const LIST: &str = "\u{feff}#! REQUIRE-COLONS ALLOW-DUMMIES ITERATIONS=10
# Two copies of a game, of which Ann wants one game at most for both.
(ann) 001-GO : %any
(ann) 002-go : %any
(ann) %any : 003; 004-RISK
(ben) 003-CLUE: 001-GO
(Cy) 004-RISK : 002-GO 999-GONE
";

fn rings(list: &WantList, longest: u8) -> Vec<Vec<String>> {
    let solution = solve(&list.market, longest, &Effort::default());
    solution.rings.iter().map(|ring| list.names(ring).map(str::to_owned).collect()).collect()
}

#[test]
fn a_list_is_read_as_it_is_meant() {
    let list = WantList::read(LIST).unwrap();
    assert_eq!((list.market.items_len(), list.market.len(), list.in_vain), (4, 5, 1));
    // Through the guard only one of the two, and the one that is wanted more.
    assert_eq!(rings(&list, 3), [["001-GO", "003-CLUE"]]);
    let solution = solve(&list.market, 3, &Effort::default());
    let told = list.tell(&solution, 3);
    for line in [
        "Ring 1 of 2 items",
        "  001-GO gets 003-CLUE",
        "2 of 4 items traded",
        "More cannot",
        "1 wants are of",
    ] {
        assert!(told.contains(line), "{told}");
    }
    let without = LIST.replace("%any : 003; 004-RISK", "%none :").replace("%any", "003 004");
    assert_eq!(rings(&WantList::read(&without).unwrap(), 3).len(), 2, "nothing guards them");
}

#[test]
fn a_list_that_is_wrong_is_named_by_line() {
    use wantlist::Fault::*;
    let official = "!BEGIN-OFFICIAL-NAMES\na : A thing\nb\n!END-OFFICIAL-NAMES\n";
    for (text, line, fault) in [
        ("a b\nb a\nA b".to_owned(), 3, Twice("A".to_owned())),
        ("#! REQUIRE-USERNAMES\na b".to_owned(), 2, OwnerMissing),
        ("(ann a b".to_owned(), 1, OwnerOpen),
        ("#! require-colons\na b".to_owned(), 2, ColonMissing),
        ("(ann) : b".to_owned(), 1, ItemMissing),
        ("%x a".to_owned(), 1, GuardForbidden("%x".to_owned())),
        (format!("{official}c a"), 5, NotOfficial("C".to_owned())),
        ("!BEGIN-OFFICIAL-NAMES\na".to_owned(), 1, NamesOpen),
    ] {
        let error = WantList::read(&text).unwrap_err();
        assert_eq!(error, ReadError { line, fault });
        assert!(error.to_string().starts_with(&format!("line {line}: ")));
    }
    assert!(WantList::read(&format!("{official}a b\nb a")).is_ok());
    assert_eq!(rings(&WantList::read("#! CASE-SENSITIVE\na A\nA a").unwrap(), 2), [["a", "A"]]);
    assert!(WantList::read("").unwrap().market.is_empty());
}

/// No text makes it fall over.
#[test]
fn any_text_is_read_or_refused() {
    each("[a-c%;:()#! \\-\\n]{0,80}", |text| {
        if let Ok(list) = WantList::read(&format!("#! ALLOW-DUMMIES\n{text}")) {
            let solution = solve(&list.market, 4, &Effort::default());
            assert_eq!(check(&list.market, &solution.rings, 4), Ok(()), "{text:?}");
        }
    });
}
