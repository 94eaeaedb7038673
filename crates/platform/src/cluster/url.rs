//! Connection addresses over the Unix socket, in the form that sqlx and libpq both read.

use std::path::Path;

/// The port is only part of the socket file's name. It is written out, because a `PGPORT` in our
/// environment would otherwise change it.
pub(super) const PORT: u16 = 5432;

/// `postgres://role@%2Fthe%2Ffolder:5432/database`. TLS is refused: the server has none, and a
/// `PGSSLMODE` in our environment must not ask for it.
pub(super) fn to(socket_dir: &Path, role: &str, database: &str) -> String {
    let host = escape(socket_dir.as_os_str().as_encoded_bytes());
    format!("postgres://{role}@{host}:{PORT}/{database}?sslmode=disable")
}

/// Percent-encodes all but letters and digits (RFC 3986, 2.1).
fn escape(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
