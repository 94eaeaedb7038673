//! The pages on which it is paid, by who holds the money.

use super::{Bench, SECRET};
use axum::body::Body;
use http::Method;
use platform::chance;
use platform::config::{PaymentProvider, Secret};
use serde_json::json;
use simulator::books::Memory;
use simulator::courier::{Dialect, Nobody};
use simulator::serve::{listen, serve};
use simulator::{Asked, Fault, Planned, Setup, World};
use std::sync::Arc;
use testkit::{Answer, Setting, Town, cards};
use time::Duration;

/// A simulator at an address of its own, which tells nobody.
async fn served() -> (World, String) {
    let listener = listen(([127, 0, 0, 1], 0).into(), false).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let world = World::new(Setup {
        books: Arc::new(Memory::new()),
        clock: kernel::Clock::system(),
        dice: chance::seeded(12),
        base: base.clone(),
        secret_key: Some(SECRET.to_owned()),
        endpoints: Vec::new(),
        courier: Arc::new(Nobody),
        remembers: true,
    });
    tokio::spawn(serve(world.clone(), listener));
    (world, base)
}

/// A town whose cards are typed into a field of Stripe's, for which the simulator stands in.
async fn with_a_field() -> (Town, World, String) {
    let (world, base) = served().await;
    let mut setting = Setting::default();
    let config = &mut setting.config;
    config.payments.provider = PaymentProvider::Live;
    config.stripe.secret_key = Some(Secret::new(SECRET));
    config.stripe.publishable_key = Some("pk_test_1".to_owned());
    config.stripe.webhook_secrets = vec![Secret::new("whsec_1")];
    config.stripe.api_url = base.clone();
    config.stripe.files_url = base.clone();
    config.stripe.js_url = format!("{base}/v3/");
    (Town::set(setting).await, world, base)
}

/// What an account changes into another currency is not for sale.
#[tokio::test]
async fn what_nobody_settles_as_it_is_cannot_be_offered_or_paid() {
    let (town, _world, _) = with_a_field().await;
    let ann = town.person("Ann").await;
    let draft = ann.listing("Lamp").currency("USD").draft().await;
    let path = format!("/listings/{}/publish", draft.id);
    ann.api(Method::POST, &path, None).await.problem(409, "currency-not-payable");
    let form = format!("/sell/{}/publish", draft.id);
    ann.post(&form, &[]).await.is(422).shows("Nothing can be paid in this currency here yet.");
    let edit = ann.get(&format!("/sell/{}", draft.id)).await.is(200).page();
    assert!(edit.has("select[name='currency'] option[value='EUR']"));
    assert!(!edit.has("select[name='currency'] option[value='CAD']"), "it is not offered");
    let priced_in = |code: &str| {
        let money = |amount: i64| json!({ "amount": amount, "currency": code });
        json!({ "price": money(1_200), "shipping_price": money(200) })
    };
    ann.api(Method::PATCH, &format!("/listings/{}", draft.id), Some(priced_in("EUR"))).await.is(200);
    ann.api(Method::POST, &path, None).await.is(200);
    let changed = ann.api(Method::PATCH, &format!("/listings/{}", draft.id), Some(priced_in("USD"))).await;
    changed.problem(409, "currency-not-payable");
    let dollars = kernel::Money::new(1_200, "USD".parse().unwrap());
    let refused = town.market.providers.of_amount(dollars).map(|_| ());
    assert!(matches!(refused, Err(kernel::Refusal::Conflict("currency-not-payable"))));
}

#[tokio::test]
async fn only_the_page_of_a_payment_lets_the_company_in() {
    let (town, _world, base) = with_a_field().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let pay = format!("/checkout/{}", deal.payment.id);
    let answer = ben.get(&pay).await.is(200);
    assert_eq!(answer.header("content-security-policy"), Some(town.field_policy().as_str()));
    assert!(town.field_policy().contains(&base));
    assert!(answer.header("cache-control").unwrap().contains("no-store"), "a secret of the buyer's is on it");
    let page = answer.page();
    assert!(page.has("payment-field[data-key='pk_test_1']") && page.has("payment-field [data-no-script]"));
    assert!(!page.has("input[name='number']"), "no card is typed into a form of ours");
    for other in ["/", "/orders", "/cart"] {
        let answer = ben.get(other).await;
        let policy = answer.header("content-security-policy").unwrap();
        assert!(!policy.contains(&base) && policy.contains("require-trusted-types-for"), "{other}");
    }
    // A card that is sent to our own form is not even looked at.
    let card = [("number", cards::GOOD), ("expiry", "12/60"), ("cvc", "123")];
    ben.post(&format!("{pay}/pay"), &card).await.is(404);
}

