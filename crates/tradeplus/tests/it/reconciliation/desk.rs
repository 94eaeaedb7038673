//! At the desk: comparing on demand, saying what something was, and the company's own money.

use super::{Teller, clean, compare, suspense};
use ledger::Account;
use market::accounts::model::Role;
use market::reconciliation::{rules, suspense as suspended};
use platform::config::SecondPerson;
use testkit::{Person, Town};

const WHY: (&str, &str) = ("reason", "Ticket 4711");

async fn finance(town: &Town, name: &str) -> Person {
    town.staff(name, &[Role::Finance]).await
}

/// The only thing in suspense: its page.
async fn page(town: &Town) -> String {
    let open = suspended::open(&mut town.db.read().await.unwrap()).await.unwrap();
    assert_eq!(open.len(), 1);
    format!("/admin/suspense/{}", open[0].id)
}

#[tokio::test]
async fn somebody_compares_and_reads_how_it_went() {
    let town = Town::new().await;
    let fay = finance(&town, "Fay").await;
    fay.get("/admin/reconciliation").await.is(200).shows("Nothing was compared yet").shows("sandbox");
    fay.post("/admin/reconciliation", &[("provider", "sandbox")]).await.is(303);
    // One is under way.
    let again = fay.post("/admin/reconciliation", &[("provider", "sandbox")]).await;
    again.goes_to("/admin/reconciliation");
    fay.get("/admin/reconciliation").await.is(200).shows("Under way");
    town.run_jobs().await;
    let run = rules::newest(&mut town.db.read().await.unwrap()).await.unwrap().remove(0);
    let path = format!("/admin/reconciliation/{}", run.id);
    fay.get(&path).await.is(200).shows("Everything agrees").shows("Nothing was found").shows("Fay");
    assert_eq!(town.count("select count(*) from audit_log where action = 'reconciliation.run'").await, 1);
    fay.post("/admin/reconciliation", &[("provider", "nobody")]).await.is(422);
    let sue = town.staff("Sue", &[Role::Support]).await;
    sue.get("/admin/reconciliation").await.is(404);
    sue.get(&path).await.is(404);
}

#[tokio::test]
async fn a_line_nobody_knows_is_cleared_by_two() {
    let town = Town::with(|config| config.staff.second_person_for = vec![SecondPerson::Money]).await;
    let teller = Teller::new(&town);
    teller.line("moon_phase", None, -500, 0);
    super::float(&teller);
    let report = compare(&town, &teller).await;
    let (fay, otto) = (finance(&town, "Fay").await, finance(&town, "Otto").await);
    let found = format!("/admin/reconciliation/{}", report.run.id);
    fay.get(&found).await.is(200).shows("A line that nothing of ours explains").shows("txn_1");
    let page = page(&town).await;
    fay.get(&page).await.is(200).shows("moon_phase").shows("txn_1");
    fay.post(&page, &[WHY]).await.is(422);
    fay.post(&page, &[("was", "fee")]).await.is(422);
    fay.post(&page, &[("was", "fee"), WHY]).await.goes_to("/admin/reconciliation");
    assert_eq!(suspense(&town).await, -500, "it waits for a second person");
    let wish: uuid::Uuid =
        sqlx::query_scalar("select approval_id from approvals").fetch_one(&town.owner).await.unwrap();
    let wish = format!("/admin/approvals/{wish}");
    otto.get(&wish).await.is(200).shows("Explain money in suspense").shows("A charge of the provider");
    otto.post(&wish, &[("do", "agree"), WHY]).await.goes_to("/admin/approvals");
    assert_eq!((suspense(&town).await, town.balance(&Account::ProviderFees).await), (0, 500));
    clean(&compare(&town, &teller).await);
    let told = "select count(*) from audit_log where action = 'reconciliation.clear' and detail ? 'reason'";
    assert_eq!(town.count(told).await, 1);
    assert_eq!(town.count("select count(*) from tickets where closed_at is null").await, 0);
    fay.get(&page).await.is(200).shows("It is not in suspense any more");
    fay.post(&page, &[("was", "bank"), WHY]).await.goes_to(&page);
}

