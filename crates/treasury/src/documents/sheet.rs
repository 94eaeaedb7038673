//! How a document is laid out: once, for the page and for the file.

use super::body::{Body, Line, Party};
use super::model::Kind;
use super::words::{Tongue, Words};
use kernel::Money;
use paper::{Block, Cell, Sheet, Size};

/// A document in a language: what stands on its page and in its file.
pub fn lay_out(body: &Body, tongue: Tongue) -> Sheet {
    let (words, said) = (tongue.words(), &body.content);
    let title = format!("{} {}", words.title(body.kind), body.label);
    let mut blocks = vec![
        Block::Heading(title.clone()),
        Block::Pair(party(words, words.from, &said.issuer), party(words, words.to, &said.recipient)),
        Block::Lines(facts(words, body)),
        table(words, body),
    ];
    let maker = said.made_by.as_deref().unwrap_or_default();
    blocks.extend(said.notes.iter().map(|note| Block::Note(words.note(note, maker))));
    blocks.push(Block::Note(words.machine.to_owned()));
    Sheet {
        title,
        lang: tongue.code().to_owned(),
        rtl: tongue.is_rtl(),
        size: Size::A4,
        page_of: words.page_of.to_owned(),
        blocks,
    }
}

fn named(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

fn party(words: &Words, role: &str, party: &Party) -> Vec<String> {
    let mut lines = vec![named(role, &party.name)];
    lines.extend(party.lines.iter().cloned());
    lines.extend(party.country.clone());
    lines.extend(party.tax_number.as_ref().map(|number| named(words.tax_number, number)));
    lines.extend(party.registration.as_ref().map(|text| named(words.registration, text)));
    lines.extend(party.email.clone());
    lines
}

fn facts(words: &Words, body: &Body) -> Vec<String> {
    let said = &body.content;
    let mut lines = vec![named(words.day, &words.date(&body.day))];
    lines.extend(
        said.corrects
            .as_ref()
            .map(|it| words.corrects.replace("{label}", &it.label).replace("{day}", &words.date(&it.day))),
    );
    lines.extend(said.order.as_ref().map(|number| named(words.order, number)));
    if let Some(transfer) = &said.transfer {
        lines.push(named(words.payout, &transfer.number));
        lines.extend(transfer.bank.as_ref().map(|bank| named(words.bank, bank)));
    }
    let done = if body.kind == Kind::PayoutStatement { words.sent } else { words.paid };
    lines.extend(said.paid.as_ref().map(|paid| named(done, &words.date(&paid.day))));
    lines
}

fn table(words: &Words, body: &Body) -> Block {
    let said = &body.content;
    let money = |amount| words.money(Money::new(amount, said.currency));
    // One of each says nothing.
    let counted = said.lines.iter().any(|line| line.quantity != 1);
    let row = |line: &Line| {
        let mut cells = vec![Cell::new(words.what(&line.what))];
        if counted {
            cells.push(Cell::end(line.quantity.to_string()));
            cells.push(Cell::end(line.unit.map(money).unwrap_or_default()));
        }
        cells.push(Cell::end(money(line.amount)));
        cells
    };
    let mut heads = vec![Cell::new(words.what)];
    if counted {
        heads.extend([Cell::end(words.quantity), Cell::end(words.each)]);
    }
    heads.push(Cell::end(words.amount));
    let mut feet = Vec::new();
    let sum = if body.kind == Kind::CreditNote { words.credited } else { words.total };
    feet.push(vec![Cell::end(sum).strong(), Cell::end(money(said.total)).strong()]);
    if !said.taxes.is_empty() {
        let net = said.total - said.tax().amount;
        feet.push(vec![Cell::end(words.net), Cell::end(money(net))]);
    }
    for tax in &said.taxes {
        let label = words
            .tax
            .replace("{rate}", &words.percent(tax.rate_ppm))
            .replace("{place}", &tax.place)
            .replace("{base}", &money(tax.base));
        feet.push(vec![Cell::end(label), Cell::end(money(tax.amount))]);
    }
    Block::Table { heads, rows: said.lines.iter().map(row).collect(), feet }
}
