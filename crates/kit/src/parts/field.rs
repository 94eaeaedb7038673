//! Fields of forms: label, hint, mistake and input belong together and point at each other.

use super::money::sign;
use crate::form::Filled;
use kernel::{Currency, Say};
use market::accounts::model::Password;
use maud::{Markup, Render, html};

/// One of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opt {
    pub value: String,
    pub label: String,
}

impl Opt {
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into() }
    }
}

#[derive(Clone, Debug)]
enum Kind {
    Input { kind: &'static str, inputmode: Option<&'static str> },
    Password,
    NewPassword,
    Area { rows: u32 },
    Select { options: Vec<Opt>, empty: Option<String> },
    Number { min: i64, max: i64 },
    Money { currency: Currency },
    File { accept: &'static str, multiple: bool },
}

/// A field. Its id is `f-<name>`, so that a list of mistakes can link to it.
#[derive(Clone, Debug)]
pub struct Field {
    say: Say,
    name: String,
    label: String,
    value: String,
    wrong: Option<String>,
    kind: Kind,
    hint: Option<String>,
    optional: bool,
    size: Option<&'static str>,
    autocomplete: Option<&'static str>,
    max: Option<usize>,
    class: Option<&'static str>,
    autofocus: bool,
}

fn field(say: &Say, filled: &Filled, name: &str, label: impl Into<String>, kind: Kind) -> Field {
    Field {
        say: *say,
        name: name.to_owned(),
        label: label.into(),
        value: filled.get(name).to_owned(),
        wrong: filled.errors.of(name).map(|wrong| wrong.say(say)),
        kind,
        hint: None,
        optional: false,
        size: None,
        autocomplete: None,
        max: None,
        class: None,
        autofocus: false,
    }
}

/// One line of text.
pub fn text(say: &Say, filled: &Filled, name: &str, label: impl Into<String>) -> Field {
    field(say, filled, name, label, Kind::Input { kind: "text", inputmode: None })
}

/// Digits that are no number to count with: a card, a code, a postcode of digits.
pub fn digits(say: &Say, filled: &Filled, name: &str, label: impl Into<String>) -> Field {
    field(say, filled, name, label, Kind::Input { kind: "text", inputmode: Some("numeric") })
}

pub fn email(say: &Say, filled: &Filled, name: &str, label: impl Into<String>) -> Field {
    field(say, filled, name, label, Kind::Input { kind: "email", inputmode: None }).autocomplete("email")
}

/// The password of an account that exists. Never shown again.
pub fn password(say: &Say, filled: &Filled, name: &str, label: impl Into<String>) -> Field {
    field(say, filled, name, label, Kind::Password).autocomplete("current-password")
}

/// A password to be set. A script says how strong it seems and shows it when asked; the server judges it.
pub fn new_password(say: &Say, filled: &Filled, name: &str, label: impl Into<String>) -> Field {
    field(say, filled, name, label, Kind::NewPassword).autocomplete("new-password")
}

/// Several lines.
pub fn textarea(say: &Say, filled: &Filled, name: &str, label: impl Into<String>, rows: u32) -> Field {
    field(say, filled, name, label, Kind::Area { rows })
}

pub fn select(say: &Say, filled: &Filled, name: &str, label: impl Into<String>, options: Vec<Opt>) -> Field {
    field(say, filled, name, label, Kind::Select { options, empty: None })
}

/// A whole number from `min` to `max`.
pub fn number(say: &Say, filled: &Filled, name: &str, label: impl Into<String>, min: i64, max: i64) -> Field {
    field(say, filled, name, label, Kind::Number { min, max }).tiny()
}

/// An amount, typed as people write it.
pub fn money_field(
    say: &Say,
    filled: &Filled,
    name: &str,
    label: impl Into<String>,
    currency: Currency,
) -> Field {
    field(say, filled, name, label, Kind::Money { currency }).short()
}

/// Files, with the media types that are taken ("image/jpeg,image/png").
pub fn file(say: &Say, filled: &Filled, name: &str, label: impl Into<String>, accept: &'static str) -> Field {
    field(say, filled, name, label, Kind::File { accept, multiple: false })
}

impl Field {
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// May be left empty, and says so.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// For an answer of a word or two.
    #[must_use]
    pub fn short(self) -> Self {
        Self { size: Some("short"), ..self }
    }

    /// For an answer of a few digits.
    #[must_use]
    pub fn tiny(self) -> Self {
        Self { size: Some("tiny"), ..self }
    }

    #[must_use]
    pub fn autocomplete(self, what: &'static str) -> Self {
        Self { autocomplete: Some(what), ..self }
    }

    /// Characters at most.
    #[must_use]
    pub fn max(self, characters: usize) -> Self {
        Self { max: Some(characters), ..self }
    }

    /// A class of the input itself: "code", "card-no".
    #[must_use]
    pub fn class(self, class: &'static str) -> Self {
        Self { class: Some(class), ..self }
    }

