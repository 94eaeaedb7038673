//! Top bar, footer and tab bar: what stands around every page.

use super::form::post;
use super::icon::{icon, mark};
use super::layout::Active;
use crate::links;
use crate::theme::Theme;
use crate::visit::Visit;
use kernel::Lang;
use maud::{Markup, html};

fn here(active: Active, at: Active) -> Option<&'static str> {
    (active == at).then_some("page")
}

/// Says on every page that no money moves.
pub(super) fn sandbox(visit: &Visit) -> Markup {
    let say = &visit.say;
    html! {
        @if visit.app.web.sandbox {
            aside.sandbox aria-label=(say.sandbox_label()) {
                p { b { (say.sandbox_title()) } " " (say.sandbox_text()) " "
                    a href=(links::about_page("sandbox")) { (say.sandbox_cards()) } }
            }
        }
    }
}

/// Says on every page whom staff looks as, and shows the way out.
pub(super) fn looking(visit: &Visit) -> Markup {
    let say = &visit.say;
    html! {
        @if let (Some((_, until)), Some(seen)) = (&visit.looker, &visit.member) {
            aside.looking aria-label=(say.looking_label()) {
                p { b { (say.looking_title(seen.display_name.as_str())) } " "
                    (say.looking_text(say.in_time(*until, visit.now))) }
                (post(visit, &links::look_end(), None, html! { button.btn.small { (say.looking_end()) } }))
            }
        }
    }
}

pub(super) fn top(visit: &Visit, active: Active) -> Markup {
    let say = &visit.say;
    html! {
        header.top {
            div.wrap {
                (logo(visit))
                (search_form(visit, "q", "search"))
                nav.top-nav aria-label=(say.nav_main()) {
                    @if visit.is_signed_in() {
                        a.btn.quiet href=(links::orders()) aria-current=[here(active, Active::Orders)] { (say.nav_orders()) }
                    }
                    (cart(visit, active))
                    @match &visit.member {
                        Some(member) => (menu(visit, &member.display_name, &member.handle)),
                        None => a.btn.quiet href=(links::sign_in(&visit.return_to))
                            aria-current=[here(active, Active::SignIn)] { (say.nav_sign_in()) },
                    }
                    a.btn.primary href=(links::sell()) aria-current=[here(active, Active::Sell)] { (say.nav_sell()) }
                }
            }
        }
    }
}

fn logo(visit: &Visit) -> Markup {
    let brand = &visit.app.web.brand;
    html! {
        a.logo href=(links::home()) {
            @if brand.logo.is_some() { img src="/logo" alt="" width="112" height="32"; } @else { (mark()) }
            span { (brand.name) }
        }
    }
}

/// The search field; `id` is unique on the page, `class` "search" or "search large".
pub fn search_form(visit: &Visit, id: &str, class: &str) -> Markup {
    let say = &visit.say;
    let link = links::SearchLink::read(if visit.path() == "/search" { visit.query() } else { "" });
    // The bar is a landmark; a second one on the page needs a name of its own.
    let label = (id != "q").then(|| say.search_label());
    html! {
        form class=(class) role="search" aria-label=[label] action="/search" method="get" {
            search-suggest data-url=(links::suggestions()) data-count=(say.search_suggestions("{n}")) {
                label.vh for=(id) { (say.search_label()) }
                (icon("search"))
                input id=(id) type="search" name="q" placeholder=(say.search_placeholder()) autocomplete="off"
                    maxlength="200" value=(link.value("q").unwrap_or_default());
            }
            button.btn.primary.square aria-label=(say.search_label()) { (icon("search")) }
        }
    }
}

fn cart(visit: &Visit, active: Active) -> Markup {
    let (say, count) = (&visit.say, visit.cart_count);
    let label = if count > 0 { say.nav_cart_items(count) } else { say.nav_cart_empty() };
    html! {
        a.btn.quiet.square.badge-holder href=(links::cart()) aria-label=(label) aria-current=[here(active, Active::Cart)] {
            (icon("cart"))
            @if count > 0 { span.badge aria-hidden="true" { (say.number(count)) } }
        }
    }
}

