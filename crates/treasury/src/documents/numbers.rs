//! What numbers look like: the series, the year, and how many there were.

use super::model::{Issuer, Kind};

/// Digits and letters of an issuer other than the operator: 60 bits of chance, so that no two share a number.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ISSUER_LETTERS: u32 = 12;

/// The letter before the numbers of a kind. Each counts for itself.
pub(super) const fn series(kind: Kind) -> &'static str {
    match kind {
        Kind::Receipt => "R",
        Kind::Invoice => "S",
        Kind::CommissionInvoice => "C",
        Kind::CreditNote => "N",
        Kind::PayoutStatement => "P",
    }
}

/// `C-2026-000017` of the operator, `S-7K3M9QX2ABCD-2026-000001` of a seller.
pub(super) fn label(issuer: Issuer, series: &str, year: i16, number: i64) -> String {
    match issuer {
        Issuer::Operator => format!("{series}-{year}-{number:06}"),
        Issuer::Member(member) => {
            let bits = member.0.as_u128();
            let letter = |n: u32| {
                let at = usize::try_from((bits >> (5 * n)) & 31).unwrap_or(0);
                char::from(LETTERS[at])
            };
            let whose: String = (0..ISSUER_LETTERS).rev().map(letter).collect();
            format!("{series}-{whose}-{year}-{number:06}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::MemberId;
    use std::collections::BTreeSet;
    use uuid::Uuid;

    #[test]
    fn numbers_tell_issuers_kinds_and_years_apart() {
        let seller = |bits| Issuer::Member(MemberId(Uuid::from_u128(bits)));
        assert_eq!(label(Issuer::Operator, "C", 2026, 17), "C-2026-000017");
        assert_eq!(label(seller((9 << 64) + 33), "S", 2026, 1), "S-000000000011-2026-000001");
        let mut all = BTreeSet::new();
        for issuer in [Issuer::Operator, seller(1), seller(1 << 59)] {
            for kind in Kind::ALL {
                for (year, number) in [(2026, 1), (2026, 2), (2027, 1), (2026, 1_000_001)] {
                    assert!(all.insert(label(issuer, series(kind), year, number)));
                }
            }
        }
    }
}
