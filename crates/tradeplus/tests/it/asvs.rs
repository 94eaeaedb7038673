//! `docs/asvs.md` names a test for each requirement of OWASP ASVS 5.0 that applies. Here it is looked at whether it
//! is whole, and whether the tests are there.

use crate::safety::sources::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Requirements that nothing shows yet. Who shows one lowers the number; nobody raises it.
const WAITING: usize = 20;
/// Of a hundred requirements, so many are shown at least.
const SHOWN_PERCENT: usize = 90;

/// The ids and levels of all requirements that apply.
const LIST: &str = include_str!("asvs.csv");

/// A line of the table.
struct Row {
    id: String,
    level: String,
    shown_by: String,
}

fn page() -> String {
    fs::read_to_string(root().join("docs/asvs.md")).unwrap()
}

fn rows() -> Vec<Row> {
    let page = page();
    let (_, rest) = page.split_once("<!-- asvs -->").expect("where the table begins");
    let (table, _) = rest.split_once("<!-- /asvs -->").expect("where the table ends");
    let lines = table.lines().filter(|line| line.starts_with("| V"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [id, level, words, shown_by] = cells[..] else { panic!("four cells: {line}") };
            assert!(!words.is_empty() && !shown_by.is_empty(), "{line}");
            Row { id: id.to_owned(), level: level.to_owned(), shown_by: shown_by.to_owned() }
        })
        .collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn every_requirement_stands_in_the_table_once() {
    let listed: Vec<(String, String)> = LIST
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(id, level)| (id.to_owned(), level.to_owned()))
        .collect();
    let told: Vec<(String, String)> = rows().into_iter().map(|row| (row.id, row.level)).collect();
    assert_eq!(told, listed, "the requirements, in their order");
    let ids: BTreeSet<&String> = listed.iter().map(|(id, _)| id).collect();
    assert_eq!(ids.len(), listed.len(), "one stands there twice");
}

#[test]
fn every_name_leads_to_a_test() {
    let lost: Vec<String> = rows()
        .iter()
        .filter(|row| !row.shown_by.starts_with("waits: "))
        .flat_map(|row| {
            let names = quoted(&row.shown_by);
            assert!(!names.is_empty(), "{}: no test and no reason", row.id);
            let lost = names.into_iter().filter(|name| !leads_somewhere(name));
            lost.map(|name| format!("{}: {name}", row.id)).collect::<Vec<_>>()
        })
        .collect();
    assert!(lost.is_empty(), "no such test:\n{}", lost.join("\n"));
}

#[test]
fn what_waits_only_gets_less() {
    let rows = rows();
    let waiting: Vec<&str> =
        rows.iter().filter(|row| row.shown_by.starts_with("waits: ")).map(|row| row.id.as_str()).collect();
    assert!(waiting.len() <= WAITING, "{} wait instead of {WAITING}: {waiting:?}", waiting.len());
    assert!(waiting.len() == WAITING, "one less waits: lower the number to {}", waiting.len());
    let shown = rows.len() - waiting.len();
    assert!(shown * 100 >= rows.len() * SHOWN_PERCENT, "{shown} of {} are shown", rows.len());
}

#[test]
fn rules_between_fields_name_their_tests() {
    let page = page();
    let (_, rest) = page.split_once("## Rules between fields").unwrap();
    let (table, _) = rest.split_once("\n## ").unwrap();
    let names = quoted(table);
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(leads_somewhere(name), "no such test: {name}");
    }
}

/// Names that must not be believed, to see that the search finds what is there and nothing else.
#[test]
fn a_name_that_leads_nowhere_is_noticed() {
    for there in [
        "it::asvs::a_name_that_leads_nowhere_is_noticed",
        "it::matrix::nobody_gets_in",
        "kernel::text::tests::cleans_and_bounds",
        "e2e/ways.spec.ts › German and back",
        "check: xtask tidy › lengths",
        "clippy.toml › rand::rng",
    ] {
        assert!(leads_somewhere(there), "{there}");
    }
    for lost in [
        "it::asvs::no_such_test",
        "it::asvs::leads_somewhere",
        "kernel::text::cleans",
        "nothing::tests::x",
        "e2e/ways.spec.ts › German",
        "e2e/nothing.spec.ts › German and back",
        "check: xtask tidy › nothing",
        "clippy.toml › rand",
        "words",
    ] {
        assert!(!leads_somewhere(lost), "{lost}");
    }
}

fn leads_somewhere(name: &str) -> bool {
    let has = |file: &str, wanted: String| {
        fs::read_to_string(root().join(file)).is_ok_and(|text| text.contains(&wanted))
    };
    match name.split_once(" › ") {
        Some(("clippy.toml", path)) => has("clippy.toml", format!("path = \"{path}\"")),
        Some(("check: xtask tidy", check)) => has("xtask/src/tidy.rs", format!("fn {check}(")),
        Some((journey, title)) => journey.starts_with("e2e/") && has(journey, format!("test('{title}'")),
        None => is_test(name),
    }
}

/// `crate::module::module::test`: in the file of the deepest module that has one.
fn is_test(name: &str) -> bool {
    let parts: Vec<&str> = name.split("::").collect();
    let [of, modules @ .., test] = &parts[..] else { return false };
    let base: PathBuf = match *of {
        "it" => root().join("crates/tradeplus/tests/it"),
        "xtask" => root().join("xtask/src"),
        krate => root().join("crates").join(krate).join("src"),
    };
    (1..=modules.len()).rev().any(|depth| {
        let folder: PathBuf = modules[..depth].iter().fold(base.clone(), |path, module| path.join(module));
        [folder.with_extension("rs"), folder.join("mod.rs")].into_iter().any(|file| {
            let Ok(text) = fs::read_to_string(file) else { return false };
            let inner = modules[depth..].iter().all(|module| text.contains(&format!("mod {module} {{")));
            inner && holds_test(&text, test)
        })
    })
}

/// Whether a function of this name is marked as a test, or stands in `proptest!`.
fn holds_test(text: &str, test: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let (plain, waiting) = (format!("fn {test}("), format!("async fn {test}("));
    lines.iter().enumerate().any(|(at, line)| {
        let is_it = line.starts_with(&plain) || line.starts_with(&waiting);
        let above = &lines[at.saturating_sub(4)..at];
        is_it && above.iter().any(|l| l.starts_with("#[test]") || l.starts_with("#[tokio::test"))
    })
}
