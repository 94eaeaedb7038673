//! What was typed into a form whose sender was signed out meanwhile, or has to show once more who they are.

use crate::signin::sets_up_an_app;
use kit::route::{Audience, RouteInfo};
use market::accounts::model::Role;
use market::signin::jobs;
use testkit::{Answer, Browser, Filled, PASSWORD, Page, Person, Town};
use time::Duration;

const NOTICE: &str = "Here is what you had typed";
const BIO: &str = "I mend lamps.\nAnd “shades” & more <b>.";

/// Routes into which nobody types anything that could be kept, and why.
const NOTHING_TO_KEEP: &[(&str, &[&str])] = &[
    (
        "a button",
        &[
            "documents.letters",
            "sell.start",
            "sell.pause",
            "sell.sold",
            "sell.delete",
            "sell.restore",
            "sell.photos_order",
            "sell.photos_change",
            "accounts.verify_again",
            "accounts.devices_close_all",
            "accounts.devices_close",
            "security.passkeys_remove",
            "security.totp_off",
            "security.mail_codes_send",
            "security.mail_codes_off",
            "security.phone_send",
            "security.phone_off",
            "security.sign_ins_remove",
            "security.bank_keep",
            "security.bank_remove",
            "security.codes_make",
            "keys.revoke",
            "admin.look_end",
            "admin.report_take",
            "admin.case_take",
            "cases.answer",
            "pay.answer",
            "pay.cancel",
            "privacy.copy_ask",
            "privacy.delete",
            "privacy.delete_undo",
            "signin.confirm_send",
        ],
    ),
    ("files, which are not kept", &["sell.photos_add", "accounts.avatar", "cases.show_photos"]),
    ("a script sends it, and keeps what could not be sent", &["sell.draft"]),
    ("a card's number", &["pay.try"]),
    ("a password", &["security.password", "signin.confirm"]),
    ("a code", &["security.totp", "security.mail_codes", "security.phone_confirm"]),
    ("an answer of a device", &["security.passkeys_ask", "security.passkeys_add", "signin.confirm_passkey"]),
    ("a phone's number, in a field that is called as that of a card", &["security.phone"]),
    ("a word or two, in a fold of the list", &["security.passkeys_rename"]),
];

/// The form of the profile, with something typed into it.
async fn profile(who: &Person) -> Filled {
    let page = who.get("/account/profile").await.is(200).page();
    page.form("form[action='/account/profile']").with("bio", BIO)
}

/// As if somebody had signed them out elsewhere.
async fn is_signed_out(town: &Town, who: &Person) {
    let done = sqlx::query("delete from sessions where member_id = $1").bind(who.id.0);
    assert!(done.execute(&town.owner).await.unwrap().rows_affected() > 0);
}

/// Types address and password on the page that an answer leads to.
async fn signs_in_at(browser: &Browser, asked: &Answer, who: &Person) -> Answer {
    let form = browser.follow(asked).await.is(200).page().form("main form[action='/sign-in']");
    browser.submit(form.with("email", &who.email).with("password", PASSWORD)).await.is(303)
}

/// What a browser sends of lines that were typed.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim_start_matches('\n').to_owned()
}

fn bio_of(page: &Page) -> String {
    lines(page.form("form[action='/account/profile']").value("bio").unwrap())
}

/// The page of a form that was sent to a route, as the route table says it.
fn has_page(route: &RouteInfo) -> bool {
    let page = route.form_on.unwrap();
    tradeplus::routes::all().iter().any(|other| {
        other.path == page && other.method == http::Method::GET && other.audience == route.audience
    })
}