/// What came and nobody knew is the seller's of an order, or the buyer's.
#[tokio::test]
async fn money_in_suspense_is_a_sellers_or_a_buyers() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    super::float(&teller);
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let fay = finance(&town, "Fay").await;
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let number = town.order(deal.order()).await.number;
    teller.line("moon_phase", None, 500, 0);
    compare(&town, &teller).await;
    let page = page(&town).await;
    let says = async |page: &str, was: &str, order: &str, reference: &str| {
        fay.post(page, &[("was", was), ("order", order), ("reference", reference), WHY]).await
    };
    for (wrong, was, order, reference) in [
        ("order", "seller", "", ""),
        ("order", "buyer", "nothing-like-it", "TP-1"),
        ("reference", "buyer", number.as_str(), ""),
    ] {
        let back = says(&page, was, order, reference).await.is(422).page();
        assert!(back.has(&format!("[name='{wrong}'][aria-invalid='true']")), "{was} {order}");
    }
    says(&page, "seller", &number, "").await.goes_to("/admin/reconciliation");
    let found = "select count(*) from settlements where kind = 'found' and amount = 500";
    assert_eq!((suspense(&town).await, town.count(found).await), (0, 1));
    assert_eq!(town.balance(&Account::SellerPayable(ann.id)).await, 500);

    teller.line("moon_phase", None, 700, 0);
    compare(&town, &teller).await;
    let page = self::page(&town).await;
    says(&page, "buyer", &number, "TP-4711").await.goes_to("/admin/reconciliation");
    assert_eq!((suspense(&town).await, town.balance(&Account::BuyerDue(deal.order())).await), (0, 0));
    let paid = "select count(*) from ledger.entries e join ledger.lines l using (entry_id)
        join ledger.accounts a using (account_id)
        where e.kind = 'paid_another_way' and e.provider_ref = 'TP-4711' and a.name = 'A:bank' and l.amount = -700";
    assert_eq!(town.count(paid).await, 1);
    let ended = "select count(*) from suspense where ended_as in ('seller', 'buyer')";
    assert_eq!(town.count(ended).await, 2);
}

/// What is missing can be nobody's, and nobody finds their own.
#[tokio::test]
async fn money_that_is_missing_is_nobodys() {
    let town = Town::new().await;
    let teller = Teller::new(&town);
    super::float(&teller);
    let (ann, fay) = (town.person("Ann").await, finance(&town, "Fay").await);
    let deal = fay.buys(&ann.listing("Lamp").live().await).await;
    fay.pays(&deal).await;
    let number = town.order(deal.order()).await.number;
    teller.line("moon_phase", None, -500, 0);
    compare(&town, &teller).await;
    let page = page(&town).await;
    assert!(!fay.get(&page).await.is(200).page().has("[value='buyer']"));
    let olga = finance(&town, "Olga").await;
    let says = [("was", "buyer"), ("order", number.as_str()), ("reference", "TP-1"), WHY];
    let told = olga.post(&page, &says).await.goes_to(&page);
    olga.follow_page(&told).await.shows("it can be nobody’s");
    let told = fay.post(&page, &says).await.goes_to(&page);
    fay.follow_page(&told).await.shows("Ask a colleague");
    assert_eq!(suspense(&town).await, -500);
}

#[tokio::test]
async fn the_companys_own_money_is_booked_and_others_is_not_taken() {
    let town = Town::new().await;
    let fay = finance(&town, "Fay").await;
    let own = "/admin/own-money";
    fay.get(own).await.is(200).shows("We took earnings");
    fay.post(own, &[]).await.is(422);
    let common = [("provider", "sandbox"), ("currency", "EUR"), ("amount", "12.50"), WHY];
    let put_in = [&common[..], &[("what", "top-up"), ("reference", "tu_1")]].concat();
    fay.post(own, &put_in).await.goes_to(own);
    fay.post(own, &put_in).await.goes_to(own);
    let pending = Account::ProviderPending("sandbox".to_owned());
    assert_eq!(town.balance(&pending).await, 1_250, "the same money is put in once");
    // What was put in can be taken out again, and not a cent more.
    let more = [("provider", "sandbox"), ("currency", "EUR"), ("amount", "12.51"), WHY];
    let take = [&more[..], &[("what", "earnings"), ("reference", "po_1")]].concat();
    fay.post(own, &take).await.is(422).shows("So much cannot be taken");
    let tax = [&common[..], &[("what", "tax"), ("place", "DE")]].concat();
    fay.post(own, &tax).await.is(422).shows("So much was not collected there");
    let nowhere = [&common[..], &[("what", "tax"), ("place", "Atlantis")]].concat();
    fay.post(own, &nowhere).await.is(422);
    let odd = [&common[..], &[("what", "top-up"), ("reference", "two words")]].concat();
    fay.post(own, &odd).await.is(422);
    assert_eq!(town.balance(&Account::Bank).await, -1_250);
    let sue = town.staff("Sue", &[Role::Support]).await;
    sue.get(own).await.is(404);
}