fn menu(visit: &Visit, name: &str, handle: &str) -> Markup {
    let say = &visit.say;
    html! {
        details.menu {
            summary.btn.quiet { (icon("user")) span { (say.nav_account()) } }
            div.menu-list {
                p.menu-head { (say.nav_signed_in_as()) " " b { bdi { (name) } } }
                a href=(links::account()) { (icon("user")) " " (say.nav_settings()) }
                a href=(links::member(handle)) { (icon("store")) " " (say.nav_your_page()) }
                a href=(links::sales()) { (icon("box")) " " (say.nav_sales()) }
                (post(visit, &links::sign_out(), None, html! { button { (icon("exit")) " " (say.nav_sign_out()) } }))
            }
        }
    }
}

pub(super) fn foot(visit: &Visit) -> Markup {
    let (say, web) = (&visit.say, &visit.app.web);
    let pages = [
        (links::about(), say.foot_about()),
        (links::about_page("limits"), say.foot_limits()),
        (links::about_page("api"), say.foot_api()),
        (links::about_page("credits"), say.foot_credits()),
    ];
    html! {
        footer.foot {
            div.wrap {
                nav aria-label=(say.foot_about()) {
                    ul role="list" {
                        @for (href, label) in &pages { li { a href=(href) { (label) } } }
                        @if web.development { li { a href=(links::mailbox()) { (say.foot_mailbox()) } } }
                    }
                }
                (languages(visit))
                (themes(visit))
                p.fine { (say.foot_operated(web.brand.name.as_str())) }
            }
        }
    }
}

fn languages(visit: &Visit) -> Markup {
    let say = &visit.say;
    let body = html! {
        label for="lang" { (say.foot_language()) }
        select #lang name="language" {
            @for lang in Lang::all() {
                option value=(lang.code()) lang=(lang.code()) selected[lang == say.lang()] { (lang.name()) }
            }
        }
        @let currencies = visit.beside.choices(visit.app.market.config.market.currency);
        @if currencies.len() > 1 {
            label for="currency" { (say.foot_currency()) }
            select #currency name="currency" {
                @for currency in currencies {
                    option value=(currency) selected[currency == visit.beside.currency] { (currency) }
                }
            }
        }
        input type="hidden" name="back" value=(visit.return_to);
        button.btn.small { (say.foot_change()) }
    };
    post(visit, &links::preferences(), Some("foot-form"), body)
}

fn themes(visit: &Visit) -> Markup {
    let say = &visit.say;
    let words = |theme| match theme {
        Theme::Auto => ("contrast", say.theme_auto()),
        Theme::Light => ("sun", say.theme_light()),
        Theme::Dark => ("moon", say.theme_dark()),
    };
    html! {
        form.seg method="post" action=(links::preferences()) aria-label=(say.foot_colours()) {
            (super::form::csrf_field(visit))
            input type="hidden" name="back" value=(visit.return_to);
            @for theme in Theme::ALL {
                @let (name, label) = words(theme);
                button name="theme" value=(theme.name()) aria-pressed=(if theme == visit.theme { "true" } else { "false" }) {
                    (icon(name)) " " span { (label) }
                }
            }
        }
    }
}

/// The bar at the bottom of phones.
pub(super) fn tabbar(visit: &Visit, active: Active) -> Markup {
    let say = &visit.say;
    let tabs = [
        (links::home(), "home", say.nav_home(), Active::Home),
        (links::search().to_string(), "search", say.search_label(), Active::Search),
        (links::sell(), "plus", say.nav_sell(), Active::Sell),
        (links::orders(), "box", say.nav_orders(), Active::Orders),
        (links::account(), "user", say.nav_account(), Active::Account),
    ];
    html! {
        nav.tabbar aria-label=(say.nav_quick()) {
            @for (href, name, label, at) in &tabs {
                a href=(href) class=[(*at == Active::Sell).then_some("main")] aria-current=[here(active, *at)] {
                    (icon(name)) span { (label) }
                }
            }
        }
    }
}
