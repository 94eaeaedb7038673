//! Lays a sheet out on pages.

use crate::flow::{Boxed, Flow, Part, Row, Rule};
use crate::model::{Block, Cell, Sheet};
use crate::page::{Page, Tree};
use crate::shape::{Paragraph, Style, Typesetter};
use crate::table::{self, Wish};
use pdf_writer::types::StructRole;

const TITLE: Style = Style { size: 17_000, leading: 24_000, bold: true, grey: false };
const HEADING: Style = Style { size: 11_500, leading: 17_000, bold: true, grey: false };
const BODY: Style = Style { size: 9_500, leading: 13_500, bold: false, grey: false };
const HEAD: Style = Style { size: 8_500, leading: 12_500, bold: true, grey: false };
const CELL: Style = Style { size: 9_000, leading: 12_500, bold: false, grey: false };
const NOTE: Style = Style { size: 8_000, leading: 11_000, bold: false, grey: true };

const SMALL_SPACE: i64 = 4_000;
const SPACE: i64 = 9_000;
const GAP: i64 = 14_000;
/// Between columns.
const GUTTER: i64 = 10_000;
/// What has to be free below a heading or the head of a table.
const COMPANY: i64 = 40_000;

const HAIRLINE: Rule = Rule { weight: 300, grey: true };
const LINE: Rule = Rule { weight: 700, grey: false };

/// The pages of a sheet and their tags.
pub(crate) fn lay_out(sheet: &Sheet, setter: &mut Typesetter<'_>) -> (Vec<Page>, Tree) {
    let mut flow = Flow::new(setter, sheet.size, sheet.rtl);
    let mut titled = false;
    for block in &sheet.blocks {
        match block {
            Block::Heading(text) => {
                let (style, role) = if titled { (HEADING, StructRole::H2) } else { (TITLE, StructRole::H1) };
                titled = true;
                flow.space(SMALL_SPACE);
                flow.need(style.leading + COMPANY, None);
                flow.paragraph(text, style, role);
                flow.space(SMALL_SPACE);
            }
            Block::Lines(lines) => {
                lines.iter().for_each(|line| flow.paragraph(line, BODY, StructRole::P));
                flow.space(SPACE);
            }
            Block::Pair(start, end) => pair(&mut flow, start, end),
            Block::Table { heads, rows, feet } => table(&mut flow, heads, rows, feet),
            Block::Note(text) => {
                flow.paragraph(text, NOTE, StructRole::P);
                flow.space(SPACE);
            }
            Block::Gap => flow.space(GAP),
        }
    }
    flow.finish(&sheet.title, &sheet.page_of)
}

fn pair(flow: &mut Flow<'_, '_>, start: &[String], end: &[String]) {
    let room = (flow.width() - 2 * GUTTER) / 2;
    let mut cells = Vec::new();
    for (texts, offset) in [(start, 0), (end, flow.width() - room)] {
        let side = flow.tree.add(StructRole::Div, Tree::ROOT);
        let mut lines = Vec::new();
        for text in texts {
            let tag = flow.tree.add(StructRole::P, side);
            let paragraph = flow.setter.shape(text, BODY);
            let parts =
                paragraph.lines(room).into_iter().map(|line| Part { line, style: BODY, tag: Some(tag) });
            lines.extend(parts);
            flow.tree.tags[tag].said = paragraph.said;
        }
        cells.push(Boxed { offset, room, end: false, lines });
    }
    flow.row(&Row { cells, leading: BODY.leading, rule: None }, None);
    flow.space(SPACE);
}

/// A cell, shaped.
struct Entry {
    paragraph: Paragraph,
    end: bool,
    style: Style,
}

fn entries(flow: &mut Flow<'_, '_>, cells: &[Cell], style: Style) -> Vec<Entry> {
    let entry = |cell: &Cell| {
        let style = Style { bold: style.bold || cell.strong, ..style };
        Entry { paragraph: flow.setter.shape(&cell.text, style), end: cell.end, style }
    };
    cells.iter().map(entry).collect()
}

