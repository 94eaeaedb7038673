use crate::fonts::Faces;
use crate::page::{Item, Page, Tree};
use crate::shape::{Glyph, Paragraph, Style, Typesetter};
use crate::sheet::lay_out;
use crate::wrap::Line;
use crate::*;
use pdf_writer::types::StructRole;
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::fs;

/// Of `three_languages()`. Another one means that documents which were kept can no longer be made again: a version of a
/// library, a font or a length changed. If that is meant, it is told in the changelog.
const KEPT: &str = "1a277798ce0f4bb30e6df3549e9ada20e6a96eb2ae51e3672bbdf1ff7e7abb19";

const TEN: Style = Style { size: 10_000, leading: 14_000, bold: false, grey: false };
const SANS: usize = 0;
const ARABIC: usize = 2;

fn shaped(text: &str, rtl: bool) -> Paragraph {
    Typesetter::new(&Fonts::built_in(), if rtl { "ar" } else { "en" }, rtl).shape(text, TEN)
}

fn line(text: &str, rtl: bool) -> Line {
    let mut lines = shaped(text, rtl).lines(10_000_000);
    assert_eq!(lines.len(), 1);
    lines.remove(0)
}

fn seen(line: &Line) -> String {
    line.glyphs.iter().map(|glyph| &line.text[glyph.from..glyph.to]).collect()
}

fn turned(text: &str) -> String {
    text.chars().rev().collect()
}

