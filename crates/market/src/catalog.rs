//! The category tree and the attributes people filter by: data in `data/categories.toml`, read once.
//!
//! A category's id is its path ("furniture.sofas"); the parent is the path without its last step, and a
//! category has the attributes of its parents too.

use kernel::{Lang, Wrong};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A category of the tree.
#[derive(Debug, Clone)]
pub struct Category {
    pub id: String,
    en: String,
    de: String,
    /// Code point of the picture that stands for it, in hexadecimal.
    pub icon: Option<String>,
    /// Its own attributes and its parents', by id.
    pub attributes: Vec<String>,
    pub children: Vec<String>,
}

impl Category {
    pub fn name(&self, lang: Lang) -> &str {
        if lang.code() == "de" { &self.de } else { &self.en }
    }

    pub fn parent(&self) -> Option<&str> {
        self.id.rsplit_once('.').map(|(parent, _)| parent)
    }

    /// Itself and everything above it, the root first: "furniture", "furniture.sofas".
    pub fn path(&self) -> Vec<String> {
        let ends = self.id.match_indices('.').map(|(at, _)| at).chain([self.id.len()]);
        ends.map(|end| self.id[..end].to_owned()).collect()
    }
}

/// What values an attribute takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Choice,
    Number,
    Text,
    Flag,
}

/// One thing people want to know of an item, and filter by.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: String,
    en: String,
    de: String,
    pub kind: Kind,
    pub unit: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub filter: bool,
}

/// One of the values of a choice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub id: String,
    en: String,
    de: String,
}

impl Attribute {
    /// Characters of a value that is a text.
    pub const TEXT_MAX: usize = 80;
    /// What every number is closer to 0 than.
    pub const NUMBER_BOUND: f64 = 1e12;

    pub fn name(&self, lang: Lang) -> &str {
        if lang.code() == "de" { &self.de } else { &self.en }
    }

    /// A value in words: the choice's name, or the value with its unit.
    pub fn show(&self, value: &str, lang: Lang) -> String {
        match (self.kind, &self.unit) {
            (Kind::Choice, _) => {
                let choice = self.choices.iter().find(|c| c.id == value);
                choice.map_or(value, |c| c.name(lang)).to_owned()
            }
            (Kind::Number, Some(unit)) => format!("{} {unit}", kernel::Say::new(lang).decimal(value)),
            _ => value.to_owned(),
        }
    }

    /// Reads a typed value. Errors: not a number, none of the choices, too long.
    pub fn read(&self, typed: &str) -> Result<String, Wrong> {
        let typed = kernel::text::clean(typed, false);
        match self.kind {
            Kind::Choice => {
                let known = |c: &&Choice| c.id == typed || c.en.eq_ignore_ascii_case(&typed) || c.de == typed;
                self.choices.iter().find(known).map(|c| c.id.clone()).ok_or(Wrong::NotAChoice)
            }
            Kind::Number => {
                let number = typed.replace(',', ".");
                let fits = number.parse::<f64>().is_ok_and(|n| n.is_finite() && n.abs() < Self::NUMBER_BOUND);
                if fits { Ok(plain_number(&number)) } else { Err(Wrong::NotANumber) }
            }
            Kind::Text => kernel::text::bounded(typed, 1, Self::TEXT_MAX),
            Kind::Flag => match typed.to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Ok("true".to_owned()),
                "false" | "no" | "off" | "0" => Ok("false".to_owned()),
                _ => Err(Wrong::NotAChoice),
            },
        }
    }
}

impl Choice {
    pub fn name(&self, lang: Lang) -> &str {
        if lang.code() == "de" { &self.de } else { &self.en }
    }
}

/// "2.50" and "2.5" are one value.
fn plain_number(number: &str) -> String {
    let number = number.trim_start_matches('+');
    if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        number.to_owned()
    }
}

/// The whole tree.
#[derive(Debug)]
pub struct Catalog {
    categories: BTreeMap<String, Category>,
    order: Vec<String>,
    attributes: HashMap<String, Attribute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    category: Vec<CategoryRow>,
    attribute: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryRow {
    id: String,
    en: String,
    de: String,
    icon: Option<String>,
    #[serde(default)]
    attributes: Vec<String>,
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    #[allow(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    Catalog::parse(include_str!("../data/categories.toml")).expect("data/categories.toml")
});

/// The tree this program was built with.
pub fn catalog() -> &'static Catalog {
    &CATALOG
}

