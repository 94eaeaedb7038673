use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::fixture::{engine_with, puts, titled};
use crate::{Change, Document, Facets, Query};

fn any_document() -> impl Strategy<Value = Document> {
    let of = |values: &'static [&'static str]| prop::sample::select(values).prop_map(str::to_owned);
    let some_of = |values: &'static [&'static str]| {
        prop::sample::subsequence(values, 0..=values.len())
            .prop_map(|values| values.into_iter().map(str::to_owned).collect::<Vec<String>>())
    };
    (
        of(&["red sofa", "blue sofa", "red lamp"]),
        of(&["a", "a.b", "a.b.c", "d", "ab.x"]),
        (of(&["new", "used"]), of(&["EUR", "GBP", "JPY"])),
        some_of(&["cash", "barter"]),
        some_of(&["ship", "meet"]),
        prop::option::of(1_i64..9),
        some_of(&["red", "blue", "green"]),
        of(&["s", "m", "l"]),
    )
        .prop_map(|(title, category, (condition, currency), deal, delivery, price, colours, size)| {
            let levels: Vec<&str> = category.split('.').collect();
            let mut facets: Vec<(String, String)> =
                colours.into_iter().map(|colour| ("colour".to_owned(), colour)).collect();
            facets.push(("size".to_owned(), size));
            Document {
                categories: (1..=levels.len()).map(|end| levels[..end].join(".")).collect(),
                condition,
                currency,
                deal,
                delivery,
                price,
                facets,
                ..titled(0, &title)
            }
        })
}

fn any_query() -> impl Strategy<Value = Query> {
    let word = |values: &'static [&'static str]| {
        prop::option::of(prop::sample::select(values).prop_map(str::to_owned))
    };
    (
        prop::sample::select(&["", "sofa", "red"][..]),
        word(&["a", "a.b", "d"]),
        prop::sample::subsequence(&["new", "used"][..], 0..=2),
        word(&["cash", "barter"]),
        (word(&["ship"]), word(&["EUR", "GBP"])),
        prop::option::of(1_i64..9),
        prop::sample::subsequence(
            &[("colour", "red"), ("colour", "blue"), ("size", "s"), ("size", "m")][..],
            0..=2,
        ),
    )
        .prop_map(|(text, category, conditions, deal, (delivery, currency), max_price, facets)| Query {
            text: text.to_owned(),
            category,
            conditions: conditions.into_iter().map(str::to_owned).collect(),
            deal,
            delivery,
            currency,
            max_price,
            facets: facets.into_iter().map(|(id, value)| (id.to_owned(), value.to_owned())).collect(),
            with_facets: true,
            limit: 5,
            ..Query::default()
        })
}

/// Whether the document passes all filters but one.
fn passes(document: &Document, query: &Query, except: &str) -> bool {
    let contains = |values: &Vec<String>, wanted: &Option<String>| {
        wanted.as_ref().is_none_or(|wanted| values.contains(wanted))
    };
    let attribute = |id: &str| {
        let mut wanted = query.facets.iter().filter(|facet| facet.0 == id).peekable();
        except == id || wanted.peek().is_none() || wanted.any(|facet| document.facets.contains(facet))
    };
    (query.text.is_empty() || document.title.contains(&query.text))
        && contains(&document.categories, &query.category)
        && (except == "condition"
            || query.conditions.is_empty()
            || query.conditions.contains(&document.condition))
        && (except == "deal" || contains(&document.deal, &query.deal))
        && (except == "delivery" || contains(&document.delivery, &query.delivery))
        && (except == "currency"
            || (query.currency.as_ref().is_none_or(|currency| *currency == document.currency)
                && query.max_price.is_none_or(|max| document.price.is_some_and(|price| price <= max))))
        && attribute("colour")
        && attribute("size")
}

fn count<'a>(
    documents: &'a [Document],
    query: &'a Query,
    except: &'a str,
    values: impl Fn(&'a Document) -> Vec<&'a str>,
) -> Vec<(String, u64)> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for document in documents.iter().filter(|document| passes(document, query, except)) {
        for value in values(document) {
            *counts.entry(value).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, u64)> =
        counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn strs(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).collect()
}

fn brute(documents: &[Document], query: &Query) -> Facets {
    let depth = query.category.as_ref().map_or(1, |category| category.split('.').count() + 1);
    let parent = query.category.as_ref().map_or(String::new(), |category| format!("{category}."));
    let children = |document: &Document| -> Vec<String> {
        let child = |path: &&String| path.split('.').count() == depth && path.starts_with(&parent);
        document.categories.iter().filter(child).cloned().collect()
    };
    let owned: Vec<(Document, Vec<String>)> =
        documents.iter().map(|document| (document.clone(), children(document))).collect();
    let mut categories: BTreeMap<String, u64> = BTreeMap::new();
    for (document, children) in &owned {
        if passes(document, query, "") {
            children.iter().for_each(|child| *categories.entry(child.clone()).or_default() += 1);
        }
    }
    let mut categories: Vec<(String, u64)> = categories.into_iter().collect();
    categories.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let attribute = |id: &'static str| {
        let values = count(documents, query, id, |document| {
            let of = document.facets.iter().filter(|facet| facet.0 == id);
            of.map(|facet| facet.1.as_str()).collect()
        });
        (id.to_owned(), values)
    };
    let prices = || {
        let matching = documents.iter().filter(|document| passes(document, query, ""));
        matching.filter_map(|document| document.price)
    };
    Facets {
        categories,
        conditions: count(documents, query, "condition", |document| vec![document.condition.as_str()]),
        currencies: count(documents, query, "currency", |document| vec![document.currency.as_str()]),
        deal: count(documents, query, "deal", |document| strs(&document.deal)),
        delivery: count(documents, query, "delivery", |document| strs(&document.delivery)),
        attributes: [attribute("colour"), attribute("size")]
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .collect(),
        price_min: prices().min(),
        price_max: prices().max(),
    }
}

/// Documents arrive in two commits, and some are replaced or removed, so that counts cross
/// segments and skip what is gone.
#[test]
fn counts_agree_with_brute_force() {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[17; 32]);
    let mut runner = TestRunner::new_with_rng(Config { cases: 24, ..Config::default() }, rng);
    let documents = prop::collection::vec(any_document(), 0..60);
    let queries = prop::collection::vec(any_query(), 8);
    let cases = (documents, queries, 0_usize..20, 0_usize..20);
    let outcome = runner.run(&cases, |(mut documents, queries, replaced, removed)| {
        for (document, id) in documents.iter_mut().zip(1..) {
            document.id = id;
        }
        let (_dir, engine) = engine_with(documents.clone());
        let mut again: Vec<Document> = documents.iter().take(replaced).cloned().collect();
        again.iter_mut().for_each(|document| document.condition = "used".to_owned());
        let mut changes = puts(again.clone());
        changes.extend(documents.iter().rev().take(removed).map(|document| Change::Remove(document.id)));
        engine.apply(changes, "2").unwrap();
        documents.splice(..replaced.min(documents.len()), again);
        documents.truncate(documents.len().saturating_sub(removed));
        for query in &queries {
            let page = engine.search(query).unwrap();
            if page.relaxed || page.corrected.is_some() {
                continue;
            }
            prop_assert_eq!(&page.facets, &brute(&documents, query), "{:?}", query);
            let total = documents.iter().filter(|document| passes(document, query, "")).count();
            prop_assert_eq!(page.total, total);
        }
        Ok(())
    });
    outcome.unwrap();
}
