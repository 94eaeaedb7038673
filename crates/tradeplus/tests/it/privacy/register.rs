//! The register of personal data against the database, and against the copy of everything.

use market::privacy::files::{FILES, MAILS};
use market::privacy::register::{InCopy, tables};
use std::collections::BTreeSet;
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

#[test]
fn what_is_personal_is_in_the_copy_or_it_is_said_why_not() {
    for table in tables() {
        match table.copy {
            InCopy::In(name) => {
                let is_there = FILES.iter().any(|f| f.name == name && f.tables.contains(&table.name));
                assert!(is_there || (name, table.name) == MAILS, "{} is not in {name}", table.name);
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
