//! The embedded provider: it moves no money, and behaves as a real one does otherwise. It keeps its own books
//! (schema `sandbox`), takes test cards only, answers the same key with the same thing, charges a fee, takes its
//! time, fails, and tells what happened by signed webhooks.
//!
//! It knows nothing of the marketplace's tables but who pays, for whom it tells and forgets what it knows of cards; the
//! marketplace knows it through the port only.

mod bank;
mod cards;
mod fee;
pub mod jobs;
mod refunds;
pub mod leaving;
mod store;
mod webhook;

pub use cards::{Behaviour, TestCard, cards};
pub use fee::{FEE_BASIS_POINTS, FEE_FIXED_HUNDREDTHS, fee};

use super::card::Card;
use super::provider::{
    Answering, Caps, CardForm, Evidence, LookUp, NewPayment, NewRefund, PayWay, Provider, ProviderError,
    ProviderEvent, ProviderPayment, ProviderRefund, SignatureError, Unreadable, Way,
};
use kernel::{Moment, PaymentId};
use platform::Db;
use platform::crypto::{Key, Signer};
use std::any::Any;
use time::Duration;

/// The sandbox's short name.
pub const NAME: &str = "sandbox";

/// The embedded provider. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sandbox {
    db: Db,
    signer: Signer,
}

impl Sandbox {
    /// `key` signs its webhooks.
    pub fn new(db: Db, key: &Key) -> Self {
        Self { db, signer: Signer::new(key, "sandbox webhooks") }
    }

    /// The same provider on the same database at another time: for the demo's past.
    #[must_use]
    pub fn on(&self, db: Db) -> Self {
        Self { db, ..self.clone() }
    }

    /// The sandbox, if that is what stands behind the port.
    pub fn behind(provider: &dyn Provider) -> Option<&Self> {
        (provider as &dyn Any).downcast_ref()
    }
}

/// The database being away is an answer that never came.
impl From<sqlx::Error> for ProviderError {
    fn from(error: sqlx::Error) -> Self {
        Self::Unknown(error.to_string())
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        NAME
    }

    fn caps(&self) -> Caps {
        Caps {
            way: Way::Connected,
            key_lifetime: Some(Duration::MAX),
            refund_keys: true,
            reversals: false,
            disputes: Evidence::None,
            tax: false,
            smallest: |_| 1,
            pay: PayWay::OurForm,
        }
    }

    fn create_payment<'a>(&'a self, key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        Box::pin(bank::create(&self.db, key, new))
    }

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(bank::get(&self.db, reference))
    }

    fn find_payment<'a>(
        &'a self,
        ours: PaymentId,
        _reference: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        Box::pin(async move { bank::find(&self.db, ours).await.map(LookUp::from) })
    }

    fn cancel_payment<'a>(&'a self, _key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment> {
        Box::pin(bank::cancel(&self.db, reference))
    }

    fn refund<'a>(&'a self, key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::create(&self.db, key, new))
    }

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund> {
        Box::pin(refunds::get(&self.db, reference))
    }

    fn find_refund<'a>(
        &'a self,
        new: &'a NewRefund,
        _since: Moment,
    ) -> Answering<'a, LookUp<ProviderRefund>> {
        Box::pin(async move { refunds::find(&self.db, new.ours).await.map(LookUp::from) })
    }

    fn verify_webhook(
        &self,
        headers: &[(String, String)],
        raw: &[u8],
        now: Moment,
    ) -> Result<String, SignatureError> {
        webhook::verify(&self.signer, headers, raw, now)
    }

    fn read_event(&self, id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
        webhook::read(id, raw)
    }

    fn card_form(&self) -> Option<&dyn CardForm> {
        Some(self)
    }
}

impl CardForm for Sandbox {
    fn confirm<'a>(&'a self, reference: &'a str, card: &'a Card) -> Answering<'a, ProviderPayment> {
        Box::pin(bank::confirm(&self.db, reference, card))
    }

    fn answer_challenge<'a>(&'a self, reference: &'a str, passed: bool) -> Answering<'a, ProviderPayment> {
        Box::pin(bank::answer_challenge(&self.db, reference, passed))
    }
}
