//! Reading the audit log.

use super::{WHY, act};
use market::accounts::model::Role;
use testkit::Town;

#[tokio::test]
async fn who_did_what_and_why_is_read_by_who_may() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let sue = town.staff("Sue", &[Role::Support]).await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    act(&sue, &ann, "/sign-out", &[("reason", WHY)]).await.is(303);
    act(&olga, &ben, "/sign-out", &[("reason", "Ticket 4712")]).await.is(303);
    let read = async |query: &str| olga.get(&format!("/admin/audit{query}")).await.is(200);
    read("").await.shows(WHY).shows("Ticket 4712").shows("staff.sign_out").shows("@sue");
    read("?action=staff.").await.shows(WHY).hides("accounts.");
    read("?who=sue").await.shows(WHY).hides("Ticket 4712");
    read("?who=@sue&action=roles").await.shows("Nothing found");
    read(&format!("?object={}", ben.id)).await.shows("Ticket 4712").hides(WHY);
    olga.get("/admin/audit?who=nobody").await.is(422).shows("Nobody has this handle");
    olga.get("/admin/audit?object=x").await.is(422);
    olga.get("/admin/audit?cursor=x").await.goes_to("/admin/audit");
    sue.get("/admin/audit").await.is(404);
}

#[tokio::test]
async fn the_log_goes_on_where_it_ended() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    for n in 0..60 {
        town.person(&format!("Person {n}")).await;
    }
    let first = olga.get("/admin/audit?action=accounts.create").await.is(200).page();
    assert_eq!(first.all("table.table tbody tr").len(), 50);
    let next = first.attributes("nav.pager a[rel='next']", "href").pop().unwrap();
    let rest = olga.get(&next).await.is(200).page();
    assert_eq!(rest.all("table.table tbody tr").len(), 11);
    assert!(!rest.has("nav.pager"));
}
