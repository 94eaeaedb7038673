//! What happens to the safety of an account, in its owner's own history, and by mail where they should look up.

use super::devices::name_of;
use super::letters;
use super::model::{Client, Member, SecurityEvent};
use super::store;
use kernel::{MemberId, Refusal, Say, SecurityEventId};
use platform::{Reader, Tx, mail};
use time::Duration;

/// How long an address that was given up still hears: as long as the change is known.
const LATELY: Duration = Duration::days(7);

/// One kind of thing that can happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Notice {
    SignedIn,
    NewDevice,
    PasswordChanged,
    PasswordReset,
    SignedOutElsewhere,
    PasskeyAdded,
    PasskeyRemoved,
    TotpOn,
    TotpOff,
    CodesMade,
    CodeUsed,
    EmailChanged,
    EmailRestored,
    TokenReused,
    ApiKeyMade,
    ApiKeyRotated,
    ApiKeyRevoked,
    ApiKeyLeaked,
    ManyWrongTries,
    RoleGranted,
    RoleTaken,
    SignedOutByStaff,
    LookedAt,
    Suspended,
    SuspensionLifted,
    SuspensionUpheld,
    HandleChanged,
    CopyAsked,
    CopyTaken,
    LeavingAsked,
    LeavingTakenBack,
    MailCodesOn,
    MailCodesOff,
    PhoneAdded,
    PhoneRemoved,
    ProviderLinked,
    ProviderUnlinked,
    BankSet,
    BankAsked,
    BankKept,
    BankUsed,
    BankRemoved,
    PayoutBankChanged,
    TaxDetailsSet,
}

impl Notice {
    pub const ALL: [Self; 44] = [
        Self::SignedIn,
        Self::NewDevice,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::SignedOutElsewhere,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::TotpOn,
        Self::TotpOff,
        Self::CodesMade,
        Self::CodeUsed,
        Self::EmailChanged,
        Self::EmailRestored,
        Self::TokenReused,
        Self::ApiKeyMade,
        Self::ApiKeyRotated,
        Self::ApiKeyRevoked,
        Self::ApiKeyLeaked,
        Self::ManyWrongTries,
        Self::RoleGranted,
        Self::RoleTaken,
        Self::SignedOutByStaff,
        Self::LookedAt,
        Self::Suspended,
        Self::SuspensionLifted,
        Self::SuspensionUpheld,
        Self::HandleChanged,
        Self::CopyAsked,
        Self::CopyTaken,
        Self::LeavingAsked,
        Self::LeavingTakenBack,
        Self::MailCodesOn,
        Self::MailCodesOff,
        Self::PhoneAdded,
        Self::PhoneRemoved,
        Self::ProviderLinked,
        Self::ProviderUnlinked,
        Self::BankSet,
        Self::BankAsked,
        Self::BankKept,
        Self::BankUsed,
        Self::BankRemoved,
        Self::PayoutBankChanged,
        Self::TaxDetailsSet,
    ];

