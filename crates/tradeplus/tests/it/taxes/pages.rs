//! The pages of taxes: saying who one is, and making reports.

use super::profile::{ANN, knows, says};
use super::yearly::{market_of_ann, opens};
use market::accounts::model::Role;
use market::tax::profile::Said;
use market::yearly::making;
use market::yearly::model::Kind;
use testkit::Town;
use time::Duration;

const PAGE: &str = "/payouts/tax";
const FORM: &str = "form[action='/payouts/tax']";

#[tokio::test]
async fn a_seller_says_who_they_are_and_reads_it_again() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.get("/account/security").await.shows("Tax details");
    let form = ann.get(PAGE).await.is(200).page().form(FORM);
    let form = form
        .choosing("class", "private")
        .with("country", "DE")
        .with("first", "Annabel")
        .with("last", "Garden & Sons")
        .with("born", "23/4/1990")
        .with("street", "Lindenweg 3")
        .with("postcode", "10115")
        .with("town", "Berlin")
        .with("tin", "86 095 742 719");
    let wrong = ann.submit(form).await.is(422).shows("Write the day as in 1990-04-23");
    let kept = wrong.page().form(FORM);
    assert_eq!(kept.value("tin"), Some("86 095 742 719"), "nothing that was typed is lost");
    assert_eq!(knows(&town, &ann).await, None);
    ann.submit(kept.with("born", "1990-04-23")).await.goes_to(PAGE);
    let again = ann.get(PAGE).await.is(200).shows("You have told us everything");
    assert_eq!(again.page().form(FORM).value("last"), Some("Garden & Sons"));
    assert_eq!(again.header("cache-control"), Some("no-store"));
    ann.get("/account/activity").await.shows("Tax details changed");
}

#[tokio::test]
async fn each_mistake_of_a_business_stands_at_its_field() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let fields = [
        ("class", "business"),
        ("country", "DE"),
        ("business_name", "Lamps Ltd"),
        ("vat_id", "DE136695977"),
        ("street", "Lindenweg 3"),
        ("town", "Berlin"),
    ];
    let page = ann.post(PAGE, &fields).await.is(422);
    assert!(page.page().has("#f-vat_id[aria-invalid='true']"));
    page.shows("A digit or letter of the VAT number is not right");
    ann.post(PAGE, &[("class", "")]).await.is(422).shows("Country");
}

#[tokio::test]
async fn tax_details_are_shown_to_who_has_just_signed_in() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    says(&town, &ann, &ANN).await;
    ann.get(PAGE).await.is(200).shows("Tax details");
    town.clock.advance(Duration::minutes(11));
    assert!(ann.get(PAGE).await.is(303).location().starts_with("/confirm"));
}

#[tokio::test]
async fn staff_makes_a_report_and_takes_its_file() {
    let (town, ann) = market_of_ann(31, 10_000).await;
    says(&town, &ann, &Said { last: "Garden & Sons", ..ANN }).await;
    let (fay, sue) = (town.staff("Fay", &[Role::Finance]).await, town.staff("Sue", &[Role::Support]).await);
    sue.get("/admin/reports").await.is(404);
    let page = fay.get("/admin/reports").await.is(200).shows("Nothing was reported yet").page();
    let form = page.form("form[action='/admin/reports']");
    let early = form.clone().choosing("kind", "dac7").with("year", "2027");
    fay.submit(early).await.is(422).shows("Only years that are over");
    fay.submit(form.choosing("kind", "dac7").with("year", "2026")).await.goes_to("/admin/reports");
    let list = fay.get("/admin/reports").await.is(200).shows("New sellers").shows("DAC7");
    let take = list.page().attributes("form[action^='/admin/reports/']", "action").remove(0);
    let file = fay.post(&take, &[]).await.is(200);
    assert_eq!(file.header("content-type"), Some("application/xml"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment; filename=\"DE2026DE-"));
    assert!(file.text().contains("<dpi:LastName>Garden &amp; Sons</dpi:LastName>"));
    assert_eq!(file.text(), opens(&town, 0).await);
    for action in ["reports.make", "reports.download"] {
        let lines: i64 =
            sqlx::query_scalar("select count(*) from audit_log where action = $1 and actor_id = $2")
                .bind(action)
                .bind(fay.id.0)
                .fetch_one(&town.owner)
                .await
                .unwrap();
        assert_eq!(lines, 1, "{action}");
    }
    let again = list.page().form("form[action='/admin/reports']").choosing("kind", "dac7");
    fay.submit(again.with("year", "2026")).await.is(422).shows("There is nothing to report");
    sue.post(&take, &[]).await.is(404);
}

/// Who was told of reads it, word by word, and nobody else's.
#[tokio::test]
async fn a_seller_reads_what_was_told_of_them() {
    let (town, ann) = market_of_ann(30, 1_000).await;
    let eve = town.person("Eve").await;
    says(&town, &ann, &Said { last: "Garden & Sons", ..ANN }).await;
    ann.get(PAGE).await.is(200).hides("What tax offices were told of you");
    ann.get("/payouts/tax/told").await.is(200).shows("No tax office was told anything of you");
    making::make(&town.market.office(), Kind::Dac7, 2026, None).await.unwrap();
    ann.get(PAGE).await.is(200).shows("What tax offices were told of you");
    let page = ann.get("/payouts/tax/told").await.is(200).shows("2026 · DAC7").shows("300 EUR").page();
    assert!(page.has("a[href='/payouts/tax/told.csv']"));
    let file = ann.get("/payouts/tax/told.csv").await.is(200);
    assert_eq!(file.header("cache-control"), Some("no-store"));
    for line in [
        "2026,dac7,2027-01-10,new,Identity/IndividualSeller/Standard/IndSellerID/Name/LastName,Garden & Sons,",
        "2026,dac7,2027-01-10,new,RelevantActivities/SaleOfGoods/Consideration/ConsQ1,300,EUR",
        "2026,dac7,2027-01-10,new,RelevantActivities/SaleOfGoods/NumberOfActivities/NumbQ1,30,",
    ] {
        assert!(file.text().lines().any(|it| it == line), "{line} is not in\n{}", file.text());
    }
    eve.get("/payouts/tax/told").await.is(200).hides("DAC7");
    assert_eq!(eve.get("/payouts/tax/told.csv").await.is(200).text().lines().count(), 1);
}
