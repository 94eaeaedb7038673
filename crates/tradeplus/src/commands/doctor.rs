//! `tradeplus doctor`: looks at everything that can be looked at, and says what to mend.

use market::rates;
use platform::atlas::{Atlas, AtlasError};
use platform::config::{Passwords, Places};
use platform::crypto::{HashError, tuning};
use platform::jobs;
use std::process::ExitCode;
use std::time::Duration;
use tradeplus::routes;
use tradeplus::start::Base;

/// Times in logs and in the database are compared by people and by the program.
const CLOCKS_APART_MAX: Duration = Duration::from_secs(1);
/// A sign-in that takes longer is felt.
const HASH_MAX: Duration = Duration::from_secs(1);

pub async fn run(base: &Base) -> anyhow::Result<ExitCode> {
    let mut healthy = true;
    let mut say = |fine: bool, what: &str, mend: &str| {
        healthy &= fine;
        println!(
            "{}  {what}{}",
            if fine { "ok  " } else { "MEND" },
            if fine { String::new() } else { format!(": {mend}") }
        );
    };
    let mut reader = base.db.read().await?;
    say(platform::db::ping(&mut reader).await.is_ok(), "the database answers", "see its log");
    let version = platform::db::server_version(&mut reader).await?;
    say((15..=18).contains(&version), &format!("PostgreSQL {version}"), "use version 15 to 18");
    // With a moment of its own: that of a reader stands still.
    let apart = platform::db::clocks_apart(&mut base.db.read().await?).await?;
    say(
        apart <= CLOCKS_APART_MAX,
        &format!(
            "the clocks of this machine and of the database are {} ms apart",
            apart.whole_milliseconds()
        ),
        "let both follow a time server (NTP)",
    );
    let dead = jobs::bury_count(&mut reader).await?;
    say(dead == 0, &format!("{dead} jobs were given up"), "look at /admin/jobs");
    let report = ledger::verify(&mut reader).await?;
    say(report.ok(), "the books are in balance", "run `tradeplus ledger verify`");
    let dumped = report.check(ledger::verify::names::HORIZON).is_some_and(|check| !check.ok);
    say(!dumped, "the database was not restored from a dump", "restore a physical backup: see docs/money.md");
    let (newest, today) = (rates::newest(&mut reader).await?, reader.now().date());
    let of = newest.map_or_else(|| "never".to_owned(), |day| day.to_string());
    match base.config.rates.enabled {
        true => say(
            newest.is_some_and(|day| !rates::is_old(day, today)),
            &format!("the newest rates between currencies are of {of}"),
            "look at the jobs rates.read, or read a file: `tradeplus rates import`",
        ),
        false => println!(
            "note  rates.enabled is off: prices in other currencies are shown by rates of {of}; read newer ones by `tradeplus rates import`"
        ),
    }
    let development = base.config.development;
    let local = base.config.server.listen.ip().is_loopback();
    say(!development || local, "the mailbox page is for this machine only", "set development = false");
    match places(base.config.places.clone()).await? {
        Ok(None) => println!("note  places of devices: countries, from the built-in list"),
        Ok(Some(kind)) => say(true, &format!("the file of places can be read ({kind})"), ""),
        Err(error) => say(false, "the file of places", &format!("{error}; get it anew")),
    }
    let passwords = &base.config.passwords;
    let (took, advice) = measured(passwords).await?;
    say(
        took <= HASH_MAX,
        &told(passwords, took),
        "lower passwords.memory_kib and passwords.passes, see below",
    );
    for note in base.config.notes() {
        println!("note  {note}");
    }
    println!("note  {advice}");
    println!("      {} routes, every one with its audience", routes::all().len());
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the operator's file of places calls itself, if there is one and all of it can be read.
async fn places(places: Places) -> anyhow::Result<Result<Option<String>, AtlasError>> {
    let looked = tokio::task::spawn_blocking(move || {
        Atlas::load(&places).and_then(|atlas| atlas.verify().map(|kind| kind.map(str::to_owned)))
    });
    Ok(looked.await?)
}

/// What a password costs here, and what it should cost.
async fn measured(passwords: &Passwords) -> anyhow::Result<(Duration, String)> {
    let (memory, passes) = (passwords.memory_kib, passwords.passes);
    let measured = tokio::task::spawn_blocking(move || {
        let took = tuning::measure(memory, passes)?;
        Ok::<_, HashError>((took, tuning::advise(tuning::machine(), tuning::measure)?))
    });
    let (took, advice) = measured.await??;
    let words = format!(
        "for {} ms on this machine while nothing else runs: passwords.memory_kib = {}, passwords.passes = {} (takes {} \
         ms; always one lane), passwords.at_once = {} ({} MiB in all)",
        tuning::TARGET.as_millis(),
        advice.memory_kib,
        advice.passes,
        advice.takes.as_millis(),
        advice.at_once,
        u64::from(advice.memory_kib) * advice.at_once as u64 / 1024,
    );
    Ok((took, words))
}

fn told(passwords: &Passwords, took: Duration) -> String {
    let Passwords { memory_kib, passes, .. } = passwords;
    format!("a password takes {} ms ({memory_kib} KiB, passes: {passes})", took.as_millis())
}
