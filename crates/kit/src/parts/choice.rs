//! Choices as cards and boxes.

use super::field::mistake;
use crate::form::Filled;
use kernel::Say;
use maud::{Markup, Render, html};

/// One of the things to choose from.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub title: String,
    pub note: Option<String>,
    /// At the end of the line: a price.
    pub end: Option<String>,
}

impl Choice {
    pub fn new(value: impl ToString, title: impl Into<String>) -> Self {
        Self { value: value.to_string(), title: title.into(), note: None, end: None }
    }

    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    #[must_use]
    pub fn end(self, end: impl Into<String>) -> Self {
        Self { end: Some(end.into()), ..self }
    }
}

/// A group of cards of which one or several are chosen.
#[derive(Clone, Debug)]
pub struct Choices {
    say: Say,
    name: String,
    legend: String,
    choices: Vec<Choice>,
    chosen: Vec<String>,
    wrong: Option<String>,
    many: bool,
    hint: Option<String>,
    cols: bool,
}

fn group(
    say: &Say,
    filled: &Filled,
    name: &str,
    legend: impl Into<String>,
    choices: Vec<Choice>,
    many: bool,
) -> Choices {
    Choices {
        say: *say,
        name: name.to_owned(),
        legend: legend.into(),
        choices,
        chosen: filled.values.all(name).map(str::to_owned).collect(),
        wrong: filled.errors.of(name).map(|wrong| wrong.say(say)),
        many,
        hint: None,
        cols: false,
    }
}

/// Cards of which one is chosen.
pub fn radios(
    say: &Say,
    filled: &Filled,
    name: &str,
    legend: impl Into<String>,
    choices: Vec<Choice>,
) -> Choices {
    group(say, filled, name, legend, choices, false)
}

/// Cards of which several may be chosen.
pub fn checks(
    say: &Say,
    filled: &Filled,
    name: &str,
    legend: impl Into<String>,
    choices: Vec<Choice>,
) -> Choices {
    group(say, filled, name, legend, choices, true)
}

impl Choices {
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Side by side where there is room.
    #[must_use]
    pub fn cols(self) -> Self {
        Self { cols: true, ..self }
    }

    /// What is chosen when nobody has chosen yet.
    #[must_use]
    pub fn or(mut self, value: impl Into<String>) -> Self {
        if self.chosen.is_empty() {
            self.chosen.push(value.into());
        }
        self
    }
}

impl Render for Choices {
    fn render(&self) -> Markup {
        let id = format!("f-{}", self.name);
        let hint = self.hint.as_ref().map(|_| format!("{id}-hint"));
        let wrong = self.wrong.as_ref().map(|_| format!("{id}-err"));
        let described: Vec<String> = [hint.clone(), wrong].into_iter().flatten().collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let kind = if self.many { "checkbox" } else { "radio" };
        let chosen = |choice: &Choice| self.chosen.contains(&choice.value);
        html! {
            fieldset.field aria-describedby=[described] {
                legend { (self.legend) }
                @if let Some(text) = &self.hint { p.hint id=[hint] { (text) } }
                @if let Some(text) = &self.wrong { (mistake(&self.say, &id, text)) }
                div class=(if self.cols { "choices cols" } else { "choices" }) {
                    @for (n, choice) in self.choices.iter().enumerate() {
                        label.choice {
                            input type=(kind) id=[(n == 0).then_some(&id)] name=(self.name) value=(choice.value)
                                checked[chosen(choice)];
                            span {
                                b { (choice.title) }
                                @if let Some(note) = &choice.note { " " span.choice-note { (note) } }
                            }
                            @if let Some(end) = &choice.end { span.choice-end { (end) } }
                        }
                    }
                }
            }
        }
    }
}

/// A box to tick.
pub fn tick(filled: &Filled, name: &str, label: &str) -> Markup {
    html! {
        label.row {
            input type="checkbox" id={ "f-" (name) } name=(name) value="1" checked[filled.values.ticked(name)];
            span { (label) }
        }
    }
}
