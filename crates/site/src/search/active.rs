//! The filters in use, each with the way to the same search without it.

use super::ask::{ATTRIBUTE, Asked, values};
use crate::words;
use kernel::{Money, Say};
use kit::links::SearchLink;
use kit::parts::Crumb;
use market::catalog::catalog;
use market::listings::model::{Condition, Deal};

/// A filter in use.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    /// What it is, in a few words.
    pub label: String,
    /// The address of the search without it.
    pub href: String,
}

impl Filter {
    fn new(label: String, without: &SearchLink) -> Self {
        Self { label, href: without.to_string() }
    }

    /// The query of the search without it.
    pub(super) fn query(&self) -> &str {
        self.href.split_once('?').map_or("", |(_, query)| query)
    }

    pub(super) fn crumb(&self) -> Crumb {
        Crumb::new(&self.href, &self.label)
    }
}

/// Every filter in use, in the order of the form.
pub(super) fn filters(say: &Say, asked: &Asked) -> Vec<Filter> {
    let link = &asked.link;
    let mut out = Vec::new();
    for name in values(link, "condition") {
        if let Some(condition) = Condition::find(name) {
            out.push(Filter::new(
                words::condition(say, condition),
                &link.clone().without_value("condition", name),
            ));
        }
    }
    if let Some(label) = price(say, asked) {
        out.push(Filter::new(label, &link.clone().without("min").without("max").without("currency")));
    }
    if let Some(deal) = asked.ask.deal.filter(|d| *d != Deal::Both) {
        out.push(Filter::new(words::deal(say, deal), &link.clone().without("deal")));
    }
    if let Some(way) = &asked.ask.delivery {
        out.push(Filter::new(words::delivery(say, way), &link.clone().without("delivery")));
    }
    if let Some(town) = asked.town {
        let label = say.find_within(asked.radius, town.name.as_str());
        out.push(Filter::new(label, &link.clone().without("near").without("radius_km")));
    }
    if let Some(seller) = &asked.ask.seller {
        out.push(Filter::new(say.find_seller(seller.as_str()), &link.clone().without("seller")));
    }
    out.extend(attributes(say, asked));
    out
}

fn attributes(say: &Say, asked: &Asked) -> Vec<Filter> {
    let filter = |(id, value): &(String, String)| {
        let attribute = catalog().attribute(id)?;
        let label = format!("{}: {}", attribute.name(say.lang()), words::attribute(say, attribute, value));
        Some(Filter::new(label, &asked.link.clone().without_value(&format!("{ATTRIBUTE}{id}"), value)))
    };
    asked.ask.attributes.iter().filter_map(filter).collect()
}

/// "€10 to €50", "from €10", "up to €50".
fn price(say: &Say, asked: &Asked) -> Option<String> {
    let amount = |minor: i64| say.money(Money::new(minor, asked.currency));
    match (asked.ask.min_price, asked.ask.max_price) {
        (Some(min), Some(max)) => Some(say.find_price_between(amount(max), amount(min))),
        (Some(min), None) => Some(say.find_price_from(amount(min))),
        (None, Some(max)) => Some(say.find_price_to(amount(max))),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, Lang};

    #[test]
    fn every_filter_can_be_taken_off_alone() {
        let asked = Asked::read(
            "q=bike&condition=good&condition=new&min=5&delivery=ship&attr.colour=red",
            Currency::EUR,
        );
        let hrefs: Vec<String> = filters(&Say::new(Lang::EN), &asked).into_iter().map(|f| f.href).collect();
        assert_eq!(hrefs.len(), 5);
        assert_eq!(hrefs[0], "/search?q=bike&condition=new&min=5&delivery=ship&attr.colour=red");
        assert_eq!(hrefs[2], "/search?q=bike&condition=good&condition=new&delivery=ship&attr.colour=red");
        assert_eq!(hrefs[4], "/search?q=bike&condition=good&condition=new&min=5&delivery=ship");
    }
}
