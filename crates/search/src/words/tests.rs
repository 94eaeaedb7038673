use super::*;

fn index_words(text: &str) -> Vec<String> {
    units(text).iter().flat_map(Unit::index_words).map(str::to_owned).collect()
}

#[test]
fn folds_case_accents_and_marks() {
    assert_eq!(fold("Café CRÈME"), "cafe creme");
    assert_eq!(fold("re\u{301}sume\u{301}"), "resume");
    assert_eq!(fold("ＡＢＣ１"), "abc1");
    assert_eq!(fold("Ωmega Привет"), "ωmega привет");
}

#[test]
fn a_model_number_is_found_in_parts_and_as_a_whole() {
    let units = units("dv7-1211ea");
    assert_eq!(units.len(), 1);
    assert_eq!(units[0].forms, vec![vec!["dv7".to_owned(), "1211ea".into()], vec!["dv71211ea".into()]]);
    let words = index_words("dv7-1211ea");
    for word in ["dv7", "1211ea", "dv71211ea", "dv", "7", "1211", "ea"] {
        assert!(words.iter().any(|found| found == word), "{word} in {words:?}");
    }
}

#[test]
fn numbers_have_one_spelling() {
    assert_eq!(index_words("1,200"), ["1200"]);
    assert_eq!(index_words("4.0"), ["4"]);
    assert_eq!(index_words("43.20"), ["43.2"]);
    assert_eq!(index_words("2.4GHz"), ["2.4ghz", "2.4", "ghz"]);
    assert_eq!(index_words("8GB"), ["8gb", "8", "gb"]);
    assert_eq!(index_words("1, 2"), ["1", "2"]);
}

#[test]
fn compounds_are_joined_and_apostrophes_vanish() {
    assert_eq!(index_words("Wi-Fi"), ["wi", "fi", "wifi"]);
    assert_eq!(index_words("men's L'Oréal’s"), ["mens", "loreals"]);
    assert_eq!(index_words("U.S.A."), ["u", "s", "a", "usa"]);
    assert_eq!(index_words("- -- . ' &"), Vec::<String>::new());
}

#[test]
fn punctuation_parts_units() {
    let apart: Vec<bool> = units("black (small) mouse, usb").iter().map(|unit| unit.apart).collect();
    assert_eq!(apart, [false, true, true, true]);
}

#[test]
fn signs_of_unspaced_scripts_are_words() {
    assert_eq!(index_words("日本 abc"), ["日", "本", "abc"]);
}

#[test]
fn long_words_are_cut_alike() {
    let long = "x".repeat(500);
    assert_eq!(index_words(&long), ["x".repeat(40)]);
}

#[test]
fn stems_are_english() {
    let mut stems = Stems::new();
    assert_eq!(stems.all("laptops running batteries dv7"), ["laptop", "run", "batteri", "dv7"]);
    assert_eq!(stems.one(""), "");
}