fn sheet(lang: &str, rtl: bool, blocks: Vec<Block>) -> Sheet {
    let (title, page_of) = ("Invoice 2026-000123".to_owned(), "Page {page} of {pages}".to_owned());
    Sheet { title, lang: lang.to_owned(), rtl, size: Size::A4, page_of, blocks }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn table(rows: usize) -> Block {
    let row = |n: usize| vec![Cell::new(format!("Bicycle {n}")), Cell::end("2"), Cell::end("₦1,250.00")];
    Block::Table {
        heads: vec![Cell::new("What"), Cell::end("Number"), Cell::end("Amount")],
        rows: (0..rows).map(row).collect(),
        feet: vec![vec![Cell::end("Total").strong(), Cell::end("₦2,500.00").strong()]],
    }
}

fn three_languages() -> Sheet {
    let blocks = vec![
        Block::Heading("Invoice 2026-000123".to_owned()),
        Block::Pair(
            strings(&["Anna Müller & محمد علي GmbH", "Am Markt 1"]),
            strings(&["Ọládélé Adéyẹmí", "क्षत्रिय"]),
        ),
        Block::Lines(strings(&["שלום בע״מ", "สวัสดี", "ক্ষমা"])),
        Block::Heading("What was bought".to_owned()),
        table(60),
        Block::Gap,
        Block::Note("Made by a machine.".to_owned()),
    ];
    sheet("en", false, blocks)
}

fn laid_out(sheet: &Sheet) -> (Vec<Page>, Tree) {
    lay_out(sheet, &mut Typesetter::new(&Fonts::built_in(), &sheet.lang, sheet.rtl))
}

fn lines_of(page: &Page) -> Vec<(&Line, Option<usize>)> {
    let mut lines = Vec::new();
    for item in &page.items {
        if let Item::Line { line, mark, .. } = item {
            lines.push((line, *mark));
        }
    }
    lines
}

fn contains(pdf: &Pdf, part: &str) -> bool {
    pdf.bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn every_built_in_font_opens() {
    let fonts = Fonts::built_in();
    let faces = Faces::new(&fonts);
    for (c, font) in "aaببששঅঅกก".chars().zip(0..) {
        assert!(faces.has(font, c), "{c} is not in font {font}");
        assert_eq!(faces.with(c, font % 2 == 1), Some(font));
    }
    assert!(faces.get(10).is_none());
}

#[test]
fn the_same_sheet_is_the_same_bytes() {
    let pdf = render(&three_languages(), &Fonts::built_in()).unwrap();
    assert_eq!(pdf, render(&three_languages(), &Fonts::built_in()).unwrap());
    assert!(pdf.missing.is_empty());
    let again: [u8; 32] = Sha256::digest(&pdf.bytes).into();
    assert_eq!(pdf.sha256, again);
    assert_eq!(hex::encode(pdf.sha256), KEPT);
}

#[test]
fn arabic_is_shaped_and_stands_right_to_left() {
    let line = line("فاتورة 2026-000123", true);
    let found: Vec<(usize, u16)> = line.glyphs.iter().map(|glyph| (glyph.font, glyph.id)).collect();
    let digits = [21, 19, 21, 25, 16, 19, 19, 19, 20, 21, 22].map(|id| (SANS, id));
    // A space, then the letters in the forms that join, the last one first.
    let letters = [3, 928, 431, 970, 393, 292, 806].map(|id| (ARABIC, id));
    assert_eq!(found, [digits.as_slice(), &letters].concat());
    let froms: Vec<usize> = line.glyphs[digits.len()..].iter().map(|glyph| glyph.from).collect();
    assert!(froms.is_sorted_by(|a, b| a > b), "{froms:?}");
    assert_eq!(line.width, (10 * 572 + 322 + 236 + 448 + 265 + 450 + 253 + 270 + 451) * 10);
    assert!(line.rtl);
}

#[test]
fn a_number_is_the_same_in_every_direction() {
    for text in ["فاتورة 2026-000123 (نسخة)", "הזמנה AB-12/7, שלום", "هاتف +49-30-123456."]
    {
        let line = line(text, true);
        let number = text.split([' ', ',']).find(|word| word.contains('-')).unwrap().trim_end_matches('.');
        assert!(seen(&line).contains(number), "{}", seen(&line));
    }
    // Nothing is added where all runs from left to right.
    assert_eq!(&*shaped("2026-000123", false).text, "2026-000123");
}

#[test]
fn mixed_names_keep_their_order() {
    let name = "محمد علي";
    let left = line(&format!("Anna Müller & {name} GmbH"), false);
    assert_eq!(seen(&left), format!("Anna Müller & {} GmbH", turned(name)));
    assert!(!left.rtl);

    let right = line(&format!("{name} & Anna Müller"), false);
    assert_eq!(seen(&right), format!("Anna Müller & {}", turned(name)));
    assert!(right.rtl);

    // Without letters a text has the direction of its sheet.
    assert!(line("12.50", true).rtl);
    assert!(!line("12.50", false).rtl);
}

#[test]
fn brackets_are_mirrored_from_right_to_left() {
    let line = line("شركة (النور)", true);
    let fonts = Fonts::built_in();
    let faces = Faces::new(&fonts);
    let glyph = |c: char| faces.get(SANS).unwrap().glyph_index(c).unwrap().0;
    let shown = |text: &str| line.glyphs.iter().find(|g| &line.text[g.from..g.to] == text).unwrap().id;
    assert_eq!((shown("("), shown(")")), (glyph(')'), glyph('(')));
}

#[test]
fn a_name_cannot_turn_what_stands_beside_it() {
    assert_eq!(seen(&line("Total \u{202e}100\u{202c}\u{ad} €\r\n", false)), "Total 100 €  ");
}

#[test]
fn devanagari_conjuncts_are_one_cluster() {
    let line = line("क्षत्रिय", false);
    let found: Vec<(u16, usize, usize)> = line.glyphs.iter().map(|g| (g.id, g.from, g.to)).collect();
    // The short i stands before the letters that it is spoken after.
    assert_eq!(found, [(4147, 0, 9), (4023, 9, 21), (4159, 9, 21), (3999, 21, 24)]);
    assert!(line.glyphs.iter().all(|glyph| glyph.font == SANS));
}

#[test]
fn what_no_font_has_is_reported() {
    let text = "李 & 😀 GmbH\u{fe0f}";
    let sheet = sheet("en", false, vec![Block::Lines(strings(&[text]))]);
    assert_eq!(render(&sheet, &Fonts::built_in()).unwrap().missing, ['李', '😀']);
    let (pages, tree) = laid_out(&sheet);
    let (line, _) = lines_of(&pages[0])[0];
    assert!(line.text.starts_with("[U+674E] & [U+1F600] GmbH"), "{}", line.text);
    assert!(line.glyphs.iter().all(|glyph| glyph.id != 0));
    // Read aloud it is the name.
    assert_eq!(tree.tags[1].said.as_deref(), Some(text));
}

#[test]
fn a_long_table_repeats_its_head() {
    let (pages, tree) = laid_out(&sheet("en", false, vec![table(120)]));
    assert!(pages.len() >= 3);
    for (n, page) in pages.iter().enumerate() {
        let heads: Vec<_> = lines_of(page).into_iter().filter(|(line, _)| &*line.text == "What").collect();
        assert_eq!(heads.len(), 1);
        // Said once.
        assert_eq!(heads[0].1.is_some(), n == 0);
        let foot = format!("Page {} of {}", n + 1, pages.len());
        assert!(lines_of(page).iter().any(|(line, mark)| *line.text == *foot && mark.is_none()));
    }
    let count = |role| tree.tags.iter().filter(|tag| tag.role == role).count();
    assert_eq!((count(StructRole::TH), count(StructRole::TR), count(StructRole::TD)), (3, 122, 362));
    let total = tree.tags.iter().find(|tag| tag.columns > 1).unwrap();
    assert_eq!((total.role, total.columns), (StructRole::TD, 2));
}

#[test]
fn a_cell_longer_than_a_page_goes_on() {
    let cells = vec![Cell::new("word ".repeat(2000)), Cell::new("Donaudampfschifffahrt".repeat(9))];
    let rows =
        vec![vec![Cell::new("before"), Cell::new("it")], cells, vec![Cell::new("after"), Cell::new("it")]];
    let (pages, _) = laid_out(&sheet("en", false, vec![Block::Table { heads: vec![], rows, feet: vec![] }]));
    assert!(pages.len() >= 3);
    let words = pages.iter().flat_map(lines_of).map(|(line, _)| seen(line).matches("word").count());
    assert_eq!(words.sum::<usize>(), 2000);
    let all = pages.iter().flat_map(|page| &page.items);
    let lowest =
        all.filter_map(|item| if let Item::Line { y, mark: Some(_), .. } = item { Some(*y) } else { None });
    assert!(lowest.max().unwrap() <= 841_890 - 68_000);
}

#[test]
fn a_sheet_from_right_to_left_is_mirrored() {
    let at = |rtl: bool| {
        let blocks =
            vec![Block::Heading("2026".to_owned()), Block::Pair(strings(&["1"]), strings(&["2"])), table(1)];
        let (pages, _) = laid_out(&sheet("ar", rtl, blocks));
        let place = |item: &Item| match item {
            Item::Line { x, line, .. } => Some((*x, line.width)),
            Item::Rule { .. } => None,
        };
        pages[0].items.iter().filter_map(place).collect::<Vec<_>>()
    };
    let mirrored = at(false).into_iter().map(|(x, width)| (595_276 - x - width, width));
    assert_eq!(at(true), mirrored.collect::<Vec<_>>());
}

#[test]
fn the_file_says_its_language_and_what_is_what() {
    let mut sheet = three_languages();
    let pdf = render(&sheet, &Fonts::built_in()).unwrap();
    assert!(pdf.bytes.starts_with(b"%PDF-1.7"));
    let there = [
        "/Lang(en)",
        "/Title(Invoice 2026-000123)",
        "/Marked true",
        "/StructTreeRoot",
        "/H1",
        "/THead",
        "/ColSpan 2",
    ];
    for part in there.iter().chain(&["/MediaBox[0 0 595.276 841.89]", "/DisplayDocTitle true"]) {
        assert!(contains(&pdf, part), "{part}");
    }
    for part in ["/CreationDate", "/ModDate", "/URI", "/Annots", "/JavaScript"] {
        assert!(!contains(&pdf, part), "{part}");
    }
    // Only letters that are used, of some 1.5 MB.
    assert!(pdf.bytes.len() < 150_000, "{}", pdf.bytes.len());
    sheet.size = Size::Letter;
    assert!(contains(&render(&sheet, &Fonts::built_in()).unwrap(), "/MediaBox[0 0 612 792]"));
}

#[test]
fn an_empty_sheet_is_a_page() {
    let blocks = vec![
        Block::Heading(String::new()),
        Block::Pair(vec![], vec![]),
        Block::Table { heads: vec![], rows: vec![vec![]], feet: vec![] },
        Block::Gap,
    ];
    for sheet in [sheet("", true, vec![]), sheet("en", false, blocks)] {
        let pdf = render(&sheet, &Fonts::built_in()).unwrap();
        assert!(contains(&pdf, "/Count 1"));
    }
}

#[test]
fn fonts_of_a_folder_are_read_and_judged() {
    let fonts = Fonts::built_in();
    let thai = Faces::new(&fonts).bytes(8).to_vec();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Thai.TTF"), &thai).unwrap();
    fs::write(folder.path().join("readme.txt"), "not a font").unwrap();
    let more = Fonts::with_folder(folder.path()).unwrap();
    let faces = Faces::new(&more);
    assert!(faces.has(10, 'ก') && faces.get(11).is_none());
    // Those that are built in come first.
    assert_eq!(faces.with('ก', false), Some(8));

    fs::write(folder.path().join("broken.otf"), "not a font").unwrap();
    assert!(
        matches!(Fonts::with_folder(folder.path()), Err(Unusable::NotAFont(path)) if path.ends_with("broken.otf"))
    );
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(Fonts::with_folder(&nowhere), Err(Unusable::Unreadable { .. })));
}

#[test]
#[ignore = "measures: cargo test --release -p paper -- --ignored --nocapture"]
fn a_thousand_documents() {
    let (sheet, fonts) = (three_languages(), Fonts::built_in());
    let begun = std::time::Instant::now();
    let bytes: usize = (0..1000).map(|_| render(&sheet, &fonts).unwrap().bytes.len()).sum();
    println!("1000 documents, {} KB each, in {:?}", bytes / 1_000_000, begun.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However a text is cut, each glyph is on one line, in the order of the lines, and no line is too wide.
    #[test]
    fn nothing_is_lost_between_lines(text in "[a-c \\-A-C0-9ابجשלक्षि中(),\u{200f}\u{a0}]{0,60}", room in 1_000_i64..120_000) {
        let paragraph = shaped(&text, false);
        let lines = paragraph.lines(room);
        let mut all: Vec<Glyph> = paragraph.runs.iter().flat_map(|run| run.glyphs.clone()).collect();
        let mut drawn: Vec<Glyph> = lines.iter().flat_map(|line| line.glyphs.clone()).collect();
        let order = |glyph: &Glyph| (glyph.from, glyph.id, glyph.dx, glyph.dy, glyph.advance);
        all.sort_by_key(order);
        drawn.sort_by_key(order);
        prop_assert_eq!(all, drawn);
        for line in &lines {
            let mut clusters: Vec<usize> = line.glyphs.iter().map(|glyph| glyph.from).collect();
            clusters.sort_unstable();
            clusters.dedup();
            prop_assert!(line.width <= room || clusters.len() == 1, "{} > {}", line.width, room);
        }
        for pair in lines.windows(2) {
            let last = pair[0].glyphs.iter().map(|glyph| glyph.from).max();
            let first = pair[1].glyphs.iter().map(|glyph| glyph.from).min();
            prop_assert!(last <= first || first.is_none());
        }
        prop_assert!(paragraph.narrowest() <= paragraph.natural());
    }

    #[test]
    fn columns_fill_their_room(wishes in prop::collection::vec((0_i64..300_000, 0_i64..300_000, any::<bool>()), 1..8)) {
        let wish = |(a, b, gives): (i64, i64, bool)| crate::table::Wish { natural: a.max(b), narrowest: a.min(b), gives };
        let wishes: Vec<_> = wishes.into_iter().map(wish).collect();
        let room = 493_276;
        let widths = crate::table::widths(&wishes, room);
        let sum: i64 = widths.iter().sum();
        prop_assert!(sum <= room && sum >= room - 16, "{} of {}", sum, room);
        prop_assert!(widths.iter().all(|width| *width >= 0));
    }
}
