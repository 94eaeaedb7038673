use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::fixture::{engine_with, ids, puts, text, titled};
use crate::{Change, Document, Engine, Query, SearchError, folder};

fn open(dir: &Path) -> (Engine, bool) {
    let opened = Engine::open_with(dir, 15_000_000).unwrap();
    (opened.engine, opened.fresh)
}

#[test]
fn what_was_applied_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (engine, fresh) = open(dir.path());
    assert!(fresh);
    assert_eq!((engine.bookmark(), engine.count()), (None, 0));
    engine.apply(puts(vec![titled(1, "oak table"), titled(2, "lamp")]), "seven").unwrap();
    assert_eq!((engine.bookmark().as_deref(), engine.count()), (Some("seven"), 2));
    drop(engine);
    let (engine, fresh) = open(dir.path());
    assert!(!fresh);
    assert_eq!((engine.bookmark().as_deref(), engine.count()), (Some("seven"), 2));
    assert_eq!(ids(&engine.search(&text("table")).unwrap()), [1]);
    assert!(engine.verify().unwrap());
}

#[test]
fn a_put_replaces_and_a_remove_removes_in_order() {
    let (_dir, engine) = engine_with(vec![titled(1, "oak table"), titled(u128::MAX, "lamp")]);
    let changes = vec![
        Change::Put(titled(1, "pine table")),
        Change::Put(titled(1, "ash table")),
        Change::Remove(u128::MAX),
        Change::Remove(77),
        Change::Put(titled(3, "chair")),
        Change::Remove(3),
    ];
    engine.apply(changes, "2").unwrap();
    assert_eq!(engine.count(), 1);
    assert_eq!(ids(&engine.search(&text("ash")).unwrap()), [1]);
    assert_eq!(engine.search(&text("oak")).unwrap().total, 0);
    engine.apply(Vec::new(), "3").unwrap();
    assert_eq!(engine.bookmark().as_deref(), Some("3"));
}

#[test]
fn many_small_commits_stay_readable() {
    let (_dir, engine) = engine_with(vec![titled(1, "table 1")]);
    for id in 2..40 {
        engine.apply(puts(vec![titled(id, &format!("table {id}"))]), &id.to_string()).unwrap();
        assert_eq!(engine.search(&text("table")).unwrap().total, id as usize);
    }
    assert_eq!(engine.bookmark().as_deref(), Some("39"));
}

fn damaged(damage: impl Fn(&Path)) {
    let dir = tempfile::tempdir().unwrap();
    let (engine, _) = open(dir.path());
    engine.apply(puts(vec![titled(1, "oak table")]), "1").unwrap();
    drop(engine);
    let old = folder::path(dir.path(), folder::current(dir.path()).unwrap_or(1));
    damage(&old);
    let (engine, fresh) = open(dir.path());
    assert!(fresh);
    assert_eq!((engine.count(), engine.bookmark()), (0, None));
    assert!(!old.exists(), "the damaged folder is removed");
    engine.apply(puts(vec![titled(2, "lamp")]), "2").unwrap();
    drop(engine);
    let (engine, fresh) = open(dir.path());
    assert!(!fresh);
    assert_eq!(engine.count(), 1);
}

#[test]
fn another_schema_starts_afresh() {
    damaged(|folder| fs::write(folder.join("SCHEMA"), "0").unwrap());
    damaged(|folder| fs::remove_file(folder.join("SCHEMA")).unwrap());
}

#[test]
fn a_damaged_index_starts_afresh() {
    damaged(|folder| fs::write(folder.join("meta.json"), "{").unwrap());
    damaged(|folder| fs::remove_file(folder.join("meta.json")).unwrap());
    damaged(|folder| {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "store" || kind == "idx") {
                fs::write(path, "rubbish").unwrap();
            }
        }
    });
    damaged(|folder| {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "fast") {
                fs::remove_file(path).unwrap();
            }
        }
    });
}

#[test]
fn a_folder_of_rubbish_starts_afresh() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("CURRENT"), [0xff, 0xfe]).unwrap();
    fs::write(dir.path().join("g000003"), "a file where a folder should be").unwrap();
    let (engine, fresh) = open(dir.path());
    assert!(fresh);
    engine.apply(puts(vec![titled(1, "lamp")]), "1").unwrap();
    assert_eq!(engine.count(), 1);
}

#[test]
fn changed_bytes_are_noticed_by_a_check() {
    let dir = tempfile::tempdir().unwrap();
    let (engine, _) = open(dir.path());
    engine.apply(puts((1..200).map(|id| titled(id, "oak table")).collect()), "1").unwrap();
    drop(engine);
    let folder = folder::path(dir.path(), 1);
    let store = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let store = store.filter(|path| path.extension().is_some_and(|kind| kind == "store")).last().unwrap();
    let mut bytes = fs::read(&store).unwrap();
    bytes[20] ^= 0xff;
    fs::write(&store, bytes).unwrap();
    let (engine, _) = open(dir.path());
    assert!(!engine.verify().unwrap());
}

