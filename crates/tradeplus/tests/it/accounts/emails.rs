//! Another address for an account: the new one proves itself, the old one can take it back.

use super::{authenticate, link_token};
use crate::signin::{sets_up_an_app, types_password};
use testkit::{PASSWORD, Person, Town};
use time::Duration;

/// Asks for the new address by the page.
pub(super) async fn asks(who: &Person, new: &str) {
    let form = who.get("/account/email").await.is(200).page().form("form[action='/account/email']");
    who.submit(form.with("email", new)).await.goes_to("/account/security");
}

/// Opens the link of the newest mail to an address and presses its button.
pub(super) async fn follows_link(town: &Town, address: &str, path: &str) -> testkit::Answer {
    let token = link_token(town, address).await;
    let browser = town.visitor();
    let page = browser.get(&format!("{path}?token={token}")).await.is(200);
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    browser.submit(page.page().form(&format!("form[action='{path}']"))).await
}

#[tokio::test]
async fn nothing_changes_until_the_new_address_has_proven_itself() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks(&ann, "ann@new.example").await;
    assert_eq!(ann.member().await.email, "ann@example.org");
    assert!(town.mails_to(&ann.email).await.is_empty());
    follows_link(&town, "ann@new.example", "/email/confirm").await.goes_to("/");
    assert_eq!(ann.member().await.email, "ann@new.example");
    authenticate(&town, "ann@new.example", PASSWORD).await.unwrap();
    assert!(authenticate(&town, "ann@example.org", PASSWORD).await.is_err());
    ann.get("/account").await.is(200);
    let told = town.mails_to(&ann.email).await.pop().unwrap();
    assert_eq!(told.subject, "Your account has a new address");
    assert!(
        !told.text.contains("ann@new.example"),
        "whoever reads the old mailbox need not know the new one"
    );
}

/// Somebody was in the account and changed its address.
#[tokio::test]
async fn the_old_address_takes_it_back_and_throws_everybody_out() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks(&ann, "thief@new.example").await;
    follows_link(&town, "thief@new.example", "/email/confirm").await.goes_to("/");
    town.clock.advance(Duration::days(3) - Duration::seconds(1));
    follows_link(&town, "ann@example.org", "/email/undo").await.goes_to("/");
    assert_eq!(ann.member().await.email, "ann@example.org");
    ann.browser.get("/account").await.goes_to("/sign-in?next=%2Faccount");
    town.clock.advance(Duration::seconds(1));
    let subjects = town.subjects_to("ann@example.org").await;
    assert!(subjects.iter().any(|s| s == "Set a new password"), "{subjects:?}");
}

/// What somebody began in the account does not outlive the address.
#[tokio::test]
async fn codes_and_half_finished_sign_ins_end_with_the_address() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    sets_up_an_app(&town, &ann).await;
    asks(&ann, "thief@new.example").await;
    ann.post("/account/mail-codes/send", &[]).await.goes_to("/account/mail-codes");
    let open = "select count(*) from sent_codes where expires_at = created_at + interval '10 minutes'";
    assert_eq!(town.count(open).await, 1);
    town.clock.advance(Duration::seconds(1));
    follows_link(&town, "thief@new.example", "/email/confirm").await.goes_to("/");
    assert_eq!(town.count(open).await, 0);
    let thief = town.visitor();
    types_password(&thief, "thief@new.example", PASSWORD).await.goes_to("/sign-in/second");
    thief.get("/sign-in/second").await.is(200);
    follows_link(&town, "ann@example.org", "/email/undo").await.goes_to("/");
    thief.get("/sign-in/second").await.goes_to("/sign-in");
}

#[tokio::test]
async fn links_end() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    asks(&ann, "ann@new.example").await;
    town.clock.advance(Duration::hours(24));
    follows_link(&town, "ann@new.example", "/email/confirm").await.is(409);
    assert_eq!(ann.member().await.email, "ann@example.org");

    ann.browser.post("/sign-out", &[]).await.is(303);
    ann.sign_in().await.goes_to("/");
    let page = ann.browser.get("/account/email").await.is(200).page();
    let form = page.form("form[action='/account/email']").with("email", "ann@new.example");
    ann.browser.submit(form).await.is(303);
    // The mail about the browser that is new comes first.
    town.clock.advance(Duration::seconds(1));
    follows_link(&town, "ann@new.example", "/email/confirm").await.goes_to("/");
    town.clock.advance(Duration::days(3));
    follows_link(&town, "ann@example.org", "/email/undo").await.is(409);
    assert_eq!(ann.member().await.email, "ann@new.example");
    for path in ["/email/confirm", "/email/undo"] {
        town.visitor().post(path, &[("token", "made up")]).await.is(409);
    }
}

/// Who asks for an address that has an account learns nothing; its owner does.
#[tokio::test]
async fn an_address_that_has_an_account_stays_with_its_owner() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    asks(&ann, "BEN@example.org").await;
    let mails = town.mails_to(&ben.email).await;
    assert_eq!(mails.len(), 1);
    assert!(!mails[0].text.contains("token="));
    // Free when it was asked for, taken when it was confirmed.
    asks(&ann, "carla@example.org").await;
    let link = link_token(&town, "carla@example.org").await;
    town.person("Carla").await;
    town.visitor().post("/email/confirm", &[("token", &link)]).await.is(409);
    assert_eq!(ann.member().await.email, "ann@example.org");
}

#[tokio::test]
async fn mistakes_are_told_at_the_field() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    for bad in ["", "no address", "ANN@example.org"] {
        let form = ann.get("/account/email").await.page().form("form[action='/account/email']");
        let page = ann.submit(form.with("email", bad)).await.is(422).page();
        assert!(page.has("[name='email'][aria-invalid='true']"), "{bad}");
    }
    assert_eq!(town.count("select count(*) from email_changes").await, 0);
}
