//! One mistake in the settings, in words that say what to do.

use super::layers;
use serde_json::Value;
use std::fmt;
use std::path::PathBuf;

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Default,
    /// A line of the settings file, counted from 1; 0 when it is the file as a whole.
    File {
        path: PathBuf,
        line: usize,
    },
    /// An environment variable; its name may end in `_FILE`.
    Env(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("not set"),
            Self::File { path, line: 0 } => write!(f, "{}", path.display()),
            Self::File { path, line } => write!(f, "{} line {line}", path.display()),
            Self::Env(name) => write!(f, "environment variable {name}"),
        }
    }
}

/// A mistake. Its text is one line: the key, where the value came from, what is wrong, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The key as it was written, for instance "server.listen"; empty when it is the file as a whole.
    pub key: String,
    pub source: Source,
    pub problem: String,
    pub fix: String,
}

impl std::error::Error for ConfigFault {}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, source, problem, fix } = self;
        match key.as_str() {
            "" => write!(f, "{source}: {problem}. {fix}"),
            key => write!(f, "{key} ({source}): {problem}. {fix}"),
        }
    }
}

impl ConfigFault {
    /// The value is not of the key's type. What was written is told, unless it is a secret.
    pub(super) fn unreadable(
        key: &str,
        value: &layers::Value,
        error: Option<&serde_json::Error>,
        default: &Value,
    ) -> Self {
        let problem = match error {
            Some(error) if !layers::is_secret(key) => plain(&error.to_string()),
            _ => "the value cannot be read".to_owned(),
        };
        let fix = match default {
            Value::Null => "Write a text, or remove it.".to_owned(),
            default => format!("The default is {default}; write something of that kind."),
        };
        Self { key: key.to_owned(), source: value.source.clone(), problem, fix }
    }

    /// There is no such key.
    pub(super) fn unknown<'a>(
        written: String,
        source: Source,
        what: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let fix = match nearest(&written, known) {
            Some(near) => format!("Did you mean {near}?"),
            None => "Remove it; docs/configuration.md lists every key.".to_owned(),
        };
        Self { key: written, source, problem: format!("there is no such {what}"), fix }
    }
}

/// The known name that differs least from what was written, if one is near enough to be meant.
fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let bound = (written.chars().count() / 3).max(2);
    known
        .map(|name| (strsim::damerau_levenshtein(&written.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= bound)
        .min()
        .map(|(_, name)| name)
}

/// The message without serde's notes on where in the JSON it was: there is no JSON for the reader.
fn plain(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}
