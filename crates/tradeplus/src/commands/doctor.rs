//! `tradeplus doctor`: looks at everything that can be looked at, and says what to mend.

use platform::jobs;
use std::process::ExitCode;
use tradeplus::routes;
use tradeplus::start::Base;

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
    let dead = jobs::bury_count(&mut reader).await?;
    say(dead == 0, &format!("{dead} jobs were given up"), "look at /admin/jobs");
    let report = ledger::verify(&mut reader).await?;
    say(report.ok(), "the books are in balance", "run `tradeplus ledger verify`");
    let development = base.config.development;
    let local = base.config.server.listen.ip().is_loopback();
    say(!development || local, "the mailbox page is for this machine only", "set development = false");
    for note in base.config.notes() {
        println!("note  {note}");
    }
    println!("      {} routes, every one with its audience", routes::all().len());
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
