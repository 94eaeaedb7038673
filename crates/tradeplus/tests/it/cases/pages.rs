//! The page of a case, without a script.

use super::Table;
use market::accounts::model::Role;
use testkit::{Filled, Page};

fn form(page: &Page, ending: &str) -> Filled {
    page.form(&format!("form[action$='{ending}']"))
}

#[tokio::test]
async fn ben_and_ann_come_to_terms_by_the_pages() {
    let it = Table::new().await;
    let order = format!("/orders/{}", it.order);
    it.ben.get(&order).await.is(200).shows("Read what was said (1)");
    let page = it.ann.get(&it.path("")).await.is(200).shows("The shade of the lamp is broken in two.").page();
    it.ann.submit(form(&page, "/case/say").with("words", "I am sorry.")).await.is(303);
    let wrong = it.ann.submit(form(&page, "/case/propose").with("amount", "a lot")).await.is(422).page();
    assert!(wrong.has("[name='amount'][aria-invalid='true']"));
    it.ann.submit(form(&wrong, "/case/propose").with("amount", "4.00")).await.is(303);
    // What it costs each of them stands there in numbers.
    let page = it.ben.get(&it.path("")).await.is(200).shows("€4.00").shows("€9.36").page();
    it.ben.submit(form(&page, "/agree_partial")).await.is(303);
    it.town.run_jobs().await;
    assert_eq!(it.town.state(it.order).await, "completed_partial");
    it.ben.get(&order).await.is(200).shows("€4.00 was paid back to you");
    it.ann.get(&order).await.is(200).shows("€9.36 is yours");
    it.ann.get(&it.path("")).await.is(200).shows("Accepted").hides("Make a proposal");
}

/// Both sides read what happens when nobody does anything, in every state that waits and on both pages.
#[tokio::test]
async fn what_silence_does_is_told_beforehand() {
    let it = Table::new().await;
    for who in [&it.ann, &it.ben] {
        for path in [it.path(""), format!("/orders/{}", it.order)] {
            who.get(&path).await.is(200).shows("If the problem is not solved by").shows("4 Mar 2026");
        }
    }
}

#[tokio::test]
async fn an_order_without_a_problem_has_no_case() {
    let it = Table::new().await;
    let deal = it.ben.buys(&it.ann.listing("Vase").live().await).await;
    it.ben.pays(&deal).await;
    it.ben.get(&format!("/orders/{}/case", deal.order())).await.is(404);
    it.ben.post(&format!("/orders/{}/case/say", deal.order()), &[("words", "Hello?")]).await.is(404);
}

/// Steps, entries in the books, calls, news, papers and what is on its way: everything about the money stands in one place.
#[tokio::test]
async fn the_timeline_of_money_is_complete() {
    let it = Table::new().await;
    let id = it.ann.proposes(it.order, market::cases::model::Offer::Partial, Some(400)).await.unwrap();
    it.ben.accepts(it.order, "agree_partial", id).await.unwrap();
    it.town.run_jobs().await;
    let payout = crate::payouts::a_payout(&it.town, it.order, it.ann.id).await;
    let disputed = "with c as (insert into chargebacks
          (chargeback_id, payment_id, provider, provider_ref, reason, amount, currency, state, state_since, opened_at)
        select '01940000-0000-7000-8000-000000000085', payment_id, provider, 'du_1', 'fraudulent', amount, currency,
          'needs_response', $1::timestamptz, $1::timestamptz from payments returning chargeback_id)
        insert into chargeback_shares (chargeback_id, order_id, amount) select chargeback_id, $2, 1 from c";
    let disputed = sqlx::query(disputed).bind(it.town.now()).bind(it.order.0);
    disputed.execute(&it.town.owner).await.unwrap();
    let path = format!("/admin/orders/{}", it.order);
    let olga = it.town.staff("Olga", &[Role::Operator]).await;
    let page = olga.get(&path).await.is(200).page();
    let told = page.text();
    let keys: Vec<String> = sqlx::query_scalar("select key from ledger.entries where subject = $1")
        .bind(it.order.0)
        .fetch_all(&it.town.owner)
        .await
        .unwrap();
    assert!(keys.len() >= 4, "{keys:?}");
    for key in keys {
        assert!(told.contains(&key), "{key}: {told}");
    }
    let steps = it.town.count("select count(*) from order_events").await;
    let calls = it.town.count("select count(*) from provider_calls").await;
    let rows = i64::try_from(page.all("table tbody tr").len()).unwrap();
    assert!(steps > 3 && calls > 0 && rows >= steps + calls, "{steps} steps, {calls} calls, {rows} rows");
    // Each leads to what is known of it.
    let ways = "select '/admin/payments/calls/' || idempotency_key from provider_calls
        union all select '/admin/payments/events/' || provider || '/' || event_id from provider_events
          where cardinality(about) > 0
        union all select '/documents/' || document_id from documents where order_id is not null";
    let mut ways: Vec<String> = sqlx::query_scalar(ways).fetch_all(&it.town.owner).await.unwrap();
    for kind in ["/calls/", "/events/", "/documents/"] {
        assert!(ways.iter().any(|way| way.contains(kind)), "{kind}: {ways:?}");
    }
    ways.push(format!("/admin/payouts/{payout}"));
    ways.push("/admin/chargebacks/01940000-0000-7000-8000-000000000085".to_owned());
    ways.push(format!("/admin/sellers/{}", it.ann.id));
    for way in ways {
        assert!(page.has(&format!("table a[href='{way}']")), "{way}: {told}");
    }
    // Support sees the same without what it may not look at.
    let seen = it.cy.get(&path).await.is(200).page();
    assert!(!seen.has("a[href^='/admin/payments/']") && !seen.has("a[href^='/admin/payouts/']"));
    it.ben.get(&path).await.is(404);
}
