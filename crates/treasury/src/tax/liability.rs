//! Who owes a tax: a matrix in `data/liability.csv`, and what is looked up in it.

use super::model::{Liable, SellerClass};
use super::rates::lines;
use kernel::TaxPlace;
use std::sync::LazyLock;

/// Changes with the tables, so that it can be told later by which a decision was made.
pub const RULES: &str = "2026-11";

/// Member states of the European Union (ISO 3166-1).
const EU: &str = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

static MATRIX: LazyLock<Vec<Row>> =
    LazyLock::new(|| lines(include_str!("../../data/liability.csv")).filter_map(row).collect());

/// Whether a place is in the European Union's tax area.
pub fn in_eu(place: TaxPlace) -> bool {
    EU.split(' ').any(|country| country == place.country())
}

/// From where to where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Goods, within a country.
    Domestic,
    WithinEu,
    IntoEu,
    IntoGb,
    /// Also from within: states decide.
    IntoUs,
    /// A service, to somebody in the operator's country.
    Home,
    OutOfEu,
    Other,
}

impl Way {
    /// Of goods.
    pub fn of_goods(from: TaxPlace, to: TaxPlace) -> Self {
        match (from.country(), to.country()) {
            (_, "US") => Self::IntoUs,
            (from, to) if from == to => Self::Domestic,
            (_, "GB") => Self::IntoGb,
            _ if in_eu(from) && in_eu(to) => Self::WithinEu,
            _ if in_eu(to) => Self::IntoEu,
            _ => Self::Other,
        }
    }

    /// Of the operator's service.
    pub fn of_service(from: TaxPlace, to: TaxPlace) -> Self {
        match (in_eu(from), in_eu(to)) {
            _ if from.country() == to.country() => Self::Home,
            (true, true) => Self::WithinEu,
            (true, false) => Self::OutOfEu,
            (false, true) => Self::IntoEu,
            (false, false) => Self::Other,
        }
    }

    /// As it stands in the matrix.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::WithinEu => "within_eu",
            Self::IntoEu => "into_eu",
            Self::IntoGb => "into_gb",
            Self::IntoUs => "into_us",
            Self::Home => "home",
            Self::OutOfEu => "out_of_eu",
            Self::Other => "other",
        }
    }
}

/// Where the operator holds the registration that matters for a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    There,
    Home,
    Nowhere,
}

/// What is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    Goods { seller: SellerClass, way: Way, small: bool, registered: bool },
    Service { to_business: bool, way: Way, held: Held },
}

impl Case {
    /// What the matrix calls it: kind, party, way, value, registered.
    const fn words(self) -> [&'static str; 5] {
        match self {
            Self::Goods { seller, way, small, registered } => [
                "goods",
                seller.name(),
                way.name(),
                if small { "small" } else { "large" },
                if registered { "yes" } else { "no" },
            ],
            Self::Service { to_business, way, held } => [
                "fee",
                if to_business { "business" } else { "person" },
                way.name(),
                "*",
                match held {
                    Held::There => "there",
                    Held::Home => "home",
                    Held::Nowhere => "nowhere",
                },
            ],
        }
    }
}

/// A row of the matrix.
#[derive(Debug)]
pub struct Row {
    case: [&'static str; 5],
    pub liable: Liable,
    /// Whose place counts: the operator's own, else that of who is sold to.
    pub ours: bool,
    /// Within the price, or on top of it.
    pub included: bool,
    pub because: &'static str,
}

/// The first row that fits. `None` cannot be: each case has one, which is tested.
pub fn find(case: Case) -> Option<&'static Row> {
    let words = case.words();
    MATRIX.iter().find(|row| row.case.iter().zip(words).all(|(ours, theirs)| *ours == "*" || *ours == theirs))
}

fn row(line: &'static str) -> Option<Row> {
    let columns: [&'static str; 9] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let [kind, party, way, value, registered, liable, place, tax, because] = columns;
    Some(Row {
        case: [kind, party, way, value, registered],
        liable: Liable::find(liable)?,
        ours: place == "ours",
        included: tax != "top",
        because,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn cases() -> Vec<Case> {
        use Way::{Domestic, Home, IntoEu, IntoGb, IntoUs, Other, OutOfEu, WithinEu};
        let mut cases = Vec::new();
        for seller in [SellerClass::Private, SellerClass::Business] {
            for way in [Domestic, WithinEu, IntoEu, IntoGb, IntoUs, Other] {
                for (small, registered) in [(true, true), (true, false), (false, true), (false, false)] {
                    cases.push(Case::Goods { seller, way, small, registered });
                }
            }
        }
        for to_business in [true, false] {
            for way in [Home, WithinEu, OutOfEu, IntoEu, Other] {
                for held in [Held::There, Held::Home, Held::Nowhere] {
                    cases.push(Case::Service { to_business, way, held });
                }
            }
        }
        cases
    }

    #[test]
    fn the_matrix_has_one_answer_for_each_case() {
        assert_eq!(MATRIX.len(), lines(include_str!("../../data/liability.csv")).count());
        let mut used = HashSet::new();
        for case in cases() {
            let row = find(case).unwrap_or_else(|| panic!("{case:?} has no row"));
            used.insert(std::ptr::from_ref(row));
            match case {
                Case::Goods { seller: SellerClass::Private, .. } => assert_eq!(row.because, "private_seller"),
                Case::Goods { registered: false, .. } | Case::Service { held: Held::Nowhere, .. } => {
                    assert_ne!(
                        row.liable,
                        Liable::Platform,
                        "nothing is collected without a registration: {case:?}"
                    );
                }
                _ => {}
            }
            assert!(!row.ours || row.liable == Liable::Platform, "{row:?}");
        }
        assert_eq!(used.len(), MATRIX.len(), "a row that nothing comes to");
    }

    #[test]
    fn ways_are_told_apart() {
        let place = |text: &str| -> TaxPlace { text.parse().unwrap() };
        let goods = |from, to| Way::of_goods(place(from), place(to));
        let service = |from, to| Way::of_service(place(from), place(to));
        assert_eq!(goods("DE", "DE"), Way::Domestic);
        assert_eq!(goods("DE", "FR"), Way::WithinEu);
        assert_eq!(goods("CN", "FR"), Way::IntoEu);
        assert_eq!(goods("DE", "GB"), Way::IntoGb);
        assert_eq!(goods("US-NY", "US-CA"), Way::IntoUs);
        assert_eq!(goods("DE", "NG"), Way::Other);
        assert_eq!(service("DE", "DE"), Way::Home);
        assert_eq!(service("DE", "FR"), Way::WithinEu);
        assert_eq!(service("DE", "CH"), Way::OutOfEu);
        assert_eq!(service("NG", "DE"), Way::IntoEu);
        assert_eq!(service("NG", "GH"), Way::Other);
    }
}
