//! Where the operator is registered for a tax, and rates that they wrote down. Who may do that is asked at the edge.

use super::liability::in_eu;
use super::rates::Row;
use super::store;
use kernel::{FieldErrors, MemberId, Refusal, TaxPlace, Wrong};
use platform::{Reader, Tx, audit};
use serde_json::json;
use time::Date;
use uuid::Uuid;

/// Characters of a number or a source, at most.
const WORDS_MAX: usize = 200;
/// Millionths: all of the price.
const RATE_MAX: i32 = 1_000_000;

/// By which rules one pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// With the place's own tax office.
    Local,
    /// One-stop shop: all of the European Union by one member state.
    Oss,
    /// The same for goods that come from elsewhere.
    Ioss,
    /// As a marketplace that collects for its sellers.
    Facilitator,
}

impl Scheme {
    pub const ALL: [Self; 4] = [Self::Local, Self::Oss, Self::Ioss, Self::Facilitator];

    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Local => "local",
            Self::Oss => "oss",
            Self::Ioss => "ioss",
            Self::Facilitator => "facilitator",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scheme| scheme.name() == name)
    }
}

/// A registration, while it counts: both dates do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    pub place: TaxPlace,
    pub scheme: Scheme,
    /// As the tax office wrote it.
    pub number: String,
    pub begins: Date,
    pub ends: Option<Date>,
}

impl Registration {
    /// Whether it is of that scheme and counts for a place on a day.
    pub fn counts(&self, scheme: Scheme, place: TaxPlace, day: Date) -> bool {
        let there = match scheme {
            Scheme::Local | Scheme::Facilitator => self.place == place,
            Scheme::Oss | Scheme::Ioss => in_eu(place),
        };
        self.scheme == scheme && there && self.begins <= day && self.ends.is_none_or(|ends| day <= ends)
    }
}

/// Writes a registration down; one that begins on the same day is mended. Errors: the fields `number`, `ends`, `place`
/// (a one-stop shop is in the European Union, or `EU` for who is not in it).
pub async fn register(tx: &mut Tx, by: Option<MemberId>, new: &Registration) -> Result<(), Refusal> {
    let mut errors = FieldErrors::none();
    words(&mut errors, "number", &new.number);
    period(&mut errors, new.begins, new.ends);
    let one_stop = matches!(new.scheme, Scheme::Oss | Scheme::Ioss);
    if one_stop && !in_eu(new.place) && new.place.country() != "EU" {
        errors.add("place", Wrong::NotAChoice);
    }
    errors.check()?;
    store::rules::upsert_registration(tx, by, new).await?;
    let detail = json!({ "place": new.place, "scheme": new.scheme.name(), "begins": new.begins.to_string(),
        "ends": new.ends.map(|day| day.to_string()) });
    Ok(audit::write(tx, by, "tax.register", ("tax_place", Uuid::nil()), detail).await?)
}

/// Writes a rate down that counts before those of the program. One that begins on the same day is replaced; what was
/// decided stays. Errors: the fields `rate`, `source`, `ends`.
pub async fn set_rate(tx: &mut Tx, by: MemberId, new: &Row) -> Result<(), Refusal> {
    let mut errors = FieldErrors::none();
    if !(0..=RATE_MAX).contains(&new.ppm) {
        errors.add("rate", Wrong::TooBig { max: i64::from(RATE_MAX) });
    }
    words(&mut errors, "source", &new.source);
    period(&mut errors, new.begins, new.ends);
    errors.check()?;
    store::rules::upsert_rate(tx, by, new).await?;
    let detail = json!({ "place": new.place, "category": new.category, "ppm": new.ppm,
        "begins": new.begins.to_string(), "source": new.source });
    Ok(audit::write(tx, Some(by), "tax.rate", ("tax_place", Uuid::nil()), detail).await?)
}

/// All registrations, by place.
pub async fn registrations(reader: &mut Reader) -> Result<Vec<Registration>, Refusal> {
    Ok(store::rules::registrations(reader).await?)
}

/// The operator's own rates, by place.
pub async fn own_rates(reader: &mut Reader) -> Result<Vec<Row>, Refusal> {
    Ok(store::rules::own_rates(reader).await?)
}

fn words(errors: &mut FieldErrors, field: &str, text: &str) {
    if text.trim().is_empty() {
        errors.add(field, Wrong::Required);
    } else if text.chars().count() > WORDS_MAX {
        errors.add(field, Wrong::TooLong { max: WORDS_MAX });
    }
}

fn period(errors: &mut FieldErrors, begins: Date, ends: Option<Date>) {
    if ends.is_some_and(|ends| ends < begins) {
        errors.add("ends", Wrong::Because("wrong-ends-before-it-begins"));
    }
}
