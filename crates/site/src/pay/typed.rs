//! What was typed into the card's form. Only the date may be shown again.

use kernel::{FieldErrors, Wrong};
use kit::form::Typed;
use market::payments::Card;
use market::payments::model::failure_key;

/// The reasons for which a try to pay fails; any other one gets the last.
const REASONS: [&str; 7] = [
    "payment-failure-card-declined",
    "payment-failure-insufficient-funds",
    "payment-failure-authentication-failed",
    "payment-failure-processing-error",
    "payment-failure-test-cards-only",
    "payment-failure-not-accepted",
    "payment-failure-other",
];

/// The card, and what of the form may be kept.
pub(super) fn card(typed: &Typed) -> (Card, Typed) {
    let expiry = typed.get("expiry");
    let (month, year) = date(expiry);
    (Card::new(typed.get("number"), month, year, typed.get("cvc").trim()), Typed::of([("expiry", expiry)]))
}

/// Month and year of "7/30", "07 / 2030", "0730"; zeros, which no card has, when it is no date.
fn date(text: &str) -> (u8, u16) {
    let parts: Vec<&str> = text.split(['/', '-', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let (month, year) = match parts.as_slice() {
        [month, year] => (*month, *year),
        [both] if matches!(both.len(), 4 | 6) && both.is_ascii() => both.split_at(2),
        _ => return (0, 0),
    };
    match (month.parse(), year.parse()) {
        (Ok(month), Ok(year)) => (month, year),
        _ => (0, 0),
    }
}

/// Mistakes under the names of the form: month and year are one field there.
pub(super) fn named(errors: &FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::none();
    for (field, wrong) in errors.iter() {
        match field {
            "exp_month" | "exp_year" => named.add("expiry", wrong.clone()),
            _ => named.add(field, wrong.clone()),
        }
    }
    named
}

/// Why a try failed, as a mistake of a field. `code` is the provider's.
pub(super) fn reason(code: &str) -> Wrong {
    let key = failure_key(code);
    let known = REASONS.into_iter().find(|r| *r == key);
    Wrong::Because(known.unwrap_or("payment-failure-other"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Say;

    #[test]
    fn dates_as_people_type_them() {
        for text in ["7/30", "07/30", "07 / 30", "07-30", "0730"] {
            assert_eq!(date(text), (7, 30), "{text}");
        }
        assert_eq!(date("07/2030"), (7, 2030));
        assert_eq!(date("072030"), (7, 2030));
        for text in ["", "07", "730", "July 2030", "1/2/3", "999/30", "ü/30", "üü"] {
            assert_eq!(date(text), (0, 0), "{text}");
        }
    }

    #[test]
    fn reasons_have_words() {
        assert!(REASONS.iter().all(|key| Say::knows(key)));
        assert_eq!(reason("card_declined"), Wrong::Because("payment-failure-card-declined"));
        assert_eq!(reason("moon_phase"), Wrong::Because("payment-failure-other"));
    }

    #[test]
    fn nothing_secret_is_kept() {
        let typed = Typed::of([("number", "4242 4242 4242 4242"), ("expiry", "1/30"), ("cvc", "123")]);
        let kept = card(&typed).1;
        assert_eq!((kept.get("number"), kept.get("cvc"), kept.get("expiry")), ("", "", "1/30"));
    }
}