impl Catalog {
    /// Reads and checks the tree. Errors: a sentence about the first mistake.
    fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|e| e.to_string())?;
        let attributes: HashMap<String, Attribute> =
            file.attribute.into_iter().map(|a| (a.id.clone(), a)).collect();
        let mut categories: BTreeMap<String, Category> = BTreeMap::new();
        let mut order = Vec::new();
        for row in file.category {
            let parent = row.id.rsplit_once('.').map(|(p, _)| p.to_owned());
            let mut own = Vec::new();
            if let Some(parent) = &parent {
                let above =
                    categories.get_mut(parent).ok_or(format!("{} stands before its parent", row.id))?;
                above.children.push(row.id.clone());
                own.clone_from(&above.attributes);
            }
            for id in row.attributes {
                if !attributes.contains_key(&id) {
                    return Err(format!("{}: no attribute {id}", row.id));
                }
                if !own.contains(&id) {
                    own.push(id);
                }
            }
            order.push(row.id.clone());
            let category = Category {
                id: row.id,
                en: row.en,
                de: row.de,
                icon: row.icon,
                attributes: own,
                children: Vec::new(),
            };
            if let Some(twice) = categories.insert(category.id.clone(), category) {
                return Err(format!("{} stands there twice", twice.id));
            }
        }
        Ok(Self { categories, order, attributes })
    }

    pub fn find(&self, id: &str) -> Option<&Category> {
        self.categories.get(id)
    }

    /// Every category, parents before children, in the file's order.
    pub fn all(&self) -> impl Iterator<Item = &Category> {
        self.order.iter().filter_map(|id| self.categories.get(id))
    }

    pub fn roots(&self) -> impl Iterator<Item = &Category> {
        self.all().filter(|c| c.parent().is_none())
    }

    pub fn attribute(&self, id: &str) -> Option<&Attribute> {
        self.attributes.get(id)
    }

    /// The ids of all attributes that a category has, in alphabetical order.
    pub fn attribute_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.all().flat_map(|c| &c.attributes).map(String::as_str).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The attributes of a category, its parents' first.
    pub fn attributes_of(&self, category: &str) -> Vec<&Attribute> {
        let ids = self.find(category).map(|c| c.attributes.as_slice()).unwrap_or_default();
        ids.iter().filter_map(|id| self.attributes.get(id)).collect()
    }

    /// A category by a path of names in either language, as an import writes it: "Vehicles > Cars".
    pub fn by_path(&self, path: &str) -> Option<&Category> {
        let mut at: Option<&Category> = None;
        for name in path.split('>').map(str::trim).filter(|n| !n.is_empty()) {
            let fits = |c: &&Category| {
                c.en.eq_ignore_ascii_case(name) || c.de.eq_ignore_ascii_case(name) || c.id == name
            };
            at = Some(match at {
                None => self.roots().find(fits)?,
                Some(above) => above.children.iter().filter_map(|id| self.find(id)).find(fits)?,
            });
        }
        at
    }

    /// The path of names that `by_path` reads: for exports.
    pub fn path_of(&self, id: &str) -> String {
        let Some(category) = self.find(id) else { return id.to_owned() };
        let names: Vec<&str> =
            category.path().iter().filter_map(|p| self.categories.get(p)).map(|c| c.en.as_str()).collect();
        names.join(" > ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_sound_and_large_enough() {
        let catalog = Catalog::parse(include_str!("../data/categories.toml")).unwrap();
        let leaves = catalog.all().filter(|c| c.children.is_empty()).count();
        assert!(leaves >= 140, "{leaves} leaves");
        for category in catalog.all() {
            assert!(!category.en.is_empty() && !category.de.is_empty());
            assert_eq!(catalog.by_path(&catalog.path_of(&category.id)).unwrap().id, category.id);
        }
        for attribute in catalog.attributes.values() {
            assert_eq!(attribute.kind == Kind::Choice, !attribute.choices.is_empty(), "{}", attribute.id);
        }
    }

    #[test]
    fn paths_of_imports_are_found() {
        assert_eq!(catalog().by_path("Vehicles > Cars").unwrap().name(Lang::EN), "Cars");
        assert!(catalog().by_path("Electronics").unwrap().parent().is_none());
        assert!(catalog().by_path("Vehicles > Dragons").is_none());
    }

    #[test]
    fn values_are_read_as_their_kind() {
        let year = catalog().attribute("year").unwrap();
        assert_eq!(year.read(" 2017 "), Ok("2017".to_owned()));
        assert_eq!(year.read("soon"), Err(Wrong::NotANumber));
        let fuel = catalog().attribute("fuel").unwrap();
        assert_eq!(fuel.read("Petrol"), Ok("petrol".to_owned()));
        assert_eq!(fuel.read("hay"), Err(Wrong::NotAChoice));
    }
}
