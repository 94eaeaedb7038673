//! Recovery codes: ten, for the day when the phone is lost. Shown once; each works once.

use super::store;
use crate::accounts::model::Member;
use kernel::{Dice, MemberId, Refusal};
use platform::crypto::token_hash;
use platform::{Tx, audit};

/// How many there are.
pub const CODES: usize = 10;
/// Crockford's base 32: no letter looks like another or like a digit.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Of five bits each: 125 bits of chance, so that a plain hash is enough (OWASP ASVS 5.0, 6.5.2).
const LENGTH: usize = 25;

/// A code as it is shown: five groups of five.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    fn new(dice: &Dice) -> Self {
        // 256 is a multiple of 32, so each letter is equally likely.
        Self(dice.bytes::<LENGTH>().iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect())
    }

    /// What somebody typed, in whatever way: small letters, no dashes, an O for a zero.
    fn typed(text: &str) -> Self {
        let letters = text.chars().filter(|c| c.is_ascii_alphanumeric()).take(LENGTH + 1);
        Self(
            letters
                .map(|c| match c.to_ascii_uppercase() {
                    'O' => '0',
                    'I' | 'L' => '1',
                    other => other,
                })
                .collect(),
        )
    }

    /// The code itself.
    pub fn reveal(&self) -> String {
        let groups: Vec<&str> = (0..LENGTH / 5).filter_map(|n| self.0.get(n * 5..n * 5 + 5)).collect();
        groups.join("-")
    }

    fn hash(&self) -> Vec<u8> {
        token_hash(&self.0)
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// Makes ten new codes. Older ones are worthless from now on.
pub async fn make(tx: &mut Tx, member: &Member) -> Result<Vec<Code>, Refusal> {
    let codes: Vec<Code> = (0..CODES).map(|_| Code::new(tx.dice())).collect();
    store::lock_codes(tx, member.id).await?;
    store::delete_codes(tx, member.id).await?;
    let hashes: Vec<Vec<u8>> = codes.iter().map(Code::hash).collect();
    store::insert_codes(tx, member.id, &hashes).await?;
    audit::write(tx, Some(member.id), "factors.codes_made", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(codes)
}

/// Whether it is one of the member's unused codes. Uses it up.
pub async fn spend(tx: &mut Tx, member: MemberId, typed: &str) -> Result<bool, Refusal> {
    Ok(store::use_code(tx, member, &Code::typed(typed).hash()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::chance;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::new(&chance::seeded(1));
        let shown = code.reveal();
        assert_eq!(shown.len(), 29);
        assert_eq!(Code::typed(&shown), code);
        assert_eq!(Code::typed(&shown.to_lowercase().replace('-', " ")), code);
        assert_eq!(Code::typed("oO0iIlL1"), Code::typed("00011111"));
        assert_ne!(Code::typed(&format!("{shown}0")).hash(), code.hash());
        assert_ne!(Code::new(&chance::seeded(2)), code);
        assert_eq!(format!("{code:?}"), "***");
    }
}
