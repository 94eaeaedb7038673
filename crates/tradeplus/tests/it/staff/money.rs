//! Money for staff: rules of fees and taxes, what holds an order's money, accounts, and what sellers are owed.

use super::WHY;
use kernel::{Currency, Lang, Money, OrderId, Say};
use ledger::Account;
use market::accounts::model::Role;
use market::fees::{self, Fee};
use market::holds::{self, Held};
use market::tax;
use platform::config::SecondPerson;
use process::Hold;
use testkit::{Answer, Person, Town};
use time::Duration;

/// What makes a rule for books, with some fields changed.
async fn makes(by: &Person, more: &[(&str, &str)]) -> Answer {
    let mut fields = vec![
        ("do", "make"),
        ("title", "Less for lamps"),
        ("position", "1"),
        ("category", "home.lighting"),
        ("currency", "EUR"),
        ("commission_bp", "3"),
        ("commission_fixed", "0.10"),
        ("commission_min", "0.50"),
        ("commission_cap", "20"),
        ("buyer_bp", "2.5"),
        ("reason", WHY),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    by.post("/admin/rules/fees/new", &fields).await
}

async fn rules(town: &Town) -> Vec<fees::Rule> {
    fees::list(&mut town.db.read().await.unwrap()).await.unwrap()
}

#[tokio::test]
async fn a_rule_of_fees_is_tried_made_and_ended() {
    let town = Town::new().await;
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let tried = makes(&fay, &[("do", "try"), ("sample", "100")]).await.is(200);
    assert!(rules(&town).await.is_empty(), "nothing is saved when it is tried");
    let tried = tried.shows("€3.10").shows("€96.90").shows("€102.50").page();
    assert!(tried.has("[name='title'][value='Less for lamps']"), "what was typed is kept");

    makes(&fay, &[]).await.goes_to("/admin/rules");
    let made = rules(&town).await;
    assert_eq!(made[0].fees.commission, Fee { bp: 300, fixed: 10, min: 50, cap: Some(2_000) });
    assert_eq!((made[0].fees.buyer.bp, made[0].category.as_deref()), (250, Some("home.lighting")));
    let listed = fay.get("/admin/rules").await.is(200).shows("Less for lamps").shows("at least €0.50").page();
    let page = format!("/admin/rules/fees/{}", made[0].fees.rule.unwrap());
    assert!(listed.has(&format!("a[href='{page}']")));
    fay.post(&page, &[("reason", "")]).await.is(422);
    fay.post(&page, &[("reason", WHY)]).await.goes_to("/admin/rules");
    assert!(rules(&town).await.is_empty());
    fay.get(&page).await.is(404);
    let told =
        "select count(*) from audit_log where action = 'staff.reason' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 2);
}

#[tokio::test]
async fn a_rule_that_cannot_be_names_its_field() {
    let town = Town::new().await;
    let fay = town.staff("Fay", &[Role::Finance]).await;
    for (field, value) in [
        ("title", "x"),
        ("position", "0"),
        ("category", "nothing.like.it"),
        ("currency", ""),
        ("commission_bp", "51"),
        ("commission_cap", "0.40"),
        ("commission_fixed", "0.105"),
        ("begins_at", "2026-02-28"),
        ("begins_at", "soon"),
        ("reason", ""),
    ] {
        let back = makes(&fay, &[(field, value)]).await.is(422).page();
        // Without a currency, the amounts are what cannot be.
        let wrong = if field == "currency" { "commission_fixed" } else { field };
        assert!(back.has(&format!("[name='{wrong}'][aria-invalid='true']")), "{field} {value}");
    }
    assert!(rules(&town).await.is_empty());
    makes(&fay, &[("begins_at", "2026-04-01")]).await.is(303);
    assert_eq!(rules(&town).await[0].begins_at, time::macros::datetime!(2026-04-01 00:00 UTC));
    let sue = town.staff("Sue", &[Role::Support]).await;
    makes(&sue, &[]).await.is(404);
}

#[tokio::test]
async fn a_rule_waits_for_a_second_person_where_the_settings_say_so() {
    let town = Town::with(|config| config.staff.second_person_for = vec![SecondPerson::Rules]).await;
    let (fay, olga) =
        (town.staff("Fay", &[Role::Finance]).await, town.staff("Olga", &[Role::Operator]).await);
    makes(&fay, &[("commission_bp", "51")]).await.is(422);
    makes(&fay, &[]).await.goes_to("/admin/rules");
    assert!(rules(&town).await.is_empty(), "it waits");
    let waits: uuid::Uuid =
        sqlx::query_scalar("select approval_id from approvals").fetch_one(&town.owner).await.unwrap();
    let page = format!("/admin/approvals/{waits}");
    olga.get(&page).await.is(200).shows("Less for lamps").shows("3 % + €0.10");
    olga.post(&page, &[("do", "agree"), ("reason", WHY)]).await.goes_to("/admin/approvals");
    assert_eq!(rules(&town).await.len(), 1);
}

#[tokio::test]
async fn places_and_rates_of_taxes_are_written_down() {
    let town = Town::new().await;
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let place = [("place", "de"), ("scheme", "local"), ("number", "DE123456789"), ("begins", "2026-01-01")];
    let with = |more: &[(&'static str, &'static str)]| [&place[..], more].concat();
    fay.post("/admin/rules/registration", &with(&[])).await.is(422);
    for wrong in [("ends", "2025-01-01"), ("ends", "never")] {
        let back =
            fay.post("/admin/rules/registration", &with(&[("reason", WHY), wrong])).await.is(422).page();
        assert!(back.has("[name='ends'][aria-invalid='true']"), "{wrong:?}");
    }
    fay.post("/admin/rules/registration", &with(&[("reason", WHY)])).await.goes_to("/admin/rules");
    let rate = [
        ("place", "DE"),
        ("rate", "7"),
        ("category", "media.books"),
        ("begins", "2026-01-01"),
        ("ends", "2026-12-31"),
        ("source", "§ 12 UStG"),
        ("reason", WHY),
    ];
    fay.post("/admin/rules/tax-rate", &rate[..6]).await.is(422);
    fay.post("/admin/rules/tax-rate", &rate).await.goes_to("/admin/rules");
    let mut reader = town.db.read().await.unwrap();
    let registered = tax::registrations(&mut reader).await.unwrap();
    assert_eq!((registered.len(), registered[0].number.as_str()), (1, "DE123456789"));
    let rates = tax::own_rates(&mut reader).await.unwrap();
    assert_eq!((rates[0].ppm, rates[0].category.as_str()), (70_000, "media.books"));
    drop(reader);
    fay.get("/admin/rules").await.is(200).shows("DE123456789").shows("7 %").shows("§ 12 UStG");
}

/// An order that is paid for.
async fn paid(town: &Town, ann: &Person, ben: &Person) -> OrderId {
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    deal.order()
}

async fn held(town: &Town, order: OrderId) -> Vec<Held> {
    holds::on(&mut town.db.read().await.unwrap(), order).await.unwrap()
}

#[tokio::test]
async fn an_orders_money_is_held_and_let_go() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (sue, fay) = (town.staff("Sue", &[Role::Support]).await, town.staff("Fay", &[Role::Finance]).await);
    let order = paid(&town, &ann, &ben).await;
    let (page, form) = (format!("/admin/orders/{order}"), format!("/admin/orders/{order}/holds"));
    fay.get(&form).await.is(404);
    fay.get(&page).await.is(200).shows("Nothing holds this order’s money.").shows("L:escrow");
    let put = [("do", "put"), ("kind", "fraud"), ("days", "7"), ("reason", WHY)];
    for wrong in [("kind", "chargeback"), ("days", "8"), ("reason", "")] {
        let fields = put.map(|(name, value)| if name == wrong.0 { wrong } else { (name, value) });
        let back = sue.post(&form, &fields).await.is(422).page();
        assert!(back.has(&format!("[name='{}'][aria-invalid='true']", wrong.0)), "{wrong:?}");
    }
    sue.post(&form, &put).await.goes_to(&page);
    let on = held(&town, order).await;
    assert_eq!((on.len(), on[0].kind, on[0].until), (1, Hold::Fraud, Some(town.now() + Duration::days(7))));
    sue.get(&page).await.is(200).shows("Something is being checked");
    let lift = [("do", "lift fraud"), ("reason", WHY)];
    sue.post(&form, &lift).await.goes_to(&page);
    assert!(held(&town, order).await.is_empty());
    sue.post(&form, &lift).await.is(409).shows("This hold is off already.");
    sue.post(&form, &[("do", "lift chargeback"), ("reason", WHY)]).await.is(422);
    let told = "select count(*) from audit_log where action in ('holds.put', 'holds.lift') or
        (action = 'staff.reason' and object_id = (select order_id from orders) and detail->>'reason' = 'Ticket 4711')";
    assert_eq!(town.count(told).await, 4);
}