/// What the buyer comes back with in the address is not believed; the provider is asked.
#[tokio::test]
async fn who_comes_back_is_led_to_where_the_payment_stands() {
    let (town, world, _) = with_a_field().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    let pay = format!("/checkout/{}", deal.payment.id);
    ben.get(&pay).await.is(200);
    let back = format!("{pay}/return?redirect_status=succeeded&payment_intent=pi_x");
    ben.get(&back).await.goes_to(&pay);
    assert_eq!(town.state(deal.order()).await, "pending_payment");
    let reference = town.payment(deal.payment.id).await.provider_ref.unwrap();
    let card = json!({ "payment": reference, "number": cards::GOOD, "exp_month": 12, "exp_year": 2060 });
    let asked = Asked::new("POST", "/_sim/door/confirm").with_body("application/json", card.to_string());
    assert_eq!(simulator::answer(&world, asked).await.status, 200);
    ben.get(&back).await.goes_to(&format!("{pay}/done"));
    assert_eq!(town.state(deal.order()).await, "paid");
    // It is nobody else's.
    town.person("Eve").await.get(&back).await.is(404);
}

#[tokio::test]
async fn who_pays_elsewhere_is_sent_there_and_comes_back() {
    let bench = Bench::open(Dialect::Paystack).await;
    let deal = bench.ben.buys(&bench.lamp().await).await;
    let pay = format!("/checkout/{}", deal.payment.id);
    let page = bench.ben.get(&pay).await.is(200).page();
    let there = bench.found(deal.payment.id).await.pay_url.unwrap();
    assert!(page.has(&format!("a[href='{there}']")), "{there}");
    bench.types_card(&deal, cards::DECLINED).await;
    bench.ben.get(&format!("{pay}/return")).await.goes_to(&pay);
    bench.ben.get(&pay).await.is(200);
    bench.types_card(&deal, cards::GOOD).await;
    bench.ben.get(&format!("{pay}/return?reference=x")).await.goes_to(&format!("{pay}/done"));
    assert_eq!(bench.town.state(deal.order()).await, "paid");
    bench.pass(Duration::ZERO).await;
}

/// The provider does not answer: the page says so, and the order stays.
#[tokio::test]
async fn a_provider_that_is_away_is_said_to_be() {
    let (town, world, _) = with_a_field().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    world.plan().add(Planned::new(Fault::Refuse(503)).times(5));
    let answer = ben.get(&format!("/checkout/{}", deal.payment.id)).await.is(200);
    answer.shows("Paying is not possible right now");
    assert_eq!(town.state(deal.order()).await, "pending_payment");
}

async fn moves_the_clock(town: &Town) -> Answer {
    let browser = town.visitor();
    let request = browser.request(Method::POST, "/_sim/clock").header("content-type", "application/json");
    browser.send(request.body(Body::from(r#"{"advance": 60}"#)).unwrap()).await
}

/// The sandbox's own door: its bank for whoever plays, its clock and its faults for who develops.
#[tokio::test]
async fn the_sandboxs_door_is_open_where_it_should_be() {
    let town = Town::new().await;
    moves_the_clock(&town).await.is(200);
    town.visitor().get("/_sim/clock").await.is(200);
    let public = Town::with(|config| config.development = false).await;
    moves_the_clock(&public).await.is(404);
    public.visitor().get("/_sim/clock").await.is(404);
    let nothing = public.visitor().get("/_sim/door/challenge?payment=pi_x").await.is(404);
    assert!(nothing.header("content-type").unwrap().starts_with("text/html"), "the bank is there");
    let (live, _world, _) = with_a_field().await;
    moves_the_clock(&live).await.is(404);
}
