//! An authenticator app: six digits that change every thirty seconds (RFC 6238, with SHA-1, which is what all apps
//! can do).

use super::model::Enrolled;
use super::store;
use crate::accounts::devices;
use crate::accounts::model::Member;
use kernel::{MemberId, Moment, Refusal, Wrong};
use platform::vault::{Vault, VaultError};
use platform::{Reader, Tx, audit};
use time::Duration;
use totp_rs::{Builder, Secret, Totp};

/// Where the vault seals secrets of this kind.
const PLACE: &str = "totp";
const STEP_S: u64 = 30;
/// How long a secret waits for its first code. Somebody else may have seen it, so it does not wait for ever.
const WAITING_LIFE: Duration = Duration::hours(1);

/// A secret that is shown to its owner once, to be put into the app.
pub struct Shown(Secret);

impl Shown {
    /// For typing it in: 32 letters and digits.
    pub fn text(&self) -> String {
        self.0.to_base32()
    }

    /// For the app's camera: what the QR code says (the format of Google Authenticator, which all apps read).
    pub fn address(&self, issuer: &str, account: &str) -> String {
        let mut url = url::form_urlencoded::Serializer::new(String::new());
        url.append_pair("secret", &self.text()).append_pair("issuer", issuer);
        let label = |text: &str| text.replace([':', '/', '?', '#', '%'], " ").replace(' ', "%20");
        format!("otpauth://totp/{}:{}?{}", label(issuer), label(account), url.finish().replace('+', "%20"))
    }
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl store::TotpRow {
    fn waits(&self, now: Moment) -> bool {
        !self.confirmed && self.created_at > now - WAITING_LIFE
    }
}

/// How the account is protected.
pub async fn enrolled(reader: &mut Reader, member: MemberId) -> Result<Enrolled, Refusal> {
    Ok(store::enrolled(reader, member).await?)
}

/// Makes a secret that counts for nothing until a code of it was shown. Another that waits for that is replaced.
/// Errors: `Conflict("factor-on")` when an app is set up already.
pub async fn begin(tx: &mut Tx, vault: &Vault, member: MemberId) -> Result<Shown, Refusal> {
    let secret = tx.dice().bytes::<20>();
    let sealed = vault.seal(tx, member.0, PLACE, &secret).await?;
    match store::insert_totp(tx, member, &sealed).await? {
        true => Ok(Shown(Secret::new_stack(secret))),
        false => Err(Refusal::Conflict("factor-on")),
    }
}

/// The secret that waits for its first code, to be shown again on the page that asks for it.
pub async fn waiting(reader: &mut Reader, vault: &Vault, member: MemberId) -> Result<Option<Shown>, Refusal> {
    match store::totp(reader, member).await? {
        Some(row) if row.waits(reader.now()) => {
            Ok(open(reader, vault, member, &row.secret).await?.map(Shown))
        }
        _ => Ok(None),
    }
}

/// Turns it on by a code of the app. Errors: the field `code`; `NotFound` when nothing waits.
pub async fn confirm(tx: &mut Tx, vault: &Vault, member: &Member, code: &str) -> Result<(), Refusal> {
    let now = tx.now();
    let row = store::totp(tx, member.id).await?.filter(|row| row.waits(now)).ok_or(Refusal::NotFound)?;
    let secret = open(tx, vault, member.id, &row.secret).await?.ok_or(Refusal::NotFound)?;
    let step = step_of(secret, code, now.unix_timestamp())?.ok_or_else(wrong_code)?;
    if !store::confirm_totp(tx, member.id, step).await? {
        return Err(Refusal::NotFound);
    }
    devices::trust_none(tx, member.id).await?;
    audit::write(tx, Some(member.id), "factors.totp_on", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(())
}

/// Whether the code is one of the app's, of now or of half a minute ago, and was not used before. Uses it up.
pub async fn check(tx: &mut Tx, vault: &Vault, member: MemberId, code: &str) -> Result<bool, Refusal> {
    let Some(row) = store::totp(tx, member).await?.filter(|row| row.confirmed) else { return Ok(false) };
    let Some(secret) = open(tx, vault, member, &row.secret).await? else { return Ok(false) };
    match step_of(secret, code, tx.now().unix_timestamp())? {
        Some(step) => Ok(store::use_step(tx, member, step).await?),
        None => Ok(false),
    }
}

/// Turns it off, with the recovery codes when nothing else is left that they stand for. Errors: `NotFound` when it is off.
pub async fn remove(tx: &mut Tx, member: &Member) -> Result<(), Refusal> {
    if !store::delete_totp(tx, member.id).await? {
        return Err(Refusal::NotFound);
    }
    forget_idle_codes(tx, member.id).await?;
    devices::trust_none(tx, member.id).await?;
    audit::write(tx, Some(member.id), "factors.totp_off", ("member", member.id.0), serde_json::json!({}))
        .await?;
    Ok(())
}

/// Forgets the recovery codes of an account that asks for no code any more.
pub(super) async fn forget_idle_codes(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    if !store::enrolled(tx, member).await?.is_on() {
        store::delete_codes(tx, member).await?;
    }
    Ok(())
}

/// A code that is not right.
pub fn wrong_code() -> Refusal {
    Refusal::field("code", Wrong::Because("wrong-code"))
}

/// Nothing when it does not open any more: the vault's key is another one. Recovery codes work all the same.
async fn open(
    reader: &mut Reader,
    vault: &Vault,
    member: MemberId,
    sealed: &[u8],
) -> Result<Option<Secret>, Refusal> {
    match vault.open(reader, member.0, PLACE, sealed).await {
        Ok(bytes) => Ok(<[u8; 20]>::try_from(bytes).ok().map(Secret::new_stack)),
        Err(VaultError::Database(error)) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "the secret of an authenticator app cannot be read");
            Ok(None)
        }
    }
}