/// Whoever adds a form says where it stands, or why nothing is lost.
#[test]
fn every_form_of_somebody_who_is_signed_in_says_where_it_stands() {
    let all = tradeplus::routes::all();
    let listed: Vec<&str> = NOTHING_TO_KEEP.iter().flat_map(|(_, names)| *names).copied().collect();
    for name in &listed {
        assert!(all.iter().any(|route| route.name == *name), "{name} is gone: take it off the list");
    }
    let is_for_somebody = |route: &&RouteInfo| {
        let open = matches!(route.audience, Audience::Everyone | Audience::Provider | Audience::Operator);
        route.method == http::Method::POST && !route.path.starts_with("/api/") && !open
    };
    let mut kept = 0;
    for route in all.iter().filter(is_for_somebody) {
        match route.form_on {
            Some(_) => {
                assert!(has_page(route), "{}: there is no such page for who may send it", route.name);
                assert!(!listed.contains(&route.name), "{}", route.name);
                kept += 1;
            }
            None => assert!(listed.contains(&route.name), "{}: on which page is its form?", route.name),
        }
    }
    assert!(kept > 14, "{kept}");
}

#[tokio::test]
async fn a_long_form_is_there_again_and_is_not_sent_by_itself() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").draft().await;
    let path = format!("/sell/{}", lamp.id);
    let form = ann.get(&path).await.is(200).page().form("form#sell");
    let form = form.with("title", "Green lamp").with("description", "It is green.").with("price", "oops");
    let form = form.choosing("open_to_offers", "1").choosing("do", "save");
    // Nobody was there for two weeks.
    town.clock.advance(Duration::days(15));
    let asked = ann.browser.submit(form).await.is(303);
    assert!(asked.location().starts_with("/sign-in?next=%2Fsell%2F"), "{}", asked.location());
    let page = ann.browser.follow(&asked).await.is(200).shows("What you typed is kept for an hour").page();
    let form = page.form("main form[action='/sign-in']").with("email", &ann.email);
    let passkey = page.form("form[action='/sign-in/passkey']");
    assert_eq!(passkey.value("next"), form.value("next"), "a passkey leads there too");
    let wrong = ann.browser.submit(form.with("password", "not it at all")).await.is(422).page();
    let form = wrong.form("main form[action='/sign-in']").with("password", PASSWORD);
    let back = ann.browser.submit(form).await.is(303);
    assert!(back.location().starts_with(&format!("{path}?kept=")), "{}", back.location());
    assert_eq!(town.listing(lamp.id).await.title, "Lamp", "nothing is sent by itself");
    // Looked at once more, or gone back to: it is still there.
    for _ in 0..2 {
        let page = ann.browser.follow(&back).await.is(200).shows(NOTICE).page();
        let form = page.form("form#sell");
        assert_eq!((form.value("title"), form.value("price")), (Some("Green lamp"), Some("oops")));
        assert_eq!((form.value("open_to_offers"), form.value("delivery")), (Some("1"), Some("ship")));
        assert!(!page.has("[aria-invalid='true']"), "nobody has judged it yet");
    }
    let form = ann.browser.follow(&back).await.page().form("form#sell").choosing("do", "save");
    let judged = ann.browser.submit(form.clone()).await.is(422).page();
    assert_eq!(judged.form("form#sell").value("title"), Some("Green lamp"));
    assert_eq!(town.count("select count(*) from kept_forms").await, 1, "it was not taken");
    ann.browser.submit(form.with("price", "12")).await.goes_to(&path);
    assert_eq!(town.listing(lamp.id).await.title, "Green lamp");
    assert_eq!(town.count("select count(*) from kept_forms").await, 0, "it is forgotten when it was sent");
    ann.browser.follow(&back).await.is(200).hides(NOTICE);
}

#[tokio::test]
async fn a_second_factor_in_between_loses_nothing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (app, _) = sets_up_an_app(&town, &ann).await;
    let form = profile(&ann).await;
    is_signed_out(&town, &ann).await;
    let asked = ann.browser.submit(form).await.is(303);
    signs_in_at(&ann.browser, &asked, &ann).await.goes_to("/sign-in/second");
    let page = ann.browser.get("/sign-in/second").await.is(200).page();
    let form = page.form("form[action='/sign-in/second']");
    ann.browser.submit(form.clone().with("code", "000000")).await.is(422);
    let back = ann.browser.submit(form.with("code", &app.code(&town))).await.is(303);
    let page = ann.browser.follow(&back).await.is(200).shows(NOTICE).page();
    assert_eq!(bio_of(&page), lines(BIO));
}

