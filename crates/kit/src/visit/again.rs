//! Forms that are shown as they were, to who had to sign in first.

use super::Visit;
use crate::form::{Filled, Typed};
use kernel::KeptFormId;

impl Visit {
    /// What was typed into the form that posts to `action`, before its sender had to sign in.
    pub fn typed_into(&self, action: &str) -> Option<Typed> {
        Some(self.kept.as_ref()?.take_up(|it| it == action)?.typed())
    }

    /// The same of the form that posts to an address below `path` of which `is_it` knows the last part, and that part.
    pub fn typed_below(&self, path: &str, is_it: impl FnOnce(&str) -> bool) -> Option<(String, Typed)> {
        let last = |action: &str| Some(action.strip_prefix(path)?.strip_prefix('/')?.to_owned());
        let found = self.kept.as_ref()?.take_up(|it| last(it).is_some_and(|last| is_it(&last)))?;
        Some((last(found.action())?, found.typed()))
    }

    /// The form that posts to `action` as it opens: as it was typed before its sender had to sign in, else untouched.
    pub fn filled(&self, action: &str) -> Filled {
        self.typed_into(action).map(Filled::from).unwrap_or_default()
    }

    /// The name of what a form on this page was filled with.
    pub(crate) fn kept_shown(&self) -> Option<KeptFormId> {
        self.kept.as_ref()?.shown()
    }
}
