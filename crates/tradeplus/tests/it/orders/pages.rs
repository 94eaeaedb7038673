//! Buying by the pages, without a script, from the cart to the end.

use market::listings::model::Listing;
use testkit::{Filled, Page, Person, Town, cards};

/// Puts a listing into the cart and opens the checkout, filled with an address.
async fn checkout(who: &Person, listing: &Listing) -> Filled {
    who.post("/cart", &[("listing", &listing.id.to_string())]).await.is(303);
    let form = who.get("/checkout").await.is(200).page().form("form[action='/checkout']");
    with_address(form)
}

fn with_address(form: Filled) -> Filled {
    form.choosing("delivery", "ship")
        .with("name", "Ben Buyer")
        .with("line1", "12 Garden Street")
        .with("postcode", "10115")
        .with("town", "Berlin")
        .with("country", "DE")
}

/// Types a card on the payment's page.
async fn pay(who: &Person, path: &str, number: &str) -> testkit::Answer {
    let form = who.get(path).await.is(200).page().form("form[action$='/pay']");
    who.submit(form.with("number", number).with("expiry", "12/60").with("cvc", "123")).await
}

/// The form of a step on an order's page.
fn step(page: &Page, name: &str) -> Filled {
    page.form(&format!("form[action$='/{name}']"))
}

fn mistake(page: &Page, field: &str) -> String {
    assert!(
        page.has(&format!("[name='{field}'][aria-invalid='true']")),
        "{field} is not marked: {}",
        page.text()
    );
    page.one(&format!("[id='f-{field}-err']"))
}

async fn order_of(town: &Town, path: &str) -> kernel::OrderId {
    let payment: uuid::Uuid =
        path.trim_start_matches("/checkout/").split('/').next().unwrap().parse().unwrap();
    sqlx::query_scalar("select order_id from orders where payment_id = $1")
        .bind(payment)
        .fetch_one(&town.owner)
        .await
        .unwrap()
}

#[tokio::test]
async fn ben_buys_a_lamp_and_ann_sends_it() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Brass lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let placed = ben.submit(form).await.is(303);
    let path = placed.location().to_owned();
    let order = order_of(&town, &path).await;
    ben.get(&path).await.is(200).shows("€15.30");
    ben.get("/cart").await.is(200).hides("Brass lamp");
    ben.get("/orders").await.is(200).shows("Brass lamp");
    ann.get("/orders?as=seller").await.is(200).hides("Brass lamp");
    ann.get(&format!("/orders/{order}")).await.is(404);

    let paid = pay(&ben, &path, cards::GOOD).await.is(303);
    assert!(paid.location().ends_with("/done"), "{}", paid.location());
    ben.follow_page(&paid).await.is(200);
    assert_eq!(town.state(order).await, "paid");
    assert_eq!(ben.get(&path).await.is(303).location(), format!("{path}/done"));

    let sale =
        ann.get(&format!("/orders/{order}")).await.is(200).shows("12 Garden Street").shows("€13.04").page();
    let sent = ann.submit(step(&sale, "ship").with("carrier", "DHL").with("tracking", "JD01")).await.is(303);
    ann.follow_page(&sent).await.is(200);
    let page = ben.get(&format!("/orders/{order}")).await.is(200).shows("JD01").page();
    ben.submit(step(&page, "confirm_early")).await.is(303);
    assert_eq!(town.state(order).await, "completed");
    // The old page is still open in another window: the order as it is now says why nothing happened.
    let stale = ben
        .submit(step(&page, "report_not_received").with("problem", "It has not come at all."))
        .await
        .is(303);
    assert_eq!(stale.location(), format!("/orders/{order}"));
    ben.follow_page(&stale).await.is(200).shows("moved on");
    assert_eq!(town.state(order).await, "completed");
}

