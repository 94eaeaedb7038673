//! What was put off, at its time. Each piece is done by itself, dated with the time at which it was due.

use crate::books::BooksError;
use crate::hooks;
use crate::world::World;
use crate::{paystack, stripe};

/// Pieces of one round.
const ROUND: usize = 200;

/// Does what is due; answers how many pieces that were.
///
/// # Errors
/// When the books do not answer.
pub async fn run(world: &World) -> Result<usize, BooksError> {
    for done in 0..ROUND {
        let mut work = world.work().await?;
        let now = work.now;
        let Some(due) = work.page().take_due(now).await? else { return Ok(done) };
        work.now = due.at;
        let is_known = stripe::route::due(&mut work, &due.what, &due.id).await?
            || paystack::due(&mut work, &due.what, &due.id).await?;
        if !is_known {
            tracing::warn!(what = due.what, "nobody knows how to do this");
        }
        work.commit().await?;
    }
    Ok(ROUND)
}

/// Does what is due and delivers what waits, until there is nothing left for now. Not for a program that is itself the
/// one who hears: it would wait for itself.
///
/// # Errors
/// When the books do not answer.
pub async fn catch_up(world: &World) -> Result<(), BooksError> {
    while run(world).await? + hooks::deliver(world).await? > 0 {}
    Ok(())
}
