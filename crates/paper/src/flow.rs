//! Fills pages from top to bottom. Places count from where lines begin, so that a sheet from right to left is the same
//! sheet, mirrored when a line is put down.

use crate::model::Size;
use crate::page::{Item, Kid, Page, Tree};
use crate::shape::{Style, Typesetter};
use crate::wrap::Line;
use pdf_writer::types::StructRole;

/// 18 mm.
const MARGIN: i64 = 51_000;
/// Below the text, with the foot of the page in it.
const BELOW: i64 = 68_000;
const FOOT_ABOVE_EDGE: i64 = 44_000;
/// Above and below the text of a row.
const PAD: i64 = 3_000;
const FOOT: Style = Style { size: 8_000, leading: 11_000, bold: false, grey: true };

/// Cells side by side that break between pages together.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Boxed>,
    /// The same for all cells.
    pub(crate) leading: i64,
    pub(crate) rule: Option<Rule>,
}

/// The line below a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub(crate) weight: i64,
    pub(crate) grey: bool,
}

/// A cell.
#[derive(Clone, Debug)]
pub(crate) struct Boxed {
    pub(crate) offset: i64,
    pub(crate) room: i64,
    pub(crate) end: bool,
    pub(crate) lines: Vec<Part>,
}

/// A line of a cell. Without a tag it is no part of the text.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) line: Line,
    pub(crate) style: Style,
    pub(crate) tag: Option<usize>,
}

impl Row {
    fn lines(&self) -> usize {
        self.cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0)
    }

    pub(crate) fn height(&self) -> i64 {
        self.height_of(self.lines())
    }

    fn height_of(&self, lines: usize) -> i64 {
        2 * PAD + self.leading * lines as i64
    }

    /// How many of its lines have room.
    fn fitting(&self, room: i64) -> usize {
        usize::try_from((room - 2 * PAD) / self.leading.max(1)).unwrap_or(0)
    }

    /// As it stands at the top of the next page: seen, but said once only.
    pub(crate) fn again(&self) -> Self {
        let mut again = self.clone();
        again.cells.iter_mut().flat_map(|cell| &mut cell.lines).for_each(|part| part.tag = None);
        again
    }
}

/// Where a line is put.
#[derive(Clone, Copy)]
struct Spot {
    page: usize,
    top: i64,
    offset: i64,
    room: i64,
    end: bool,
}

pub(crate) struct Flow<'f, 'a> {
    pub(crate) setter: &'f mut Typesetter<'a>,
    pub(crate) tree: Tree,
    pages: Vec<Page>,
    paper: (i64, i64),
    rtl: bool,
    /// How far the last page is filled.
    y: i64,
    /// Whether nothing stands on it yet but repeated heads.
    fresh: bool,
}

impl<'f, 'a> Flow<'f, 'a> {
    pub(crate) fn new(setter: &'f mut Typesetter<'a>, size: Size, rtl: bool) -> Self {
        let (paper, pages) = (size.lengths(), vec![Page::default()]);
        Self { setter, tree: Tree::new(), pages, paper, rtl, y: MARGIN, fresh: true }
    }

    /// Of the text.
    pub(crate) fn width(&self) -> i64 {
        self.paper.0 - 2 * MARGIN
    }

    fn left(&self) -> i64 {
        self.paper.1 - BELOW - self.y
    }

    /// Some air, but not at the top of a page.
    pub(crate) fn space(&mut self, height: i64) {
        if !self.fresh {
            self.y += height;
        }
    }

    /// A new page, with `head` at its top, if less than this is left.
    pub(crate) fn need(&mut self, height: i64, head: Option<&Row>) {
        if self.left() < height && !self.fresh {
            self.next_page(head);
        }
    }

    fn next_page(&mut self, head: Option<&Row>) {
        self.pages.push(Page::default());
        (self.y, self.fresh) = (MARGIN, true);
        if let Some(head) = head {
            self.strip(head, 0, head.lines());
        }
    }

