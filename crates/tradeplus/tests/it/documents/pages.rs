//! The list, the page and the file, for who may see them.

use super::{all, completes, one, sold};
use market::accounts::model::Role;
use market::documents::Kind;
use testkit::Town;

#[tokio::test]
async fn a_buyer_finds_reads_and_keeps_the_receipt() {
    let town = Town::new().await;
    let (_, ben, deal) = sold(&town).await;
    town.run_jobs().await;
    let path = format!("/documents/{}", one(&town, Kind::Receipt, deal.order()).await.head.id);
    ben.get("/account").await.is(200).shows("Receipts, invoices and statements");
    let list = ben.get("/documents").await.is(200).shows("R-2026-000001");
    assert!(list.page().has(&format!("a[href='{path}']")));
    let order = ben.get(&format!("/orders/{}", deal.order())).await.is(200).shows("R-2026-000001");
    assert!(order.page().has(&format!("a[href='{path}']")));

    let page = ben.get(&path).await.is(200).shows("Receipt R-2026-000001").shows("Buyer protection");
    assert!(page.page().has("article.paper[lang='en'][dir='ltr'] table tfoot"));
    let page = ben.get(&format!("{path}?lang=ar")).await.is(200).shows("إيصال R-2026-000001").page();
    assert!(page.has("article.paper[lang='ar'][dir='rtl']"));
    assert!(page.has(&format!("a[href='{path}/pdf?lang=ar']")));
    ben.get(&format!("{path}?lang=xx")).await.is(200).shows("Receipt R-2026-000001");

    let file = ben.get(&format!("{path}/pdf")).await.is(200);
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"R-2026-000001.pdf\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    assert!(file.bytes().starts_with(b"%PDF-"));
    let arabic = ben.get(&format!("{path}/pdf?lang=ar")).await.is(200);
    assert_ne!(arabic.bytes(), file.bytes());
}

#[tokio::test]
async fn strangers_get_404_and_staff_with_the_permission_sees_it() {
    let town = Town::new().await;
    let (ann, ben, deal) = sold(&town).await;
    completes(&ann, &ben, &deal).await;
    town.run_jobs().await;
    let receipt = format!("/documents/{}", one(&town, Kind::Receipt, deal.order()).await.head.id);
    let invoice = format!("/documents/{}", one(&town, Kind::CommissionInvoice, deal.order()).await.head.id);
    let (eve, mo) = (town.person("Eve").await, town.staff("Mo", &[Role::Moderator]).await);
    let sue = town.staff("Sue", &[Role::Support]).await;
    for path in [&receipt, &invoice] {
        for path in [path.clone(), format!("{path}/pdf")] {
            for who in [&eve, &mo] {
                who.get(&path).await.is(404);
            }
            sue.get(&path).await.is(200);
            town.visitor().get(&path).await.is(303);
        }
    }
    // Each side has its own paper, and not the other's.
    ann.get(&receipt).await.is(404);
    ann.get(&invoice).await.is(200).shows("Invoice for commission C-2026-000001");
    ben.get(&invoice).await.is(404);
    let order = format!("/orders/{}", deal.order());
    ann.get(&order).await.is(200).shows("C-2026-000001").hides("R-2026-000001");
    ben.get(&order).await.is(200).shows("R-2026-000001").hides("C-2026-000001");
    sue.get(&order).await.is(200).shows("R-2026-000001").shows("C-2026-000001");
    eve.get("/documents").await.is(200).shows("No documents yet");
}

#[tokio::test]
async fn an_invoice_in_a_sellers_name_is_for_both_sides() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let profile = "insert into seller_profiles (member_id, class, business_name, self_billing_at, updated_at)
        values ($1, 'business', 'Lampen Ann', $2, $2)";
    sqlx::query(profile).bind(ann.id.0).bind(town.now()).execute(&town.owner).await.unwrap();
    let deal = ben.buys(&ann.listing("Lamp").live().await).await;
    ben.pays(&deal).await;
    town.run_jobs().await;
    let invoice = format!("/documents/{}", one(&town, Kind::Invoice, deal.order()).await.head.id);
    for who in [&ann, &ben] {
        who.get(&invoice)
            .await
            .is(200)
            .shows("Lampen Ann")
            .shows("in the name and on the account of the seller");
    }
    ann.get("/documents").await.is(200).shows("Made in your name");
    ben.get("/documents").await.is(200).hides("Made in your name");
}

#[tokio::test]
async fn who_wants_no_letters_says_so_and_takes_it_back() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    let form = ben.get("/documents").await.is(200).page().form("form[action='/documents/letters']");
    let done = ben.submit(form).await.goes_to("/documents");
    ben.follow_page(&done).await.shows("no more mails about documents").shows("Write to me once a week");
    assert_eq!(town.count("select count(*) from document_wishes").await, 1);
    ben.post("/documents/letters", &[("letters", "on")]).await.goes_to("/documents");
    assert_eq!(town.count("select count(*) from document_wishes").await, 0);
}

#[tokio::test]
async fn a_long_list_comes_in_pages() {
    let town = Town::new().await;
    let ben = town.person("Ben").await;
    for n in 0..31 {
        super::issues(&town, &super::slip(&ben, &format!("cause {n}"))).await;
        town.clock.advance(time::Duration::milliseconds(1));
    }
    let first = ben.get("/documents").await.is(200).shows("R-2026-000031").hides("R-2026-000001").page();
    let next = first.attributes("nav.pager a[rel='next']", "href").remove(0);
    ben.get(&next).await.is(200).shows("R-2026-000001").hides("R-2026-000031");
    ben.get("/documents?cursor=x").await.goes_to("/documents");
    assert_eq!(all(&town).await.len(), 31);
}

/// Somebody calls and names a number: staff finds the document by it.
#[tokio::test]
async fn staff_finds_a_document_by_its_number() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let id = super::issues(&town, &super::slip(&ann, "test:1")).await;
    let fay = town.staff("Fay", &[Role::Finance]).await;
    let label = super::all(&town).await.remove(0).head.label;
    for q in [label.clone(), label.to_ascii_lowercase(), format!("%20{label}%20")] {
        fay.get(&format!("/admin/orders?q={q}")).await.goes_to(&format!("/documents/{id}"));
    }
    fay.get(&format!("/documents/{id}")).await.is(200).shows(&label);
    fay.get("/admin/orders?q=C-2026-999999").await.is(404);
    fay.get("/admin/orders?q=C-2026%00").await.is(404);
}
