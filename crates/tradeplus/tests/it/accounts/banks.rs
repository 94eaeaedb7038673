//! Where a member's money goes: sealed, slow to change, and told to whoever may be robbed.

use super::emails::{asks, follows_link};
use super::link_token;
use market::banks::{jobs, rules};
use testkit::{Answer, Person, Town};
use time::Duration;

const FIRST: &str = "DE89370400440532013000";
const OTHER: &str = "GB29NWBK60161331926819";
const THIRD: &str = "FR1420041010050500013M02606";

/// Sends the form with this number.
async fn names(who: &Person, iban: &str) -> Answer {
    who.post("/account/bank/new", &[("holder", "Ann Garden"), ("iban", iban)]).await
}

/// Where money goes now.
async fn current(town: &Town, who: &Person) -> Option<String> {
    let mut reader = town.db.read().await.unwrap();
    let found = rules::current(&mut reader, &town.market.door.vault, who.id).await.unwrap();
    found.map(|account| account.details.account.whole())
}

/// Whether a change waits.
async fn waits(town: &Town, who: &Person) -> bool {
    rules::cool_until(&mut town.db.read().await.unwrap(), who.id).await.unwrap().is_some()
}

#[tokio::test]
async fn the_first_account_is_used_at_once_and_kept_sealed() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account/bank").await.is(200).shows("No account yet");
    let form = ann.get("/account/bank/new").await.is(200).page().form("form[action='/account/bank/new']");
    let form = form.with("holder", "Ann Garden").with("iban", "de89 3704 0044 0532 0130 00");
    ann.submit(form).await.goes_to("/account/bank");
    ann.get("/account/bank").await.shows("Germany, account that ends in 3000").hides("0532");
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    assert!(!waits(&town, &ann).await);
    assert_eq!(town.subjects_to(&ann.email).await, ["Bank account named"]);
    ann.get("/account/activity").await.shows("Bank account named");
    let sealed: Vec<u8> =
        sqlx::query_scalar("select sealed from bank_accounts").fetch_one(&town.owner).await.unwrap();
    for text in ["Ann Garden", "370400440532013000"] {
        assert!(!sealed.windows(text.len()).any(|w| w == text.as_bytes()), "{text}");
        for table in ["bank_accounts", "audit_log", "security_events", "jobs", "mails", "events"] {
            let query = format!("select count(*) from {table} t where position($1 in t::text) > 0");
            let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(query))
                .bind(text)
                .fetch_one(&town.owner)
                .await
                .unwrap();
            assert_eq!(found, 0, "{text} in {table}");
        }
    }
}

/// It opens for its owner and in its own row alone.
#[tokio::test]
async fn an_account_does_not_open_in_the_place_of_another() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    names(&ann, FIRST).await.goes_to("/account/bank");
    names(&ben, OTHER).await.goes_to("/account/bank");
    let swap = "update bank_accounts b set sealed = (select sealed from bank_accounts o where o.member_id <> b.member_id)";
    sqlx::query(swap).execute(&town.owner).await.unwrap();
    let mut reader = town.db.read().await.unwrap();
    assert!(rules::current(&mut reader, &town.market.door.vault, ann.id).await.is_err());
}

#[tokio::test]
async fn another_account_waits_and_the_old_one_is_used_meanwhile() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    names(&ann, FIRST).await.is(422).shows("goes to this account already");
    town.clock.advance(Duration::minutes(1));
    names(&ann, OTHER).await.goes_to("/account/bank");
    let page = ann.get("/account/bank").await.is(200);
    page.shows("Another account waits").shows("ends in 3000").shows("ends in 6819");
    assert_eq!(town.subjects_to(&ann.email).await.pop().unwrap(), "Your money shall go to another account");
    town.later(Duration::hours(72) - Duration::seconds(1)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    // The time alone decides, whether or not the job has run.
    town.clock.advance(Duration::seconds(1));
    assert_eq!(current(&town, &ann).await.as_deref(), Some(OTHER));
    town.run_jobs().await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(OTHER));
    assert_eq!(town.subjects_to(&ann.email).await.pop().unwrap(), "Another bank account is used");
    assert_eq!(town.count("select count(*) from bank_accounts where ended_at is not null").await, 1);
    town.clock.advance(Duration::days(31));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(town.count("select count(*) from bank_accounts").await, 1, "the old one is forgotten");
}

