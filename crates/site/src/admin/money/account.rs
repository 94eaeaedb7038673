//! One account: what stands on it, and what moved it, page by page.

use super::{accounts, entries};
use crate::admin::{Counts, acts, frame};
use crate::deals::staff_page;
use kernel::{Currency, MemberId, OrderId, Refusal};
use kit::answer::Answer;
use kit::form::{Path, Query};
use kit::parts::{Facts, back, date_time, facts, pager, panel};
use kit::policy::Permission;
use kit::visit::SignedIn;
use ledger::books::{self, Standing};
use ledger::{Account, EntryId, OwnedBy, show as journal};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

pub(super) const PATH: &str = "/admin/accounts/{code}";
/// Entries on one page.
const PAGE: usize = 25;
/// Longer than any code of an account.
const CODE_MAX: usize = 160;

/// Codes are made of letters, digits and a few signs that stand in an address as they are.
pub(super) fn path(code: &str) -> String {
    format!("{}/{code}", staff_page("accounts"))
}

/// The account of a code, if the chart can have it.
pub(super) fn known(code: &str) -> Option<(Account, Currency)> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b':' | b'_' | b'-' | b'.');
    if code.len() <= CODE_MAX && code.bytes().all(is_plain) { Account::parse(code) } else { None }
}

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    before: Option<i64>,
}

pub(super) async fn show(
    me: SignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Answer, Answer> {
    let (account, _) = known(&code).ok_or(Refusal::NotFound)?;
    let mut reader = me.read().await?;
    let standing = books::find(&mut reader, &code).await?.ok_or(Refusal::NotFound)?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut booked = journal::of_account(&mut reader, &code, asked.before.map(EntryId), limit).await?;
    let has_more = booked.len() > PAGE;
    booked.truncate(PAGE);
    let last = booked.last().filter(|_| has_more);
    let next = last.map(|last| format!("{}?before={}", path(&code), last.entry.0));
    let first = asked.before.map(|_| path(&code));
    let say = &me.say;
    let body = html! {
        (back(&staff_page("accounts"), &say.admin_accounts()))
        (facts(&told(&me, &standing, &account)))
        (panel("entries", &say.entries(), entries::list(say, &booked)))
        (pager(say, first.as_deref(), next.as_deref()))
    };
    let lead = accounts::words(say, account.name());
    Ok(Answer::page(frame(&me, counts, "accounts", (&code, &lead), body)))
}

fn told(me: &SignedIn, standing: &Standing, account: &Account) -> Facts {
    let say = &me.say;
    let mut all: Facts = vec![
        (say.accounts_balance(), html! { (say.money(standing.money)) }),
        (say.accounts_opened(), date_time(say, standing.opened_at)),
    ];
    if let Some(owner) = account.owner() {
        all.push((say.accounts_whose(), whose(me, account.owned_by(), owner)));
    }
    if let Some(late) = account.late_after() {
        all.push((say.transit_late(), html! { (say.transit_after(late.whole_days())) }));
    }
    all
}

/// The order or member that an account is of, with the way there for who may go.
fn whose(me: &SignedIn, owned_by: OwnedBy, owner: Uuid) -> Markup {
    let may = |permission| me.member().may(permission);
    let way = match owned_by {
        OwnedBy::Order | OwnedBy::MemberOfOrder if may(Permission::OrdersSee) => {
            Some(super::order::path(OrderId(owner)))
        }
        OwnedBy::Member | OwnedBy::MemberAtProvider if may(Permission::MembersSee) => {
            Some(acts::path(MemberId(owner), ""))
        }
        OwnedBy::Member | OwnedBy::MemberAtProvider => Some(super::statement::path(MemberId(owner))),
        _ => None,
    };
    html! {
        @match way {
            Some(href) => a href=(href) { code { (owner) } },
            None => code { (owner) },
        }
    }
}
