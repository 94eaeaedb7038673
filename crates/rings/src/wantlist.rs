//! The want lists of TradeMaximizer (https://github.com/chrisokasaki/TradeMaximizer, MIT licence): a line for each item.
//!
//! `ITEM WANT WANT …`, best first; a colon may follow the item, and its owner may stand before it in parentheses. `;` between
//! wants is a big step down. Names that begin with `%` are guards ("dummies"): at most one of these; each belongs to the owner whose
//! line names it. Lines that begin with `#` are remarks, those with `#!` options. Between `!BEGIN-OFFICIAL-NAMES` and
//! `!END-OFFICIAL-NAMES` stand the names that count. Names are the same in capitals and small letters, but for the option
//! `CASE-SENSITIVE`.

use crate::market::{Item, Market};
use crate::solve::{Ring, Solution};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use thiserror::Error;

/// The largest list that is read: items with guards, and wants.
pub const ITEMS_MAX: usize = 200_000;
pub const WANTS_MAX: usize = 10_000_000;

/// What each place further down a list is wanted less, and what each big step.
const STEP: u16 = 5;
const BIG_STEP: u16 = 50;

/// What is wrong with a list.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}: {fault}")]
pub struct ReadError {
    /// From 1.
    pub line: usize,
    pub fault: Fault,
}

/// What is wrong with a line.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Fault {
    #[error("{0} has a line of its own already; give each item one line")]
    Twice(String),
    #[error("write the owner in parentheses before the item, because of REQUIRE-USERNAMES")]
    OwnerMissing,
    #[error("the parenthesis before the item is not closed")]
    OwnerOpen,
    #[error("write a colon after the item, because of REQUIRE-COLONS")]
    ColonMissing,
    #[error("an item is missing before the wants")]
    ItemMissing,
    #[error("{0} is not among the official names")]
    NotOfficial(String),
    #[error("{0} is a guard; allow them by a line `#! ALLOW-DUMMIES` at the top")]
    GuardForbidden(String),
    #[error("official names end with `!END-OFFICIAL-NAMES`, which is missing")]
    NamesOpen,
    #[error("more than {ITEMS_MAX} items, or {WANTS_MAX} wants")]
    TooLarge,
}

/// A list that was read.
#[derive(Clone, Debug, Default)]
pub struct WantList {
    pub market: Market,
    /// What each item is called, by its place in the market.
    names: Vec<String>,
    /// Wants of what nobody offers.
    pub in_vain: usize,
}

#[derive(Debug, Default)]
struct Options {
    colons: bool,
    owners: bool,
    guards: bool,
    cases: bool,
}

/// A line that offers something.
struct Offer<'t> {
    line: usize,
    owner: String,
    name: String,
    wants: &'t str,
}

impl WantList {
    /// Reads a list.
    ///
    /// # Errors
    /// The first line that is wrong, and how.
    pub fn read(text: &str) -> Result<Self, ReadError> {
        let (offers, options) = offers(text)?;
        let mut list = Self::default();
        let mut places: BTreeMap<(String, String), Item> = BTreeMap::new();
        for offer in &offers {
            let at = |fault| ReadError { line: offer.line, fault };
            let is_guard = offer.name.starts_with('%');
            let key = key(&offer.owner, &offer.name);
            if places.contains_key(&key) {
                return Err(at(Fault::Twice(offer.name.clone())));
            }
            if list.names.len() == ITEMS_MAX {
                return Err(at(Fault::TooLarge));
            }
            places.insert(key, if is_guard { list.market.guard() } else { list.market.item() });
            list.names.push(offer.name.clone());
        }
        let shorts = shorts(&offers);
        for (offer, item) in offers.iter().zip(0..) {
            let mut worth = Market::WORTH_MAX;
            for want in words(offer.wants) {
                if want == ";" {
                    worth = worth.saturating_sub(BIG_STEP).max(1);
                    continue;
                }
                let name = if options.cases { want.to_owned() } else { want.to_uppercase() };
                let found = places.get(&key(&offer.owner, &name));
                let found =
                    found.or_else(|| shorts.get(name.as_str()).and_then(|full| places.get(&key("", full))));
                match found {
                    Some(wanted) => drop(list.market.want(item, *wanted, worth)),
                    None => list.in_vain += 1,
                }
                worth = worth.saturating_sub(STEP).max(1);
            }
            if list.market.wants_len() > WANTS_MAX {
                return Err(ReadError { line: offer.line, fault: Fault::TooLarge });
            }
        }
        Ok(list)
    }

    /// What an item is called; empty when there is none.
    pub fn name(&self, item: Item) -> &str {
        self.names.get(item as usize).map_or("", String::as_str)
    }

    /// The names of a ring's items, in their order.
    pub fn names<'l>(&'l self, ring: &'l Ring) -> impl Iterator<Item = &'l str> {
        ring.items(&self.market).map(|item| self.name(item))
    }

