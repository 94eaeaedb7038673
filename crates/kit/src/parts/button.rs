//! Buttons, and links that look like them.

use super::icon::icon_of;
use kernel::Say;
use maud::{Markup, Render, html};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Look {
    #[default]
    Plain,
    Primary,
    Quiet,
    Danger,
    /// A button that looks like a link.
    Linky,
}

/// A button that sends its form, or with `to` a link.
#[derive(Clone, Debug, Default)]
pub struct Button {
    label: String,
    look: Look,
    icon: Option<String>,
    icon_end: Option<String>,
    wide: bool,
    small: bool,
    square: bool,
    described: Option<String>,
    value: Option<(String, String)>,
    href: Option<String>,
    rel: Option<&'static str>,
    formaction: Option<String>,
}

/// A button that sends its form.
pub fn button(label: impl Into<String>) -> Button {
    Button { label: label.into(), ..Button::default() }
}

/// A link that looks like a button.
pub fn link(href: impl Into<String>, label: impl Into<String>) -> Button {
    Button { href: Some(href.into()), ..button(label) }
}

impl Button {
    /// The next step: one on a page.
    #[must_use]
    pub fn primary(self) -> Self {
        Self { look: Look::Primary, ..self }
    }

    /// Without a border.
    #[must_use]
    pub fn quiet(self) -> Self {
        Self { look: Look::Quiet, ..self }
    }

    /// Takes something away.
    #[must_use]
    pub fn danger(self) -> Self {
        Self { look: Look::Danger, ..self }
    }

    /// Looks like a link in a text.
    #[must_use]
    pub fn linky(self) -> Self {
        Self { look: Look::Linky, ..self }
    }

    #[must_use]
    pub fn icon(self, name: impl Into<String>) -> Self {
        Self { icon: Some(name.into()), ..self }
    }

    /// An icon after the words.
    #[must_use]
    pub fn icon_end(self, name: impl Into<String>) -> Self {
        Self { icon_end: Some(name.into()), ..self }
    }

    #[must_use]
    pub fn wide(self) -> Self {
        Self { wide: true, ..self }
    }

    #[must_use]
    pub fn small(self) -> Self {
        Self { small: true, ..self }
    }

    /// Only the icon is seen; the label is heard.
    #[must_use]
    pub fn square(self) -> Self {
        Self { square: true, ..self }
    }

    /// What is heard instead of the label, where that alone would say too little ("Remove", of which many).
    #[must_use]
    pub fn heard_as(self, label: impl Into<String>) -> Self {
        Self { described: Some(label.into()), ..self }
    }

    /// What the form learns when this button sends it.
    #[must_use]
    pub fn value(self, name: impl Into<String>, value: impl ToString) -> Self {
        Self { value: Some((name.into(), value.to_string())), ..self }
    }

    /// Sends the form elsewhere.
    #[must_use]
    pub fn action(self, url: impl Into<String>) -> Self {
        Self { formaction: Some(url.into()), ..self }
    }

    #[must_use]
    pub fn rel(self, rel: &'static str) -> Self {
        Self { rel: Some(rel), ..self }
    }

    fn class(&self) -> String {
        let look = match self.look {
            Look::Plain => "btn",
            Look::Primary => "btn primary",
            Look::Quiet => "btn quiet",
            Look::Danger => "btn danger",
            Look::Linky => "linky",
        };
        let more = [(self.wide, " wide"), (self.small, " small"), (self.square, " square")];
        more.iter().filter(|(on, _)| *on).fold(look.to_owned(), |class, (_, name)| class + name)
    }

    fn heard(&self) -> Option<&str> {
        match &self.described {
            Some(label) => Some(label),
            None => self.square.then_some(self.label.as_str()),
        }
    }

    fn inside(&self) -> Markup {
        let arrow = |name: &str| {
            if name.starts_with("chevron-") && name != "chevron-down" { "icon flip" } else { "icon" }
        };
        html! {
            @if let Some(name) = &self.icon { (icon_of(name, arrow(name))) }
            @if !self.square {
                @if self.icon.is_some() || self.icon_end.is_some() { span { (self.label) } } @else { (self.label) }
            }
            @if let Some(name) = &self.icon_end { (icon_of(name, arrow(name))) }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let (class, heard) = (self.class(), self.heard());
        if let Some(href) = &self.href {
            return html! { a class=(class) href=(href) rel=[self.rel] aria-label=[heard] { (self.inside()) } };
        }
        let (name, value) = self.value.as_ref().map_or((None, None), |(n, v)| (Some(n), Some(v)));
        html! {
            button class=(class) name=[name] value=[value] formaction=[self.formaction.as_ref()] aria-label=[heard] {
                (self.inside())
            }
        }
    }
}

/// Buttons in a row that wraps.
pub fn acts(buttons: Markup) -> Markup {
    html! { div.acts { (buttons) } }
}

/// Buttons under each other, as wide as their place.
pub fn acts_stack(buttons: Markup) -> Markup {
    html! { div.acts.stack { (buttons) } }
}

/// A button whose form must not be sent twice: every one that moves money.
pub fn submit_once(say: &Say, button: &Button) -> Markup {
    html! { submit-once data-busy=(say.form_busy()) { (button) } }
}
