//! Judges a request by a provider's official description of its interface: whether there is such a call, whether each
//! field has a name and a kind that it knows, whether none is missing. Only the words of JSON Schema that those
//! descriptions use are known here.

use platform::outgoing::Call;
use serde_json::Value;
use std::collections::BTreeMap;

/// The calls of a description.
pub(super) struct Official(Value);

/// The fields of a form, as a tree.
#[derive(Debug)]
enum Tree {
    Text(String),
    Within(BTreeMap<String, Self>),
}

impl Official {
    pub(super) fn read(json: &str) -> Self {
        Self(serde_json::from_str(json).unwrap())
    }

    pub(super) fn version(&self) -> &str {
        self.0["version"].as_str().unwrap()
    }

    /// "GET /v1/balance" of every call there is.
    pub(super) fn names(&self) -> Vec<String> {
        self.operations().iter().map(name).collect()
    }

    fn operations(&self) -> &[Value] {
        self.0["operations"].as_array().unwrap()
    }

    /// The name of the call that this is, or what is wrong with it.
    pub(super) fn judge(&self, call: &Call) -> Result<String, String> {
        let (method, path) = (call.method().as_str(), call.url().path());
        let fits = |it: &&Value| it["method"] == method && is_path(it["path"].as_str().unwrap(), path);
        // A path that is written out goes before one with a place for an id.
        let found = self
            .operations()
            .iter()
            .filter(fits)
            .min_by_key(|it| it["path"].to_string().matches('{').count());
        let operation = found.ok_or_else(|| format!("there is no {method} {path}"))?;
        fits_in(&tree(call.url().query_pairs().into_owned())?, &operation["query"], "query")?;
        let Some(kind) = operation["kind"].as_str() else {
            return if call.body().is_empty() { Ok(name(operation)) } else { Err("a body".to_owned()) };
        };
        let said = call.headers().get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        if said.split(';').next() != Some(kind) {
            return Err(format!("{said} instead of {kind}"));
        }
        let body = match kind {
            "multipart/form-data" => tree(names_in(call.body()))?,
            "application/json" => from_json(&serde_json::from_slice(call.body()).map_err(|e| e.to_string())?),
            _ => {
                // A form is written as a query is.
                let mut url = call.url().clone();
                url.set_query(Some(&String::from_utf8_lossy(call.body())));
                tree(url.query_pairs().into_owned())?
            }
        };
        fits_in(&body, &operation["body"], "body")?;
        Ok(name(operation))
    }
}

fn name(operation: &Value) -> String {
    format!("{} {}", operation["method"].as_str().unwrap(), operation["path"].as_str().unwrap())
}

fn is_path(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    let fits =
        |(known, given): (&&str, &&str)| known == given || (known.starts_with('{') && !given.is_empty());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(fits)
}

/// The fields of a form with files; each stands for itself, whatever is in it.
fn names_in(body: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(body);
    let parts = text.split("form-data; name=\"").skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('"').unwrap();
            let value = rest.split_once("\r\n\r\n").unwrap().1;
            (name.to_owned(), value.split("\r\n--").next().unwrap().to_owned())
        })
        .collect()
}

/// `a[b]=c` as a tree.
fn tree(fields: impl IntoIterator<Item = (String, String)>) -> Result<Tree, String> {
    let mut root = BTreeMap::new();
    for (name, value) in fields {
        let mut parts = name.split('[').map(|part| part.trim_end_matches(']')).peekable();
        let mut at = &mut root;
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                if at.insert(part.to_owned(), Tree::Text(value.clone())).is_some() {
                    return Err(format!("{name} twice"));
                }
                break;
            }
            let next = at.entry(part.to_owned()).or_insert_with(|| Tree::Within(BTreeMap::new()));
            let Tree::Within(within) = next else { return Err(format!("{name} is within a text")) };
            at = within;
        }
    }
    Ok(Tree::Within(root))
}

fn from_json(value: &Value) -> Tree {
    match value {
        Value::Object(fields) => {
            Tree::Within(fields.iter().map(|(name, value)| (name.clone(), from_json(value))).collect())
        }
        Value::Array(items) => Tree::Within(
            items.iter().enumerate().map(|(n, value)| (n.to_string(), from_json(value))).collect(),
        ),
        Value::String(text) => Tree::Text(text.clone()),
        other => Tree::Text(other.to_string()),
    }
}

fn fits_in(tree: &Tree, schema: &Value, at: &str) -> Result<(), String> {
    if let Some(ways) = schema["anyOf"].as_array() {
        let wrong: Vec<String> = ways.iter().filter_map(|way| fits_in(tree, way, at).err()).collect();
        return if wrong.len() < ways.len() { Ok(()) } else { Err(wrong.join(" or ")) };
    }
    match (schema["type"].as_str(), tree) {
        (Some("object"), Tree::Within(fields)) => object(fields, schema, at),
        (Some("array"), Tree::Within(items)) => {
            let are_numbered = items.keys().all(|key| key.parse::<usize>().is_ok());
            let items =
                items.iter().try_for_each(|(n, item)| fits_in(item, &schema["items"], &format!("{at}.{n}")));
            if are_numbered { items } else { Err(format!("{at} is no list")) }
        }
        (Some("object" | "array"), Tree::Text(_)) => Err(format!("{at} is a text")),
        (_, Tree::Within(_)) => Err(format!("{at} is no text")),
        (kind, Tree::Text(text)) => {
            let fits = match kind {
                Some("integer") => text.parse::<i64>().is_ok(),
                Some("number") => text.parse::<f64>().is_ok(),
                Some("boolean") => text == "true" || text == "false",
                _ => schema["maxLength"].as_u64().is_none_or(|most| text.chars().count() as u64 <= most),
            };
            let is_known =
                schema["enum"].as_array().is_none_or(|known| known.iter().any(|it| it == text.as_str()));
            if fits && is_known { Ok(()) } else { Err(format!("{at} is not {}", kind.unwrap_or("that"))) }
        }
    }
}

/// What a description does not name is not allowed, also where it does not say so.
fn object(fields: &BTreeMap<String, Tree>, schema: &Value, at: &str) -> Result<(), String> {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in required {
        if !fields.contains_key(name) {
            return Err(format!("{at}.{name} is missing"));
        }
    }
    for (name, value) in fields {
        let at = format!("{at}.{name}");
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => fits_in(value, known, &at)?,
            (None, any @ Value::Object(_)) => fits_in(value, any, &at)?,
            (None, Value::Bool(true)) => {}
            (None, _) => return Err(format!("{at} is not known")),
        }
    }
    Ok(())
}
