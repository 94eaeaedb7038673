//! What the marketplace owes a seller, month by month: as a page, and as CSV.

use super::{accounts, order};
use crate::admin::{Counts, acts, frame_of};
use axum::http::{HeaderValue, StatusCode, header};
use kernel::{Currency, FieldErrors, MemberId, Moment, Refusal, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path, Query, Typed};
use kit::parts::form::get_form;
use kit::parts::{
    Facts, Opt, acts as buttons, button, date_time, error_summary, facts, link, select, table, text,
};
use kit::policy::Permission;
use kit::visit::SignedIn;
use ledger::statement::{self as seller, Statement, StatementLine};
use market::accounts::model::Member;
use market::accounts::rules as people;
use maud::{Markup, html};
use serde::Deserialize;
use std::fmt::Write as _;
use time::format_description::well_known::Rfc3339;
use time::{Date, Month};

pub(super) const PATH: &str = "/admin/members/{member}/statement";
/// What browsers call the file.
const SAVED_AS: &str = "attachment; filename=\"statement.csv\"";

pub(super) fn path(id: MemberId) -> String {
    acts::path(id, "statement")
}

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    currency: Option<String>,
    month: Option<String>,
    #[serde(rename = "as")]
    form: Option<String>,
}

/// One month of a seller in one currency.
struct Found {
    member: Member,
    currencies: Vec<Currency>,
    currency: Currency,
    month: Date,
    statement: Statement,
    counts: Counts,
}

pub(super) async fn show(
    me: SignedIn,
    Path(id): Path<MemberId>,
    Query(asked): Query<Asked>,
) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let member = people::find(&mut reader, id).await?.ok_or(Refusal::NotFound)?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let balances = ledger::balances_of_owner(&mut reader, id).await?;
    let mut currencies: Vec<Currency> = balances.iter().map(|balance| balance.money.currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let home = me.app.market.config.market.currency;
    let wanted = asked.currency.as_deref().and_then(|code| code.parse().ok());
    let currency = wanted.or_else(|| currencies.first().copied()).unwrap_or(home);
    if !currencies.contains(&currency) {
        currencies.push(currency);
    }
    let this_month = first_of(me.now.date());
    let typed = asked.month.unwrap_or_default();
    let read = if typed.is_empty() { Some(this_month) } else { month(&typed) };
    let month = read.unwrap_or(this_month);
    let (from, to) = (begin(month), begin(next(month)));
    let statement = seller::of_seller(&mut reader, id, currency, from, to).await?;
    let found = Found { member, currencies, currency, month, statement, counts };
    if asked.form.as_deref() == Some("csv") && read.is_some() {
        let file = Answer::file("text/csv; charset=utf-8", csv(&found));
        return Ok(file.header(header::CONTENT_DISPOSITION, HeaderValue::from_static(SAVED_AS)).secret());
    }
    let typed = if read.is_some() { name_of(month) } else { typed };
    let values = Typed::of([("month", typed), ("currency", currency.to_string())]);
    let (status, errors) = match read {
        Some(_) => (StatusCode::OK, FieldErrors::none()),
        None => (StatusCode::UNPROCESSABLE_ENTITY, FieldErrors::one("month", Wrong::Because("wrong-month"))),
    };
    Ok(Answer::page_with(status, page(&me, &found, &values.with(errors))).secret())
}

/// Reads "2026-03". `None` for anything else.
fn month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    let is_plain = year.len() == 4 && month.len() == 2;
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, 1).ok().filter(|_| is_plain)
}

fn first_of(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// The first day of the month after one.
fn next(first: Date) -> Date {
    let year = if first.month() == Month::December { first.year() + 1 } else { first.year() };
    Date::from_calendar_date(year, first.month().next(), 1).unwrap_or(Date::MAX)
}

fn begin(day: Date) -> Moment {
    day.midnight().assume_utc()
}

fn name_of(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), u8::from(month.month()))
}

