//! The cart by the pages: visitors have one too.

use testkit::{PASSWORD, Town};

#[tokio::test]
async fn a_guests_cart_joins_the_members_at_sign_in() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(5).live().await;
    let guest = town.visitor();
    let page = guest.get(&format!("/listings/lamp-{}", lamp.id)).await.is(200).page();
    let put = guest.submit(page.form("form#buy-form").with("quantity", "2")).await.goes_to("/cart");
    guest.follow(&put).await.is(200).shows("Lamp").shows("€24.00");
    let token = guest.cookie("tp_cart").unwrap();
    guest.get("/checkout").await.is(303);
    assert!(guest.get("/checkout").await.location().starts_with("/sign-in"));

    guest
        .post("/sign-in", &[("email", &ben.email), ("password", PASSWORD), ("next", "/checkout")])
        .await
        .goes_to("/checkout");
    guest.get("/checkout").await.is(200).shows("Lamp");
    assert_eq!(guest.cookie("tp_cart"), None);
    let thief = town.visitor();
    thief.set_cookie("tp_cart", &token);
    thief.get("/cart").await.is(200).hides("Lamp");
}

#[tokio::test]
async fn pieces_are_changed_and_taken_out_and_put_back() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let lamp = ann.listing("Lamp").quantity(5).live().await;
    ben.post("/cart", &[("listing", &lamp.id.to_string()), ("quantity", "2")]).await.goes_to("/cart");
    let line = format!("/cart/{}", lamp.id);
    for (quantity, sum) in [("3", "€36.00"), ("99", "€60.00"), ("1", "€12.00")] {
        ben.post(&line, &[("quantity", quantity)]).await.is(303);
        ben.get("/cart").await.is(200).shows(sum);
    }
    let page = ben.get("/cart").await.page();
    let remove = page.all(&format!("form[action='{line}'] input[name='quantity'][value='0']"));
    assert_eq!(remove.len(), 1);
    let gone = ben.post(&line, &[("quantity", "0")]).await.is(303);
    let page = ben.follow_page(&gone).await.is(200).page();
    assert!(!page.has("ul.lines"));
    ben.submit(page.form(".flashes form")).await.is(303);
    ben.get("/cart").await.is(200).shows("€12.00");
    for odd in ["", "many", "-1", "99999999999999999999"] {
        ben.post(&line, &[("quantity", odd)]).await.is(303);
    }
}

#[tokio::test]
async fn what_cannot_be_bought_is_said_and_left_out() {
    let town = Town::new().await;
    let (ann, ben, eve) = (town.person("Ann").await, town.person("Ben").await, town.person("Eve").await);
    let (lamp, rug) =
        (ann.listing("Brass lamp").live().await, ann.listing("Wool rug").price(5_000).live().await);
    for listing in [&lamp, &rug] {
        ben.post("/cart", &[("listing", &listing.id.to_string())]).await.is(303);
    }
    let deal = eve.buys(&lamp).await;
    eve.pays(&deal).await;
    ben.get("/cart").await.is(200).shows("Brass lamp").shows("Wool rug");
    let page = ben.get("/checkout").await.is(200);
    assert!(page.has_text("€50.00"));
    ben.get(&format!("/listings/brass-lamp-{}", lamp.id)).await.is(200);
    let own = ann.post("/cart", &[("listing", &rug.id.to_string())]).await.is(303);
    assert!(own.location().starts_with("/listings/"), "one's own things are not bought");
    town.run_jobs().await;
}
