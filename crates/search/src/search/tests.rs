use std::collections::BTreeSet;

use crate::fixture::{Numbers, all_pages, engine_with, ids, text, titled, titles};
use crate::{Document, Engine, Near, Query, SearchError, Sort};

#[test]
fn some_words_are_enough_when_no_document_has_all() {
    let (_dir, engine) = titles(&["red leather sofa", "green plastic chair", "red brick"]);
    let page = engine.search(&text("red leather sofa spaceship")).unwrap();
    assert!(page.relaxed);
    assert_eq!(ids(&page), [1]);
    let page = engine.search(&text("zebra brick")).unwrap();
    assert_eq!((page.relaxed, ids(&page)), (true, vec![3]));
    let page = engine.search(&text("zebra giraffe")).unwrap();
    assert_eq!((page.relaxed, page.total), (false, 0));
}

#[test]
fn what_has_only_some_of_the_words_is_ranked_by_relevance_in_any_order_asked_for() {
    let (_dir, engine) = titles(&["oak", "green chair with arms of oak"]);
    let newest = Query { sort: Sort::Newest, ..text("oak zebra") };
    let page = engine.search(&newest).unwrap();
    assert_eq!((page.relaxed, ids(&page)), (true, vec![1, 2]));
    assert_eq!(all_pages(&engine, &Query { limit: 1, ..newest }).len(), 2);
}

#[test]
fn few_hits_for_many_words_are_filled_up_and_stay_first() {
    let (_dir, engine) =
        titles(&["large oak table", "oak table oak table", "large oak", "table large", "lamp"]);
    let page = engine.search(&text("large oak table")).unwrap();
    assert!(page.relaxed);
    assert_eq!(ids(&page)[0], 1);
    assert_eq!((page.total, page.whole), (4, 1));
    let page = engine.search(&text("oak table")).unwrap();
    assert_eq!((page.relaxed, page.total), (false, 2));
    let cheap_first = Query { sort: Sort::PriceAsc, ..text("large oak table") };
    assert_eq!(ids(&engine.search(&cheap_first).unwrap()), [1], "only a ranking by score is filled up");
}

/// Many documents with few different values, so that ties abound.
fn market(count: u128) -> Vec<Document> {
    let mut numbers = Numbers(42);
    let categories = ["furniture", "furniture.sofas", "furniture.sofas.corner", "toys", "toys.games"];
    let words = ["red", "blue", "sofa", "chair", "game", "lamp"];
    (1..=count)
        .map(|id| {
            let category = categories[numbers.below(5)];
            let mut path: Vec<String> = vec![category.to_owned()];
            while let Some((parent, _)) = path.last().and_then(|last| last.rsplit_once('.')) {
                path.push(parent.to_owned());
            }
            let mut pick = |of: &[&str]| of[numbers.below(of.len())].to_owned();
            let title = format!("{} {}", pick(&words), pick(&words));
            Document {
                // Ids in an order that has nothing to do with the order of insertion.
                id: id.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835),
                categories: path,
                condition: pick(&["new", "used", "broken"]),
                currency: pick(&["GBP", "EUR"]),
                deal: pick(&["cash", "barter", "cash,barter"]).split(',').map(str::to_owned).collect(),
                delivery: pick(&["ship", "meet", "ship,meet"]).split(',').map(str::to_owned).collect(),
                seller: pick(&["ann", "bob"]),
                price: Some(numbers.below(12) as i64 * 100).filter(|price| *price > 0),
                lat: Some(51.0 + numbers.below(8) as f64 / 4.0).filter(|lat| *lat < 52.5),
                lng: Some(numbers.below(4) as f64),
                published_at: numbers.below(9) as i64 - 4,
                facets: vec![
                    ("colour".into(), ["red", "green", "blue"][numbers.below(3)].into()),
                    ("size".into(), ["s", "l"][numbers.below(2)].into()),
                ],
                ..titled(id, &title)
            }
        })
        .collect()
}

