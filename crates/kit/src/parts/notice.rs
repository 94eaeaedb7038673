//! What the page says to the person: messages, notices, deadlines, empty lists, states.

use super::button::Button;
use super::icon::{icon, icon_of};
use crate::flash::{Flash, Kind};
use crate::visit::Visit;
use kernel::{Moment, Say};
use maud::{Markup, html};

/// What an earlier action wants said.
pub fn flash(visit: &Visit, flash: &Flash) -> Markup {
    let (class, role, name) = match flash.kind {
        Kind::Ok => ("flash ok", "status", "check"),
        Kind::Info => ("flash info", "status", "info"),
        Kind::Bad => ("flash bad", "alert", "warning"),
    };
    html! {
        div class=(class) role=(role) {
            (icon(name))
            p { (flash.text) }
            @if let Some(undo) = &flash.undo {
                (super::form::post(visit, &undo.action, None, html! {
                    @for (name, value) in &undo.fields { input type="hidden" name=(name) value=(value); }
                    button.btn.small { (visit.say.form_undo()) }
                }))
            }
        }
    }
}

/// How a notice is coloured; its icon says the same.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    Plain,
    /// Protection.
    Brand,
    /// Offers and trades.
    Accent,
    Danger,
}

/// A box that explains something.
pub fn notice(tone: Tone, title: &str, text: Markup) -> Markup {
    let (class, name) = match tone {
        Tone::Plain => ("notice", "info"),
        Tone::Brand => ("notice brand", "shield"),
        Tone::Accent => ("notice accent", "swap"),
        Tone::Danger => ("notice danger", "warning"),
    };
    html! {
        div class=(class) { (icon(name)) div { p { @if !title.is_empty() { b { (title) } " " } (text) } } }
    }
}

/// Until when something must be done, and what happens otherwise.
pub fn deadline(say: &Say, what: &str, until: Moment, otherwise: &str, now: Moment) -> Markup {
    let class = match (until - now).whole_seconds() {
        ..=0 => "deadline late",
        1..86_400 => "deadline soon",
        _ => "deadline",
    };
    html! {
        p class=(class) {
            (icon("clock"))
            span { b { (what) " " (super::date_time(say, until)) } " " (say.deadline_left(say.in_time(until, now))) " " (otherwise) }
        }
    }
}

/// A list with nothing in it: what it is for, and what to do next.
#[derive(Clone, Debug)]
pub struct Empty {
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    pub action: Option<Button>,
}

pub fn empty(empty: &Empty) -> Markup {
    html! {
        div.empty {
            (icon_of(empty.icon, "icon"))
            h2 { (empty.title) }
            p { (empty.text) }
            @if let Some(action) = &empty.action { (action) }
        }
    }
}

/// A word in a box: "", "brand", "accent", "danger" or "ok".
pub fn tag(kind: &str, label: &str) -> Markup {
    html! { span class=(if kind.is_empty() { "tag".to_owned() } else { format!("tag {kind}") }) { (label) } }
}

/// How something stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Ok,
    Wait,
    Bad,
    Off,
}

/// A state with a coloured dot; the word says it too.
pub fn status(state: State, label: &str) -> Markup {
    let class = match state {
        State::Ok => "status ok",
        State::Wait => "status wait",
        State::Bad => "status bad",
        State::Off => "status off",
    };
    html! { span class=(class) { (label) } }
}

/// How much of something is done, percent. `id` is unique on the page.
pub fn progress(id: &str, label: &str, percent: u8) -> Markup {
    html! {
        label.vh for=(id) { (label) }
        progress.bar id=(id) max="100" value=(percent) { (percent) " %" }
    }
}
