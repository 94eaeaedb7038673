//! From the filters of a query to clauses that decide membership and leave the score alone.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Query as Clause, RangeQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, SegmentReader};

use crate::encode::facet_term;
use crate::geo::Circle;
use crate::query::{Near, Query};
use crate::schema::{Fields, column};

/// A filter whose facet counts are taken without itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dimension {
    Condition,
    /// The currency, and the range of prices, which means nothing without one.
    Currency,
    Deal,
    Delivery,
    Attribute(String),
}

/// The dimensions the query filters by.
pub fn dimensions(query: &Query) -> Vec<Dimension> {
    let mut active = Vec::new();
    if !query.conditions.is_empty() {
        active.push(Dimension::Condition);
    }
    if query.currency.is_some() || query.min_price.is_some() || query.max_price.is_some() {
        active.push(Dimension::Currency);
    }
    if query.deal.is_some() {
        active.push(Dimension::Deal);
    }
    if query.delivery.is_some() {
        active.push(Dimension::Delivery);
    }
    let mut ids: Vec<&String> = query.facets.iter().map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids.dedup();
    active.extend(ids.into_iter().map(|id| Dimension::Attribute(id.clone())));
    active
}

/// All filters of the query but one, each as a clause every match must satisfy.
pub fn clauses(query: &Query, fields: &Fields, except: Option<&Dimension>) -> Vec<Box<dyn Clause>> {
    let mut clauses: Vec<Box<dyn Clause>> = Vec::new();
    for (field, value) in [(fields.category, &query.category), (fields.seller, &query.seller)] {
        clauses.extend(value.as_deref().map(|value| any_of(field, [value])));
    }
    if except != Some(&Dimension::Currency) {
        clauses.extend(query.currency.as_deref().map(|currency| any_of(fields.currency, [currency])));
        clauses.extend(price(query, fields));
    }
    if except != Some(&Dimension::Deal) {
        clauses.extend(query.deal.as_deref().map(|deal| any_of(fields.deal, [deal])));
    }
    if except != Some(&Dimension::Delivery) {
        clauses.extend(query.delivery.as_deref().map(|way| any_of(fields.delivery, [way])));
    }
    if except != Some(&Dimension::Condition) && !query.conditions.is_empty() {
        clauses.push(any_of(fields.condition, query.conditions.iter().map(String::as_str)));
    }
    clauses.extend(attributes(query, fields, except));
    clauses.extend(query.near.iter().flat_map(|near| place(near, fields)));
    clauses.into_iter().map(unscored).collect()
}

fn unscored(clause: Box<dyn Clause>) -> Box<dyn Clause> {
    Box::new(ConstScoreQuery::new(clause, 0.0))
}

fn any_of<'a>(field: Field, values: impl IntoIterator<Item = &'a str>) -> Box<dyn Clause> {
    let terms = values.into_iter().map(|value| Term::from_field_text(field, value));
    any_term(terms.collect())
}

fn any_term(mut terms: Vec<Term>) -> Box<dyn Clause> {
    let clause = |term| -> Box<dyn Clause> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) };
    terms.sort_unstable();
    terms.dedup();
    match terms.len() {
        1 => terms.pop().map_or_else(|| Box::new(EmptyQuery) as Box<dyn Clause>, clause),
        _ => Box::new(BooleanQuery::union(terms.into_iter().map(clause).collect())),
    }
}

fn attributes(query: &Query, fields: &Fields, except: Option<&Dimension>) -> Vec<Box<dyn Clause>> {
    let wanted = dimensions(query).into_iter().filter(|dimension| except != Some(dimension));
    wanted
        .filter_map(|dimension| match dimension {
            Dimension::Attribute(id) => {
                let values = query.facets.iter().filter(|(of, _)| *of == id);
                let terms =
                    values.map(|(id, value)| Term::from_field_text(fields.facet, &facet_term(id, value)));
                Some(any_term(terms.collect()))
            }
            _ => None,
        })
        .collect()
}

fn price(query: &Query, fields: &Fields) -> Option<Box<dyn Clause>> {
    if query.min_price.is_none() && query.max_price.is_none() {
        return None;
    }
    let min = query.min_price.unwrap_or(i64::MIN);
    let max = query.max_price.unwrap_or(i64::MAX);
    if min > max {
        return Some(Box::new(EmptyQuery));
    }
    let bound = |price| Bound::Included(Term::from_field_i64(fields.price, price));
    Some(Box::new(RangeQuery::new(bound(min), bound(max))))
}

/// Documents inside the circle: first those of the cells it touches, where that is few, then the
/// exact test on each.
fn place(near: &Near, fields: &Fields) -> Vec<Box<dyn Clause>> {
    let Some(circle) = Circle::new(near) else {
        return vec![Box::new(EmptyQuery)];
    };
    if near.radius_km.is_infinite() {
        return Vec::new();
    }
    let inside = FunctionPredicate::from(move |segment: &SegmentReader| {
        let lat = segment.fast_fields().f64(column::LAT)?;
        let lng = segment.fast_fields().f64(column::LNG)?;
        Ok(move |doc: DocId| match (lat.first(doc), lng.first(doc)) {
            (Some(lat), Some(lng)) => circle.holds(lat, lng),
            _ => false,
        })
    });
    let mut clauses: Vec<Box<dyn Clause>> = vec![Box::new(DocPredicateQuery::from(inside))];
    clauses.extend(circle.cells().map(|cells| {
        any_term(cells.into_iter().map(|cell| Term::from_field_u64(fields.cell, cell)).collect())
    }));
    clauses
}
