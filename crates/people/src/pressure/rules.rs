//! Counting what presses, and who may go on under pressure.

use super::jobs::Tell;
use super::model::{Form, Gate, Judged, LIFE, NETWORK_MAX, Shown, WAIT, WINDOW, is_pressure};
use super::store;
use crate::accounts::devices;
use crate::accounts::model::Client;
use kernel::{Moment, Refusal};
use platform::crypto::token_hash;
use platform::{Reader, Tx, jobs};
use time::Duration;

/// What becomes of a form under pressure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Passage {
    Free,
    /// Without a solution it is too early by so many seconds. The same puzzle still counts.
    Wait(i64),
    /// It needs a new puzzle.
    Again,
}

/// Counts a wrong sign-in, a new account or a link that was asked for; begins the pressure when it is one too many.
pub async fn note(tx: &mut Tx, gate: &Gate, client: &Client) -> Result<(), Refusal> {
    let now = tx.now();
    store::count(tx, minute_of(now), &gate.network(&client.address)).await?;
    if gate.after() == 0 || store::is_on(tx).await? {
        return Ok(());
    }
    let tries = store::tries(tx, now - WINDOW, NETWORK_MAX).await?;
    if is_pressure(false, tries, gate.after()) {
        switch(tx, true).await?;
    }
    Ok(())
}

/// Whether forms carry a puzzle now.
pub async fn is_on(reader: &mut Reader) -> Result<bool, Refusal> {
    Ok(store::is_on(reader).await?)
}

/// Whether a form may go on under pressure. `email`: whose account it is about; a browser in which they were signed in
/// before passes. Commit whatever becomes of the form: a puzzle counts once.
pub async fn admit(
    tx: &mut Tx,
    gate: &Gate,
    form: Form,
    shown: Shown<'_>,
    email: Option<&str>,
    client: &Client,
) -> Result<Passage, Refusal> {
    if let (Some(email), Some(device)) = (email, &client.device)
        && devices::knows(tx, email, device).await?
    {
        return Ok(Passage::Free);
    }
    let now = tx.now();
    let waited = match gate.judge(form, shown, now) {
        Judged::Worthless => return Ok(Passage::Again),
        Judged::Solved => true,
        Judged::Unsolved(made) => {
            let left = (made + WAIT - now).whole_seconds();
            if left > 0 {
                return Ok(Passage::Wait(left));
            }
            // One at a time, or waiting would cost a machine nothing.
            let turn = now.unix_timestamp() / WAIT.whole_seconds();
            let word = token_hash(&format!("{} {turn}", gate.network(&client.address)));
            store::spend(tx, &word, now + LIFE).await?
        }
    };
    if !waited {
        let turn = WAIT.whole_seconds();
        return Ok(Passage::Wait(turn - now.unix_timestamp() % turn));
    }
    Ok(match store::spend(tx, &token_hash(shown.token), now + LIFE).await? {
        true => Passage::Free,
        false => Passage::Again,
    })
}

/// Ends the pressure when it is over, and forgets what does not count any more.
pub async fn look(tx: &mut Tx, gate: &Gate) -> Result<(), Refusal> {
    let since = tx.now() - WINDOW;
    if store::is_on(tx).await? {
        let tries = store::tries(tx, since, NETWORK_MAX).await?;
        if !is_pressure(true, tries, gate.after()) {
            switch(tx, false).await?;
        }
    }
    Ok(store::prune(tx, since - Duration::minutes(1)).await?)
}

async fn switch(tx: &mut Tx, on: bool) -> Result<(), Refusal> {
    if store::switch(tx, on).await? {
        match on {
            true => {
                tracing::warn!("many sign in wrongly, open accounts or ask for links: forms carry a puzzle")
            }
            false => tracing::info!("the pressure on signing in is over: forms carry no puzzle"),
        }
        metrics::gauge!("tradeplus_sign_in_pressure").set(if on { 1.0 } else { 0.0 });
        jobs::enqueue(tx, &Tell { on }).await?;
    }
    Ok(())
}

fn minute_of(now: Moment) -> Moment {
    now - Duration::seconds(i64::from(now.second())) - Duration::nanoseconds(i64::from(now.nanosecond()))
}
