//! Money on its way and how long it has been, whether providers hold what is owed, and the chain over the books.

use super::account;
use crate::admin::{Counts, frame};
use crate::deals::staff_page;
use kernel::{Money, Say};
use kit::answer::Answer;
use kit::parts::{Facts, State, date_time, facts, panel, status, table};
use kit::visit::SignedIn;
use ledger::Account;
use ledger::seal::{self, Anchor};
use ledger::verify::{InTransit, in_transit};
use market::reconciliation::solvency::{self, Standing};
use maud::{Markup, html};
use time::Duration;

pub(super) fn path() -> String {
    staff_page("transit")
}

/// How the chain stands.
struct Chain {
    head: Option<Anchor>,
    waiting: i64,
    anchor: Option<Anchor>,
    /// What contradicts the anchor, in English.
    faults: Vec<String>,
}

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let moving = in_transit(&mut reader).await?;
    let covers = solvency::standing(&mut reader).await?;
    let objects = &me.app.market.objects;
    let chain = Chain {
        head: seal::head(&mut reader).await?,
        waiting: seal::waiting(&mut reader).await?,
        anchor: seal::kept(objects).await?,
        faults: seal::against_anchor(&mut reader, objects).await?,
    };
    let say = &me.say;
    let body = html! {
        (panel("moving", &say.ledger_moving(), ages(&me, &moving)))
        (panel("cover", &say.cover(), html! {
            p.hint { (say.cover_text()) }
            @if covers.is_empty() { p { (say.accounts_none()) } } @else { (cover_table(say, &covers)) }
        }))
        (panel("seal", &say.seal(), html! {
            p.hint { (say.seal_text()) }
            (facts(&chain_facts(say, &chain)))
        }))
    };
    let heads = (say.admin_transit(), say.admin_transit_lead());
    Ok(Answer::page(frame(&me, counts, "transit", (&heads.0, &heads.1), body)))
}

fn ages(me: &SignedIn, moving: &[InTransit]) -> Markup {
    let say = &me.say;
    if moving.is_empty() {
        return html! { p { (say.transit_none()) } };
    }
    let heads = [
        (say.ledger_account(), false),
        (say.ledger_since(), false),
        (say.transit_age(), false),
        (say.ledger_amount(), true),
    ];
    table(
        "moving-table",
        &say.ledger_moving_table(),
        &heads,
        html! {
            @for it in moving {
                @let age = me.now - it.since;
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(account::path(&it.account)) { code { (it.account) } }
                    }
                    td data-label=(heads[1].0) { (date_time(say, it.since)) }
                    td data-label=(heads[2].0) { (age_of(say, &it.account, age)) }
                    td.num data-label=(heads[3].0) { (say.money(it.money)) }
                }
            }
        },
    )
}

/// How long it has been there, and whether that is too long.
fn age_of(say: &Say, code: &str, age: Duration) -> Markup {
    let late = Account::parse(code).and_then(|(account, _)| account.late_after());
    let words = say.transit_days(age.whole_days().max(0));
    match late {
        Some(late) if age > late => status(State::Bad, &say.transit_days_late(words, late.whole_days())),
        _ => status(State::Ok, &words),
    }
}

fn cover_table(say: &Say, covers: &[Standing]) -> Markup {
    let heads = [
        (say.ledger_currency(), false),
        (say.cover_held(), true),
        (say.cover_owed(), true),
        (say.cover_margin(), true),
        (say.cover_ahead(), true),
        (say.cover_takeable(), true),
    ];
    table(
        "cover-table",
        &say.cover_table(),
        &heads,
        html! {
            @for standing in covers {
                @let (it, ahead) = (&standing.cover, standing.ahead);
                @let sum = |amount| say.money(Money::new(amount, it.currency));
                tr {
                    th scope="row" data-label=(heads[0].0) { (it.currency) }
                    td.num data-label=(heads[1].0) { (sum(it.held)) }
                    td.num data-label=(heads[2].0) { (sum(it.owed)) }
                    td.num data-label=(heads[3].0) {
                        @if it.margin().amount + ahead < 0 { (status(State::Bad, &say.money(it.margin()))) }
                        @else { (say.money(it.margin())) }
                    }
                    td.num data-label=(heads[4].0) { (sum(ahead)) }
                    td.num data-label=(heads[5].0) { (sum(it.takeable().amount)) }
                }
            }
        },
    )
}

fn chain_facts(say: &Say, chain: &Chain) -> Facts {
    let link = |it: &Anchor| html! { (say.number(it.n)) ": " code { (it.hash) } };
    let none = || html! { (say.seal_none()) };
    let mut all: Facts = vec![
        (say.seal_head(), chain.head.as_ref().map_or_else(none, link)),
        (say.seal_waiting(), html! { (say.number(chain.waiting)) }),
        (say.seal_anchor(), chain.anchor.as_ref().map_or_else(none, link)),
    ];
    let verdict = match (chain.faults.as_slice(), &chain.anchor) {
        ([], None) => return all,
        ([], Some(_)) => status(State::Ok, &say.seal_holds()),
        (faults, _) => html! {
            (status(State::Bad, &say.seal_fails()))
            pre lang="en" { @for line in faults { (line) "\n" } }
        },
    };
    all.push((say.seal_verdict(), verdict));
    all
}
