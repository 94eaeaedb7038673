use super::*;
use crate::query::{Near, Sort};

fn query() -> Query {
    Query { text: "lamp".into(), sort: Sort::PriceAsc, ..Query::default() }
}

#[test]
fn comes_back_as_it_was() {
    for stage in [Stage::Strict, Stage::Corrected, Stage::Relaxed] {
        let cursor = Cursor { stage, key: u64::MAX - 3, id: 1 << 100 };
        assert_eq!(Cursor::decode(&cursor.encode(&query()), &query()).unwrap(), cursor);
    }
}

#[test]
fn another_query_refuses_it() {
    let text = Cursor { stage: Stage::Strict, key: 1, id: 2 }.encode(&query());
    let others = [
        Query { text: "lamps".into(), ..query() },
        Query { sort: Sort::PriceDesc, ..query() },
        Query { min_price: Some(1), ..query() },
        Query { seller: Some("a".into()), ..query() },
        Query { near: Some(Near { lat: 0.0, lng: 0.0, radius_km: 1.0 }), ..query() },
        Query { facets: vec![("colour".into(), "red".into())], ..query() },
    ];
    for other in others {
        assert!(matches!(Cursor::decode(&text, &other), Err(SearchError::BadCursor)), "{other:?}");
    }
    let same = Query { limit: 3, with_facets: true, after: Some("x".into()), ..query() };
    assert!(Cursor::decode(&text, &same).is_ok());
}

#[test]
fn damage_is_refused() {
    let text = Cursor { stage: Stage::Strict, key: 1, id: 2 }.encode(&query());
    for bad in ["", "x", "%%%", "é", &text[1..], &text.to_uppercase(), &format!("{text}AA")] {
        assert!(matches!(Cursor::decode(bad, &query()), Err(SearchError::BadCursor)), "{bad}");
    }
}
