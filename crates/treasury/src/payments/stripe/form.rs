//! Fields as Stripe reads them: `a[b][0]=c`, in the order in which they were added, so that the same call has the same
//! bytes.

use std::fmt::Display;

/// The fields of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// `path`: the name, and what is within it.
    pub(super) fn add(mut self, path: &str, value: impl Display) -> Self {
        let mut parts = path.split('.');
        let mut name = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            name = format!("{name}[{part}]");
        }
        self.0.push((name, value.to_string()));
        self
    }

    pub(super) fn add_some(self, path: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.add(path, value),
            None => self,
        }
    }

    pub(super) fn fields(&self) -> &[(String, String)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_within_stands_in_brackets_and_order_stays() {
        let form =
            Form::new().add("b.c.0", 1).add("a", "x").add_some("d", None::<i64>).add_some("e", Some(true));
        let expected = [("b[c][0]", "1"), ("a", "x"), ("e", "true")];
        assert_eq!(form.fields(), expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
    }
}
