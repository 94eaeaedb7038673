//! Codes that are sent: eight digits by mail, or by SMS, which is the weakest way (numbers are taken over, messages are
//! read on the way; NIST SP 800-63B-4, 3.1.3.3).
//!
//! A code is good for what it was asked for, for ten minutes and five tries. The next one comes after a minute at the
//! earliest, and makes the one before worthless.

use super::jobs::SendText;
use super::letters;
use super::store::sent as store;
use crate::accounts::model::{Member, Method};
use kernel::{MemberId, Moment, Refusal, Say, SentCodeId, SessionId};
use platform::crypto::{Key, Signer, token_hash};
use platform::sms::Texts;
use platform::vault::Vault;
use platform::{Tx, jobs, mail};
use std::sync::Arc;
use time::Duration;

/// How long a code works.
pub const LIFE: Duration = Duration::minutes(10);
/// Tries of one code.
pub const TRIES: i32 = 5;
/// Between two codes to one place.
pub const PAUSE: Duration = Duration::minutes(1);
/// Codes to one place within a day that nobody used.
pub const A_DAY: i64 = 10;
/// Where the vault seals numbers and messages.
pub(super) const PLACE: &str = "phone";
const DIGITS: usize = 8;

/// How a code travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    Mail,
    Sms,
}

impl Channel {
    /// As tables and forms call it.
    pub const fn name(self) -> &'static str {
        self.method().name()
    }

    pub fn find(name: &str) -> Option<Self> {
        [Self::Mail, Self::Sms].into_iter().find(|channel| channel.name() == name)
    }

    pub const fn method(self) -> Method {
        match self {
            Self::Mail => Method::Mail,
            Self::Sms => Method::Sms,
        }
    }
}

/// What a code is good for, and nothing else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound(Vec<u8>);

impl Bound {
    /// One attempt to sign in, by its token.
    pub fn attempt(token: &str) -> Self {
        Self(token_hash(&format!("attempt {token}")))
    }

    /// One browser that shows once more who it is.
    pub fn confirming(session: SessionId) -> Self {
        Self(token_hash(&format!("confirm {session}")))
    }

    /// One browser in which a way of sending is turned on.
    pub fn enrolling(session: SessionId) -> Self {
        Self(token_hash(&format!("enrol {session}")))
    }

    pub(super) fn hash(&self) -> &[u8] {
        &self.0
    }
}

/// What is needed to send and to judge codes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Codes {
    signer: Signer,
    pub(super) vault: Vault,
    /// Who sends text messages; nobody where no gateway is set up.
    pub(super) texts: Option<Arc<dyn Texts>>,
    brand: String,
    /// Text messages to everybody within a day.
    texts_a_day: u32,
}

impl Codes {
    /// `key` is the marketplace's own, which is not in the database.
    pub fn new(
        key: &Key,
        vault: Vault,
        texts: Option<Arc<dyn Texts>>,
        brand: &str,
        texts_a_day: u32,
    ) -> Self {
        Self { signer: Signer::new(key, "sent code"), vault, texts, brand: brand.to_owned(), texts_a_day }
    }

    /// Whether codes by SMS can be had at all.
    pub const fn has_texts(&self) -> bool {
        self.texts.is_some()
    }

    fn mac(&self, id: SentCodeId, code: &str) -> String {
        self.signer.sign(format!("{id} {code}").as_bytes())
    }

    /// By which a number is counted, whoever has it.
    fn place(&self, number: &[u8]) -> String {
        self.signer.sign(&[b"place ".as_slice(), number].concat())
    }

    fn is_right(&self, id: SentCodeId, code: &str, mac: &str) -> bool {
        self.signer.verify(format!("{id} {code}").as_bytes(), mac)
    }
}

/// Sends a new code. Whether the member may have one this way is the caller's to see. Errors: `TooMany` with the
/// seconds until the next one; `Conflict("sms-off")` without a gateway, and when the marketplace has sent as many text
/// messages within a day as it may.
pub async fn send(
    tx: &mut Tx,
    codes: &Codes,
    member: &Member,
    channel: Channel,
    bound: &Bound,
) -> Result<(), Refusal> {
    if channel == Channel::Sms && !codes.has_texts() {
        return Err(Refusal::Conflict("sms-off"));
    }
    let now = tx.now();
    // Of two who ask at once, one waits for the other.
    store::lock(tx, member.id).await?;
    may_now(&store::sent_since(tx, member.id, channel.name(), now - Duration::days(1)).await?, now)?;
    let place = match channel {
        Channel::Mail => None,
        Channel::Sms => Some(count_text(tx, codes, member.id).await?),
    };
    store::end(tx, bound.hash(), channel.name()).await?;
    let id: SentCodeId = tx.new_id();
    let code = new_code(tx);
    let new = store::New {
        id,
        member: member.id,
        channel: channel.name(),
        bound: bound.hash(),
        mac: &codes.mac(id, &code),
        place: place.as_deref(),
    };
    store::insert(tx, new, LIFE).await?;
    match channel {
        Channel::Mail => {
            mail::queue(tx, letters::code(member, &shown(&code))).await?;
        }
        Channel::Sms => {
            let words = Say::new(member.lang).sent_sms(codes.brand.as_str(), shown(&code));
            let sealed = codes.vault.seal(tx, member.id.0, PLACE, words.as_bytes()).await?;
            let until = (now + LIFE).unix_timestamp();
            jobs::enqueue(tx, &SendText { member: member.id, sealed, until }).await?;
        }
    }
    Ok(())
}

