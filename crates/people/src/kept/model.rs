//! A form that was sent and not taken.

/// What somebody sent.
#[derive(Clone, Copy)]
pub struct Form<'a> {
    /// The page that the form stands on: a path.
    pub page: &'a str,
    /// The path that it was sent to.
    pub action: &'a str,
    /// Names and values, URL-encoded.
    pub fields: &'a str,
}

/// What was kept of it.
#[derive(Clone)]
pub struct Kept {
    pub action: String,
    /// As in [`Form`].
    pub fields: Vec<u8>,
}
