//! The Fluent bundles, parsed once at first use.

use super::{Lang, Value, messages};
use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: LazyLock<Vec<Bundle>> =
    LazyLock::new(|| messages::SOURCES.iter().map(|(code, source)| bundle(code, source)).collect());

fn bundle(code: &str, source: &str) -> Bundle {
    let id: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![id]);
    // Isolation marks are needed only where directions mix.
    bundle.set_use_isolating(matches!(code, "ar" | "fa" | "he" | "ur"));
    // A broken entry is skipped and falls back to English; a test refuses it long before.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

pub(super) fn has(lang: Lang, key: &str) -> bool {
    BUNDLES.get(lang.0).is_some_and(|b| b.has_message(key))
}

pub(super) fn format(lang: Lang, key: &str, args: &[(&'static str, Value<'_>)]) -> String {
    let args: Option<FluentArgs<'_>> =
        (!args.is_empty()).then(|| args.iter().map(|(k, v)| (*k, v.clone())).collect());
    [lang, Lang::EN]
        .into_iter()
        .filter_map(|l| BUNDLES.get(l.0))
        .find_map(|bundle| {
            let pattern = bundle.get_message(key)?.value()?;
            let mut errors = Vec::new();
            Some(bundle.format_pattern(pattern, args.as_ref(), &mut errors).into_owned())
        })
        .unwrap_or_else(|| key.to_owned())
}
