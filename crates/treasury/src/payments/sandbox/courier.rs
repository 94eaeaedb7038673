//! The sandbox's webhooks: raw and signed, handed to the function behind the door that other providers' come in at.

use super::super::stripe::Stripe;
use super::super::webhooks;
use futures_util::future::BoxFuture;
use platform::Db;
use simulator::courier::{Courier, Endpoint, Parcel};

/// Who hears.
pub(super) struct Ear {
    db: Db,
    /// Knows the secrets, and asks nothing.
    stripe: Stripe,
}

impl Ear {
    pub(super) const fn new(db: Db, stripe: Stripe) -> Self {
        Self { db, stripe }
    }
}

impl Courier for Ear {
    fn carry<'a>(&'a self, _: &'a Endpoint, parcel: &'a Parcel) -> BoxFuture<'a, bool> {
        Box::pin(async move {
            let kept =
                webhooks::receive(&self.db, &self.stripe, &parcel.headers, parcel.body.as_bytes()).await;
            kept.inspect_err(|error| tracing::warn!(event = parcel.event, %error, "an event was not taken"))
                .is_ok()
        })
    }
}
