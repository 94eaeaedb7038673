//! `docs/security.md` says what is: its tables are compared with the program.

use super::sources::{files, root};
use kit::route::{Audience, Rate};
use market::accounts::{sessions, tokens};
use std::collections::BTreeSet;
use std::fs;

fn page() -> String {
    fs::read_to_string(root().join("docs/security.md")).unwrap()
}

#[test]
fn sessions_last_as_long_as_it_says() {
    let page = page();
    let (members, staff) = (sessions::OF_MEMBERS, sessions::OF_STAFF);
    for row in [
        format!(
            "| browser of a member | {} days | {} days |",
            members.idle.whole_days(),
            members.max.whole_days()
        ),
        format!(
            "| browser of staff | {} minutes | {} hours |",
            staff.idle.whole_minutes(),
            staff.max.whole_hours()
        ),
        format!(
            "| program (refresh token) | {} days | {} days |",
            tokens::REFRESH_LIFE.whole_days(),
            tokens::FAMILY_LIFE.whole_days()
        ),
        format!("| access token | – | {} minutes |", tokens::ACCESS_LIFE.whole_minutes()),
        // No other than a member's, whatever the provider says.
        format!(
            "| browser that an account elsewhere signed in | {} days | {} days |",
            members.idle.whole_days(),
            members.max.whole_days()
        ),
    ] {
        assert!(page.contains(&row), "{row}");
    }
}

/// Whoever is not signed in and can try something that is limited like a sign-in tries a way in.
#[test]
fn every_way_in_is_described() {
    let page = page();
    let ways: Vec<&str> = tradeplus::routes::all()
        .iter()
        .filter(|r| r.audience == Audience::Everyone && r.rate == Rate::SignIn)
        .map(|r| r.name)
        .collect();
    assert!(ways.len() > 8, "{ways:?}");
    for name in ways {
        assert!(page.contains(&format!("| `{name}` |")), "docs/security.md describes no way in by {name}");
    }
}

/// What stands in quotes after a call, in any file that ships.
fn quoted_after(call: &str, is_it: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, text) in files("crates", &[".rs"]) {
        if !name.contains("/src/") || name.contains("testkit") || name.ends_with("/tests.rs") {
            continue;
        }
        let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        for after in text.split(call).skip(1) {
            let call = &after[..after.find(';').unwrap_or(after.len())];
            found.extend(call.split('"').skip(1).step_by(2).find(|word| is_it(word)).map(str::to_owned));
        }
    }
    found
}

#[test]
fn every_key_is_described() {
    let page = page();
    let keys = quoted_after("load_or_create(", |word| word != "secrets" && !word.contains('{'));
    assert!(keys.len() > 1, "{keys:?}");
    // The vault's has its name in a constant: there may be several of it.
    for key in keys.into_iter().chain(["vault".to_owned()]) {
        assert!(
            page.contains(&format!("| `secrets/{key}.key` |")),
            "docs/security.md does not name the key {key}"
        );
    }
}

#[test]
fn every_line_of_the_audit_log_is_described() {
    let page = page();
    let is_action = |word: &str| {
        word.contains('.') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_')
    };
    let actions = quoted_after("audit::write(", is_action);
    assert!(actions.len() > 15, "{actions:?}");
    for action in actions {
        assert!(
            page.contains(&format!("`{action}`")),
            "docs/security.md does not say when {action} is written"
        );
    }
}

/// Every setting that says where something is that is called.
#[test]
fn whom_it_talks_to_is_described() {
    let settings = fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let keys = settings.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let is_place = |key: &&str| *key == "oidc" || key.ends_with("url") || key.ends_with("urls");
    let places: Vec<&str> = keys.filter(is_place).filter(|key| *key != "server.base_url").collect();
    assert!(places.len() > 5, "{places:?}");
    let page = page();
    let (_, rest) = page.split_once("## What it talks to").unwrap();
    let (part, _) = rest.split_once("\n## ").unwrap();
    for key in places {
        assert!(part.contains(&format!("`{key}`")), "docs/security.md does not say what {key} is called for");
    }
}
