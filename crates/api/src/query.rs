//! Reading the parameters of a query: every mistake at once, and a parameter that does not exist is one.

use kernel::limits::{PAGE_DEFAULT, PAGE_MAX};
use kernel::{Cursor, FieldErrors, Refusal, Wrong};
use std::str::FromStr;

/// The most characters of one parameter.
pub(crate) const VALUE_MAX: usize = 500;

/// The parameters that were not read yet, and what is wrong so far.
#[derive(Debug)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    errors: FieldErrors,
}

impl Query {
    /// An empty value is there, too: a text may be empty, and nothing else can.
    pub(crate) fn of(pairs: Vec<(String, String)>) -> Self {
        let mut errors = FieldErrors::none();
        for (name, value) in &pairs {
            if value.chars().nth(VALUE_MAX).is_some() {
                errors.add(name.clone(), Wrong::TooLong { max: VALUE_MAX });
            }
        }
        Self { pairs, errors }
    }

    pub(crate) fn wrong(&mut self, name: &str, wrong: Wrong) {
        self.errors.add(name, wrong);
    }

    /// All values of a parameter.
    pub(crate) fn all(&mut self, name: &str) -> Vec<String> {
        self.take_where(|n| n == name).into_iter().map(|(_, value)| value).collect()
    }

    /// The value of a parameter that comes once.
    pub(crate) fn one(&mut self, name: &str) -> Option<String> {
        let mut values = self.all(name);
        if values.len() > 1 {
            self.wrong(name, Wrong::BadShape);
        }
        if values.is_empty() { None } else { Some(values.swap_remove(0)) }
    }

    /// Parameters whose names begin with `prefix`, without it: (rest of the name, value).
    pub(crate) fn beginning(&mut self, prefix: &str) -> Vec<(String, String)> {
        let taken = self.take_where(|n| n.starts_with(prefix));
        taken.into_iter().map(|(name, value)| (name[prefix.len()..].to_owned(), value)).collect()
    }

    /// The value read as a type; what cannot be read is `wrong`.
    pub(crate) fn read<T: FromStr>(&mut self, name: &str, wrong: Wrong) -> Option<T> {
        let value = self.one(name)?;
        self.errors.take(name, value.parse().map_err(|_| wrong))
    }

    /// The value as one of the choices that `find` knows.
    pub(crate) fn choice<T>(&mut self, name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
        let value = self.one(name)?;
        self.errors.take(name, find(&value).ok_or(Wrong::NotAChoice))
    }

    /// `true` or `false`; absent is false.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        self.read(name, Wrong::BadShape).unwrap_or(false)
    }

    /// `limit`: 1 to 100.
    pub(crate) fn limit(&mut self) -> usize {
        self.limit_or(PAGE_DEFAULT)
    }

    /// `limit` with another default.
    pub(crate) fn limit_or(&mut self, default: usize) -> usize {
        let Some(asked) = self.read::<i64>("limit", Wrong::NotANumber) else { return default };
        match usize::try_from(asked) {
            Ok(n @ 1..=PAGE_MAX) => return n,
            Ok(n) if n > PAGE_MAX => {
                self.wrong("limit", Wrong::TooBig { max: i64::try_from(PAGE_MAX).unwrap_or(i64::MAX) })
            }
            _ => self.wrong("limit", Wrong::TooSmall { min: 1 }),
        }
        default
    }

    pub(crate) fn cursor(&mut self) -> Option<Cursor> {
        self.one("cursor").map(Cursor)
    }

    /// A text of `min` to `max` characters.
    pub(crate) fn text(&mut self, name: &str, min: usize, max: usize) -> Option<String> {
        let value = self.one(name)?;
        self.errors.take(name, kernel::text::bounded(value, min, max))
    }

    /// Errors: everything that was wrong, and what nobody asked for.
    pub(crate) fn end(mut self) -> Result<(), Refusal> {
        for (name, _) in std::mem::take(&mut self.pairs) {
            self.errors.add(name.replace('~', "~0").replace('/', "~1"), Wrong::Unknown);
        }
        Ok(self.errors.check()?)
    }

    fn take_where(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
        let (taken, rest) = std::mem::take(&mut self.pairs).into_iter().partition(|(name, _)| wanted(name));
        self.pairs = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> Query {
        Query::of(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    fn mistakes(query: Query) -> Vec<String> {
        match query.end() {
            Err(Refusal::Fields(errors)) => {
                errors.iter().map(|(field, wrong)| format!("{field} {wrong:?}")).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn reads_what_is_asked_for() {
        let mut it = query(&[("q", "bike"), ("limit", "7"), ("attr.fuel", "petrol"), ("facets", "true")]);
        assert_eq!((it.one("q").as_deref(), it.limit(), it.flag("facets")), (Some("bike"), 7, true));
        assert_eq!(it.beginning("attr."), [("fuel".to_owned(), "petrol".to_owned())]);
        assert_eq!(it.cursor(), None);
        assert!(mistakes(it).is_empty());
    }

    /// What the description says of a parameter, an empty value does not pass by.
    #[test]
    fn nothing_is_a_value_too() {
        let mut it = query(&[("q", ""), ("limit", ""), ("facets", ""), ("seller", "")]);
        assert_eq!((it.one("q").as_deref(), it.limit(), it.flag("facets")), (Some(""), PAGE_DEFAULT, false));
        assert_eq!(it.text("seller", 1, 5), None);
        assert_eq!(mistakes(it), ["limit NotANumber", "facets BadShape", "seller Required"]);
        for limit in [" 7", "7 ", "7.0"] {
            let mut it = query(&[("limit", limit)]);
            it.limit();
            assert_eq!(mistakes(it), ["limit NotANumber"], "{limit:?}");
        }
    }

    #[test]
    fn tells_of_all_mistakes_at_once() {
        let mut it = query(&[("limit", "0"), ("near", "x"), ("near", "y"), ("admin", "1")]);
        assert_eq!((it.limit(), it.one("near").as_deref()), (PAGE_DEFAULT, Some("x")));
        assert_eq!(mistakes(it), ["limit TooSmall { min: 1 }", "near BadShape", "admin Unknown"]);
        for (limit, wrong) in
            [("101", "TooBig { max: 100 }"), ("-1", "TooSmall { min: 1 }"), ("many", "NotANumber")]
        {
            let mut it = query(&[("limit", limit)]);
            it.limit();
            assert_eq!(mistakes(it), [format!("limit {wrong}")]);
        }
    }
}
