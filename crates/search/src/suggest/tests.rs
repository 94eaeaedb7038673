use crate::fixture::{engine_with, titled, titles};
use crate::{Change, Engine, Suggestion};

fn queries(engine: &Engine, prefix: &str) -> Vec<(String, u64)> {
    let found = engine.suggest(prefix, 9).unwrap();
    found.into_iter().filter(|one| one.kind == "query").map(|one| (one.text, one.count)).collect()
}

fn shop() -> (tempfile::TempDir, Engine) {
    titles(&[
        "Gaming mouse black",
        "Gaming mouse white",
        "Gaming monitor",
        "Laptop bag",
        "Laptop bag red",
        "Laptop",
        "Wireless mouse",
    ])
}

#[test]
fn words_and_pairs_complete_by_how_many_documents_have_them() {
    let (_dir, engine) = shop();
    assert_eq!(queries(&engine, "lap"), [("laptop".into(), 3), ("laptop bag".into(), 2)]);
    assert_eq!(queries(&engine, "Gaming mo"), [("gaming mouse".into(), 2), ("gaming monitor".into(), 1)]);
    assert_eq!(queries(&engine, "white gaming mo"), [("white gaming mouse".into(), 1)]);
    assert_eq!(queries(&engine, "m")[0], ("mouse".into(), 3));
}

#[test]
fn titles_follow_the_queries() {
    let (_dir, engine) = shop();
    let all = engine.suggest("gaming whi", 8).unwrap();
    let title = all.iter().find(|one| one.kind == "title").unwrap();
    assert_eq!(
        *title,
        Suggestion { text: "Gaming mouse white".into(), kind: "title", id: Some(2), count: 1 }
    );
    assert!(all.len() <= 8);
    assert_eq!(engine.suggest("gaming", 2).unwrap().len(), 2);
    assert_eq!(engine.suggest("gaming", 0).unwrap(), []);
}

#[test]
fn a_typo_in_the_beginning_is_forgiven() {
    let (_dir, engine) = shop();
    assert_eq!(queries(&engine, "lpatop")[0].0, "laptop");
    assert_eq!(queries(&engine, "wirel")[0].0, "wireless");
    assert_eq!(queries(&engine, "zzzz"), []);
    assert_eq!(queries(&engine, ""), []);
    assert_eq!(queries(&engine, " - "), []);
}

#[test]
fn what_is_gone_is_not_suggested() {
    let (_dir, engine) = engine_with(vec![titled(1, "zither"), titled(2, "table")]);
    assert_eq!(queries(&engine, "zit"), [("zither".into(), 1)]);
    engine.apply(vec![Change::Remove(1)], "2").unwrap();
    assert_eq!(engine.suggest("zit", 5).unwrap(), []);
}
