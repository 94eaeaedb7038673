//! The register of personal data: every table and column there is, what it is for, how long it is kept, and what
//! becomes of it when its owner leaves. A test compares it with the database, in both directions, and with
//! `docs/personal-data.md`; so nothing personal is kept that nobody has thought about.

mod cases;
mod chargebacks;
mod documents;
mod machines;
mod people;
mod trade;
mod treasury;

use std::fmt::Write;

/// One table, with every column it has.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// With its schema, unless that is `public`.
    pub name: &'static str,
    pub copy: InCopy,
    pub columns: &'static [Column],
}

/// Where its owner finds it in the copy of everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InCopy {
    /// There is nothing personal in it.
    Nothing,
    /// The file in the archive.
    In(&'static str),
    /// Why it is not in it.
    Not(&'static str),
}

/// One or more columns of which the same is true.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Names, with spaces between them.
    pub names: &'static str,
    pub personal: Option<Personal>,
}

/// Why something personal is kept, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Personal {
    pub purpose: &'static str,
    /// How long it is kept while its owner is here.
    pub kept: &'static str,
    pub erased: Erased,
}

/// What becomes of it when its owner leaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erased {
    /// The row goes.
    Deleted,
    /// The row stays without it.
    Blanked,
    /// The key that opens it is forgotten.
    Shredded,
    /// It stays, without a name, because of this law.
    Kept(&'static str),
    /// It stays, with whatever somebody wrote into it, because of this law.
    AsItIs(&'static str),
    /// It ends by itself, soon enough.
    Ends(&'static str),
}

/// How carefully a column is kept. The page says what each level demands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Encrypted with a key of its owner.
    Sealed,
    /// What opens something: kept as a hash only.
    Secret,
    Personal,
    /// Nothing personal.
    Plain,
}

/// Columns that say nothing of a person.
const fn plain(names: &'static str) -> Column {
    Column { names, personal: None }
}

const fn personal(names: &'static str, purpose: &'static str, kept: &'static str, erased: Erased) -> Column {
    Column { names, personal: Some(Personal { purpose, kept, erased }) }
}

impl Column {
    /// Each name.
    pub fn each(&self) -> impl Iterator<Item = &'static str> {
        self.names.split(' ')
    }

    /// The level of one of the names.
    pub fn level(&self, name: &str) -> Level {
        if name.ends_with("_hash") || name.ends_with("_mac") {
            return Level::Secret;
        }
        let Some(it) = self.personal else { return Level::Plain };
        // Somebody's key is itself encrypted, with the one in `secrets/`.
        let is_sealed = it.erased == Erased::Shredded || name == "wrapped";
        if is_sealed { Level::Sealed } else { Level::Personal }
    }
}

impl Table {
    pub fn is_personal(&self) -> bool {
        self.columns.iter().any(|c| c.personal.is_some())
    }
}

/// Every table.
pub fn tables() -> impl Iterator<Item = &'static Table> {
    people::TABLES
        .iter()
        .chain(trade::TABLES)
        .chain(treasury::TABLES)
        .chain(cases::TABLES)
        .chain(chargebacks::TABLES)
        .chain(documents::TABLES)
        .chain(machines::TABLES)
}

/// `docs/personal-data.md`: the register for people.
pub fn page() -> String {
    let mut page = String::from(HEAD);
    for table in tables().filter(|t| t.is_personal()) {
        let copy = match table.copy {
            InCopy::In(file) => format!("In a copy: `{file}`."),
            InCopy::Not(why) => format!("Not in a copy: {why}."),
            InCopy::Nothing => String::new(),
        };
        let _ = write!(page, "\n### {}\n\n{copy}\n\n", table.name);
        page.push_str("| column | purpose | kept | when its owner leaves |\n| --- | --- | --- | --- |\n");
        for column in table.columns {
            let Some(it) = column.personal else { continue };
            let names: Vec<String> = column.each().map(|n| format!("`{n}`")).collect();
            let end = match it.erased {
                Erased::Deleted => "deleted".to_owned(),
                Erased::Blanked => "emptied".to_owned(),
                Erased::Shredded => "unreadable: its key is forgotten".to_owned(),
                Erased::Kept(law) => format!("stays without a name: {law}"),
                Erased::AsItIs(law) => format!("stays as it is: {law}"),
                Erased::Ends(when) => format!("ends by itself: {when}"),
            };
            let _ = writeln!(page, "| {} | {} | {} | {end} |", names.join(" "), it.purpose, it.kept);
        }
    }
    page.push_str("\n## Nothing personal\n\n");
    let none: Vec<String> = tables().filter(|t| !t.is_personal()).map(|t| format!("`{}`", t.name)).collect();
    let _ = writeln!(page, "{}", none.join(", "));
    page
}

const HEAD: &str = "# Personal data

What is known of people, what for, how long, and what becomes of it: material for an operator's record of processing
(GDPR, article 30). It is made from the register that is compiled into the program
(`crates/market/src/privacy/register`). A test compares the register with the database, so it is complete: a column
without a purpose, a time and an end fails the build.

Members get a copy of what is theirs, and delete their account, under Account → Your data. A deleted account can be
taken back for `market.deletion_days`; then a job erases it. What stays is a row without a name, which orders and
books refer to. Backups are the operator's: keep them no longer than you must.

The times of tax and commercial law are those of Germany (§ 147 AO, § 257 HGB); check your own. Where a table is
pruned, a job does it every day.

## Levels

Every column has one of four levels, and each level demands something. Tests see to it.

| level | which | at rest | in the log | in a copy | kept |
| --- | --- | --- | --- | --- | --- |
| sealed | what becomes unreadable, and `vault.subject_keys` | \
AES-256-GCM; its owner's key, wrapped by one outside the database | never | never | as its table says |
| secret | names that end in `_hash` or `_mac` | a hash or an HMAC; what it was made of is not kept | never | never | as its table says |
| personal | all others below | as it is | never | its owner's, unless it is said why not | as its table says |
| plain | every other column | as it is | where it helps | – | – |

A link or a code in a mail stands in `mails` as it is until the mail was sent, in an account's own mails only.

## Tables
";

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// `TRADEPLUS_WRITE_DOCS=1 cargo test -p market register` writes the page.
    #[test]
    fn the_page_is_what_the_register_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/personal-data.md");
        if std::env::var_os("TRADEPLUS_WRITE_DOCS").is_some() {
            std::fs::write(path, page()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), page(), "see the comment of this test");
    }

    #[test]
    fn each_table_and_column_is_there_once_and_says_everything() {
        let mut seen = BTreeSet::new();
        for table in tables() {
            assert!(seen.insert(table.name.to_owned()), "{} is there twice", table.name);
            assert_eq!(table.is_personal(), table.copy != InCopy::Nothing, "{}: its copy", table.name);
            for column in table.columns {
                for name in column.each() {
                    assert!(
                        seen.insert(format!("{}.{name}", table.name)),
                        "{}.{name} is there twice",
                        table.name
                    );
                }
                let Some(it) = column.personal else { continue };
                let end = match it.erased {
                    Erased::Kept(text) | Erased::AsItIs(text) | Erased::Ends(text) => text,
                    Erased::Deleted | Erased::Blanked | Erased::Shredded => "said",
                };
                let all = [it.purpose, it.kept, end];
                assert!(all.iter().all(|t| !t.is_empty()), "{}.{}", table.name, column.names);
            }
        }
    }
}