fn table(flow: &mut Flow<'_, '_>, heads: &[Cell], rows: &[Vec<Cell>], feet: &[Vec<Cell>]) {
    let longest = rows.iter().chain(feet).map(Vec::len).max().unwrap_or(0);
    let count = heads.len().max(longest);
    if count == 0 {
        return;
    }
    let heads = entries(flow, heads, HEAD);
    let rows: Vec<_> = rows.iter().map(|row| entries(flow, row, CELL)).collect();
    let feet: Vec<_> = feet.iter().map(|row| entries(flow, row, CELL)).collect();
    let room = flow.width() - GUTTER * (count as i64 - 1);
    let all = std::iter::once(&heads).chain(&rows).chain(&feet);
    let columns = Columns { widths: table::widths(&wishes(count, all), room) };

    let table = flow.tree.add(StructRole::Table, Tree::ROOT);
    flow.need(HEAD.leading + COMPANY, None);
    let mut head = None;
    if !heads.is_empty() {
        let part = flow.tree.add(StructRole::THead, table);
        let row = columns.row(flow, part, StructRole::TH, heads, Some(LINE));
        flow.row(&row, None);
        head = Some(row.again());
    }
    if !rows.is_empty() {
        let part = flow.tree.add(StructRole::TBody, table);
        for row in rows {
            let row = columns.row(flow, part, StructRole::TD, row, Some(HAIRLINE));
            flow.row(&row, head.as_ref());
        }
    }
    if !feet.is_empty() {
        let part = flow.tree.add(StructRole::TFoot, table);
        let feet: Vec<Row> =
            feet.into_iter().map(|row| columns.row(flow, part, StructRole::TD, row, None)).collect();
        // Sums stand together.
        flow.need(feet.iter().map(Row::height).sum(), head.as_ref());
        flow.rule(LINE);
        feet.iter().for_each(|row| flow.row(row, head.as_ref()));
    }
    flow.space(SPACE);
}

/// What each column asks for. A cell that takes several asks nothing.
fn wishes<'e>(count: usize, rows: impl Iterator<Item = &'e Vec<Entry>>) -> Vec<Wish> {
    let mut wishes = vec![Wish { gives: true, ..Wish::default() }; count];
    for row in rows {
        let missing = count - row.len();
        let alone = row.iter().enumerate().skip(usize::from(missing > 0));
        for (n, entry) in alone {
            let wish = &mut wishes[missing + n];
            wish.natural = wish.natural.max(entry.paragraph.natural());
            wish.narrowest = wish.narrowest.max(entry.paragraph.narrowest());
            wish.gives &= !entry.end;
        }
    }
    wishes
}

struct Columns {
    widths: Vec<i64>,
}

impl Columns {
    fn row(
        &self,
        flow: &mut Flow<'_, '_>,
        part: usize,
        role: StructRole,
        row: Vec<Entry>,
        rule: Option<Rule>,
    ) -> Row {
        let tr = flow.tree.add(StructRole::TR, part);
        let missing = self.widths.len() - row.len();
        let leading = row.iter().map(|entry| entry.style.leading).max().unwrap_or(CELL.leading);
        let (mut cells, mut column, mut offset) = (Vec::new(), 0, 0);
        for (n, entry) in row.into_iter().enumerate() {
            let columns = if n == 0 { missing + 1 } else { 1 };
            let own = &self.widths[column..column + columns];
            let room = own.iter().sum::<i64>() + GUTTER * (columns as i64 - 1);
            let tag = flow.tree.add(role, tr);
            flow.tree.tags[tag].columns = columns;
            let Entry { paragraph, end, style } = entry;
            let parts = paragraph.lines(room).into_iter().map(|line| Part { line, style, tag: Some(tag) });
            cells.push(Boxed { offset, room, end, lines: parts.collect() });
            flow.tree.tags[tag].said = paragraph.said;
            (column, offset) = (column + columns, offset + room + GUTTER);
        }
        Row { cells, leading, rule }
    }
}
