//! Every limit on one page, read from where it is kept: the numbers of the program and its route table.

use super::text;
use kernel::Say;
use kernel::limits::{
    API_KEY_DAYS_MAX, API_KEYS_MAX, CART_LINES_MAX, DRAFTS_MAX, PAGE_MAX, PHOTO_BYTES_MAX, PHOTO_PIXELS_MAX,
    PHOTO_SIDE_MAX, PHOTOS_MAX, QUANTITY_MAX,
};
use kit::answer::Answer;
use kit::links;
use kit::parts::{details, facts, table};
use kit::policy::Rate;
use kit::route::{RouteInfo, table as lines};
use kit::visit::Visit;
use market::accounts::model::{Bio, Password};
use market::listings::model::{Description, Title};
use maud::{Markup, html};

/// The classes of requests, and the keys of their names.
const CLASSES: [(Rate, &str); 7] = [
    (Rate::Browse, "limits-browse"),
    (Rate::Search, "limits-search"),
    (Rate::Write, "limits-write"),
    (Rate::SignIn, "limits-sign-in"),
    (Rate::Upload, "limits-upload"),
    (Rate::Money, "limits-money"),
    (Rate::Plain, "limits-plain"),
];

pub(super) async fn show(visit: Visit) -> Answer {
    let say = &visit.say;
    let all: Vec<RouteInfo> = [lines(&crate::routes()), lines(&crate::plain_routes())].concat();
    let body = html! {
        h2 { (say.limits_rates()) }
        p { (say.limits_rates_text()) }
        (rates(&visit, &all))
        h2 { (say.limits_sizes()) }
        (facts(&sizes(say)))
    };
    text(&visit, &links::about_page("limits"), &say.limits_title(), &say.limits_lead(), body)
}

fn rates(visit: &Visit, all: &[RouteInfo]) -> Markup {
    let say = &visit.say;
    let (what, at_once, minute, routes) =
        (say.limits_what(), say.limits_at_once(), say.limits_per_minute(), say.limits_routes());
    let rows = html! {
        @for (rate, key) in CLASSES {
            @let pace = visit.app.web.limiter.pace(rate);
            tr {
                th scope="row" data-label=(what) { (say.by_key(key)) }
                td.num data-label=(at_once) { (say.number(i64::from(pace.burst))) }
                td.num data-label=(minute) { (say.number(i64::from(pace.per_minute))) }
                td.grow data-label=(routes) { (pages(say, all, rate)) }
            }
        }
    };
    let heads =
        [(what.clone(), false), (at_once.clone(), true), (minute.clone(), true), (routes.clone(), false)];
    table("rates", &say.limits_rates(), &heads, rows)
}

/// The routes of one class.
fn pages(say: &Say, all: &[RouteInfo], rate: Rate) -> Markup {
    let mut of: Vec<&RouteInfo> = all.iter().filter(|r| r.rate == rate).collect();
    of.sort_by_key(|r| (r.path, r.method.as_str().to_owned()));
    html! {
        @if !of.is_empty() {
            (details(&say.number(i64::try_from(of.len()).unwrap_or(i64::MAX)), html! {
                ul { @for route in of { li { code { (route.method.as_str()) " " (route.path) } } } }
            }))
        }
    }
}

fn sizes(say: &Say) -> Vec<(String, Markup)> {
    let n = |n: i64| html! { (say.number(n)) };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let megapixels = i64::try_from(PHOTO_PIXELS_MAX / 1_000_000).unwrap_or(i64::MAX);
    vec![
        (say.limits_photos(), n(count(PHOTOS_MAX))),
        (say.limits_photo_bytes(), html! { (say.number(count(PHOTO_BYTES_MAX / (1024 * 1024)))) " MB" }),
        (
            say.limits_photo_pixels(),
            html! { (say.limits_photo_pixels_value(megapixels, say.number(i64::from(PHOTO_SIDE_MAX)))) },
        ),
        (say.limits_title_length(), n(count(Title::MAX))),
        (say.limits_description_length(), n(count(Description::MAX))),
        (say.limits_bio_length(), n(count(Bio::MAX))),
        (say.limits_password_length(), html! { (Password::MIN) "–" (Password::MAX) }),
        (say.limits_quantity(), n(QUANTITY_MAX)),
        (say.limits_drafts(), n(DRAFTS_MAX)),
        (say.limits_cart(), n(CART_LINES_MAX)),
        (say.limits_page(), n(count(PAGE_MAX))),
        (say.limits_api_keys(), n(API_KEYS_MAX)),
        (say.limits_api_key_days(), n(API_KEY_DAYS_MAX)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_a_page_is_named() {
        let all = [lines(&crate::routes()), lines(&crate::plain_routes())].concat();
        for route in all {
            assert!(CLASSES.iter().any(|(rate, _)| *rate == route.rate), "{}", route.path);
        }
        for (_, key) in CLASSES {
            assert!(Say::knows(key), "{key}");
        }
    }
}
