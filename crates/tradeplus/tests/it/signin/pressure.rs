//! When very many sign in wrongly, the forms of strangers carry a puzzle, and those of known browsers do not need it.

use super::types_password;
use axum::body::Body;
use http::Method;
use market::accounts::model::Role;
use market::pressure::jobs;
use market::pressure::model::{Puzzle, solve};
use serde_json::json;
use testkit::{Answer, Browser, Filled, PASSWORD, Town};
use time::Duration;

async fn calm() -> Town {
    let change = |config: &mut platform::config::Config| {
        config.limits.challenge_after = 3;
        config.limits.challenge_bits = 8;
    };
    Town::with(change).await
}

/// Wrong sign-ins from three networks.
async fn press(town: &Town) {
    for n in 1..=3 {
        let stranger = town.visitor().from_address(&format!("198.51.{n}.7"));
        types_password(&stranger, &format!("nobody{n}@example.org"), "wrong horse battery").await.is(422);
    }
}

async fn form(who: &Browser, path: &str) -> Filled {
    who.get(path).await.is(200).page().form(&format!("form[action='{path}']"))
}

/// The form with its puzzle solved, as the script does it.
fn solved(form: Filled) -> Filled {
    let token = form.value("puzzle").expect("a puzzle").to_owned();
    let answer = solve(&Puzzle { token, bits: 8 });
    form.with("puzzle_answer", &answer)
}

async fn sends(who: &Browser, form: Filled, email: &str) -> Answer {
    who.submit(form.with("email", email).with("password", PASSWORD)).await
}

#[tokio::test]
async fn a_stranger_solves_a_puzzle_once_and_a_known_browser_none() {
    let town = calm().await;
    let ann = town.person("Ann").await;
    let laptop = town.visitor();
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/");
    assert!(form(&town.visitor(), "/sign-in").await.value("puzzle").is_none(), "nobody presses");
    press(&town).await;

    let stranger = town.visitor();
    let puzzle = form(&stranger, "/sign-in").await;
    sends(&stranger, puzzle.clone(), &ann.email).await.is(422).shows("That was too soon");
    let wrong = puzzle.clone().with("puzzle", "made up");
    sends(&stranger, wrong, &ann.email).await.is(422).shows("send the form once more");
    let solved = solved(puzzle);
    sends(&stranger, solved.clone(), &ann.email).await.goes_to("/");
    let thief = town.visitor();
    sends(&thief, solved, &ann.email).await.is(422).shows("send the form once more");

    // Signed out, but known.
    laptop.set_cookie("tp_session", "");
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/");
}

#[tokio::test]
async fn without_javascript_one_waits_and_one_at_a_time() {
    let town = calm().await;
    let ann = town.person("Ann").await;
    press(&town).await;
    let (one, other) = (town.visitor(), town.visitor());
    let (ones, others) = (form(&one, "/sign-in").await, form(&other, "/sign-in").await);
    town.clock.advance(Duration::seconds(29));
    let early = sends(&one, ones.clone(), &ann.email).await.is(422).shows("Wait half a minute");
    let kept = early.page().form("form[action='/sign-in']");
    assert_eq!(kept.value("puzzle"), ones.value("puzzle"), "who waits goes on waiting");
    assert_eq!(kept.value("email"), Some(ann.email.as_str()), "and types nothing twice but the password");
    town.clock.advance(Duration::seconds(1));
    sends(&one, kept, &ann.email).await.goes_to("/");
    sends(&other, others.clone(), &ann.email).await.is(422).shows("Wait half a minute");
    town.clock.advance(Duration::seconds(30));
    sends(&other, others, &ann.email).await.goes_to("/");
}

#[tokio::test]
async fn a_puzzle_is_for_one_kind_of_form_and_for_ten_minutes() {
    let town = calm().await;
    let ann = town.person("Ann").await;
    press(&town).await;
    let stranger = town.visitor();
    let asked = form(&stranger, "/reset").await;
    let elsewhere = form(&stranger, "/sign-in").await.value("puzzle").unwrap().to_owned();
    let borrowed = solved(asked.clone().with("puzzle", &elsewhere)).with("email", &ann.email);
    stranger.submit(borrowed).await.is(422);
    stranger.submit(solved(asked).with("email", &ann.email)).await.is(303);
    let opened = form(&stranger, "/register").await;
    let opened = solved(opened).with("email", "ben@example.org").with("display_name", "Ben");
    let opened = opened.with("password", "four words are enough");
    town.clock.advance(Duration::minutes(9));
    let old = form(&stranger, "/sign-in").await;
    stranger.submit(opened).await.is(303);
    town.clock.advance(Duration::minutes(10));
    press(&town).await;
    sends(&stranger, solved(old), &ann.email).await.is(422).shows("send the form once more");
}

#[tokio::test]
async fn programs_are_told_how_to_go_on() {
    let town = calm().await;
    let ann = town.person("Ann").await;
    press(&town).await;
    let program = town.visitor();
    let body = json!({ "email": ann.email, "password": PASSWORD }).to_string();
    let ask = async |answer: &str| {
        let request = program.request(Method::POST, "/api/v1/sessions");
        let request = request.header("content-type", "application/json").header("puzzle-answer", answer);
        program.send(request.body(Body::from(body.clone())).unwrap()).await
    };
    let refused = ask("").await.problem(429, "puzzle-required");
    assert!(refused.header("retry-after").is_some());
    let puzzle = Puzzle { token: refused.header("puzzle").unwrap().to_owned(), bits: 8 };
    ask(&puzzle.token).await.problem(429, "puzzle-required");
    let answer = format!("{}:{}", puzzle.token, solve(&puzzle));
    ask(&answer).await.is(200);
    ask(&answer).await.problem(429, "puzzle-required");
}

/// What is looked at each minute, after some.
async fn looks_after(town: &Town, time: Duration) {
    town.clock.advance(time);
    jobs::look(&town.db, &town.market.door.gate, jobs::Look {}).await.unwrap();
    town.run_jobs().await;
}

#[tokio::test]
async fn operators_hear_when_it_begins_and_when_it_is_over() {
    let town = calm().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let told = async || -> Vec<String> {
        let subjects = town.mails_to(&olga.email).await.into_iter().map(|mail| mail.subject);
        subjects.filter(|subject| subject.contains("wrong sign-ins")).collect()
    };
    press(&town).await;
    press(&town).await;
    town.run_jobs().await;
    assert_eq!(told().await, ["Very many wrong sign-ins"], "once");
    looks_after(&town, Duration::minutes(5)).await;
    assert!(form(&town.visitor(), "/sign-in").await.value("puzzle").is_some());
    looks_after(&town, Duration::minutes(7)).await;
    assert_eq!(told().await, ["Very many wrong sign-ins", "The wrong sign-ins are over"]);
    assert!(form(&town.visitor(), "/sign-in").await.value("puzzle").is_none());
    assert_eq!(town.count("select count(*) from pressure").await, 0);
}

/// One network alone, however busy, does not make puzzles for everybody.
#[tokio::test]
async fn one_network_is_not_pressure() {
    let town = Town::with(|config| config.limits.challenge_after = 11).await;
    for n in 0..30 {
        let stranger = town.visitor().from_address(&format!("198.51.100.{n}"));
        types_password(&stranger, &format!("nobody{n}@example.org"), "wrong horse battery").await.is(422);
    }
    assert!(form(&town.visitor(), "/sign-in").await.value("puzzle").is_none());
}