#[tokio::test]
async fn a_declined_card_is_told_at_its_field_and_another_may_be_tried() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let path = ben.submit(form).await.is(303).location().to_owned();
    for (number, reason) in [(cards::DECLINED, "card-declined"), (cards::NO_FUNDS, "insufficient-funds")] {
        let page = pay(&ben, &path, number).await.is(422).page();
        let words = kernel::Say::new(kernel::Lang::EN).by_key(&format!("payment-failure-{reason}"));
        assert!(mistake(&page, "number").contains(&words), "{reason}");
    }
    let form = ben.get(&path).await.page().form("form[action$='/pay']");
    let typed = form.with("number", "4242 4242 4242 4241").with("expiry", "13/20").with("cvc", "1");
    let page = ben.submit(typed).await.is(422);
    assert!(
        !page.text().contains("4242 4242 4242 4241") && !page.text().contains("4242424242424241"),
        "a card is not sent back"
    );
    for field in ["number", "expiry", "cvc"] {
        assert!(!mistake(&page.page(), field).is_empty());
    }
    pay(&ben, &path, cards::GOOD).await.is(303);
    assert_eq!(town.state(order_of(&town, &path).await).await, "paid");
    town.run_jobs().await;
}

#[tokio::test]
async fn the_bank_asks_on_a_page_of_its_own() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    for (answer, state) in [("approve", "paid"), ("refuse", "pending_payment")] {
        let lamp = ann.listing("Lamp").live().await;
        let form = checkout(&ben, &lamp).await;
        let path = ben.submit(form).await.is(303).location().to_owned();
        let asked = pay(&ben, &path, cards::ASKS).await.is(303);
        assert_eq!(asked.location(), format!("{path}/confirm"));
        let bank = ben.follow_page(&asked).await.is(200).shows("€15.30").page();
        ben.submit(bank.form(&format!("form[action='{path}/confirm']")).choosing("answer", answer))
            .await
            .is(303);
        assert_eq!(town.state(order_of(&town, &path).await).await, state, "{answer}");
        let eve = town.person(&format!("Eve {answer}")).await;
        eve.get(&format!("{path}/confirm")).await.is(404);
    }
}

#[tokio::test]
async fn slow_money_is_waited_for_on_the_page() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let path = ben.submit(form).await.is(303).location().to_owned();
    let waits = pay(&ben, &path, cards::SLOW).await.is(303);
    ben.follow_page(&waits).await.is(200);
    town.run_jobs().await;
    town.later(time::Duration::minutes(1)).await;
    assert_eq!(ben.get(&path).await.is(303).location(), format!("{path}/done"));
}

/// A second click, a reload, the way back: one order.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_checkout_that_is_sent_twice_orders_once() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, std::sync::Arc::new(town.person("Ben").await));
    let lamp = ann.listing("Lamp").quantity(9).live().await;
    let form = checkout(&ben, &lamp).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let (ben, form) = (std::sync::Arc::clone(&ben), form.clone());
        tasks.spawn(async move { ben.submit(form).await });
    }
    let mut leads: Vec<String> = tasks.join_all().await.iter().map(|a| a.location().to_owned()).collect();
    leads.push(ben.submit(form).await.is(303).location().to_owned());
    leads.dedup();
    assert_eq!(leads.len(), 1, "all lead to the same payment: {leads:?}");
    assert_eq!(town.count("select count(*) from orders").await, 1);
    assert_eq!(town.listing(lamp.id).await.reserved, 1);
}

#[tokio::test]
async fn what_changed_meanwhile_is_said_before_it_is_ordered() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let lamp = ann.listing("Lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let edit = market::listings::edit::Edit {
        price: Some(Some(kernel::Money::new(9_900, kernel::Currency::EUR))),
        ..Default::default()
    };
    let mut tx = town.db.begin().await.unwrap();
    market::listings::rules::edit(&mut tx, &ann.member().await, lamp.id, edit).await.unwrap();
    tx.commit().await.unwrap();
    let told = ben.submit(form).await.is(409);
    assert_eq!(town.count("select count(*) from orders").await, 0, "nobody pays a price they have not seen");
    let again = told.page().form("form[action='/checkout']");
    assert_eq!(again.value("line1"), Some("12 Garden Street"), "what was typed stays");
    let deal = eve.buys(&town.listing(lamp.id).await).await;
    let gone = ben.submit(again).await;
    assert!(matches!(gone.status(), 303 | 409), "{}", gone.told());
    assert_eq!(town.count("select count(*) from orders").await, 1);
    eve.takes(deal.order(), "abandon").await;
    town.run_jobs().await;
}