    /// An answer for people: each ring with who gets what, then how many items, and whether there could be more.
    pub fn tell(&self, solution: &Solution, longest: u8) -> String {
        let mut text = String::new();
        for (n, ring) in solution.rings.iter().enumerate() {
            let names: Vec<&str> = self.names(ring).collect();
            let _ = writeln!(text, "Ring {} of {} items", n + 1, names.len());
            for (m, name) in names.iter().enumerate() {
                let _ = writeln!(text, "  {name} gets {}", names[(m + 1) % names.len()]);
            }
        }
        let (rings, items) = (solution.rings.len(), self.market.items_len());
        let _ = writeln!(
            text,
            "{} of {items} items traded, in {rings} rings of at most {longest}",
            solution.traded
        );
        let _ = match solution.is_best() {
            true => writeln!(text, "More cannot be traded in rings of that length."),
            false => writeln!(text, "Not everything was tried: at most {} can be.", solution.traded_max),
        };
        if self.in_vain > 0 {
            let _ = writeln!(
                text,
                "{} wants are of things that nobody offers; they were left out.",
                self.in_vain
            );
        }
        text
    }
}

/// Guards are their owner's own; things have one name for everybody.
fn key(owner: &str, name: &str) -> (String, String) {
    let owner = if name.starts_with('%') { owner } else { "" };
    (owner.to_owned(), name.to_owned())
}

/// What stands before the dash of a name, where only one name has it: the rest is for readers.
fn shorts<'o>(offers: &'o [Offer<'_>]) -> BTreeMap<&'o str, &'o str> {
    let mut shorts: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for offer in offers.iter().filter(|offer| !offer.name.starts_with('%')) {
        if let Some((short, _)) = offer.name.split_once('-') {
            shorts.entry(short).and_modify(|name| *name = None).or_insert(Some(&offer.name));
        }
    }
    shorts.into_iter().filter_map(|(short, name)| Some((short, name?))).collect()
}

/// Wants, and the big steps between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .flat_map(|word| word.split_inclusive(';'))
        .flat_map(|word| match word.strip_suffix(';') {
            Some(name) => [name, ";"],
            None => [word, ""],
        })
        .filter(|word| !word.is_empty())
}

fn offers(text: &str) -> Result<(Vec<Offer<'_>>, Options), ReadError> {
    let (mut options, mut offers) = (Options::default(), Vec::new());
    let mut official: Option<BTreeSet<String>> = None;
    let mut names_from = None;
    for (n, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (number, line) = (n + 1, line.trim());
        let at = |fault| ReadError { line: number, fault };
        let case = |text: &str| if options.cases { text.to_owned() } else { text.to_uppercase() };
        if line.eq_ignore_ascii_case("!BEGIN-OFFICIAL-NAMES") {
            names_from = Some(number);
            official.get_or_insert_default();
        } else if line.eq_ignore_ascii_case("!END-OFFICIAL-NAMES") {
            names_from = None;
        } else if let Some(said) = line.strip_prefix("#!") {
            read_options(said, &mut options);
        } else if line.is_empty() || line.starts_with('#') {
        } else if names_from.is_some() {
            let name = line.split([' ', '\t', ':']).next().unwrap_or_default();
            official.get_or_insert_default().insert(case(name));
        } else {
            let offer = offer(number, line, &options).map_err(at)?;
            if let Some(names) = official.as_ref().filter(|_| !offer.name.starts_with('%'))
                && !names.contains(&offer.name)
            {
                return Err(at(Fault::NotOfficial(offer.name)));
            }
            offers.push(offer);
        }
    }
    match names_from {
        Some(line) => Err(ReadError { line, fault: Fault::NamesOpen }),
        None => Ok((offers, options)),
    }
}

/// Options of a run are not the list's: what else is asked for is not known here.
fn read_options(said: &str, options: &mut Options) {
    for word in said.split_whitespace() {
        match word.to_uppercase().as_str() {
            "REQUIRE-COLONS" => options.colons = true,
            "REQUIRE-USERNAMES" => options.owners = true,
            "ALLOW-DUMMIES" => options.guards = true,
            "CASE-SENSITIVE" => options.cases = true,
            _ => {}
        }
    }
}

fn offer<'t>(line: usize, text: &'t str, options: &Options) -> Result<Offer<'t>, Fault> {
    let case = |text: &str| if options.cases { text.to_owned() } else { text.to_uppercase() };
    let (owner, rest) = match text.strip_prefix('(') {
        Some(rest) => {
            let (owner, rest) = rest.split_once(')').ok_or(Fault::OwnerOpen)?;
            (case(owner.trim()), rest.trim_start())
        }
        None if options.owners => return Err(Fault::OwnerMissing),
        None => (String::new(), text),
    };
    let end = rest.find([' ', '\t', ':']).unwrap_or(rest.len());
    let (name, wants) = rest.split_at(end);
    let wants = wants.trim_start();
    if name.is_empty() {
        return Err(Fault::ItemMissing);
    }
    let wants = match wants.strip_prefix(':') {
        Some(wants) => wants,
        None if options.colons => return Err(Fault::ColonMissing),
        None => wants,
    };
    if name.starts_with('%') && !options.guards {
        return Err(Fault::GuardForbidden(name.to_owned()));
    }
    Ok(Offer { line, owner, name: case(name), wants })
}
