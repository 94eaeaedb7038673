//! A call and its answer, apart from any socket: the same for the server and for the provider within the product.

use crate::problem::Problem;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// A call.
#[derive(Clone)]
pub struct Asked {
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: String,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Asked {
    /// `target`: the path, with its query if there is one.
    pub fn new(method: &str, target: &str) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_ascii_lowercase(), value.to_owned()));
        self
    }

    /// `kind`: the media type.
    #[must_use]
    pub fn with_body(self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.with_header("content-type", kind) }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The fields of query and body.
    ///
    /// # Errors
    /// When the body is JSON that cannot be read.
    pub fn params(&self) -> Result<Params, Problem> {
        let mut params = Params::default();
        params.read_form(self.query.as_bytes());
        let kind = self.header("content-type").unwrap_or_default();
        // Paystack's own library does not say that what it sends is JSON.
        if kind.starts_with("application/json") || (kind.is_empty() && self.body.starts_with(b"{")) {
            if !self.body.is_empty() {
                let body: Value = serde_json::from_slice(&self.body)
                    .map_err(|e| Problem::wrong("", format!("The body is no JSON: {e}")))?;
                params.read_json("", &body);
            }
        } else if let Some((_, boundary)) = kind.split_once("boundary=") {
            params.read_parts(&self.body, boundary.trim_matches('"'));
        } else {
            params.read_form(&self.body);
        }
        Ok(params)
    }
}

/// Header fields hold keys, bodies hold cards.
impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// Whether and when an answer arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    Now,
    /// So much later.
    Late(Duration),
    /// Not at all: the connection breaks.
    Never,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: String,
    pub arrival: Arrival,
}

impl Answered {
    /// With a body of JSON.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// A page.
    pub fn html(body: String) -> Self {
        Self::text(200, "text/html; charset=utf-8", body)
    }

    pub fn text(status: u16, kind: &str, body: String) -> Self {
        let headers = vec![("content-type".to_owned(), kind.to_owned())];
        Self { status, headers, body, arrival: Arrival::Now }
    }

    /// Sends the reader on.
    pub fn moved(to: &str) -> Self {
        Self::text(303, "text/plain", String::new()).with_header("location", to)
    }

    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The body as JSON; null if it is none.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// Fields by their full names ("metadata[order]", "expand[]"), in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

impl Params {
    fn read_form(&mut self, text: &[u8]) {
        self.0.extend(url::form_urlencoded::parse(text).into_owned());
    }

    fn read_json(&mut self, name: &str, value: &Value) {
        let inner = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}[{key}]") };
        match value {
            Value::Null => {}
            Value::Object(fields) => fields.iter().for_each(|(key, v)| self.read_json(&inner(key), v)),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(n, v)| self.read_json(&inner(&n.to_string()), v));
            }
            Value::String(text) => self.0.push((name.to_owned(), text.clone())),
            other => self.0.push((name.to_owned(), other.to_string())),
        }
    }

    /// The parts of a form with files (RFC 7578). Of a file its name and its size are kept.
    fn read_parts(&mut self, body: &[u8], boundary: &str) {
        let text = String::from_utf8_lossy(body);
        for part in text.split(&format!("--{boundary}")) {
            let Some((head, content)) = part.split_once("\r\n\r\n") else { continue };
            let quoted = |name: &str| {
                let (_, rest) = head.split_once(&format!("{name}=\""))?;
                Some(rest.split('"').next().unwrap_or_default().to_owned())
            };
            // "filename" holds "name" too; the first is the part's own.
            let Some(name) = quoted("; name") else { continue };
            let content = content.strip_suffix("\r\n").unwrap_or(content);
            match quoted("filename") {
                Some(file) => {
                    self.0.push((format!("{name}[size]"), content.len().to_string()));
                    self.0.push((name, file));
                }
                None => self.0.push((name, content.to_owned())),
            }
        }
    }

    /// A field that is there and not empty.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).filter(|v| !v.is_empty())
    }

    /// As `text`.
    ///
    /// # Errors
    /// When it is missing.
    pub fn needed(&self, name: &str) -> Result<&str, Problem> {
        self.text(name).ok_or_else(|| Problem::missing(name))
    }

    /// A whole number.
    ///
    /// # Errors
    /// When it is something else.
    pub fn whole(&self, name: &str) -> Result<Option<i64>, Problem> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let wrong =
            |_| Problem::wrong(name, format!("Invalid integer: {text}")).coded("parameter_invalid_integer");
        text.parse().map(Some).map_err(wrong)
    }

    /// More than nothing, in minor units.
    ///
    /// # Errors
    /// When it is missing, no number, or not more than nothing.
    pub fn amount(&self, name: &str) -> Result<i64, Problem> {
        match self.whole(name)? {
            Some(amount) if amount > 0 => Ok(amount),
            Some(_) => Err(Problem::wrong(name, "This value must be greater than or equal to 1.")
                .coded("parameter_invalid_integer")),
            None => Err(Problem::missing(name)),
        }
    }

    /// One of a few words.
    ///
    /// # Errors
    /// When it is another one.
    pub fn word(&self, name: &str, known: &[&str]) -> Result<Option<String>, Problem> {
        match self.text(name) {
            Some(word) if !known.contains(&word) => {
                Err(Problem::wrong(name, format!("Invalid {name}: must be one of {}", known.join(", "))))
            }
            word => Ok(word.map(str::to_owned)),
        }
    }

    pub fn is_true(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// The fields within one: `metadata[a]` as `a`.
    pub fn under(&self, name: &str) -> BTreeMap<String, String> {
        let inner = |n: &str| Some(n.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?.to_owned());
        self.0.iter().filter_map(|(n, v)| Some((inner(n)?, v.clone()))).collect()
    }

    /// The items of a list.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let open = format!("{name}[");
        self.0.iter().filter(|(n, _)| n.starts_with(&open)).map(|(_, v)| v.as_str()).collect()
    }

    /// All of them in the order of their names: two calls with the same fields have the same.
    pub fn sorted(&self) -> Vec<&(String, String)> {
        let mut all: Vec<&(String, String)> = self.0.iter().collect();
        all.sort();
        all
    }

    /// The names without what is in brackets.
    pub fn tops(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(n, _)| n.split('[').next().unwrap_or_default())
    }

    /// Refuses a field that the operation does not know: a mistake in writing would go unseen otherwise.
    ///
    /// # Errors
    /// Names the first of them.
    pub fn only(&self, known: &[&str]) -> Result<(), Problem> {
        match self.tops().find(|top| !known.contains(top)) {
            Some(top) => {
                Err(Problem::wrong(top, format!("Received unknown parameter: {top}"))
                    .coded("parameter_unknown"))
            }
            None => Ok(()),
        }
    }
}
