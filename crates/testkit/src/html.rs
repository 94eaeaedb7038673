//! Pages as a browser reads them: parsed by html5ever, asked by CSS selectors, their forms filled and sent.

use scraper::{ElementRef, Html, Selector};

/// A parsed page.
pub struct Page(Html);

impl Page {
    pub fn parse(text: &str) -> Self {
        Self(Html::parse_document(text))
    }

    /// What the parser had to mend.
    pub fn errors(&self) -> Vec<String> {
        self.0.errors.iter().map(ToString::to_string).collect()
    }

    /// The elements a CSS selector finds, in document order.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&css(selector)).collect()
    }

    /// The words of each element that the selector finds, runs of white space as one space.
    pub fn words(&self, selector: &str) -> Vec<String> {
        self.all(selector).into_iter().map(words_of).collect()
    }

    /// The words of the only element that the selector finds.
    pub fn one(&self, selector: &str) -> String {
        let found = self.words(selector);
        assert_eq!(found.len(), 1, "{selector}: {found:?}");
        found.into_iter().next().unwrap()
    }

    pub fn has(&self, selector: &str) -> bool {
        !self.all(selector).is_empty()
    }

    /// All words that are shown.
    pub fn text(&self) -> String {
        self.words("body").join(" ")
    }

    /// An attribute of every element that the selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.all(selector).into_iter().filter_map(|e| e.attr(name).map(str::to_owned)).collect()
    }

    /// The form that the selector finds, with everything that its fields hold, as a browser would send it.
    pub fn form(&self, selector: &str) -> Filled {
        let found = self.all(selector);
        let [form] = found[..] else {
            let actions = self.attributes("form", "action");
            panic!("{selector}: {} forms; there are forms to {actions:?}", found.len())
        };
        Filled {
            action: form.attr("action").unwrap_or_default().to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            is_get: !form.attr("method").is_some_and(|m| m.eq_ignore_ascii_case("post")),
            fields: self.fields(form),
        }
    }

    fn fields(&self, form: ElementRef<'_>) -> Vec<(String, String)> {
        let mut controls: Vec<ElementRef<'_>> = form.select(&css("input, select, textarea")).collect();
        if let Some(id) = form.attr("id") {
            controls.extend(self.all(&format!("[form=\"{id}\"]")));
        }
        controls.into_iter().filter(|c| c.attr("disabled").is_none()).flat_map(values_of).collect()
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|e| panic!("{selector}: {e}"))
}

/// The words in an element, runs of white space as one space.
pub(crate) fn words_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What one control sends (HTML, 4.10.21.4).
fn values_of(control: ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = control.attr("name").filter(|n| !n.is_empty()) else { return Vec::new() };
    let pair = |value: String| (name.to_owned(), value);
    let value = || control.attr("value").unwrap_or_default().to_owned();
    match control.value().name() {
        "textarea" => vec![pair(control.text().collect::<String>())],
        "select" => {
            let options: Vec<ElementRef<'_>> = control.select(&css("option")).collect();
            let of = |o: &ElementRef<'_>| o.attr("value").map_or_else(|| words_of(*o), str::to_owned);
            let mut chosen: Vec<_> =
                options.iter().filter(|o| o.attr("selected").is_some()).map(of).collect();
            if chosen.is_empty() && control.attr("multiple").is_none() {
                chosen.extend(options.first().map(of));
            }
            chosen.into_iter().map(pair).collect()
        }
        _ => match control.attr("type").unwrap_or("text") {
            "checkbox" | "radio" if control.attr("checked").is_none() => Vec::new(),
            "checkbox" | "radio" => vec![pair(control.attr("value").unwrap_or("on").to_owned())],
            "submit" | "button" | "image" | "reset" | "file" => Vec::new(),
            _ => vec![pair(value())],
        },
    }
}

/// A form that somebody fills in.
#[derive(Clone, Debug)]
pub struct Filled {
    pub action: String,
    pub multipart: bool,
    pub is_get: bool,
    pub fields: Vec<(String, String)>,
}

impl Filled {
    /// Types a value over what the field held. Fails when the form has no such field.
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        let known = self.fields.iter().any(|(n, _)| n == name);
        let names: Vec<&String> = self.fields.iter().map(|(n, _)| n).collect();
        assert!(known, "the form has no field {name}: {names:?}");
        self.choosing(name, value)
    }

    /// The same for a field that a form does not send unless it is chosen: a box, a radio button, a named button.
    #[must_use]
    pub fn choosing(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(n, _)| n != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// One more value of the name: a second box.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
