//! States and the like, as addresses name them: the one list that parcels, taxes and reports are read by.

use crate::{TaxPlace, Wrong, text};

/// Characters of a region, at most.
pub const MAX: usize = 60;

/// The country whose states tax sales by themselves, each with an office of its own.
const US: &str = "US";

/// By the letters of their post (United States Postal Service, Publication 28, appendix B): states, the capital's
/// district, territories, and the three for soldiers abroad.
#[rustfmt::skip]
const STATES: [(&str, &str); 59] = [
    ("AL", "Alabama"), ("AK", "Alaska"), ("AZ", "Arizona"), ("AR", "Arkansas"), ("CA", "California"), ("CO", "Colorado"),
    ("CT", "Connecticut"), ("DE", "Delaware"), ("DC", "District of Columbia"), ("FL", "Florida"), ("GA", "Georgia"),
    ("HI", "Hawaii"), ("ID", "Idaho"), ("IL", "Illinois"), ("IN", "Indiana"), ("IA", "Iowa"), ("KS", "Kansas"),
    ("KY", "Kentucky"), ("LA", "Louisiana"), ("ME", "Maine"), ("MD", "Maryland"), ("MA", "Massachusetts"),
    ("MI", "Michigan"), ("MN", "Minnesota"), ("MS", "Mississippi"), ("MO", "Missouri"), ("MT", "Montana"),
    ("NE", "Nebraska"), ("NV", "Nevada"), ("NH", "New Hampshire"), ("NJ", "New Jersey"), ("NM", "New Mexico"),
    ("NY", "New York"), ("NC", "North Carolina"), ("ND", "North Dakota"), ("OH", "Ohio"), ("OK", "Oklahoma"),
    ("OR", "Oregon"), ("PA", "Pennsylvania"), ("RI", "Rhode Island"), ("SC", "South Carolina"), ("SD", "South Dakota"),
    ("TN", "Tennessee"), ("TX", "Texas"), ("UT", "Utah"), ("VT", "Vermont"), ("VA", "Virginia"), ("WA", "Washington"),
    ("WV", "West Virginia"), ("WI", "Wisconsin"), ("WY", "Wyoming"), ("AS", "American Samoa"), ("GU", "Guam"),
    ("MP", "Northern Mariana Islands"), ("PR", "Puerto Rico"), ("VI", "Virgin Islands"), ("AA", "Armed Forces Americas"),
    ("AE", "Armed Forces Europe"), ("AP", "Armed Forces Pacific"),
];

/// Whether an address in a country (ISO 3166-1 alpha-2) must name one.
pub fn is_needed(country: &str) -> bool {
    country.eq_ignore_ascii_case(US)
}

/// The two letters of everything that an address in the United States can name, in capitals.
pub fn us_states() -> Vec<&'static str> {
    STATES.map(|(code, _)| code).to_vec()
}

/// Reads what somebody typed. In the United States two letters or the English name, which become two letters; elsewhere
/// whatever helps the post, or nothing. Errors: no state in the United States; longer than [`MAX`].
pub fn read(country: &str, typed: &str) -> Result<String, Wrong> {
    let typed = text::bounded(text::clean(typed, false), 0, MAX)?;
    if !is_needed(country) {
        return Ok(typed);
    }
    let found =
        STATES.iter().find(|(code, name)| [code, name].iter().any(|it| it.eq_ignore_ascii_case(&typed)));
    let found = found.map(|(code, _)| (*code).to_owned());
    found.ok_or(Wrong::Because("wrong-us-state"))
}

/// Where taxes are owed for an address: the state in the United States, as far as it is known; elsewhere the country, of
/// which no table knows parts. `None` for what is no country.
pub fn tax_place(country: &str, region: &str) -> Option<TaxPlace> {
    let whole = TaxPlace::parse(country)?;
    let state = STATES.iter().any(|(code, _)| *code == region).then(|| format!("{country}-{region}"));
    let part = state.filter(|_| country == US).as_deref().and_then(TaxPlace::parse);
    Some(part.unwrap_or(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_known_by_its_letters_and_its_name() {
        for typed in ["CA", "ca", " California ", "CALIFORNIA"] {
            assert_eq!(read("US", typed), Ok("CA".to_owned()), "{typed}");
        }
        for typed in ["", " ", "XX", "Kalifornia", "C", "ON"] {
            assert_eq!(read("us", typed), Err(Wrong::Because("wrong-us-state")), "{typed}");
        }
        assert_eq!(read("CA", " Ontario"), Ok("Ontario".to_owned()), "Canada's are as they were typed");
        assert_eq!(read("DE", ""), Ok(String::new()));
        assert_eq!(read("DE", &"x".repeat(61)), Err(Wrong::TooLong { max: 60 }));
    }

    #[test]
    fn only_states_are_places_of_their_own() {
        let place = |country: &str, region: &str| tax_place(country, region).map(|it| it.to_string());
        assert_eq!(place("US", "CA").as_deref(), Some("US-CA"));
        assert_eq!(place("US", "").as_deref(), Some("US"), "an address from before there were states");
        assert_eq!(place("US", "California").as_deref(), Some("US"));
        assert_eq!(place("CA", "ON").as_deref(), Some("CA"));
        assert_eq!(place("CA", "AB").as_deref(), Some("CA"));
        assert_eq!(place("DE", "BE").as_deref(), Some("DE"));
        assert_eq!(place("France", ""), None);
    }

    #[test]
    fn every_state_stands_there_once() {
        let codes: std::collections::BTreeSet<&str> = us_states().into_iter().collect();
        assert_eq!(codes.len(), STATES.len());
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())));
    }
}
