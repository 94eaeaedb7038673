use super::*;
use crate::{Currency, Money};
use fluent_syntax::ast::Entry;
use std::collections::BTreeMap;

/// Key → the message as Fluent writes it, of one language.
fn messages_of(code: &str) -> BTreeMap<String, String> {
    let (_, source) = messages::SOURCES.iter().find(|(c, _)| *c == code).unwrap();
    let resource = fluent_syntax::parser::parse(*source)
        .unwrap_or_else(|(_, errors)| panic!("messages/{code} does not parse: {errors:?}"));
    let mut out = BTreeMap::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let again = out.insert(message.id.name.to_owned(), format!("{:?}", message.value));
            assert!(again.is_none(), "{code}: {} is defined twice", message.id.name);
        }
    }
    out
}

/// The variables a message names, from its debug form.
fn variables(message: &str) -> std::collections::BTreeSet<&str> {
    message
        .split("VariableReference { id: Identifier { name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn every_language_has_every_message_with_the_same_variables() {
    let english = messages_of("en");
    for lang in Lang::all().filter(|l| *l != Lang::EN) {
        let other = messages_of(lang.code());
        let missing: Vec<_> = english.keys().filter(|k| !other.contains_key(*k)).collect();
        assert!(missing.is_empty(), "{}: missing {missing:?}", lang.code());
        let extra: Vec<_> = other.keys().filter(|k| !english.contains_key(*k)).collect();
        assert!(extra.is_empty(), "{}: not in English {extra:?}", lang.code());
        for (key, message) in &english {
            assert_eq!(variables(message), variables(&other[key]), "{}: {key}", lang.code());
        }
    }
}

#[test]
fn negotiates_languages() {
    assert_eq!(Lang::negotiate("fr, de-AT;q=0.8, en;q=0.5").code(), "de");
    assert_eq!(Lang::negotiate("*").code(), "en");
    assert_eq!(Lang::negotiate("de;q=0, en").code(), "en");
}

#[test]
fn writes_money_as_the_language_does() {
    let (en, de) = (Say::new(Lang::EN), Say::new(Lang::find("de").unwrap()));
    let euros = Money::new(123_450, Currency::EUR);
    assert_eq!(en.money(euros), "€1,234.50");
    assert_eq!(de.money(euros), "1.234,50\u{a0}€");
    assert_eq!(en.money(Money::new(-5, Currency::EUR)), "-€0.05");
    assert_eq!(en.money(Money::new(1234, "JPY".parse().unwrap())), "¥1,234");
    assert_eq!(en.money(Money::new(123, "CHF".parse().unwrap())), "CHF\u{a0}1.23");
}
