//! What the numbers of businesses look like in each country (VAT identification numbers), and their check digits, which find
//! nearly every slip. Whether there is such a business is not asked.

use super::model::VatId;
use kernel::Wrong;

/// What is typed of one at most, with spaces.
pub const TYPED_MAX: usize = 30;

/// Reads a number as people write it: two letters of the country (Greece is EL, Northern Ireland XI), then what the country
/// makes of the rest. Errors: it is of another form, of a country that has none of these numbers, or a digit is wrong.
pub fn read(text: &str) -> Result<VatId, Wrong> {
    let id = VatId::parse(text).ok_or(Wrong::Because("wrong-vat-id-form"))?;
    let (country, rest) = id.as_str().split_at_checked(2).unwrap_or_default();
    match fits(country, rest) {
        None => Err(Wrong::Because("wrong-vat-id-country")),
        Some(false) => Err(Wrong::Because("wrong-vat-id-digits")),
        Some(true) => Ok(id),
    }
}

/// Whether the rest can be a number of the country; `None` for a country that is not known.
fn fits(country: &str, rest: &str) -> Option<bool> {
    let d = digits(rest);
    Some(match country {
        "AT" => rest.strip_prefix('U').is_some_and(|rest| at(&digits(rest))),
        "BE" => be(&d),
        "BG" => bg(&d),
        "CY" => cy(rest),
        "CZ" => cz(&d),
        "DE" => d.len() == 9 && d.first() != Some(&0) && is_mod_11_10(&d),
        "DK" => d.len() == 8 && weigh(&d, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        "EE" => d.len() == 9 && weigh(&d, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10),
        "EL" => d.len() == 9 && weigh(&d, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == last(&d),
        "ES" => es(rest),
        "FI" => d.len() == 8 && (11 - weigh(&d, &[7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == last(&d),
        "FR" => fr(rest),
        "GB" | "XI" => gb(&d),
        "HR" => d.len() == 11 && is_mod_11_10(&d),
        "HU" => d.len() == 8 && weigh(&d, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10),
        "IE" => ie(rest),
        "IT" => d.len() == 11 && is_luhn(&d),
        "LT" => lt(&d),
        "LU" => d.len() == 8 && value(&d) / 100 % 89 == value(&d) % 100,
        "LV" => lv(&d),
        "MT" => d.len() == 8 && weigh(&d, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37),
        "NL" => nl(rest),
        "PL" => d.len() == 10 && weigh(&d, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == last(&d),
        "PT" => d.len() == 9 && (11 - weigh(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10 == last(&d),
        "RO" => ro(&d),
        "SE" => {
            d.len() == 12 && is_luhn(d.get(..10).unwrap_or_default()) && (1..=94).contains(&(value(&d) % 100))
        }
        "SI" => si(&d),
        "SK" => d.len() == 10 && d.first() != Some(&0) && value(&d).is_multiple_of(11),
        _ => return None,
    })
}

/// All digits of a text that has nothing else; else none.
fn digits(text: &str) -> Vec<u64> {
    let all: Option<Vec<u64>> = text.chars().map(|c| c.to_digit(10).map(u64::from)).collect();
    all.unwrap_or_default()
}

fn value(digits: &[u64]) -> u64 {
    digits.iter().fold(0, |so_far, digit| so_far * 10 + digit)
}

fn last(digits: &[u64]) -> u64 {
    digits.last().copied().unwrap_or(u64::MAX)
}

/// Each digit times its weight; digits without one do not count.
fn weigh(digits: &[u64], weights: &[u64]) -> u64 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// ISO/IEC 7064, MOD 11,10: the last digit is the check.
fn is_mod_11_10(digits: &[u64]) -> bool {
    let step = |check: u64, digit: &u64| (if check == 0 { 10 } else { check } * 2 % 11 + digit) % 10;
    digits.iter().fold(5, step) == 1
}

/// ISO/IEC 7812-1, annex B.
fn is_luhn(digits: &[u64]) -> bool {
    let sum: u64 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(n, digit)| if n % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    sum.is_multiple_of(10)
}

fn at(d: &[u64]) -> bool {
    let doubled = |digit: &u64| digit * 2 / 10 + digit * 2 % 10;
    let sum: u64 =
        d.iter().take(7).enumerate().map(|(n, digit)| if n % 2 == 1 { doubled(digit) } else { *digit }).sum();
    d.len() == 8 && (96 - sum) % 10 == last(d)
}

fn be(d: &[u64]) -> bool {
    d.len() == 10 && matches!(d.first(), Some(0 | 1)) && 97 - value(d) / 100 % 97 == value(d) % 100
}

fn bg(d: &[u64]) -> bool {
    match d.len() {
        9 => {
            let first = weigh(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11;
            let check = if first == 10 { weigh(d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 } else { first };
            check % 10 == last(d)
        }
        // Of people who live there, of foreigners, and of others.
        10 => {
            weigh(d, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == last(d)
                || weigh(d, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == last(d)
                || (11 - weigh(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == last(d)
        }
        _ => false,
    }
}

fn cy(rest: &str) -> bool {
    const ODD: [u64; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let Some((number, letter)) = rest.split_at_checked(8) else { return false };
    let d = digits(number);
    let odd = |digit: u64| usize::try_from(digit).ok().and_then(|n| ODD.get(n)).copied().unwrap_or_default();
    let sum: u64 =
        d.iter().enumerate().map(|(n, digit)| if n.is_multiple_of(2) { odd(*digit) } else { *digit }).sum();
    d.len() == 8 && !number.starts_with("12") && letter_at("ABCDEFGHIJKLMNOPQRSTUVWXYZ", sum % 26) == letter
}

/// Of companies, and of people by their day of birth; those of people born before 1954 have no check digit.
fn cz(d: &[u64]) -> bool {
    match d.len() {
        8 => d.first() != Some(&9) && (11 - weigh(d, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == last(d),
        9 => true,
        10 => value(d).is_multiple_of(11),
        _ => false,
    }
}

/// Of people: eight digits, or a letter and seven, and a letter. Of others: a letter, seven digits, and a digit or a
/// letter.
fn es(rest: &str) -> bool {
    const PEOPLE: &str = "TRWAGMYFPDXBNJZSQVHLCKE";
    let Some((body, check)) = rest.split_at_checked(8) else { return false };
    let (head, tail) = body.split_at(1);
    let seven = digits(tail);
    if seven.len() != 7 || check.len() != 1 {
        return false;
    }
    let of_people = |first: u64| letter_at(PEOPLE, (first * 10_000_000 + value(&seven)) % 23) == check;
    match head {
        "X" | "K" | "L" | "M" => of_people(0),
        "Y" => of_people(1),
        "Z" => of_people(2),
        _ => match head.parse::<u64>() {
            Ok(first) => of_people(first),
            Err(_) => {
                let doubled = |digit: &u64| digit * 2 / 10 + digit * 2 % 10;
                let sum: u64 = seven
                    .iter()
                    .enumerate()
                    .map(|(n, digit)| if n.is_multiple_of(2) { doubled(digit) } else { *digit })
                    .sum();
                let due = (10 - sum % 10) % 10;
                let is_due = due.to_string() == check || letter_at("JABCDEFGHI", due) == check;
                is_due && "ABCDEFGHJNPQRSUVW".contains(head)
            }
        },
    }
}

/// Two characters that check the number of the company (SIREN), which checks itself by Luhn.
fn fr(rest: &str) -> bool {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let Some((key, siren)) = rest.split_at_checked(2) else { return false };
    let d = digits(siren);
    // Monaco's begin with zeros, and do not keep to Luhn.
    if d.len() != 9 || !(siren.starts_with("000") || is_luhn(&d)) {
        return false;
    }
    if let [_, _] = digits(key).as_slice() {
        return (value(&d) * 100 + 12) % 97 == value(&digits(key));
    }
    let mut places = key.chars().map(|c| SIGNS.find(c).and_then(|n| u64::try_from(n).ok()));
    let (Some(Some(first)), Some(Some(second))) = (places.next(), places.next()) else { return false };
    let check = if first < 10 { first * 24 + second } else { first * 34 + second - 90 };
    // Ten less, where a key of a digit and a letter cannot be as little.
    let Some(check) = check.checked_sub(10) else { return false };
    (value(&d) + 1 + check / 11) % 11 == check % 11
}

/// Nine digits; three more name a branch.
fn gb(d: &[u64]) -> bool {
    let Some(nine) = d.get(..9).filter(|_| matches!(d.len(), 9 | 12)) else { return false };
    matches!(weigh(nine, &[8, 7, 6, 5, 4, 3, 2, 10, 1]) % 97, 0 | 42 | 55)
}

/// Seven digits and a letter, since 2013 with another letter; before, the second was a letter.
fn ie(rest: &str) -> bool {
    const LETTERS: &str = "WABCDEFGHIJKLMNOPQRSTUV";
    let signs: Vec<char> = rest.chars().collect();
    let (seven, check, more) = match signs.as_slice() {
        [first, second, middle @ .., check] if signs.len() == 8 && second.is_ascii_uppercase() => {
            let number: String = std::iter::once(&'0').chain(middle).chain([first]).collect();
            (number, *check, None)
        }
        [seven @ .., check] if signs.len() == 8 => (seven.iter().collect(), *check, None),
        [seven @ .., check, more] if signs.len() == 9 => (seven.iter().collect(), *check, Some(*more)),
        _ => return false,
    };
    let more = more.map_or(Some(0), |more| LETTERS.find(more).and_then(|n| u64::try_from(n).ok()));
    let (d, Some(more)) = (digits(&seven), more) else { return false };
    d.len() == 7
        && letter_at(LETTERS, (weigh(&d, &[8, 7, 6, 5, 4, 3, 2]) + more * 9) % 23) == check.to_string()
}

fn lt(d: &[u64]) -> bool {
    let weights = |from: u64| -> Vec<u64> { (0..11).map(|n| 1 + (n + from) % 9).collect() };
    let Some((_, body)) = d.split_last() else { return false };
    let first = weigh(body, &weights(0)) % 11;
    let check = if first == 10 { weigh(body, &weights(2)) % 11 % 10 } else { first };
    matches!(d.len(), 9 | 12) && body.last() == Some(&1) && check == last(d)
}

/// Of companies, and of people.
fn lv(d: &[u64]) -> bool {
    if d.len() != 11 {
        return false;
    }
    match (d.first(), d.get(1)) {
        (Some(4..), _) => weigh(d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3,
        // Since 2017 people's numbers say nothing.
        (Some(3), Some(2..)) => true,
        _ => (1 + weigh(d, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == last(d),
    }
}

/// Of companies by weights; of people, since 2020, as account numbers are checked (ISO/IEC 7064, MOD 97-10).
fn nl(rest: &str) -> bool {
    let Some((nine, tail)) = rest.split_at_checked(9) else { return false };
    let (d, branch) = (digits(nine), tail.strip_prefix('B').map(digits).unwrap_or_default());
    if d.len() != 9 || branch.len() != 2 {
        return false;
    }
    let by_weights = weigh(&d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == last(&d);
    let by_97 = format!("NL{rest}").chars().filter_map(|c| c.to_digit(36)).fold(0_u64, |so_far, digit| {
        let shift = if digit > 9 { 100 } else { 10 };
        (so_far * shift + u64::from(digit)) % 97
    });
    by_weights || by_97 == 1
}

/// Two to ten digits, as if there were zeros before them.
fn ro(d: &[u64]) -> bool {
    let Some((check, body)) = d.split_last().filter(|(_, body)| (1..=9).contains(&body.len())) else {
        return false;
    };
    let mut padded = vec![0; 9 - body.len()];
    padded.extend(body);
    weigh(&padded, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == *check
}

fn si(d: &[u64]) -> bool {
    let check = 11 - weigh(d, &[8, 7, 6, 5, 4, 3, 2]) % 11;
    d.len() == 8 && d.first() != Some(&0) && check != 11 && check % 10 == last(d)
}

/// The letter at a place.
fn letter_at(letters: &str, place: u64) -> &str {
    let from = usize::try_from(place).unwrap_or(usize::MAX);
    letters.get(from..from.saturating_add(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples that tax offices and businesses print; each is found to be good by another program too.
    const GOOD: &[&str] = &[
        "ATU13585627",
        "BE0428759497",
        "BG175074752",
        "CY10259033P",
        "CZ25123891",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ESA13585625",
        "ES54362315K",
        "ESX2482300W",
        "FI20774740",
        "FR40303265045",
        "FR23334175221",
        "FR83404833048",
        "GB980780684",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IE8D79739I",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "NL123456789B13",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
    ];

    #[test]
    fn numbers_of_every_member_state_are_read() {
        for good in GOOD {
            assert_eq!(read(good).map(|id| id.as_str().to_owned()), Ok((*good).to_owned()), "{good}");
        }
        let countries: std::collections::BTreeSet<&str> = GOOD.iter().map(|it| &it[..2]).collect();
        assert_eq!(countries.len(), 28, "27 member states and the United Kingdom");
        assert_eq!(read(" de 136.695.976 ").unwrap().as_str(), "DE136695976");
    }

    #[test]
    fn each_slip_of_one_digit_is_found() {
        for good in
            ["DE136695976", "DK13585628", "IT00743110157", "LU15027442", "PL8567346215", "FR40303265045"]
        {
            for at in 2..good.len() {
                let mut bytes = good.as_bytes().to_vec();
                bytes[at] = b'0' + (bytes[at] - b'0' + 1) % 10;
                let slip = String::from_utf8(bytes).unwrap();
                assert!(read(&slip).is_err(), "{slip}");
            }
        }
    }

    #[test]
    fn each_mistake_has_its_name() {
        for (bad, because) in [
            ("", "wrong-vat-id-form"),
            ("123456789", "wrong-vat-id-form"),
            ("D\u{c9}123456", "wrong-vat-id-form"),
            ("US123456789", "wrong-vat-id-country"),
            ("GR094259216", "wrong-vat-id-country"),
            ("DE136695977", "wrong-vat-id-digits"),
            ("DE13669597", "wrong-vat-id-digits"),
            ("ATX3585627", "wrong-vat-id-digits"),
            ("FRO1234567890", "wrong-vat-id-digits"),
        ] {
            assert_eq!(read(bad), Err(Wrong::Because(because)), "{bad}");
        }
    }
}
