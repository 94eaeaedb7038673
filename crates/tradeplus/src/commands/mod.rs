//! The commands, one file each.

mod audit;
mod catalogue;
mod demo;
mod doctor;
mod documents;
mod ledger;
mod member;
mod migrate;
mod rates;
mod reports;
mod reconcile;
mod rings;
mod search;
mod serve;
mod simulator;
mod vault;

use crate::cli::{
    Audit, Cli, Command, Config, Documents, Export, Import, Ledger, Member, Rates, Reports, Rings, Search,
    Vault,
};
use std::process::ExitCode;
use tradeplus::start::{self, Base};

/// Does what was typed.
pub async fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Command::Openapi = cli.command {
        println!("{}", serde_json::to_string_pretty(&api::openapi())?);
        return Ok(ExitCode::SUCCESS);
    }
    // It knows nothing of a marketplace and needs no settings.
    if let Command::Simulator(args) = &cli.command {
        simulator::run(args).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Command::Rings(Rings::Solve { file, max_length, json }) = &cli.command {
        return rings::solve(file, *max_length, *json);
    }
    let config = start::config(cli.config.as_deref(), cli.data)?;
    match cli.command {
        Command::Serve { listen, no_worker } => {
            serve::serve(config, listen, no_worker).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Worker => {
            serve::work(config).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Config(Config::Check) => {
            println!("The settings are fine.");
            config.notes().iter().for_each(|note| println!("note: {note}"));
            Ok(ExitCode::SUCCESS)
        }
        Command::Migrate { check: true } => migrate::check(&config).await,
        Command::Openapi | Command::Simulator(_) | Command::Rings(_) => Ok(ExitCode::SUCCESS),
        command => {
            let base = Base::open(config).await?;
            let done = on(&base, command).await;
            base.close().await?;
            done
        }
    }
}

/// The commands that need the database and end.
async fn on(base: &Base, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Migrate { .. } => migrate::run(base).await,
        Command::Demo { drawings, once } => demo::run(base, &drawings, once).await,
        Command::Member(Member::Create { email, password, name, role }) => {
            member::create(base, &email, &password, name.as_deref(), &role).await
        }
        Command::Import(Import::Listings(args)) => catalogue::import(base, &args).await,
        Command::Export(Export::Listings { seller }) => catalogue::export(base, seller.as_deref()).await,
        Command::Search(Search::Query { queries, limit }) => search::query(base, &queries, limit).await,
        Command::Search(Search::Rebuild) => search::rebuild(base).await,
        Command::Ledger(Ledger::Verify { json }) => ledger::verify(base, json).await,
        Command::Ledger(Ledger::Show { what, name, limit, json }) => {
            ledger::show(base, what, &name, limit, json).await
        }
        Command::Rates(Rates::Import { file }) => rates::import(base, &file).await,
        Command::Documents(Documents::Check { json }) => documents::check(base, json).await,
        Command::Reports(Reports::Make { year, kind, to }) => reports::make(base, &kind, year, &to).await,
        Command::Reconcile { provider, json } => reconcile::run(base, provider.as_deref(), json).await,
        Command::Audit(Audit::Verify { json }) => audit::verify(base, json).await,
        Command::Vault(Vault::Status { json }) => vault::status(base, json).await,
        Command::Vault(Vault::Rotate { prepare }) => vault::rotate(base, prepare).await,
        Command::Doctor => doctor::run(base).await,
        Command::Serve { .. }
        | Command::Worker
        | Command::Config(_)
        | Command::Openapi
        | Command::Rings(_)
        | Command::Simulator(_) => Ok(ExitCode::SUCCESS),
    }
}
