//! Suspending a member, and lifting it.

use super::acts::{self, About};
use kernel::{FieldErrors, MemberId, Moment, Refusal, Say, Wrong};
use kit::answer::Answer;
use kit::form::{Filled, Path};
use kit::parts::{Opt, button, form, form_acts, select, textarea};
use kit::visit::SignedIn;
use kit::{Flash, Typed};
use market::staff::model::{Reason, Words};
use market::staff::suspensions::{self, Verdict};
use maud::{Markup, html};
use time::Duration;

pub(super) const PATH: &str = "/admin/members/{member}/suspension";
/// How many days it can last; it may also have no end.
const DAYS: [i64; 4] = [1, 7, 30, 90];

pub(super) async fn show(me: SignedIn, Path(id): Path<MemberId>) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    Ok(Answer::page(page(&me, &about, &Filled::empty())).secret())
}

pub(super) async fn decide(me: SignedIn, Path(id): Path<MemberId>, typed: Typed) -> Result<Answer, Answer> {
    let about = About::load(&me, id).await?;
    let refuse = |typed: Typed, errors| Ok(acts::refused(typed, errors, |filled| page(&me, &about, filled)));
    let (by, base_url) = (me.member(), &me.app.web.base_url);
    let mut errors = FieldErrors::none();
    let why = errors.take("reason", Reason::read(typed.get("reason")));
    if typed.get("do") == "lift" {
        let Some(why) = why else { return refuse(typed, errors) };
        let mut tx = me.begin().await?;
        suspensions::lift(&mut tx, by, id, &why, base_url).await?;
        tx.commit().await?;
        return Ok(Answer::to(acts::return_to(&me, id)).saying(Flash::ok(me.say.staff_lifted())));
    }
    let words = errors.take("words", Words::read(typed.get("words")));
    let until = errors.take("until", end(typed.get("until"), me.now));
    let (Some(why), Some(words), Some(until)) = (why, words, until) else { return refuse(typed, errors) };
    let verdict = Verdict { why: &why, words: &words, until };
    let mut tx = me.begin().await?;
    match suspensions::suspend(&mut tx, by, id, &verdict, base_url).await {
        Err(Refusal::Fields(errors)) => return refuse(typed, errors),
        other => other?,
    }
    tx.commit().await?;
    Ok(Answer::to(acts::return_to(&me, id)).saying(Flash::ok(me.say.staff_suspended())))
}

/// When it ends: the days that were chosen from now on, or never by itself.
fn end(days: &str, now: Moment) -> Result<Option<Moment>, Wrong> {
    if days.is_empty() {
        return Ok(None);
    }
    let chosen = DAYS.into_iter().find(|n| n.to_string() == days).ok_or(Wrong::NotAChoice)?;
    Ok(Some(now + Duration::days(chosen)))
}

fn page(me: &SignedIn, about: &About, filled: &Filled) -> Markup {
    let (say, name) = (&me.say, about.member.display_name.as_str());
    let labels = [("words", say.staff_suspend_words()), ("until", say.staff_suspend_until())];
    let (title, lead, fields) = match about.member.suspended {
        true => (say.staff_lift(), say.staff_lift_lead(name), lifting(say, filled)),
        false => (say.staff_suspend(), say.staff_suspend_lead(name), suspending(say, filled)),
    };
    let body = form(me, &acts::path(about.member.id, "suspension"), fields);
    acts::page(me, about, filled, (&title, &lead), &labels, body)
}

fn lifting(say: &Say, filled: &Filled) -> Markup {
    html! {
        (acts::reason(say, filled))
        (form_acts(false, html! { (button(say.staff_lift()).value("do", "lift").primary()) }))
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
        let now = Moment::UNIX_EPOCH;
        assert_eq!(end("", now), Ok(None));
        assert_eq!(end("7", now), Ok(Some(now + Duration::days(7))));
        for bad in ["2", "-7", "07", "x"] {
            assert_eq!(end(bad, now), Err(Wrong::NotAChoice), "{bad}");
        }
    }
}
