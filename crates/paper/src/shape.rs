//! From text to glyphs: directions, then runs of one direction, font and script, then shaping.

use crate::fonts::{Faces, Fonts};
use rustybuzz::ttf_parser::Tag;
use rustybuzz::{BufferFlags, Direction, Language, ShapePlan, UnicodeBuffer};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::rc::Rc;
use unicode_bidi::{BidiClass, Level, ParagraphBidiInfo, bidi_class, get_base_direction};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_script::{Script, UnicodeScript};

/// How letters look. Lengths in thousandths of a point, as everywhere here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) size: i64,
    /// From one line to the next.
    pub(crate) leading: i64,
    pub(crate) bold: bool,
    pub(crate) grey: bool,
}

/// A glyph of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    pub(crate) font: usize,
    pub(crate) id: u16,
    /// The bytes of the text that it shows, alone or with the glyphs beside it of the same bytes.
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// How far the next one is.
    pub(crate) advance: i64,
    /// How far it is drawn from its place.
    pub(crate) dx: i64,
    pub(crate) dy: i64,
    pub(crate) rtl: bool,
}

/// A stretch of one direction, font and script.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub(crate) range: Range<usize>,
    pub(crate) level: Level,
    /// From left to right.
    pub(crate) glyphs: Vec<Glyph>,
}

/// A text that is shaped, not yet cut into lines.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph {
    pub(crate) text: Rc<str>,
    /// The direction of the whole.
    pub(crate) base: Level,
    /// In the order of the text.
    pub(crate) runs: Vec<Run>,
    /// What is read aloud, where the glyphs from left to right do not say it.
    pub(crate) said: Option<String>,
}

/// A character and the font that has it.
struct Letter {
    at: usize,
    c: char,
    font: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    font: usize,
    script: rustybuzz::Script,
    rtl: bool,
}

/// Shapes the texts of one sheet.
pub(crate) struct Typesetter<'a> {
    pub(crate) faces: Faces<'a>,
    pub(crate) missing: BTreeSet<char>,
    /// Making one costs more than using it.
    plans: Vec<(Kind, ShapePlan)>,
    language: Option<Language>,
    rtl: bool,
}

impl<'a> Typesetter<'a> {
    pub(crate) fn new(fonts: &'a Fonts, lang: &str, rtl: bool) -> Self {
        let faces = Faces::new(fonts);
        Self { faces, missing: BTreeSet::new(), plans: Vec::new(), language: lang.parse().ok(), rtl }
    }

    pub(crate) fn shape(&mut self, text: &str, style: Style) -> Paragraph {
        let tidy: String = text.nfc().filter_map(tidied).collect();
        let (text, letters) = self.spell(&whole_numbers(&tidy), style.bold);
        let base = match get_base_direction(text.as_str()) {
            unicode_bidi::Direction::Ltr => Level::ltr(),
            unicode_bidi::Direction::Rtl => Level::rtl(),
            unicode_bidi::Direction::Mixed if self.rtl => Level::rtl(),
            unicode_bidi::Direction::Mixed => Level::ltr(),
        };
        let levels =
            if text.is_empty() { Vec::new() } else { ParagraphBidiInfo::new(&text, Some(base)).levels };
        let mut runs = Vec::new();
        for span in letters.chunk_by(|a, b| levels[a.at] == levels[b.at]) {
            self.span(&text, span, levels[span[0].at], style.size, &mut runs);
        }
        let straight = text == tidy && levels.iter().all(Level::is_ltr);
        Paragraph { text: Rc::from(text), base, runs, said: (!straight).then_some(tidy) }
    }

    /// The text with the number of each character that no font has in its place.
    fn spell(&mut self, tidy: &str, bold: bool) -> (String, Vec<Letter>) {
        let (mut text, mut letters) = (String::with_capacity(tidy.len()), Vec::<Letter>::new());
        for c in tidy.chars() {
            let found = self.font_of(c, letters.last().map(|before| before.font), bold);
            let number = if found.is_none() { format!("[U+{:04X}]", u32::from(c)) } else { c.to_string() };
            if found.is_none() {
                self.missing.insert(c);
            }
            for c in number.chars() {
                let font = found.or_else(|| self.faces.with(c, bold)).unwrap_or(0);
                letters.push(Letter { at: text.len(), c, font });
                text.push(c);
            }
        }
        (text, letters)
    }

    fn font_of(&self, c: char, before: Option<usize>, bold: bool) -> Option<usize> {
        if is_unseen(c) {
            return before.or_else(|| self.faces.with(' ', bold));
        }
        // Marks stay with their letters, and spaces with the word before.
        if is_combining_mark(c) || c.is_whitespace() {
            let beside = before.filter(|font| self.faces.has(*font, c));
            return beside.or_else(|| self.faces.with(c, bold));
        }
        self.faces.with(c, bold)
    }

