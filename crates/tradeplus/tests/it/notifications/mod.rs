//! Who hears of what, and what a mail may hold.

use market::accounts::model::Role;
use testkit::{Person, Town};
use time::Duration;

async fn count(town: &Town, who: &Person) -> usize {
    town.mails_to(&who.email).await.len()
}

#[tokio::test]
async fn both_sides_hear_of_what_concerns_them_once() {
    let town = Town::new().await;
    let (ann, ben, cy) =
        (town.person("Ann").await, town.person("Ben").await, town.staff("Cy", &[Role::Support]).await);
    let lamp = ann.listing("Brass lamp").live().await;
    let deal = ben.buys(&lamp).await;
    let order = deal.order();
    town.run_jobs().await;
    assert_eq!((count(&town, &ann).await, count(&town, &ben).await), (0, 0), "nothing is certain yet");
    ben.pays(&deal).await;
    let mut heard = (0, 0);
    for (who, step, to_ann, to_ben) in [
        (None, "", 1, 1),
        (Some(&ann), "ship", 0, 1),
        (Some(&ann), "seller_marks_delivered", 0, 1),
        (Some(&ben), "open_claim", 1, 0),
        (Some(&ben), "escalate", 1, 1),
        (Some(&cy), "rule_release", 1, 1),
    ] {
        if let Some(who) = who {
            who.takes(order, step).await;
        }
        for _ in 0..2 {
            town.run_jobs().await;
        }
        heard = (heard.0 + to_ann, heard.1 + to_ben);
        assert_eq!((count(&town, &ann).await, count(&town, &ben).await), heard, "after {step:?}");
    }
    assert_eq!(count(&town, &cy).await, 1);
}

#[tokio::test]
async fn a_mail_names_the_order_and_gives_nothing_away() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("<b>Brass</b> lamp & \"shade\"").live().await;
    let deal = ben.buys(&lamp).await;
    ben.pays(&deal).await;
    ann.takes(deal.order(), "ship").await;
    ben.takes(deal.order(), "confirm_early").await;
    town.run_jobs().await;
    let mails = [town.mails_to(&ann.email).await, town.mails_to(&ben.email).await].concat();
    assert!(mails.len() >= 4);
    for mail in mails {
        assert!(mail.text.contains("Brass"), "{}", mail.text);
        assert!(!mail.text.contains(" ,") && !mail.text.contains("  "), "a gap: {}", mail.text);
        assert!(
            mail.text.contains(&format!("/orders/{}", deal.order())),
            "a way to the order: {}",
            mail.text
        );
        for secret in ["Garden Street", "10115", "4242", "JD0146"] {
            assert!(!mail.text.contains(secret) && !mail.html.contains(secret), "{secret}: {}", mail.text);
        }
        assert!(
            !mail.html.contains("<b>Brass") && !mail.subject.contains('{') && !mail.text.contains('{'),
            "{}",
            mail.html
        );
    }
}

#[tokio::test]
async fn people_are_written_to_in_their_language() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let mut tx = town.db.begin().await.unwrap();
    market::accounts::rules::set_lang(&mut tx, ben.id, kernel::Lang::find("de").unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let (hers, his) =
        (town.mails_to(&ann.email).await.pop().unwrap(), town.mails_to(&ben.email).await.pop().unwrap());
    assert!(hers.html.contains("lang=\"en\"") && his.html.contains("lang=\"de\""));
    assert!(his.text.contains("15,30"), "{}", his.text);
    assert!(hers.text.contains("13.04"), "what the seller gets: {}", hers.text);
}

/// Only who decides is called, and only who still works here.
#[tokio::test]
async fn staff_that_decides_is_called() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let support = town.staff("Cy", &[Role::Support]).await;
    let operator = town.staff("Olga", &[Role::Operator]).await;
    let moderator = town.staff("Mo", &[Role::Moderator]).await;
    let gone = town.staff("Gus", &[Role::Operator]).await;
    town.suspend(&gone).await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    ann.takes(deal.order(), "ship").await;
    ben.takes(deal.order(), "report_not_received").await;
    town.later(Duration::days(3)).await;
    let heard = [&support, &operator, &moderator, &gone].map(|w| async { count(&town, w).await });
    let [a, b, c, d] = heard;
    assert_eq!((a.await, b.await, c.await, d.await), (1, 1, 0, 0));
}
