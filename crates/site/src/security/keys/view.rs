//! The pages about API keys.

use crate::security::{places, urls};
use kernel::limits::API_KEYS_MAX;
use kit::form::Filled;
use kit::links;
use kit::parts::layout::Active;
use kit::parts::{
    Choice, Empty, Opt, Page, Tone, ago, back, button, checks, date_time, empty, error_summary, form,
    form_acts, layout, link, notice, number, post, radios, select, submit_once, tag, text, textarea,
};
use kit::visit::Visit;
use market::apikeys::Secret;
use market::apikeys::model::{ApiKey, Because, DAYS, KeyName, OVERLAP_HOURS, PER_MINUTE_MAX, Scope};
use maud::{Markup, html};

/// How long a key may live, days.
const LIVES: [i64; 5] = [7, 30, DAYS, 180, 365];

pub(super) fn list(visit: &Visit, all: &[ApiKey]) -> Markup {
    let say = &visit.say;
    let (live, ended): (Vec<&ApiKey>, Vec<&ApiKey>) = all.iter().partition(|key| key.is_live(visit.now));
    let is_full = i64::try_from(live.len()).unwrap_or(i64::MAX) >= API_KEYS_MAX;
    let make = || link(urls::KEYS_NEW, say.keys_make()).primary().icon("plus");
    let body = html! {
        (back(&links::security(), &say.security_title()))
        div.head { div { h1 { (say.keys_title()) } p { (say.keys_lead()) } } }
        @if live.is_empty() {
            (empty(&Empty { icon: "key", title: say.keys_none(), text: say.keys_none_text(), action: Some(make()) }))
        } @else {
            ul.rows-list role="list" { @for key in &live { (row(visit, key)) } }
            @if is_full { p.hint { (say.refused_api_keys_many()) } }
            @else { (form_acts(false, html! { (make()) })) }
        }
        @if !ended.is_empty() {
            section aria-labelledby="ended" {
                h2 #ended { (say.keys_ended()) }
                ul.rows-list role="list" { @for key in &ended { (row(visit, key)) } }
            }
        }
        (places::hint(visit, all.iter().filter_map(|key| key.last_used_from.as_deref())))
        p.hint { a href=(links::about_page("api")) { (say.keys_about()) } }
    };
    layout(visit, page(say.keys_title()), body)
}

fn row(visit: &Visit, key: &ApiKey) -> Markup {
    let (say, is_live) = (&visit.say, key.is_live(visit.now));
    let scopes: Vec<String> = key.scopes.iter().map(|scope| scope.title(say)).collect();
    html! {
        li {
            div {
                b { (key.name) } " " (state(visit, key))
                p { code translate="no" { (key.hint) } }
                p.hint { (scopes.join(" · ")) }
                @if !key.networks.is_anywhere() {
                    p.hint { (say.keys_only_from()) " " span translate="no" { (key.networks.texts().join(", ")) } }
                }
                @if let Some(per_minute) = key.per_minute { p.hint { (say.keys_quota(per_minute)) } }
                p.hint {
                    (say.keys_created()) " " (ago(say, key.created_at, visit.now)) " · "
                    @match (key.last_used_at, &key.last_used_from) {
                        (Some(at), from) => {
                            (say.keys_used()) " " (ago(say, at, visit.now))
                            @if let Some(from) = from { " (" (places::address(visit, from)) ")" }
                        },
                        (None, _) => (say.keys_unused()),
                    }
                    @if is_live { " · " (say.keys_ends()) " " (date_time(say, key.expires_at)) }
                }
                @if is_live && !key.replaced {
                    p {
                        (link(urls::key_rotate(key.id), say.keys_rotate()).small()
                            .heard_as(say.keys_rotate_one(key.name.as_str())))
                    }
                }
            }
            @if is_live {
                (post(visit, &urls::key_revoke(key.id), None, html! {
                    (button(say.keys_revoke()).small().danger().heard_as(say.keys_revoke_one(key.name.as_str())))
                }))
            }
        }
    }
}