    /// As it is kept, and what its messages are called after.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed-in",
            Self::NewDevice => "new-device",
            Self::PasswordChanged => "password-changed",
            Self::PasswordReset => "password-reset",
            Self::SignedOutElsewhere => "signed-out-elsewhere",
            Self::PasskeyAdded => "passkey-added",
            Self::PasskeyRemoved => "passkey-removed",
            Self::TotpOn => "totp-on",
            Self::TotpOff => "totp-off",
            Self::CodesMade => "codes-made",
            Self::CodeUsed => "code-used",
            Self::EmailChanged => "email-changed",
            Self::EmailRestored => "email-restored",
            Self::TokenReused => "token-reused",
            Self::ApiKeyMade => "api-key-made",
            Self::ApiKeyRotated => "api-key-rotated",
            Self::ApiKeyRevoked => "api-key-revoked",
            Self::ApiKeyLeaked => "api-key-leaked",
            Self::ManyWrongTries => "many-wrong-tries",
            Self::RoleGranted => "role-granted",
            Self::RoleTaken => "role-taken",
            Self::SignedOutByStaff => "signed-out-by-staff",
            Self::LookedAt => "looked-at",
            Self::Suspended => "suspended",
            Self::SuspensionLifted => "suspension-lifted",
            Self::SuspensionUpheld => "suspension-upheld",
            Self::HandleChanged => "handle-changed",
            Self::CopyAsked => "copy-asked",
            Self::CopyTaken => "copy-taken",
            Self::LeavingAsked => "leaving-asked",
            Self::LeavingTakenBack => "leaving-taken-back",
            Self::MailCodesOn => "mail-codes-on",
            Self::MailCodesOff => "mail-codes-off",
            Self::PhoneAdded => "phone-added",
            Self::PhoneRemoved => "phone-removed",
            Self::ProviderLinked => "provider-linked",
            Self::ProviderUnlinked => "provider-unlinked",
            Self::BankSet => "bank-set",
            Self::BankAsked => "bank-asked",
            Self::BankKept => "bank-kept",
            Self::BankUsed => "bank-used",
            Self::BankRemoved => "bank-removed",
            Self::PayoutBankChanged => "payout-bank-changed",
            Self::TaxDetailsSet => "tax-details-set",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.name() == name)
    }

    /// Staff did it: it comes from no device of the owner's.
    pub const fn is_by_staff(self) -> bool {
        matches!(
            self,
            Self::RoleGranted
                | Self::RoleTaken
                | Self::SignedOutByStaff
                | Self::LookedAt
                | Self::Suspended
                | Self::SuspensionLifted
                | Self::SuspensionUpheld
        )
    }

    /// In a few words: "Signed in with a new device".
    pub fn title(self, say: &Say) -> String {
        say.by_key(match self {
            Self::SignedIn => "notice-signed-in",
            Self::NewDevice => "notice-new-device",
            Self::PasswordChanged => "notice-password-changed",
            Self::PasswordReset => "notice-password-reset",
            Self::SignedOutElsewhere => "notice-signed-out-elsewhere",
            Self::PasskeyAdded => "notice-passkey-added",
            Self::PasskeyRemoved => "notice-passkey-removed",
            Self::TotpOn => "notice-totp-on",
            Self::TotpOff => "notice-totp-off",
            Self::CodesMade => "notice-codes-made",
            Self::CodeUsed => "notice-code-used",
            Self::EmailChanged => "notice-email-changed",
            Self::EmailRestored => "notice-email-restored",
            Self::TokenReused => "notice-token-reused",
            Self::ApiKeyMade => "notice-api-key-made",
            Self::ApiKeyRotated => "notice-api-key-rotated",
            Self::ApiKeyRevoked => "notice-api-key-revoked",
            Self::ApiKeyLeaked => "notice-api-key-leaked",
            Self::ManyWrongTries => "notice-many-wrong-tries",
            Self::RoleGranted => "notice-role-granted",
            Self::RoleTaken => "notice-role-taken",
            Self::SignedOutByStaff => "notice-signed-out-by-staff",
            Self::LookedAt => "notice-looked-at",
            Self::Suspended => "notice-suspended",
            Self::SuspensionLifted => "notice-suspension-lifted",
            Self::SuspensionUpheld => "notice-suspension-upheld",
            Self::HandleChanged => "notice-handle-changed",
            Self::CopyAsked => "notice-copy-asked",
            Self::CopyTaken => "notice-copy-taken",
            Self::LeavingAsked => "notice-leaving-asked",
            Self::LeavingTakenBack => "notice-leaving-taken-back",
            Self::MailCodesOn => "notice-mail-codes-on",
            Self::MailCodesOff => "notice-mail-codes-off",
            Self::PhoneAdded => "notice-phone-added",
            Self::PhoneRemoved => "notice-phone-removed",
            Self::ProviderLinked => "notice-provider-linked",
            Self::ProviderUnlinked => "notice-provider-unlinked",
            Self::BankSet => "notice-bank-set",
            Self::BankAsked => "notice-bank-asked",
            Self::BankKept => "notice-bank-kept",
            Self::BankUsed => "notice-bank-used",
            Self::BankRemoved => "notice-bank-removed",
            Self::PayoutBankChanged => "notice-payout-bank-changed",
            Self::TaxDetailsSet => "notice-tax-details-set",
        })
    }

    /// What the mail says about it; nothing where no mail is sent.
    pub fn letter(self, say: &Say) -> Option<String> {
        let key = match self {
            // Everyday things, and what its owner sees at that moment anyway.
            Self::SignedIn | Self::SignedOutElsewhere | Self::HandleChanged => return None,
            // They have letters of their own, which name the key or say until when.
            Self::ApiKeyLeaked | Self::CopyTaken | Self::LeavingAsked => return None,
            Self::BankAsked | Self::PayoutBankChanged => return None,
            Self::CopyAsked => "notice-copy-asked-letter",
            Self::LeavingTakenBack => "notice-leaving-taken-back-letter",
            Self::NewDevice => "notice-new-device-letter",
            Self::PasswordChanged | Self::PasswordReset => "notice-password-letter",
            Self::PasskeyAdded => "notice-passkey-added-letter",
            Self::PasskeyRemoved => "notice-passkey-removed-letter",
            Self::TotpOn => "notice-totp-on-letter",
            Self::TotpOff => "notice-totp-off-letter",
            Self::CodesMade => "notice-codes-made-letter",
            Self::CodeUsed => "notice-code-used-letter",
            Self::EmailChanged => "notice-email-changed-letter",
            Self::EmailRestored => "notice-email-restored-letter",
            Self::TokenReused => "notice-token-reused-letter",
            Self::ApiKeyMade => "notice-api-key-made-letter",
            Self::ApiKeyRotated => "notice-api-key-rotated-letter",
            Self::ApiKeyRevoked => "notice-api-key-revoked-letter",
            Self::ManyWrongTries => "notice-many-wrong-tries-letter",
            Self::RoleGranted => "notice-role-granted-letter",
            Self::RoleTaken => "notice-role-taken-letter",
            Self::SignedOutByStaff => "notice-signed-out-by-staff-letter",
            Self::LookedAt => "notice-looked-at-letter",
            Self::Suspended => "notice-suspended-letter",
            Self::SuspensionLifted => "notice-suspension-lifted-letter",
            Self::SuspensionUpheld => "notice-suspension-upheld-letter",
            Self::MailCodesOn => "notice-mail-codes-on-letter",
            Self::MailCodesOff => "notice-mail-codes-off-letter",
            Self::PhoneAdded => "notice-phone-added-letter",
            Self::PhoneRemoved => "notice-phone-removed-letter",
            Self::ProviderLinked => "notice-provider-linked-letter",
            Self::ProviderUnlinked => "notice-provider-unlinked-letter",
            Self::BankSet => "notice-bank-set-letter",
            Self::BankKept => "notice-bank-kept-letter",
            Self::BankUsed => "notice-bank-used-letter",
            Self::BankRemoved => "notice-bank-removed-letter",
            Self::TaxDetailsSet => "notice-tax-details-set-letter",
        };
        Some(say.by_key(key))
    }
}

