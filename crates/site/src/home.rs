//! The home page: what one can find here, and how buying is kept safe.

use crate::{cards, urls, words};
use kernel::{Lang, Refusal};
use kit::answer::Answer;
use kit::links;
use kit::parts::frame::search_form;
use kit::parts::layout::Active;
use kit::parts::{Crumb, Empty, Page, empty, icon, icon_large, layout, link, shelf};
use kit::policy::Audience;
use kit::route::{Route, get};
use kit::visit::Visit;
use market::catalog::{Category, catalog};
use market::search::model::{Ask, Results, Sort};
use market::search::rules as search;
use maud::{Markup, html};

/// Listings in the row of the newest.
const NEWEST: usize = 12;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/", "home.show", show).audience(Audience::Everyone)]
}

async fn show(visit: Visit) -> Result<Answer, Answer> {
    let ask = Ask { sort: Sort::Newest, limit: NEWEST, facets: true, ..Ask::default() };
    let newest = search::find(&visit.app.market.engine, ask).await?;
    let pictures = has_pictures(&visit).await?;
    Ok(Answer::page(page(&visit, &newest, pictures)).cacheable(60))
}

/// Whether the operator has put drawings of the categories into the object store: all of them, or none.
async fn has_pictures(visit: &Visit) -> Result<bool, Refusal> {
    let Some(icon) = catalog().roots().find_map(|c| c.icon.as_deref()) else { return Ok(false) };
    Ok(visit.app.market.objects.has(&urls::drawing_key(icon)).await?)
}

fn page(visit: &Visit, newest: &Results, pictures: bool) -> Markup {
    let (say, brand) = (&visit.say, &visit.app.web.brand);
    let about = say.home_description(brand.name.as_str());
    let views: Vec<_> = newest.items.iter().map(|f| cards::card(visit, &f.card)).collect();
    let all = links::search().with("sort", "newest").to_string();
    let body = html! {
        (hero(visit, newest, pictures))
        (categories(visit, pictures))
        @if newest.filling { (cards::filling(say)) } @else if views.is_empty() { (nothing_yet(visit)) } @else {
            (shelf(say, "newest", &say.home_newest(), Some(&all), &views))
        }
        (pledges(visit))
    };
    layout(
        visit,
        Page::titled(say.home_title()).described(about).canonical(links::home()).at(Active::Home),
        body,
    )
}

fn hero(visit: &Visit, newest: &Results, pictures: bool) -> Markup {
    let say = &visit.say;
    // Four real things, as large as a thumbnail: nothing here is only for show.
    let photos: Vec<_> = newest.items.iter().filter_map(|f| f.card.photo.as_ref()).take(4).collect();
    html! {
        section.hero aria-labelledby="hero-title" {
            div.hero-text {
                h1 #hero-title { (say.home_title()) }
                p { (say.home_lead()) }
                (search_form(visit, "q2", "search large"))
                p.hero-hints {
                    @for hint in hints(visit, newest) { a href=(hint.href) { (hint.label) } }
                }
            }
            @if photos.len() < 4 && pictures {
                div class="hero-pics drawn" aria-hidden="true" {
                    @for icon in catalog().roots().filter_map(|c| c.icon.as_deref()).take(4) {
                        img src=(urls::drawing(icon)) alt="" width="256" height="256" decoding="async";
                    }
                }
            }
            @if photos.len() == 4 {
                div.hero-pics aria-hidden="true" {
                    @for thumb in photos {
                        @let view = kit::parts::PictureView::from(thumb);
                        img src=(view.src(480)) width=(view.width) height=(view.height) alt="" decoding="async";
                    }
                }
            }
        }
    }
}

/// Categories worth a look, of those roots that have something.
fn hints(visit: &Visit, newest: &Results) -> Vec<Crumb> {
    const WORTH_A_LOOK: [&str; 4] = ["sports.bikes", "home.furniture", "electronics.photo", "music"];
    let filled =
        |c: &&Category| newest.facets.categories.iter().any(|(root, _)| c.path().first() == Some(root));
    let found = WORTH_A_LOOK.iter().filter_map(|id| catalog().find(id)).filter(filled);
    found.map(|c| words::crumb(c, visit.say.lang())).collect()
}

fn categories(visit: &Visit, pictures: bool) -> Markup {
    html! {
        section aria-labelledby="cats" {
            h2 #cats { (visit.say.home_categories()) }
            ul.tiles role="list" { @for category in catalog().roots() { li { (tile(category, visit.say.lang(), pictures)) } } }
        }
    }
}

fn tile(category: &Category, lang: Lang, pictures: bool) -> Markup {
    let href = links::search().with("category", &category.id).to_string();
    html! {
        a.tile href=(href) {
            @match category.icon.as_deref().filter(|_| pictures) {
                Some(icon) => img src=(urls::drawing(icon)) alt="" width="96" height="96" loading="lazy";,
                None => (icon_large("tag")),
            }
            span { (category.name(lang)) }
        }
    }
}

fn nothing_yet(visit: &Visit) -> Markup {
    let say = &visit.say;
    html! {
        section.shelf {
            (empty(&Empty {
                icon: "box",
                title: say.home_empty_title(),
                text: say.home_empty_text(),
                action: Some(link(links::sell(), say.home_empty_action()).primary()),
            }))
        }
    }
}

fn pledges(visit: &Visit) -> Markup {
    let say = &visit.say;
    let steps = [
        ("search", say.home_step_find(), say.home_step_find_text()),
        ("lock", say.home_step_pay(), say.home_step_pay_text()),
        ("check", say.home_step_confirm(), say.home_step_confirm_text()),
    ];
    html! {
        section.pledges aria-label=(say.home_how()) {
            ul role="list" { @for (name, title, text) in &steps { li { (icon(name)) h2 { (title) } p { (text) } } } }
        }
    }
}