#[tokio::test]
async fn two_windows_keep_two_forms() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let (one, other) = (profile(&ann).await, profile(&ann).await.with("bio", "Another."));
    is_signed_out(&town, &ann).await;
    let (one, other) = (ann.browser.submit(one).await.is(303), ann.browser.submit(other).await.is(303));
    let back = signs_in_at(&ann.browser, &one, &ann).await;
    assert_eq!(bio_of(&ann.browser.follow(&back).await.is(200).page()), lines(BIO));
    // The page of signing in in the other window leads on when it is looked at again.
    let back = ann.browser.follow(&other).await.is(303);
    assert_eq!(bio_of(&ann.browser.follow(&back).await.is(200).page()), "Another.");
}

/// A computer in a library: who signs in next is shown nothing of it, nor is anybody who learns the address.
#[tokio::test]
async fn it_is_for_who_typed_it_and_for_nobody_else() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let form = profile(&ann).await;
    is_signed_out(&town, &ann).await;
    let asked = ann.browser.submit(form).await.is(303);
    let bens = signs_in_at(&ann.browser, &asked, &ben).await;
    let page = ann.browser.follow(&bens).await.is(200).hides(NOTICE).hides("mend lamps").page();
    assert_eq!(bio_of(&page), "");
    ben.get(bens.location()).await.is(200).hides(NOTICE);
    town.visitor().get(bens.location()).await.is(303);
    // Elsewhere on the marketplace it is not hers either.
    ann.browser.set_cookie("tp_session", "");
    let kept = bens.location().split_once('?').unwrap().1.to_owned();
    ann.get(&format!("/account?{kept}")).await.is(200).hides(NOTICE);
    let page = ann.get(bens.location()).await.is(200).shows(NOTICE).page();
    assert_eq!(bio_of(&page), lines(BIO));
    let sealed = "select count(*) from kept_forms where encode(sealed, 'escape') ilike '%lamps%'";
    assert_eq!(town.count(sealed).await, 0);
}

#[tokio::test]
async fn a_form_that_was_made_for_somebody_else_is_not_kept() {
    let town = Town::new().await;
    let (ann, eve) = (town.person("Ann").await, town.person("Eve").await);
    let eves = eve.get("/account/email").await.is(200).page().form("form[action='/account/email']");
    let anns = ann.get("/account/email").await.is(200).page().form("form[action='/account/email']");
    town.clock.advance(Duration::minutes(11));
    // Ann is signed in in the browser in which Eve's form still stands.
    let eves = eves.with("email", "eve@new.example");
    ann.browser.submit(eves.clone()).await.goes_to("/confirm?next=%2Faccount%2Femail");
    // Made up, or without its token.
    let token = anns.value("csrf").unwrap().to_owned();
    let forged = token.replace(&ann.id.to_string(), &eve.id.to_string());
    assert_ne!(token, forged);
    let visitor = town.visitor();
    for token in [forged.as_str(), &token[..token.len() - 1], "x", ""] {
        let fields = [("csrf", token), ("email", "a@new.example")];
        visitor.post("/account/email", &fields).await.goes_to("/sign-in?next=%2Faccount%2Femail");
    }
    assert_eq!(town.count("select count(*) from kept_forms").await, 0);
    // From another site nothing is heard at all.
    let form = [("csrf", token.as_str()), ("email", "a@new.example")];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request =
        visitor.request(http::Method::POST, "/account/email").header("sec-fetch-site", "cross-site");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    visitor.send(request.body(axum::body::Body::from(body)).unwrap()).await.is(403);
    assert_eq!(town.count("select count(*) from kept_forms").await, 0);
}

