//! What crawlers ask for: which pages there are and which are nobody's business.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use kernel::Moment;
use kit::answer::Answer;
use kit::app::App;
use kit::links;
use kit::policy::{Audience, Rate};
use kit::route::{Route, get};
use market::catalog::catalog;
use market::search::model::{Ask, Sort};
use market::search::rules as search;
use std::fmt::Write as _;

/// Listings named in the map, the newest first. Older ones are found through the pages of their categories.
const LISTINGS_MAX: usize = 1000;

/// The routes of this module. They are plain.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/robots.txt", "sitemap.robots", robots).audience(Audience::Everyone).rate(Rate::Plain),
        get("/sitemap.xml", "sitemap.show", sitemap).audience(Audience::Everyone).rate(Rate::Search),
    ]
}

/// Private pages and endless combinations of filters are not worth a crawler's time.
async fn robots(State(app): State<App>) -> Answer {
    let map = app.web.absolute("/sitemap.xml");
    let text = format!(
        "User-agent: *\n\
         Disallow: /account\nDisallow: /admin\nDisallow: /api/\nDisallow: /cart\nDisallow: /checkout\n\
         Disallow: /orders\nDisallow: /preferences\nDisallow: /register\nDisallow: /reset\nDisallow: /sell\n\
         Disallow: /sign-in\nDisallow: /verify\nDisallow: /search?*cursor=\nDisallow: /search?*q=\n\
         \nSitemap: {map}\n"
    );
    Answer::file("text/plain; charset=utf-8", text)
        .header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"))
}

async fn sitemap(State(app): State<App>) -> Result<Answer, Answer> {
    let ask = Ask { sort: Sort::Newest, limit: LISTINGS_MAX, ..Ask::default() };
    let found = search::find(&app.market.engine, ask).await?;
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    let mut add = |path: &str, changed: Option<Moment>| {
        let url = escaped(&app.web.absolute(path));
        let date = changed.map(|at| format!("<lastmod>{}</lastmod>", at.date())).unwrap_or_default();
        let _ = writeln!(out, "<url><loc>{url}</loc>{date}</url>");
    };
    add(&links::home(), None);
    add(&links::about(), None);
    for category in catalog().all() {
        add(&links::search().with("category", &category.id).to_string(), None);
    }
    for item in &found.items {
        add(&links::listing(&item.card.slug, item.card.id), Some(item.card.published()));
    }
    out.push_str("</urlset>\n");
    Ok(Answer::file("application/xml; charset=utf-8", out)
        .header(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")))
}

/// For text in XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_valid_xml() {
        assert_eq!(escaped("/search?a=1&b=<2>"), "/search?a=1&amp;b=&lt;2&gt;");
    }
}
