//! A form with files (multipart/form-data), read into memory within limits.

use crate::answer::{Answer, Denied};
use crate::form::{Typed, media_type};
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{FromRequest, Request};
use bytes::{Bytes, BytesMut};
use http::StatusCode;
use kernel::limits::PHOTO_BYTES_MAX;

/// Bytes of one field that is no file.
const FIELD_BYTES_MAX: usize = 64 * 1024;
const FIELDS_MAX: usize = 200;
/// More than any form takes: how many are too many is for its handler to say.
const FILES_MAX: usize = 200;

/// The fields and files of a form.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    pub fields: Typed,
    pub files: Vec<File>,
}

/// One file as it was sent. Name and type are claims of the sender.
#[derive(Clone, Debug)]
pub struct File {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl Upload {
    /// The files of one field.
    pub fn of<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a File> {
        self.files.iter().filter(move |f| f.field == field)
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), Denied> {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file_name) = field.file_name().map(str::to_owned) else {
            let value = limited(field, FIELD_BYTES_MAX).await?;
            if self.fields.pairs().count() >= FIELDS_MAX {
                return Err(Denied::TooLarge { max: FIELD_BYTES_MAX });
            }
            self.fields.add(name, String::from_utf8_lossy(&value));
            return Ok(());
        };
        let bytes = limited(field, PHOTO_BYTES_MAX).await?;
        // A file field that was left empty still sends a part without a name and without bytes.
        if bytes.is_empty() && file_name.is_empty() {
            return Ok(());
        }
        if self.files.len() >= FILES_MAX {
            return Err(Denied::TooLarge { max: 0 });
        }
        self.files.push(File { field: name, name: kernel::text::clean(&file_name, false), bytes });
        Ok(())
    }
}

async fn limited(mut field: Field<'_>, max: usize) -> Result<Bytes, Denied> {
    let mut out = BytesMut::new();
    while let Some(chunk) = field.chunk().await.map_err(|e| problem(&e))? {
        if out.len() + chunk.len() > max {
            return Err(Denied::TooLarge { max });
        }
        out.extend_from_slice(&chunk);
    }
    Ok(out.freeze())
}

fn problem(error: &MultipartError) -> Denied {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Denied::TooLarge { max: 0 },
        _ => Denied::Unreadable { line: 0, column: 0 },
    }
}

/// Reads every field and file of a request. Errors: 400, 413, 415.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Upload, Denied> {
    if media_type(request.headers()) != "multipart/form-data" {
        return Err(Denied::WrongType);
    }
    let unreadable = |_| Denied::Unreadable { line: 0, column: 0 };
    let mut parts = Multipart::from_request(request, state).await.map_err(unreadable)?;
    let mut upload = Upload::default();
    while let Some(field) = parts.next_field().await.map_err(|e| problem(&e))? {
        upload.take(field).await?;
    }
    Ok(upload)
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Answer;
    async fn from_request(request: Request, state: &S) -> Result<Self, Answer> {
        Ok(read(request, state).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(body: &str) -> Request {
        Request::builder()
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(body.replace('\n', "\r\n")))
            .unwrap()
    }

    #[tokio::test]
    async fn reads_fields_and_files() {
        let body = "--x\ncontent-disposition: form-data; name=\"csrf\"\n\nabc\n--x\n\
            content-disposition: form-data; name=\"photo\"; filename=\"a.png\"\ncontent-type: image/png\n\nPNG\n--x\n\
            content-disposition: form-data; name=\"photo\"; filename=\"\"\n\n\n--x--\n";
        let upload = read(request(body), &()).await.unwrap();
        assert_eq!(upload.fields.get("csrf"), "abc");
        assert_eq!(
            upload.of("photo").map(|f| (f.name.as_str(), f.bytes.len())).collect::<Vec<_>>(),
            [("a.png", 3)]
        );
    }

    #[tokio::test]
    async fn refuses_what_is_too_long_or_no_form() {
        let long = "a".repeat(FIELD_BYTES_MAX + 1);
        let body = format!("--x\ncontent-disposition: form-data; name=\"t\"\n\n{long}\n--x--\n");
        assert!(matches!(read(request(&body), &()).await, Err(Denied::TooLarge { .. })));
        let plain = Request::new(Body::from("a=b"));
        assert!(matches!(read(plain, &()).await, Err(Denied::WrongType)));
    }
}
