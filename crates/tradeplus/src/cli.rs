//! What can be typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// An open marketplace: people buy, sell and trade; the money is held until both sides have what they agreed on.
#[derive(Parser, Debug)]
#[command(name = "tradeplus", version, propagate_version = true)]
pub struct Cli {
    /// Settings file (TOML). Every key can also be given as TRADEPLUS_SECTION__KEY.
    #[arg(long, global = true, value_name = "FILE", env = "TRADEPLUS_CONFIG")]
    pub config: Option<PathBuf>,
    /// Data directory: database, pictures, search index, secrets.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serves the marketplace, and does its jobs.
    Serve {
        /// Where to listen [default: server.listen, 127.0.0.1:8080]
        #[arg(long, value_name = "ADDR")]
        listen: Option<SocketAddr>,
        /// Leave the jobs to `tradeplus worker`.
        #[arg(long)]
        no_worker: bool,
    },
    /// Does the jobs, without serving.
    Worker,
    /// Brings the database to this version.
    Migrate {
        /// Change nothing; exit 1 if something is pending.
        #[arg(long)]
        check: bool,
    },
    /// Makes the demo marketplace: members, listings with pictures, orders and payouts in many states.
    Demo {
        /// Folder of the drawings the pictures are made of: CODEPOINT.webp
        #[arg(long, value_name = "DIR", default_value = "vendor/drawings")]
        drawings: PathBuf,
        /// Do nothing, and exit 0, if the demo is there already.
        #[arg(long)]
        once: bool,
    },
    /// Members.
    #[command(subcommand)]
    Member(Member),
    /// Reads a catalogue.
    #[command(subcommand)]
    Import(Import),
    /// Writes a catalogue.
    #[command(subcommand)]
    Export(Export),
    /// The search index.
    #[command(subcommand)]
    Search(Search),
    /// Rings of people who trade with each other.
    #[command(subcommand)]
    Rings(Rings),
    /// The books.
    #[command(subcommand)]
    Ledger(Ledger),
    /// Rates between currencies.
    #[command(subcommand)]
    Rates(Rates),
    /// Receipts and invoices.
    #[command(subcommand)]
    Documents(Documents),
    /// What tax offices are told once a year.
    #[command(subcommand)]
    Reports(Reports),
    /// Compares the books with what the payment providers say; exit 0 only if everything agrees.
    Reconcile {
        /// Only with this one [default: all that are set up]
        #[arg(long, value_name = "NAME")]
        provider: Option<String>,
        /// Print the reports as JSON.
        #[arg(long)]
        json: bool,
    },
    /// The log of who did what.
    #[command(subcommand)]
    Audit(Audit),
    /// The keys that people's secrets are sealed under.
    #[command(subcommand)]
    Vault(Vault),
    /// The settings.
    #[command(subcommand)]
    Config(Config),
    /// Checks this machine and this installation, and says what to mend.
    Doctor,
    /// Prints the description of the API (OpenAPI, JSON).
    Openapi,
    /// Runs a payment provider that moves no money, with books in memory: for development and tests.
    Simulator(Simulator),
}

#[derive(Args, Debug)]
pub struct Simulator {
    /// Where to listen.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8420")]
    pub listen: SocketAddr,
    /// Listen where other machines reach it, too. It believes everybody.
    #[arg(long)]
    pub anywhere: bool,
    /// Who hears of events: stripe,SECRET,URL or connect,SECRET,URL or paystack,SECRET,URL; may be repeated.
    #[arg(long, value_name = "WHO,SECRET,URL")]
    pub hook: Vec<String>,
    /// The only secret key that it takes [default: any that begins with sk_test_]
    #[arg(long, value_name = "KEY")]
    pub key: Option<String>,
}

#[derive(Subcommand, Debug)]
pub enum Member {
    /// Opens an account that is verified at once.
    Create {
        #[arg(long)]
        email: String,
        /// At least 10 characters.
        #[arg(long)]
        password: String,
        /// The name others see [default: what stands before the @]
        #[arg(long)]
        name: Option<String>,
        /// moderator, support, finance or operator; may be repeated.
        #[arg(long)]
        role: Vec<String>,
    },
}