fn queries() -> Vec<Query> {
    let base = Query { limit: 7, ..Query::default() };
    let some = |text: &str| Some(text.to_owned());
    let near = |radius_km| Some(Near { lat: 51.2, lng: 1.1, radius_km });
    let facet = |id: &str, value: &str| (id.to_owned(), value.to_owned());
    vec![
        base.clone(),
        Query { category: some("furniture"), ..base.clone() },
        Query {
            category: some("furniture.sofas"),
            conditions: vec!["new".into(), "used".into()],
            ..base.clone()
        },
        Query { min_price: Some(300), ..base.clone() },
        Query { max_price: Some(500), currency: some("EUR"), ..base.clone() },
        Query { min_price: Some(300), max_price: Some(300), seller: some("ann"), ..base.clone() },
        Query { min_price: Some(2), max_price: Some(1), ..base.clone() },
        Query { deal: some("barter"), delivery: some("meet"), ..base.clone() },
        Query { near: near(60.0), ..base.clone() },
        Query { near: near(5.0), deal: some("cash"), ..base.clone() },
        Query { near: near(f64::INFINITY), seller: some("bob"), ..base.clone() },
        Query { near: near(3000.0), ..base.clone() },
        Query {
            facets: vec![facet("colour", "red"), facet("colour", "blue"), facet("size", "s")],
            ..base.clone()
        },
        Query { facets: vec![facet("colour", "none")], ..base },
    ]
}

fn matches(document: &Document, query: &Query) -> bool {
    let is = |wanted: &Option<String>, value: &String| wanted.as_ref().is_none_or(|wanted| wanted == value);
    let has = |wanted: &Option<String>, values: &Vec<String>| {
        wanted.as_ref().is_none_or(|wanted| values.contains(wanted))
    };
    let price_in = match (query.min_price, query.max_price) {
        (None, None) => true,
        (min, max) => document
            .price
            .is_some_and(|price| min.is_none_or(|min| min <= price) && max.is_none_or(|max| price <= max)),
    };
    let attributes = query.facets.iter().all(|(id, _)| {
        let accepted = |facet: &(String, String)| facet.0 == *id && query.facets.contains(facet);
        document.facets.iter().any(accepted)
    });
    let near = query.near.is_none_or(|near| {
        near.radius_km.is_infinite() || distance(document, &near).is_some_and(|km| km <= near.radius_km)
    });
    has(&query.category, &document.categories)
        && has(&query.deal, &document.deal)
        && has(&query.delivery, &document.delivery)
        && is(&query.currency, &document.currency)
        && is(&query.seller, &document.seller)
        && (query.conditions.is_empty() || query.conditions.contains(&document.condition))
        && price_in
        && attributes
        && near
}

fn distance(document: &Document, near: &Near) -> Option<f64> {
    Some(crate::geo::distance_km((near.lat, near.lng), (document.lat?, document.lng?)))
}

/// The expected order: the key, missing ones last, then the id.
fn expected(documents: &[Document], query: &Query) -> Vec<u128> {
    let key = |document: &Document| -> (bool, i64) {
        let part = match query.sort {
            Sort::PriceAsc => document.price,
            Sort::PriceDesc => document.price.map(|price| -price),
            Sort::Distance if query.near.is_some() => {
                query.near.and_then(|near| distance(document, &near)).map(|km| (km * 1e6) as i64)
            }
            _ => Some(-document.published_at),
        };
        (part.is_none(), part.unwrap_or_default())
    };
    let mut found: Vec<&Document> = documents.iter().filter(|document| matches(document, query)).collect();
    found.sort_by_key(|document| (key(document), document.id));
    found.iter().map(|document| document.id).collect()
}

#[test]
fn filters_sorts_and_pages_agree_with_brute_force() {
    let documents = market(400);
    let (_dir, engine) = engine_with(documents.clone());
    for query in queries() {
        for sort in [Sort::Relevance, Sort::Newest, Sort::PriceAsc, Sort::PriceDesc, Sort::Distance] {
            let query = Query { sort, ..query.clone() };
            let wanted = expected(&documents, &query);
            assert_eq!(all_pages(&engine, &query), wanted, "{query:?}");
            assert_eq!(engine.search(&query).unwrap().total, wanted.len(), "{query:?}");
        }
    }
}

#[test]
fn pages_of_a_text_search_yield_every_match_once() {
    let documents = market(400);
    let (_dir, engine) = engine_with(documents.clone());
    for typed in ["red", "blue sofa", "rde sofaa", "red chair spaceship"] {
        let query = Query { limit: 9, ..text(typed) };
        let first = engine.search(&query).unwrap();
        let found = all_pages(&engine, &query);
        assert_eq!(found.len(), first.total, "{typed}");
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), found.len(), "{typed}");
        let whole = engine.search(&Query { limit: 1000, ..query }).unwrap();
        assert_eq!(ids(&whole), found, "{typed}");
        assert!(whole.next.is_none());
        assert!(whole.hits.windows(2).all(|two| two[0].score >= two[1].score), "{typed}");
    }
}

