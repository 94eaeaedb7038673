//! What an account is opened with, and what opens nothing.

use crate::signin::{sets_up_an_app, types_code, types_password};
use http::Method;
use kernel::{Lang, Wrong};
use market::accounts::model::{Password, Registration};
use market::accounts::tokens;
use serde_json::json;
use testkit::{Answer, PASSWORD, Town};
use time::Duration;

/// A new marketplace has no account that somebody could know of.
#[tokio::test]
async fn a_new_marketplace_has_nobody() {
    let town = Town::new().await;
    for table in ["members", "sessions", "token_families", "passkeys", "totp", "recovery_codes"] {
        let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
        let rows: i64 = sqlx::query_scalar(count).fetch_one(&town.owner).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    for (email, password) in
        [("admin@localhost", "admin"), ("admin@example.org", "password"), ("root", "root")]
    {
        types_password(&town.visitor(), email, password).await.is(422);
    }
}

/// Length, the lists of what is guessed first, and that it is more than one turn of a few letters; nothing else: no kinds
/// of letters, no end, no hint.
#[test]
fn nothing_but_length_and_lists_is_asked_of_a_password() {
    let chosen = |password: &str| {
        let read = Registration::read("ann@example.org", password, "Ann", Lang::EN);
        read.map(drop).map_err(|errors| errors.of("password").cloned())
    };
    for good in [
        "ostrich lantern",
        "vbqxzkwmpd",
        "VBQXZKWMPD",
        "8402756193",
        "πλατύπους βράχος",
        "🛋️🪴🕯️🧶🪑🖼️🧺🪞🛋️🪴",
        "ends with a space ",
    ] {
        assert_eq!(chosen(good), Ok(()), "{good:?}");
    }
    assert_eq!(chosen("vbqxzkwmp"), Err(Some(Wrong::TooShort { min: 10 })), "nine");
    assert_eq!(chosen(&"vbqxzkwmpd ".repeat(30)[..256]), Ok(()));
    assert_eq!(chosen(&"vbqxzkwmpd ".repeat(30)[..257]), Err(Some(Wrong::TooLong { max: 256 })));
}

/// What the marketplace is called is no password in it, wherever one is chosen.
#[tokio::test]
async fn a_password_is_not_made_of_the_name_of_the_marketplace() {
    let town = Town::with(|config| config.brand.name = "Village Green".to_owned()).await;
    let (ann, visitor, made) = (town.person("Ann").await, town.visitor(), "village-green-78");
    let why = "words of this marketplace";
    let form = visitor.get("/register").await.is(200).page().form("form[action='/register']");
    let form = form.with("email", "nell@example.org").with("display_name", "Nell").with("password", made);
    visitor.submit(form).await.is(422).shows(why);
    let body = json!({ "email": "nell@example.org", "password": made, "display_name": "Nell" });
    let asked = visitor.request(Method::POST, "/api/v1/members").header("content-type", "application/json");
    let told = visitor.send(asked.body(body.to_string().into()).unwrap()).await.problem(422, "fields");
    assert_eq!(told.pointers(), ["/password"]);
    let form = ann.get("/account/password").await.is(200).page().form("form[action='/account/password']");
    ann.submit(form.with("password", PASSWORD).with("new_password", made)).await.is(422).shows(why);
    visitor.post("/reset", &[("email", &ann.email)]).await.is(303);
    town.run_jobs().await;
    let mail = town.mails_to(&ann.email).await.pop().unwrap();
    let token: String =
        mail.text.split_once("token=").unwrap().1.chars().take_while(|c| !c.is_whitespace()).collect();
    visitor.post("/reset/new", &[("token", &token), ("password", made)]).await.is(422).shows(why);
    assert_eq!(town.count("select count(*) from members").await, 1);
}

#[tokio::test]
async fn the_database_has_no_hint_no_question_and_no_end_of_a_password() {
    let town = Town::new().await;
    let columns: Vec<String> = sqlx::query_scalar(
        "select table_name || '.' || column_name from information_schema.columns
         where table_schema not in ('pg_catalog', 'information_schema')
           and column_name ~ '(password|hint|question|reminder)'
           -- The ends of a key's text and of a phone's number, by which its owner tells it from others.
           and table_name not in ('api_keys', 'sent_factors')
           -- How often a seller was asked for what a tax office or a provider wants to know.
           and table_name not in ('seller_accounts', 'seller_profiles') order by 1",
    )
    .fetch_all(&town.owner)
    .await
    .unwrap();
    assert_eq!(columns, ["members.password_hash"]);
}

/// Letter by letter, to the last one: nothing is cut off, folded or trimmed.
#[tokio::test]
async fn what_was_typed_is_what_is_checked() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let long = format!("{} end", "vbqxzkwmpd ".repeat(22));
    let longest: String = "vbqxzkwmpd ".repeat(30).chars().take(256).collect();
    for password in [long.as_str(), &longest, " Zo\u{e9} and Ann "] {
        let hash = town
            .market
            .door
            .hasher
            .hash(Password::read(password).unwrap().reveal().to_owned())
            .await
            .unwrap();
        sqlx::query("update members set password_hash = $1").bind(hash).execute(&town.owner).await.unwrap();
        let mut others = vec![password.to_uppercase(), format!("{password} "), format!("{password}x")];
        others.extend([password.trim().to_owned(), password.chars().take(72).collect()]);
        let last: String = password.chars().take(password.chars().count() - 1).collect();
        others.extend([format!("{last}?"), last]);
        for other in others.iter().filter(|it| *it != password) {
            types_password(&town.visitor(), &ann.email, other).await.is(422);
            sqlx::query("delete from guesses").execute(&town.owner).await.unwrap();
        }
        types_password(&town.visitor(), &ann.email, password).await.goes_to("/");
    }
    // One letter, written in two ways, is one letter.
    types_password(&town.visitor(), &ann.email, " Zoe\u{301} and Ann ").await.goes_to("/");
}

