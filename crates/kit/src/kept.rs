//! What was typed into a form whose sender had to sign in first, or to show again who they are: what of it is kept, and
//! how the form finds it again. Where it is kept: `market::kept`.

use crate::csrf;
use crate::form::Typed;
use kernel::KeptFormId;
use std::sync::atomic::{AtomicBool, Ordering};

/// The name under which the address of a page, and the form on it, say what was typed before.
pub const FIELD: &str = "kept";

/// Fields that are kept of no form, whatever it is: what opens something, and what pays. A test sees to it that every
/// field for a password or a code is among them. Files are not kept either.
pub const NEVER: [&str; 13] = [
    "password",
    "new_password",
    "code",
    "otp",
    "token",
    "credential",
    "ceremony",
    // A card's.
    "number",
    "expiry",
    "cvc",
    // An account's at a bank.
    "iban",
    // Somebody's at the tax office.
    "tin",
    csrf::FIELD,
];

/// A form that is to be shown as it was.
pub struct Kept {
    id: KeptFormId,
    /// The path that it posts to.
    action: String,
    typed: Typed,
    /// The form on this page has taken it up.
    is_shown: AtomicBool,
}

impl Kept {
    pub(crate) fn new(id: KeptFormId, action: String, fields: &[u8]) -> Self {
        Self { id, action, typed: Typed::read(fields), is_shown: AtomicBool::new(false) }
    }

    /// What was typed, for the form that posts to a path for which `is_it`; its page is then one with a filled form.
    pub(crate) fn take_up(&self, is_it: impl FnOnce(&str) -> bool) -> Option<&Self> {
        let fits = is_it(&self.action);
        if fits {
            self.is_shown.store(true, Ordering::Relaxed);
        }
        fits.then_some(self)
    }

    pub(crate) fn typed(&self) -> Typed {
        self.typed.clone()
    }

    pub(crate) fn action(&self) -> &str {
        &self.action
    }

    /// Its name, if a form on this page has taken it up.
    pub(crate) fn shown(&self) -> Option<KeptFormId> {
        self.is_shown.load(Ordering::Relaxed).then_some(self.id)
    }
}

/// What may be kept of a form, URL-encoded. Nothing when nobody has typed anything.
pub(crate) fn worth_keeping(sent: &Typed) -> Option<String> {
    let may_be = |(name, _): &(&str, &str)| !NEVER.contains(name) && *name != FIELD;
    let kept = Typed::of(sent.pairs().filter(may_be));
    let says_something = kept.pairs().any(|(_, value)| !value.trim().is_empty());
    says_something.then(|| kept.encoded())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_not_kept() {
        let sent = Typed::read(b"csrf=a&kept=b&title=A+b&tag=x&tag=&password=p&number=4242&cvc=1&code=0");
        assert_eq!(worth_keeping(&sent).as_deref(), Some("title=A+b&tag=x&tag="));
        assert_eq!(worth_keeping(&Typed::read(b"csrf=a&password=p&title=+")), None);
        assert_eq!(worth_keeping(&Typed::default()), None);
    }

    #[test]
    fn a_form_takes_up_what_was_typed_into_it_and_no_other() {
        let id = "01940000-0000-7000-8000-000000000001".parse().unwrap();
        let kept = Kept::new(id, "/sell/1".to_owned(), b"title=A+b");
        assert!(kept.take_up(|action| action == "/sell/2").is_none());
        assert_eq!(kept.shown(), None);
        assert_eq!(kept.take_up(|action| action == "/sell/1").unwrap().typed().get("title"), "A b");
        assert_eq!(kept.shown(), Some(id));
    }
}
