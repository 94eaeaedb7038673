//! What is said of a route beside its line in the route table: words, parameters and shapes, from which the
//! OpenAPI document is written. A route without them does not fit into this crate's table.

use crate::bounds::Bounds;
use crate::query::VALUE_MAX;
use kernel::limits::{PAGE_DEFAULT, PAGE_MAX, WHOLE_MAX};
use kit::route::Route;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What answers are, but for files.
const JSON: &str = "application/json";

/// A route and what is said of it.
pub(crate) struct Entry {
    pub route: Route,
    pub doc: Doc,
}

/// Schemas by name, as types give them.
pub(crate) type Schemas = Vec<(String, Value)>;

/// What is said of a route.
pub(crate) struct Doc {
    pub tag: &'static str,
    pub summary: &'static str,
    pub text: &'static str,
    pub query: Vec<Value>,
    pub body: Option<Body>,
    /// What bounds the fields of the body.
    pub bounds: Vec<Bounds>,
    pub answers: Vec<Answered>,
    /// The codes of a 409.
    pub conflicts: &'static [&'static str],
    /// Problems that do not follow from what the route is.
    pub also: &'static [u16],
    pub schemas: Schemas,
}

/// What a request holds.
pub(crate) struct Body {
    pub media: &'static str,
    pub schema: Value,
    /// The media types of the parts of a form.
    pub encoding: Option<Value>,
    pub example: Option<Value>,
    /// Whether the example can be read as the type that the handler takes.
    #[cfg_attr(not(test), allow(dead_code, reason = "a test asks"))]
    pub reads: fn(Value) -> Result<(), String>,
}

/// An answer of a request that was granted.
pub(crate) struct Answered {
    pub status: u16,
    pub text: &'static str,
    pub media: &'static str,
    pub schema: Option<Value>,
}

/// Begins a description. `tag` is the chapter, `summary` a few words.
pub(crate) fn doc(tag: &'static str, summary: &'static str) -> Doc {
    Doc {
        tag,
        summary,
        text: "",
        query: Vec::new(),
        body: None,
        bounds: Vec::new(),
        answers: Vec::new(),
        conflicts: &[],
        also: &[],
        schemas: Vec::new(),
    }
}

impl Doc {
    /// More than the summary, in Markdown.
    pub(crate) fn says(self, text: &'static str) -> Self {
        Self { text, ..self }
    }

    /// A parameter of the query. `schema` is a JSON schema.
    pub(crate) fn query(mut self, name: &'static str, text: &'static str, schema: &Value) -> Self {
        self.query.push(
            json!({ "name": name, "in": "query", "description": text, "required": false, "schema": schema }),
        );
        self
    }

    /// The parameters of a list that comes in pages. `cursor` is the schema of where one begins.
    pub(crate) fn paged(self, cursor: &Value) -> Self {
        self.query("limit", "Items on a page.", &page_size(PAGE_DEFAULT)).query(
            "cursor",
            "`next_cursor` of the page before.",
            cursor,
        )
    }

    /// What bounds the fields of the body, and of what stands in it.
    pub(crate) fn bounded(mut self, bounds: impl IntoIterator<Item = Bounds>) -> Self {
        self.bounds.extend(bounds);
        self
    }

    /// A JSON body of this type.
    pub(crate) fn takes<T: ToSchema + DeserializeOwned>(mut self, example: Value) -> Self {
        let schema = self.reference::<T>();
        let reads = |value| serde_json::from_value::<T>(value).map(drop).map_err(|e| e.to_string());
        self.body =
            Some(Body { media: "application/json", schema, encoding: None, example: Some(example), reads });
        self
    }

    /// A body of another kind.
    pub(crate) fn takes_other(mut self, media: &'static str, schema: Value) -> Self {
        self.body = Some(Body { media, schema, encoding: None, example: None, reads: |_| Ok(()) });
        self
    }

