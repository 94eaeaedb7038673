//! Every state, button, deed and silence of the order has its sentence in every language.

use std::collections::BTreeSet;

use fluent_syntax::ast;
use fluent_syntax::parser;

use super::table::order;
use crate::Process;

const ENGLISH: &str = include_str!("../../../../messages/en/process.ftl");
const GERMAN: &str = include_str!("../../../../messages/de/process.ftl");

fn messages(text: &str) -> BTreeSet<String> {
    let resource = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut ids = BTreeSet::new();
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry {
            assert!(message.value.is_some(), "{} has no words", message.id.name);
            assert!(ids.insert(message.id.name.to_owned()), "{} comes twice", message.id.name);
        }
    }
    ids
}

fn wanted(process: &Process) -> BTreeSet<String> {
    let id = |kind: &str, name: &str| format!("order-{kind}-{}", name.replace('_', "-"));
    let mut ids: BTreeSet<String> = process.states().iter().map(|state| id("state", &state.name)).collect();
    for row in process.transitions() {
        ids.insert(id("done", &row.name));
        if row.actor.is_person() {
            ids.insert(id("do", &row.name));
        }
        if row.after.is_some() {
            ids.insert(id("silence", &row.name));
        }
    }
    ids
}

#[test]
fn each_language_says_everything_and_nothing_else() {
    let wanted = wanted(&order());
    for (language, text) in [("en", ENGLISH), ("de", GERMAN)] {
        let given = messages(text);
        let missing: Vec<_> = wanted.difference(&given).collect();
        let idle: Vec<_> = given.difference(&wanted).collect();
        assert!(missing.is_empty() && idle.is_empty(), "{language}: {missing:?} {idle:?}");
    }
}

#[test]
fn silence_says_when() {
    for text in [ENGLISH, GERMAN] {
        for line in text.lines().filter(|line| line.starts_with("order-silence-")) {
            assert!(line.contains("{ $when }"), "{line}");
        }
    }
}