#[tokio::test]
async fn nobody_holds_the_money_of_their_own_deal() {
    let town = Town::new().await;
    let (ann, sue) = (town.person("Ann").await, town.staff("Sue", &[Role::Support]).await);
    let order = paid(&town, &ann, &sue).await;
    let form = format!("/admin/orders/{order}/holds");
    assert!(!sue.get(&form).await.is(200).shows("a deal of your own").page().has("[name='kind']"));
    let put = [("do", "put"), ("kind", "legal"), ("days", "7"), ("reason", WHY)];
    sue.post(&form, &put).await.is(409).shows("a deal of your own");
    assert!(held(&town, order).await.is_empty());
}

#[tokio::test]
async fn the_company_makes_good_and_above_the_limit_by_two() {
    let town = Town::with(|config| config.staff.alone_up_to = Some(500)).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (fay, flo) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Flo", &[Role::Finance]).await);
    let sue = town.staff("Sue", &[Role::Support]).await;
    let order = paid(&town, &ann, &ben).await;
    let (page, form) = (format!("/admin/orders/{order}"), format!("/admin/orders/{order}/goodwill"));
    sue.get(&form).await.is(404);
    assert!(fay.get(&page).await.is(200).page().has(&format!("a[href='{form}']")));
    let gives = async |to: &str, money: &str, reference: &str| {
        fay.post(&form, &[("to", to), ("money", money), ("reference", reference), ("reason", WHY)]).await
    };
    for (wrong, to, money, reference) in [
        ("to", "me", "3.00", ""),
        ("money", "seller", "much", ""),
        ("money", "seller", "15.31", ""),
        ("reference", "buyer", "3.00", ""),
        ("reference", "buyer", "3.00", "two words"),
    ] {
        let back = gives(to, money, reference).await.is(422).page();
        assert!(back.has(&format!("[name='{wrong}'][aria-invalid='true']")) || wrong == "to", "{to} {money}");
    }
    // A buyer is paid from the company's bank: nothing stays owed.
    gives("buyer", "3.00", "TP-4711").await.goes_to(&page);
    let stands = async |account: Account| town.balance(&account).await;
    assert_eq!((stands(Account::Goodwill).await, stands(Account::Bank).await), (300, -300));
    assert_eq!(stands(Account::BuyerDue(order)).await, 0);
    // A seller gets it with their next payout, and once. Six euros take two.
    gives("seller", "6.00", "").await.goes_to(&page);
    let given = "select count(*) from settlements where kind = 'goodwill' and amount = 600";
    assert_eq!(town.count(given).await, 0);
    let waits: uuid::Uuid = sqlx::query_scalar("select approval_id from approvals where state = 'waiting'")
        .fetch_one(&town.owner)
        .await
        .unwrap();
    let waits = format!("/admin/approvals/{waits}");
    flo.get(&waits).await.is(200).shows("Make good with the company’s money").shows("€6.00");
    flo.post(&waits, &[("do", "agree"), ("reason", WHY)]).await.goes_to("/admin/approvals");
    assert_eq!((town.count(given).await, stands(Account::SellerPayable(ann.id)).await), (1, 600));
    gives("seller", "1.00", "").await.is(409).shows("something like this for the order already");
    // What was given before counts, for the limit and for what can be given at all.
    gives("buyer", "1.00", "TP-4712").await.goes_to(&page);
    assert_eq!(stands(Account::Goodwill).await, 900, "it waits: three, six and one are more than five");
    gives("buyer", "6.31", "TP-4713").await.is(422).shows("€6.30");
    assert_eq!(town.count("select count(*) from audit_log where action = 'ledger.goodwill'").await, 2);
}

