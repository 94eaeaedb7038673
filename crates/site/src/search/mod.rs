//! Searching and browsing: one page for both, its whole state in its address.

mod ask;
mod active;
mod filters;
mod results;

use crate::words;
use ask::Asked;
use kernel::Refusal;
use kit::answer::Answer;
use kit::parts::layout::Active;
use kit::parts::{Page, crumbs, layout};
use kit::policy::{Audience, Rate};
use kit::route::{Route, get};
use kit::visit::Visit;
use market::search::model::{Ask, Results};
use market::search::rules as search;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    vec![get("/search", "search.show", show).audience(Audience::Everyone).rate(Rate::Search)]
}

async fn show(visit: Visit) -> Result<Answer, Answer> {
    let asked = Asked::read(visit.query(), visit.app.market.config.market.currency);
    let found = match search::find(&visit.app.market.engine, asked.ask.clone()).await {
        // A cursor of another search, or of an index that was rebuilt since: begin at the first page.
        Err(Refusal::Fields(_)) => return Ok(Answer::to(asked.link.without("cursor").to_string())),
        other => other?,
    };
    let ways_out = if found.total == 0 { ways_out(&visit, &asked).await? } else { Vec::new() };
    let piece = results::piece(&visit, &asked, &found, &ways_out);
    if visit.wants("results") {
        return Ok(Answer::page(piece));
    }
    let mut page = Page::titled(results::title(&visit.say, &asked))
        .described(results::description(&visit.say, &asked))
        .canonical(asked.canonical())
        .at(Active::Search);
    if asked.category.is_some() {
        page = page.crumbs(crumbs(&visit.say, &words::category_way(&visit.say, asked.category)));
    }
    if asked.is_filtered() {
        page = page.noindex();
    }
    Ok(Answer::page(layout(&visit, page, piece)).cacheable(30))
}

/// When nothing is found: which filter to leave out to find something, and how much there would be.
async fn ways_out(visit: &Visit, asked: &Asked) -> Result<Vec<(active::Filter, usize)>, Refusal> {
    /// More would be a list to read instead of a way out.
    const TRIED: usize = 6;
    let home = visit.app.market.config.market.currency;
    let mut out = Vec::new();
    for filter in active::filters(&visit.say, asked).into_iter().take(TRIED) {
        let without = Asked::read(filter.query(), home).ask;
        let counted = Ask { limit: 0, facets: false, ..without };
        let Results { total, .. } = search::find(&visit.app.market.engine, counted).await?;
        if total > 0 {
            out.push((filter, total));
        }
    }
    Ok(out)
}
