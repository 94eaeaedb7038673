//! Documents and engines for tests.

use tempfile::TempDir;

use crate::{Change, Document, Engine, Page, Query};

/// A document with a title and nothing else of interest.
pub fn titled(id: u128, title: &str) -> Document {
    Document {
        id,
        title: title.to_owned(),
        external_id: format!("x{id}"),
        stored: format!("{{\"id\":{id}}}"),
        published_at: id as i64,
        currency: "GBP".to_owned(),
        ..Document::default()
    }
}

/// An engine with these documents, in a folder that lives as long as the guard.
pub fn engine_with(documents: Vec<Document>) -> (TempDir, Engine) {
    let dir = tempfile::tempdir().unwrap();
    let engine = Engine::open_with(dir.path(), 15_000_000).unwrap().engine;
    engine.apply(puts(documents), "1").unwrap();
    (dir, engine)
}

/// Documents with these titles and the ids 1, 2, 3 and so on.
pub fn titles(titles: &[&str]) -> (TempDir, Engine) {
    engine_with(titles.iter().zip(1..).map(|(title, id)| titled(id, title)).collect())
}

pub fn puts(documents: Vec<Document>) -> Vec<Change> {
    documents.into_iter().map(Change::Put).collect()
}

pub fn text(text: &str) -> Query {
    Query { text: text.to_owned(), ..Query::default() }
}

pub fn ids(page: &Page) -> Vec<u128> {
    page.hits.iter().map(|hit| hit.id).collect()
}

/// The ids of all pages, in order.
pub fn all_pages(engine: &Engine, query: &Query) -> Vec<u128> {
    let mut query = query.clone();
    let mut found = Vec::new();
    loop {
        let page = engine.search(&query).unwrap();
        found.extend(ids(&page));
        query.after = page.next;
        if query.after.is_none() {
            return found;
        }
    }
}

/// Numbers that look random and are the same every time (a linear congruential generator with
/// the constants of Knuth's MMIX).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
