use super::*;
use crate::fixture::{ids, text, titles};

#[test]
fn edits_are_counted() {
    for (from, to, expected) in [
        ("sofa", "sofa", 0),
        ("sofa", "soffa", 1),
        ("sofa", "sfoa", 1),
        ("sofa", "sola", 1),
        ("", "abc", 3),
        ("labtopp", "laptop", 2),
    ] {
        assert_eq!(edits(from, to), expected, "{from} {to}");
        assert_eq!(edits(to, from), expected, "{to} {from}");
    }
}

#[test]
fn a_typo_is_corrected_and_named() {
    let (_dir, engine) = titles(&["wireless keyboard", "wireless mouse", "surround speakers"]);
    for (typed, meant, found) in [
        ("keybord", "keyboard", 1),
        ("wirless mouse", "wireless mouse", 2),
        ("suround speakres", "surround speakers", 3),
        ("wierlesss moose", "wireless mouse", 2),
    ] {
        let page = engine.search(&text(typed)).unwrap();
        assert_eq!(page.corrected.as_deref(), Some(meant), "{typed}");
        assert_eq!((ids(&page), page.relaxed), (vec![found], false), "{typed}");
    }
}

#[test]
fn short_words_numbers_and_known_words_stay() {
    let (_dir, engine) = titles(&["bag", "dv7-1211ea notebook", "house"]);
    for typed in ["bgg", "dv7-1211eb", "gouse"] {
        let page = engine.search(&text(typed)).unwrap();
        assert_eq!((page.corrected, page.total), (None, 0), "{typed}");
    }
    assert_eq!(engine.search(&text("house")).unwrap().corrected, None);
}

#[test]
fn words_written_as_one_are_parted() {
    let (_dir, engine) = titles(&["surround sound", "other"]);
    let page = engine.search(&text("surroundsound")).unwrap();
    assert_eq!((page.corrected.as_deref(), ids(&page)), (Some("surround sound"), vec![1]));
}

#[test]
fn a_misspelling_in_one_listing_does_not_hide_the_word() {
    let mut all = vec!["gold watche strap nice", "silver plate"];
    all.extend(["gold watches strap new"; 60]);
    let (_dir, engine) = titles(&all);
    let page = engine.search(&text("gold watche strap")).unwrap();
    assert!(page.total >= 60, "{} {:?}", page.total, page.corrected);
}

#[test]
fn the_guess_that_finds_something_wins() {
    let (_dir, engine) = titles(&["blue lamp", "blue lamb", "blue lamb", "green lamb", "red lamp shade"]);
    let page = engine.search(&text("lamq shade")).unwrap();
    assert_eq!((page.corrected.as_deref(), ids(&page)), (Some("lamp shade"), vec![5]));
}