#[derive(Subcommand, Debug)]
pub enum Import {
    /// Makes or updates listings from NDJSON or CSV; running it again updates instead of duplicating.
    Listings(ImportListings),
}

#[derive(Args, Debug)]
pub struct ImportListings {
    /// The catalogue; - is standard input.
    pub file: PathBuf,
    /// Whose listings they become, by e-mail address [default: an account named “Shop”, made if missing]
    #[arg(long, value_name = "EMAIL")]
    pub seller: Option<String>,
    /// Live at once instead of drafts.
    #[arg(long)]
    pub publish: bool,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand, Debug)]
pub enum Export {
    /// Writes listings as NDJSON, as `import listings` reads them.
    Listings {
        /// Only this member's, by e-mail address.
        #[arg(long, value_name = "EMAIL")]
        seller: Option<String>,
    },
}

#[derive(Subcommand, Debug)]
pub enum Search {
    /// Answers many queries: lines `id<TAB>text` in, lines `id<TAB>rank<TAB>external_id<TAB>score` out.
    Query {
        /// The queries; - is standard input.
        #[arg(long, value_name = "FILE")]
        queries: PathBuf,
        /// Results of each query.
        #[arg(long, default_value_t = 10)]
        limit: usize,
    },
    /// Builds the index anew from the database.
    Rebuild,
}

#[derive(Subcommand, Debug)]
pub enum Rings {
    /// Finds the rings that trade the most items of a want list, as TradeMaximizer reads it; needs no marketplace.
    Solve {
        /// The list, or - for standard input. A line for each item: ITEM WANT WANT …, best first.
        file: PathBuf,
        /// Items in a ring at most.
        #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u8).range(lengths()))]
        max_length: u8,
        /// Print {"items_traded": n, "rings": [["item", …], …], …}; the owner of each item gets the next one, of the last the first.
        #[arg(long)]
        json: bool,
    },
}

/// How long rings may be.
fn lengths() -> std::ops::RangeInclusive<i64> {
    i64::from(*rings::LENGTHS.start())..=i64::from(*rings::LENGTHS.end())
}

#[derive(Subcommand, Debug)]
pub enum Ledger {
    /// Checks every invariant of the books; exit 0 only if all hold. Also tells what is late, and the cover.
    Verify {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Shows what was booked about an order, a member or an account, and what stands there.
    Show {
        what: Books,
        /// An order's number, a member's handle, or an account's code.
        name: String,
        /// Entries at most, the newest. An order is shown whole.
        #[arg(long, default_value_t = 50)]
        limit: u32,
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What to look at in the books.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum Books {
    Order,
    Member,
    Account,
}

#[derive(Subcommand, Debug)]
pub enum Documents {
    /// Checks that numbers have no gaps and that nothing was changed, and makes every file again to compare it; exit 0 only
    /// if all is as it was.
    Check {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand, Debug)]
pub enum Rates {
    /// Keeps the rates of a day, as the European Central Bank publishes them (XML).
    Import {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
pub enum Reports {
    /// Makes what is to be told of a year that is over: of new sellers, and what is other than was told before.
    Make {
        #[arg(long)]
        year: i32,
        /// dac7 or 1099k
        #[arg(long)]
        kind: String,
        /// The folder that the files are written into.
        #[arg(long, value_name = "DIR", default_value = ".")]
        to: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
pub enum Audit {
    /// Checks that no line was changed, removed or inserted behind the program's back; exit 0 only if none was.
    Verify {
        /// Print the report as JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand, Debug)]
pub enum Vault {
    /// Tells which keys there are and what each is needed for; exit 1 if one is missing.
    Status {
        /// Print it as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Replaces the vault's key while the marketplace runs; run again, it goes on where it was stopped.
    Rotate {
        /// Only make the next key, to bring it to other machines first.
        #[arg(long)]
        prepare: bool,
    },
}

#[derive(Subcommand, Debug)]
pub enum Config {
    /// Explains every mistake in the settings.
    Check,
}
