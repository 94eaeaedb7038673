//! What is guessed at, and how long the next try has to wait.

use platform::crypto::Signer;
use time::Duration;

/// The tries of a day, after which there are none left.
pub const TRIES_A_DAY: i32 = 100;
/// So many wrong tries are told to the account's owner, once a day.
pub const TELL_AFTER: i32 = 20;
/// After this the count starts anew.
pub const DAY: Duration = Duration::days(1);

/// What is guessed at: an HMAC, so that the table of wrong tries names nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Subject(String);

impl Subject {
    /// The password of an address, whether it has an account or not.
    pub fn password(signer: &Signer, email: &str) -> Self {
        Self::of(signer, &["password", &email.trim().to_lowercase()])
    }

    /// The same from a browser in which the owner was signed in before: counted apart.
    pub fn password_at(signer: &Signer, email: &str, device: &str) -> Self {
        Self::of(signer, &["password", &email.trim().to_lowercase(), device])
    }

    /// The codes of a member.
    pub fn code(signer: &Signer, member: kernel::MemberId) -> Self {
        Self::of(signer, &["code", &member.to_string()])
    }

    /// The same from a browser in which the owner was signed in before: counted apart.
    pub fn code_at(signer: &Signer, member: kernel::MemberId, device: &str) -> Self {
        Self::of(signer, &["code", &member.to_string(), device])
    }

    fn of(signer: &Signer, parts: &[&str]) -> Self {
        Self(signer.sign(parts.join("\0").as_bytes()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// How long to wait after so many wrong tries within a day. Typing errors cost nothing; a hundred tries a day are
/// the most that NIST SP 800-63B-4 (3.2.2) allows.
pub fn wait_after(failures: i32) -> Duration {
    match failures {
        ..5 => Duration::ZERO,
        5..10 => Duration::seconds(5),
        10..20 => Duration::seconds(30),
        20..50 => Duration::minutes(2),
        50..TRIES_A_DAY => Duration::minutes(10),
        _ => DAY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use platform::crypto::Key;

    #[test]
    fn each_wrong_try_waits_at_least_as_long_as_the_one_before() {
        let waits: Vec<Duration> = (0..=TRIES_A_DAY).map(wait_after).collect();
        assert!(waits.windows(2).all(|w| w[0] <= w[1]));
        assert_eq!(waits[4], Duration::ZERO, "four typing errors cost nothing");
        assert_eq!(waits.last(), Some(&DAY));
        let whole: Duration = waits[..100].iter().copied().sum();
        assert!(whole > Duration::hours(9), "who uses all tries of a day is busy for most of it: {whole}");
    }

    /// `docs/security.md` tells operators how long the next try waits.
    #[test]
    fn the_page_about_security_has_these_waits() {
        let page = include_str!("../../../../docs/security.md");
        for (tries, first, told, wait) in [
            ("1 to 4", 1, "not at all", Duration::ZERO),
            ("5 to 9", 5, "5 seconds", Duration::seconds(5)),
            ("10 to 19", 10, "30 seconds", Duration::seconds(30)),
            ("20 to 49", TELL_AFTER, "2 minutes; the owner gets a mail at the 20th", Duration::minutes(2)),
            ("50 to 99", 50, "10 minutes", Duration::minutes(10)),
            ("100", TRIES_A_DAY, "until a day after the first", DAY),
        ] {
            assert!(page.contains(&format!("| {tries} | {told} |")), "{tries}");
            assert_eq!(wait_after(first), wait, "{tries}");
            assert!(first == 1 || wait_after(first - 1) < wait, "{tries}");
        }
    }

    #[test]
    fn a_subject_names_nobody_and_one_thing_only() {
        let signer = Signer::new(&Key::from_bytes([1; 32]), "guess");
        let ann = Subject::password(&signer, "Ann@example.org ");
        assert_eq!(ann, Subject::password(&signer, "ann@example.org"));
        assert_ne!(ann, Subject::password_at(&signer, "ann@example.org", "device"));
        assert_ne!(Subject::password_at(&signer, "a", "b\0c"), Subject::password_at(&signer, "a", "b"));
        assert!(!ann.as_str().contains("ann"));
    }
}
