//! What a seller says of themselves, and what is wrong with it.

use super::super::liability::in_eu;
use super::super::model::{SellerClass, VatId};
use super::super::vat_id;
use kernel::{FieldErrors, Moment, TaxPlace, Wrong, regions, text};
use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month};

text! {
    /// A given name, as in a passport.
    FirstName, 1..=100, line;
    /// A family name.
    LastName, 1..=100, line;
    /// As it stands in the register of companies.
    BusinessName, 2..=200, line;
    /// The number of a company in its register.
    RegisterNumber, 2..=60, line;
    /// Street and house, or what stands for them.
    Street, 2..=150, line;
    Town, 1..=100, line;
    Postcode, 2..=20, line;
    /// A state or province, where addresses have one.
    Region, 2..=60, line;
}

/// Characters of a tax number, at most.
pub const TIN_MAX: usize = 25;
/// Nobody is older.
const YEARS_MAX: i32 = 120;
/// Nobody sells who is younger. Days of a year, roughly: it is a slip that is looked for.
const YOUNGEST: Duration = Duration::days(365 * 13);

/// Where somebody lives, or a business is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub street: Street,
    pub postcode: Option<Postcode>,
    pub town: Town,
    pub region: Option<Region>,
}

/// When and, for who has no tax number, where somebody was born.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birth {
    pub day: Date,
    pub town: Option<Town>,
    pub country: Option<TaxPlace>,
}

/// A person, or a business.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Private {
        first: FirstName,
        last: LastName,
        birth: Birth,
    },
    Business {
        name: BusinessName,
        registration: Option<RegisterNumber>,
        vat_id: Option<String>,
        self_billing: bool,
    },
}

/// Everything that a tax office is told of a seller.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    pub who: Who,
    /// Where they are taxed.
    pub country: TaxPlace,
    pub address: Address,
    /// By which they are known to the tax office of `country`. Who has none says where they were born.
    pub tin: Option<String>,
}

impl std::fmt::Debug for Details {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl Details {
    pub const fn class(&self) -> SellerClass {
        match self.who {
            Who::Private { .. } => SellerClass::Private,
            Who::Business { .. } => SellerClass::Business,
        }
    }
}

/// What somebody typed, field by field; empty where nothing was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// `private` or `business`.
    pub class: &'a str,
    pub country: &'a str,
    pub first: &'a str,
    pub last: &'a str,
    pub born: &'a str,
    pub birth_town: &'a str,
    pub birth_country: &'a str,
    pub business_name: &'a str,
    pub registration: &'a str,
    pub vat_id: &'a str,
    pub self_billing: bool,
    pub street: &'a str,
    pub postcode: &'a str,
    pub town: &'a str,
    pub region: &'a str,
    pub tin: &'a str,
}

impl Said<'_> {
    /// Reads all of it, and tells of all mistakes at once, by the names of the fields. `today` bounds the day of birth.
    pub fn read(&self, today: Date) -> Result<Details, FieldErrors> {
        let mut errors = FieldErrors::none();
        let class = SellerClass::find(self.class).ok_or(Wrong::Required);
        let class = errors.take("class", class);
        let country = errors.take("country", place(self.country));
        let tin = errors.take("tin", maybe(self.tin, |text| tin(text, country))).flatten();
        let who = match class {
            Some(SellerClass::Private) => self.person(&mut errors, country, today),
            Some(SellerClass::Business) => self.business(&mut errors),
            None => None,
        };
        let address = self.address(&mut errors, country);
        match (who, country, address) {
            (Some(who), Some(country), Some(address)) if errors.is_empty() => {
                Ok(Details { who, country, address, tin })
            }
            _ => Err(errors),
        }
    }

    fn address(&self, errors: &mut FieldErrors, country: Option<TaxPlace>) -> Option<Address> {
        let street = errors.take("street", Street::read(self.street));
        let postcode = errors.take("postcode", maybe(self.postcode, Postcode::read));
        let town = errors.take("town", Town::read(self.town));
        let region = errors.take("region", region(self.region, country));
        Some(Address { street: street?, postcode: postcode?, town: town?, region: region? })
    }

    /// Without a tax number the tax office tells people apart by where they were born; in the United States it wants the
    /// number.
    fn person(&self, errors: &mut FieldErrors, country: Option<TaxPlace>, today: Date) -> Option<Who> {
        let has_tin = !self.tin.trim().is_empty();
        let first = errors.take("first", FirstName::read(self.first));
        let last = errors.take("last", LastName::read(self.last));
        let day = errors.take("born", born(self.born, today));
        let town = errors.take("birth_town", maybe(self.birth_town, Town::read));
        let born_in = errors.take("birth_country", maybe(self.birth_country, place));
        if !has_tin && country.is_some_and(|country| country.country() == "US") {
            errors.add_once("tin", Wrong::Required);
        } else if !has_tin {
            if matches!(town, Some(None)) {
                errors.add("birth_town", Wrong::Because("wrong-tin-or-birth"));
            }
            if matches!(born_in, Some(None)) {
                errors.add("birth_country", Wrong::Because("wrong-tin-or-birth"));
            }
        }
        let birth = Birth { day: day?, town: town?, country: born_in? };
        Some(Who::Private { first: first?, last: last?, birth })
    }

    /// A business has one of both numbers.
    fn business(&self, errors: &mut FieldErrors) -> Option<Who> {
        let has_tin = !self.tin.trim().is_empty();
        let name = errors.take("business_name", BusinessName::read(self.business_name));
        let registration = errors.take("registration", maybe(self.registration, RegisterNumber::read));
        let vat_id = errors.take("vat_id", maybe(self.vat_id, vat_id::read));
        if !has_tin && matches!(vat_id, Some(None)) {
            errors.add_once("tin", Wrong::Because("wrong-tin-or-vat-id"));
        }
        Some(Who::Business {
            name: name?,
            registration: registration?,
            vat_id: vat_id?.map(|id: VatId| id.as_str().to_owned()),
            self_billing: self.self_billing,
        })
    }
}

