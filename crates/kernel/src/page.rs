//! Lists come in pages, and a page ends in a cursor: never an offset.

/// An opaque place in a list. What is inside is the list's own business.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// Some items and where the next ones begin.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    pub const fn empty() -> Self {
        Self { items: Vec::new(), next: None }
    }

    /// Cuts a list that was fetched with one row more than `limit`; the cursor is that of the last row kept.
    pub fn cut(mut items: Vec<T>, limit: usize, cursor: impl Fn(&T) -> String) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(|it| Cursor(cursor(it))) } else { None };
        Self { items, next }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
