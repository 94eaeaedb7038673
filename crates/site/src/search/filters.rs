//! The form of filters: what there is to choose, with how much each choice would give.

use super::ask::{ATTRIBUTE, Asked, RADII, values};
use crate::{fields, words};
use kernel::Say;
use kit::parts::filters::{self as parts, Bucket};
use market::catalog::{Attribute, catalog};
use market::listings::model::{Condition, Deal};
use market::search::model::{Facets, Results};
use maud::{Markup, html};

/// Attributes offered as filters, and values of each.
const ATTRIBUTES_MAX: usize = 6;
const VALUES_MAX: usize = 8;
/// What the form has fields for; everything else in the address goes along hidden.
const FIELDS: [&str; 8] = ["condition", "min", "max", "currency", "deal", "delivery", "near", "radius_km"];

/// The whole form.
pub(super) fn form(say: &Say, asked: &Asked, found: &Results) -> Markup {
    let attributes = attributes(say, asked, &found.facets);
    let own: Vec<String> = attributes.iter().map(|(a, _)| format!("{ATTRIBUTE}{}", a.id)).collect();
    let names: Vec<&str> = FIELDS.into_iter().chain(own.iter().map(String::as_str)).collect();
    let body = html! {
        (parts::kept(&asked.link, &names))
        (price(say, asked, &found.facets))
        (parts::boxes(say, &asked.link, "condition", &say.field_condition(), &conditions(say, asked, &found.facets)))
        (one_of(say, asked, "delivery", &say.field_delivery(), &delivery(say, &found.facets)))
        (one_of(say, asked, "deal", &say.find_deal(), &deals(say, &found.facets)))
        (near(say, asked))
        @for (attribute, buckets) in &attributes {
            @let name = format!("{ATTRIBUTE}{}", attribute.id);
            (parts::boxes(say, &asked.link, &name, attribute.name(say.lang()), buckets))
        }
    };
    let clear = asked.cleared().to_string();
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    parts::filters(say, &say.find_show(total, say.number(total)), &clear, body)
}

/// From and to, in one of the currencies that there are: amounts of different ones cannot be compared.
fn price(say: &Say, asked: &Asked, facets: &Facets) -> Markup {
    let mut codes: Vec<&str> = facets.currencies.iter().map(|(code, _)| code.as_str()).collect();
    let asked_for = asked.currency.code();
    let chosen = match codes.first() {
        Some(most_frequent) if !asked.has_price() => most_frequent,
        _ => asked_for,
    };
    if !codes.contains(&chosen) {
        codes.push(chosen);
    }
    let more = html! {
        @if codes.len() > 1 {
            div.field {
                label for="f-currency" { (say.find_currency()) }
                select #f-currency name="currency" {
                    @for code in &codes { option value=(code) selected[*code == chosen] { (code) } }
                }
            }
        } @else {
            input type="hidden" name="currency" value=(chosen);
        }
    };
    parts::range(say, &asked.link, &say.find_price(chosen), ("min", "max"), more)
}

fn count_of(counts: &[(String, u64)], value: &str) -> u64 {
    counts.iter().find(|(v, _)| v == value).map_or(0, |(_, n)| *n)
}

/// Those that would give something, and those that are chosen.
fn conditions(say: &Say, asked: &Asked, facets: &Facets) -> Vec<Bucket> {
    let bucket = |c: &Condition| {
        let count = count_of(&facets.conditions, c.name());
        let wanted = count > 0 || asked.link.has("condition", c.name());
        wanted.then(|| Bucket {
            value: c.name().to_owned(),
            label: words::condition(say, *c),
            count: Some(count),
        })
    };
    Condition::ALL.iter().filter_map(bucket).collect()
}

fn delivery(say: &Say, facets: &Facets) -> Vec<Bucket> {
    let bucket = |way: &str| Bucket {
        value: way.to_owned(),
        label: words::delivery(say, way),
        count: Some(count_of(&facets.delivery, way)),
    };
    ["ship", "meet"].into_iter().map(bucket).collect()
}