/// What may be left out.
fn maybe<T>(text: &str, read: impl FnOnce(&str) -> Result<T, Wrong>) -> Result<Option<T>, Wrong> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}

/// What addresses of the country name: in the United States a state, which Form 1099-K asks for.
fn region(text: &str, country: Option<TaxPlace>) -> Result<Option<Region>, Wrong> {
    let region = regions::read(country.as_ref().map_or("", TaxPlace::country), text)?;
    maybe(&region, Region::read)
}

/// A whole country.
fn place(text: &str) -> Result<TaxPlace, Wrong> {
    if text.trim().is_empty() {
        return Err(Wrong::Required);
    }
    TaxPlace::parse(text).filter(|place| place.part().is_empty()).ok_or(Wrong::NotAChoice)
}

/// A tax number, without what people write for the eye. In the United States it has nine digits.
fn tin(text: &str, country: Option<TaxPlace>) -> Result<String, Wrong> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '/')).collect();
    let bare = bare.to_ascii_uppercase();
    if country.is_some_and(|country| country.country() == "US") {
        let digits: String = bare.chars().filter(|c| *c != '-').collect();
        let is_one = digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit());
        return if is_one { Ok(digits) } else { Err(Wrong::Because("wrong-tin-us")) };
    }
    let fits = (5..=TIN_MAX).contains(&bare.len())
        && bare.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+'))
        && bare.bytes().any(|b| b.is_ascii_digit());
    if fits { Ok(bare) } else { Err(Wrong::Because("wrong-tin-form")) }
}

/// A day of birth: `1990-04-23` or `23.4.1990`.
fn born(text: &str, today: Date) -> Result<Date, Wrong> {
    if text.trim().is_empty() {
        return Err(Wrong::Required);
    }
    let day = day(text.trim()).ok_or(Wrong::Because("wrong-born-form"))?;
    let is_likely = day.year() >= today.year() - YEARS_MAX && day + YOUNGEST <= today;
    if is_likely { Ok(day) } else { Err(Wrong::Because("wrong-born-unlikely")) }
}

fn day(text: &str) -> Option<Date> {
    let parts: [&str; 3] = text.split(['-', '.']).collect::<Vec<_>>().try_into().ok()?;
    let [year, month, day] = match (text.contains('-'), parts) {
        (true, parts) => parts,
        (false, [day, month, year]) => [year, month, day],
    };
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// How things stand with a seller, without what is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub class: SellerClass,
    pub country: Option<TaxPlace>,
    /// Of a business.
    pub business_name: Option<String>,
    pub registration: Option<String>,
    pub vat_id: Option<String>,
    /// Documents may be made in their name.
    pub self_billing: bool,
    /// When they were asked, how often they were reminded, and when last.
    pub asked_at: Option<Moment>,
    pub reminders: i16,
    pub reminded_at: Option<Moment>,
    /// When they said everything.
    pub given_at: Option<Moment>,
    /// Since when nothing is paid out to them, because they have not.
    pub stopped_at: Option<Moment>,
}

