//! The shapes that several answers share. They mirror values of lower floors, which know nothing of OpenAPI.

use crate::bounds::{self, Bounds};
use kernel::limits::{PRICE_MAX, WHOLE_MAX};
use kernel::{Currency, Cursor, FieldErrors, Money, Page, Wrong};
use kit::beside::Beside;
use kit::links;
use market::accounts::model::Member;
use market::photos::model::{Photo, Thumb};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt;
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

/// What something costs in the caller's currency, by the rate of a day: to be shown, and never charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ShownPrice {
    /// In minor units of the currency: cents, öre, yen.
    pub amount: i64,
    /// ISO 4217.
    #[schema(value_type = String, examples("EUR"))]
    pub currency: Currency,
    /// The day of the rate that it was counted by.
    #[schema(examples("2026-10-30"))]
    pub rate_day: String,
}

impl ShownPrice {
    /// Null for a price that is in the caller's currency already, and without a rate.
    pub(crate) fn of(price: Option<Money>, beside: &Beside) -> Option<Self> {
        let shown = beside.show(price?)?;
        let Money { amount, currency } = shown.money;
        Some(Self { amount, currency, rate_day: shown.day.to_string() })
    }
}

/// An amount of money as a program sends it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MoneyInput)]
pub(crate) struct MoneyIn {
    /// In minor units of the currency: cents, öre, yen.
    #[schema(value_type = i64)]
    pub amount: Whole,
    /// ISO 4217, capital letters.
    #[schema(examples("EUR"))]
    pub currency: String,
}

/// The codes of all currencies, as a choice.
fn currencies() -> Value {
    let codes: Vec<String> = Currency::all().iter().map(|it| it.code().to_owned()).collect();
    json!({ "enum": codes })
}

impl MoneyIn {
    pub(crate) fn bounds() -> Bounds {
        Bounds::of("MoneyInput").field("amount", bounds::whole(0, PRICE_MAX)).field("currency", currencies())
    }

    /// As money; an unknown currency is noted as a mistake of `field`.
    pub(crate) fn read(&self, field: &str, errors: &mut FieldErrors) -> Option<Money> {
        let currency = self.currency.parse().map_err(|_| Wrong::NotAChoice);
        let currency = errors.take(&format!("{field}/currency"), currency)?;
        Some(Money::new(self.amount.0, currency))
    }
}

/// A whole number as JSON Schema has it: `3`, and also `3.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Whole(pub i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Whole;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Whole, E> {
                Ok(Whole(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Whole, E> {
                i64::try_from(number).map(Whole).map_err(E::custom)
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Whole, E> {
                // Beyond that it does not know its own last digits.
                let is_exact = number.fract() == 0.0 && number.abs() <= WHOLE_MAX as f64;
                if is_exact { Ok(Whole(number as i64)) } else { Err(E::custom("not a whole number")) }
            }
        }

        deserializer.deserialize_i64(Reader)
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
    fn a_whole_number_may_have_a_point() {
        let read = |text: &str| serde_json::from_str::<Whole>(text).ok().map(|n| n.0);
        for (text, number) in [("3", 3), ("3.0", 3), ("-2.0", -2), ("3e2", 300), ("-0.0", 0)] {
            assert_eq!(read(text), Some(number), "{text}");
        }
        for text in ["3.5", "1e300", "9223372036854775808", "\"3\"", "true", "null", "[3]"] {
            assert_eq!(read(text), None, "{text}");
        }
        let money = json!({ "amount": 1250.0, "currency": "EUR" });
        assert_eq!(serde_json::from_value::<MoneyIn>(money).unwrap().amount, Whole(1250));
    }

    #[test]
    fn an_unknown_currency_is_a_mistake_of_its_field() {
        let mut errors = FieldErrors::none();
        let money = MoneyIn { amount: Whole(5), currency: "XXX".to_owned() };
        assert_eq!(money.read("price", &mut errors), None);
        assert_eq!(errors.of("price/currency"), Some(&Wrong::NotAChoice));
        let money = MoneyIn { amount: Whole(5), currency: "JPY".to_owned() };
        assert_eq!(money.read("price", &mut FieldErrors::none()).unwrap().amount, 5);
    }

    #[test]
    fn money_is_written_as_the_contract_says() {
        let money = MoneyOut::from(Money::new(1250, Currency::EUR));
        assert_eq!(serde_json::to_value(money).unwrap(), json!({ "amount": 1250, "currency": "EUR" }));
    }
}
