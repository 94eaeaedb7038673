//! For staff: what needs a person, jobs that gave up, orders, what providers told us, and the books.

mod jobs;
mod ledger;
mod orders;
mod overview;
mod payments;

use crate::deals::staff_page;
use kernel::Refusal;
use kit::parts::icon::icon;
use kit::parts::{Page, layout};
use kit::policy::{Audience, Object, Permission, Rate};
use kit::route::{Route, get, post};
use kit::visit::Visit;
use market::orders::overview as deals;
use market::payments::inbox;
use maud::{Markup, html};
use platform::Reader;

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let support = Audience::Staff(Permission::Support);
    let operate = Audience::Staff(Permission::Operate);
    vec![
        get("/admin", "admin.overview", overview::show).audience(support),
        get("/admin/orders", "admin.orders", orders::show).audience(support).object(Object::Order),
        get("/admin/jobs", "admin.jobs", jobs::show).audience(operate).object(Object::Job),
        post("/admin/jobs/{job}/retry", "admin.jobs.retry", jobs::retry)
            .audience(operate)
            .object(Object::Job),
        post("/admin/jobs/{job}/discard", "admin.jobs.discard", jobs::discard)
            .audience(operate)
            .object(Object::Job),
        get("/admin/payments", "admin.payments", payments::show).audience(operate).object(Object::Payment),
        // It reads every line of the ledger, so not as often as a page.
        get("/admin/ledger", "admin.ledger", ledger::show).audience(operate).rate(Rate::Money),
    ]
}

/// How much waits for a person.
#[derive(Clone, Copy, Debug)]
struct Counts {
    dead_jobs: i64,
    events: i64,
    orders: i64,
}

impl Counts {
    async fn load(reader: &mut Reader) -> Result<Self, Refusal> {
        Ok(Self {
            dead_jobs: platform::jobs::bury_count(reader).await?,
            events: inbox::waiting(reader).await?,
            orders: i64::try_from(deals::needing_staff(reader).await?.len()).unwrap_or(i64::MAX),
        })
    }
}

/// A page with the ways through the administration beside it. `here` is its name.
fn frame(visit: &Visit, counts: Counts, here: &str, (title, lead): (&str, &str), body: Markup) -> Markup {
    let say = &visit.say;
    let may = |permission: Permission| visit.member.as_ref().is_some_and(|m| permission.held_by(m));
    let pages = [
        ("", "grid", say.admin_overview(), 0, Permission::Support),
        ("orders", "box", say.admin_orders(), counts.orders, Permission::Support),
        ("jobs", "clock", say.admin_jobs(), counts.dead_jobs, Permission::Operate),
        ("payments", "card", say.admin_payments(), counts.events, Permission::Operate),
        ("ledger", "bank", say.admin_ledger(), 0, Permission::Operate),
    ];
    let body = html! {
        div.admin {
            nav.side-nav aria-label=(say.admin_nav()) {
                ul role="list" {
                    @for (name, sign, label, count, permission) in &pages {
                        @if may(*permission) {
                            li {
                                a href=(staff_page(name)) aria-current=[(*name == here).then_some("page")] {
                                    (icon(sign)) " " (label)
                                    @if *count > 0 { " " span.count { (say.number(*count)) } }
                                }
                            }
                        }
                    }
                }
            }
            div.stack {
                div.head { div { h1 { (title) } p { (lead) } } }
                (body)
            }
        }
    };
    layout(visit, Page::titled(title).noindex(), body)
}