#[test]
fn a_second_writer_is_refused_and_still_reads() {
    let (dir, engine) = engine_with(vec![titled(1, "oak table")]);
    let (other, fresh) = open(dir.path());
    assert!(!fresh);
    assert_eq!(other.count(), 1);
    assert!(matches!(other.apply(Vec::new(), "x"), Err(SearchError::Locked)));
    engine.apply(puts(vec![titled(2, "pine table")]), "2").unwrap();
    assert_eq!(other.search(&text("table")).unwrap().total, 2, "sees the commits of the writer");
    assert_eq!(other.bookmark().as_deref(), Some("2"));
    drop(engine);
    other.apply(Vec::new(), "3").unwrap();
}

#[test]
fn a_rebuild_replaces_the_index_while_searches_go_on() {
    let (dir, engine) = engine_with((1..=50).map(|id| titled(id, "old table")).collect());
    let (reader, _) = open(dir.path());
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    let page = engine.search(&Query { with_facets: true, ..text("table") }).unwrap();
                    assert!([50, 51, 300].contains(&page.total), "{}", page.total);
                    engine.suggest("tab", 5).unwrap();
                }
            });
        }
        let mut rebuild = engine.rebuild().unwrap();
        assert!(matches!(engine.rebuild(), Err(SearchError::Rebuilding)));
        for batch in 0..3 {
            let ids = batch * 100 + 1..=batch * 100 + 100;
            rebuild.put(ids.map(|id| titled(id, "new table")).collect()).unwrap();
        }
        engine.apply(puts(vec![titled(60, "old table")]), "during").unwrap();
        assert_eq!(engine.count(), 51);
        rebuild.put(vec![titled(1, "newest table")]).unwrap();
        rebuild.finish("rebuilt").unwrap();
        done.store(true, Ordering::Release);
    });
    assert_eq!((engine.count(), engine.bookmark().as_deref()), (300, Some("rebuilt")));
    assert_eq!(engine.search(&text("old")).unwrap().total, 0);
    assert!(!folder::path(dir.path(), 1).exists());
    assert_eq!(reader.count(), 300, "another process follows");
    engine.apply(puts(vec![titled(999, "late table")]), "after").unwrap();
    assert_eq!(reader.count(), 301);
    drop((engine, reader));
    let (engine, fresh) = open(dir.path());
    assert!(!fresh);
    assert_eq!((engine.count(), engine.bookmark().as_deref()), (301, Some("after")));
}

#[test]
fn a_lost_folder_is_an_error_and_then_a_fresh_start() {
    let (dir, engine) = engine_with(vec![titled(1, "table")]);
    fs::remove_dir_all(folder::path(dir.path(), 1)).unwrap();
    assert!(engine.apply(puts(vec![titled(2, "lamp")]), "2").is_err());
    assert!(engine.apply(Vec::new(), "2").is_err());
    assert_eq!(engine.search(&text("table")).unwrap().total, 1, "what is open can still be read");
    drop(engine);
    let (engine, fresh) = open(dir.path());
    assert!(fresh);
    assert_eq!(engine.count(), 0);
}

#[test]
fn a_rebuild_that_lost_a_part_cannot_be_finished() {
    let (dir, engine) = engine_with(vec![titled(1, "table")]);
    let mut rebuild = engine.rebuild().unwrap();
    fs::remove_dir_all(folder::path(dir.path(), 2)).unwrap();
    let mut failed = rebuild.put(vec![titled(2, "lamp")]).is_err();
    failed |= rebuild.finish("2").is_err();
    assert!(failed);
    assert_eq!((engine.count(), engine.bookmark().as_deref()), (1, Some("1")));
    engine.rebuild().unwrap().finish("3").unwrap();
    assert_eq!(engine.count(), 0);
}

#[test]
fn an_abandoned_rebuild_leaves_everything_as_it_was() {
    let (dir, engine) = engine_with(vec![titled(1, "table")]);
    let mut rebuild = engine.rebuild().unwrap();
    rebuild.put(vec![titled(2, "lamp")]).unwrap();
    drop(rebuild);
    assert_eq!(engine.count(), 1);
    assert!(!folder::path(dir.path(), 2).exists());
    engine.rebuild().unwrap().finish("empty").unwrap();
    assert_eq!(engine.count(), 0);
}

#[test]
fn feeding_from_several_threads_loses_nothing() {
    let (_dir, engine) = engine_with(Vec::new());
    std::thread::scope(|scope| {
        for part in 0..4_u128 {
            let engine = engine.clone();
            scope.spawn(move || {
                for step in 0..5 {
                    let id = part * 10 + step;
                    engine.apply(puts(vec![titled(id, "table")]), &id.to_string()).unwrap();
                }
            });
        }
    });
    assert_eq!(engine.count(), 20);
}

#[test]
fn odd_documents_do_not_harm() {
    let odd = Document {
        title: "日本 🛋️ \0 \u{202e}".into(),
        body: "x".repeat(100_000),
        categories: vec!["a".repeat(5000), String::new(), "toys".into(), "toys".into()],
        lat: Some(f64::NAN),
        lng: Some(500.0),
        price: Some(i64::MIN),
        published_at: i64::MIN,
        facets: vec![(String::new(), "x".into()), ("colour".into(), String::new())],
        ..titled(0, "")
    };
    let (_dir, engine) = engine_with(vec![odd, titled(1, "")]);
    let page = engine.search(&Query { with_facets: true, ..Query::default() }).unwrap();
    assert_eq!(page.total, 2);
    assert_eq!(page.facets.categories, [("toys".to_owned(), 1)]);
}
