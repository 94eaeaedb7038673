//! A town with something of everything, for whoever looks at all of its pages.

use crate::chargebacks::{bank_takes, the_one};
use kernel::{MemberId, OrderId};
use market::accounts::model::Role;
use market::holds;
use platform::config::SecondPerson;
use testkit::{Person, Town, cards, pictures};
use time::Duration;

/// A town with something of everything.
pub(super) struct Lively {
    pub town: Town,
    pub ann: Person,
    pub ben: Person,
    pub olga: Person,
    /// Pages of objects: who may see them, and where they are.
    pub pages: Vec<(&'static str, String)>,
}

pub(super) async fn lively() -> Lively {
    let town = Town::with(|config| config.staff.second_person_for = SecondPerson::ALL.to_vec()).await;
    town.gives_up_jobs();
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let olga = town.staff("Oscar", &[Role::Operator]).await;
    let mut pages = Vec::new();
    let lamp = ann
        .listing("Brass lamp <b>&amp; \"shade\"</b>")
        .description("Two\n\nparagraphs & <script>alert(1)</script>")
        .quantity(20)
        .at("Lyon, FR")
        .attribute("colour", "black")
        .live()
        .await;
    for n in 0..3 {
        ann.upload(&format!("/sell/{}/photos", lamp.id), &[], &[("photo", "a.png", &pictures::good(n))])
            .await
            .is(303);
    }
    let draft = ann.listing("Draft").empty().draft().await;
    let swap = ann.listing("Swap").barter("A rug.").live().await;
    let unpaid = ben.buys(&lamp).await;
    let asked = ben.buys(&lamp).await;
    ben.pays_by(asked.payment.id, cards::ASKS).await.unwrap();
    pages.push(("ben", format!("/checkout/{}/confirm", asked.payment.id)));
    let slow = ben.buys(&lamp).await;
    ben.pays_by(slow.payment.id, cards::SLOW).await.unwrap();
    let declined = ben.buys(&lamp).await;
    ben.pays_by(declined.payment.id, cards::DECLINED).await.unwrap();
    let expired = ben.buys(&lamp).await;
    ben.takes(expired.order(), "abandon").await;
    let mut orders = vec![unpaid.order(), asked.order(), slow.order(), declined.order(), expired.order()];
    for steps in [
        &[][..],
        &[("ann", "ship")],
        &[("ann", "ship"), ("ann", "seller_marks_delivered")],
        &[("ann", "ship"), ("ben", "report_not_received")],
        &[("ann", "ship"), ("ben", "report_not_received"), ("ben", "escalate")],
        &[("ann", "ship"), ("ben", "confirm_early")],
        &[("ben", "cancel_by_buyer")],
    ] {
        let deal = ben.buys(&lamp).await;
        let card = if steps.first() == Some(&("ben", "cancel_by_buyer")) {
            cards::REFUND_FAILS
        } else {
            cards::GOOD
        };
        ben.pays_by(deal.payment.id, card).await.unwrap();
        for (who, step) in steps {
            if *who == "ann" {
                ann.takes(deal.order(), step).await
            } else {
                ben.takes(deal.order(), step).await
            };
        }
        orders.push(deal.order());
    }
    let meet = ann.listing("Old rug").meet("Lyon, FR").live().await;
    let deal = ben.buys(&meet).await;
    ben.pays(&deal).await;
    pages.push(("ben", format!("/checkout/{}/done", deal.payment.id)));
    orders.push(deal.order());
    let taken = ben.buys(&lamp).await;
    ben.pays(&taken).await;
    orders.push(taken.order());
    town.run_jobs().await;
    bank_takes(&town, &taken).await;
    pages.push(("olga", format!("/admin/chargebacks/{}", the_one(&town).await)));
    town.later(Duration::minutes(1)).await;
    for order in orders {
        let order = town.order(order).await;
        let path = format!("/orders/{}", order.id);
        pages.push(("ben", path.clone()));
        pages.push(("olga", path.clone()));
        pages.push(("olga", format!("/admin{path}")));
        if order.state.starts_with("claim") {
            pages.extend(["ann", "ben", "olga"].map(|who| (who, format!("{path}/case"))));
        }
        if !matches!(
            order.state.as_str(),
            "pending_payment" | "payment_processing" | "payment_expired" | "cancelled"
        ) {
            pages.push(("ann", path));
        }
        pages.push(("ben", format!("/checkout/{}", order.payment)));
    }
    let papers = "select document_id, for_member from documents order by document_id";
    let papers: Vec<(uuid::Uuid, uuid::Uuid)> = sqlx::query_as(papers).fetch_all(&town.owner).await.unwrap();
    for (paper, reader) in papers {
        let who = if reader == ann.id.0 { "ann" } else { "ben" };
        pages.push((who, format!("/documents/{paper}")));
        pages.push((who, format!("/documents/{paper}?lang=ar")));
    }
    pages.push(("ben", "/documents".to_owned()));
    for who in ["", "ann", "ben"] {
        pages.push((who, format!("/listings/{}-{}", lamp.slug, lamp.id)));
        pages.push((who, format!("/listings/{}-{}", swap.slug, swap.id)));
        pages.push((who, "/members/ann".to_owned()));
        pages.push((who, "/search?q=lamp&condition=good&facets=1&sort=price_asc".to_owned()));
        pages.push((who, "/search?q=nothinglikethis".to_owned()));
        pages.push((
            who,
            "/search?category=home.lighting&min_price=1&max_price=99&near=45.7,4.8&radius_km=50".to_owned(),
        ));
    }
    for id in [lamp.id, draft.id, swap.id] {
        pages.push(("ann", format!("/sell/{id}")));
        pages.push(("ann", format!("/sell/{id}/history")));
    }
    for state in ["live", "draft", "paused", "sold"] {
        pages.push(("ann", format!("/sell?state={state}")));
    }
    pages.push(("ann", "/orders?as=seller".to_owned()));
    pages.push(("ann", format!("/payouts/{}", crate::payouts::a_payout(&town, deal.order(), ann.id).await)));
    pages.push(("olga", format!("/admin/sellers/{}", ann.id)));
    pages.push(("olga", format!("/admin/payouts/{}", uuid::Uuid::from_u128(83))));
    pages.push(("ann", "/account/keys".to_owned()));
    pages.push(("ann", format!("/account/keys/{}/rotate", crate::apikeys::key_of(&town, &ann).await.0)));
    ben.post("/cart", &[("listing", &lamp.id.to_string()), ("quantity", "2")]).await.is(303);
    ben.post("/cart", &[("listing", &meet.id.to_string()), ("quantity", "1")]).await.is(303);
    pages.push(("ben", "/cart".to_owned()));
    pages.push(("ben", "/checkout".to_owned()));
    let mail: uuid::Uuid =
        sqlx::query_scalar("select mail_id from mails limit 1").fetch_one(&town.owner).await.unwrap();
    pages.push(("", format!("/dev/mailbox/{mail}")));
    for what in ["", "/suspension", "/sign-out", "/roles", "/look"] {
        pages.push(("olga", format!("/admin/members/{}{what}", ann.id)));
        pages.push(("olga", format!("/admin/members/{}{what}", olga.id)));
    }
    for page in
        ["roles/support", "roles/operator", "members?q=ann", "members?only=staff", "audit?action=accounts"]
    {
        pages.push(("olga", format!("/admin/{page}")));
    }
    let job = uuid::Uuid::from_u128(77);
    let dead = "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
        values ($1, 'tests.dead', '{}', now(), 1, now(), now(), 'because')";
    sqlx::query(dead).bind(job).execute(&town.owner).await.unwrap();
    pages.push(("olga", format!("/admin/jobs/{job}")));
    let event = sqlx::query_scalar("select provider || '/' || event_id from provider_events limit 1");
    let event: String = event.fetch_one(&town.owner).await.unwrap();
    let call = sqlx::query_scalar("select idempotency_key from provider_calls limit 1");
    let call: String = call.fetch_one(&town.owner).await.unwrap();
    for page in [format!("events/{event}"), format!("events/{event}/replay"), format!("calls/{call}")] {
        pages.push(("olga", format!("/admin/payments/{page}")));
    }
    pages.push(("olga", format!("/admin/payments/calls/{call}/say")));
    pages.push(("olga", "/admin/payments?provider=sandbox&kind=payment_intent".to_owned()));
    pages.push(("olga", "/admin/payments/calls?state=answered&provider=sandbox".to_owned()));
    let run = uuid::Uuid::from_u128(82);
    for insert in [
        "insert into reconciliations (run_id, provider, began_at, alive_at, ended_at, findings, balances)
         values ($1, 'sandbox', now(), now(), now(), 1, '[{\"currency\": \"EUR\", \"ours\": {\"pending\": 5, \"available\": 0},
           \"theirs\": null, \"lines_waiting\": 0, \"entries_waiting\": 0}]')",
        "insert into suspense (suspense_id, provider, item, line_ref, why, amount, currency, opened_at)
         values ($1, 'sandbox', 'txn_1', 'txn_1', 'line_unexplained', 500, 'EUR', now())",
        "insert into reconciliation_findings (run_id, n, kind, about, theirs, currency, suspense_id)
         values ($1, 1, 'line_unexplained', 'txn_1', 500, 'EUR', $1)",
    ] {
        sqlx::query(insert).bind(run).execute(&town.owner).await.unwrap();
    }
    pages.push(("olga", format!("/admin/reconciliation/{run}")));
    pages.push(("olga", format!("/admin/suspense/{run}")));
    // One act that waits for her, one of hers that waits for somebody else, and one that was declined.
    let (otto, why) = (town.staff("Otto", &[Role::Operator]).await, ("reason", "Ticket 4711"));
    let words = ("words", "You are out.");
    otto.post(&format!("/admin/members/{}/suspension", ann.id), &[words, why, ("until", "7")]).await.is(303);
    olga.post(&format!("/admin/members/{}/roles", ben.id), &[("role", "grant support"), why]).await.is(303);
    otto.post(&format!("/admin/jobs/{job}"), &[("do", "discard"), why]).await.is(303);
    let wishes = sqlx::query_scalar("select approval_id from approvals order by kind");
    let wishes: Vec<uuid::Uuid> = wishes.fetch_all(&town.owner).await.unwrap();
    assert_eq!(wishes.len(), 3);
    let decline = [("do", "decline"), why];
    olga.post(&format!("/admin/approvals/{}", wishes[0]), &decline).await.goes_to("/admin/approvals");
    pages.push(("olga", "/admin/approvals".to_owned()));
    pages.extend(wishes.iter().map(|id| ("olga", format!("/admin/approvals/{id}"))));
    pages.extend(about_money(&town, deal.order(), ann.id).await);
    pages.push(("", "/verify?token=x".to_owned()));
    pages.push(("", "/reset/new?token=x".to_owned()));
    pages.push(("ann", "/sign-in?again=1&next=/account".to_owned()));
    Lively { town, ann, ben, olga, pages }
}

/// Pages of staff about money, with something on each.
async fn about_money(town: &Town, order: OrderId, seller: MemberId) -> Vec<(&'static str, String)> {
    let (ticket, rule) = (uuid::Uuid::from_u128(82), uuid::Uuid::from_u128(83));
    let opened = "insert into tickets (ticket_id, kind, key, subject_kind, subject, detail, opened_at, due_at)
        values ($1, 'escrow_old', $1::text, 'order', $2, jsonb_build_object('account', 'L:escrow:' || $2::text || ':EUR'), $3, $3)";
    let opened = sqlx::query(opened).bind(ticket).bind(order.0).bind(town.now());
    opened.execute(&town.owner).await.unwrap();
    let made =
        "insert into fee_rules (rule_id, position, title, category, currency, commission_bp, commission_min,
        commission_cap, buyer_bp, buyer_fixed, begins_at, made_at)
        values ($1, 1, 'Less for vehicles', 'vehicles', 'EUR', 300, 50, 9000, 0, 30, $2, $2)";
    sqlx::query(made).bind(rule).bind(town.now()).execute(&town.owner).await.unwrap();
    let held = holds::NewHold {
        order,
        kind: process::Hold::Fraud,
        because: "looked-at",
        note: "",
        by: None,
        until: Some(town.now() + Duration::days(3)),
    };
    let mut tx = town.db.begin().await.unwrap();
    holds::put(&mut tx, &held).await.unwrap();
    tx.commit().await.unwrap();
    let pages = [
        "tickets".to_owned(),
        "tickets?kind=escrow_old".to_owned(),
        format!("tickets/{ticket}"),
        "rules".to_owned(),
        format!("rules/fees/{rule}"),
        "accounts?name=L:escrow&currency=EUR".to_owned(),
        "accounts/A:provider_pending:sandbox:EUR".to_owned(),
        format!("orders/{order}"),
        format!("orders/{order}/holds"),
        format!("orders/{order}/goodwill"),
        format!("orders/{order}/refunds"),
        format!("members/{seller}/statement"),
    ];
    pages.into_iter().map(|page| ("olga", format!("/admin/{page}"))).collect()
}
