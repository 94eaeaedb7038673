//! The puzzle, and when it is asked for: pure.

use kernel::{Dice, Moment};
use platform::config::Limits;
use platform::crypto::{Key, Signer};
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use time::Duration;

/// What is looked at to tell whether there is pressure.
pub const WINDOW: Duration = Duration::minutes(10);
/// How long a puzzle is good for.
pub const LIFE: Duration = Duration::minutes(10);
/// How long one waits who does not solve it.
pub const WAIT: Duration = Duration::seconds(30);
/// So many tries of one network count: one that errs much is slowed down by its own limits.
pub const NETWORK_MAX: i64 = 10;
/// Letters of an answer: a number of at most ten digits.
const ANSWER_MAX: usize = 10;

/// What is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    SignIn,
    Register,
    Reset,
}

impl Form {
    const fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Register => "register",
            Self::Reset => "reset",
        }
    }
}

/// Whether there is pressure, after so many tries in the window. It ends at half of what it begins at, so that it does
/// not come and go. `after`: `limits.challenge_after`; 0 is never.
pub const fn is_pressure(before: bool, tries: i64, after: i64) -> bool {
    after > 0 && if before { tries * 2 >= after } else { tries >= after }
}

/// A puzzle as it is shown: find a number so that the SHA-256 of `seed`, a colon and the number begins with so many
/// zero bits.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Puzzle {
    /// `form.made.bits.chance.seed`
    pub token: String,
    pub bits: u8,
}

impl Puzzle {
    /// What is hashed before the colon.
    pub fn seed(&self) -> &str {
        self.token.rsplit('.').next().unwrap_or_default()
    }
}

/// What came with a form.
#[derive(Clone, Copy, Default, Debug)]
pub struct Shown<'a> {
    pub token: &'a str,
    pub answer: &'a str,
}

/// What that is worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Judged {
    Solved,
    /// A puzzle of ours, made at this moment, without its solution.
    Unsolved(Moment),
    /// Not ours, of another form, or too old.
    Worthless,
}

/// What makes puzzles and judges them. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Gate {
    signer: Signer,
    after: i64,
    bits: u8,
}

impl Gate {
    pub fn new(key: &Key, limits: &Limits) -> Self {
        let (after, bits) = (i64::from(limits.challenge_after), limits.challenge_bits);
        Self { signer: Signer::new(key, "puzzle"), after, bits }
    }

    pub(super) const fn after(&self) -> i64 {
        self.after
    }

    pub fn puzzle(&self, form: Form, now: Moment, dice: &Dice) -> Puzzle {
        let chance = u64::from_le_bytes(dice.bytes());
        let head = format!("{}.{}.{}.{chance:016x}", form.name(), now.unix_timestamp(), self.bits);
        let seed = self.signer.sign(head.as_bytes());
        Puzzle { token: format!("{head}.{seed}"), bits: self.bits }
    }

    /// The puzzle of a token, if it is a good one of this form: to show it again.
    pub fn again(&self, form: Form, token: &str, now: Moment) -> Option<Puzzle> {
        let (_, bits) = self.read(form, token, now)?;
        Some(Puzzle { token: token.to_owned(), bits })
    }

    pub fn judge(&self, form: Form, shown: Shown<'_>, now: Moment) -> Judged {
        let Some((made, bits)) = self.read(form, shown.token, now) else { return Judged::Worthless };
        let seed = shown.token.rsplit('.').next().unwrap_or_default();
        let is_number = (1..=ANSWER_MAX).contains(&shown.answer.len())
            && shown.answer.bytes().all(|b| b.is_ascii_digit());
        match is_number && zero_bits(seed, shown.answer) >= u32::from(bits) {
            true => Judged::Solved,
            false => Judged::Unsolved(made),
        }
    }

    /// When it was made and how hard it is.
    fn read(&self, form: Form, token: &str, now: Moment) -> Option<(Moment, u8)> {
        let (head, seed) = token.rsplit_once('.')?;
        if !self.signer.verify(head.as_bytes(), seed) {
            return None;
        }
        let mut parts = head.split('.');
        let (name, made, bits) = (parts.next()?, parts.next()?, parts.next()?);
        let made = Moment::from_unix_timestamp(made.parse().ok()?).ok()?;
        let is_good = name == form.name() && (made..made + LIFE).contains(&now);
        is_good.then_some((made, bits.parse().ok()?))
    }