#[tokio::test]
async fn showing_once_more_who_one_is_loses_nothing() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = ann.get("/account/email").await.is(200).page().form("form[action='/account/email']");
    town.clock.advance(Duration::minutes(11));
    let asked = ann.browser.submit(form.with("email", "ann@new.example")).await.is(303);
    assert!(
        asked.location().starts_with("/confirm?next=%2Faccount%2Femail%3Fkept%3D"),
        "{}",
        asked.location()
    );
    let page = ann.browser.follow(&asked).await.is(200).shows("What you typed is kept").page();
    let form = page.form("form[action='/confirm']");
    ann.browser.submit(form.clone().with("password", "not my password")).await.is(422);
    let back = ann.browser.submit(form.with("password", PASSWORD)).await.is(303);
    let page = ann.browser.follow(&back).await.is(200).shows(NOTICE).page();
    let form = page.form("form[action='/account/email']");
    assert_eq!(form.value("email"), Some("ann@new.example"));
    assert_eq!(town.count("select count(*) from email_changes").await, 0);
    ann.browser.submit(form).await.goes_to("/account/security");
    assert_eq!(town.count("select count(*) from kept_forms").await, 0);
}

#[tokio::test]
async fn secrets_and_too_much_are_not_kept() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = profile(&ann).await;
    let secrets = ["password", "new_password", "code", "number", "cvc", "token", "credential"];
    let with_secrets = secrets.iter().fold(form.clone(), |form, name| form.choosing(name, "hush hush"));
    is_signed_out(&town, &ann).await;
    let asked = ann.browser.submit(with_secrets).await.is(303);
    let id = asked.location().rsplit("%3D").next().unwrap().parse().unwrap();
    let mut reader = town.db.read().await.unwrap();
    let vault = &town.market.door.vault;
    let kept = market::kept::rules::find(&mut reader, vault, ann.id, id, "/account/profile").await;
    let kept = String::from_utf8(kept.unwrap().unwrap().fields).unwrap();
    assert!(kept.contains("mend+lamps") && !kept.contains("hush") && !kept.contains("csrf"), "{kept}");
    drop(reader);
    let long = form.clone().with("bio", &"x".repeat(66_000));
    ann.browser.submit(long).await.goes_to("/sign-in?next=%2Faccount%2Fprofile");
    // Nothing typed, nothing kept.
    let empty = ["display_name", "bio", "location"].iter().fold(form, |form, name| form.with(name, " "));
    ann.browser.submit(empty).await.goes_to("/sign-in?next=%2Faccount%2Fprofile");
    assert_eq!(town.count("select count(*) from kept_forms").await, 1);
}

#[tokio::test]
async fn five_are_kept_and_for_an_hour() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let form = profile(&ann).await;
    is_signed_out(&town, &ann).await;
    let mut asked = ann.browser.submit(form.clone()).await;
    for _ in 0..6 {
        town.clock.advance(Duration::seconds(1));
        asked = ann.browser.submit(form.clone()).await.is(303);
    }
    assert_eq!(town.count("select count(*) from kept_forms").await, 5);
    let back = signs_in_at(&ann.browser, &asked, &ann).await;
    ann.browser.follow(&back).await.is(200).shows(NOTICE);
    town.clock.advance(Duration::hours(1) - Duration::seconds(1));
    ann.browser.follow(&back).await.is(200).shows(NOTICE);
    town.clock.advance(Duration::seconds(1));
    ann.browser.follow(&back).await.is(200).hides(NOTICE);
    town.clock.advance(Duration::seconds(1));
    jobs::prune(&town.db, jobs::Prune {}).await.unwrap();
    assert_eq!(town.count("select count(*) from kept_forms").await, 0);
}

