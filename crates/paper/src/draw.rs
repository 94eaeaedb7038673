//! Writes what is on a page in the language of PDF.

use crate::embed::{Used, name};
use crate::fonts::Faces;
use crate::page::{Item, Page};
use crate::shape::{Glyph, Style, scaled};
use crate::wrap::Line;
use pdf_writer::types::ArtifactType;
use pdf_writer::{Content, Name, Settings, Str, TextStr};
use rustybuzz::ttf_parser::GlyphId;

/// Dark enough to be read (7:1 on white), and lighter than the text.
const GREY: f32 = 0.35;
const GREY_RULE: f32 = 0.75;

/// Thousandths of a point as points.
pub(crate) fn points(length: i64) -> f32 {
    length as f32 / 1000.0
}

/// Glyphs of one font that stand on one line, with the moves between them.
struct Show {
    font: usize,
    x: i64,
    y: i64,
    parts: Vec<Part>,
    /// Where the next one would stand by itself.
    next: i64,
}

enum Part {
    /// Numbers of glyphs, two bytes each.
    Glyphs(Vec<u8>),
    /// To the right.
    Move(i64),
}

/// The drawing of one page.
pub(crate) fn page(page: &Page, height: i64, faces: &Faces<'_>, used: &mut Used) -> Vec<u8> {
    let mut pen =
        Pen { content: Content::with_settings(Settings { pretty: false }), faces, used, show: None };
    for item in &page.items {
        match item {
            Item::Rule { x, y, width, weight, grey } => {
                let y = points(height - y);
                pen.content.begin_marked_content(Name(b"Artifact"));
                pen.content
                    .set_stroke_gray(if *grey { GREY_RULE } else { 0.0 })
                    .set_line_width(points(*weight));
                pen.content.move_to(points(*x), y).line_to(points(x + width), y).stroke();
                pen.content.end_marked_content();
            }
            Item::Line { x, y, line, style, mark } => {
                begin(&mut pen.content, *mark);
                pen.line(line, *x, height - y, *style);
                pen.content.end_marked_content();
            }
        }
    }
    pen.content.finish().into_vec()
}

fn begin(content: &mut Content, mark: Option<usize>) {
    match mark.and_then(|mark| i32::try_from(mark).ok()) {
        Some(mark) => {
            content.begin_marked_content_with_properties(Name(b"P")).properties().identify(mark);
        }
        None => {
            let mut begun = content.begin_marked_content_with_properties(Name(b"Artifact"));
            begun.properties().artifact().kind(ArtifactType::Pagination);
        }
    }
}

struct Pen<'p, 'a> {
    content: Content,
    faces: &'p Faces<'a>,
    used: &'p mut Used,
    /// What is not written yet.
    show: Option<Show>,
}

impl Pen<'_, '_> {
    /// Each letter is told by its glyph, or by a text around its glyphs where one glyph does not. A glyph for several
    /// letters from right to left means them turned around: viewers that copy or search turn such lines letter by letter.
    fn line(&mut self, line: &Line, x: i64, y: i64, style: Style) {
        self.content.begin_text();
        self.content.set_fill_gray(if style.grey { GREY } else { 0.0 });
        let mut x = x;
        for cluster in line.glyphs.chunk_by(|a, b| (a.font, a.from) == (b.font, b.from)) {
            let shown = line.text[cluster[0].from..cluster[0].to].chars();
            let text: String = shown.filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect();
            let alone = cluster.len() == 1;
            let turned = alone && cluster[0].rtl;
            let meaning: String = if turned { text.chars().rev().collect() } else { text.clone() };
            let font = self.used.font(cluster[0].font);
            // Marks stand on a letter, and the letter says what both are.
            let letter = cluster.iter().find(|glyph| glyph.advance > 0).unwrap_or(&cluster[0]);
            let letter = self.used.glyph(font, letter.id);
            let known = self.used.means(font, letter, &meaning);
            let tells = known && alone;
            if !tells {
                self.flush(style);
                let mut span = self.content.begin_marked_content_with_properties(Name(b"Span"));
                span.properties().actual_text(TextStr(&text));
            }
            for glyph in cluster {
                self.glyph(glyph, font, x, y, style);
                x += glyph.advance;
            }
            if !tells {
                self.flush(style);
                self.content.end_marked_content();
            }
        }
        self.flush(style);
        self.content.end_text();
    }

    fn glyph(&mut self, glyph: &Glyph, font: usize, x: i64, y: i64, style: Style) {
        let (x, y) = (x + glyph.dx, y + glyph.dy);
        if self.show.as_ref().is_some_and(|show| (show.font, show.y) != (font, y)) {
            self.flush(style);
        }
        let code = self.used.glyph(font, glyph.id).to_be_bytes();
        let show = self.show.get_or_insert_with(|| Show { font, x, y, parts: Vec::new(), next: x });
        if x != show.next {
            show.parts.push(Part::Move(x - show.next));
        }
        match show.parts.last_mut() {
            Some(Part::Glyphs(codes)) => codes.extend(code),
            _ => show.parts.push(Part::Glyphs(code.to_vec())),
        }
        // The file says how wide the glyph is by itself; kerning is a move.
        let own = self.faces.get(glyph.font).map_or(0, |face| {
            let advance = face.glyph_hor_advance(GlyphId(glyph.id)).unwrap_or(0);
            scaled(i32::from(advance), style.size, i64::from(face.units_per_em()))
        });
        show.next = x + own;
    }

    fn flush(&mut self, style: Style) {
        let Some(show) = self.show.take() else { return };
        self.content.set_font(Name(name(show.font).as_bytes()), points(style.size));
        self.content.set_text_matrix([1.0, 0.0, 0.0, 1.0, points(show.x), points(show.y)]);
        let mut shown = self.content.show_positioned();
        let mut items = shown.items();
        for part in &show.parts {
            match part {
                Part::Glyphs(codes) => items.show(Str(codes)),
                // In thousandths of the size, to the left.
                Part::Move(by) => items.adjust(-points(*by) * 1000.0 / points(style.size)),
            };
        }
    }
}
