//! Forms with files (RFC 7578). The same fields give the same bytes, so that a call that is sent again is the same call.

use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A field of a form with files.
#[derive(Clone, Debug)]
pub struct Field {
    name: String,
    /// The file's name and its media type.
    file: Option<(String, &'static str)>,
    bytes: Vec<u8>,
}

impl Field {
    pub fn text(name: &str, value: &str) -> Self {
        Self { name: name.to_owned(), file: None, bytes: value.as_bytes().to_vec() }
    }

    pub fn file(name: &str, file: &str, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), file: Some((file.to_owned(), kind)), bytes }
    }
}

/// The media type with its boundary, and the body. The boundary is a hash of what it surrounds: nobody can write a file
/// that holds the hash of itself.
pub(super) fn write(fields: &[Field]) -> (String, Bytes) {
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(u64::try_from(field.bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(&field.bytes);
    }
    let boundary = hex::encode(hash.finalize());
    let mut body = Vec::new();
    for field in fields {
        let mut head =
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escaped(&field.name));
        if let Some((name, kind)) = &field.file {
            head.push_str(&format!("; filename=\"{}\"\r\nContent-Type: {kind}", escaped(name)));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&field.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.into())
}

/// As browsers write names (HTML, "multipart/form-data").
fn escaped(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_stands_between_its_boundaries() {
        let fields = [
            Field::text("purpose", "dispute_evidence"),
            Field::file("file", "a\"b\r\n.png", "image/png", b"\x89PNG".to_vec()),
        ];
        let (kind, body) = write(&fields);
        let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
        assert_eq!(boundary.len(), 64);
        let expected = [
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\ndispute_evidence\r\n"
            ),
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b%0D%0A.png\"\r\n"
            ),
            "Content-Type: image/png\r\n\r\n".to_owned(),
        ];
        let mut expected = expected.concat().into_bytes();
        expected.extend_from_slice(b"\x89PNG\r\n");
        expected.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        assert_eq!(body, expected);
        assert_eq!(write(&fields).1, body, "the same again");
    }
}