/// Fields for passwords hide what is typed, let it be pasted, and tell a manager of passwords which one is meant.
#[tokio::test]
async fn managers_of_passwords_are_welcome() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account").await.is(200);
    let visitor = town.visitor();
    for (answer, wanted) in [
        (visitor.get("/sign-in").await, vec!["current-password"]),
        (visitor.get("/register").await, vec!["new-password"]),
        (visitor.get("/reset/new?token=x").await, vec!["new-password"]),
        (ann.get("/account/password").await, vec!["current-password", "new-password"]),
        (ann.get("/confirm?next=/account").await, vec!["current-password"]),
    ] {
        let page = answer.is(200).page();
        let fields = page.all("input[name*='password']");
        assert!(fields.iter().all(|f| f.attr("type") == Some("password")), "{wanted:?}");
        assert_eq!(page.attributes("input[type='password']", "autocomplete"), wanted);
        assert!(!page.has("[onpaste], [oncopy], [oncut], input[type='password'][readonly]"));
    }
    let page = visitor.get("/sign-in").await.page();
    assert!(page.attributes("main input[name='email']", "autocomplete")[0].contains("username"));
}

/// What opens one door opens no other.
#[tokio::test]
async fn each_token_opens_its_own_door() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.sign_in().await.goes_to("/");
    let (session, device) =
        (ann.browser.cookie("tp_session").unwrap(), ann.browser.cookie("tp_device").unwrap());
    let member = ann.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let pair =
        tokens::issue(&mut tx, &member, &[], &Default::default(), "http://localhost:8080").await.unwrap();
    tx.commit().await.unwrap();
    let (access, refresh) = (pair.access.reveal().to_owned(), pair.refresh.reveal().to_owned());
    let call = async |token: &str| -> Answer {
        let visitor = town.visitor();
        let asked =
            visitor.request(Method::GET, "/api/v1/me").header("authorization", format!("Bearer {token}"));
        visitor.send(asked.body(axum::body::Body::empty()).unwrap()).await
    };
    call(&access).await.is(200);
    for other in [&session, &device, &refresh] {
        call(other).await.problem(401, "sign-in");
    }
    for other in [&access, &refresh, &device] {
        let visitor = town.visitor();
        visitor.set_cookie("tp_session", other);
        visitor.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    }
    for other in [&access, &session, &device] {
        let visitor = town.visitor();
        let asked = visitor.request(Method::POST, "/api/v1/sessions/refresh");
        let asked = asked.header("content-type", "application/json");
        let body = json!({ "refresh_token": other }).to_string();
        visitor.send(asked.body(body.into()).unwrap()).await.problem(401, "sign-in");
    }
    call(&access).await.is(200);
}

/// Who gets an address that another account had before gets nothing else of it.
#[tokio::test]
async fn an_address_that_changes_hands_takes_nothing_along() {
    let town = Town::new().await;
    let old = town.person("Ann").await;
    let token = old.access_token().await;
    let moved = "update members set email = 'elsewhere@example.org', handle = 'elsewhere'";
    sqlx::query(moved).execute(&town.owner).await.unwrap();
    let new = town.person("Ann").await;
    assert_ne!(old.id, new.id);
    let visitor = town.visitor();
    let asked = visitor.request(Method::GET, "/api/v1/me").header("authorization", format!("Bearer {token}"));
    let me = visitor.send(asked.body(axum::body::Body::empty()).unwrap()).await.is(200);
    assert_eq!(me.at("/email"), json!("elsewhere@example.org"), "it is still the first Ann's");
}

/// A code of an app is good in its half minute and in the next.
#[tokio::test]
async fn a_code_is_good_for_a_minute() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    assert_eq!(town.clock.now().unix_timestamp() % 30, 0, "at the beginning of a half minute");
    let code = app.code(&town);
    town.clock.advance(Duration::seconds(60));
    types_code(&town.visitor(), &ann.email, &code).await.is(422);
    let code = app.code(&town);
    town.clock.advance(Duration::seconds(59));
    types_code(&town.visitor(), &ann.email, &code).await.goes_to("/");
    // What will be shown soon is not good yet.
    town.clock.advance(Duration::seconds(60));
    let ahead = {
        town.clock.advance(Duration::seconds(30));
        let code = app.code(&town);
        town.clock.advance(-Duration::seconds(30));
        code
    };
    types_code(&town.visitor(), &ann.email, &ahead).await.is(422);
}

/// Who signed in, when, and by what, is written down; so is a program.
#[tokio::test]
async fn a_sign_in_is_written_down_with_what_proved_it() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, codes) = sets_up_an_app(&town, &ann).await;
    let proofs = async || -> String {
        let last = "select detail::text from audit_log where action = 'accounts.sign_in' order by audit_id desc limit 1";
        sqlx::query_scalar(last).fetch_one(&town.owner).await.unwrap()
    };
    types_code(&town.visitor(), &ann.email, &app.code(&town)).await.goes_to("/");
    assert!(proofs().await.contains("totp"), "{}", proofs().await);
    types_code(&town.visitor(), &ann.email, &codes[0]).await.goes_to("/");
    assert!(proofs().await.contains("recovery"), "{}", proofs().await);
    let body = json!({ "email": ann.email, "password": PASSWORD, "otp": codes[1] });
    let visitor = town.visitor();
    let asked = visitor.request(Method::POST, "/api/v1/sessions").header("content-type", "application/json");
    visitor.send(asked.body(body.to_string().into()).unwrap()).await.is(200);
    assert!(proofs().await.contains("recovery"), "{}", proofs().await);
}
