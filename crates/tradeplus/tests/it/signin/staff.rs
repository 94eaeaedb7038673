//! Staff shows something strong, and nothing less stands for it.

use super::sent::turns_on_mail;
use super::{newest_code, sets_up_an_app, types_code, types_password};
use kernel::MemberId;
use market::accounts::model::Role;
use testkit::{PASSWORD, Town};
use time::Duration;

/// As if a key were on one of their devices.
pub(super) async fn has_passkey(town: &Town, who: MemberId) -> uuid::Uuid {
    let id = uuid::Uuid::from_u128(7);
    sqlx::query(
        "insert into passkeys (passkey_id, member_id, credential_id, credential, name, synced, created_at)
         values ($1, $2, 'x', '{}', 'A key', true, '2026-01-01')",
    )
    .bind(id)
    .bind(who.0)
    .execute(&town.owner)
    .await
    .unwrap();
    id
}

/// The way around what is strong: adding something of one's own, or taking away what is there.
const WAYS_AROUND: [(&str, &str); 6] = [
    ("/account/passkeys/options", ""),
    ("/account/passkeys", ""),
    ("/account/passkeys/00000000-0000-0000-0000-000000000007/remove", ""),
    ("/account/totp", "000000"),
    ("/account/totp/off", ""),
    ("/account/codes", ""),
];

#[tokio::test]
async fn a_stolen_password_of_staff_adds_nothing_to_a_passkey() {
    let town = Town::with(|config| config.access.staff_factor = true).await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    has_passkey(&town, olga.id).await;
    let thief = town.visitor();
    types_password(&thief, &olga.email, PASSWORD).await.goes_to("/");
    thief.get("/account/totp").await.goes_to("/confirm?next=%2Faccount%2Ftotp");
    for (path, code) in WAYS_AROUND {
        let answer = thief.post(path, &[("code", code)]).await;
        assert!(answer.location().starts_with("/confirm"), "{path}");
    }
    assert_eq!(town.count("select count(*) from passkeys").await, 1);
    assert_eq!(town.count("select count(*) from totp").await, 0);
    thief.get("/admin").await.goes_to("/account/security");
}

#[tokio::test]
async fn a_code_by_mail_of_staff_makes_no_recovery_codes() {
    let town = Town::with(|config| config.access.staff_factor = true).await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    turns_on_mail(&town, &olga).await;
    let (app, _) = sets_up_an_app(&town, &olga).await;
    let thief = town.visitor();
    types_password(&thief, &olga.email, PASSWORD).await.goes_to("/sign-in/second");
    thief.post("/sign-in/second/send", &[("channel", "email")]).await.goes_to("/sign-in/second");
    let code = newest_code(&town, &olga.email).await;
    thief.post("/sign-in/second", &[("code", &code)]).await.goes_to("/");
    for (path, code) in WAYS_AROUND {
        let answer = thief.post(path, &[("code", code)]).await;
        assert!(answer.location().starts_with("/confirm"), "{path}");
    }
    thief.get("/admin").await.goes_to("/account/security");
    // Who shows what is strong goes on.
    let desk = town.visitor();
    types_code(&desk, &olga.email, &app.code(&town)).await.goes_to("/");
    desk.get("/admin").await.is(200);
    desk.post("/account/codes", &[]).await.is(200);
}

#[tokio::test]
async fn staff_with_an_app_shows_it_again_and_no_code_that_was_sent() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    turns_on_mail(&town, &olga).await;
    let (app, codes) = sets_up_an_app(&town, &olga).await;
    town.clock.advance(Duration::minutes(11));
    let page = olga.get("/confirm?next=%2Faccount%2Fcodes").await.is(200).page();
    assert!(!page.has("[name='channel']"), "no button sends a code");
    olga.post("/confirm/send", &[("channel", "email"), ("next", "/")]).await.is(404);
    let form = page.form("form[action='/confirm']");
    olga.submit(form.clone().with("code", &app.code(&town))).await.goes_to("/account/codes");
    town.clock.advance(Duration::minutes(11));
    olga.submit(form.with("code", &codes[0])).await.goes_to("/account/codes");
}

#[tokio::test]
async fn staff_with_a_passkey_only_is_not_asked_for_the_password() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    has_passkey(&town, olga.id).await;
    olga.get("/account/totp").await.is(200);
    town.clock.advance(Duration::minutes(11));
    let page = olga.get("/confirm?next=%2Faccount%2Ftotp").await.is(200).page();
    assert!(!page.has("[name='password']") && !page.has("[name='code']"));
    assert!(page.has("form[action='/confirm/passkey']"));
    olga.post("/confirm", &[("password", PASSWORD), ("next", "/")]).await.is(404);
    olga.get("/account/totp").await.goes_to("/confirm?next=%2Faccount%2Ftotp");
}
