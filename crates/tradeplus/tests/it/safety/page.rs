//! `docs/security.md` says what is: its tables are compared with the program.

use super::sources::{files, root};
use images::{WAIT_MAX, WORK_MAX};
use kernel::limits::{PHOTO_BYTES_MAX, PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX, PHOTOS_MAX};
use kit::app::REQUESTS_AT_ONCE;
use kit::route::{Audience, Rate};
use market::accounts::model::Role;
use market::accounts::{sessions, tokens};
use market::permissions::Permission;
use platform::config::Passwords;
use std::collections::BTreeSet;
use std::fs;
use testkit::Town;

fn page() -> String {
    fs::read_to_string(root().join("docs/security.md")).unwrap()
}

/// A part of it, with its words one space apart.
fn part(title: &str) -> String {
    let page = page();
    let (_, rest) = page.split_once(&format!("\n## {title}\n")).expect(title);
    let part = rest.split("\n## ").next().unwrap_or_default();
    part.split_whitespace().collect::<Vec<_>>().join(" ")
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
    let most = format!("An account has at most {} browsers signed in", sessions::AT_ONCE);
    assert!(part("Sessions").contains(&most), "{most}");
}

/// Each permission, and which of the roles that come with the program has it.
#[tokio::test]
async fn what_staff_may_do_is_described() {
    let (page, town) = (page(), Town::new().await);
    let mut staff = Vec::new();
    for role in Role::ALL {
        staff.push(town.staff(role.name(), &[role]).await.member().await);
    }
    for permission in Permission::ALL {
        let start = format!("| `{}` |", permission.name());
        let row = page.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{start}"));
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let may: Vec<&str> = staff.iter().map(|who| if who.may(permission) { "yes" } else { "–" }).collect();
        assert!(!cells[1].is_empty() && cells[2..] == may, "{row}: {may:?}");
    }
    let heads: Vec<&str> = Role::ALL.map(Role::name).to_vec();
    assert!(page.contains(&format!("| permission | lets somebody | {} |", heads.join(" | "))));
}

/// Every way to send a file, of what kind it may be, how large, and what becomes of it.
#[test]
fn what_may_be_uploaded_is_described() {
    let part = part("Files");
    let uploads = tradeplus::routes::all().into_iter().filter(|route| route.rate == Rate::Upload);
    let names: Vec<&str> = uploads.map(|route| route.name).collect();
    assert!(names.len() > 2, "{names:?}");
    for name in names {
        assert!(part.contains(&format!("`{name}`")), "docs/security.md does not say what {name} takes");
    }
    let most = format!(
        "| JPEG, PNG, WebP | {} MiB, {} million pixels, {PHOTO_SIDE_MAX} pixels a side; {PHOTOS_MAX} of a listing |",
        PHOTO_BYTES_MAX / 1024 / 1024,
        PHOTO_PIXELS_MAX / 1_000_000,
    );
    let time = format!("within {} seconds", WORK_MAX.as_secs());
    for said in [most.as_str(), &time, "SVG", "is refused with a sentence", "`my-data.zip`"] {
        assert!(part.contains(said), "{said}");
    }
}

/// What takes long or much, and what keeps it from stopping the rest.
#[test]
fn what_is_costly_is_described() {
    let (part, passwords) = (part("What is costly"), Passwords::default());
    for said in [
        format!("`passwords.at_once` ({}), with `passwords.queue` ({})", passwords.at_once, passwords.queue),
        format!("{} seconds in line and {} of work", WAIT_MAX.as_secs(), WORK_MAX.as_secs()),
        format!("| {REQUESTS_AT_ONCE}, the next hears"),
    ] {
        assert!(part.contains(&said), "{said}");
    }
    for rate in [Rate::SignIn, Rate::Upload, Rate::Search] {
        assert!(part.contains(&format!("class `{}`", rate.name())), "{}", rate.name());
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
