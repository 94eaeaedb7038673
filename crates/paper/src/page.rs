//! Pages and what is on them, and the tree of tags that says what each thing is.

use crate::shape::Style;
use crate::wrap::Line;
use pdf_writer::types::StructRole;

/// A page. Lengths from its left and upper edges.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
    /// The tag of each marked text, by the number of the mark.
    pub(crate) marks: Vec<usize>,
}

#[derive(Debug)]
pub(crate) enum Item {
    /// `y` is where the letters stand. Without a mark it is no part of the text: feet of pages, repeated heads.
    Line {
        x: i64,
        y: i64,
        line: Line,
        style: Style,
        mark: Option<usize>,
    },
    Rule {
        x: i64,
        y: i64,
        width: i64,
        weight: i64,
        grey: bool,
    },
}

/// Which tag has which below it. A tag is named by its place.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) tags: Vec<Tag>,
}

#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) role: StructRole,
    pub(crate) parent: Option<usize>,
    pub(crate) kids: Vec<Kid>,
    /// Of a cell: how many columns it takes.
    pub(crate) columns: usize,
    /// What is read aloud instead of the letters.
    pub(crate) said: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Kid {
    Tag(usize),
    Mark { page: usize, mark: usize },
}

impl Tree {
    /// The document itself.
    pub(crate) const ROOT: usize = 0;

    pub(crate) fn new() -> Self {
        Self { tags: vec![Tag::new(StructRole::Document, None)] }
    }

    /// The last one below `parent`.
    pub(crate) fn add(&mut self, role: StructRole, parent: usize) -> usize {
        let tag = self.tags.len();
        self.tags.push(Tag::new(role, Some(parent)));
        self.tags[parent].kids.push(Kid::Tag(tag));
        tag
    }
}

impl Tag {
    fn new(role: StructRole, parent: Option<usize>) -> Self {
        Self { role, parent, kids: Vec::new(), columns: 1, said: None }
    }
}