impl Standing {
    /// Of who never was asked, and never said anything.
    pub const UNKNOWN: Self = Self {
        class: SellerClass::Private,
        country: None,
        business_name: None,
        registration: None,
        vat_id: None,
        self_billing: false,
        asked_at: None,
        reminders: 0,
        reminded_at: None,
        given_at: None,
        stopped_at: None,
    };

    /// Whether their tax office is told of them by DAC7: those of the European Union.
    pub fn is_in_eu(&self) -> bool {
        self.country.is_some_and(in_eu)
    }
}

/// Why nothing is paid out to a seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    pub since: Moment,
}

impl Overdue {
    /// The key of the message that says why, and what to do.
    pub const WHY: &'static str = "payout-hold-tax-details";
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    const TODAY: Date = date!(2026 - 03 - 01);

    const ANN: Said<'_> = Said {
        class: "private",
        country: "DE",
        first: "Ann",
        last: "Garden & Sons",
        born: "23.4.1990",
        birth_town: "",
        birth_country: "",
        business_name: "",
        registration: "",
        vat_id: "",
        self_billing: false,
        street: "Lindenweg 3",
        postcode: "10115",
        town: "Berlin",
        region: "",
        tin: "86 095 742 719",
    };

    fn wrong(typed: &Said<'_>) -> Vec<String> {
        let errors = typed.read(TODAY).err().unwrap_or_default();
        errors.iter().map(|(field, wrong)| format!("{field} {wrong:?}")).collect()
    }

    #[test]
    fn what_was_typed_is_read_as_people_write_it() {
        let details = ANN.read(TODAY).unwrap();
        assert_eq!(details.tin.as_deref(), Some("86095742719"));
        let Who::Private { birth, .. } = &details.who else { panic!("a person") };
        assert_eq!(birth.day, date!(1990 - 04 - 23));
        assert_eq!(Said { born: "1990-04-23", ..ANN }.read(TODAY).unwrap(), details);
        let kept = serde_json::to_vec(&details).unwrap();
        assert_eq!(serde_json::from_slice::<Details>(&kept).unwrap(), details);
        assert_eq!(format!("{details:?}"), "***");
    }

    #[test]
    fn all_mistakes_are_told_by_field() {
        let none = Said { class: "private", ..Said::default() };
        assert_eq!(
            wrong(&none),
            [
                "country Required",
                "first Required",
                "last Required",
                "born Required",
                "birth_town Because(\"wrong-tin-or-birth\")",
                "birth_country Because(\"wrong-tin-or-birth\")",
                "street Required",
                "town Required",
            ]
        );
        assert_eq!(wrong(&Said { class: "", ..ANN }), ["class Required"]);
        assert_eq!(wrong(&Said { tin: "none", ..ANN }), ["tin Because(\"wrong-tin-form\")"]);
        assert_eq!(wrong(&Said { born: "23/4/1990", ..ANN }), ["born Because(\"wrong-born-form\")"]);
        assert_eq!(wrong(&Said { born: "2020-01-01", ..ANN }), ["born Because(\"wrong-born-unlikely\")"]);
        let there = Said { country: "US", region: "California", ..ANN };
        assert_eq!(wrong(&there), ["tin Because(\"wrong-tin-us\")"]);
        let no_state = Said { region: "", tin: "123-45-6789", ..there };
        assert_eq!(wrong(&no_state), ["region Because(\"wrong-us-state\")"]);
        assert_eq!(wrong(&Said { country: "US-CA", ..ANN }), ["country NotAChoice"]);
    }

    #[test]
    fn who_has_no_number_says_something_else() {
        let born = Said { tin: "", birth_town: "Lagos", birth_country: "NG", ..ANN };
        assert!(born.read(TODAY).is_ok());
        assert_eq!(wrong(&Said { country: "US", region: "CA", ..born }), ["tin Required"]);
        let shop =
            Said { class: "business", business_name: "Lamps Ltd", vat_id: "DE136695976", tin: "", ..ANN };
        let details = shop.read(TODAY).unwrap();
        assert_eq!((details.class(), details.tin), (SellerClass::Business, None));
        assert_eq!(wrong(&Said { vat_id: "", ..shop }), ["tin Because(\"wrong-tin-or-vat-id\")"]);
        assert_eq!(
            wrong(&Said { vat_id: "DE136695977", ..shop }),
            ["vat_id Because(\"wrong-vat-id-digits\")"]
        );
    }
}