#[tokio::test]
async fn an_address_and_a_complaint_are_there_again() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(2).live().await;
    ben.post("/cart", &[("listing", &lamp.id.to_string())]).await.is(303);
    let form = ben.get("/checkout").await.is(200).page().form("form[action='/checkout']");
    let key = form.value("key").unwrap().to_owned();
    let form = form.choosing("delivery", "ship").with("name", "Ben Buyer").with("line1", "12 Garden Street");
    is_signed_out(&town, &ben).await;
    let asked = ben.browser.submit(form).await.is(303);
    let back = signs_in_at(&ben.browser, &asked, &ben).await;
    let page = ben.browser.follow(&back).await.is(200).shows(NOTICE).page();
    let form = page.form("form[action='/checkout']");
    assert_eq!(form.value("line1"), Some("12 Garden Street"));
    assert_eq!(form.value("key"), Some(key.as_str()), "sent twice it orders once");
    assert_eq!(town.count("select count(*) from orders").await, 0);

    let deal = ben.buys(&lamp).await;
    ben.pays(&deal).await;
    ann.takes(deal.order(), "ship").await;
    let (path, complaint) = (format!("/orders/{}", deal.order()), "It has not come at all, and I waited.");
    let step = "form[action$='/report_not_received']";
    let form = ben.browser.get(&path).await.is(200).page().form(step).with("problem", complaint);
    is_signed_out(&town, &ben).await;
    let asked = ben.browser.submit(form.clone()).await.is(303);
    let late = ben.browser.submit(form).await.is(303);
    let back = signs_in_at(&ben.browser, &asked, &ben).await;
    let page = ben.browser.follow(&back).await.is(200).shows(NOTICE).page();
    assert_eq!(page.form(step).value("problem").map(lines).as_deref(), Some(complaint));
    assert!(page.has("details[open] form[action$='/report_not_received']"), "in sight");
    ben.browser.submit(page.form(step)).await.goes_to(&path);
    // What is not there to be done any more is not shown as if it were.
    let gone = ben.browser.follow(&late).await.is(303);
    ben.browser.follow(&gone).await.is(200).hides(NOTICE);
}

/// Staff is signed out after half an hour of nothing.
#[tokio::test]
async fn a_reason_that_staff_wrote_is_there_again() {
    let town = Town::new().await;
    let (mo, dee) = (town.staff("Mo", &[Role::Moderator]).await, town.person("Dee").await);
    let path = format!("/admin/members/{}/suspension", dee.id);
    let form = mo.get(&path).await.is(200).page().form(&format!("form[action='{path}']"));
    let form = form.with("reason", "Ticket 4711").with("words", "You sold what was not there.");
    town.clock.advance(Duration::minutes(31));
    let asked = mo.browser.submit(form.choosing("do", "suspend")).await.is(303);
    let back = signs_in_at(&mo.browser, &asked, &mo).await;
    let page = mo.browser.follow(&back).await.is(200).shows(NOTICE).page();
    let form = page.form(&format!("form[action='{path}']"));
    assert_eq!(form.value("reason").map(lines).as_deref(), Some("Ticket 4711"));
    assert!(!dee.member().await.suspended);
}

/// The answer to a suspension is written once, so it is not to be lost.
#[tokio::test]
async fn an_answer_of_who_is_suspended_is_there_again() {
    let town = Town::new().await;
    let dee = town.person("Dee").await;
    let insert = "insert into suspensions (suspension_id, member_id, reason, words, began_at)
        values (gen_random_uuid(), $1, 'because', 'because', $2)";
    sqlx::query(insert).bind(dee.id.0).bind(town.now()).execute(&town.owner).await.unwrap();
    town.suspend(&dee).await;
    let page = dee.get("/account/suspension").await.is(200).page();
    let form = page.form("form[action='/account/suspension']").with("appeal", "They were in the cellar.");
    is_signed_out(&town, &dee).await;
    let asked = dee.browser.submit(form).await.is(303);
    let back = signs_in_at(&dee.browser, &asked, &dee).await;
    let page = dee.browser.follow(&back).await.is(200).shows(NOTICE).page();
    let again = page.form("form[action='/account/suspension']");
    assert_eq!(again.value("appeal").map(lines).as_deref(), Some("They were in the cellar."));
}
