//! What documents do later: their files are made, and their readers are told once a week.

use super::events::Issued;
use super::model::File;
use super::press::Press;
use super::{letters, rules, store, wishes};
use crate::tickets::{self, Kind as Matter, NewTicket, Subject};
use kernel::{DocumentId, MemberId, Refusal};
use people::accounts::rules as accounts;
use platform::events::{self, Event};
use platform::jobs::{Job, JobError, Outcome};
use platform::objects::Objects;
use platform::{Db, mail};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;
use time::Duration;

/// Files in one go.
const AT_ONCE: i64 = 50;
/// The name of the bookmark of letters in the stream of events, and how many are read at once.
const READER: &str = "documents";
const EVENTS_AT_ONCE: i64 = 1_000;
/// How long there is for looking at a letter that no font has.
const DUE: Duration = Duration::days(3);

/// Makes the files that are missing.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Render {}

impl Job for Render {
    const KIND: &'static str = "documents.render";
}

/// Tells readers of what was issued since they were told last.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Tell {}

impl Job for Tell {
    const KIND: &'static str = "documents.tell";
}

/// Some of the files that are missing, oldest first. Made twice, they are the same bytes under the same name.
pub async fn render(db: &Db, objects: &Objects, press: &Press, _: Render) -> Outcome {
    let missing = store::without_file(&mut db.read().await?, AT_ONCE).await?;
    for id in missing {
        file(db, objects, press, id).await?;
    }
    Ok(())
}

async fn file(db: &Db, objects: &Objects, press: &Press, id: DocumentId) -> Result<(), Refusal> {
    let document = rules::find(&mut db.read().await?, id).await?;
    let made = press.print(&document.body, document.head.tongue).await?;
    let file = File { key: format!("documents/{id}.pdf"), hash: made.sha256.to_vec() };
    let length = i64::try_from(made.bytes.len()).unwrap_or(i64::MAX);
    objects.put(&file.key, made.bytes.into(), "application/pdf").await?;
    let mut tx = db.begin().await?;
    store::set_file(&mut tx, id, &file, length).await?;
    if !made.missing.is_empty() {
        let letters: Vec<String> = made.missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let key = format!("document_font:{id}");
        let ticket = NewTicket {
            kind: Matter::Other,
            key: &key,
            subject: Subject::Nothing,
            amount: None,
            detail: json!({ "document": document.head.label, "no_font_has": letters }),
            due: DUE,
        };
        tickets::open(&mut tx, &ticket).await?;
    }
    Ok(tx.commit().await?)
}

/// One letter for each reader who wants any. The bookmark moves with it, so that each document is told of once.
pub async fn tell(db: &Db, base_url: &str, _: Tell) -> Outcome {
    let mut tx = db.begin().await?;
    let Some(mut mark) = events::lock_bookmark(&mut tx, READER).await? else { return Ok(()) };
    let mut ready: BTreeMap<MemberId, i64> = BTreeMap::new();
    loop {
        let happened = events::after(&mut tx, &mark, EVENTS_AT_ONCE).await?;
        let Some(last) = happened.last() else { break };
        mark = last.mark().clone();
        for event in happened.iter().filter(|event| event.kind == Issued::KIND) {
            let issued: Issued = serde_json::from_value(event.payload.clone())
                .map_err(|error| JobError::Never(error.to_string()))?;
            *ready.entry(issued.for_member).or_insert(0) += 1;
        }
    }
    for (reader, count) in ready {
        if !wishes::wants_letters(&mut tx, reader).await? {
            continue;
        }
        let member = accounts::find(&mut tx, reader).await?;
        if let Some(member) = member.filter(|member| !member.is_gone()) {
            mail::queue(&mut tx, letters::ready(&member, count, base_url)).await?;
        }
    }
    events::move_bookmark(&mut tx, READER, &mark).await?;
    Ok(tx.commit().await?)
}