#[tokio::test]
async fn one_that_waits_is_replaced_by_the_next() {
    let town = Town::with(|config| config.payouts.cool_hours = 24).await;
    let ann = town.person("Ann").await;
    for iban in [FIRST, OTHER, THIRD] {
        names(&ann, iban).await.goes_to("/account/bank");
        town.clock.advance(Duration::minutes(1));
    }
    town.later(Duration::hours(24) - Duration::seconds(90)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    town.later(Duration::minutes(2)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(THIRD));
    assert_eq!(town.count("select count(*) from audit_log where action = 'banks.use'").await, 1);
}

/// The way out asks for nothing but a sign-in; the way in asks once more who it is.
#[tokio::test]
async fn taking_back_is_easy_and_changing_is_not() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    names(&ann, OTHER).await.goes_to("/account/bank");
    town.clock.advance(Duration::minutes(11));
    for path in ["/account/bank/new", "/account/bank/remove"] {
        let asked = ann.post(path, &[("holder", "Ann Garden"), ("iban", THIRD)]).await.is(303);
        assert!(asked.location().starts_with("/confirm"), "{path}: {}", asked.location());
    }
    let page = ann.get("/account/bank").await.is(200).page();
    ann.submit(page.form("form[action='/account/bank/keep']")).await.goes_to("/account/bank");
    assert!(!waits(&town, &ann).await);
    assert!(!ann.get("/account/bank").await.page().has("form[action='/account/bank/keep']"));
    town.later(Duration::hours(73)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|it| it == "Change of the bank account taken back"), "{subjects:?}");
    assert!(!subjects.iter().any(|it| it == "Another bank account is used"), "{subjects:?}");
}

#[tokio::test]
async fn the_link_of_the_mail_takes_it_back_once_and_while_it_waits() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    town.clock.advance(Duration::seconds(1));
    names(&ann, OTHER).await.goes_to("/account/bank");
    let token = link_token(&town, &ann.email).await;
    assert!(waits(&town, &ann).await, "a program that opens the link changes nothing");
    follows_link(&town, &ann.email, "/bank/undo").await.goes_to("/");
    assert!(!waits(&town, &ann).await);
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    town.visitor().post("/bank/undo", &[("token", &token)]).await.is(409);
    town.clock.advance(Duration::seconds(1));
    names(&ann, THIRD).await.goes_to("/account/bank");
    let token = link_token(&town, &ann.email).await;
    town.clock.advance(Duration::hours(72));
    town.visitor().post("/bank/undo", &[("token", &token)]).await.is(409);
    town.visitor().post("/bank/undo", &[("token", "made up")]).await.is(409);
    assert_eq!(current(&town, &ann).await.as_deref(), Some(THIRD));
}

/// Removing it and naming another is no way around the wait.
#[tokio::test]
async fn after_a_removal_the_next_one_waits_too() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    let page = ann.get("/account/bank").await.is(200).page();
    ann.submit(page.form("form[action='/account/bank/remove']")).await.goes_to("/account/bank");
    assert_eq!(current(&town, &ann).await, None);
    town.clock.advance(Duration::seconds(1));
    names(&ann, OTHER).await.goes_to("/account/bank");
    assert!(waits(&town, &ann).await);
    assert_eq!(current(&town, &ann).await, None);
    ann.get("/account/bank").await.shows("Until then there is no account").shows("Do not use it");
    let subjects = town.subjects_to(&ann.email).await;
    assert!(subjects.iter().any(|it| it == "Bank account removed"), "{subjects:?}");
    town.later(Duration::hours(72)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(OTHER));
}