#[tokio::test]
async fn nobody_makes_good_to_themselves() {
    let town = Town::new().await;
    let (ann, fay) = (town.person("Ann").await, town.staff("Fay", &[Role::Finance]).await);
    let order = paid(&town, &ann, &fay).await;
    let form = format!("/admin/orders/{order}/goodwill");
    assert!(!fay.get(&form).await.is(200).shows("a deal of your own").page().has("[name='money']"));
    let gives = [("to", "buyer"), ("money", "3.00"), ("reference", "TP-4711"), ("reason", WHY)];
    fay.post(&form, &gives).await.is(409);
    assert_eq!(town.balance(&Account::Goodwill).await, 0);
}

#[tokio::test]
async fn accounts_are_found_and_read() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    fay.get("/admin/accounts").await.is(200).shows("Nothing was booked yet.");
    let order = paid(&town, &ann, &ben).await;
    let (number, total) = {
        let order = town.order(order).await;
        (order.number, Say::new(Lang::EN).money(order.total))
    };
    let escrow = format!("/admin/accounts/L:escrow:{order}:EUR");
    let sums = fay.get("/admin/accounts").await.is(200).shows("A buyer’s money, held for one order").page();
    let sort = "/admin/accounts?name=L:escrow&currency=EUR";
    assert!(sums.has(&format!("a[href='{sort}']")));
    assert!(fay.get(sort).await.is(200).page().has(&format!("a[href='{escrow}']")));
    let read = fay.get(&escrow).await.is(200).shows(&total).shows("pay").page();
    assert!(read.has(&format!("a[href='/admin/orders/{order}']")));
    fay.get(&format!("{escrow}?before=1")).await.is(200).shows("Nothing was booked here.");
    let asked = async |q: &str| fay.get(&format!("/admin/accounts?q={q}")).await;
    asked(&number).await.goes_to(&format!("/admin/orders/{order}"));
    asked("R:commission:EUR").await.is(404);
    asked(&format!("L:escrow:{order}:EUR")).await.goes_to(&escrow);
    asked("@ann").await.goes_to(&format!("/admin/members/{}/statement", ann.id));
    let none = asked("nothing-like-it").await.is(404).page();
    assert!(none.has("[name='q'][aria-invalid='true']"));
    for odd in ["L:escrow:x:EUR", "R:tips:EUR", "A:bank:EUR", "L:suspense:%00:EUR"] {
        fay.get(&format!("/admin/accounts/{odd}")).await.is(404);
    }
}

