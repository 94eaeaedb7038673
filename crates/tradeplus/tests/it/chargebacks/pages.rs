//! The desk of chargebacks, and what the sides of an order read.

use super::{BASE, bank_asks, bank_takes, finance, paid, state, the_one, times_sent};
use http::Method;
use market::accounts::model::Role;
use platform::config::SecondPerson;
use testkit::Town;

#[tokio::test]
async fn the_desk_shows_the_draft_keeps_it_and_sends_it() {
    let town = Town::new().await;
    let (ann, _, deal) = paid(&town).await;
    ann.takes(deal.order(), "ship").await;
    let fay = finance(&town).await;
    let dispute = bank_takes(&town, &deal).await;
    let id = the_one(&town).await;
    let here = format!("/admin/chargebacks/{id}");
    let number = town.order(deal.order()).await.number;
    let list = fay.get("/admin/chargebacks").await.is(200).shows(&number).shows("Waits for our answer");
    assert!(list.page().has(&format!("a[href='{here}']")));
    let page = fay.get(&here).await.is(200).shows("JD0146000091").shows("The bank took the money");
    assert!(page.page().has("textarea[name='uncategorized_text']"));

    let long = "x".repeat(4_001);
    fay.post(&here, &[("do", "save"), ("customer_name", &long)]).await.is(422);
    fay.post(&here, &[("do", "save"), ("customer_name", "Ben B"), ("shipping_carrier", "")])
        .await
        .goes_to(&here);
    fay.get(&here).await.is(200).shows("Ben B").shows("The draft is saved.").hides("DHL");
    let known =
        "select count(*) from chargeback_evidence where field = 'customer_name' and by_id is not null";
    assert_eq!(town.count(known).await, 1);

    fay.post(&here, &[("do", "send"), ("uncategorized_text", "It was delivered.")]).await.goes_to(&here);
    town.run_jobs().await;
    assert_eq!((state(&town, id).await.as_str(), times_sent(&town, &dispute)), ("under_review", 1));
    let sent = fay.get(&here).await.is(200).shows("This was sent.").shows("It was delivered.");
    assert!(!sent.page().has("textarea[name='uncategorized_text']"));
    fay.post(&here, &[("do", "save"), ("customer_name", "Mallory")]).await.goes_to(&here);
    assert_eq!(town.count(known).await, 1, "nothing is changed any more");
    assert_eq!(town.count("select count(*) from audit_log where action = 'chargebacks.submit'").await, 1);
    assert!(fay.get("/admin/chargebacks?only=over").await.is(200).hides(&number).has_text("Nothing here"));
}

#[tokio::test]
async fn giving_in_takes_two_where_the_settings_say_so() {
    let town = Town::with(|config| config.staff.second_person_for = SecondPerson::ALL.to_vec()).await;
    let (_, _, deal) = paid(&town).await;
    let fay = finance(&town).await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    bank_takes(&town, &deal).await;
    let id = the_one(&town).await;
    let here = format!("/admin/chargebacks/{id}");
    fay.post(&here, &[("do", "accept")]).await.is(422).shows("Lamp");
    fay.post(&here, &[("do", "accept"), ("reason", "The parcel is lost.")]).await.goes_to(&here);
    assert_eq!(state(&town, id).await, "needs_response", "somebody else has to agree");
    let wish: uuid::Uuid =
        sqlx::query_scalar("select approval_id from approvals").fetch_one(&town.owner).await.unwrap();
    let wish = format!("/admin/approvals/{wish}");
    olga.get(&wish).await.is(200).shows("Accept a chargeback").shows("The parcel is lost.");
    olga.post(&wish, &[("do", "agree"), ("reason", "I looked at it")]).await.goes_to("/admin/approvals");
    town.run_jobs().await;
    assert_eq!(state(&town, id).await, "lost");
}

#[tokio::test]
async fn strangers_find_no_chargebacks() {
    let town = Town::new().await;
    let (ann, ben, deal) = paid(&town).await;
    bank_takes(&town, &deal).await;
    let here = format!("/admin/chargebacks/{}", the_one(&town).await);
    for who in [&ann, &ben] {
        who.get("/admin/chargebacks").await.is(404);
        who.get(&here).await.is(404);
        who.post(&here, &[("do", "send")]).await.is(404);
    }
}

#[tokio::test]
async fn both_sides_read_what_the_bank_does() {
    let town = Town::new().await;
    let (ann, ben, deal) = paid(&town).await;
    let order = format!("/orders/{}", deal.order());
    bank_asks(&town, &deal).await;
    ben.get(&order).await.is(200).shows("Your bank has asked us about this payment.");
    ann.get(&order).await.is(200).shows("The buyer’s bank has asked us about this payment.");
    let told = ben.api(Method::GET, &order, None).await.is(200);
    assert_eq!(told.at("/chargeback/state"), "inquiry");
    let mails = town.mails_to(&ann.email).await;
    let mail = mails.iter().find(|mail| mail.subject.contains("asks a question")).unwrap();
    assert!(mail.text.contains(&format!("{BASE}{order}")), "{}", mail.text);
    assert!(!mail.text.contains("Ben"), "the buyer is not named: {}", mail.text);
}
