//! Rates: those that come with the program, and those that the operator wrote down beside them. Local dates, never
//! instants: a rate changes at midnight where it counts.

use kernel::TaxPlace;
use std::sync::LazyLock;
use time::Date;

/// Reviewed against two sources: docs/tax.md.
static EMBEDDED: LazyLock<Vec<Row>> =
    LazyLock::new(|| lines(include_str!("../../data/tax-rates.csv")).filter_map(row).collect());

/// A line of a table in the program's own files, without what explains it.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A rate for a place, while it counts. Both dates count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub place: TaxPlace,
    /// Empty for the standard rate; else for this category and everything in it.
    pub category: String,
    /// Millionths.
    pub ppm: i32,
    pub begins: Date,
    pub ends: Option<Date>,
    /// More is due on top, which is not in the table.
    pub levies: bool,
    pub source: String,
}

impl Row {
    fn counts_on(&self, day: Date) -> bool {
        self.begins <= day && self.ends.is_none_or(|ends| day <= ends)
    }

    fn fits(&self, category: Option<&str>) -> bool {
        let rest = category.unwrap_or_default().strip_prefix(self.category.as_str());
        self.category.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// All rates that there are.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    /// The operator's own.
    pub own: Vec<Row>,
}

impl Rates {
    /// The rate that counts for something sold on a day: the operator's own of the nearest category, else that of the
    /// program for the country. `None` where none is known, or where it would not be all that is due.
    pub fn find(&self, place: TaxPlace, category: Option<&str>, day: Date) -> Option<&Row> {
        let own = |place: TaxPlace| {
            let fitting = self
                .own
                .iter()
                .filter(move |row| row.place == place && row.counts_on(day) && row.fits(category));
            fitting.max_by_key(|row| (row.category.len(), row.begins))
        };
        let country = TaxPlace::parse(place.country()).unwrap_or(place);
        let embedded = |row: &&Row| row.place == country && row.counts_on(day) && !row.levies;
        own(place).or_else(|| own(country)).or_else(|| EMBEDDED.iter().find(embedded))
    }
}

fn row(line: &str) -> Option<Row> {
    let columns: [&str; 7] = line.split(',').collect::<Vec<_>>().try_into().ok()?;
    let [place, ppm, begins, ends, levies, source, _seen] = columns;
    Some(Row {
        place: place.parse().ok()?,
        category: String::new(),
        ppm: ppm.parse().ok()?,
        begins: date(begins)?,
        ends: if ends.is_empty() { None } else { Some(date(ends)?) },
        levies: levies == "levies",
        source: source.to_owned(),
    })
}

/// Reads `2026-03-01`.
fn date(text: &str) -> Option<Date> {
    Date::parse(text, time::macros::format_description!("[year]-[month]-[day]")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn place(text: &str) -> TaxPlace {
        text.parse().unwrap()
    }

    #[test]
    fn every_line_is_a_rate_and_no_day_has_two() {
        assert_eq!(EMBEDDED.len(), lines(include_str!("../../data/tax-rates.csv")).count());
        for (n, row) in EMBEDDED.iter().enumerate() {
            assert!((50_000..=270_000).contains(&row.ppm), "{row:?}");
            for other in EMBEDDED.iter().skip(n + 1).filter(|other| other.place == row.place) {
                assert!(row.ends.and_then(Date::next_day) == Some(other.begins), "{row:?} {other:?}");
            }
        }
        let now =
            |country: &str| Rates::default().find(place(country), None, date!(2026 - 11 - 23)).map(|r| r.ppm);
        assert_eq!(
            (now("DE"), now("FI"), now("NG"), now("US-CA")),
            (Some(190_000), Some(255_000), Some(75_000), None)
        );
        assert_eq!(now("GH"), None, "it has levies on top");
        assert_eq!(now("GB-NIR"), Some(200_000));
    }

    /// What others have: places, and what stands behind them.
    fn theirs(text: &'static str) -> Vec<(TaxPlace, Vec<&'static str>)> {
        lines(text)
            .map(|line| {
                let (country, rest) = line.split_once(',').unwrap();
                (place(country), rest.split(',').collect())
            })
            .collect()
    }

    /// `tests/rates/README.md` says whose rates they are.
    #[test]
    fn two_sources_that_do_not_know_each_other_say_the_same() {
        let tedb = theirs(include_str!("../../tests/rates/tedb-2026-09-29.csv"));
        let by_hand = theirs(include_str!("../../tests/rates/sales-tax-2.23.0.csv"));
        let odoo = theirs(include_str!("../../tests/rates/odoo.csv"));
        let today: Vec<&Row> = EMBEDDED.iter().filter(|row| row.ends.is_none()).collect();
        let mut alone = Vec::new();
        for row in &today {
            let mut told = 0;
            for (name, source) in [("TEDB", &tedb), ("sales-tax", &by_hand), ("Odoo", &odoo)] {
                if let Some((_, rate)) = source.iter().find(|(place, _)| *place == row.place) {
                    assert_eq!(rate[0], row.ppm.to_string(), "{} in {name}", row.place);
                    told += 1;
                }
            }
            if told < 2 {
                alone.push((row.place.to_string(), row.levies));
            }
        }
        let ghana = [("GH".to_owned(), true)];
        assert_eq!(alone, ghana, "one source, and nothing is counted by it; every other country has two");
        assert_eq!(today.len(), by_hand.len());
    }

    #[test]
    fn every_step_since_2024_is_in_the_table() {
        let steps = theirs(include_str!("../../tests/rates/duty27-2026-10-04.csv"));
        let since = date!(2024 - 01 - 01);
        let mut seen = 0;
        for (country, step) in &steps {
            let (begins, ppm) = (super::date(step[0]).unwrap(), step[1].parse::<i32>().unwrap());
            let of_country = steps.iter().filter(|(other, _)| other == country);
            let ended = of_country.map(|(_, other)| super::date(other[0]).unwrap()).any(|other| {
                // Another step came after this one, before our table begins.
                other > begins && other <= since
            });
            if ended {
                continue;
            }
            let ours = Rates::default().find(*country, None, begins.max(since)).map(|row| row.ppm);
            assert_eq!(ours, Some(ppm), "{country} from {begins}");
            seen += 1;
        }
        let ours = EMBEDDED.iter().filter(|row| crate::tax::liability::in_eu(row.place));
        assert_eq!(seen, ours.count(), "and the table has no step that they do not know");
    }

    #[test]
    fn a_rate_changes_at_midnight() {
        let rates = Rates::default();
        for (country, last, before, after) in [
            ("RO", date!(2025 - 07 - 31), 190_000, 210_000),
            ("EE", date!(2025 - 06 - 30), 220_000, 240_000),
            ("SK", date!(2024 - 12 - 31), 200_000, 230_000),
            ("FI", date!(2024 - 08 - 31), 240_000, 255_000),
        ] {
            let on = |day| rates.find(place(country), None, day).map(|row| row.ppm);
            assert_eq!((on(last), on(last.next_day().unwrap())), (Some(before), Some(after)), "{country}");
        }
    }

    #[test]
    fn what_the_operator_wrote_down_comes_first() {
        let own = |category: &str, ppm| Row {
            place: place("DE"),
            category: category.to_owned(),
            ppm,
            begins: date!(2026 - 01 - 01),
            ends: Some(date!(2026 - 12 - 31)),
            levies: false,
            source: "law".to_owned(),
        };
        let rates = Rates { own: vec![own("books", 70_000), own("books.rare", 190_000), own("", 180_000)] };
        let on = |category, day| rates.find(place("DE"), category, day).map(|row| row.ppm);
        let day = date!(2026 - 06 - 01);
        assert_eq!(on(Some("books.novels"), day), Some(70_000));
        assert_eq!(on(Some("books.rare"), day), Some(190_000));
        assert_eq!(on(Some("bookshelves"), day), Some(180_000));
        assert_eq!(on(None, day), Some(180_000));
        assert_eq!(on(Some("books"), date!(2027 - 01 - 01)), Some(190_000));
    }
}