/// What somebody else may have set up while they were in the account, from `since` on: passkeys, the app, a phone,
/// codes.
pub async fn forget_since(tx: &mut Tx, member: MemberId, since: Moment) -> Result<(), Refusal> {
    Ok(store::delete_since(tx, member, since).await?)
}

/// Every way of proving who one is beside the password, and what was begun of it: its owner leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_all(tx, member).await?)
}

/// The step of a code, when it is the one of `now` (seconds since 1970) or the one before.
fn step_of(secret: Secret, code: &str, now: i64) -> Result<Option<i64>, Refusal> {
    let totp: Totp =
        Builder::new().with_secret(secret).build().map_err(|e| Refusal::broken(format!("{e:?}")))?;
    let now = u64::try_from(now).unwrap_or_default();
    let digits: String = code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    // The library also takes the step to come; clocks that are ahead of ours get no extra time.
    let step = totp.check(&digits, now).filter(|step| *step <= now / STEP_S);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the last six of the eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = || Secret::new_stack(*b"12345678901234567890");
        for (at, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(step_of(secret(), code, at).unwrap(), Some(at / 30), "{at}");
            assert_eq!(
                step_of(secret(), &format!("{} {}", &code[..3], &code[3..]), at).unwrap(),
                Some(at / 30)
            );
            assert_eq!(step_of(secret(), code, at + 30).unwrap(), Some(at / 30), "half a minute later");
            assert_eq!(step_of(secret(), code, at + 60).unwrap(), None, "a minute later");
            assert_eq!(step_of(secret(), code, at - 30).unwrap(), None, "before its time");
        }
        for made_up in ["", "28708", "2870820", "abcdef", "२८७०८२"] {
            assert_eq!(step_of(secret(), made_up, 59).unwrap(), None, "{made_up}");
        }
    }

    #[test]
    fn the_address_is_what_apps_read() {
        let shown = Shown(Secret::new_stack(*b"12345678901234567890"));
        assert_eq!(
            shown.address("My Market: best", "ann@example.org"),
            "otpauth://totp/My%20Market%20%20best:ann@example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Market%3A%20best"
        );
        assert_eq!(format!("{shown:?}"), "***");
    }
}
