//! Pages about the marketplace itself: what it is, what it costs, its limits, its API, whose work is in it.

mod limits;

use kernel::Money;
use kit::answer::{Answer, Denied};
use kit::links;
use kit::parts::{Page, acts, layout, link};
use kit::policy::Audience;
use kit::route::{Route, get};
use kit::visit::Visit;
use market::apikeys::model::Scope;
use maud::{Markup, html};

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/about", "about.show", show).audience(Audience::Everyone),
        get("/about/limits", "about.limits", limits::show).audience(Audience::Everyone),
        get("/about/api", "about.api", api).audience(Audience::Everyone),
        get("/about/credits", "about.credits", credits).audience(Audience::Everyone),
    ]
}

/// A page of running text.
pub(super) fn text(visit: &Visit, path: &str, title: &str, lead: &str, body: Markup) -> Answer {
    let body = html! {
        div.head { div { h1 { (title) } p { (lead) } } }
        div.prose { (body) }
    };
    let page = Page::titled(title).described(lead).canonical(path).medium();
    Answer::page(layout(visit, page, body)).cacheable(3600)
}

async fn show(visit: Visit) -> Answer {
    let (say, market) = (&visit.say, &visit.app.market.config.market);
    let name = visit.app.web.brand.name.as_str();
    let fixed = say.money(Money::new(market.buyer_fee_fixed, market.currency));
    let body = html! {
        h2 { (say.about_safe()) }
        ol {
            li { (say.about_safe_pay()) }
            li { (say.about_safe_send()) }
            li { (say.about_safe_check()) }
            li { (say.about_safe_release()) }
        }
        p { (say.about_silence()) }
        h2 { (say.about_costs()) }
        ul {
            li { (say.about_costs_listing()) }
            li { (say.about_costs_buyer(fixed, percent(&visit, market.buyer_fee_bp))) }
            li { (say.about_costs_seller(percent(&visit, market.commission_bp))) }
        }
        h2 { (say.about_trade()) }
        p { (say.about_trade_text()) }
        h2 { (say.about_privacy()) }
        p { (say.about_privacy_text()) }
        (acts(html! {
            (link(links::search().to_string(), say.find_see_all()).primary())
            (link(links::sell(), say.sell_something()))
        }))
    };
    text(&visit, &links::about(), &say.about_title(name), &say.about_lead(), body)
}

/// "8", "2.5": basis points as the number before a percent sign.
fn percent(visit: &Visit, basis_points: i64) -> String {
    let whole = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    visit.say.decimal(whole.trim_end_matches('0').trim_end_matches('.'))
}

async fn api(visit: Visit) -> Answer {
    let say = &visit.say;
    let base = visit.app.web.absolute("/api/v1");
    let body = html! {
        p { (say.about_api_base()) " " code { (base) } }
        p { (say.about_api_description()) " " a href="/api/v1/openapi.json" { "/api/v1/openapi.json" } }
        h2 { (say.about_api_sign_in()) }
        p { (say.about_api_sign_in_text()) }
        h2 { (say.about_api_scopes()) }
        p { (say.about_api_scopes_text()) " " a href=(links::api_keys()) { (say.keys_title()) } }
        ul { @for scope in Scope::ALL { li { code { (scope.name()) } " – " (scope.title(say)) } } }
        h2 { (say.about_api_rules()) }
        ul {
            li { (say.about_api_money()) }
            li { (say.about_api_lists()) }
            li { (say.about_api_errors()) }
            li { (say.about_api_keys()) }
        }
        h2 { (say.about_api_problems()) }
        p { (say.about_api_problems_text()) }
        dl {
            @for problem in Denied::every_kind() {
                dt id=(problem.kind()) { code { (problem.kind()) } " – " (problem.status().as_u16()) " – " (problem.title(say)) }
                dd { (problem.general_text(say)) }
            }
            @for kind in [Denied::WEBHOOK_NOT_BELIEVED, Denied::SIGN_IN_FAILED, Denied::SECOND_FACTOR, Denied::PUZZLE] {
                dt id=(kind.name) { code { (kind.name) } " – " (kind.status) " – " (say.by_key(kind.title)) }
                dd { (say.by_key(kind.text)) }
            }
        }
        p { a href=(links::about_page("limits")) { (say.limits_title()) } }
    };
    text(&visit, &links::about_page("api"), &say.about_api_title(), &say.about_api_lead(), body)
}

async fn credits(visit: Visit) -> Answer {
    let say = &visit.say;
    let body = html! {
        h2 { (say.credits_pictures()) }
        p { (say.credits_pictures_text()) }
        h2 { (say.credits_towns()) }
        p { (say.credits_towns_text()) }
        h2 { (say.credits_places()) }
        p {
            (say.credits_places_text())
            @if let Some(credit) = visit.app.web.atlas.credit() { " " a href=(credit.url) { (credit.words) } }
        }
        h2 { (say.credits_fonts()) }
        p { (say.credits_fonts_text()) }
        h2 { (say.credits_software()) }
        p { (say.credits_software_text()) }
        ul {
            @for (name, what) in SOFTWARE { li { b { (name) } " – " (what) } }
        }
    };
    text(&visit, &links::about_page("credits"), &say.credits_title(), &say.credits_lead(), body)
}

/// The largest of the programs and libraries that are built in or beside it: name and licence.
const SOFTWARE: [(&str, &str); 12] = [
    ("PostgreSQL", "PostgreSQL License"),
    ("Tokio, Hyper, Tower, axum", "MIT"),
    ("SQLx", "MIT / Apache-2.0"),
    ("Tantivy", "MIT"),
    ("maud", "MIT / Apache-2.0"),
    ("Fluent", "Apache-2.0 / MIT"),
    ("rustls, ring", "Apache-2.0 / ISC / MIT"),
    ("RustCrypto", "MIT / Apache-2.0"),
    ("image, fast_image_resize", "MIT / Apache-2.0"),
    ("libwebp", "BSD-3-Clause"),
    ("object_store", "MIT / Apache-2.0"),
    ("lettre", "MIT"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_name_each_work_once() {
        let mut names: Vec<&str> = SOFTWARE.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SOFTWARE.len());
    }
}
