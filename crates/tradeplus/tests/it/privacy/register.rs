//! The register of personal data against the database, and against the copy of everything.

use market::privacy::files::{BANKS, FILES, MAILS, SELLERS};
use market::privacy::register::{InCopy, Level, tables};
use std::collections::{BTreeMap, BTreeSet};
use testkit::Town;

/// Every column there is: "sessions address", "ledger.lines amount".
const COLUMNS: &str = "
  select case table_schema when 'public' then '' else table_schema || '.' end || table_name || ' ' || column_name
  from information_schema.columns
  where table_schema not in ('pg_catalog', 'information_schema') and table_name <> '_sqlx_migrations'";

#[tokio::test]
async fn every_column_is_in_the_register_and_nothing_else_is() {
    let town = Town::new().await;
    let there: Vec<String> = sqlx::query_scalar(COLUMNS).fetch_all(&town.owner).await.unwrap();
    let there: BTreeSet<String> = there.into_iter().collect();
    let listed: BTreeSet<String> = tables()
        .flat_map(|t| {
            t.columns.iter().flat_map(move |c| c.each().map(move |name| format!("{} {name}", t.name)))
        })
        .collect();
    let unlisted: Vec<_> = there.difference(&listed).collect();
    assert!(unlisted.is_empty(), "say in crates/market/src/privacy/register what they are for: {unlisted:?}");
    let gone: Vec<_> = listed.difference(&there).collect();
    assert!(gone.is_empty(), "there are no such columns any more: {gone:?}");
}

/// The same, with what kind of value they hold.
const KINDS: &str = "
  select case table_schema when 'public' then '' else table_schema || '.' end || table_name || ' ' || column_name,
    data_type::text
  from information_schema.columns
  where table_schema not in ('pg_catalog', 'information_schema')";

/// Parts of names under which secrets are kept.
const SECRETS: &[&str] = &["token", "secret", "password", "otp", "pin", "code", "cvc", "nonce"];
/// Those that only sound like it: the number of a code, and the name of an account in the books.
const HARMLESS: &[&str] = &["sent_codes code_id", "ledger.accounts code"];

#[tokio::test]
async fn each_level_is_kept_as_it_demands() {
    let town = Town::new().await;
    let kinds: Vec<(String, String)> = sqlx::query_as(KINDS).fetch_all(&town.owner).await.unwrap();
    let kinds: BTreeMap<String, String> = kinds.into_iter().collect();
    let mut seen = BTreeMap::new();
    for table in tables() {
        for column in table.columns {
            for name in column.each() {
                let (at, level) = (format!("{} {name}", table.name), column.level(name));
                *seen.entry(format!("{level:?}")).or_insert(0) += 1;
                if level == Level::Sealed {
                    assert_eq!(kinds[&at], "bytea", "{at} is not sealed");
                }
                let sounds_secret = name.split('_').any(|part| SECRETS.contains(&part));
                let is_kept_so = matches!(level, Level::Sealed | Level::Secret);
                assert!(!sounds_secret || is_kept_so || HARMLESS.contains(&at.as_str()), "{at}: {level:?}");
            }
        }
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
    assert_eq!(seen["Sealed"], 9, "what else is sealed? {seen:?}");
}

#[test]
fn what_is_personal_is_in_the_copy_or_it_is_said_why_not() {
    for table in tables() {
        match table.copy {
            InCopy::In(name) => {
                let is_there = FILES.iter().any(|f| f.name == name && f.tables.contains(&table.name));
                let is_apart = [MAILS, BANKS, SELLERS].contains(&(name, table.name));
                assert!(is_there || is_apart, "{} is not in {name}", table.name);
            }
            InCopy::Not(why) => assert!(!why.is_empty(), "{}", table.name),
            InCopy::Nothing => assert!(!table.is_personal(), "{}", table.name),
        }
    }
    for file in FILES {
        for name in file.tables {
            let table = tables().find(|t| t.name == *name).unwrap_or_else(|| panic!("no table {name}"));
            assert_eq!(table.copy, InCopy::In(file.name), "{name}");
        }
    }
}