    #[must_use]
    pub fn autofocus(self) -> Self {
        Self { autofocus: true, ..self }
    }

    /// What stands in it when nobody has typed yet.
    #[must_use]
    pub fn or(mut self, value: impl Into<String>) -> Self {
        if self.value.is_empty() {
            self.value = value.into();
        }
        self
    }

    /// A list whose first entry is nothing chosen.
    #[must_use]
    pub fn with_empty(mut self, label: impl Into<String>) -> Self {
        if let Kind::Select { empty, .. } = &mut self.kind {
            *empty = Some(label.into());
        }
        self
    }

    /// Several files at once.
    #[must_use]
    pub fn multiple(mut self) -> Self {
        if let Kind::File { multiple, .. } = &mut self.kind {
            *multiple = true;
        }
        self
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    /// The ids of hint and mistake.
    fn described_by(&self) -> Option<String> {
        let (hint, wrong) = (format!("{}-hint", self.id()), format!("{}-err", self.id()));
        match (self.hint.is_some(), self.wrong.is_some()) {
            (true, true) => Some(format!("{hint} {wrong}")),
            (true, false) => Some(hint),
            (false, true) => Some(wrong),
            (false, false) => None,
        }
    }

    fn control(&self) -> Markup {
        let (id, name, described) = (self.id(), &self.name, self.described_by());
        let (auto, max, class, focus) = (self.autocomplete, self.max, self.class, self.autofocus);
        let wrong = self.wrong.as_ref().map(|_| "true");
        match &self.kind {
            Kind::Input { kind, inputmode } => html! {
                input id=(id) type=(kind) name=(name) value=(self.value) class=[class] inputmode=[inputmode]
                    autocomplete=[auto] maxlength=[max] aria-describedby=[described] aria-invalid=[wrong] autofocus[focus];
            },
            Kind::Password | Kind::NewPassword => html! {
                input id=(id) type="password" name=(name) class=[class] autocomplete=[auto] maxlength=[max]
                    aria-describedby=[described] aria-invalid=[wrong] autofocus[focus];
            },
            Kind::Area { rows } => html! {
                textarea id=(id) name=(name) rows=(rows) class=[class] autocomplete=[auto] maxlength=[max]
                    aria-describedby=[described] aria-invalid=[wrong] autofocus[focus] { "\n" (self.value) }
            },
            Kind::Select { options, empty } => html! {
                select id=(id) name=(name) class=[class] autocomplete=[auto] aria-describedby=[described]
                    aria-invalid=[wrong] autofocus[focus] {
                    @if let Some(label) = empty { option value="" selected[self.value.is_empty()] { (label) } }
                    @for option in options {
                        option value=(option.value) selected[option.value == self.value] { (option.label) }
                    }
                }
            },
            Kind::Number { min, max } => html! {
                input id=(id) type="number" name=(name) value=(self.value) class=[class] min=(min) max=(max)
                    inputmode="numeric" aria-describedby=[described] aria-invalid=[wrong] autofocus[focus];
            },
            Kind::Money { currency } => html! {
                div.money {
                    span.cur aria-hidden="true" { (sign(&self.say, *currency)) }
                    input id=(id) name=(name) value=(self.value) inputmode="decimal" autocomplete="off"
                        aria-describedby=[described] aria-invalid=[wrong] autofocus[focus];
                }
            },
            Kind::File { accept, multiple } => html! {
                input.file id=(id) type="file" name=(name) accept=(accept) multiple[*multiple]
                    aria-describedby=[described] aria-invalid=[wrong];
            },
        }
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let class = self.size.map_or_else(|| "field".to_owned(), |size| format!("field {size}"));
        html! {
            div class=(class) {
                label for=(self.id()) {
                    (self.label)
                    @if self.optional { " " span.opt { (self.say.form_optional()) } }
                }
                @if let Some(hint) = &self.hint { p.hint id={ (self.id()) "-hint" } { (hint) } }
                @if let Some(wrong) = &self.wrong { (mistake(&self.say, &self.id(), wrong)) }
                @match self.kind {
                    Kind::NewPassword => (meter(&self.say, &self.control())),
                    _ => (self.control()),
                }
            }
        }
    }
}

/// The field of a password that is being chosen, with the words that the script needs.
fn meter(say: &Say, input: &Markup) -> Markup {
    let min = Password::MIN;
    html! {
        password-meter data-min=(min) data-show=(say.password_show()) data-hide=(say.password_hide())
            data-short=(say.password_short(min)) data-yours=(say.password_yours()) data-weak=(say.password_weak())
            data-fair=(say.password_fair()) data-good=(say.password_good()) data-strong=(say.password_strong()) {
            (input)
        }
    }
}

/// The sentence that says what is wrong with the field of this id.
pub(super) fn mistake(say: &Say, id: &str, wrong: &str) -> Markup {
    html! { p.err id={ (id) "-err" } { span.vh { (say.form_error_label()) } " " (wrong) } }
}
