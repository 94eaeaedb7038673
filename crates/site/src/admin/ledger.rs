//! Whether the books are right: every invariant of the ledger, counted again from its lines.

use super::{Counts, frame};
use kernel::{Money, Say};
use kit::answer::Answer;
use kit::parts::{State, Tone, date_time, notice, panel, stats, status, table};
use kit::visit::{SignedIn, Visit};
use market::orders::overview as deals;
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let report = deals::books(&mut reader, &me.app.market.objects).await?;
    let say = &me.say;
    let verdict = match report.ok() {
        true => notice(Tone::Brand, &say.ledger_ok(), html! { (say.ledger_ok_text()) }),
        false => notice(Tone::Danger, &say.ledger_broken(), html! { (say.ledger_broken_text()) }),
    };
    let checks: Vec<_> =
        report.checks.iter().map(|c| (c.name.as_str(), c.ok, c.violations.as_slice())).collect();
    let totals: Vec<_> = report
        .totals
        .iter()
        .map(|t| [t.assets, t.liabilities, t.revenue, t.expenses].map(|sum| Money::new(sum, t.currency)))
        .collect();
    let moving: Vec<_> = report.in_transit.iter().map(|t| (t.account.as_str(), t.money, t.since)).collect();
    let body = html! {
        (verdict)
        (stats(&[(say.ledger_entries(), say.number(report.entries))]))
        p.hint { (say.ledger_at()) " " (date_time(say, report.at)) }
        (panel("checks", &say.ledger_checks(), invariants(say, &checks)))
        @if !totals.is_empty() { (panel("sums", &say.ledger_sums(), sums(say, &totals))) }
        @if !moving.is_empty() { (panel("moving", &say.ledger_moving(), transit(&me, &moving))) }
    };
    Ok(Answer::page(frame(&me, counts, "ledger", (&say.admin_ledger(), &say.admin_ledger_lead()), body)))
}

/// The checks by their names, which are English: they name what the code proves.
fn invariants(say: &Say, checks: &[(&str, bool, &[String])]) -> Markup {
    html! {
        ul.rows-list role="list" lang="en" {
            @for (name, ok, violations) in checks {
                li {
                    div {
                        p { (name) }
                        @if !violations.is_empty() { pre { @for line in *violations { (line) "\n" } } }
                    }
                    @if *ok { (status(State::Ok, &say.ledger_holds())) } @else { (status(State::Bad, &say.ledger_fails())) }
                }
            }
        }
    }
}

fn sums(say: &Say, totals: &[[Money; 4]]) -> Markup {
    let heads = [
        (say.ledger_currency(), false),
        (say.ledger_assets(), true),
        (say.ledger_liabilities(), true),
        (say.ledger_revenue(), true),
        (say.ledger_expenses(), true),
    ];
    table(
        "sums-table",
        &say.ledger_sums_table(),
        &heads,
        html! {
            @for row in totals {
                tr {
                    th scope="row" data-label=(heads[0].0) { (row[0].currency) }
                    @for (sum, (head, _)) in row.iter().zip(&heads[1..]) { td.num data-label=(head) { (say.money(*sum)) } }
                }
            }
        },
    )
}

/// Money on its way, which must go on.
fn transit(visit: &Visit, moving: &[(&str, Money, kernel::Moment)]) -> Markup {
    let say = &visit.say;
    let heads = [(say.ledger_account(), false), (say.ledger_since(), false), (say.ledger_amount(), true)];
    table(
        "moving-table",
        &say.ledger_moving_table(),
        &heads,
        html! {
            @for (account, money, since) in moving {
                tr {
                    th scope="row" data-label=(heads[0].0) { code { (account) } }
                    td data-label=(heads[1].0) { (date_time(say, *since)) }
                    td.num data-label=(heads[2].0) { (say.money(*money)) }
                }
            }
        },
    )
}
