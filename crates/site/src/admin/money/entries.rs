//! Entries of the books, line by line: debits left, credits right.

use super::account;
use kernel::{Money, Say};
use kit::parts::{date_time, table};
use ledger::entry::Line;
use ledger::show::Booked;
use maud::{Markup, html};

/// Some entries with all their lines, in the order in which they came.
pub(super) fn list(say: &Say, booked: &[Booked]) -> Markup {
    if booked.is_empty() {
        return html! { p { (say.entries_none()) } };
    }
    let heads = [
        (say.entry(), false),
        (say.entry_at(), false),
        (say.ledger_account(), false),
        (say.entry_debit(), true),
        (say.entry_credit(), true),
    ];
    table(
        "entries-table",
        &say.entries(),
        &heads,
        html! {
            @for entry in booked {
                @for line in &entry.lines {
                    @let (debit, credit) = sides(say, line);
                    tr {
                        th scope="row" data-label=(heads[0].0) { (say.number(entry.entry.0)) " " code { (entry.kind) } }
                        td data-label=(heads[1].0) { (date_time(say, entry.at)) }
                        td.grow data-label=(heads[2].0) {
                            @let code = line.account.code(line.amount.currency);
                            a href=(account::path(&code)) { code { (code) } }
                        }
                        td.num data-label=(heads[3].0) { (debit) }
                        td.num data-label=(heads[4].0) { (credit) }
                    }
                }
            }
        },
    )
}

/// What stands left, and what stands right.
fn sides(say: &Say, Line { amount, .. }: &Line) -> (String, String) {
    let money = say.money(Money::new(amount.amount.saturating_abs(), amount.currency));
    if amount.amount > 0 { (money, String::new()) } else { (String::new(), money) }
}