#[tokio::test]
async fn an_address_is_checked_line_by_line() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let typed =
        form.clone().with("name", "").with("line1", " ").with("postcode", "").with("town", &"x".repeat(121));
    let page = ben.submit(typed).await.is(422).page();
    for field in ["name", "line1", "postcode", "town"] {
        assert!(!mistake(&page, field).is_empty(), "{field}");
    }
    assert_eq!(page.form("form[action='/checkout']").value("country"), Some("DE"));
    let no_way = ben.submit(form.clone().choosing("delivery", "drone")).await;
    assert_eq!(no_way.status(), 422);
    assert_eq!(town.count("select count(*) from orders").await, 0);
    let nell = town.newcomer("Nell").await;
    nell.post("/cart", &[("listing", &lamp.id.to_string())]).await.is(303);
    let page = nell.get("/checkout").await.is(200).page();
    let refused = nell.submit(with_address(page.form("form[action='/checkout']"))).await;
    assert_eq!(refused.status(), 409, "{}", refused.told());
}

#[tokio::test]
async fn who_gives_up_finds_the_things_in_the_cart_again() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Brass lamp").live().await;
    let form = checkout(&ben, &lamp).await;
    let path = ben.submit(form).await.is(303).location().to_owned();
    let page = ben.get(&path).await.page();
    ben.submit(page.form(&format!("form[action='{path}/cancel']"))).await.is(303);
    assert_eq!(town.state(order_of(&town, &path).await).await, "cancelled");
    ben.get("/cart").await.is(200).shows("Brass lamp");
    ben.get(&path).await.is(200);
    town.run_jobs().await;
}

#[tokio::test]
async fn a_claim_is_written_and_decided_by_the_pages() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let cy = town.staff("Cy", &[market::accounts::model::Role::Support]).await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    ann.takes(deal.order(), "ship").await;
    let path = format!("/orders/{}", deal.order());
    let page = ben.get(&path).await.is(200).page();
    let short = ben.submit(step(&page, "report_not_received").with("problem", "Late!")).await.is(422).page();
    assert!(!mistake(&short, "problem").is_empty());
    let form = step(&short, "report_not_received");
    assert_eq!(form.value("problem"), Some("Late!"));
    ben.submit(form.with("problem", "It has not come <b>at all</b>.")).await.is(303);
    let page = ann.get(&path).await.is(200).shows("It has not come <b>at all</b>.").page();
    ann.submit(step(&page, "escalate_by_seller")).await.is(303);
    let page = cy.get(&path).await.is(200).page();
    let back = cy.submit(step(&page, "rule_refund")).await.is(422).page();
    assert!(!mistake(&back, "reasons").is_empty(), "staff says why");
    assert!(back.has("button[formaction$='/rule_release']"));
    let why = "The parcel is lost: its number was never seen again.";
    cy.submit(step(&back, "rule_refund").with("reasons", why)).await.is(303);
    let page = ann.get(&path).await.is(200).page();
    ann.submit(step(&page, "accept_ruling")).await.is(303);
    town.run_jobs().await;
    assert_eq!(town.state(deal.order()).await, "refunded");
    town.person("Eve").await.get(&path).await.is(404);
}

#[tokio::test]
async fn an_unpaid_order_says_when_it_ends_and_then_that_it_has() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let path = format!("/checkout/{}", deal.payment.id);
    ben.get(&path).await.is(200).shows("12:30");
    town.later(time::Duration::minutes(30)).await;
    let page = ben.get(&path).await.is(200).page();
    assert!(!page.has("form[action$='/pay']"), "there is nothing to pay any more");
    ben.post(&format!("{path}/pay"), &[("number", cards::GOOD), ("expiry", "12/60"), ("cvc", "123")])
        .await
        .is(303);
    assert_eq!(town.state(deal.order()).await, "payment_expired");
}