fn deals(say: &Say, facets: &Facets) -> Vec<Bucket> {
    let bucket = |deal: Deal| Bucket {
        value: deal.name().to_owned(),
        label: words::deal(say, deal),
        count: Some(count_of(&facets.deal, deal.name())),
    };
    [Deal::Cash, Deal::Barter].into_iter().map(bucket).collect()
}

/// The attributes of the chosen category that are filtered by and found, and those in use.
fn attributes(say: &Say, asked: &Asked, facets: &Facets) -> Vec<(&'static Attribute, Vec<Bucket>)> {
    let of_category = asked.category.map(|c| catalog().attributes_of(&c.id)).unwrap_or_default();
    let used = asked.ask.attributes.iter().filter_map(|(id, _)| catalog().attribute(id));
    let mut wanted: Vec<&Attribute> = used.collect();
    wanted.extend(of_category.into_iter().filter(|a| a.filter));
    let mut out: Vec<(&Attribute, Vec<Bucket>)> = Vec::new();
    for attribute in wanted {
        let buckets = values_of(say, asked, facets, attribute);
        if !buckets.is_empty() && out.len() < ATTRIBUTES_MAX && !out.iter().any(|(a, _)| a.id == attribute.id)
        {
            out.push((attribute, buckets));
        }
    }
    out
}

/// The most frequent values, and the chosen ones whatever they give.
fn values_of(say: &Say, asked: &Asked, facets: &Facets, attribute: &Attribute) -> Vec<Bucket> {
    let counted = facets.attributes.iter().find(|(id, _)| *id == attribute.id).map(|(_, v)| v.as_slice());
    let mut counts: Vec<(String, u64)> =
        counted.unwrap_or_default().iter().take(VALUES_MAX).cloned().collect();
    for chosen in values(&asked.link, &format!("{ATTRIBUTE}{}", attribute.id)) {
        if !counts.iter().any(|(v, _)| v == chosen) {
            counts.push((chosen.to_owned(), count_of(counted.unwrap_or_default(), chosen)));
        }
    }
    let bucket = |(value, count): (String, u64)| {
        let label = words::attribute(say, attribute, &value);
        Bucket { value, label, count: Some(count) }
    };
    counts.into_iter().map(bucket).collect()
}

/// One of a few, or any.
fn one_of(say: &Say, asked: &Asked, name: &str, legend: &str, buckets: &[Bucket]) -> Markup {
    let chosen = asked.link.value(name).filter(|v| buckets.iter().any(|b| b.value == *v));
    html! {
        fieldset.rows {
            legend { (legend) }
            label.row {
                input type="radio" id={ "c-" (name) "-any" } name=(name) value="" checked[chosen.is_none()];
                span { (say.find_any()) }
            }
            @for bucket in buckets {
                label.row {
                    input type="radio" id={ "c-" (name) "-" (bucket.value) } name=(name) value=(bucket.value)
                        checked[chosen == Some(bucket.value.as_str())];
                    span { (bucket.label) }
                    @if let Some(count) = bucket.count { span.count { (say.number(count)) } }
                }
            }
        }
    }
}

fn near(say: &Say, asked: &Asked) -> Markup {
    let wrong = asked.errors.of("near").map(|w| w.say(say));
    html! {
        fieldset {
            legend { (say.find_near()) }
            div.field {
                label for="f-near" { (say.find_town()) }
                @if let Some(wrong) = &wrong { p.err #f-near-err { (wrong) } }
                input #f-near name="near" list="towns" autocomplete="off" value=(asked.link.value("near").unwrap_or_default())
                    aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[wrong.as_ref().map(|_| "f-near-err")];
            }
            div.field {
                label for="f-radius_km" { (say.find_radius()) }
                select #f-radius_km name="radius_km" {
                    @for km in RADII { option value=(km) selected[km == asked.radius] { (say.card_distance(km)) } }
                }
            }
            (fields::towns())
        }
    }
}
