//! The shapes that several answers share. They mirror values of lower floors, which know nothing of OpenAPI.

use kernel::{Currency, Cursor, FieldErrors, Money, Page, Wrong};
use kit::links;
use market::accounts::model::Member;
use market::photos::model::{Photo, Thumb};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct List<T> {
    pub items: Vec<T>,
    /// Send it as `cursor` to get the next page; null on the last.
    pub next_cursor: Option<String>,
}

impl<T> List<T> {
    /// A list that fits on one page.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self { items, next_cursor: None }
    }

    pub(crate) fn of<U>(page: Page<U>, shape: impl FnMut(U) -> T) -> Self {
        let next_cursor = page.next.map(|Cursor(place)| place);
        Self { items: page.items.into_iter().map(shape).collect(), next_cursor }
    }
}

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Money)]
pub(crate) struct MoneyOut {
    /// In minor units of the currency: cents, öre, yen.
    pub amount: i64,
    /// ISO 4217.
    #[schema(value_type = String, examples("EUR"))]
    pub currency: Currency,
}

impl From<Money> for MoneyOut {
    fn from(Money { amount, currency }: Money) -> Self {
        Self { amount, currency }
    }
}

/// An amount of money as a program sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MoneyInput)]
pub(crate) struct MoneyIn {
    /// In minor units of the currency: cents, öre, yen.
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub amount: i64,
    /// ISO 4217, capital letters.
    #[schema(pattern = "^[A-Z]{3}$", examples("EUR"))]
    pub currency: String,
}

impl MoneyIn {
    /// As money; an unknown currency is noted as a mistake of `field`.
    pub(crate) fn read(&self, field: &str, errors: &mut FieldErrors) -> Option<Money> {
        let currency = self.currency.parse().map_err(|_| Wrong::NotAChoice);
        let currency = errors.take(&format!("{field}/currency"), currency)?;
        Some(Money::new(self.amount, currency))
    }
}

/// Reads a field that may be absent (unchanged), null (taken away) or there.
#[allow(clippy::option_option, reason = "absent, null, or there")]
pub(crate) fn given<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// A member as others see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Person {
    pub handle: String,
    pub display_name: String,
    /// Their page.
    pub url: String,
}

impl Person {
    pub(crate) fn new(handle: &str, display_name: &str) -> Self {
        Self { handle: handle.to_owned(), display_name: display_name.to_owned(), url: links::member(handle) }
    }
}

impl From<&Member> for Person {
    fn from(member: &Member) -> Self {
        Self::new(&member.handle, &member.display_name)
    }
}

/// A town. An exact address is never given.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Place {
    pub town: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Degrees, rounded to about a kilometre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
}

/// The first photo of a listing, as lists show it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Picture {
    /// Of the largest rendition, pixels.
    pub width: i32,
    pub height: i32,
    /// Width in pixels → address of a WebP file. With the ending `.jpg` it is a JPEG.
    pub urls: BTreeMap<String, String>,
    /// Average colour, `#rrggbb`.
    pub colour: String,
}

impl From<&Thumb> for Picture {
    fn from(thumb: &Thumb) -> Self {
        Self {
            width: thumb.width,
            height: thumb.height,
            urls: urls(&thumb.key, &thumb.widths),
            colour: format!("#{}", thumb.colour),
        }
    }
}

/// A photo of a listing.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Photo)]
pub(crate) struct PhotoOut {
    pub id: Uuid,
    #[serde(flatten)]
    pub picture: Picture,
    /// What it shows, for who cannot see it; may be empty.
    pub alt: String,
    /// A blurred preview (ThumbHash) in base64.
    pub thumbhash: String,
}

impl From<&Photo> for PhotoOut {
    fn from(photo: &Photo) -> Self {
        use base64::Engine as _;
        Self {
            id: photo.id.0,
            picture: Picture::from(&photo.thumb()),
            alt: photo.alt.clone(),
            thumbhash: base64::engine::general_purpose::STANDARD.encode(&photo.thumbhash),
        }
    }
}

fn urls(key: &str, widths: &[i32]) -> BTreeMap<String, String> {
    widths.iter().map(|w| (w.to_string(), links::photo(key, w.unsigned_abs(), "webp"))).collect()
}

/// How worn a thing is.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
pub(crate) enum Condition {
    New,
    LikeNew,
    Good,
    Fair,
    ForParts,
}

/// What a seller takes: money, things, or either.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
pub(crate) enum Deal {
    Cash,
    Barter,
    Both,
}

/// How goods change hands: sent, or handed over in person.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
pub(crate) enum DeliveryMethod {
    Ship,
    Meet,
}

/// Where a listing is in its life.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only described")]
pub(crate) enum ListingState {
    Draft,
    Live,
    Paused,
    Sold,
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_null_and_there_are_three_things() {
        #[derive(Deserialize)]
        struct Body {
            #[serde(default, deserialize_with = "given")]
            title: Option<Option<String>>,
        }
        let read = |v: serde_json::Value| serde_json::from_value::<Body>(v).unwrap().title;
        assert_eq!(read(json!({})), None);
        assert_eq!(read(json!({ "title": null })), Some(None));
        assert_eq!(read(json!({ "title": "x" })), Some(Some("x".to_owned())));
    }

    #[test]
    fn an_unknown_currency_is_a_mistake_of_its_field() {
        let mut errors = FieldErrors::none();
        let money = MoneyIn { amount: 5, currency: "XXX".to_owned() };
        assert_eq!(money.read("price", &mut errors), None);
        assert_eq!(errors.of("price/currency"), Some(&Wrong::NotAChoice));
        let money = MoneyIn { amount: 5, currency: "JPY".to_owned() };
        assert_eq!(money.read("price", &mut FieldErrors::none()).unwrap().amount, 5);
    }

    #[test]
    fn money_is_written_as_the_contract_says() {
        let money = MoneyOut::from(Money::new(1250, Currency::EUR));
        assert_eq!(serde_json::to_value(money).unwrap(), json!({ "amount": 1250, "currency": "EUR" }));
    }
}
