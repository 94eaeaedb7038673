//! Suspending a member, lifting it, and keeping it after they have answered.

use super::acts::{self, About};
use crate::acting;
use kernel::{FieldErrors, MemberId, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Opt, Tone, button, form, form_acts, notice, select, textarea};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::approvals::model::Act;
use market::staff::model::{Reason, Suspension, Words};
use market::staff::suspensions;
use maud::{Markup, html};

pub(super) const PATH: &str = "/admin/members/{member}/suspension";
/// How many days it can last; it may also have no end.
const DAYS: [i64; 4] = [1, 7, 30, 90];

/// Somebody, and the suspension that holds them now.
struct Case {
    about: About,
    current: Option<Suspension>,
}

impl Case {
    /// Errors: `NotFound`.
    async fn load(me: &SignedIn, id: MemberId) -> Result<Self, Answer> {
        let about = About::load(me, id).await?;
        let current = suspensions::current(&mut me.read().await?, &about.member).await?;
        Ok(Self { about, current })
    }
}

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let case = Case::load(&me, id).await?;
    Ok(Answer::page(page(&me, &case, &me.filled(&acts::path(id, "suspension")))).secret())
}

pub(super) async fn decide(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let case = Case::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &case, filled)));
    let back = acts::return_to(&me, id);
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    if typed.get("do") == "lift" {
        let Some(why) = why else { return refuse(typed, errors) };
        let suspension = case.current.as_ref().map(|s| s.id);
        let act = Act::LiftSuspension { member: id, suspension };
        let became = acting::carry_out(&me, &act, &why).await?;
        return Ok(acting::answer(&me, became, &back, me.say.staff_lifted()));
    }
    let words = errors.take("words", Words::read(typed.get("words")));
    if typed.get("do") == "uphold" {
        let (Some(why), Some(words)) = (why, words) else { return refuse(typed, errors) };
        let mut tx = me.begin().await?;
        suspensions::uphold(&mut tx, me.member(), id, &words, &why, &me.app.web.base_url).await?;
        tx.commit().await?;
        return Ok(Answer::to(back).saying(Flash::ok(me.say.staff_upheld())));
    }
    let days = errors.take("until", days(typed.get("until")));
    let (Some(why), Some(words), Some(days)) = (why, words, days) else { return refuse(typed, errors) };
    let became = match acting::carry_out(&me, &Act::Suspend { member: id, words, days }, &why).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    };
    Ok(acting::answer(&me, became, &back, me.say.staff_suspended()))
}

/// How long it lasts: one of the days that are offered, or until somebody lifts it.
fn days(typed: &str) -> Result<Option<i64>, Wrong> {
    if typed.is_empty() {
        return Ok(None);
    }
    DAYS.into_iter().find(|n| n.to_string() == typed).map(Some).ok_or(Wrong::NotAChoice)
}

fn page(me: &SignedIn, case: &Case, filled: &Filled) -> Markup {
    let (say, about) = (&me.say, &case.about);
    let name = about.member.display_name.as_str();
    let labels = [("words", say.staff_suspend_words()), ("until", say.staff_suspend_until())];
    let (title, lead, fields) = match about.member.suspended {
        true => (say.staff_lift(), say.staff_lift_lead(name), lifting(say, case, filled)),
        false => (say.staff_suspend(), say.staff_suspend_lead(name), suspending(say, filled)),
    };
    let body = form(me, &acts::path(about.member.id, "suspension"), fields);
    acts::page(me, about, filled, (&title, &lead), &labels, body)
}

/// With what the member has answered, while nobody has decided about it.
fn lifting(say: &Say, case: &Case, filled: &Filled) -> Markup {
    let current = case.current.as_ref().filter(|s| s.awaits_a_word());
    let answer = current.and_then(|s| s.appeal.as_deref());
    html! {
        @if let Some(answer) = answer { (notice(Tone::Plain, &say.staff_appealed(), html! { (answer) })) }
        (acts::reason(say, filled))
        @if answer.is_some() {
            (textarea(say, filled, "words", say.staff_suspend_words(), 4)
                .hint(say.staff_uphold_hint()).max(Words::MAX).optional())
        }
        (form_acts(false, html! {
            (button(say.staff_lift()).value("do", "lift").primary())
            @if answer.is_some() { (button(say.staff_uphold()).value("do", "uphold").danger()) }
        }))
    }
}

fn suspending(say: &Say, filled: &Filled) -> Markup {
    let days = DAYS.into_iter().map(|n| Opt::new(n, say.staff_suspend_days(n))).collect();
    html! {
        (acts::reason(say, filled))
        (textarea(say, filled, "words", say.staff_suspend_words(), 4)
            .hint(say.staff_suspend_words_hint()).max(Words::MAX))
        (select(say, filled, "until", say.staff_suspend_until(), days)
            .with_empty(say.staff_suspend_open_end()).short())
        (form_acts(false, html! { (button(say.staff_suspend()).value("do", "suspend").danger()) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_one_of_those_offered() {
        assert_eq!(days(""), Ok(None));
        assert_eq!(days("7"), Ok(Some(7)));
        for bad in ["2", "-7", "07", "x"] {
            assert_eq!(days(bad), Err(Wrong::NotAChoice), "{bad}");
        }
    }
}
