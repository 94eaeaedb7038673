//! Files that are sent as evidence. Of a file its name and size are kept.

use super::route::Call;
use crate::books::Kept;
use crate::problem::Problem;
use crate::world::Work;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Bytes of a file of evidence.
const SIZE_MAX: i64 = 5_000_000;

/// A file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct File {
    pub id: String,
    pub filename: String,
    pub purpose: String,
    pub size: i64,
    pub created: i64,
}

impl Kept for File {
    const KIND: &'static str = "file";

    fn id(&self) -> &str {
        &self.id
    }
}

impl File {
    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        let kind = self.filename.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        json!({
            "id": self.id,
            "object": "file",
            "created": self.created,
            "expires_at": null,
            "filename": self.filename,
            "links": null,
            "purpose": self.purpose,
            "size": self.size,
            "title": null,
            "type": kind,
            "url": null,
        })
    }
}

/// `POST /v1/files`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["expand", "file", "purpose"])?;
    let filename = p.needed("file")?.to_owned();
    let purpose = p.needed("purpose")?;
    if purpose != "dispute_evidence" {
        return Err(Problem::wrong("purpose", "The simulator takes files for dispute_evidence only."));
    }
    let size = p.whole("file[size]")?.unwrap_or(0);
    if size > SIZE_MAX {
        return Err(Problem::wrong("file", "This file is too large."));
    }
    let file =
        File { id: work.name("file"), filename, purpose: purpose.to_owned(), size, created: work.stamp() };
    work.save(&file).await?;
    Ok(file.shown())
}

/// `GET /v1/files/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    let known: Option<File> = work.load(id).await?;
    Ok(known.ok_or_else(|| Problem::none("file", id, "id"))?.shown())
}
