//! The sandbox's own clockwork: what takes time there, and its webhooks.

use super::super::Providers;
use platform::jobs::JobError;
use simulator::books::BooksError;
use simulator::{due, hooks};

/// Does what is due there. Answers whether there was anything.
pub async fn due(providers: &Providers) -> Result<bool, JobError> {
    let Some(sandbox) = providers.sandbox() else { return Ok(false) };
    Ok(due::run(sandbox.world()).await.map_err(again)? > 0)
}

/// Delivers the events that wait. It may deliver one twice: if the program stops after it, it is sent again, as a real
/// provider would. Answers whether there was anything.
pub async fn deliver(providers: &Providers) -> Result<bool, JobError> {
    let Some(sandbox) = providers.sandbox() else { return Ok(false) };
    Ok(hooks::deliver(sandbox.world()).await.map_err(again)? > 0)
}

fn again(error: BooksError) -> JobError {
    JobError::Again(error.into())
}
