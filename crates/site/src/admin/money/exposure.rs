//! What was sold in each place this year, and how much of its limit that is.

use kernel::{Money, Say};
use kit::parts::{panel, table};
use market::tax::exposure::{Reached, Sold};
use maud::{Markup, html};

/// The sales of a year, place by place.
pub(super) fn of_year(say: &Say, year: i32, all: &[Sold]) -> Markup {
    let year = year.to_string();
    panel(
        "exposure",
        &say.exposure(),
        html! {
            @if all.is_empty() { p { (say.exposure_none(year)) } }
            @else {
                p.hint { (say.exposure_text(year)) }
                (places(say, all))
            }
        },
    )
}

fn places(say: &Say, all: &[Sold]) -> Markup {
    let heads = [
        (say.tax_place(), false),
        (say.exposure_sold(), true),
        (say.exposure_orders(), true),
        (say.exposure_limit(), true),
        (say.exposure_reached(), true),
    ];
    table(
        "exposure-table",
        &say.exposure(),
        &heads,
        html! {
            @for it in all {
                tr {
                    th scope="row" data-label=(heads[0].0) { (it.place) }
                    td.num data-label=(heads[1].0) { (sums(say, &it.sales)) }
                    td.num data-label=(heads[2].0) { (say.number(it.orders)) }
                    @match &it.reached {
                        Some(reached) => {
                            td.num data-label=(heads[3].0) { (say.money(reached.limit)) }
                            td.num data-label=(heads[4].0) { (so_far(say, reached)) }
                        },
                        None => {
                            td.num data-label=(heads[3].0) { (say.exposure_no_limit()) }
                            td.num data-label=(heads[4].0) { "–" }
                        },
                    }
                }
            }
        },
    )
}

fn sums(say: &Say, sales: &[Money]) -> String {
    let sums: Vec<String> = sales.iter().map(|sold| say.money(*sold)).collect();
    sums.join(" + ")
}

/// "93 %, €9,300.00", and what is not in it.
fn so_far(say: &Say, reached: &Reached) -> Markup {
    html! {
        (say.exposure_so_far(reached.percent, say.money(reached.sum)))
        @if !reached.left_out.is_empty() { br; (say.exposure_left_out(sums(say, &reached.left_out))) }
    }
}
