//! What is asked and what is answered.

/// The order of the hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best match first; newest first when no text is given.
    #[default]
    Relevance,
    /// Latest `published_at` first.
    Newest,
    /// Lowest price first, documents without a price last.
    PriceAsc,
    /// Highest price first, documents without a price last.
    PriceDesc,
    /// Nearest first, documents without a place last; newest first when `near` is not given.
    Distance,
}

/// A circle on the globe.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Latitude of the centre in degrees.
    pub lat: f64,
    /// Longitude of the centre in degrees.
    pub lng: f64,
    /// Radius in kilometres; infinity measures distances without filtering.
    pub radius_km: f64,
}

/// A search. Filters are combined with "and"; several values of one filter with "or".
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What the person typed; blank means browsing everything that passes the filters.
    pub text: String,
    /// A category id; documents in its descendants match too.
    pub category: Option<String>,
    /// Lowest price in minor units, inclusive. A price filter excludes documents without price.
    pub min_price: Option<i64>,
    /// Highest price in minor units, inclusive.
    pub max_price: Option<i64>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Accepted conditions; empty accepts all.
    pub conditions: Vec<String>,
    /// Required way to trade.
    pub deal: Option<String>,
    /// Required way to hand over.
    pub delivery: Option<String>,
    /// Only documents inside this circle.
    pub near: Option<Near>,
    /// Only documents of this seller.
    pub seller: Option<String>,
    /// Attribute filters: values of the same id are alternatives, different ids all apply.
    pub facets: Vec<(String, String)>,
    /// The order of the hits.
    pub sort: Sort,
    /// Hits on this page, at most 1000; zero asks for the total and the facets only.
    pub limit: usize,
    /// `Page::next` of the page before, for the same query.
    pub after: Option<String>,
    /// Whether to count facets.
    pub with_facets: bool,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            text: String::new(),
            category: None,
            min_price: None,
            max_price: None,
            currency: None,
            conditions: Vec::new(),
            deal: None,
            delivery: None,
            near: None,
            seller: None,
            facets: Vec::new(),
            sort: Sort::Relevance,
            limit: 24,
            after: None,
            with_facets: false,
        }
    }
}

/// One document found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The document's id.
    pub id: u128,
    /// BM25 based score; zero unless sorted by relevance with a text.
    pub score: f32,
    /// As given in the document.
    pub external_id: String,
    /// As given in the document.
    pub stored: String,
    /// Great-circle distance in kilometres, when `near` was given and the document has a place.
    pub distance_km: Option<f64>,
}

/// Counts over the whole match set, most frequent first, ties by value.
///
/// The counts of a filter that is in use ignore that filter (all others still apply), so that
/// they say what choosing another value would give. The category is the exception: its counts
/// are those of the children of the chosen one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facets {
    /// Children of the chosen category, or the top level.
    pub categories: Vec<(String, u64)>,
    /// Conditions.
    pub conditions: Vec<(String, u64)>,
    /// Currencies of the prices (ISO 4217), whatever range of prices is asked for.
    pub currencies: Vec<(String, u64)>,
    /// Ways to trade.
    pub deal: Vec<(String, u64)>,
    /// Ways to hand over.
    pub delivery: Vec<(String, u64)>,
    /// For each attribute id, in order of the ids, its values.
    pub attributes: Vec<(String, Vec<(String, u64)>)>,
    /// Lowest price of the matches in minor units.
    pub price_min: Option<i64>,
    /// Highest price of the matches in minor units.
    pub price_max: Option<i64>,
}

/// One page of an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// Cursor of the next page; none on the last.
    pub next: Option<String>,
    /// Exact number of matching documents, over all pages.
    pub total: usize,
    /// Counts; empty unless asked for.
    pub facets: Facets,
    /// The text that was searched instead, when words were taken to be misspelt.
    pub corrected: Option<String>,
    /// True when documents without some of the words are included.
    pub relaxed: bool,
    /// How many have all of the words, in a relaxed search. They come first.
    pub whole: usize,
}