    /// Letters of one direction: cut where the font or the script changes.
    fn span(&mut self, text: &str, span: &[Letter], level: Level, size: i64, runs: &mut Vec<Run>) {
        let is_own =
            |script: &Script| !matches!(script, Script::Common | Script::Inherited | Script::Unknown);
        // What belongs to no script goes with the letters before it, at the beginning with those after it.
        let mut script = span.iter().map(|l| l.c.script()).find(is_own).unwrap_or(Script::Common);
        let mut kinds = Vec::with_capacity(span.len());
        for letter in span {
            script = Some(letter.c.script()).filter(is_own).unwrap_or(script);
            kinds.push((letter.font, script));
        }
        let mut begin = 0;
        for same in kinds.chunk_by(|a, b| a == b) {
            let last = &span[begin + same.len() - 1];
            let range = span[begin].at..last.at + last.c.len_utf8();
            let (font, script) = same[0];
            let tag = Tag(script.as_iso15924_tag());
            let script = rustybuzz::Script::from_iso15924_tag(tag).unwrap_or(rustybuzz::script::COMMON);
            let kind = Kind { font, script, rtl: level.is_rtl() };
            let glyphs = self.glyphs(text, range.clone(), kind, size);
            runs.push(Run { range, level, glyphs });
            begin += same.len();
        }
    }

    fn glyphs(&mut self, text: &str, range: Range<usize>, kind: Kind, size: i64) -> Vec<Glyph> {
        let Some(face) = self.faces.get(kind.font) else { return Vec::new() };
        let direction = if kind.rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        let known = self.plans.iter().position(|(of, _)| *of == kind);
        let plan = known.unwrap_or_else(|| {
            let plan = ShapePlan::new(face, direction, Some(kind.script), self.language.as_ref(), &[]);
            self.plans.push((kind, plan));
            self.plans.len() - 1
        });
        let mut buffer = UnicodeBuffer::new();
        // Letters join beyond the end of a run.
        buffer.set_pre_context(&text[..range.start]);
        buffer.push_str(&text[range.clone()]);
        buffer.set_post_context(&text[range.end..]);
        buffer.set_direction(direction);
        buffer.set_script(kind.script);
        if let Some(language) = &self.language {
            buffer.set_language(language.clone());
        }
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let shaped = rustybuzz::shape_with_plan(face, &self.plans[plan].1, buffer);

        let units = i64::from(face.units_per_em());
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        let clusters: Vec<usize> = infos.iter().map(|info| range.start + info.cluster as usize).collect();
        let mut starts = clusters.clone();
        starts.sort_unstable();
        starts.dedup();
        let ends = |from: usize| starts.get(starts.partition_point(|s| *s <= from)).copied();
        let mut glyphs = Vec::with_capacity(infos.len());
        for ((info, place), from) in infos.iter().zip(places).zip(clusters) {
            glyphs.push(Glyph {
                font: kind.font,
                id: info.glyph_id as u16,
                from,
                to: ends(from).unwrap_or(range.end),
                advance: scaled(place.x_advance, size, units),
                dx: scaled(place.x_offset, size, units),
                dy: scaled(place.y_offset, size, units),
                rtl: kind.rtl,
            });
        }
        glyphs
    }
}

/// A length of a font in letters of this size, rounded.
pub(crate) fn scaled(length: i32, size: i64, units: i64) -> i64 {
    (i64::from(length) * size + units / 2).div_euclid(units)
}

/// What a document keeps of a text. Marks that turn the direction of all that follows are left out: with them a name could
/// show a number backwards. Those that only set a word apart stay.
fn tidied(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{202a}'..='\u{202e}' => None,
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if c.is_control() => None,
        _ => Some(c),
    }
}

/// In a text from right to left, a number with hyphens (`2026-000123`, `+49-30-1234`) is set apart: by the rules of
/// Unicode its parts would change places there, and the number of a document would be another one.
fn whole_numbers(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 6);
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let begin = if rest[..begin].ends_with('+') { begin - 1 } else { begin };
        out.push_str(&rest[..begin]);
        rest = &rest[begin..];
        let end = rest[1..].find(|c: char| !c.is_ascii_alphanumeric() && !"-_/.,:".contains(c));
        let word = rest[..end.map_or(rest.len(), |end| end + 1)]
            .trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if word.contains('-') && word.contains(|c: char| c.is_ascii_digit()) {
            out.extend(["\u{2066}", word, "\u{2069}"]);
        } else {
            out.push_str(word);
        }
        rest = &rest[word.len()..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Characters that say how others are set and are not seen themselves.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
