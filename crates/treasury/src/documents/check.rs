//! Looking whether documents are what they were: numbers without gaps, what they say, and their files.

use super::body::{self, Body, LAYOUT};
use super::press::Press;
use super::store::checks::{self as store, Kept};
use super::words::Tongue;
use kernel::Refusal;
use platform::Db;
use platform::objects::Objects;
use serde::Serialize;
use std::fmt;

/// Documents that are read at once.
const AT_ONCE: i64 = 200;

/// What was looked at, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub documents: u64,
    /// Files that were made again and compared.
    pub compared: u64,
    /// Made by a version that laid sheets out in another way: only what is kept was looked at.
    pub of_other_layouts: u64,
    /// Their files come with the next run of the job.
    pub without_file: u64,
    pub faults: Vec<String>,
}

impl Report {
    pub fn ok(&self) -> bool {
        self.faults.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} documents, {} files made again and compared", self.documents, self.compared)?;
        if self.of_other_layouts > 0 {
            writeln!(
                f,
                "{} were laid out by another version: their files are as they were",
                self.of_other_layouts
            )?;
        }
        if self.without_file > 0 {
            writeln!(f, "{} have no file yet", self.without_file)?;
        }
        match self.faults.as_slice() {
            [] => write!(f, "ok: numbers without gaps, nothing was changed"),
            faults => write!(f, "WRONG:\n  {}", faults.join("\n  ")),
        }
    }
}

/// Looks at every document. Each file is made again, so it takes some milliseconds of a core for each.
pub async fn check(db: &Db, objects: &Objects, press: &Press) -> Result<Report, Refusal> {
    let mut report = Report::default();
    for gap in store::gaps(&mut db.read().await?).await? {
        let whose = if gap.issuer.is_nil() { "the marketplace".to_owned() } else { gap.issuer.to_string() };
        report.faults.push(format!(
            "{} of {} of {whose}: {} numbers were taken, and there are {} documents",
            gap.series, gap.year, gap.last, gap.documents
        ));
    }
    let mut after = None;
    loop {
        let batch = store::after(&mut db.read().await?, after, AT_ONCE).await?;
        let Some(last) = batch.last() else { return Ok(report) };
        after = Some(last.id);
        for kept in &batch {
            look(&mut report, objects, press, kept).await?;
        }
    }
}

async fn look(report: &mut Report, objects: &Objects, press: &Press, kept: &Kept) -> Result<(), Refusal> {
    report.documents += 1;
    let label = &kept.label;
    if body::hash(&kept.body).as_slice() != kept.body_hash {
        report.faults.push(format!("{label}: what it says is not what was kept"));
    }
    let Ok(said) = serde_json::from_value::<Body>(kept.body.clone()) else {
        report.faults.push(format!("{label}: what it says cannot be read"));
        return Ok(());
    };
    if said.label != *label || said.content.total != kept.total || said.content.tax().amount != kept.tax {
        report.faults.push(format!("{label}: its line and what it says differ"));
    }
    if let Err(uneven) = said.content.check() {
        report.faults.push(format!("{label}: {uneven}"));
    }
    let (Some(key), Some(hash)) = (&kept.pdf_key, &kept.pdf_hash) else {
        report.without_file += 1;
        return Ok(());
    };
    match objects.get(key).await? {
        None => report.faults.push(format!("{label}: its file {key} is gone")),
        Some(bytes) if body::digest(&bytes).as_slice() != hash.as_slice() => {
            report.faults.push(format!("{label}: its file {key} was changed"));
        }
        Some(_) => {}
    }
    if said.layout != LAYOUT {
        report.of_other_layouts += 1;
        return Ok(());
    }
    let Some(tongue) = Tongue::find(&kept.lang) else {
        report.faults.push(format!("{label}: nobody speaks {}", kept.lang));
        return Ok(());
    };
    report.compared += 1;
    if press.print(&said, tongue).await?.sha256.as_slice() != hash.as_slice() {
        report.faults.push(format!("{label}: made again, its file is another one"));
    }
    Ok(())
}