    /// A form with files. `encoding` names the media types of its parts.
    pub(crate) fn takes_files(self, schema: Value, encoding: Value) -> Self {
        let it = self.takes_other("multipart/form-data", schema);
        Self { body: it.body.map(|body| Body { encoding: Some(encoding), ..body }), ..it }
    }

    /// The answer, of this type.
    pub(crate) fn answers<T: ToSchema>(mut self, status: u16, text: &'static str) -> Self {
        let schema = Some(self.reference::<T>());
        self.answers.push(Answered { status, text, media: JSON, schema });
        self
    }

    /// The answer: a list of this type.
    pub(crate) fn lists<T: ToSchema>(mut self, status: u16, text: &'static str) -> Self {
        let schema = json!({
            "type": "object",
            "required": ["items", "next_cursor"],
            "properties": {
                "items": { "type": "array", "items": self.reference::<T>() },
                "next_cursor": { "type": ["string", "null"], "description": "Send it as `cursor` to get the next page; null on the last." },
            },
        });
        self.answers.push(Answered { status, text, media: JSON, schema: Some(schema) });
        self
    }

    /// The answer: a file of this media type.
    pub(crate) fn answers_file(mut self, status: u16, media: &'static str, text: &'static str) -> Self {
        let schema = Some(json!({ "type": "string", "format": "binary" }));
        self.answers.push(Answered { status, text, media, schema });
        self
    }

    /// An answer without a body, or with one that needs no schema.
    pub(crate) fn answers_plain(mut self, status: u16, text: &'static str) -> Self {
        self.answers.push(Answered { status, text, media: JSON, schema: None });
        self
    }

    /// What can stand in the way: the codes of a 409.
    pub(crate) fn conflicts(self, conflicts: &'static [&'static str]) -> Self {
        Self { conflicts, ..self }
    }

    /// Statuses of problems that do not follow from what the route is.
    pub(crate) fn also(self, also: &'static [u16]) -> Self {
        Self { also, ..self }
    }

    /// With a route it is an entry of the table. A query is read where parameters of it are described.
    pub(crate) fn of(self, route: Route) -> Entry {
        let route = if self.query.is_empty() { route } else { route.takes_query() };
        Entry { route, doc: self }
    }

    /// A reference to the type's schema, which is kept for the document.
    fn reference<T: ToSchema>(&mut self) -> Value {
        let (schemas, name) = schemas_of::<T>();
        self.schemas.extend(schemas);
        json!({ "$ref": format!("#/components/schemas/{name}") })
    }
}

/// A type's schema and those it refers to, and its name.
pub(crate) fn schemas_of<T: ToSchema>() -> (Schemas, String) {
    let mut found = Vec::new();
    T::schemas(&mut found);
    let name = T::name().into_owned();
    found.push((name.clone(), T::schema()));
    let value = |schema| serde_json::to_value(schema).unwrap_or_default();
    (found.into_iter().map(|(name, schema)| (name, value(schema))).collect(), name)
}

/// A text of a query, which may be empty.
pub(crate) fn string() -> Value {
    string_of(0, VALUE_MAX)
}

/// A text of so many characters.
pub(crate) fn string_of(min: usize, max: usize) -> Value {
    json!({ "type": "string", "minLength": min, "maxLength": max })
}

/// A text of this form.
pub(crate) fn string_like(pattern: &str, max: usize) -> Value {
    json!({ "type": "string", "pattern": pattern, "maxLength": max })
}

/// An id.
pub(crate) fn uuid() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

/// How many items a page may have.
pub(crate) fn page_size(default: usize) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": PAGE_MAX, "default": default })
}

/// One of some words.
pub(crate) fn one_of(words: &[&str]) -> Value {
    json!({ "type": "string", "enum": words })
}

/// An amount in minor units.
pub(crate) fn minor_units() -> Value {
    json!({ "type": "integer", "format": "int64", "minimum": 0, "maximum": WHOLE_MAX })
}
