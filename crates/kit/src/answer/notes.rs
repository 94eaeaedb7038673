//! What an answer asks of the layers around it. Travels in the response's extensions.

use super::Denied;
use crate::cookies::Cookie;
use crate::flash::Flash;

/// Wishes of a handler that only a layer can fulfil, because it knows the visit.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// There is no body yet: a layer writes the error page or problem document.
    pub denied: Option<Denied>,
    /// To be said on the next page.
    pub flash: Option<Flash>,
    pub cookies: Vec<Cookie>,
    /// The answer is the same for everybody who is not signed in, for so many seconds.
    pub cache_s: Option<u32>,
    /// The answer holds a secret: it is kept nowhere, and its address is told to nobody.
    pub secret: bool,
}
