//! Opening an account.

use super::{authenticate, link_token, registration};
use kernel::{Lang, Refusal, Wrong};
use market::accounts::model::{Client, Registration};
use market::accounts::rules;
use market::signin::model::Step;
use testkit::{PASSWORD, Town};
use time::Duration;

const BASE: &str = "https://market.example";

async fn register(town: &Town, email: &str, name: &str) -> Option<market::accounts::model::Member> {
    let who = registration(email, PASSWORD, name);
    let hash = town.market.door.hasher.hash(PASSWORD.to_owned()).await.unwrap();
    let mut tx = town.db.begin().await.unwrap();
    let member = rules::register(&mut tx, &who, &hash, BASE).await.unwrap();
    tx.commit().await.unwrap();
    member
}

#[tokio::test]
async fn a_new_address_gets_a_link_that_proves_it() {
    let town = Town::new().await;
    let nell = register(&town, "Nell@Example.org", "Nell").await.unwrap();
    assert!(!nell.verified && !nell.suspended && nell.roles.is_empty());
    assert_eq!((nell.handle.as_str(), nell.email.as_str()), ("nell", "Nell@Example.org"));
    town.run_jobs().await;
    let mail = town.mails_to("Nell@Example.org").await.pop().unwrap();
    assert!(mail.text.contains("https://market.example/verify?token="), "{}", mail.text);

    let token = link_token(&town, "Nell@Example.org").await;
    let mut tx = town.db.begin().await.unwrap();
    assert_eq!(rules::verify_email(&mut tx, &token).await.unwrap().id, nell.id);
    tx.commit().await.unwrap();
    assert!(rules::find(&mut town.db.read().await.unwrap(), nell.id).await.unwrap().unwrap().verified);
    assert!(town.told().await.contains(&"accounts.registered".to_owned()));
}

#[tokio::test]
async fn a_known_address_is_told_to_its_owner_and_to_nobody_else() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let before = ann.member().await;
    assert!(register(&town, "ANN@example.org", "Mallory").await.is_none());
    let mails = town.mails_to(&ann.email).await;
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].text.contains("token=") && mails[0].text.contains("https://market.example/sign-in"));
    let after = ann.member().await;
    assert_eq!((after.display_name, after.email), (before.display_name, before.email));
    assert_eq!(town.count("select count(*) from members").await, 1);
    assert!(authenticate(&town, &ann.email, PASSWORD).await.is_ok());
}

#[tokio::test]
async fn people_of_one_name_get_handles_of_their_own() {
    let town = Town::new().await;
    let mut handles = std::collections::BTreeSet::new();
    for n in 0..5 {
        let member = register(&town, &format!("ann{n}@example.org"), "Ann Müller").await.unwrap();
        assert!(member.handle.starts_with("ann_muller"), "{}", member.handle);
        assert!(handles.insert(member.handle.to_lowercase()));
    }
    for name in ["自転車", "!!", "--"] {
        let member = register(&town, &format!("{}@example.org", handles.len()), name).await.unwrap();
        assert!(member.handle.starts_with("member"), "{}", member.handle);
        handles.insert(member.handle);
    }
}

#[test]
fn every_mistake_is_told_at_its_field_at_once() {
    let wrong = |email: &str, password: &str, name: &str| -> Vec<(String, Wrong)> {
        let errors = Registration::read(email, password, name, Lang::EN).unwrap_err();
        errors.iter().map(|(f, w)| (f.to_owned(), w.clone())).collect()
    };
    assert_eq!(
        wrong("", "", ""),
        [
            ("email".to_owned(), Wrong::Required),
            ("password".to_owned(), Wrong::Required),
            ("display_name".to_owned(), Wrong::Required)
        ]
    );
    assert_eq!(wrong("a@b.co", "123456789", "Ann"), [("password".to_owned(), Wrong::TooShort { min: 10 })]);
    assert_eq!(
        wrong("a@b.co", &"x".repeat(257), "Ann"),
        [("password".to_owned(), Wrong::TooLong { max: 256 })]
    );
    assert_eq!(wrong("a@b.co", PASSWORD, "A"), [("display_name".to_owned(), Wrong::TooShort { min: 2 })]);
}

#[tokio::test]
async fn signing_in_says_the_same_of_wrong_passwords_and_unknown_addresses() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let try_with = async |email: &str, password: &str| {
        town.clock.advance(Duration::minutes(1));
        authenticate(&town, email, password).await
    };
    let known = try_with("ANN@EXAMPLE.ORG", PASSWORD).await.unwrap();
    assert!(matches!(known, Step::Done(proven) if proven.member().id == ann.id));
    for (email, password) in [
        (ann.email.as_str(), "wrong horse battery"),
        (ann.email.as_str(), ""),
        (ann.email.as_str(), "correct horse battery "),
        ("nobody@example.org", PASSWORD),
        ("not an address", PASSWORD),
        ("", ""),
        ("ann@example.org\0", "wrong"),
    ] {
        let refused = try_with(email, password).await;
        let Err(Refusal::Fields(errors)) = refused else { panic!("{email}: {refused:?}") };
        let told: Vec<_> = errors.iter().collect();
        assert_eq!(told, [("password", &Wrong::Because("wrong-sign-in"))], "{email}");
    }
    let long = "ä".repeat(100_000);
    assert!(try_with(&ann.email, &long).await.is_err());
    town.suspend(&ann).await;
    let Ok(Step::Done(proven)) = try_with(&ann.email, PASSWORD).await else {
        panic!("not let in to read why")
    };
    assert!(proven.member().suspended);
    let mut tx = town.db.begin().await.unwrap();
    let tokens =
        market::accounts::tokens::issue(&mut tx, proven.member(), &[], &Client::default(), BASE).await;
    assert!(matches!(tokens, Err(Refusal::Conflict("account-suspended"))));
    drop(tx);
    assert!(
        matches!(try_with(&ann.email, "wrong horse battery").await, Err(Refusal::Fields(_))),
        "only its owner learns that"
    );
}

/// A password that was hashed at another cost is hashed anew when its owner shows it.
#[tokio::test]
async fn an_old_hash_is_made_anew_at_sign_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let costly = platform::config::Passwords { memory_kib: 64, passes: 2, at_once: 1, queue: 10 };
    let old = platform::crypto::Hasher::new(&costly, town.db.dice().clone())
        .unwrap()
        .hash(PASSWORD.to_owned())
        .await
        .unwrap();
    sqlx::query("update members set password_hash = $1").bind(&old).execute(&town.owner).await.unwrap();
    authenticate(&town, &ann.email, PASSWORD).await.unwrap();
    let new: String =
        sqlx::query_scalar("select password_hash from members").fetch_one(&town.owner).await.unwrap();
    assert_ne!(new, old);
    assert!(new.starts_with("$argon2id$"));
    authenticate(&town, &ann.email, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn an_operator_opens_accounts_that_are_good_at_once() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let who = registration(&ann.email.to_uppercase(), PASSWORD, "Ann");
    let mut tx = town.db.begin().await.unwrap();
    let taken = rules::create_verified(&mut tx, &who, "", None, &[]).await;
    let Err(Refusal::Fields(errors)) = taken else { panic!("{taken:?}") };
    assert_eq!(errors.of("email"), Some(&Wrong::Taken));
}
