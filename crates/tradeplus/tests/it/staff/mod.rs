//! Staff: what each role may do, giving and taking roles, suspending, looking as a member, acts that take two, dead
//! jobs, the audit log, money.

mod approvals;
mod audit;
mod jobs;
mod looking;
mod members;
mod money;
mod refunds;
mod roles;
mod suspensions;
mod tickets;

use testkit::{Answer, Person, Town};

/// A reason that staff gives.
const WHY: &str = "Ticket 4711";

/// A page of staff about somebody.
fn about(who: &Person, what: &str) -> String {
    format!("/admin/members/{}{what}", who.id)
}

/// Sends one of those pages' forms.
async fn act(by: &Person, on: &Person, what: &str, fields: &[(&str, &str)]) -> Answer {
    by.post(&about(on, what), fields).await
}

/// What somebody got mails about, in the order of letters. That they signed in is not what these stories are about.
async fn subjects(town: &Town, who: &Person) -> Vec<String> {
    let mut subjects = town.subjects_to(&who.email).await;
    subjects.retain(|s| !s.starts_with("Signed in with"));
    subjects.sort_unstable();
    subjects
}

/// Lets somebody's browser forget that it was signed in.
fn forgets(who: &Person) {
    who.browser.set_cookie("tp_session", "");
}
