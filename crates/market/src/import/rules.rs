//! Reading a catalogue into a seller's listings.

use super::row::Row;
use crate::accounts::model::Member;
use crate::catalog::catalog;
use crate::listings::{self, edit::Edit};
use bytes::Bytes;
use images::Studio;
use kernel::{Currency, FieldErrors, Lang, ListingId, Refusal, Say};
use platform::Db;
use platform::objects::Objects;
use std::io::{BufRead, BufReader, Read};

/// Rows of one transaction.
const BATCH: usize = 250;
/// Characters of a seller's own id.
const EXTERNAL_ID_MAX: usize = 120;

/// How an import went.
#[derive(Debug, Default, Clone, serde::Serialize)]
pub struct Report {
    pub created: u64,
    pub updated: u64,
    pub bad: Vec<Bad>,
}

/// A row that was not taken.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Bad {
    /// Counted from 1.
    pub line: u64,
    pub reason: String,
}

/// What an import needs beside the rows.
pub struct Import<'a> {
    pub db: &'a Db,
    pub studio: &'a Studio,
    pub objects: &'a Objects,
    pub seller: &'a Member,
    /// Live at once, or drafts.
    pub publish: bool,
    /// Opens a picture that a row names.
    pub picture: &'a (dyn Fn(&str) -> std::io::Result<Vec<u8>> + Sync),
    /// The currency of rows that name none.
    pub currency: Currency,
    /// Called after each batch with the lines done so far.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Reads every row; NDJSON or CSV by the first character. Errors: the source or the database fails; what was
/// committed stays, and running it again goes on.
pub async fn run(import: &Import<'_>, source: Box<dyn Read + Send>) -> Result<Report, Refusal> {
    let mut report = Report::default();
    let mut batch = Vec::with_capacity(BATCH);
    let mut rows = rows(source).map_err(Refusal::broken)?;
    let mut line = 0;
    loop {
        let next = rows.next();
        let ended = next.is_none();
        match next {
            Some((at, Ok(row))) => {
                line = at;
                batch.push((at, row));
            }
            Some((at, Err(reason))) => {
                line = at;
                report.bad.push(Bad { line: at, reason });
            }
            None => {}
        }
        if batch.len() >= BATCH || (ended && !batch.is_empty()) {
            keep(import, std::mem::take(&mut batch), &mut report).await?;
            (import.progress)(line);
        }
        if ended {
            report.bad.sort_by_key(|b| b.line);
            return Ok(report);
        }
    }
}

type Rows = Box<dyn Iterator<Item = (u64, Result<Row, String>)> + Send>;

fn rows(source: Box<dyn Read + Send>) -> Result<Rows, std::io::Error> {
    let mut reader = BufReader::with_capacity(1 << 16, source);
    let start = reader.fill_buf()?;
    let json = start.iter().find(|b| !b.is_ascii_whitespace()).is_none_or(|b| *b == b'{');
    if json {
        let lines = (1..).zip(reader.lines()).filter(|(_, l)| !l.as_ref().is_ok_and(|l| l.trim().is_empty()));
        return Ok(Box::new(
            lines.map(|(n, line)| (n, line.map_err(|e| e.to_string()).and_then(|l| Row::from_json(&l)))),
        ));
    }
    let mut csv = csv::ReaderBuilder::new().flexible(false).from_reader(reader);
    let header = csv.headers().cloned().map_err(std::io::Error::other)?;
    Ok(Box::new(csv.into_records().zip(2..).map(move |(record, n)| {
        let at = |r: &csv::StringRecord| r.position().map_or(n, csv::Position::line);
        match record {
            Ok(record) => (at(&record), Row::from_csv(&header, &record)),
            Err(error) => (error.position().map_or(n, csv::Position::line), Err(error.to_string())),
        }
    })))
}

async fn keep(import: &Import<'_>, batch: Vec<(u64, Row)>, report: &mut Report) -> Result<(), Refusal> {
    let mut pictures: Vec<(u64, ListingId, Vec<String>)> = Vec::new();
    let mut tx = import.db.begin().await?;
    for (line, row) in batch {
        let external = kernel::text::clean(&row.external_id, false);
        let external = match kernel::text::bounded(external, 1, EXTERNAL_ID_MAX) {
            Ok(external) => external,
            Err(wrong) => {
                report.bad.push(Bad { line, reason: words(&FieldErrors::one("external_id", wrong)) });
                continue;
            }
        };
        let images = row.image_paths.clone();
        let read = Edit::read(row.into_raw(), catalog(), import.currency, None).map_err(Refusal::Fields);
        let kept = match read {
            Ok(edit) => {
                listings::external::put(&mut tx, import.seller, &external, edit, import.publish).await
            }
            Err(refusal) => Err(refusal),
        };
        match kept {
            Ok((id, created)) => {
                *(if created { &mut report.created } else { &mut report.updated }) += 1;
                if !images.is_empty() {
                    pictures.push((line, id, images));
                }
            }
            // A rule said no before it wrote anything: the transaction is sound.
            Err(Refusal::Fields(errors)) => report.bad.push(Bad { line, reason: words(&errors) }),
            Err(Refusal::Conflict(key)) => {
                let reason = Say::new(Lang::EN).by_key(&format!("refused-{key}"));
                report.bad.push(Bad { line, reason });
            }
            Err(refusal) => return Err(refusal),
        }
    }
    tx.commit().await?;
    for (line, id, images) in pictures {
        add_pictures(import, line, id, &images, report).await?;
    }
    Ok(())
}

/// Adds the pictures of a listing that has none yet, so that a second run does not add them twice.
async fn add_pictures(
    import: &Import<'_>,
    line: u64,
    id: ListingId,
    images: &[String],
    report: &mut Report,
) -> Result<(), Refusal> {
    let there = listings::rules::find_mine(&mut import.db.read().await?, import.seller, id).await?;
    if !there.photos.is_empty() {
        return Ok(());
    }
    for image in images {
        let added = match (import.picture)(image) {
            Ok(bytes) => {
                let machines = (import.studio, import.objects);
                listings::photos::add(import.db, machines, import.seller, id, Bytes::from(bytes))
                    .await
                    .map(drop)
            }
            Err(error) => {
                report
                    .bad
                    .push(Bad { line, reason: format!("image_paths: {image} cannot be read: {error}") });
                continue;
            }
        };
        match added {
            Ok(()) => {}
            Err(Refusal::Fields(errors)) => {
                report.bad.push(Bad { line, reason: format!("image_paths: {image}: {}", words(&errors)) });
            }
            Err(refusal) => return Err(refusal),
        }
    }
    Ok(())
}

fn words(errors: &FieldErrors) -> String {
    let say = Say::new(Lang::EN);
    errors.iter().map(|(field, wrong)| format!("{field}: {}", wrong.say(&say))).collect::<Vec<_>>().join("; ")
}
