//! What is searched for, as an address.

use super::with_query;
use std::fmt;

/// A link to the search page: a list of names and values in order. Changing what is searched for forgets the
/// cursor, since it belongs to another list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchLink(Vec<(String, String)>);

impl SearchLink {
    /// From a query as it was asked. Empty values are dropped.
    pub fn read(query: &str) -> Self {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        Self(pairs.into_iter().filter(|(_, v)| !v.is_empty()).collect())
    }

    /// Adds a value; the same value of the same name is not added twice.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        let value = value.to_string();
        self.0.retain(|(n, v)| n != "cursor" && !(n == name && *v == value));
        if !value.is_empty() {
            self.0.push((name.to_owned(), value));
        }
        self
    }

    /// Puts a value in place of all others of the name.
    #[must_use]
    pub fn set(self, name: &str, value: impl fmt::Display) -> Self {
        self.without(name).with(name, value)
    }

    /// Drops every value of the name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(n, _)| n != name && n != "cursor");
        self
    }

    /// Drops one value of the name.
    #[must_use]
    pub fn without_value(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(n, v)| n != "cursor" && !(n == name && v == value));
        self
    }

    /// The next page.
    #[must_use]
    pub fn after(mut self, cursor: &str) -> Self {
        self.0.retain(|(n, _)| n != "cursor");
        self.0.push(("cursor".to_owned(), cursor.to_owned()));
        self
    }

    /// The first value of the name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && v == value)
    }

    /// All names and values in order: for hidden fields of a form.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()))
    }
}

impl fmt::Display for SearchLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pairs: Vec<(&str, &str)> = self.pairs().collect();
        f.write_str(&with_query("/search", &pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{search, search_for};
    use super::*;

    #[test]
    fn a_search_is_changed_filter_by_filter() {
        let link = SearchLink::read("q=road+bike&condition=good&condition=new&min_price=&cursor=abc");
        assert_eq!(link.value("q"), Some("road bike"));
        assert_eq!(link.value("min_price"), None);
        assert_eq!(
            link.clone().without_value("condition", "new").to_string(),
            "/search?q=road+bike&condition=good"
        );
        assert_eq!(link.clone().set("condition", "fair").to_string(), "/search?q=road+bike&condition=fair");
        assert_eq!(link.clone().with("condition", "good").pairs().count(), 3);
        assert_eq!(search_for("bike").after("x/y").to_string(), "/search?q=bike&cursor=x%2Fy");
        assert_eq!(search().to_string(), "/search");
    }
}
