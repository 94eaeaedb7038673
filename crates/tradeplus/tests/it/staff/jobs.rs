//! Jobs that gave up: another try or an end, for a reason.

use super::WHY;
use market::accounts::model::Role;
use testkit::Town;

/// A job that gave up, and its page.
async fn dead(town: &Town) -> String {
    let id = uuid::Uuid::from_u128(77);
    let insert =
        "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
        values ($1, 'tests.dead', '{}', '2100-01-01', 1, now(), now(), 'because')";
    sqlx::query(insert).bind(id).execute(&town.owner).await.unwrap();
    format!("/admin/jobs/{id}")
}

async fn dead_jobs(town: &Town) -> i64 {
    town.count("select count(*) from jobs where kind = 'tests.dead' and dead_at is not null").await
}

#[tokio::test]
async fn a_dead_job_is_tried_again_for_a_reason() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let page = dead(&town).await;
    let listed = olga.get("/admin/jobs").await.is(200).page();
    assert!(listed.has(&format!("a[href='{page}']")));
    olga.get(&page).await.is(200).shows("tests.dead").shows("because");
    for reason in ["", "no", &"x".repeat(501)] {
        let back = olga.post(&page, &[("do", "retry"), ("reason", reason)]).await.is(422).page();
        assert!(back.has("[name='reason'][aria-invalid='true']"));
    }
    assert_eq!(dead_jobs(&town).await, 1);
    olga.post(&page, &[("do", "retry"), ("reason", WHY)]).await.goes_to("/admin/jobs");
    assert_eq!(dead_jobs(&town).await, 0);
    let told =
        "select count(*) from audit_log where action = 'jobs.retry' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);
    olga.post(&page, &[("do", "retry"), ("reason", WHY)]).await.is(404);
    sqlx::query("delete from jobs where kind = 'tests.dead'").execute(&town.owner).await.unwrap();
}

#[tokio::test]
async fn a_dead_job_is_discarded_for_a_reason_by_who_may() {
    let town = Town::new().await;
    let olga = town.staff("Olga", &[Role::Operator]).await;
    let sue = town.staff("Sue", &[Role::Support]).await;
    let page = dead(&town).await;
    let discard = [("do", "discard"), ("reason", WHY)];
    sue.get(&page).await.is(404);
    sue.post(&page, &discard).await.is(404);
    olga.post(&page, &discard[..1]).await.is(422);
    assert_eq!(dead_jobs(&town).await, 1);
    olga.post(&page, &discard).await.goes_to("/admin/jobs");
    assert_eq!(town.count("select count(*) from jobs where kind = 'tests.dead'").await, 0);
    let told =
        "select count(*) from audit_log where action = 'jobs.discard' and detail->>'reason' = 'Ticket 4711'";
    assert_eq!(town.count(told).await, 1);
}