#[tokio::test]
async fn what_is_on_its_way_and_what_covers_it_stands_on_a_page() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = town.staff("Fay", &[Role::Finance]).await;
    fay.get("/admin/transit").await.is(200).shows("No money is on its way.").shows("None yet");
    paid(&town, &ann, &ben).await;
    let page = fay.get("/admin/transit").await.is(200).page();
    assert_eq!(page.words("#cover-table ~ tbody th"), ["EUR"]);
    let front = fay.get("/admin").await.is(200).page();
    assert!(front.has("#money ~ .acts a[href='/admin/transit']"));
}

#[tokio::test]
async fn a_seller_is_owed_what_the_statement_says() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (fay, sue) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Sue", &[Role::Support]).await);
    let order = paid(&town, &ann, &ben).await;
    ann.takes(order, "ship").await;
    ben.takes(order, "confirm_early").await;
    town.run_jobs().await;
    let due: Money = town.order(order).await.seller_part();
    let page = format!("/admin/members/{}/statement", ann.id);
    sue.get(&page).await.is(404);
    let shown = fay.get(&page).await.is(200).shows(&Say::new(Lang::EN).money(due)).page();
    assert!(shown.has(&format!("a[href='{page}?currency=EUR&month=2026-03&as=csv']")), "{}", shown.text());
    fay.get(&format!("{page}?month=2026-02")).await.is(200).shows("Nothing changed in this month.");
    let back = fay.get(&format!("{page}?month=soon")).await.is(422).page();
    assert!(back.has("[name='month'][aria-invalid='true']"));
    let csv = fay.get(&format!("{page}?month=2026-03&as=csv")).await.is(200);
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    let amounts: Vec<i64> =
        csv.text().lines().skip(1).map(|line| in_cents(line.split(',').nth(5).unwrap())).collect();
    let (closing, before) = amounts.split_last().unwrap();
    assert_eq!((*closing, before.iter().sum::<i64>()), (due.amount, due.amount), "{}", csv.text());
}

fn in_cents(text: &str) -> i64 {
    let plain = text.trim_start_matches('-');
    let amount = Money::parse(plain, Currency::EUR).unwrap().amount;
    if plain == text { amount } else { -amount }
}
