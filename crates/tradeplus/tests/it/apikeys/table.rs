//! The whole route table, tried with keys: no route can be forgotten.

use super::{call, key_for, key_of};
use http::{Method, header};
use kit::route::{Audience, Keys, Rate, RouteInfo};
use market::accounts::model::Role;
use market::apikeys::model::Scope;
use serde_json::json;
use testkit::{Answer, Browser, Town};

/// What a key must never do, whatever becomes of the table.
const CLOSED: &[&str] = &[
    "api.accounts.register",
    "api.accounts.sign_in",
    "api.accounts.refresh",
    "api.accounts.sign_out",
    "api.keys.list",
    "api.keys.make",
    "api.keys.rotate",
    "api.keys.revoke",
    "api.keys.leaked",
    "api.payments.webhook",
    "api.payments.webhook_connect",
];

fn api() -> Vec<RouteInfo> {
    tradeplus::routes::all().into_iter().filter(|r| r.path.starts_with("/api/")).collect()
}

/// The path with ids that name nothing.
fn path(route: &RouteInfo) -> String {
    let part = |part: &str| match part {
        "{provider}" => "sandbox".to_owned(),
        part if part.starts_with('{') => "01940000-0000-7000-8000-000000000001".to_owned(),
        part => part.to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

async fn ask(browser: &Browser, key: &str, route: &RouteInfo) -> Answer {
    let body = (route.method != Method::GET).then(|| json!({}));
    call(browser, key, route.method.clone(), path(route).trim_start_matches("/api/v1"), body).await
}

#[track_caller]
fn passes(route: &RouteInfo, answer: &Answer) {
    assert!(!matches!(answer.status(), 401 | 403), "{}: {}", route.name, answer.told());
}

#[test]
fn the_table_closes_what_keys_must_not_do() {
    let all = tradeplus::routes::all();
    for name in CLOSED {
        let route = all.iter().find(|r| r.name == *name).unwrap_or_else(|| panic!("{name} is gone"));
        assert_eq!(route.keys, Keys::Never, "{name}");
    }
    for route in &all {
        let is_for_people = route.step_up
            || route.audience.is_staff()
            || matches!(route.audience, Audience::Operator | Audience::Provider);
        let is_page = !route.path.starts_with("/api/");
        assert!(!(is_for_people || is_page) || route.keys == Keys::Never, "{}", route.name);
        assert!(route.keys != Keys::Any || route.audience == Audience::Everyone, "{}", route.name);
    }
    for scope in Scope::ALL {
        assert!(all.iter().any(|r| r.keys == Keys::With(scope)), "{scope:?} opens nothing");
    }
}

#[tokio::test]
async fn a_route_that_names_no_scope_answers_no_key() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (_, key) = key_of(&town, &ann).await;
    let browser = town.visitor();
    for route in api() {
        let answer = ask(&browser, &key, &route).await;
        match route.keys {
            Keys::Never => {
                answer.problem(403, "api-key-never");
            }
            Keys::Any | Keys::With(_) => passes(&route, &answer),
        }
    }
    call(&browser, &key, Method::GET, "/nowhere", None).await.problem(404, "not-found");
}

#[tokio::test]
async fn each_scope_opens_its_own_routes_only() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let browser = town.visitor();
    for scope in Scope::ALL {
        let key = key_for(&town, &ann, &[scope]).await;
        for route in api() {
            let answer = ask(&browser, &key, &route).await;
            match route.keys {
                Keys::Never => {
                    answer.problem(403, "api-key-never");
                }
                Keys::With(needed) if needed != scope => {
                    let told = answer.problem(403, "api-key-scope");
                    assert_eq!(told.at("/scope"), json!(needed.name()), "{}", route.name);
                }
                Keys::Any | Keys::With(_) => passes(&route, &answer),
            }
        }
    }
}

/// Pages know nothing of keys: whoever shows one there is nobody. Nor is staff more than a member by key.
#[tokio::test]
async fn no_key_reaches_a_page_or_is_staff() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let (_, key) = key_of(&town, &olga).await;
    let mut tried = 0;
    for route in tradeplus::routes::all() {
        let is_page = !route.path.starts_with("/api/") && route.rate != Rate::Plain;
        let is_closed = route.audience.is_staff()
            || matches!(route.audience, Audience::Account | Audience::Member | Audience::Verified);
        if is_page && is_closed && route.method == Method::GET {
            let browser = town.visitor();
            let request = browser
                .request(Method::GET, &path(&route))
                .header(header::AUTHORIZATION, format!("Bearer {key}"));
            let answer = browser.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(answer.status(), 303, "{}: {}", route.name, answer.told());
            assert!(answer.location().starts_with("/sign-in"), "{}: {}", route.name, answer.told());
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
    let me = super::me(&town.visitor(), &key).await.is(200);
    assert_eq!(me.at("/roles"), json!([]));
}

/// What is described is what is kept to.
#[tokio::test]
async fn the_description_names_each_scope() {
    let town = Town::new().await;
    let document = town.visitor().get("/api/v1/openapi.json").await.is(200).json();
    for route in api() {
        let method = route.method.as_str().to_lowercase();
        let operation = &document["paths"][route.path][method.as_str()];
        let (told, ways) = (&operation["x-api-key-scope"], operation["security"].to_string());
        match route.keys {
            Keys::Never => assert!(told.is_null() && !ways.contains("api_key"), "{}", route.name),
            Keys::Any => assert!(told == "any" && ways.contains("api_key"), "{}", route.name),
            Keys::With(scope) => {
                assert!(told == scope.name() && ways.contains(scope.name()), "{}", route.name);
            }
        }
    }
}
