use crate::fixture::{ids, text, titles};

#[test]
fn every_word_is_required_and_the_title_weighs_most() {
    let (_dir, engine) = titles(&["red sofa", "red chair", "blue sofa"]);
    let page = engine.search(&text("red sofa")).unwrap();
    assert_eq!((ids(&page), page.total, page.relaxed, page.corrected), (vec![1], 1, false, None));
}

#[test]
fn endings_accents_and_case_do_not_matter() {
    let (_dir, engine) = titles(&["Écran plat", "Gaming Laptops"]);
    assert_eq!(ids(&engine.search(&text("ecran")).unwrap()), [1]);
    assert_eq!(ids(&engine.search(&text("LAPTOP game")).unwrap()), [2]);
}

#[test]
fn the_unstemmed_word_comes_first() {
    let (_dir, engine) = titles(&["general things", "generals things"]);
    assert_eq!(ids(&engine.search(&text("generals")).unwrap()), [2, 1]);
    assert_eq!(ids(&engine.search(&text("general")).unwrap()), [1, 2]);
}

#[test]
fn model_numbers_are_found_however_they_are_written() {
    let (_dir, engine) =
        titles(&["HP Pavilion dv7-1211ea Notebook", "Acer dv71211ea", "iPhone 7", "Phone 8GB"]);
    for typed in ["dv7-1211ea", "dv71211ea", "DV7 1211EA"] {
        let mut found = ids(&engine.search(&text(typed)).unwrap());
        found.sort_unstable();
        assert!(found.contains(&1), "{typed} {found:?}");
        assert_eq!(found.contains(&2), !typed.contains(' '), "{typed} {found:?}");
    }
    assert_eq!(ids(&engine.search(&text("iphone7")).unwrap()), [3]);
    assert_eq!(ids(&engine.search(&text("phone 8 gb")).unwrap()), [4]);
}

#[test]
fn compounds_written_apart_and_together() {
    let (_dir, engine) = titles(&["Sony headset", "styling head set", "table"]);
    let mut found = ids(&engine.search(&text("head set")).unwrap());
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
}

#[test]
fn synonyms_count_but_less() {
    let (_dir, engine) = titles(&["HP Notebook", "HP Laptop", "USB flash drive", "HP desk"]);
    assert_eq!(ids(&engine.search(&text("laptop")).unwrap()), [2, 1]);
    assert_eq!(ids(&engine.search(&text("usb stick")).unwrap()), [3]);
}

#[test]
fn the_thing_comes_before_what_is_made_for_it() {
    let (_dir, engine) = titles(&["mouse pad", "mouse wireless optical", "mouse mat"]);
    assert_eq!(ids(&engine.search(&text("mouse")).unwrap())[0], 2);
    assert_eq!(ids(&engine.search(&text("mouse pad")).unwrap())[0], 1);
}

#[test]
fn words_side_by_side_come_first() {
    let (_dir, engine) = titles(&["printer with laser", "laser printer here", "printer, laser now"]);
    assert_eq!(ids(&engine.search(&text("laser printer")).unwrap())[0], 2);
}

#[test]
fn stop_words_are_not_required_unless_alone() {
    let (_dir, engine) = titles(&["table oak", "The The album"]);
    assert_eq!(ids(&engine.search(&text("the table of oak")).unwrap()), [1]);
    assert_eq!(ids(&engine.search(&text("the")).unwrap()), [2]);
}

#[test]
fn hostile_texts_are_only_texts() {
    let (_dir, engine) = titles(&["table"]);
    let long = "table ".repeat(10_000);
    for typed in ["\"", "title:*", "AND OR NOT", "((((", "\0", "-", "日本", "' OR 1=1 --", "🛋️", &long]
    {
        engine.search(&text(typed)).unwrap();
        engine.suggest(typed, 8).unwrap();
    }
    // What stands for anything elsewhere stands for nothing here.
    for pattern in ["!!! ???", "*", ".*", "%", "?????", "^.+$"] {
        assert_eq!(engine.search(&text(pattern)).unwrap().total, 0, "{pattern}");
    }
    assert_eq!(engine.search(&text("   ")).unwrap().total, 1);
}
