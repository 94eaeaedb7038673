//! What happens later: copies that are made and end, accounts that are erased when their time has come.

use super::model::{Ready, Tools};
use super::{copy, erasing, files, letters, store};
use crate::accounts::model::Member;
use crate::accounts::rules as accounts;
use kernel::{CopyId, MailId, MemberId, Refusal};
use platform::crypto::Token;
use platform::jobs::{self, Job, Outcome};
use platform::{Db, archive, mail};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Makes a copy of everything.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct MakeCopy {
    pub member: MemberId,
    pub copy: CopyId,
}

impl Job for MakeCopy {
    const KIND: &'static str = "privacy.make_copy";
}

pub async fn make_copy(tools: Tools<'_>, job: MakeCopy) -> Outcome {
    let mut reader = tools.db.read().await?;
    let wanted = store::copy(&mut reader, job.member).await?;
    let member = accounts::find(&mut reader, job.member).await?;
    drop(reader);
    let is_gone = wanted.is_none() || member.is_none();
    let waits = wanted.is_some_and(|copy| copy.id == job.copy && copy.ready.is_none());
    let Some(member) = member.filter(|_| waits) else {
        if is_gone {
            // An earlier try may have put the archive there and no further.
            tools.objects.delete_prefix(&copy::folder(job.member)).await.map_err(Refusal::from)?;
        }
        return Ok(());
    };
    let key = format!("{}/{}.zip", copy::folder(member.id), Token::new(tools.db.dice()).reveal());
    let path = tools.data_dir.join("tmp").join(format!("{}.zip", job.copy));
    let kept = keep(&tools, &member, &path, &key).await;
    archive::remove(&path).await.map_err(Refusal::from)?;
    let mut tx = tools.db.begin().await?;
    let ends_at = tx.now() + copy::KEPT;
    let ready = Ready { key, bytes: i64::try_from(kept?).unwrap_or(i64::MAX), ends_at };
    if !store::copy_ready(&mut tx, member.id, job.copy, &ready).await? {
        tx.rollback().await?;
        tools.objects.delete(&ready.key).await.map_err(Refusal::from)?;
        return Ok(());
    }
    mail::queue(&mut tx, letters::copy_ready(&member, ends_at, tools.base_url)).await?;
    let end = EndCopy { member: member.id, key: ready.key };
    jobs::schedule(&mut tx, &format!("privacy:copy:{}", member.id), &end, ends_at).await?;
    Ok(tx.commit().await?)
}

/// Makes the archive and puts it where earlier ones were. Answers its size in bytes.
async fn keep(tools: &Tools<'_>, member: &Member, path: &Path, key: &str) -> Result<u64, Refusal> {
    let size = files::compose(tools, member, path).await?;
    tools.objects.delete_prefix(&copy::folder(member.id)).await?;
    tools.objects.put_file(key, path, "application/zip").await?;
    Ok(size)
}

/// Deletes a copy whose week is over.
#[derive(Clone, Serialize, Deserialize, Debug)]
pub struct EndCopy {
    pub member: MemberId,
    /// Where the archive is in the object store.
    pub key: String,
}

impl Job for EndCopy {
    const KIND: &'static str = "privacy.end_copy";
}

pub async fn end_copy(tools: Tools<'_>, job: EndCopy) -> Outcome {
    // Also when another one was asked for meanwhile, which may never have been made.
    tools.objects.delete(&job.key).await.map_err(Refusal::from)?;
    let mut tx = tools.db.begin().await?;
    store::end_copy(&mut tx, job.member, &job.key).await?;
    Ok(tx.commit().await?)
}

/// Reminds who is leaving, and erases them when the time has come.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct Leave {
    pub member: MemberId,
}

impl Job for Leave {
    const KIND: &'static str = "privacy.leave";
    /// Weeks: nobody may stay half erased because a disk was full.
    const TRIES_MAX: i32 = 1000;
}

/// One job for each who is leaving.
pub(super) fn key(member: MemberId) -> String {
    format!("privacy:leave:{member}")
}

pub async fn leave(tools: Tools<'_>, job: Leave) -> Outcome {
    let mut tx = tools.db.begin().await?;
    let deletion = store::lock_deletion(&mut tx, job.member).await?;
    let Some(deletion) = deletion.filter(|d| !d.is_erased) else { return Ok(()) };
    if tx.now() >= deletion.due_at {
        tx.rollback().await?;
        return Ok(erasing::run(&tools, job.member).await?);
    }
    if let Some(member) = accounts::find(&mut tx, job.member).await?.filter(|_| !deletion.is_reminded) {
        mail::queue(&mut tx, letters::leaving_soon(&member, deletion.due_at, tools.base_url)).await?;
        store::set_reminded(&mut tx, job.member).await?;
    }
    jobs::schedule(&mut tx, &key(job.member), &job, deletion.due_at).await?;
    Ok(tx.commit().await?)
}

/// Forgets the last letter to somebody who has left.
#[derive(Clone, Copy, Serialize, Deserialize, Debug)]
pub struct ForgetLetter {
    pub mail: MailId,
}

impl Job for ForgetLetter {
    const KIND: &'static str = "privacy.forget_letter";
}

pub async fn forget_letter(db: &Db, job: ForgetLetter) -> Outcome {
    let mut tx = db.begin().await?;
    mail::forget(&mut tx, job.mail).await?;
    // A job that could not send it has the address in its error.
    jobs::forget_naming(&mut tx, &[job.mail.to_string()]).await?;
    Ok(tx.commit().await?)
}
