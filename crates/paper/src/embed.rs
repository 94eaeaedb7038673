//! The fonts in a file: only the glyphs that are used, and what they mean.

use crate::fonts::Faces;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Name, Pdf, Rect, Ref, Str};
use rustybuzz::Face;
use rustybuzz::ttf_parser::{RawFace, Tag, name_id};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subsetter::GlyphRemapper;

const SYSTEM: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
/// Of zlib, 0 to 10. Another one would make other bytes.
const LEVEL: u8 = 6;

/// What a document uses of its fonts, in the order of their first letters.
#[derive(Default)]
pub(crate) struct Used {
    pub(crate) fonts: Vec<UsedFont>,
}

pub(crate) struct UsedFont {
    /// Its place among all fonts.
    font: usize,
    glyphs: GlyphRemapper,
    /// What a glyph means wherever it stands.
    texts: BTreeMap<u16, String>,
}

impl Used {
    /// The place of a font here.
    pub(crate) fn font(&mut self, font: usize) -> usize {
        let known = self.fonts.iter().position(|used| used.font == font);
        known.unwrap_or_else(|| {
            self.fonts.push(UsedFont { font, glyphs: GlyphRemapper::new(), texts: BTreeMap::new() });
            self.fonts.len() - 1
        })
    }

    /// The number that a glyph has in the file.
    pub(crate) fn glyph(&mut self, used: usize, glyph: u16) -> u16 {
        self.fonts[used].glyphs.remap(glyph)
    }

    /// Whether a reader who sees this glyph reads this text. The first text of a glyph is its meaning.
    pub(crate) fn means(&mut self, used: usize, glyph: u16, text: &str) -> bool {
        self.fonts[used].texts.entry(glyph).or_insert_with(|| text.to_owned()).as_str() == text
    }
}

/// How the pages call a font.
pub(crate) fn name(used: usize) -> String {
    format!("F{used}")
}

pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, LEVEL)
}

impl UsedFont {
    /// Writes the font. Answers which object it is; nothing if the font is broken.
    pub(crate) fn write(&self, pdf: &mut Pdf, next: &mut Ref, faces: &Faces<'_>) -> Option<Ref> {
        let face = faces.get(self.font)?;
        let cut = subsetter::subset(faces.bytes(self.font), 0, &self.glyphs).ok()?;
        let cff = RawFace::parse(&cut, 0).ok().and_then(|raw| raw.table(Tag::from_bytes(b"CFF ")));
        let base = format!("{}+{}", tag(&cut), post_script_name(face));
        let whole = if cff.is_some() { format!("{base}-Identity-H") } else { base.clone() };
        let [id, cid, descriptor, meanings, file] = std::array::from_fn(|_| next.bump());

        pdf.type0_font(id)
            .base_font(Name(whole.as_bytes()))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(meanings);
        self.write_cid(pdf, cid, descriptor, &base, cff.is_some(), face);
        write_descriptor(pdf, descriptor, file, &base, cff.is_some(), face);

        let mut map = UnicodeCmap::<u16>::new(Name(b"Meanings"), SYSTEM);
        for (glyph, text) in &self.texts {
            map.pair_with_multiple(*glyph, text.chars());
        }
        let map = packed(&map.finish());
        pdf.cmap(meanings, &map).filter(Filter::FlateDecode);

        let outlines = packed(cff.unwrap_or(&cut));
        let mut stream = pdf.stream(file, &outlines);
        stream.filter(Filter::FlateDecode);
        if cff.is_some() {
            stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        } else {
            stream.pair(Name(b"Length1"), i32::try_from(cut.len()).ok()?);
        }
        Some(id)
    }

    fn write_cid(&self, pdf: &mut Pdf, cid: Ref, descriptor: Ref, base: &str, cff: bool, face: &Face<'_>) {
        let width = |glyph: u16| {
            let advance = face.glyph_hor_advance(rustybuzz::ttf_parser::GlyphId(glyph)).unwrap_or(0);
            in_thousandths(f32::from(advance), face)
        };
        let mut font = pdf.cid_font(cid);
        font.subtype(if cff { CidFontType::Type0 } else { CidFontType::Type2 });
        font.base_font(Name(base.as_bytes()))
            .system_info(SYSTEM)
            .font_descriptor(descriptor)
            .default_width(0.0);
        if !cff {
            font.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        font.widths().consecutive(0, self.glyphs.remapped_gids().map(width));
    }
}

fn write_descriptor(pdf: &mut Pdf, descriptor: Ref, file: Ref, base: &str, cff: bool, face: &Face<'_>) {
    let length = |units: i16| in_thousandths(f32::from(units), face);
    let bounds = face.global_bounding_box();
    let bounds =
        Rect::new(length(bounds.x_min), length(bounds.y_min), length(bounds.x_max), length(bounds.y_max));
    let ascent = length(face.ascender());
    let mut font = pdf.font_descriptor(descriptor);
    font.name(Name(base.as_bytes()))
        .flags(FontFlags::SYMBOLIC)
        .bbox(bounds)
        .italic_angle(face.italic_angle())
        .ascent(ascent)
        .descent(length(face.descender()))
        .cap_height(face.capital_height().map_or(ascent, length))
        // What PDF writers guess from the weight.
        .stem_v(10.0 + 0.244 * (f32::from(face.weight().to_number()) - 50.0));
    if cff {
        font.font_file3(file);
    } else {
        font.font_file2(file);
    }
}

/// The lengths of a font in a PDF: a letter is 1000 high.
fn in_thousandths(length: f32, face: &Face<'_>) -> f32 {
    length * 1000.0 / face.units_per_em() as f32
}

/// Six letters that tell parts of one font apart.
fn tag(cut: &[u8]) -> String {
    Sha256::digest(cut).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn post_script_name(face: &Face<'_>) -> String {
    let mut names = face.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    let name = names.find_map(|name| name.to_string()).unwrap_or_default();
    let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
    if plain.is_empty() { "Font".to_owned() } else { plain }
}
