//! Floor 1: documents as PDF, in any language. It knows nothing of orders or money: who calls it says what stands on the
//! sheet.
//!
//! A paragraph is shaped once: directions ([`unicode_bidi`]), then runs of one direction, font and script, then glyphs
//! ([`rustybuzz`]). It is cut into lines, lines are set on pages, and pages are written with the letters they use.
//!
//! Invariants: the same sheet and fonts give the same bytes, for there is no date, no chance and no order of a hash map
//! in them, and all lengths are whole thousandths of a point; every text is tagged, and can be copied and read aloud; no
//! box stands where a letter is missing: its number does, and the caller is told; there are no links.

mod model;
mod fonts;
mod shape;
mod wrap;
mod page;
mod table;
mod flow;
mod sheet;
mod embed;
mod draw;
mod pdf;
#[cfg(test)]
mod tests;

pub use fonts::{Fonts, Unusable};
pub use model::{Block, Cell, Pdf, Sheet, Size};
pub use pdf::{Broken, render};
