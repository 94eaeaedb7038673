//! The countries that an address can name, in the reader's language.

use crate::deals::key;
use kernel::Say;
use kit::parts::Opt;

/// ISO 3166-1 alpha-2.
#[rustfmt::skip]
const CODES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE",
    "BF", "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD",
    "CF", "CG", "CH", "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM",
    "DO", "DZ", "EC", "EE", "EG", "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF",
    "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU",
    "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN",
    "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME",
    "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU", "MV", "MW", "MX", "MY", "MZ", "NA",
    "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG", "PH", "PK", "PL", "PM",
    "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG", "SH", "SI",
    "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK",
    "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// The name of a country; the code itself when it is none.
pub(crate) fn name(say: &Say, code: &str) -> String {
    let key = key("country", &code.to_ascii_lowercase());
    if Say::knows(&key) { say.by_key(&key) } else { code.to_owned() }
}

/// All of them to choose from, in the order of their names. Letters with marks stand with those without.
pub(crate) fn options(say: &Say) -> Vec<Opt> {
    let mut options: Vec<Opt> = CODES.iter().map(|code| Opt::new(code, name(say, code))).collect();
    options.sort_by_cached_key(|o| kernel::text::slug(&o.label));
    options
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn every_country_has_a_name() {
        for code in CODES {
            assert!(Say::knows(&key("country", &code.to_ascii_lowercase())), "{code}");
        }
        assert_eq!(name(&Say::new(Lang::EN), "XX"), "XX");
    }

    #[test]
    fn names_are_in_order() {
        let german = options(&Say::new(Lang::find("de").unwrap()));
        let at = |label: &str| german.iter().position(|o| o.label == label).unwrap();
        assert!(at("Ägypten") < at("Albanien") && at("Österreich") < at("Zypern"));
    }
}
