//! Asking for a code by mail or SMS, where a code is asked for.

pub(super) use crate::security::channels::told;

use kernel::Refusal;
use kit::Typed;
use kit::parts::{button, post};
use kit::visit::Visit;
use market::accounts::model::Method;
use market::factors::sent::Channel;
use maud::{Markup, html};

/// Which way was chosen.
pub(super) fn channel(typed: &Typed) -> Result<Channel, Refusal> {
    Channel::find(typed.get("channel")).ok_or(Refusal::NotFound)
}

/// A button for each way that is offered, the weakest last.
pub(super) fn ways(visit: &Visit, action: &str, offered: &[Method], next: &str) -> Markup {
    let say = &visit.say;
    let has_texts = offered.contains(&Method::Sms) && visit.app.market.door.codes.has_texts();
    html! {
        @if offered.contains(&Method::Mail) { (way(visit, action, Channel::Mail, next, say.sent_by_mail())) }
        @if has_texts {
            (way(visit, action, Channel::Sms, next, say.sent_by_sms()))
            p.hint { (say.sent_sms_weak()) }
        }
    }
}

fn way(visit: &Visit, action: &str, channel: Channel, next: &str, label: String) -> Markup {
    post(
        visit,
        action,
        None,
        html! {
            input type="hidden" name="channel" value=(channel.name());
            @if !next.is_empty() { input type="hidden" name="next" value=(next); }
            (button(label).wide())
        },
    )
}
