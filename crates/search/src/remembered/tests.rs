use std::convert::Infallible;

use super::*;

#[test]
fn counts_once_for_each_snapshot_query_and_stage() {
    let remembered = Remembered::default();
    let mut times = 0;
    let mut ask = |generation, text: &str, limit, stage| {
        let query = Query { text: text.to_owned(), limit, ..Query::default() };
        let count = || {
            times += 1;
            Ok::<_, Infallible>(Facets { price_min: Some(times), ..Facets::default() })
        };
        remembered.facets(generation, &query, stage, count).unwrap().price_min
    };
    assert_eq!(ask(1, "a", 5, Stage::Strict), Some(1));
    assert_eq!(ask(1, "a", 9, Stage::Strict), Some(1), "the size of the page does not matter");
    assert_eq!(ask(1, "b", 5, Stage::Strict), Some(2));
    assert_eq!(ask(1, "a", 5, Stage::Relaxed), Some(3));
    assert_eq!(ask(2, "a", 5, Stage::Strict), Some(4));
    assert_eq!(ask(1, "a", 5, Stage::Strict), Some(5), "an old snapshot is counted, not kept");
    assert_eq!(ask(2, "a", 5, Stage::Strict), Some(4));
}

#[test]
fn does_not_grow_without_end() {
    let remembered = Remembered::default();
    for number in 0..1000 {
        let query = Query { text: number.to_string(), ..Query::default() };
        let count = || Ok::<_, Infallible>(Facets::default());
        remembered.facets(1, &query, Stage::Strict, count).unwrap();
    }
    assert!(remembered.with(1, |facets| facets.len()).unwrap() <= MOST);
}
