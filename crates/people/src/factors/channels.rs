//! Turning codes by mail and by SMS on and off. A way counts when a code that went there was typed here.

use super::recovery::{self, Code};
use super::sent::{self, Bound, Channel, Codes, PLACE};
use super::store;
use super::store::sent as rows;
use super::totp::{self, wrong_code};
use crate::accounts::devices;
use crate::accounts::model::Member;
use kernel::{MemberId, Refusal, Wrong};
use platform::{Reader, Tx, audit};

/// A phone's number with its country (E.164).
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Reads a number as people write it: "+49 151 1234-567", "0049 …". Errors: not a number with its country.
    pub fn read(text: &str) -> Result<Self, Wrong> {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !"-/().".contains(*c)).collect();
        if text.is_empty() {
            return Err(Wrong::Required);
        }
        let digits = text.strip_prefix('+').or_else(|| text.strip_prefix("00"));
        let is_number = |d: &&str| {
            (8..=15).contains(&d.len()) && d.bytes().all(|b| b.is_ascii_digit()) && !d.starts_with('0')
        };
        digits.filter(is_number).map(|d| Self(format!("+{d}"))).ok_or(Wrong::Because("wrong-phone"))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The last two digits.
    fn hint(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default()
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

/// How a way of sending stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// It is turned on; else it waits for its first code.
    pub is_on: bool,
    /// The last two digits of a number; empty for mail.
    pub hint: String,
}

/// How a member's way of sending stands; nothing where nobody asked for it.
pub async fn standing(
    reader: &mut Reader,
    member: MemberId,
    channel: Channel,
) -> Result<Option<Standing>, Refusal> {
    Ok(rows::standing(reader, member, channel.name()).await?)
}

/// Begins with mail to the account's own address, and sends the first code. Errors: `Conflict("factor-on")`; those of
/// [`sent::send`].
pub async fn begin_mail(tx: &mut Tx, codes: &Codes, member: &Member, bound: &Bound) -> Result<(), Refusal> {
    begin(tx, codes, member, (Channel::Mail, None, ""), bound).await
}

/// Begins with a phone, and sends the first code. Another number that waits is replaced. Errors: as for mail, and
/// `Conflict("sms-off")`.
pub async fn begin_phone(
    tx: &mut Tx,
    codes: &Codes,
    member: &Member,
    phone: &Phone,
    bound: &Bound,
) -> Result<(), Refusal> {
    let sealed = codes.vault.seal(tx, member.id.0, PLACE, phone.as_str().as_bytes()).await?;
    begin(tx, codes, member, (Channel::Sms, Some(sealed.as_slice()), phone.hint()), bound).await
}

async fn begin(
    tx: &mut Tx,
    codes: &Codes,
    member: &Member,
    (channel, number, hint): (Channel, Option<&[u8]>, &str),
    bound: &Bound,
) -> Result<(), Refusal> {
    if !rows::begin(tx, member.id, channel.name(), number, hint).await? {
        return Err(Refusal::Conflict("factor-on"));
    }
    sent::send(tx, codes, member, channel, bound).await
}

/// Sends another code to what waits. Errors: `NotFound` when nothing does; those of [`sent::send`].
pub async fn again(
    tx: &mut Tx,
    codes: &Codes,
    member: &Member,
    channel: Channel,
    bound: &Bound,
) -> Result<(), Refusal> {
    match standing(tx, member.id, channel).await? {
        Some(Standing { is_on: false, .. }) => sent::send(tx, codes, member, channel, bound).await,
        _ => Err(Refusal::NotFound),
    }
}

/// Turns it on by the code that was sent. Answers recovery codes, to be shown once, where the account has none yet.
/// Errors: the field `code`; `NotFound` when nothing waits.
pub async fn confirm(
    tx: &mut Tx,
    codes: &Codes,
    member: &Member,
    channel: Channel,
    bound: &Bound,
    typed: &str,
) -> Result<Option<Vec<Code>>, Refusal> {
    if standing(tx, member.id, channel).await?.is_none_or(|s| s.is_on) {
        return Err(Refusal::NotFound);
    }
    if sent::check(tx, codes, member.id, bound, typed).await? != Some(channel) {
        return Err(wrong_code());
    }
    if !rows::confirm(tx, member.id, channel.name()).await? {
        return Err(Refusal::NotFound);
    }
    devices::trust_none(tx, member.id).await?;
    note(tx, member.id, channel, "factors.codes_on").await?;
    match store::enrolled(tx, member.id).await?.codes_left {
        0 => Ok(Some(recovery::make(tx, member).await?)),
        _ => Ok(None),
    }
}

/// Turns it off. Errors: `NotFound` when it is off.
pub async fn remove(tx: &mut Tx, member: MemberId, channel: Channel) -> Result<(), Refusal> {
    if !rows::delete(tx, member, channel.name()).await? {
        return Err(Refusal::NotFound);
    }
    sent::end_all(tx, member).await?;
    totp::forget_idle_codes(tx, member).await?;
    devices::trust_none(tx, member).await?;
    note(tx, member, channel, "factors.codes_off").await
}

async fn note(tx: &mut Tx, member: MemberId, channel: Channel, action: &str) -> Result<(), Refusal> {
    let way = serde_json::json!({ "channel": channel.name() });
    audit::write(tx, Some(member), action, ("member", member.0), way).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for good in ["+49 151 1234-5678", "0049 (151) 1234.5678", "+49/15112345678"] {
            let phone = Phone::read(good).unwrap();
            assert_eq!((phone.as_str(), phone.hint()), ("+4915112345678", "78"), "{good}");
        }
        assert_eq!(Phone::read(" "), Err(Wrong::Required));
        for bad in [
            "0151 1234567",
            "+0151 1234567",
            "+49",
            "+49 151 call me",
            "+1234567890123456",
            "+４９１５１１２３４",
        ] {
            assert_eq!(Phone::read(bad), Err(Wrong::Because("wrong-phone")), "{bad}");
        }
        assert_eq!(format!("{:?}", Phone::read("+4915112345678").unwrap()), "***");
    }
}
