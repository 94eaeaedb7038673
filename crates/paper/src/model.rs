//! What stands on a sheet.

/// The paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Size {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Size {
    /// Width and height, thousandths of a point.
    pub(crate) const fn lengths(self) -> (i64, i64) {
        match self {
            Self::A4 => (595_276, 841_890),
            Self::Letter => (612_000, 792_000),
        }
    }
}

/// A document: what it says, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Shown by viewers as the name of the document, and at the foot of each page.
    pub title: String,
    /// The language of its words (BCP 47, as `de` or `pt-BR`), for who reads it aloud.
    pub lang: String,
    /// Whether that language runs from right to left: the whole sheet is mirrored then. A paragraph has the direction of
    /// its first letter; one without letters has the sheet's.
    pub rtl: bool,
    pub size: Size,
    /// The foot of a page, as `Page {page} of {pages}`.
    pub page_of: String,
    pub blocks: Vec<Block>,
}

/// A part of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The first one is the title of the sheet.
    Heading(String),
    /// Each a paragraph.
    Lines(Vec<String>),
    /// Two boxes side by side: at the start, at the end.
    Pair(Vec<String>, Vec<String>),
    /// The heads are repeated on each page. In a row that has fewer cells than there are columns, the first cell takes the
    /// room of those that are missing.
    Table {
        heads: Vec<Cell>,
        rows: Vec<Vec<Cell>>,
        feet: Vec<Vec<Cell>>,
    },
    /// Small and grey.
    Note(String),
    Gap,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    /// At the end of its column, as numbers stand.
    pub end: bool,
    pub strong: bool,
}

impl Cell {
    /// At the start of its column.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// At the end of its column.
    pub fn end(text: impl Into<String>) -> Self {
        Self { text: text.into(), end: true, strong: false }
    }

    #[must_use]
    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }
}

/// A sheet as it is kept and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    /// Of the bytes.
    pub sha256: [u8; 32],
    /// Characters that no font has, in order. In their places stands their number, as `[U+4E2D]`.
    pub missing: Vec<char>,
}
