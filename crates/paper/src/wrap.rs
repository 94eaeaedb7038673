//! Cutting paragraphs into lines.

use crate::shape::{Glyph, Paragraph};
use std::ops::Range;
use std::rc::Rc;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::char::is_combining_mark;

/// A line as it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Of the paragraph.
    pub(crate) text: Rc<str>,
    /// From left to right.
    pub(crate) glyphs: Vec<Glyph>,
    /// Without the spaces at its end.
    pub(crate) width: i64,
    /// Those spaces: they are drawn, so that words of two lines are two words for who copies them.
    pub(crate) hang: i64,
    pub(crate) rtl: bool,
}

/// How long each part of a paragraph is.
struct Measure {
    /// Of each glyph in the order of the text: where what it shows begins.
    starts: Vec<usize>,
    /// The length of all before it; one more than there are glyphs.
    sums: Vec<i64>,
}

impl Measure {
    fn of(paragraph: &Paragraph) -> Self {
        let all = paragraph.runs.iter().flat_map(|run| &run.glyphs);
        let mut glyphs: Vec<(usize, i64)> = all.map(|glyph| (glyph.from, glyph.advance)).collect();
        glyphs.sort_by_key(|glyph| glyph.0);
        let mut sums = vec![0];
        let mut sum = 0;
        for (_, advance) in &glyphs {
            sum += advance;
            sums.push(sum);
        }
        Self { starts: glyphs.into_iter().map(|glyph| glyph.0).collect(), sums }
    }

    fn width(&self, range: Range<usize>) -> i64 {
        let before = |at: usize| self.sums[self.starts.partition_point(|start| *start < at)];
        before(range.end.max(range.start)) - before(range.start)
    }

    /// Where a word that is wider than the line is cut: as late as it fits, after one letter at least.
    fn cut(&self, from: usize, to: usize, room: i64) -> usize {
        let first = self.starts.partition_point(|start| *start <= from);
        let mut cut = to;
        for at in self.starts[first..].iter().copied().take_while(|at| *at < to) {
            if cut != to && self.width(from..at) > room {
                break;
            }
            cut = at;
        }
        cut
    }
}

impl Paragraph {
    /// Lines that are not wider than `room`, if only one letter of each fits. At least one, which may be empty.
    pub(crate) fn lines(&self, room: i64) -> Vec<Line> {
        let (measure, room) = (Measure::of(self), room.max(0));
        let end = self.text.len();
        let mut lines = Vec::new();
        let (mut from, mut fits) = (0, 0);
        for stop in breaks(&self.text).into_iter().chain([end]) {
            while self.seen(&measure, from..stop) > room {
                let cut = if fits > from { fits } else { measure.cut(from, stop, room) };
                lines.push(self.line(from..cut));
                from = cut;
            }
            fits = stop;
        }
        if from < end || lines.is_empty() {
            lines.push(self.line(from..end));
        }
        lines
    }

    /// How wide it is in one line.
    pub(crate) fn natural(&self) -> i64 {
        self.seen(&Measure::of(self), 0..self.text.len())
    }

    /// How wide its widest word is.
    pub(crate) fn narrowest(&self) -> i64 {
        let measure = Measure::of(self);
        let (mut from, mut widest) = (0, 0);
        for stop in breaks(&self.text).into_iter().chain([self.text.len()]) {
            widest = widest.max(self.seen(&measure, from..stop));
            from = stop;
        }
        widest
    }

    /// The width without spaces at the end.
    fn seen(&self, measure: &Measure, range: Range<usize>) -> i64 {
        measure.width(range.start..self.seen_end(&range))
    }

    fn seen_end(&self, range: &Range<usize>) -> usize {
        range.start + self.text[range.clone()].trim_end().len()
    }

    fn line(&self, range: Range<usize>) -> Line {
        let seen_end = self.seen_end(&range);
        let mut pieces: Vec<(Level, &[Glyph], Range<usize>)> = Vec::new();
        for run in &self.runs {
            let (from, to) = (run.range.start.max(range.start), run.range.end.min(range.end));
            if from >= to {
                continue;
            }
            // Spaces at the end of a line have the direction of the paragraph (rule L1).
            let cut = seen_end.clamp(from, to);
            if from < cut {
                pieces.push((run.level, run.glyphs.as_slice(), from..cut));
            }
            if cut < to {
                pieces.push((self.base, run.glyphs.as_slice(), cut..to));
            }
        }
        let levels: Vec<Level> = pieces.iter().map(|piece| piece.0).collect();
        let mut glyphs = Vec::new();
        for place in BidiInfo::reorder_visual(&levels) {
            let (_, of, part) = &pieces[place];
            glyphs.extend(of.iter().filter(|glyph| part.contains(&glyph.from)).copied());
        }
        let length = |seen: bool| -> i64 {
            glyphs.iter().filter(|glyph| (glyph.from < seen_end) == seen).map(|glyph| glyph.advance).sum()
        };
        let (width, hang) = (length(true), length(false));
        Line { text: Rc::clone(&self.text), glyphs, width, hang, rtl: self.base.is_rtl() }
    }
}

/// Where a line may begin, but for the first.
fn breaks(text: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (n, (at, c)) in letters.iter().copied().enumerate().skip(1) {
        let before = letters[n - 1].1;
        if c.is_whitespace()
            || is_combining_mark(c)
            || matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
        {
            continue;
        }
        let may = match before {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => false,
            '\u{200b}' => true,
            // Numbers of documents and dates stay whole.
            '-' | '\u{2010}' | '\u{2013}' | '/' => {
                c.is_alphabetic() && n >= 2 && letters[n - 2].1.is_alphabetic()
            }
            _ if before.is_whitespace() => true,
            _ => (is_wide(before) || is_wide(c)) && !is_opening(before) && !is_closing(c),
        };
        if may {
            found.push(at);
        }
    }
    found
}

/// Of scripts that have no spaces and may be cut at every letter.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn is_opening(c: char) -> bool {
    "（「『【《〈〔([".contains(c)
}

fn is_closing(c: char) -> bool {
    "、。，．！？：；）」』】》〉〕々ー),.!?:;]".contains(c)
}
