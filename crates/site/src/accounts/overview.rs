//! One's own account: where everything is, how the address stands, and the language.

use crate::preferences;
use crate::security::line;
use kit::answer::Answer;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{Page, Tone, back, button, layout, notice, post};
use kit::visit::{SignedIn, Visit};
use market::accounts::model::Member;
use market::permissions::Permission;
use maud::{Markup, html};

pub(super) async fn show(visit: SignedIn) -> Answer {
    Answer::page(page(&visit, visit.member()))
}

/// The language and the colours, which visitors find below every page.
pub(super) async fn language(visit: SignedIn) -> Answer {
    let say = &visit.say;
    let body = html! {
        (back(&links::account(), &say.account_title()))
        div.head { div { h1 { (say.language_title()) } p { (say.language_lead()) } } }
        (preferences::form_of(&visit, &links::account()))
    };
    Answer::page(layout(
        &visit,
        Page::titled(say.language_title()).medium().noindex().at(Active::Account),
        body,
    ))
}

fn page(visit: &Visit, member: &Member) -> Markup {
    let say = &visit.say;
    let body = html! {
        div.head { div { h1 { (say.account_title()) } p { (member.email) } } }
        @if !member.verified { (unverified(visit)) }
        section aria-labelledby="s-trade" {
            h2 #s-trade { (say.account_trading()) }
            ul.settings role="list" {
                (line(&links::orders(), "box", &say.account_orders(), &say.account_orders_hint()))
                (line(&links::sales(), "truck", &say.nav_sales(), &say.account_sales_hint()))
                (line(&links::documents(), "receipt", &say.documents_title(), &say.documents_hint()))
                (line(&links::sell(), "tag", &say.sell_mine(), &say.account_listings_hint()))
                (line(&links::payouts(), "card", &say.payouts_title(), &say.payouts_hint()))
                (line(&links::account_page("bank"), "bank", &say.banks_title(), &say.banks_hint()))
            }
        }
        section aria-labelledby="s-account" {
            h2 #s-account { (say.account_settings()) }
            ul.settings role="list" {
                (line(&links::account_page("profile"), "user", &say.profile_title(), &member.display_name))
                (line(&links::security(), "lock", &say.security_title(), &say.account_security_hint()))
                (line(&links::account_page("data"), "copy", &say.data_title(), &say.data_hint()))
                (line(&links::account_page("language"), "globe", &say.language_title(), &say.lang().name()))
            }
        }
        @if member.may(Permission::AdminSee) {
            section aria-labelledby="s-staff" {
                h2 #s-staff { (say.account_staff()) }
                ul.settings role="list" {
                    (line(&links::staff(), "shield", &say.admin_nav(), &say.admin_overview_lead()))
                }
            }
        }
    };
    layout(visit, Page::titled(say.account_title()).medium().noindex().at(Active::Account), body)
}

fn unverified(visit: &Visit) -> Markup {
    let say = &visit.say;
    html! {
        section {
            div.stack {
                (notice(Tone::Plain, &say.account_unverified(), html! { (say.account_unverified_text()) }))
                (post(visit, &links::verify_again(), None, html! { (button(say.account_verify_again())) }))
            }
        }
    }
}
