//! Members of staff who decide about the same at the same moment.

use super::all;
use kernel::{ApprovalId, Refusal};
use market::accounts::model::Role;
use market::approvals::model::State;
use market::approvals::rules as approvals;
use market::staff::model::Reason;
use platform::config::SecondPerson;
use testkit::Town;

/// Two colleagues press the button again and again: it is done once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_two_agree_to_at_once_is_done_once() {
    let town = Town::with(|config| config.staff.second_person_for = vec![SecondPerson::Suspensions]).await;
    let (mo, dee) = (town.staff("Mo", &[Role::Moderator]).await, town.person("Dee").await);
    let colleagues = [
        town.staff("May", &[Role::Moderator]).await.member().await,
        town.staff("Ina", &[Role::Operator]).await.member().await,
    ];
    let fields = [("do", "suspend"), ("reason", "Ticket 4711"), ("words", "You are out."), ("until", "7")];
    mo.post(&format!("/admin/members/{}/suspension", dee.id), &fields).await.is(303);
    let id: uuid::Uuid =
        sqlx::query_scalar("select approval_id from approvals").fetch_one(&town.owner).await.unwrap();
    let outcomes = all((0..8).map(|n| {
        let (world, by) = (town.world(), colleagues[n % 2].clone());
        async move {
            let why = Reason::read("I looked at it").unwrap();
            let mut tx = world.db.begin().await.unwrap();
            let terms = world.market.terms();
            let done = approvals::agree(&mut tx, &terms, &by, ApprovalId(id), &why).await;
            if done.is_ok() {
                tx.commit().await.unwrap();
            }
            done
        }
    }))
    .await;
    assert_eq!(outcomes.iter().filter(|o| matches!(o, Ok(State::Done))).count(), 1);
    let late = outcomes.iter().filter(|o| matches!(o, Err(Refusal::Conflict("approval-over")))).count();
    assert_eq!(late, 7, "{outcomes:?}");
    assert_eq!(town.count("select count(*) from suspensions").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'staff.suspend'").await, 1);
    assert_eq!(town.count("select count(*) from audit_log where action = 'approvals.agree'").await, 1);
    assert_eq!(town.subjects_to(&dee.email).await, ["Your account is suspended"]);
}