/// Writes it into the member's history and sends the mail, if there is one. In the unit of work that does it.
pub async fn note(
    tx: &mut Tx,
    to: &Member,
    what: Notice,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    let id: SecurityEventId = tx.new_id();
    store::insert_security_event(tx, id, to.id, what.name(), client).await?;
    send(tx, to, what, client, base_url).await
}

/// The same, and the mail also goes to addresses that were the member's until lately: whoever is in somebody else's
/// account changes its address first.
pub async fn note_widely(
    tx: &mut Tx,
    to: &Member,
    what: Notice,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    note(tx, to, what, client, base_url).await?;
    for former in ears(tx, to).await?.iter().skip(1) {
        send(tx, former, what, client, base_url).await?;
    }
    Ok(())
}

/// The member at each address that hears of what touches their money: first the one that they have, then those that
/// they have given up within a week.
pub async fn ears(reader: &mut Reader, to: &Member) -> Result<Vec<Member>, Refusal> {
    let former = store::given_up(reader, to.id, LATELY).await?;
    let mut all = vec![to.clone()];
    all.extend(former.into_iter().map(|email| Member { email, ..to.clone() }));
    Ok(all)
}

async fn send(
    tx: &mut Tx,
    to: &Member,
    what: Notice,
    client: &Client,
    base_url: &str,
) -> Result<(), Refusal> {
    let say = Say::new(to.lang);
    if let Some(text) = what.letter(&say) {
        let device = name_of(&say, &client.user_agent);
        let letter = letters::notice(to, what.title(&say), text, &device, client, tx.now(), base_url);
        mail::queue(tx, letter).await?;
    }
    Ok(())
}

/// The same for what staff did. The mail says `more` below its sentence and leads to `path`.
pub async fn tell(
    tx: &mut Tx,
    to: &Member,
    what: Notice,
    more: &str,
    base_url: &str,
    path: &str,
) -> Result<(), Refusal> {
    let id: SecurityEventId = tx.new_id();
    store::insert_security_event(tx, id, to.id, what.name(), &Client::default()).await?;
    let say = Say::new(to.lang);
    if let Some(text) = what.letter(&say) {
        let link = format!("{base_url}{path}");
        mail::queue(tx, letters::by_staff(to, what.title(&say), &text, more, link)).await?;
    }
    Ok(())
}

/// The last hundred things, the latest first.
pub async fn of(reader: &mut Reader, member: MemberId) -> Result<Vec<SecurityEvent>, Refusal> {
    Ok(store::security_events(reader, member).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Lang;

    #[test]
    fn each_has_words_in_every_language() {
        for lang in Lang::all() {
            let say = Say::new(lang);
            for notice in Notice::ALL {
                assert_eq!(Notice::find(notice.name()), Some(notice));
                let said = [Some(notice.title(&say)), notice.letter(&say)];
                assert!(
                    said.into_iter().flatten().all(|t| !t.is_empty() && !t.contains("notice-")),
                    "{notice:?}"
                );
            }
        }
    }
}