/// Somebody is in the account, changes its address first, and then where its money goes.
#[tokio::test]
async fn the_old_address_is_told_and_taking_it_back_undoes_the_bank_too() {
    let town = Town::with(|config| config.payouts.cool_hours = 24).await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    town.clock.advance(Duration::seconds(1));
    asks(&ann, "thief@new.example").await;
    follows_link(&town, "thief@new.example", "/email/confirm").await.goes_to("/");
    let undo = link_token(&town, "ann@example.org").await;
    town.clock.advance(Duration::minutes(1));
    names(&ann, OTHER).await.goes_to("/account/bank");
    for address in ["ann@example.org", "thief@new.example"] {
        let told = town.mails_to(address).await.pop().unwrap();
        assert_eq!(told.subject, "Your money shall go to another account", "{address}");
        assert!(told.text.contains("/bank/undo?token="), "{address}");
    }
    // It is in use by the time that she reads her mail.
    town.later(Duration::days(2)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(OTHER));
    town.visitor().post("/email/undo", &[("token", &undo)]).await.goes_to("/");
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    assert!(!waits(&town, &ann).await);
    town.later(Duration::days(3)).await;
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
    assert_eq!(town.count("select count(*) from bank_accounts").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'banks.restore'").await, 1);
}

#[tokio::test]
async fn who_removes_the_account_of_somebody_else_tells_them_too() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    names(&ann, FIRST).await.goes_to("/account/bank");
    town.clock.advance(Duration::seconds(1));
    asks(&ann, "thief@new.example").await;
    follows_link(&town, "thief@new.example", "/email/confirm").await.goes_to("/");
    let undo = link_token(&town, "ann@example.org").await;
    town.clock.advance(Duration::seconds(1));
    ann.post("/account/bank/remove", &[]).await.goes_to("/account/bank");
    assert_eq!(town.subjects_to("ann@example.org").await.pop().unwrap(), "Bank account removed");
    town.visitor().post("/email/undo", &[("token", &undo)]).await.goes_to("/");
    assert_eq!(current(&town, &ann).await.as_deref(), Some(FIRST));
}

#[tokio::test]
async fn mistakes_are_told_at_the_field() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/bank/new").await.is(200).page().form("form[action='/account/bank/new']");
    let form = form.with("holder", "Ann Garden");
    for (iban, said) in [
        ("", ""),
        ("DE88 3704 0044 0532 0130 00", "A digit or letter of the IBAN is not right"),
        ("DE89 3704 0044 0532 0130", "too long or too short"),
        ("US89 3704 0044 0532 0130 00", "begins with the two letters of a country"),
        ("DE89 3704 0044 0532 0130 0?", "letters from A to Z and digits only"),
    ] {
        let answer = ann.submit(form.clone().with("iban", iban)).await.is(422).shows(said);
        assert!(answer.page().has("[name='iban'][aria-invalid='true']"), "{iban}");
        assert!(!answer.page().has("[name='holder'][aria-invalid='true']"), "{iban}");
    }
    let page = ann.submit(form.with("holder", "").with("iban", FIRST)).await.is(422).page();
    assert!(page.has("[name='holder'][aria-invalid='true']"));
    assert_eq!(town.count("select count(*) from bank_accounts").await, 0);
}

/// An address that is not proven, and an account that is held, name none.
#[tokio::test]
async fn who_may_not_be_here_names_no_account() {
    let town = Town::new().await;
    let (nell, dee) = (town.newcomer("Nell").await, town.person("Dee").await);
    names(&nell, FIRST).await.is(409);
    dee.get("/account/bank").await.is(200);
    town.suspend(&dee).await;
    names(&dee, FIRST).await.is(303);
    assert_eq!(town.count("select count(*) from bank_accounts").await, 0);
}
