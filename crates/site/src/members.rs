//! A member's page: who they are and what they offer.

use crate::cards;
use axum::http::StatusCode;
use kernel::{Cursor, Refusal};
use kit::answer::Answer;
use kit::form::{Path, Query};
use kit::links;
use kit::parts::people::{PersonView, avatar};
use kit::parts::{Empty, Page, acts, empty, layout, link, stats};
use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get};
use kit::visit::Visit;
use market::accounts::handles;
use market::accounts::model::Member;
use market::accounts::rules as accounts;
use market::search::model::{Ask, Results, Sort};
use market::search::rules as search;
use maud::{Markup, html};
use serde::Deserialize;

/// Listings on one page.
const PAGE: usize = 24;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let show = get("/members/{handle}", "members.show", show);
    vec![show.audience(Audience::Everyone).object(Object::Member).rate(Rate::Search)]
}

#[derive(Deserialize, Default)]
struct Asked {
    cursor: Option<String>,
}

async fn show(
    visit: Visit,
    Path(handle): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Answer, Answer> {
    let mut reader = visit.read().await?;
    let member = match accounts::by_handle(&mut reader, &handle).await {
        Err(Refusal::NotFound) => {
            let now = handles::moved_to(&mut reader, &handle).await?.ok_or(Refusal::NotFound)?;
            // For a year only: then the old handle may be somebody else's.
            return Ok(Answer::to(links::member(&now)).status(StatusCode::MOVED_PERMANENTLY));
        }
        found => found?,
    };
    drop(reader);
    if member.handle != handle {
        return Ok(Answer::moved(links::member(&member.handle)));
    }
    let ask = Ask {
        seller: Some(member.handle.clone()),
        sort: Sort::Newest,
        limit: PAGE,
        after: asked.cursor.map(Cursor),
        ..Ask::default()
    };
    let offered = match search::find(&visit.app.market.engine, ask).await {
        Err(Refusal::Fields(_)) => return Ok(Answer::to(links::member(&member.handle))),
        other => other?,
    };
    Ok(Answer::page(page(&visit, &member, &offered)).cacheable(30))
}

/// What others see of a member.
pub(crate) fn person(member: &Member) -> PersonView {
    PersonView {
        // There is no page of who has left.
        handle: if member.is_gone() { String::new() } else { member.handle.clone() },
        name: member.display_name.clone(),
        avatar: member.avatar.clone(),
        sales: None,
        since: Some(member.created_at.year()),
    }
}

fn page(visit: &Visit, member: &Member, offered: &Results) -> Markup {
    let say = &visit.say;
    let name = member.display_name.as_str();
    let views: Vec<_> = offered.items.iter().map(|f| cards::card(visit, &f.card)).collect();
    let body = html! {
        (head(visit, member))
        (stats(&[
            (say.member_listings(), say.number(i64::try_from(offered.total).unwrap_or(i64::MAX))),
            (say.member_since(), say.date(member.created_at)),
        ]))
        section aria-labelledby="offered" {
            div.head { div { h2 #offered { (say.member_offers(name)) } } }
            @if views.is_empty() { (nothing(visit, member)) } @else { (card_grid_below(visit, &views)) }
            (next(visit, member, offered))
        }
    };
    let page = Page::titled(say.member_title(name))
        .described(say.member_description(name))
        .canonical(links::member(&member.handle));
    layout(visit, page, body)
}

/// Cards under a heading of the second level.
fn card_grid_below(visit: &Visit, views: &[kit::parts::CardView]) -> Markup {
    use kit::parts::card::{Level, card};
    html! { ul.grid role="list" { @for (n, view) in views.iter().enumerate() { (card(&visit.say, view, Level::Three, n)) } } }
}

fn head(visit: &Visit, member: &Member) -> Markup {
    let say = &visit.say;
    let place =
        member.town.as_ref().zip(member.country.as_ref()).map(|(town, country)| format!("{town}, {country}"));
    html! {
        section.profile {
            (avatar(&person(member), true))
            div {
                h1 { bdi { (member.display_name) } }
                p.meta {
                    span { "@" (member.handle) }
                    @if let Some(place) = place { span { (place) } }
                }
                @if !member.bio.is_empty() { p.profile-about { (member.bio) } }
            }
            @if visit.is(member.id) {
                (acts(html! { (link(links::account_page("profile"), say.member_edit()).icon("edit")) }))
            }
        }
    }
}

fn nothing(visit: &Visit, member: &Member) -> Markup {
    let say = &visit.say;
    let mine = visit.is(member.id);
    empty(&Empty {
        icon: "box",
        title: if mine { say.member_nothing_mine() } else { say.member_nothing() },
        text: if mine { say.member_nothing_mine_text() } else { say.member_nothing_text() },
        action: Some(match mine {
            true => link(links::sell(), say.sell_something()).primary(),
            false => link(links::search().to_string(), say.find_see_all()).primary(),
        }),
    })
}

fn next(visit: &Visit, member: &Member, offered: &Results) -> Markup {
    let say = &visit.say;
    let cursor = |c: &Cursor| {
        links::search().after(&c.0).to_string().replacen("/search", &links::member(&member.handle), 1)
    };
    html! {
        @if let Some(at) = &offered.next {
            nav.pager aria-label=(say.nav_pages()) {
                (link(cursor(at), say.nav_next()).icon_end("chevron-end").rel("next"))
            }
        }
    }
}
