//! Who tries passwords and codes one after the other gets slower and slower, and the owner never notices.

use super::{sets_up_an_app, types_password};
use futures_util::{StreamExt, stream};
use kernel::Refusal;
use market::accounts::model::{Client, Password};
use market::signin::rules as signin;
use testkit::{PASSWORD, Town};
use time::Duration;

async fn guess(town: &Town, email: &str, password: &str, device: Option<&str>) -> Result<(), Refusal> {
    let client = Client { device: device.map(str::to_owned), ..Client::default() };
    let password = Password::typed(password);
    signin::with_password(&town.market.door, email, &password, &client, "/").await.map(drop)
}

/// Ten thousand guesses within a day, whatever address they come from, are at most a hundred.
#[tokio::test]
async fn a_day_of_guessing_is_a_hundred_tries() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let laptop = town.visitor();
    types_password(&laptop, &ann.email, PASSWORD).await.goes_to("/");
    let device = laptop.cookie("tp_device").unwrap();
    let (mut tried, mut refused) = (0, 0);
    for n in 0..10_000 {
        match guess(&town, &ann.email, "wrong horse battery", None).await {
            Err(Refusal::Fields(_)) => tried += 1,
            Err(Refusal::TooMany { retry_after_s }) => {
                assert!(retry_after_s > 0);
                refused += 1;
            }
            other => panic!("{other:?}"),
        }
        if n % 1_000 == 999 {
            guess(&town, &ann.email, PASSWORD, Some(&device)).await.expect("the owner, on a known device");
        }
        town.clock.advance(Duration::seconds(8));
    }
    assert_eq!((tried, refused), (100, 9_900));
    let right = guess(&town, &ann.email, PASSWORD, None).await;
    assert!(
        matches!(right, Err(Refusal::TooMany { .. })),
        "not even the right one from elsewhere: {right:?}"
    );
    town.run_jobs().await;
    let subjects = town.subjects_to(&ann.email).await;
    assert_eq!(subjects, ["Many wrong passwords"], "told once");
    town.clock.advance(Duration::days(1));
    guess(&town, &ann.email, PASSWORD, None).await.expect("the next day");
}

/// At once does not help: a try is counted before it is looked at.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_at_once_are_a_handful() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let mut looked_at = 0;
    let tries = (0..1_000).map(|_| guess(&town, &ann.email, "wrong horse battery", None));
    let outcomes: Vec<_> = stream::iter(tries).buffer_unordered(16).collect().await;
    for outcome in outcomes {
        match outcome {
            Err(Refusal::Fields(_)) => looked_at += 1,
            Err(Refusal::TooMany { .. } | Refusal::Unavailable(_)) => {}
            other => panic!("{other:?}"),
        }
    }
    assert!(looked_at <= 5, "{looked_at}");
}

#[tokio::test]
async fn an_unknown_address_is_slowed_down_like_a_known_one() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let told = async |email: &str| {
        let mut all = Vec::new();
        for _ in 0..30 {
            all.push(match guess(&town, email, "wrong horse battery", None).await {
                Err(Refusal::Fields(_)) => 0,
                Err(Refusal::TooMany { retry_after_s }) => retry_after_s,
                other => panic!("{other:?}"),
            });
        }
        all
    };
    assert_eq!(told(&ann.email).await, told("nobody@example.org").await);
}

#[tokio::test]
async fn a_right_password_and_a_link_by_mail_forget_the_wrong_tries() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for _ in 0..4 {
        assert!(guess(&town, &ann.email, "wrong horse battery", None).await.is_err());
    }
    guess(&town, &ann.email, PASSWORD, None).await.unwrap();
    assert_eq!(town.count("select count(*) from guesses").await, 0);
    while !matches!(guess(&town, &ann.email, "wrong horse battery", None).await, Err(Refusal::TooMany { .. }))
    {
    }
    let browser = town.visitor();
    let form = browser.get("/reset").await.page().form("form[action='/reset']").with("email", &ann.email);
    browser.submit(form).await.is(303);
    town.run_jobs().await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    let token: String =
        mail.text.split_once("token=").unwrap().1.chars().take_while(|c| !c.is_whitespace()).collect();
    let form =
        browser.get(&format!("/reset/new?token={token}")).await.page().form("form[action='/reset/new']");
    browser.submit(form.with("password", "a new and better one")).await.goes_to("/");
    guess(&town, &ann.email, "a new and better one", None).await.unwrap();
}

#[tokio::test]
async fn codes_are_slowed_down_too() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let thief = town.visitor();
    types_password(&thief, &ann.email, PASSWORD).await.goes_to("/sign-in/second");
    let form = thief.get("/sign-in/second").await.page().form("form[action='/sign-in/second']");
    for n in 0..5 {
        thief.submit(form.clone().with("code", &format!("00000{n}"))).await.is(422);
    }
    let late = thief.submit(form.clone().with("code", &app.code(&town))).await.is(429);
    assert!(late.header("retry-after").is_some());
    town.clock.advance(Duration::seconds(6));
    thief.submit(form.with("code", &app.code(&town))).await.goes_to("/");
}

/// When so many wait that nobody else is looked at, that is nobody's wrong try.
#[tokio::test]
async fn a_flood_of_sign_ins_uses_up_nobodys_tries() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let flood: Vec<_> = std::iter::from_fn(|| town.market.door.hasher.reserve().ok()).collect();
    for _ in 0..20 {
        let turned_away = guess(&town, &ann.email, PASSWORD, None).await;
        assert!(matches!(turned_away, Err(Refusal::Unavailable(_))), "{turned_away:?}");
    }
    drop(flood);
    guess(&town, &ann.email, PASSWORD, None).await.expect("as if nobody had tried");
}
