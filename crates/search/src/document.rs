//! What is put into the index.

/// One document. Texts may be empty; an empty keyword is not indexed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Identity: putting a document replaces the one with the same id. Ties in a ranking are
    /// broken by ascending id.
    pub id: u128,
    /// Searched with weight 3; also offered as a suggestion.
    pub title: String,
    /// Searched with weight 1.5.
    pub brand: String,
    /// Searched with weight 1.
    pub body: String,
    /// All attribute values as text, searched with weight 0.5.
    pub attributes_text: String,
    /// The category path and all its ancestors, levels parted by dots: `furniture`,
    /// `furniture.sofas`.
    pub categories: Vec<String>,
    /// Price in minor units of `currency`; none means "no price", which sorts last.
    pub price: Option<i64>,
    /// ISO 4217 code.
    pub currency: String,
    /// One condition, such as `new`.
    pub condition: String,
    /// Ways to trade, such as `cash` and `barter`.
    pub deal: Vec<String>,
    /// Ways to hand over, such as `ship` and `meet`.
    pub delivery: Vec<String>,
    /// Who offers it.
    pub seller: String,
    /// The id the outside world uses; returned with hits.
    pub external_id: String,
    /// Latitude in degrees, -90 to 90.
    pub lat: Option<f64>,
    /// Longitude in degrees, -180 to 180.
    pub lng: Option<f64>,
    /// Microseconds since 1970-01-01 UTC.
    pub published_at: i64,
    /// Filterable attributes as (attribute id, value).
    pub facets: Vec<(String, String)>,
    /// Opaque text returned with hits, so that a result card needs no other store.
    pub stored: String,
}

/// One step of a feed.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a feed is mostly puts, so boxing them saves nothing")]
pub enum Change {
    /// Adds the document or replaces the one with its id.
    Put(Document),
    /// Removes the document with this id; unknown ids are ignored.
    Remove(u128),
}