#[test]
fn facets_follow_the_index_and_the_stage() {
    let (_dir, engine) = titles(&["red sofa", "blue sofa"]);
    let query = Query { with_facets: true, min_price: Some(1), ..text("sofa") };
    assert_eq!(engine.search(&query).unwrap().facets.price_max, None);
    let dear = Document { price: Some(700), ..titled(3, "green sofa") };
    engine.apply(vec![crate::Change::Put(dear)], "2").unwrap();
    for _ in 0..2 {
        assert_eq!(engine.search(&query).unwrap().facets.price_max, Some(700));
        let typo = Query { text: "soffa".into(), ..query.clone() };
        assert_eq!(engine.search(&typo).unwrap().facets.price_max, Some(700));
        let none = Query { text: "zzz".into(), ..query.clone() };
        assert_eq!(engine.search(&none).unwrap().facets, crate::Facets::default());
    }
}

#[test]
fn pages_hold_while_documents_come_and_go() {
    let (_dir, engine) = engine_with(market(60));
    let mut query = Query { limit: 20, sort: Sort::PriceAsc, ..Query::default() };
    let first = engine.search(&query).unwrap();
    let removed = ids(&first)[3];
    let cheap = Document { price: Some(1), ..titled(5, "cheap thing") };
    engine.apply(vec![crate::Change::Remove(removed), crate::Change::Put(cheap)], "2").unwrap();
    query.after = first.next.clone();
    let second = engine.search(&query).unwrap();
    let both: BTreeSet<u128> = ids(&first).into_iter().chain(ids(&second)).collect();
    assert_eq!(both.len(), 40, "nothing is shown twice");
}

#[test]
fn a_cursor_of_another_query_is_refused() {
    let (_dir, engine) = engine_with(market(30));
    let query = Query { limit: 5, ..Query::default() };
    let next = engine.search(&query).unwrap().next;
    let other = Query { after: next.clone(), sort: Sort::PriceDesc, ..query.clone() };
    assert!(matches!(engine.search(&other), Err(SearchError::BadCursor)));
    let broken = Query { after: Some("nonsense".into()), ..query.clone() };
    assert!(matches!(engine.search(&broken), Err(SearchError::BadCursor)));
    let wider = Query { after: next, limit: 6, with_facets: true, ..query };
    assert_eq!(engine.search(&wider).unwrap().hits.len(), 6);
}

#[test]
fn a_limit_of_zero_counts_only() {
    let (_dir, engine) = engine_with(market(30));
    let page = engine.search(&Query { limit: 0, with_facets: true, ..Query::default() }).unwrap();
    assert_eq!((page.total, page.hits.len(), page.next), (30, 0, None));
    assert!(!page.facets.conditions.is_empty());
}

#[test]
fn hits_carry_what_was_stored() {
    let mut document = titled(9, "oak table");
    document.lat = Some(51.0);
    document.lng = Some(0.0);
    let (_dir, engine) = engine_with(vec![document, titled(8, "oak lamp")]);
    let near = Some(Near { lat: 52.0, lng: 0.0, radius_km: f64::INFINITY });
    let page = engine.search(&Query { near, sort: Sort::Distance, ..text("oak") }).unwrap();
    let hit = &page.hits[0];
    assert_eq!((hit.id, hit.external_id.as_str(), hit.stored.as_str()), (9, "x9", "{\"id\":9}"));
    assert!((hit.distance_km.unwrap() - 111.2).abs() < 0.1);
    assert_eq!(page.hits[1].distance_km, None);
}

#[test]
fn the_category_counts_as_text() {
    let sofa =
        Document { categories: vec!["furniture".into(), "furniture.sofas".into()], ..titled(1, "Ektorp") };
    let (_dir, engine) = engine_with(vec![sofa, titled(2, "Billy")]);
    assert_eq!(ids(&engine.search(&text("sofa")).unwrap()), [1]);
}

#[test]
fn an_empty_index_answers() {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::open(dir.path()).unwrap().engine;
    for typed in ["", "sofa", "red sofa bed now"] {
        let page = engine.search(&Query { with_facets: true, ..text(typed) }).unwrap();
        assert_eq!((page.total, page.hits.len()), (0, 0));
    }
    assert_eq!(engine.suggest("so", 5).unwrap(), []);
}
