//! Reads the file and the environment into values by key, with where each came from.

use super::fault::{ConfigFault, Source};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;
use toml::de::{DeTable, DeValue};

const PREFIX: &str = "TRADEPLUS_";

/// Keys that may also come from a file named by `…_FILE`, and are never shown. A test compares the list with
/// the types of the keys.
pub(super) const SECRETS: &[&str] = &[
    "database.app_url",
    "database.replica_urls",
    "database.url",
    "mail.smtp_url",
    "metrics.token",
    "paystack.old_secret_key",
    "paystack.secret_key",
    "redis.url",
    "sms.token",
    "stripe.secret_key",
    "stripe.webhook_secrets",
];

/// Names that hosting platforms set. The longer name wins when both are there.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("database.url", "DATABASE_URL"),
    ("database.replica_urls", "DATABASE_REPLICA_URLS"),
    ("redis.url", "REDIS_URL"),
];

pub(super) type Known = BTreeMap<String, Json>;
pub(super) type Values = BTreeMap<String, Value>;

/// A value as it was written. The environment knows texts only, so there may be several readings of one.
#[derive(Debug)]
pub(super) struct Value {
    pub candidates: Vec<Json>,
    pub source: Source,
}

impl Value {
    pub(super) const fn nothing() -> Self {
        Self { candidates: Vec::new(), source: Source::Default }
    }
}

/// What was given, and what was wrong on the way.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub values: Values,
    pub faults: Vec<ConfigFault>,
}

pub(super) fn is_secret(key: &str) -> bool {
    SECRETS.contains(&key)
}

/// `server.listen` → `TRADEPLUS_SERVER__LISTEN`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

impl Given {
    /// Reads the TOML file at `path`.
    pub(super) fn read_file(&mut self, path: &Path, known: &Known) {
        let whole = |line| Source::File { path: path.to_owned(), line };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let fix = "Check the path and who may read it.".to_owned();
                return self.fault("", whole(0), format!("the file cannot be read: {error}"), fix);
            }
        };
        match DeTable::parse(&text) {
            Ok(table) => self.take_table(table.get_ref(), &|at| whole(line_of(&text, at)), known),
            Err(error) => {
                let line = error.span().map_or(0, |span| line_of(&text, span.start));
                let fix = "Mend the syntax: https://toml.io explains it.".to_owned();
                self.fault("", whole(line), format!("not TOML: {}", error.message()), fix);
            }
        }
    }

    fn take_table(&mut self, table: &DeTable<'_>, source: &dyn Fn(usize) -> Source, known: &Known) {
        for (name, value) in table {
            let at = source(name.span().start);
            let name: &str = name.get_ref();
            let is_section =
                known.keys().any(|k| k.split_once('.').is_some_and(|(section, _)| section == name));
            match (value.get_ref(), is_section) {
                (DeValue::Table(section), true) => {
                    for (field, value) in section {
                        let key = format!("{name}.{}", field.get_ref());
                        self.take(key, value.get_ref(), source(field.span().start), known);
                    }
                }
                (_, true) => {
                    let fix = format!("Write [{name}] and its keys below it.");
                    self.fault(name, at, "this is a section, not a value".to_owned(), fix);
                }
                (DeValue::Table(_), false) if !known.contains_key(name) => {
                    let sections = known.keys().filter_map(|k| k.split_once('.')).map(|(section, _)| section);
                    self.faults.push(ConfigFault::unknown(name.to_owned(), at, "section", sections));
                }
                (value, false) => self.take(name.to_owned(), value, at, known),
            }
        }
    }

    fn take(&mut self, key: String, value: &DeValue<'_>, source: Source, known: &Known) {
        if known.contains_key(&key) {
            self.values.insert(key, Value { candidates: vec![json(value)], source });
        } else {
            self.faults.push(ConfigFault::unknown(key, source, "key", known.keys().map(String::as_str)));
        }
    }

    /// Reads the environment: `TRADEPLUS_SECTION__KEY`, the aliases, and `…_FILE` of secrets. An empty
    /// variable counts as not set.
    pub(super) fn read_environment(&mut self, env: &BTreeMap<String, String>, known: &Known) {
        let mut names = Vec::new();
        for (key, default) in known {
            let alias = ALIASES.iter().filter(|(k, _)| k == key).map(|(_, alias)| (*alias).to_owned());
            for name in alias.chain([variable(key)]) {
                self.take_variable(key, &name, default, env);
                names.push(name);
            }
        }
        let of_secrets = |name: &str| is_secret_variable(name, known);
        for name in env.keys().filter(|n| n.starts_with(PREFIX) && n.contains("__")) {
            if !names.contains(name) && !of_secrets(name) {
                let source = Source::Env(name.clone());
                let known = names.iter().map(String::as_str);
                self.faults.push(ConfigFault::unknown(name.clone(), source, "setting", known));
            }
        }
    }

    fn take_variable(&mut self, key: &str, name: &str, default: &Json, env: &BTreeMap<String, String>) {
        let text = |name: &str| env.get(name).filter(|text| !text.is_empty());
        let file_name = format!("{name}_FILE");
        let file = text(&file_name).filter(|_| is_secret(key));
        let (text, source) = match (text(name), file) {
            (None, None) => return,
            (Some(_), Some(_)) => {
                let problem = format!("{name} is set as well");
                return self.fault(key, Source::Env(file_name), problem, "Keep one of the two.".to_owned());
            }
            (Some(text), None) => (text.clone(), Source::Env(name.to_owned())),
            (None, Some(path)) => match std::fs::read_to_string(path) {
                Ok(text) => (text.trim_end_matches(['\r', '\n']).to_owned(), Source::Env(file_name)),
                Err(error) => {
                    let problem = format!("the file {path} cannot be read: {error}");
                    let fix = "Check the path and who may read it.".to_owned();
                    return self.fault(key, Source::Env(file_name), problem, fix);
                }
            },
        };
        let candidates = readings(&text, default);
        self.values.insert(key.to_owned(), Value { candidates, source });
    }

    fn fault(&mut self, key: &str, source: Source, problem: String, fix: String) {
        self.faults.push(ConfigFault { key: key.to_owned(), source, problem, fix });
    }
}

fn is_secret_variable(name: &str, known: &Known) -> bool {
    let Some(name) = name.strip_suffix("_FILE") else { return false };
    known.keys().any(|key| is_secret(key) && variable(key) == name)
}

/// What a text of the environment may mean: a list (commas, or JSON) for a key that is one, else the text itself,
/// a number or a truth value.
fn readings(text: &str, default: &Json) -> Vec<Json> {
    if default.is_array() && text.trim_start().starts_with('[') {
        // A list of things with parts, as JSON. What does not read is not repeated: it may hold a secret.
        return serde_json::from_str(text).into_iter().collect();
    }
    if default.is_array() {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        return vec![Json::Array(parts.map(Json::from).collect())];
    }
    let literal = serde_json::from_str(text).ok().filter(|v: &Json| v.is_number() || v.is_boolean());
    std::iter::once(Json::from(text)).chain(literal).collect()
}

fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).map_or(Json::Null, Json::from),
        DeValue::Float(n) => n.as_str().parse::<f64>().map_or(Json::Null, Json::from),
        DeValue::Boolean(yes) => Json::from(*yes),
        DeValue::Datetime(at) => Json::from(at.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            Json::Object(table.iter().map(|(k, v)| (k.get_ref().to_string(), json(v.get_ref()))).collect())
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|b| *b == b'\n').count()
}
