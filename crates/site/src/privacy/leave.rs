//! Deleting the account: what happens to what, what is in the way, and taking it back.

use super::urls;
use crate::orders::words::state_name;
use axum::http::StatusCode;
use kernel::{FieldErrors, OrderId, Refusal, Wrong};
use kit::answer::Answer;
use kit::cookies::{Cookie, Name};
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Page, Tone, back, button, error_summary, form, form_acts, form_section, layout, link, notice, tick,
};
use kit::visit::{Holder, Visit};
use kit::{Flash, Typed};
use market::accounts::rules as accounts;
use market::privacy::leaving;
use market::privacy::model::Obstacles;
use maud::{Markup, html};
use time::Duration;

pub(super) async fn show(visit: Holder) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    // Staff without a second factor is staff all the same.
    let member = accounts::find(&mut reader, visit.member().id).await?.ok_or(Refusal::SignIn)?;
    if member.leaving.is_some() {
        return Ok(Answer::to(links::account_page("data")));
    }
    let obstacles = leaving::obstacles(&mut reader, &member).await?;
    Ok(Answer::page(page(&visit, &obstacles, &Filled::empty())))
}

pub(super) async fn ask(visit: Holder, typed: Typed) -> Result<Answer, Answer> {
    if !typed.ticked("sure") {
        let filled = typed.with(FieldErrors::one("sure", Wrong::Required));
        let page = page(&visit, &Obstacles::default(), &filled);
        return Ok(Answer::page_with(StatusCode::UNPROCESSABLE_ENTITY, page));
    }
    let grace = grace(&visit);
    let mut tx = visit.begin().await?;
    match leaving::ask(&mut tx, visit.member(), grace, &visit.client(), &visit.app.web.base_url).await {
        Err(Refusal::Conflict("leaving-obstacles")) => return Ok(Answer::to(urls::DELETE)),
        other => other?,
    }
    tx.commit().await?;
    let done = visit.say.leave_done(visit.say.date_time(visit.now + grace));
    Ok(Answer::to(links::home()).saying(Flash::ok(done)).with_cookie(Cookie::removed(Name::Session)))
}

pub(super) async fn take_back(visit: Holder) -> Result<Answer, Answer> {
    let mut tx = visit.begin().await?;
    leaving::take_back(&mut tx, visit.member(), &visit.client(), &visit.app.web.base_url).await?;
    tx.commit().await?;
    Ok(Answer::to(links::account()).saying(Flash::ok(visit.say.leave_undone())))
}

fn grace(visit: &Visit) -> Duration {
    Duration::days(i64::from(visit.app.market.config.market.deletion_days))
}

fn page(visit: &Visit, obstacles: &Obstacles, filled: &Filled) -> Markup {
    let say = &visit.say;
    let days = i64::from(visit.app.market.config.market.deletion_days);
    let body = html! {
        (back(&links::account_page("data"), &say.data_title()))
        div.head { div { h1 { (say.leave_title()) } p { (say.leave_lead()) } } }
        @if visit.suspended.is_some() {
            (notice(Tone::Plain, "", html! { (say.leave_suspended(leaving::SUSPENDED_MAX.whole_days())) }))
        }
        (error_summary(say, &filled.errors, &[("sure", say.leave_sure())]))
        (form_section("s-what", &say.leave_what(), None, html! {
            ul {
                li { (say.leave_what_hidden(days)) }
                li { (say.leave_what_listings()) }
                li { (say.leave_what_profile()) }
                li { (say.leave_what_orders()) }
                li { (say.leave_what_handle()) }
                li { (say.leave_what_copy()) " " a href=(links::account_page("data")) { (say.copy_title()) } }
            }
        }))
        @if obstacles.is_empty() {
            (form(visit, urls::DELETE, html! {
                (tick(filled, "sure", &say.leave_sure()))
                (form_acts(false, html! {
                    (button(say.leave_button()).danger())
                    (link(links::account_page("data"), say.sell_cancel()).quiet())
                }))
            }))
        } @else { (in_the_way(visit, obstacles)) }
    };
    let page = Page::titled(say.leave_title()).medium().noindex().at(Active::Account);
    layout(visit, page.with_errors(!filled.errors.is_empty()), body)
}

fn in_the_way(visit: &Visit, obstacles: &Obstacles) -> Markup {
    let say = &visit.say;
    html! {
        section.stack aria-labelledby="s-not-yet" {
            h2 #s-not-yet { (say.leave_not_yet()) }
            @if obstacles.is_disputed { (notice(Tone::Plain, "", html! { (say.leave_disputed()) })) }
            @if obstacles.is_staff { (notice(Tone::Plain, "", html! { (say.leave_staff()) })) }
            @if !obstacles.orders.is_empty() {
                p { (say.leave_orders()) }
                ul.rows-list role="list" {
                    @for order in &obstacles.orders {
                        @if !order.is_seen {
                            li { (say.leave_paid_now()) }
                        } @else {
                            (row(visit, order.id, &order.number, &state_name(say, &order.state)))
                        }
                    }
                }
            }
            @if !obstacles.money.is_empty() { (money(visit, obstacles)) } @else if obstacles.is_paid_out {
                p { (say.leave_paid_out()) }
            }
            @if !obstacles.owes.is_empty() {
                @let sums: Vec<String> = obstacles.owes.iter().map(|money| say.money(*money)).collect();
                (notice(Tone::Plain, &say.leave_owes(sums.join(" + ")), html! { (say.leave_owes_why()) }))
            }
        }
    }
}

/// What waits, where it comes from, and what one can do about it.
fn money(visit: &Visit, obstacles: &Obstacles) -> Markup {
    let say = &visit.say;
    let sums: Vec<String> = obstacles.money.iter().map(|money| say.money(*money)).collect();
    html! {
        (notice(Tone::Plain, &say.leave_money(sums.join(" + ")), html! { (say.leave_money_why()) }))
        @if !obstacles.sales.is_empty() {
            p { (say.leave_money_from()) }
            ul.rows-list role="list" {
                @for sale in &obstacles.sales { (row(visit, sale.id, &sale.number, &say.money(sale.part))) }
            }
        }
        p { (say.leave_money_how()) }
        ul {
            @if visit.is_signed_in() { li { a href=(links::payouts()) { (say.leave_money_payouts()) } } }
            li { a href=(links::account_page("data")) { (say.leave_money_copy()) } }
            @if visit.is_signed_in() {
                li { a href=(links::sell()) { (say.leave_money_sell()) } }
                li { a href=(links::account_page("profile")) { (say.leave_money_profile()) } }
            }
        }
    }
}

/// A deal. Who is suspended is told of it, and has no page of it.
fn row(visit: &Visit, id: OrderId, number: &str, hint: &str) -> Markup {
    let name = visit.say.order_number(number);
    html! {
        li {
            @if visit.is_signed_in() { a href=(links::order(id)) { (name) } } @else { span { (name) } }
            span.hint { (hint) }
        }
    }
}
