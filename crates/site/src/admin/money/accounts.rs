//! The books, sort by sort; one sort's accounts; and finding an account, an order or a member.

use super::{account, order, statement};
use crate::admin::{Counts, frame};
use crate::deals::{key, staff_page};
use axum::http::StatusCode;
use kernel::{Currency, FieldErrors, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Query, Typed};
use kit::parts::form::get_form;
use kit::parts::{back, button, date_time, pager, table, text};
use kit::policy::Permission;
use kit::visit::SignedIn;
use ledger::books::{self, Standing, Sum};
use market::accounts::rules as people;
use market::orders::overview as deals;
use maud::{Markup, html};
use platform::Reader;
use serde::Deserialize;

/// Accounts on one page.
const PAGE: usize = 50;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    q: Option<String>,
    name: Option<String>,
    currency: Option<String>,
    before: Option<i64>,
}

pub(super) async fn show(me: SignedIn, Query(asked): Query<Asked>) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let wanted = asked.q.as_deref().unwrap_or_default().trim().to_owned();
    if !wanted.is_empty()
        && let Some(way) = find(&mut reader, &me, &wanted).await?
    {
        return Ok(Answer::to(way));
    }
    let counts = Counts::load(&mut reader, me.member()).await?;
    let say = &me.say;
    let currency = asked.currency.as_deref().and_then(|code| code.parse::<Currency>().ok());
    let body = match (asked.name.as_deref().filter(|name| is_name(name)), currency) {
        (Some(name), Some(currency)) => {
            let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
            let found = books::holding(&mut reader, name, currency, asked.before, limit).await?;
            of_sort(say, name, currency, found)
        }
        _ => {
            let (status, errors) = match wanted.is_empty() {
                true => (StatusCode::OK, FieldErrors::none()),
                false => (StatusCode::NOT_FOUND, FieldErrors::one("q", Wrong::Because("accounts-unknown"))),
            };
            let sums = books::sums(&mut reader).await?;
            let filled = Typed::of([("q", wanted)]).with(errors);
            let body = all(say, &filled, &sums);
            let heads = (say.admin_accounts(), say.admin_accounts_lead());
            let page = frame(&me, counts, "accounts", (&heads.0, &heads.1), body);
            return Ok(Answer::page_with(status, page));
        }
    };
    let heads = (say.admin_accounts(), say.admin_accounts_lead());
    Ok(Answer::page(frame(&me, counts, "accounts", (&heads.0, &heads.1), body)))
}

/// Letter and name, as the chart writes them.
fn is_name(name: &str) -> bool {
    name.len() < 40 && name.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b':'))
}

/// Where something is looked at: an account by its code, a seller by their handle, an order by its number.
async fn find(reader: &mut Reader, me: &SignedIn, wanted: &str) -> Result<Option<String>, Refusal> {
    if account::known(wanted).is_some() && books::find(reader, wanted).await?.is_some() {
        return Ok(Some(account::path(wanted)));
    }
    if let Some(handle) = wanted.strip_prefix('@').filter(|it| it.bytes().all(|b| b.is_ascii_graphic())) {
        return match people::by_handle(reader, handle).await {
            Ok(member) => Ok(Some(statement::path(member.id))),
            Err(Refusal::NotFound) => Ok(None),
            Err(other) => Err(other),
        };
    }
    match me.member().may(Permission::OrdersSee) {
        true => Ok(deals::find(reader, wanted).await?.map(order::path)),
        false => Ok(None),
    }
}

fn all(say: &Say, filled: &Filled, sums: &[Sum]) -> Markup {
    html! {
        (get_form(&staff_page("accounts"), Some("toolbar"), html! {
            (text(say, filled, "q", say.accounts_find()).hint(say.accounts_find_hint()).autocomplete("off"))
            (button(say.admin_order_find()))
        }))
        @if sums.is_empty() { p { (say.accounts_none()) } } @else { (list(say, sums)) }
    }
}

/// What a sort of accounts holds, in words.
pub(super) fn words(say: &Say, name: &str) -> String {
    say.by_key(&key("account", &name.replace(':', "-").to_ascii_lowercase()))
}

fn list(say: &Say, sums: &[Sum]) -> Markup {
    let heads = [
        (say.ledger_account(), false),
        (say.accounts_what(), false),
        (say.accounts_holding(), true),
        (say.ledger_amount(), true),
    ];
    table(
        "accounts-table",
        &say.admin_accounts(),
        &heads,
        html! {
            @for sum in sums {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(sort(&sum.name, sum.money.currency, None)) { code { (sum.name) } " " (sum.money.currency) }
                    }
                    td.grow data-label=(heads[1].0) { (words(say, &sum.name)) }
                    td.num data-label=(heads[2].0) { (say.accounts_of(say.number(sum.accounts), say.number(sum.holding))) }
                    td.num data-label=(heads[3].0) { (say.money(sum.money)) }
                }
            }
        },
    )
}

/// The accounts of one sort.
fn sort(name: &str, currency: Currency, before: Option<i64>) -> String {
    let more = before.map(|id| format!("&before={id}")).unwrap_or_default();
    format!("{}?name={name}&currency={currency}{more}", staff_page("accounts"))
}

fn of_sort(say: &Say, name: &str, currency: Currency, mut found: Vec<Standing>) -> Markup {
    let has_more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| has_more).map(|last| sort(name, currency, Some(last.id)));
    let heads = [(say.ledger_account(), false), (say.accounts_opened(), false), (say.ledger_amount(), true)];
    html! {
        (back(&staff_page("accounts"), &say.admin_accounts()))
        h2 { code { (name) } " " (currency) }
        p { (words(say, name)) }
        @if found.is_empty() { p { (say.accounts_empty()) } } @else {
            (table("sort-table", name, &heads, html! {
                @for it in &found {
                    tr {
                        th scope="row" data-label=(heads[0].0) { a href=(account::path(&it.code)) { code { (it.code) } } }
                        td data-label=(heads[1].0) { (date_time(say, it.opened_at)) }
                        td.num data-label=(heads[2].0) { (say.money(it.money)) }
                    }
                }
            }))
        }
        (pager(say, None, next.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_has_its_words() {
        let id = uuid::Uuid::nil();
        let place = kernel::TaxPlace::parse("DE").unwrap();
        for account in ledger::accounts::one_of_each(id.into(), id.into(), id.into(), place, "sandbox") {
            let (name, say) = (account.name(), Say::new(kernel::Lang::EN));
            assert!(is_name(name), "{name}");
            let key = key("account", &name.replace(':', "-").to_ascii_lowercase());
            assert!(Say::knows(&key) && !words(&say, name).is_empty(), "{key}");
        }
    }
}
