//! What waits for a second person.

use super::{Counts, approval, frame};
use crate::deals::People;
use kernel::Say;
use kit::answer::Answer;
use kit::parts::{Empty, State as Mood, date_time, empty, status, table};
use kit::visit::{SignedIn, Visit};
use market::approvals::model::{Approval, State};
use market::approvals::rules as approvals;
use maud::{Markup, html};

pub(super) async fn show(me: SignedIn) -> Result<Answer, Answer> {
    let mut reader = me.read().await?;
    let counts = Counts::load(&mut reader, me.member()).await?;
    let open = approvals::open(&mut reader, me.member()).await?;
    let people = People::find(&mut reader, open.iter().map(|a| a.asked_by)).await?;
    let say = &me.say;
    let body = html! {
        @if open.is_empty() { (none(say)) } @else { (list(&me, &open, &people)) }
        p.hint { (kinds(&me)) }
    };
    let heads = (say.admin_approvals(), say.admin_approvals_lead());
    Ok(Answer::page(frame(&me, counts, "approvals", (&heads.0, &heads.1), body)).secret())
}

/// What the settings ask a second person for.
fn kinds(visit: &Visit) -> String {
    let say = &visit.say;
    let terms = visit.app.market.terms();
    let all: Vec<String> =
        terms.second_person_for.iter().map(|kind| say.by_key(&format!("second-{}", kind.name()))).collect();
    let kinds = match (all.is_empty(), terms.alone_up_to) {
        (true, Some(_)) => String::new(),
        (true, None) => say.approvals_for_nothing(),
        (false, _) => say.approvals_for(all.join(" · ")),
    };
    match terms.alone_up_to {
        Some(limit) => format!("{kinds} {}", say.approvals_above(say.money(limit))).trim().to_owned(),
        None => kinds,
    }
}

fn none(say: &Say) -> Markup {
    empty(&Empty {
        icon: "check",
        title: say.approvals_none(),
        text: say.approvals_none_text(),
        action: None,
    })
}

fn list(visit: &Visit, open: &[Approval], people: &People) -> Markup {
    let say = &visit.say;
    let heads = [
        (say.approval_what(), false),
        (say.approval_asked_by(), false),
        (say.approval_asked_at(), false),
        (say.approval_until(), false),
        (say.approval_state(), false),
    ];
    table(
        "approvals-table",
        &say.admin_approvals(),
        &heads,
        html! {
            @for one in open {
                tr {
                    th scope="row" data-label=(heads[0].0) {
                        a href=(approval::path(one.id)) { (say.by_key(&one.act.key())) }
                    }
                    td data-label=(heads[1].0) { bdi { (people.view(one.asked_by).name) } }
                    td data-label=(heads[2].0) { (date_time(say, one.asked_at)) }
                    td data-label=(heads[3].0) { (date_time(say, one.expires_at)) }
                    td data-label=(heads[4].0) { (state(say, one.state(visit.now))) }
                }
            }
        },
    )
}

/// How far it has come, in a word.
pub(super) fn state(say: &Say, state: State) -> Markup {
    let mood = match state {
        State::Waiting => Mood::Wait,
        State::Agreed | State::Done => Mood::Ok,
        State::Declined => Mood::Bad,
        State::Withdrawn | State::Expired => Mood::Off,
    };
    status(mood, &say.by_key(&format!("approval-{}", state.name())))
}
