//! Floor 4: what every HTTP face shares. With `site` and `api` the only crate that knows HTTP, cookies and HTML.
//!
//! Modules stand in dependency order: a module uses only those declared above it.

pub mod links;
pub mod brand;
pub mod assets;
pub mod cookies;
pub mod client;
pub mod app;
pub mod beside;
#[cfg(test)]
mod fixture;
pub mod flash;
pub mod policy;
pub mod answer;
pub mod csrf;
pub mod form;
pub mod kept;
pub mod theme;
pub mod visit;
pub mod caller;
pub mod upload;
pub mod body;
pub mod parts;
pub mod oops;
pub mod headers;
pub mod etag;
mod guard;
pub mod route;
pub mod files;
pub mod reports;
pub mod accept;

pub use answer::{Answer, Denied, Problem};
pub use app::{App, Web};
pub use body::Json;
pub use caller::{Anyone, Caller};
pub use flash::Flash;
pub use form::{Filled, Form, Query, Typed};
pub use upload::Upload;
pub use visit::{Holder, SignedIn, Visit};
