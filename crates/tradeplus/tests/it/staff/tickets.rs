//! What must be looked at, on pages: it is found, taken, and closed with what came of it.

use kernel::{Currency, Money, OrderId, TicketId};
use market::accounts::model::Role;
use market::tickets::{self, Kind, NewTicket, Subject};
use serde_json::json;
use testkit::Town;
use time::Duration;

async fn opened(town: &Town, kind: Kind, subject: Subject, due: Duration) -> TicketId {
    let (amount, key) = (Some(Money::new(1_250, Currency::EUR)), format!("{}:1", kind.name()));
    let detail = json!({ "account": "R:commission:EUR", "days": 80 });
    let new = NewTicket { kind, key: &key, subject, amount, detail, due };
    let mut tx = town.db.begin().await.unwrap();
    let id = tickets::open(&mut tx, &new).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn path(id: TicketId) -> String {
    format!("/admin/tickets/{id}")
}

#[tokio::test]
async fn what_is_due_first_stands_at_the_top() {
    let town = Town::new().await;
    let (sue, mo) = (town.staff("Sue", &[Role::Support]).await, town.staff("Mo", &[Role::Moderator]).await);
    sue.get("/admin/tickets").await.is(200).shows("Nothing to look at");
    let later = opened(&town, Kind::EscrowOld, Subject::Nothing, Duration::days(2)).await;
    let sooner = opened(&town, Kind::Cover, Subject::Nothing, Duration::minutes(10)).await;
    let page = sue.get("/admin/tickets").await.is(200).page();
    assert_eq!(page.attributes("tbody th a", "href"), [path(sooner), path(later)]);
    assert_eq!(page.one(".side-nav a[aria-current] .count"), "2");
    let one = sue.get("/admin/tickets?kind=cover").await.is(200).page();
    assert_eq!(one.attributes("tbody th a", "href"), [path(sooner)]);
    town.clock.advance(Duration::minutes(20));
    assert!(sue.get(&path(sooner)).await.is(200).has_text("late"));
    let front = sue.get("/admin").await.is(200).page();
    assert!(front.has("#money ~ dl a[href='/admin/tickets?kind=cover']"), "{}", front.text());
    for page in ["/admin/tickets".to_owned(), path(later)] {
        mo.get(&page).await.is(404);
    }
    mo.post(&path(later), &[("do", "take")]).await.is(404);
}

#[tokio::test]
async fn a_ticket_is_taken_and_closed_with_what_came_of_it() {
    let town = Town::new().await;
    let (sue, fay) = (town.staff("Sue", &[Role::Support]).await, town.staff("Fay", &[Role::Finance]).await);
    let id = opened(&town, Kind::RefundAttention, Subject::Nothing, Duration::days(1)).await;
    sue.post(&path(id), &[("do", "take")]).await.goes_to(&path(id));
    sue.get(&path(id)).await.is(200).shows("Sue").shows("€12.50").hides("Take it");
    assert!(sue.get("/admin/tickets?only=mine").await.is(200).page().has("tbody th a"));
    assert!(!fay.get("/admin/tickets?only=mine").await.is(200).page().has("tbody th a"));
    for outcome in ["", "ok", &"x".repeat(1_001)] {
        let back = fay.post(&path(id), &[("do", "close"), ("outcome", outcome)]).await.is(422).page();
        assert!(back.has("[name='outcome'][aria-invalid='true']"));
    }
    fay.post(&path(id), &[("do", "close"), ("outcome", "Paid by hand.")]).await.goes_to("/admin/tickets");
    sue.get(&path(id)).await.is(200).shows("Paid by hand.").hides("What came of it");
    sue.post(&path(id), &[("do", "take")]).await.is(409);
    sue.get("/admin/tickets").await.is(200).shows("Nothing to look at");
    assert_eq!(town.count("select count(*) from audit_log where action like 'tickets.%'").await, 2);
}

/// It leads to what it is about, for who may go there.
#[tokio::test]
async fn a_ticket_leads_to_what_it_is_about() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let (sue, fay) = (town.staff("Sue", &[Role::Support]).await, town.staff("Fay", &[Role::Finance]).await);
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    let order: OrderId = deal.order();
    let about_order = opened(&town, Kind::EscrowOld, Subject::Order(order), Duration::days(1)).await;
    let about_ann = opened(&town, Kind::TaxSeller, Subject::Member(ann.id), Duration::days(1)).await;
    let to_order = format!("main a[href='/admin/orders/{order}']");
    let to_ann = format!("main a[href='/admin/members/{}']", ann.id);
    let to_account = "main a[href='/admin/accounts/R:commission:EUR']";
    let page = sue.get(&path(about_order)).await.is(200).page();
    assert!(page.has(&to_order) && !page.has(to_account), "support does not see the books");
    let page = fay.get(&path(about_order)).await.is(200).page();
    assert!(page.has(&to_order) && page.has(to_account));
    assert!(sue.get(&path(about_ann)).await.is(200).page().has(&to_ann));
    assert!(!fay.get(&path(about_ann)).await.is(200).page().has(&to_ann));
    assert!(fay.get(&format!("/admin/orders/{order}")).await.is(200).page().has("#open"));
}

/// The thing that a ticket is about is one click away, for who may look at it.
#[tokio::test]
async fn each_kind_of_thing_is_one_click_away() {
    let town = Town::new().await;
    let (sue, fay) = (town.staff("Sue", &[Role::Support]).await, town.staff("Fay", &[Role::Finance]).await);
    let id = uuid::Uuid::from_u128(7);
    let due = Duration::days(1);
    for (kind, subject, for_fay, for_sue) in [
        (Kind::PayoutStuck, Subject::Payout(id.into()), Some("/admin/payouts"), None),
        (Kind::Chargeback, Subject::Chargeback(id.into()), Some("/admin/chargebacks"), None),
        (Kind::BalanceDiffers, Subject::Run(id.into()), Some("/admin/reconciliation"), None),
        (Kind::TaxSeller, Subject::Member(id.into()), Some("/admin/sellers"), Some("/admin/members")),
    ] {
        let ticket = path(opened(&town, kind, subject, due).await);
        for (who, way) in [(&fay, for_fay), (&sue, for_sue)] {
            let page = who.get(&ticket).await.is(200).page();
            match way {
                Some(way) => assert!(page.has(&format!("a[href='{way}/{id}']")), "{kind:?} {}", who.name),
                None => assert!(!page.has(&format!("main a[href$='{id}']")), "{kind:?} {}", who.name),
            }
        }
    }
    let new = NewTicket {
        kind: Kind::CallUnknown,
        key: "call_unknown:refund:1",
        subject: Subject::Refund(id.into()),
        amount: None,
        detail: json!({ "call": "refund:1", "operation": "refund" }),
        due,
    };
    let mut tx = town.db.begin().await.unwrap();
    let ticket = path(tickets::open(&mut tx, &new).await.unwrap());
    tx.commit().await.unwrap();
    let call = "a[href='/admin/payments/calls/refund:1']";
    assert!(fay.get(&ticket).await.is(200).page().has(call));
    assert!(!sue.get(&ticket).await.is(200).page().has(call));
}
