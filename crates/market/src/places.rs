//! Where things are: towns with coarse coordinates, from `data/towns.csv`. An exact address is never a place.

use std::sync::LazyLock;

/// A town. Coordinates are rounded to a hundredth of a degree (about a kilometre).
#[derive(Debug, Clone, PartialEq)]
pub struct Town {
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub lat: f64,
    pub lng: f64,
}

impl Town {
    /// "Lyon, FR": how a form writes and reads it.
    pub fn label(&self) -> String {
        format!("{}, {}", self.name, self.country)
    }
}

static TOWNS: LazyLock<Vec<Town>> = LazyLock::new(|| {
    let rows = include_str!("../data/towns.csv").lines().skip(1);
    let mut towns: Vec<Town> = rows.filter_map(read_row).collect();
    towns.sort_by(|a, b| (&a.name, &a.country).cmp(&(&b.name, &b.country)));
    towns
});

fn read_row(row: &str) -> Option<Town> {
    let mut cells = row.split(',');
    let (name, country) = (cells.next()?.trim(), cells.next()?.trim());
    let (lat, lng) = (cells.next()?.trim().parse().ok()?, cells.next()?.trim().parse().ok()?);
    Some(Town { name: name.to_owned(), country: country.to_owned(), lat, lng })
}

/// Every town, by name.
pub fn all() -> &'static [Town] {
    &TOWNS
}

/// A town by its label or, when there is only one of that name, by its name.
pub fn find(text: &str) -> Option<&'static Town> {
    let text = text.trim();
    if let Some((name, country)) = text.rsplit_once(',') {
        let (name, country) = (name.trim(), country.trim());
        return TOWNS
            .iter()
            .find(|t| t.name.eq_ignore_ascii_case(name) && t.country.eq_ignore_ascii_case(country));
    }
    let mut same = TOWNS.iter().filter(|t| t.name.eq_ignore_ascii_case(text));
    same.next().filter(|_| same.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_unique() {
        assert_eq!(all().len(), include_str!("../data/towns.csv").lines().count() - 1);
        assert!(all().windows(2).all(|w| (&w[0].name, &w[0].country) != (&w[1].name, &w[1].country)));
        assert!(all().iter().all(|t| t.lat.abs() <= 90.0 && t.lng.abs() <= 180.0 && t.country.len() == 2));
    }

    #[test]
    fn towns_are_found_by_label() {
        assert_eq!(find("lyon, fr").unwrap().name, "Lyon");
        assert!(find("Atlantis").is_none());
    }
}
