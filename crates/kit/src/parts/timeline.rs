//! How far an order has come, and what comes next when nobody does anything.

use super::icon::icon;
use kernel::Say;
use maud::{Markup, html};

/// Where a step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepState {
    Done,
    Now,
    Next,
    /// It ended badly here.
    Bad,
}

/// When it was, or until when it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub at: kernel::Moment,
    /// "Mon 23 Nov, 10:02" or "by Fri 27 Nov, 18:00".
    pub words: String,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    pub state: StepState,
    pub label: String,
    pub icon: &'static str,
    pub when: Option<Moment>,
    /// What silence will do.
    pub silence: Option<String>,
}

pub fn timeline(say: &Say, steps: &[Step]) -> Markup {
    html! {
        ol.timeline role="list" {
            @for step in steps {
                li class=(class(step.state)) aria-current=[(step.state == StepState::Now).then_some("step")] {
                    span.dot { @if let Some(name) = dot(step) { (icon(name)) } }
                    div {
                        p.step {
                            @if step.state == StepState::Done { span.vh { (say.timeline_done()) } " " }
                            (step.label)
                            @if let Some(when) = &step.when { " " (super::time(when.at, &when.words)) }
                        }
                        @if let Some(silence) = &step.silence { p.silence { (silence) } }
                    }
                }
            }
        }
    }
}

const fn class(state: StepState) -> &'static str {
    match state {
        StepState::Done => "done",
        StepState::Now => "now",
        StepState::Next => "next",
        StepState::Bad => "bad",
    }
}

const fn dot(step: &Step) -> Option<&'static str> {
    match step.state {
        StepState::Done => Some("check"),
        StepState::Now => Some(step.icon),
        StepState::Next => None,
        StepState::Bad => Some("close"),
    }
}