/// What sets it apart from a key that is simply good.
fn state(visit: &Visit, key: &ApiKey) -> Markup {
    let say = &visit.say;
    match key.revoked {
        Some((_, Because::Leaked)) => tag("danger", &say.keys_state_leaked()),
        Some((_, Because::Owner | Because::Restored)) => tag("", &say.keys_state_revoked()),
        None if !key.is_live(visit.now) => tag("", &say.keys_state_ended()),
        None if key.replaced => tag("accent", &say.keys_state_replaced()),
        None => html! {},
    }
}

pub(super) fn make(visit: &Visit, filled: &Filled) -> Markup {
    let say = &visit.say;
    let labels = [
        ("name", say.keys_name()),
        ("scopes", say.keys_scopes()),
        ("expires_in_days", say.keys_life()),
        ("networks", say.keys_networks()),
        ("per_minute", say.keys_per_minute()),
    ];
    let scopes = Scope::ALL.iter().map(|s| Choice::new(s.name(), s.title(say)).note(s.name())).collect();
    let lives = LIVES.iter().map(|days| Opt::new(days, say.keys_days(*days))).collect();
    let body = html! {
        (back(&links::api_keys(), &say.keys_title()))
        div.head { div { h1 { (say.keys_make()) } p { (say.keys_make_lead()) } } }
        (error_summary(say, &filled.errors, &labels))
        (form(visit, &links::api_keys(), html! {
            (text(say, filled, "name", say.keys_name()).hint(say.keys_name_hint()).max(KeyName::MAX))
            (checks(say, filled, "scopes", say.keys_scopes(), scopes).hint(say.keys_scopes_hint()))
            (select(say, filled, "expires_in_days", say.keys_life(), lives).or(DAYS.to_string()).short())
            (textarea(say, filled, "networks", say.keys_networks(), 3).hint(say.keys_networks_hint()).optional())
            (number(say, filled, "per_minute", say.keys_per_minute(), 1, PER_MINUTE_MAX)
                .hint(say.keys_per_minute_hint()).optional())
            (form_acts(false, submit_once(say, &button(say.keys_make()).primary())))
        }))
    };
    layout(visit, page(say.keys_make()).with_errors(!filled.errors.is_empty()), body)
}

pub(super) fn rotate(visit: &Visit, key: &ApiKey, filled: &Filled) -> Markup {
    let say = &visit.say;
    let overlaps = vec![
        Choice::new(0, say.keys_overlap_none()),
        Choice::new(1, say.keys_overlap_hour()),
        Choice::new(OVERLAP_HOURS, say.keys_overlap_day()),
        Choice::new(7 * 24, say.keys_overlap_week()),
        Choice::new(30 * 24, say.keys_overlap_month()),
    ];
    let body = html! {
        (back(&links::api_keys(), &say.keys_title()))
        div.head { div { h1 { (say.keys_rotate_one(key.name.as_str())) } p { (say.keys_rotate_lead()) } } }
        p { code translate="no" { (key.hint) } }
        (error_summary(say, &filled.errors, &[("overlap_hours", say.keys_overlap())]))
        (form(visit, &urls::key_rotate(key.id), html! {
            (radios(say, filled, "overlap_hours", say.keys_overlap(), overlaps).or(OVERLAP_HOURS.to_string()))
            (form_acts(false, submit_once(say, &button(say.keys_rotate()).primary())))
        }))
    };
    layout(visit, page(say.keys_rotate()).with_errors(!filled.errors.is_empty()), body)
}

/// The new key, this once.
pub(super) fn shown(visit: &Visit, key: &ApiKey, secret: &Secret, next: &str) -> Markup {
    let say = &visit.say;
    let body = html! {
        div.head { div { h1 { (say.keys_shown_title()) } p { (key.name) } } }
        (notice(Tone::Accent, &say.keys_once_title(), html! { (say.keys_once()) }))
        p.secret translate="no" { (secret.reveal()) }
        p { (next) }
        (form_acts(false, html! { (link(links::api_keys(), say.keys_kept()).primary()) }))
    };
    layout(visit, page(say.keys_shown_title()), body)
}

fn page(title: String) -> Page {
    Page::titled(title).medium().noindex().at(Active::Account)
}
