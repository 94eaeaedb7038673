//! Dates and spans of time in words. Times are shown in UTC and say so.

use super::Say;
use crate::Moment;
use time::Date;

impl Say {
    /// "22 Nov 2026" or "22. Nov. 2026".
    pub fn date(&self, at: Moment) -> String {
        self.date_form(at.day(), self.month(at), at.year().to_string())
    }

    /// "22 Nov" or "22. Nov.", and the year too where it is not near `today`.
    pub fn day(&self, day: Date, today: Date) -> String {
        let at = day.midnight().assume_utc();
        match (today - day).whole_days().abs() {
            0..300 => self.day_form(day.day(), self.month(at)),
            _ => self.date(at),
        }
    }

    /// "22 Nov 2026, 19:05 UTC".
    pub fn date_time(&self, at: Moment) -> String {
        let at = at.to_offset(time::UtcOffset::UTC);
        self.date_time_form(self.date(at), format!("{:02}:{:02}", at.hour(), at.minute()))
    }

    /// How long ago, in the largest unit that fits: "just now", "5 minutes ago", "3 days ago".
    pub fn ago(&self, at: Moment, now: Moment) -> String {
        let minutes = (now - at).whole_minutes().max(0);
        match minutes {
            0 => self.ago_now(),
            1..60 => self.ago_minutes(minutes),
            60..1440 => self.ago_hours(minutes / 60),
            1440..43_200 => self.ago_days(minutes / 1440),
            _ => self.date(at),
        }
    }

    /// How long still, rounded up: "in 3 days", "in 4 hours", "in 20 minutes", "any moment".
    pub fn in_time(&self, at: Moment, now: Moment) -> String {
        let minutes = (at - now).whole_minutes();
        match minutes {
            ..=0 => self.in_now(),
            1..60 => self.in_minutes(minutes),
            60..2880 => self.in_hours(minutes / 60),
            _ => self.in_days(minutes / 1440),
        }
    }

    fn month(self, at: Moment) -> String {
        self.by_key(&format!("month-{}", u8::from(at.month())))
    }
}
