//! What keeps people safe whatever a page is about: what every answer says, who is heard, what stays words, what
//! is written down and what is not.

mod accounts;
mod answers;
mod log;
mod page;
pub(crate) mod sources;
mod words;
