//! Libraries with published faults: whether they are renewed as soon as `docs/security.md` promises.

use anyhow::Context;
use serde_json::Value;
use std::fs;
use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use time::{Date, Duration};

const DAY: StaticFormatDescription = format_description!("[year]-[month]-[day]");

/// What can be done with what is known of a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Risk {
    /// Used by anybody who reaches us.
    Outside,
    /// Used by somebody who has more than that.
    Inside,
    /// Used by nobody yet.
    Decay,
}

impl Risk {
    /// Days from the day it was published until the library is renewed or gone.
    const fn days(self) -> i64 {
        match self {
            Self::Outside => 7,
            Self::Inside => 30,
            Self::Decay => 90,
        }
    }

    /// As the page has it.
    const fn words(self) -> &'static str {
        match self {
            Self::Outside => "a fault that can be used over the network, or that nobody has rated",
            Self::Inside => "a fault that takes more than the network",
            Self::Decay => "nobody looks after it any more, it is unsound, or its version was withdrawn",
        }
    }

    /// Of a fault with its rating (CVSS), if it has one.
    fn of_fault(rating: Option<&str>) -> Self {
        match rating {
            Some(rating) if !rating.contains("/AV:N") => Self::Inside,
            _ => Self::Outside,
        }
    }
}

/// Something that is known of a library.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// Name and version.
    library: String,
    what: String,
    risk: Risk,
    /// Nothing for a version that was withdrawn: it is not told when.
    due: Option<Date>,
}

/// Judges a report of cargo-audit (JSON); `today` is written like 2026-03-01. Prints what is known of our libraries, and
/// answers whether nothing of it is known too long.
///
/// # Errors
/// The report cannot be read.
pub fn judge(report: &str, today: &str) -> anyhow::Result<bool> {
    let report = fs::read_to_string(report).with_context(|| report.to_owned())?;
    let today = Date::parse(today, DAY).context("today is written like 2026-03-01")?;
    let found = findings(&serde_json::from_str(&report).context("the report is no JSON")?)?;
    for Finding { library, what, risk, due } in &found {
        let until = due.map_or_else(|| "soon".to_owned(), |due| format!("until {due}"));
        println!("{library}: {what} ({}): to be renewed {until}", risk.words());
    }
    let late = overdue(&found, today);
    late.iter().for_each(|finding| println!("TOO LATE: {}, {}", finding.library, finding.what));
    println!("{} known, {} of them too long.", found.len(), late.len());
    Ok(late.is_empty())
}

fn overdue(found: &[Finding], today: Date) -> Vec<&Finding> {
    found.iter().filter(|finding| finding.due.is_some_and(|due| due < today)).collect()
}

fn findings(report: &Value) -> anyhow::Result<Vec<Finding>> {
    let faults = report.pointer("/vulnerabilities/list").and_then(Value::as_array);
    let warnings = report.pointer("/warnings").and_then(Value::as_object);
    let (faults, warnings) = faults.zip(warnings).context("not a report of cargo-audit")?;
    let rating = |told: &Value| told.pointer("/advisory/cvss").and_then(Value::as_str).map(str::to_owned);
    let faults = faults.iter().map(|told| finding(told, Risk::of_fault(rating(told).as_deref())));
    let warnings = warnings.values().filter_map(Value::as_array).flatten();
    faults.chain(warnings.map(|told| finding(told, Risk::Decay))).collect()
}

fn finding(told: &Value, risk: Risk) -> anyhow::Result<Finding> {
    let text = |pointer: &str| told.pointer(pointer).and_then(Value::as_str);
    let (name, version) = text("/package/name").zip(text("/package/version")).context("a library")?;
    let published = text("/advisory/date").map(|day| Date::parse(day, DAY)).transpose()?;
    Ok(Finding {
        library: format!("{name} {version}"),
        what: match (text("/advisory/id"), text("/advisory/title")) {
            (Some(id), Some(title)) => format!("{id}: {title}"),
            _ => text("/kind").unwrap_or("known").to_owned(),
        },
        risk,
        due: published.map(|day| day + Duration::days(risk.days())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::root;
    use serde_json::json;

    fn day(text: &str) -> Date {
        Date::parse(text, DAY).unwrap()
    }

    fn told(name: &str, cvss: Option<&str>) -> Value {
        let advisory =
            json!({ "id": "RUSTSEC-2026-0001", "title": "It leaks", "date": "2026-03-01", "cvss": cvss });
        json!({ "kind": "unsound", "package": { "name": name, "version": "1.2.3" }, "advisory": advisory })
    }

    #[test]
    fn what_is_known_too_long_is_found() {
        let local = Some("CVSS:3.1/AV:L/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N");
        let remote = Some("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N");
        let report = json!({
            "vulnerabilities": { "list": [told("near", local), told("far", remote), told("unrated", None)] },
            "warnings": {
                "unsound": [told("unsound", None)],
                "yanked": [{ "kind": "yanked", "package": { "name": "gone", "version": "1.0.0" }, "advisory": null }],
            },
        });
        let found = findings(&report).unwrap();
        assert_eq!(found.len(), 5);
        assert_eq!(found[0].library, "near 1.2.3");
        assert_eq!((found[4].what.as_str(), found[4].due), ("yanked", None));
        for (today, late) in [
            ("2026-03-08", vec![]),
            ("2026-03-09", vec!["far 1.2.3", "unrated 1.2.3"]),
            ("2026-04-01", vec!["near 1.2.3", "far 1.2.3", "unrated 1.2.3"]),
            ("2026-05-31", vec!["near 1.2.3", "far 1.2.3", "unrated 1.2.3", "unsound 1.2.3"]),
        ] {
            let libraries: Vec<&str> =
                overdue(&found, day(today)).iter().map(|finding| finding.library.as_str()).collect();
            assert_eq!(libraries, late, "{today}");
        }
        assert!(findings(&json!({})).is_err(), "a report that is none is not a good one");
    }

    /// Operators are told how soon, by risk.
    #[test]
    fn the_page_about_security_promises_the_same_days() {
        let page = fs::read_to_string(root().join("docs/security.md")).unwrap();
        for risk in [Risk::Outside, Risk::Inside, Risk::Decay] {
            let row = format!("| {} | {} days |", risk.words(), risk.days());
            assert!(page.contains(&row), "{row}");
        }
        assert!(page.contains("| nothing, but there is a newer version that fits | 90 days |"));
        assert!(page.contains("`bin/advisories`"));
    }
}
