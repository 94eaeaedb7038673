//! A document's sheet as part of a page: what the file says, in the same order.

use market::documents::{Block, Cell, Paper};
use maud::{Markup, html};

/// The sheet. Its language and direction are its own, whatever the page around it speaks.
pub(super) fn article(sheet: &Paper) -> Markup {
    let direction = if sheet.rtl { "rtl" } else { "ltr" };
    html! {
        article.paper.panel lang=(sheet.lang) dir=(direction) {
            @for block in &sheet.blocks { (part(block)) }
        }
    }
}

fn part(block: &Block) -> Markup {
    html! {
        @match block {
            // There is one, which names the document.
            Block::Heading(text) => h1 { (text) },
            Block::Lines(lines) => (paragraphs(lines)),
            Block::Pair(start, end) => div.paper-pair {
                div { (paragraphs(start)) }
                div { (paragraphs(end)) }
            },
            Block::Table { heads, rows, feet } => (table(heads, rows, feet)),
            Block::Note(text) => p.fine dir="auto" { (text) },
            Block::Gap => {}
        }
    }
}

fn paragraphs(lines: &[String]) -> Markup {
    html! { @for line in lines { p dir="auto" { (line) } } }
}

fn table(heads: &[Cell], rows: &[Vec<Cell>], feet: &[Vec<Cell>]) -> Markup {
    let label: Vec<&str> = heads.iter().map(|head| head.text.as_str()).collect();
    html! {
        div.table-wrap role="region" aria-labelledby="paper-lines" tabindex="0" {
            table.table {
                caption.vh #paper-lines { (label.join(", ")) }
                thead { tr { @for head in heads { th scope="col" class=[head.end.then_some("num")] { (head.text) } } } }
                tbody { @for row in rows { (cells(row)) } }
                tfoot { @for foot in feet { (sum(foot, heads.len())) } }
            }
        }
    }
}

fn cells(row: &[Cell]) -> Markup {
    html! {
        tr {
            @for cell in row { td class=[cell.end.then_some("num")] dir=[(!cell.end).then_some("auto")] { (cell.text) } }
        }
    }
}

/// The first cell takes the room of those that are missing.
fn sum(foot: &[Cell], columns: usize) -> Markup {
    let first = columns.saturating_sub(foot.len()) + 1;
    html! {
        tr {
            @for (n, cell) in foot.iter().enumerate() {
                @if n == 0 {
                    th.num scope="row" colspan=(first) { @if cell.strong { b { (cell.text) } } @else { (cell.text) } }
                } @else {
                    td.num { @if cell.strong { b { (cell.text) } } @else { (cell.text) } }
                }
            }
        }
    }
}