/// Text messages cost money and ring somewhere: whoever opens many accounts sends no more of them to one number, nor more
/// than the marketplace pays for. Answers what the number is counted by.
async fn count_text(tx: &mut Tx, codes: &Codes, member: MemberId) -> Result<String, Refusal> {
    let (now, day_ago) = (tx.now(), tx.now() - Duration::days(1));
    let number = store::number(tx, member).await?.ok_or(Refusal::NotFound)?;
    let place = codes.place(&codes.vault.open(tx, member.0, PLACE, &number).await?);
    store::lock_texts(tx).await?;
    may_now(&store::sent_to_since(tx, &place, day_ago).await?, now)?;
    if store::texts_since(tx, day_ago).await? >= i64::from(codes.texts_a_day) {
        tracing::warn!(sms.per_day = codes.texts_a_day, "no more text messages today: the limit is reached");
        metrics::counter!("tradeplus_sms_refused_total").increment(1);
        return Err(Refusal::Conflict("sms-off"));
    }
    Ok(place)
}

fn may_now(sent: &store::Sent, now: Moment) -> Result<(), Refusal> {
    let Some(next) = next_at(sent).filter(|next| *next > now) else { return Ok(()) };
    let wait = (next - now).whole_seconds().max(1);
    Err(Refusal::TooMany { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) })
}

/// When the next code may be sent.
fn next_at(sent: &store::Sent) -> Option<Moment> {
    let rested = sent.last.map(|last| last + PAUSE);
    match sent.count >= A_DAY {
        true => sent.first.map(|first| first + Duration::days(1)).max(rested),
        false => rested,
    }
}

/// Counts a try of whatever was sent for this. Commit before it is looked at.
pub async fn count_try(tx: &mut Tx, bound: &Bound) -> Result<(), Refusal> {
    Ok(store::count_try(tx, bound.hash()).await?)
}

/// Makes all that was sent worthless: where it went is not the member's place any more.
pub async fn end_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::end_all(tx, member).await?)
}

/// Makes all that was sent worthless, and lets the day's count begin anew: the owner has proven by mail who they are.
pub async fn restart(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::restart(tx, member).await?)
}

/// Whether it is the code that was sent for this, and by which way it came. Uses it up. Its try was counted already.
pub async fn check(
    tx: &mut Tx,
    codes: &Codes,
    member: MemberId,
    bound: &Bound,
    typed: &str,
) -> Result<Option<Channel>, Refusal> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if digits.len() != DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    for open in store::open(tx, member, bound.hash(), TRIES).await? {
        if codes.is_right(open.id, &digits, &open.mac) && store::used(tx, open.id).await? {
            return Ok(Channel::find(&open.channel));
        }
    }
    Ok(None)
}

/// Forgets codes of days that are over, and ways that were never turned on.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    let before = tx.now() - Duration::days(1);
    Ok(store::prune(tx, before).await?)
}

fn new_code(tx: &Tx) -> String {
    format!("{:08}", tx.dice().below(100_000_000))
}

/// In two groups, to be read and typed.
fn shown(code: &str) -> String {
    let (one, two) = code.split_at_checked(DIGITS / 2).unwrap_or((code, ""));
    format!("{one} {two}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_eight_digits_in_two_groups() {
        assert_eq!(shown("00420815"), "0042 0815");
        assert_eq!(
            [Channel::Mail, Channel::Sms].map(|c| Channel::find(c.name())),
            [Some(Channel::Mail), Some(Channel::Sms)]
        );
        assert_eq!(Channel::find("totp"), None);
    }

    #[test]
    fn what_a_code_is_for_is_never_something_else() {
        let session = SessionId(uuid::Uuid::from_u128(1));
        let all =
            [Bound::attempt(&session.to_string()), Bound::confirming(session), Bound::enrolling(session)];
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
    }

    #[test]
    fn the_next_code_waits_a_minute_and_the_eleventh_a_day() {
        let at = |s: i64| Moment::from_unix_timestamp(s).unwrap();
        let sent = |count| store::Sent { count, first: Some(at(0)), last: Some(at(1_000)) };
        assert_eq!(next_at(&store::Sent { count: 0, first: None, last: None }), None);
        assert_eq!(next_at(&sent(1)), Some(at(1_060)));
        assert_eq!(next_at(&sent(A_DAY)), Some(at(86_400)));
    }
}
