//! Leaving for good: hidden while it can be taken back, then nothing but a row that names nobody.

use super::model::{GONE, Member, NO_ADDRESS};
use super::{handles, sessions, store};
use kernel::{MemberId, Moment, Refusal};
use platform::{Reader, Tx, idempotency};

/// The name that stays.
const NAME: &str = "Former member";

/// Locks the account, so that of two who ask one waits for the other. Errors: `NotFound`.
pub async fn lock(tx: &mut Tx, member: MemberId) -> Result<Member, Refusal> {
    if !store::lock(tx, member).await? {
        return Err(Refusal::NotFound);
    }
    store::find(tx, member).await?.ok_or(Refusal::NotFound)
}

/// Hides the account until it is erased, and signs every browser and program out.
pub async fn hide(tx: &mut Tx, member: MemberId, until: Moment) -> Result<(), Refusal> {
    store::set_leaving(tx, member, Some(until)).await?;
    sessions::close_all(tx, member, None).await
}

/// Shows it again.
pub async fn stay(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::set_leaving(tx, member, None).await?)
}

/// Every address of the member that is known and nobody else's now: mails to them go too.
pub async fn addresses(reader: &mut Reader, member: MemberId) -> Result<Vec<String>, Refusal> {
    Ok(store::addresses(reader, member).await?)
}

/// Deletes sessions, programs, known browsers, links, changes of address, the account's own history, and answers that
/// were kept for programs.
pub async fn forget_traces(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    store::delete_traces(tx, member).await?;
    Ok(idempotency::forget(tx, &member.to_string()).await?)
}

/// Makes the row of the member one that names nobody. Their handle is kept for a year, for nobody.
pub async fn bury(tx: &mut Tx, member: &Member) -> Result<(), Refusal> {
    handles::leave(tx, member.id, &member.handle).await?;
    let [a, b, c, d] = tx.dice().bytes::<4>();
    let email = format!("erased-{}{NO_ADDRESS}", member.id);
    let handle = format!("{GONE}{a:02x}{b:02x}{c:02x}{d:02x}");
    Ok(store::blank(tx, member.id, &email, &handle, NAME).await?)
}