    /// A network, as a word that names nobody: a /24 of IPv4 or a /48 of IPv6, which is what one site gets.
    pub(super) fn network(&self, address: &str) -> String {
        let network = match address.parse::<IpAddr>().map(|a| a.to_canonical()) {
            Ok(IpAddr::V4(v4)) => v4.octets()[..3].to_vec(),
            Ok(IpAddr::V6(v6)) => v6.octets()[..6].to_vec(),
            Err(_) => Vec::new(),
        };
        self.signer.sign(&[b"network ".as_slice(), &network].concat())
    }
}

/// Zero bits at the beginning of the hash of a try.
fn zero_bits(seed: &str, answer: &str) -> u32 {
    let hash = Sha256::digest(format!("{seed}:{answer}").as_bytes());
    let zeros = hash.iter().take_while(|byte| **byte == 0).count();
    let rest = hash.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros * 8).unwrap_or(u32::MAX).saturating_add(rest)
}

/// Solves a puzzle as a browser does: for tests, and for programs written with this library.
pub fn solve(puzzle: &Puzzle) -> String {
    let seed = puzzle.seed();
    let numbers = (0_u64..).map(|n| n.to_string());
    numbers.into_iter().find(|n| zero_bits(seed, n) >= u32::from(puzzle.bits)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = time::macros::datetime!(2026-03-01 12:00 UTC);

    fn gate(key: u8) -> Gate {
        let limits = Limits { challenge_bits: 8, ..Limits::default() };
        Gate::new(&Key::from_bytes([key; 32]), &limits)
    }

    fn puzzle(gate: &Gate) -> Puzzle {
        gate.puzzle(Form::SignIn, NOW, &Dice::new(|b| b.fill(7)))
    }

    #[test]
    fn only_the_solution_of_a_fresh_puzzle_of_this_form_counts() {
        let gate = gate(1);
        let puzzle = puzzle(&gate);
        let answer = solve(&puzzle);
        let judge = |form, token: &str, answer: &str, now| gate.judge(form, Shown { token, answer }, now);
        assert_eq!(judge(Form::SignIn, &puzzle.token, &answer, NOW), Judged::Solved);
        assert_eq!(judge(Form::SignIn, &puzzle.token, &answer, NOW + LIFE), Judged::Worthless);
        assert_eq!(judge(Form::SignIn, &puzzle.token, &answer, NOW - WAIT), Judged::Worthless);
        assert_eq!(judge(Form::Reset, &puzzle.token, &answer, NOW), Judged::Worthless);
        for wrong in ["", "-1", "x", "99999999999"] {
            assert_eq!(judge(Form::SignIn, &puzzle.token, wrong, NOW), Judged::Unsolved(NOW), "{wrong:?}");
        }
        // Made easier, or older, than it is.
        let easier = puzzle.token.replace(".8.", ".0.");
        assert_eq!(judge(Form::SignIn, &easier, &answer, NOW), Judged::Worthless);
        let other = super::tests::gate(2);
        let shown = Shown { token: &puzzle.token, answer: &answer };
        assert_eq!(other.judge(Form::SignIn, shown, NOW), Judged::Worthless);
        assert_eq!(gate.judge(Form::SignIn, Shown::default(), NOW), Judged::Worthless);
    }

    /// The script hashes one block: seed, colon and number must fit into 55 bytes.
    #[test]
    fn a_try_fits_into_one_block_of_the_hash() {
        assert!(puzzle(&gate(1)).seed().len() + 1 + ANSWER_MAX <= 55);
    }

    #[test]
    fn bits_are_counted_from_the_left() {
        let counted = |answer: &str| zero_bits("seed", answer);
        let hash = Sha256::digest(b"seed:1");
        let expected = if hash[0] == 0 { 8 } else { hash[0].leading_zeros() };
        assert!(counted("1") >= expected);
        let solution = solve(&puzzle(&gate(1)));
        assert_eq!(Sha256::digest(format!("{}:{solution}", puzzle(&gate(1)).seed()).as_bytes())[0], 0);
    }

    #[test]
    fn pressure_does_not_come_and_go() {
        assert!(!is_pressure(false, 199, 200) && is_pressure(false, 200, 200));
        assert!(is_pressure(true, 100, 200) && !is_pressure(true, 99, 200));
        assert!(!is_pressure(false, 1_000_000, 0) && !is_pressure(true, 1_000_000, 0), "0 is never");
    }

    #[test]
    fn a_network_is_what_one_site_has() {
        let gate = gate(1);
        assert_eq!(gate.network("192.0.2.7"), gate.network("192.0.2.200"));
        assert_ne!(gate.network("192.0.2.7"), gate.network("192.0.3.7"));
        assert_eq!(gate.network("2001:db8:1:2::1"), gate.network("2001:db8:1:3::1"));
        assert_eq!(gate.network("::ffff:192.0.2.7"), gate.network("192.0.2.7"));
    }
}
