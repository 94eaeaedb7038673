//! Documents for programs.

use super::{completes, one, sold};
use http::Method;
use market::documents::jobs::Render;
use market::documents::{self, Kind};
use serde_json::json;
use testkit::Town;

#[tokio::test]
async fn a_program_reads_what_its_owner_may() {
    let town = Town::new().await;
    let (ann, ben, deal) = sold(&town).await;
    completes(&ann, &ben, &deal).await;
    town.run_jobs().await;
    let receipt = one(&town, Kind::Receipt, deal.order()).await.head;
    let list = ben.api(Method::GET, "/documents", None).await.is(200);
    assert_eq!(list.at("/items/0/id"), json!(receipt.id));
    assert_eq!(list.at("/items/0/kind"), json!("receipt"));
    assert_eq!(list.at("/items/0/total"), json!({ "amount": 1530, "currency": "EUR" }));
    assert_eq!((list.at("/items/1"), list.at("/items/0/content")), (json!(null), json!(null)));

    let path = format!("/documents/{}", receipt.id);
    let told = ben.api(Method::GET, &path, None).await.is(200);
    assert_eq!((told.at("/number"), told.at("/order_id")), (json!("R-2026-000001"), json!(deal.order())));
    assert_eq!(told.at("/content/lines/0/text"), json!("Lamp"));
    assert_eq!(told.at("/content/lines/2/amount"), json!({ "amount": 130, "currency": "EUR" }));
    assert_eq!(told.at("/content/recipient/lines/0"), json!("12 Garden Street"));
    assert_eq!(told.at("/in_your_name"), json!(false));
    let german = ben.api_with(Method::GET, &path, None, &[("accept-language", "de")]).await.is(200);
    assert_eq!(german.at("/content/lines/2/text"), json!("Käuferschutz"));

    ann.api(Method::GET, &path, None).await.problem(404, "not-found");
    let mine = ann.api(Method::GET, "/documents?limit=1", None).await.is(200);
    assert_eq!(
        (mine.at("/items/0/kind"), mine.at("/next_cursor")),
        (json!("commission_invoice"), json!(null))
    );
    assert_eq!(
        ben.api(Method::GET, "/documents?cursor=x", None).await.problem(422, "fields").pointers(),
        ["/cursor"]
    );
}

#[tokio::test]
async fn a_program_fetches_the_file() {
    let town = Town::new().await;
    let (ann, ben, deal) = sold(&town).await;
    town.run_jobs().await;
    let (objects, press) = (&town.market.objects, &town.market.press);
    documents::jobs::render(&town.db, objects, press, Render {}).await.unwrap();
    let document = one(&town, Kind::Receipt, deal.order()).await;
    let receipt = &document.head;
    let path = format!("/documents/{}", receipt.id);
    let told = ben.api(Method::GET, &path, None).await.is(200);
    let file = ben.api(Method::GET, &format!("{path}/file"), None).await.is(200);
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    assert_eq!(file.header("content-disposition"), Some("attachment; filename=\"R-2026-000001.pdf\""));
    assert_eq!(file.header("cache-control"), Some("no-store"));
    assert!(file.bytes().starts_with(b"%PDF-"));
    let kept = documents::pdf(objects, press, &document, receipt.tongue).await.unwrap();
    assert_eq!(&file.bytes()[..], kept.as_slice());
    assert_eq!(told.at("/file_sha256").as_str().unwrap().len(), 64);
    let german = ben.api(Method::GET, &format!("{path}/file?lang=de"), None).await.is(200);
    assert_ne!(german.bytes(), file.bytes());
    let odd = ben.api(Method::GET, &format!("{path}/file?lang=xx"), None).await;
    assert_eq!(odd.problem(422, "fields").pointers(), ["/lang"]);
    ann.api(Method::GET, &format!("{path}/file"), None).await.problem(404, "not-found");
}
