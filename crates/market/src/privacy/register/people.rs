//! Accounts, and how people prove who they are.

use super::{Column, Erased, InCopy, Table, personal, plain};

/// As long as there is an account.
const ACCOUNT: &str = "with the account";

/// Whose row it is.
const fn owner(name: &'static str, kept: &'static str) -> Column {
    personal(name, "whose it is", kept, Erased::Deleted)
}

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "members",
        copy: InCopy::In("profile.json"),
        columns: &[
            personal(
                "member_id",
                "names the account in all tables",
                ACCOUNT,
                Erased::Kept("orders and books refer to it (§ 147 AO, § 257 HGB)"),
            ),
            personal("email", "signing in, mail about orders and safety", ACCOUNT, Erased::Blanked),
            personal("email_verified_at", "who sells and buys can be reached", ACCOUNT, Erased::Blanked),
            personal("password_hash", "signing in", ACCOUNT, Erased::Blanked),
            personal("handle", "the address of their page", ACCOUNT, Erased::Blanked),
            personal("display_name", "what others see of them", ACCOUNT, Erased::Blanked),
            personal("bio avatar", "what they show of themselves", "until they change it", Erased::Blanked),
            personal("town country", "where their things are", "until they change it", Erased::Blanked),
            personal("lang", "the language of mails", ACCOUNT, Erased::Blanked),
            personal("currency", "in which prices are shown to them", ACCOUNT, Erased::Blanked),
            personal("roles", "what staff may do", "while they work here", Erased::Blanked),
            personal(
                "suspended_at suspended_until",
                "keeps out who harms others",
                "until it is lifted",
                Erased::Blanked,
            ),
            plain("created_at deleted_at leaves_at"),
        ],
    },
    Table {
        name: "sessions",
        copy: InCopy::In("sessions.json"),
        columns: &[
            owner("member_id", "90 days at most"),
            personal(
                "session_id token_hash device_hash",
                "keeps a browser signed in",
                "90 days at most",
                Erased::Deleted,
            ),
            personal(
                "user_agent address",
                "so that people know their devices from others'",
                "90 days at most",
                Erased::Deleted,
            ),
            personal(
                "created_at last_seen_at expires_at auth_at methods",
                "ends what is unused, asks again for what is sensitive",
                "90 days at most",
                Erased::Deleted,
            ),
            personal(
                "looks_at looks_until",
                "whom staff looks at the marketplace as",
                "15 minutes",
                Erased::Ends("it names staff's session, and nothing after its end"),
            ),
        ],
    },
    Table {
        name: "token_families",
        copy: InCopy::In("programs.json"),
        columns: &[
            owner("family_id member_id", "97 days at most"),
            personal("user_agent", "so that people know their programs", "97 days at most", Erased::Deleted),
            personal(
                "created_at expires_at revoked_at strong",
                "ends what is unused",
                "97 days at most",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "access_tokens",
        copy: InCopy::Not("hashes of secrets, which say nothing"),
        columns: &[personal(
            "token_hash family_id expires_at",
            "lets a program in",
            "a week after its end",
            Erased::Deleted,
        )],
    },
    Table {
        name: "refresh_tokens",
        copy: InCopy::In("programs.json"),
        columns: &[personal(
            "token_hash family_id generation used_at expires_at",
            "keeps a program signed in",
            "97 days at most",
            Erased::Deleted,
        )],
    },
    Table {
        name: "known_devices",
        copy: InCopy::In("devices.json"),
        columns: &[
            owner("member_id", "a year without a visit"),
            personal(
                "token_hash last_seen_at trusted_until",
                "tells known browsers from new ones, and a deal that somebody makes with themselves",
                "a year without a visit",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "security_events",
        copy: InCopy::In("security.json"),
        columns: &[
            owner("event_id member_id", "a year"),
            personal(
                "kind at user_agent address",
                "its owner sees what happened to the account",
                "a year",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "email_links",
        copy: InCopy::In("links.json"),
        columns: &[
            owner("member_id", "a week after its end"),
            personal(
                "token_hash purpose email created_at expires_at used_at",
                "proves an address, sets a new password",
                "a week after its end",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "email_changes",
        copy: InCopy::In("email_changes.json"),
        columns: &[
            owner("change_id member_id", "a week"),
            personal(
                "old_email new_email confirm_hash undo_hash asked_at expires_at confirmed_at undone_at",
                "another address that proves itself, and the way back",
                "a week",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "former_handles",
        copy: InCopy::Not("a handle that was given up is kept as a hash only"),
        columns: &[
            personal("member_id", "an old address leads to the new one", "a year", Erased::Blanked),
            personal(
                "handle_hash left_at",
                "nobody passes for somebody else under an old handle",
                "a year",
                Erased::Ends("after a year; a hash, which names nobody"),
            ),
        ],
    },
    Table {
        name: "passkeys",
        copy: InCopy::In("passkeys.json"),
        columns: &[
            owner("passkey_id member_id", "until it is removed"),
            personal(
                "credential_id credential name synced created_at last_used_at",
                "signing in with a key of one's device",
                "until it is removed",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "passkey_ceremonies",
        copy: InCopy::Not("lives for minutes"),
        columns: &[
            owner("member_id", "an hour at most"),
            personal(
                "ceremony_hash state expires_at",
                "the question that a passkey answers",
                "an hour at most",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "totp",
        copy: InCopy::In("apps.json"),
        columns: &[
            owner("member_id", "until it is turned off"),
            personal("secret", "checks codes of an app", "until it is turned off", Erased::Shredded),
            personal(
                "confirmed_at last_step created_at",
                "each code is good once",
                "until it is turned off",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "recovery_codes",
        copy: InCopy::In("recovery_codes.json"),
        columns: &[
            owner("member_id", "until new ones are made"),
            personal(
                "code_hash created_at used_at",
                "a way in without the phone",
                "until new ones are made",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "sign_in_attempts",
        copy: InCopy::Not("lives for minutes"),
        columns: &[
            owner("member_id", "an hour at most"),
            personal(
                "attempt_hash methods next expires_at",
                "who has shown one factor and owes another",
                "an hour at most",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "guesses",
        copy: InCopy::Not("names nobody: an HMAC of what is guessed at"),
        columns: &[personal(
            "subject failures since next_at",
            "slows down who tries passwords",
            "a day",
            Erased::Ends("after a day"),
        )],
    },
    Table {
        name: "vault.subject_keys",
        copy: InCopy::Not("a key, which says nothing"),
        columns: &[personal(
            "subject_id wrapped wrapped_by created_at",
            "opens what is sealed for somebody",
            ACCOUNT,
            Erased::Deleted,
        )],
    },
    Table {
        name: "sent_factors",
        copy: InCopy::In("sent_codes.json"),
        columns: &[
            owner("member_id", "until it is turned off"),
            personal("number", "sends codes to a phone", "until it is turned off", Erased::Shredded),
            personal(
                "channel hint created_at confirmed_at",
                "codes by mail or SMS as a second step",
                "until it is turned off",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "sent_codes",
        copy: InCopy::Not("names nothing but when a code was sent, and lives for a day"),
        columns: &[
            owner("code_id member_id", "a day"),
            personal(
                "channel bound_hash code_mac tries created_at expires_at used_at",
                "a code is good once, where it was asked for",
                "a day",
                Erased::Deleted,
            ),
            personal("place_mac", "no phone is flooded with codes", "a day", Erased::Deleted),
        ],
    },
    Table {
        name: "linked_accounts",
        copy: InCopy::In("accounts_elsewhere.json"),
        columns: &[
            owner("link_id member_id", "until it is removed"),
            personal(
                "issuer subject email linked_at last_used_at",
                "signing in with an account elsewhere",
                "until it is removed",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "provider_attempts",
        copy: InCopy::Not("lives for minutes"),
        columns: &[
            owner("member_id", "an hour at most"),
            personal(
                "attempt_hash provider session_id next expires_at",
                "the way to an identity provider and back",
                "an hour at most",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "api_keys",
        copy: InCopy::In("api_keys.json"),
        columns: &[
            owner("key_id member_id", "90 days after its end"),
            personal(
                "secret_hash hint name scopes networks per_minute replaces",
                "a program acts for its owner",
                "90 days after its end",
                Erased::Deleted,
            ),
            personal(
                "created_at expires_at last_used_at last_used_from revoked_at revoked_because",
                "its owner sees what it is used for",
                "90 days after its end",
                Erased::Deleted,
            ),
        ],
    },
    Table {
        name: "member_roles",
        copy: InCopy::Not("the roles stand in profile.json"),
        columns: &[personal(
            "member_id role granted_by granted_at",
            "what staff may do",
            "while they work here",
            Erased::Ends("staff cannot leave before its roles are taken"),
        )],
    },
    Table {
        name: "suspensions",
        copy: InCopy::In("suspensions.json"),
        columns: &[
            owner("suspension_id member_id", ACCOUNT),
            personal(
                "reason words began_at until lifted_at appeal appealed_at answer answered_at",
                "keeps out who harms others, and hears them",
                ACCOUNT,
                Erased::Deleted,
            ),
            personal("by_id lifted_by answered_by", "who of the staff decided", ACCOUNT, Erased::Deleted),
        ],
    },
    Table {
        name: "pressure",
        copy: InCopy::Not("names nobody: an HMAC of a network"),
        columns: &[personal(
            "minute network tries",
            "tells a flood of wrong sign-ins from a bad day",
            "ten minutes",
            Erased::Ends("within the hour"),
        )],
    },
    Table {
        name: "data_copies",
        copy: InCopy::Not("it is the copy"),
        columns: &[personal(
            "member_id copy_id asked_at key bytes ready_at ends_at",
            "a copy of everything, for its owner",
            "a week after it was made",
            Erased::Deleted,
        )],
    },
    Table {
        name: "deletions",
        copy: InCopy::Not("when it is due stands in profile.json"),
        columns: &[
            personal(
                "member_id asked_at due_at erased_at",
                "shows that somebody was erased who asked for it",
                "while they are leaving",
                Erased::Kept("proof of erasure (GDPR, article 5 paragraph 2)"),
            ),
            plain("paused reminded_at letter step"),
        ],
    },
];
