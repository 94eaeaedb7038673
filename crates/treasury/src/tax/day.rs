//! Which day it is where something is sold: rates change at midnight there.

use kernel::{Moment, TaxPlace};
use time::{Date, Duration, Month, UtcOffset};

/// Hours ahead of UTC in winter, and whether clocks follow the European Union's summer (Directive 2000/84/EC; the
/// United Kingdom, Switzerland and Norway do the same). Places that are not here have UTC's day.
const ZONES: [(&str, i8, bool); 6] = [
    ("GB IE PT", 0, true),
    ("AT BE CH CZ DE DK ES FR HR HU IT LU MT NL NO PL SE SI SK", 1, true),
    ("BG CY EE FI GR LT LV RO", 2, true),
    ("NG", 1, false),
    ("ZA", 2, false),
    ("KE", 3, false),
];

/// The day in a place at a moment.
pub fn day_in(place: TaxPlace, at: Moment) -> Date {
    let zone = ZONES.into_iter().find(|(places, ..)| places.split(' ').any(|it| it == place.country()));
    let hours = zone.map_or(0, |(_, hours, summer)| hours + i8::from(summer && is_summer(at)));
    let offset = UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC);
    at.to_offset(offset).date()
}

/// When a day begins in a place.
pub fn midnight_in(place: TaxPlace, day: Date) -> Moment {
    let midnight = day.midnight().assume_utc();
    let begins = |at: &Moment| day_in(place, *at) == day && day_in(place, *at - Duration::SECOND) < day;
    (0..=4).map(|hours| midnight - Duration::hours(hours)).find(begins).unwrap_or(midnight)
}

/// From the last Sunday of March to that of October, at 1:00 UTC each.
fn is_summer(at: Moment) -> bool {
    let change = |month| {
        let last = Date::from_calendar_date(at.year(), month, 31).ok()?;
        let back = i64::from(last.weekday().number_days_from_sunday());
        let sunday = last - Duration::days(back);
        Some(sunday.with_hms(1, 0, 0).ok()?.assume_utc())
    };
    match (change(Month::March), change(Month::October)) {
        (Some(begin), Some(end)) => begin <= at && at < end,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Weekday;
    use time::macros::{date, datetime};

    #[test]
    fn a_rate_of_yesterday_counts_for_a_sale_of_yesterday_in_the_sellers_zone() {
        let cases = [
            ("RO", datetime!(2025-07-31 20:59 UTC), date!(2025 - 07 - 31)),
            ("RO", datetime!(2025-07-31 21:00 UTC), date!(2025 - 08 - 01)),
            ("DE", datetime!(2024-12-31 22:59 UTC), date!(2024 - 12 - 31)),
            ("DE", datetime!(2024-12-31 23:00 UTC), date!(2025 - 01 - 01)),
            ("GB", datetime!(2025-06-30 23:00 UTC), date!(2025 - 07 - 01)),
            ("KE", datetime!(2025-06-30 21:00 UTC), date!(2025 - 07 - 01)),
            ("US-CA", datetime!(2025-06-30 23:59 UTC), date!(2025 - 06 - 30)),
        ];
        for (place, at, day) in cases {
            assert_eq!(day_in(place.parse().unwrap(), at), day, "{place} {at}");
        }
    }

    #[test]
    fn a_year_begins_where_it_counts() {
        for (place, begins) in [
            ("GB", datetime!(2027-01-01 00:00 UTC)),
            ("DE", datetime!(2026-12-31 23:00 UTC)),
            ("FI", datetime!(2026-12-31 22:00 UTC)),
            ("KE", datetime!(2026-12-31 21:00 UTC)),
            ("US", datetime!(2027-01-01 00:00 UTC)),
        ] {
            assert_eq!(midnight_in(place.parse().unwrap(), date!(2027 - 01 - 01)), begins, "{place}");
        }
        let summer = midnight_in("DE".parse().unwrap(), date!(2026 - 07 - 01));
        assert_eq!(summer, datetime!(2026-06-30 22:00 UTC));
    }

    #[test]
    fn summer_begins_and_ends_on_sundays() {
        for (at, summer) in [
            (datetime!(2025-03-30 00:59 UTC), false),
            (datetime!(2025-03-30 01:00 UTC), true),
            (datetime!(2026-10-25 00:59 UTC), true),
            (datetime!(2026-10-25 01:00 UTC), false),
        ] {
            assert_eq!(is_summer(at), summer, "{at}");
        }
        assert_eq!(date!(2025 - 03 - 30).weekday(), Weekday::Sunday);
    }
}