fn page(me: &SignedIn, found: &Found, filled: &Filled) -> Markup {
    let (say, statement) = (&me.say, &found.statement);
    let id = found.member.id;
    let currencies = found.currencies.iter().map(|it| Opt::new(it, it.code())).collect();
    let csv = format!("{}?currency={}&month={}&as=csv", path(id), found.currency, name_of(found.month));
    let sums: Facts = vec![
        (say.statement_opening(), html! { (say.money(statement.opening)) }),
        (say.statement_closing(), html! { (say.money(statement.closing)) }),
    ];
    let body = html! {
        (error_summary(say, &filled.errors, &[("month", say.statement_month())]))
        (get_form(&path(id), Some("toolbar"), html! {
            (text(say, filled, "month", say.statement_month()).short().hint(say.statement_month_hint()).autocomplete("off"))
            (select(say, filled, "currency", say.ledger_currency(), currencies).short())
            (button(say.admin_order_find()))
        }))
        (facts(&sums))
        @if statement.lines.is_empty() { p { (say.statement_none()) } } @else { (list(me, &statement.lines)) }
        (buttons(html! { (link(csv, say.statement_csv())) }))
    };
    let title = say.statement_of(found.member.display_name.as_str());
    let heads = (title, say.statement_lead());
    frame_of(me, found.counts, "accounts", (&heads.0, &heads.1), !filled.errors.is_empty(), body)
}

fn list(me: &SignedIn, lines: &[StatementLine]) -> Markup {
    let say = &me.say;
    let heads = [
        (say.entry_at(), false),
        (say.entry(), false),
        (say.ledger_account(), false),
        (say.ledger_amount(), true),
    ];
    table(
        "statement-table",
        &say.statement_lines(),
        &heads,
        html! {
            @for line in lines {
                tr {
                    th scope="row" data-label=(heads[0].0) { (date_time(say, line.at)) }
                    td data-label=(heads[1].0) { (say.number(line.entry.0)) " " (what(me, line)) }
                    td.grow data-label=(heads[2].0) { (accounts::words(say, line.account.name())) }
                    td.num data-label=(heads[3].0) { (say.money(line.amount)) }
                }
            }
        },
    )
}

/// What it was, with the way to the order where it is of one.
fn what(me: &SignedIn, line: &StatementLine) -> Markup {
    let is_order = line.kind == "release" && me.member().may(Permission::OrdersSee);
    html! {
        @if is_order { a href=(order::path(line.subject.into())) { code { (line.kind) } } }
        @else { code { (line.kind) } }
    }
}

/// Amounts with a point and the currency's decimals, times in UTC; the first line is what stood there before.
fn csv(found: &Found) -> String {
    let Statement { opening, lines, closing } = &found.statement;
    let mut out = String::from("at,entry,kind,subject,account,amount,currency\r\n");
    let sum = |out: &mut String, at: Date, kind: &str, amount: &str| {
        let _ = write!(out, "{at}T00:00:00Z,,{kind},,,{amount},{}\r\n", found.currency);
    };
    sum(&mut out, found.month, "opening", &opening.decimal());
    for line in lines {
        let at = line.at.format(&Rfc3339).unwrap_or_default();
        let (entry, account, amount) = (line.entry.0, line.account.name(), line.amount.decimal());
        let _ = write!(
            out,
            "{at},{entry},{},{},{account},{amount},{}\r\n",
            line.kind, line.subject, found.currency
        );
    }
    sum(&mut out, next(found.month), "closing", &closing.decimal());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_month_is_read_and_followed_by_another() {
        assert_eq!(month("2026-12"), Some(date!(2026 - 12 - 01)));
        assert_eq!(next(date!(2026 - 12 - 01)), date!(2027 - 01 - 01));
        assert_eq!(next(date!(2026 - 02 - 01)), date!(2026 - 03 - 01));
        assert_eq!(
            (name_of(date!(2026 - 03 - 01)), first_of(date!(2026 - 03 - 31))),
            ("2026-03".to_owned(), date!(2026 - 03 - 01))
        );
        for text in ["", "2026", "2026-13", "2026-3", "26-03", "2026-03-01", "x"] {
            assert_eq!(month(text), None, "{text}");
        }
    }
}