    /// A text over the whole width.
    pub(crate) fn paragraph(&mut self, text: &str, style: Style, role: StructRole) {
        let paragraph = self.setter.shape(text, style);
        let tag = self.tree.add(role, Tree::ROOT);
        for line in paragraph.lines(self.width()) {
            self.need(style.leading, None);
            let spot =
                Spot { page: self.pages.len() - 1, top: self.y, offset: 0, room: self.width(), end: false };
            self.put(line, style, Some(tag), spot);
            (self.y, self.fresh) = (self.y + style.leading, false);
        }
        self.tree.tags[tag].said = paragraph.said;
    }

    /// A row; with `head` above it where it comes to a new page. It is cut only if a whole page does not hold it.
    pub(crate) fn row(&mut self, row: &Row, head: Option<&Row>) {
        let above = head.map_or(0, Row::height);
        let page_holds = row.fitting(self.paper.1 - BELOW - MARGIN - above);
        let (count, mut done) = (row.lines(), 0);
        while done < count {
            let (left, fitting) = (count - done, row.fitting(self.left()));
            if fitting < left && !self.fresh && (fitting == 0 || left <= page_holds) {
                self.next_page(head);
                continue;
            }
            let now = left.min(fitting.max(1));
            self.strip(row, done, now);
            self.fresh = false;
            done += now;
        }
    }

    /// Some lines of a row.
    fn strip(&mut self, row: &Row, from: usize, count: usize) {
        for cell in &row.cells {
            let mut top = self.y + PAD;
            for part in cell.lines.iter().skip(from).take(count) {
                let Boxed { offset, room, end, .. } = *cell;
                let spot = Spot { page: self.pages.len() - 1, top, offset, room, end };
                self.put(part.line.clone(), part.style, part.tag, spot);
                top += row.leading;
            }
        }
        self.y += row.height_of(count);
        if let Some(rule) = row.rule {
            self.rule(rule);
        }
    }

    /// A line over the whole width.
    pub(crate) fn rule(&mut self, rule: Rule) {
        let (x, y, width) = (MARGIN, self.y, self.width());
        if let Some(page) = self.pages.last_mut() {
            page.items.push(Item::Rule { x, y, width, weight: rule.weight, grey: rule.grey });
        }
    }

    fn put(&mut self, line: Line, style: Style, tag: Option<usize>, spot: Spot) {
        let offset = if spot.end { spot.offset + spot.room - line.width } else { spot.offset };
        let mut x = MARGIN + if self.rtl { self.width() - offset - line.width } else { offset };
        if line.rtl {
            x -= line.hang;
        }
        // Capitals, 0.714 of the size, stand in the middle of their line.
        let y = spot.top + (style.leading + style.size * 714 / 1_000) / 2;
        let page = &mut self.pages[spot.page];
        let mark = tag.filter(|_| !line.glyphs.is_empty()).map(|tag| {
            page.marks.push(tag);
            let mark = page.marks.len() - 1;
            self.tree.tags[tag].kids.push(Kid::Mark { page: spot.page, mark });
            mark
        });
        page.items.push(Item::Line { x, y, line, style, mark });
    }

    /// The pages, with a foot on each: the title and `page_of` with its numbers.
    pub(crate) fn finish(mut self, title: &str, page_of: &str) -> (Vec<Page>, Tree) {
        let (count, width) = (self.pages.len(), self.width());
        let title_room = width * 2 / 3;
        let title = self.setter.shape(title, FOOT).lines(title_room).into_iter().next();
        let top = self.paper.1 - FOOT_ABOVE_EDGE;
        for page in 0..count {
            let number =
                page_of.replace("{page}", &(page + 1).to_string()).replace("{pages}", &count.to_string());
            let number = self.setter.shape(&number, FOOT).lines(width - title_room).into_iter().next();
            for (line, end) in [(title.clone(), false), (number, true)] {
                if let Some(line) = line {
                    self.put(line, FOOT, None, Spot { page, top, offset: 0, room: width, end });
                }
            }
        }
        (self.pages, self.tree)
    }
}
