//! Typed messages: `say.sell_now()` in the reader's language. The functions are made from
//! `messages/en/*.ftl` when the crate is built; other languages fall back to English sentence by sentence.

mod bundles;
mod money;
mod when;

mod messages {
    include!(concat!(env!("OUT_DIR"), "/messages.rs"));
}

pub use fluent_bundle::FluentValue as Value;

/// A language that the marketplace speaks. The first is English.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lang(usize);

impl Lang {
    pub const EN: Self = Self(0);

    /// By its code ("de"), ignoring a region ("de-AT").
    pub fn find(code: &str) -> Option<Self> {
        let wanted = code.split(['-', '_']).next().unwrap_or_default();
        Self::all().find(|l| l.code().eq_ignore_ascii_case(wanted))
    }

    /// Every language there is.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..messages::SOURCES.len()).map(Self)
    }

    pub fn code(self) -> &'static str {
        messages::SOURCES.get(self.0).map_or("en", |(code, _)| code)
    }

    /// Its own name for itself.
    pub fn name(self) -> String {
        Say::new(self).language_name()
    }

    /// "ltr" or "rtl".
    pub fn direction(self) -> &'static str {
        if matches!(self.code(), "ar" | "fa" | "he" | "ur") { "rtl" } else { "ltr" }
    }

    /// The best of an `Accept-Language` header (RFC 9110, 12.5.4); English when none fits.
    pub fn negotiate(header: &str) -> Self {
        let mut wanted: Vec<(f32, &str)> = header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let tag = pieces.next()?.trim();
                let q = pieces.find_map(|p| p.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
                (q > 0.0).then_some((q, tag))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.into_iter().find_map(|(_, tag)| Self::find(tag)).unwrap_or(Self::EN)
    }
}

/// Speaks one language.
#[derive(Clone, Copy, Debug)]
pub struct Say {
    lang: Lang,
}

impl Say {
    pub const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub const fn lang(self) -> Lang {
        self.lang
    }

    /// A message without variables whose key is data: a refusal, a field's mistake, a state of a process.
    /// An unknown key is shown as it is (and a test sees to it that there is none).
    pub fn by_key(&self, key: &str) -> String {
        self.format(key, [])
    }

    /// As `by_key`, with variables.
    pub fn by_key_with<const N: usize>(&self, key: &str, args: [(&'static str, Value<'_>); N]) -> String {
        self.format(key, args)
    }

    /// Whether the key exists in English.
    pub fn knows(key: &str) -> bool {
        bundles::has(Lang::EN, key)
    }

    fn format<const N: usize>(&self, key: &str, args: [(&'static str, Value<'_>); N]) -> String {
        bundles::format(self.lang, key, &args)
    }
}

#[cfg(test)]
mod tests;
