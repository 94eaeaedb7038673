//! What happens to the safety of an account, in its owner's own history, and by mail where they should look up.

use super::devices::name_of;
use super::letters;
use super::model::{Client, Member, SecurityEvent};
use super::store;
use kernel::{MemberId, Refusal, Say, SecurityEventId};
use platform::{Reader, Tx, mail};

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
    ManyWrongTries,
}

impl Notice {
    pub const ALL: [Self; 15] = [
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
        Self::ManyWrongTries,
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
            Self::ManyWrongTries => "many-wrong-tries",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.name() == name)
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
            Self::ManyWrongTries => "notice-many-wrong-tries",
        })
    }

    /// What the mail says about it; nothing where no mail is sent.
    pub fn letter(self, say: &Say) -> Option<String> {
        let key = match self {
            // Everyday things, and what its owner sees at that moment anyway.
            Self::SignedIn | Self::SignedOutElsewhere => return None,
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
            Self::ManyWrongTries => "notice-many-wrong-tries-letter",
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
    let say = Say::new(to.lang);
    if let Some(text) = what.letter(&say) {
        let device = name_of(&say, &client.user_agent);
        let letter = letters::notice(to, what.title(&say), text, &device, client, tx.now(), base_url);
        mail::queue(tx, letter).await?;
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
