//! What bounds the fields of a request. The numbers are those that the rules keep, and the description is made of them,
//! so that the two cannot part. Where a rule would let more pass than the description tells (what cleaning takes away
//! counts here), it is looked at here too.

use kernel::FieldErrors;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is said of the fields of one schema beside their types.
pub(crate) struct Bounds {
    /// The schema's name in the description.
    schema: &'static str,
    /// Pointers into it, and the keywords that are added there.
    places: Vec<(String, Value)>,
}

impl Bounds {
    pub(crate) const fn of(schema: &'static str) -> Self {
        Self { schema, places: Vec::new() }
    }

    /// Of a field.
    pub(crate) fn field(self, name: &str, keywords: Value) -> Self {
        self.at(&format!("/properties/{name}"), keywords)
    }

    /// Of each item of a field that is a list.
    pub(crate) fn items(self, name: &str, keywords: Value) -> Self {
        self.at(&format!("/properties/{name}/items"), keywords)
    }

    /// Of whatever a JSON pointer into the schema names; an empty one is the schema itself.
    pub(crate) fn at(mut self, pointer: &str, keywords: Value) -> Self {
        self.places.push((pointer.to_owned(), keywords));
        self
    }

    /// Adds the keywords. Answers the places that there are not: none, as a test sees to.
    pub(crate) fn write(&self, schemas: &mut BTreeMap<String, Value>) -> Vec<String> {
        let mut lost = Vec::new();
        for (pointer, keywords) in &self.places {
            let there = schemas.get_mut(self.schema).and_then(|schema| schema.pointer_mut(pointer));
            match (there.and_then(Value::as_object_mut), keywords.as_object()) {
                (Some(there), Some(keywords)) => there.extend(keywords.clone()),
                _ => lost.push(format!("{}{pointer}", self.schema)),
            }
        }
        lost
    }
}

/// A text that is cleaned, of which at least `min` characters must be left.
pub(crate) fn text(min: usize, max: usize) -> Value {
    match kernel::text::pattern(min) {
        Some(pattern) => json!({ "minLength": min, "maxLength": max, "pattern": pattern }),
        None => json!({ "maxLength": max }),
    }
}

/// A text that is taken as it is.
pub(crate) fn plain(min: usize, max: usize) -> Value {
    json!({ "minLength": min, "maxLength": max })
}

pub(crate) fn whole(min: i64, max: i64) -> Value {
    json!({ "minimum": min, "maximum": max })
}

pub(crate) fn list(min: usize, max: usize) -> Value {
    json!({ "minItems": min, "maxItems": max })
}

/// One of these words.
pub(crate) fn one_of_names(names: &[&str]) -> Value {
    let longest = names.iter().map(|name| name.len()).max().unwrap_or_default();
    json!({ "pattern": format!("^({})$", names.join("|")), "maxLength": longest })
}

/// The names of every choice.
pub(crate) fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| name(*it)).collect()
}

/// Notes that a text is longer than its field takes, with all that would be cleaned off.
pub(crate) fn check(errors: &mut FieldErrors, field: &str, text: &str, max: usize) {
    if let Err(wrong) = kernel::text::at_most(text, max) {
        errors.add_once(field, wrong);
    }
}

/// What a rule has read, unless `more` is wrong than it saw. All of it is told, the rule's part first.
pub(crate) fn read<T>(by_rule: Result<T, FieldErrors>, more: FieldErrors) -> Result<T, FieldErrors> {
    match by_rule {
        Ok(it) => more.check().map(|()| it),
        Err(mut errors) => {
            errors.join(more);
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Wrong;

    #[test]
    fn keywords_join_what_a_type_says() {
        let title = json!({ "type": "string", "description": "What it is called." });
        let mut schemas = BTreeMap::from([("Thing".to_owned(), json!({ "properties": { "title": title } }))]);
        let bounds = Bounds::of("Thing")
            .field("title", text(0, 9))
            .items("title", list(0, 1))
            .at("", json!({ "maxProperties": 1 }));
        assert_eq!(bounds.write(&mut schemas), ["Thing/properties/title/items"]);
        let title = json!({ "type": "string", "description": "What it is called.", "maxLength": 9 });
        assert_eq!(schemas["Thing"], json!({ "properties": { "title": title }, "maxProperties": 1 }));
        assert_eq!(
            Bounds::of("Nothing").field("x", whole(0, 1)).write(&mut schemas),
            ["Nothing/properties/x"]
        );
    }

    #[test]
    fn both_see_their_mistakes() {
        let mut more = FieldErrors::none();
        check(&mut more, "title", "\u{200b}abc", 3);
        check(&mut more, "town", "abc", 3);
        let long = FieldErrors::one("title", Wrong::TooLong { max: 3 });
        assert_eq!(read(Ok(()), more.clone()), Err(long));
        let by_rule: Result<(), _> = Err(FieldErrors::one("title", Wrong::Required));
        assert_eq!(read(by_rule, more), Err(FieldErrors::one("title", Wrong::Required)));
        assert_eq!(read(Ok(1), FieldErrors::none()), Ok(1));
    }
}
