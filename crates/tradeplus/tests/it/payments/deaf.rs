//! A provider over a bad line: calls or their answers get lost as a test tells.

use kernel::{Moment, PaymentId};
use market::payments::provider::{
    Answering, Caps, CardForm, LookUp, NewPayment, NewRefund, ProviderError, ProviderEvent, ProviderPayment,
    ProviderRefund, SignatureError, Unreadable,
};
use market::payments::{Provider, sandbox::Sandbox};
use std::sync::atomic::{AtomicU32, Ordering};

/// What happens to the next call that creates something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Good = 0,
    /// The provider never hears of it.
    CallLost = 1,
    /// The provider does it; we never hear of it.
    AnswerLost = 2,
    /// The provider says: not now.
    Busy = 3,
}

#[derive(Debug)]
pub(super) struct Deaf {
    sandbox: Sandbox,
    next: AtomicU32,
    /// Calls that reached the provider.
    pub arrived: AtomicU32,
}

impl Deaf {
    pub(super) fn new(sandbox: Sandbox) -> Self {
        Self { sandbox, next: AtomicU32::new(0), arrived: AtomicU32::new(0) }
    }

    pub(super) fn next_is(&self, line: Line) {
        self.next.store(line as u32, Ordering::SeqCst);
    }

    fn over_the_line<'a, T: Send + 'a>(&'a self, call: Answering<'a, T>) -> Answering<'a, T> {
        let line = self.next.swap(Line::Good as u32, Ordering::SeqCst);
        Box::pin(async move {
            let lost = || ProviderError::Unknown("the connection was closed".to_owned());
            if line == Line::CallLost as u32 {
                return Err(lost());
            }
            if line == Line::Busy as u32 {
                return Err(ProviderError::Retryable("429".to_owned()));
            }
            self.arrived.fetch_add(1, Ordering::SeqCst);
            let answer = call.await;
            if line == Line::AnswerLost as u32 { Err(lost()) } else { answer }
        })
    }
}

impl Provider for Deaf {
    fn name(&self) -> &'static str {
        self.sandbox.name()
    }

    fn caps(&self) -> Caps {
        self.sandbox.caps()
    }

    fn create_payment<'a>(&'a self, key: &'a str, new: &'a NewPayment) -> Answering<'a, ProviderPayment> {
        self.over_the_line(self.sandbox.create_payment(key, new))
    }

    fn get_payment<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderPayment> {
        self.sandbox.get_payment(reference)
    }

    fn find_payment<'a>(
        &'a self,
        ours: PaymentId,
        reference: Option<&'a str>,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        self.sandbox.find_payment(ours, reference)
    }

    fn cancel_payment<'a>(&'a self, key: &'a str, reference: &'a str) -> Answering<'a, ProviderPayment> {
        self.over_the_line(self.sandbox.cancel_payment(key, reference))
    }

    fn refund<'a>(&'a self, key: &'a str, new: &'a NewRefund) -> Answering<'a, ProviderRefund> {
        self.over_the_line(self.sandbox.refund(key, new))
    }

    fn get_refund<'a>(&'a self, reference: &'a str) -> Answering<'a, ProviderRefund> {
        self.sandbox.get_refund(reference)
    }

    fn find_refund<'a>(&'a self, new: &'a NewRefund, since: Moment) -> Answering<'a, LookUp<ProviderRefund>> {
        self.sandbox.find_refund(new, since)
    }

    fn verify_webhook(
        &self,
        headers: &[(String, String)],
        raw: &[u8],
        now: Moment,
    ) -> Result<String, SignatureError> {
        self.sandbox.verify_webhook(headers, raw, now)
    }

    fn read_event(&self, id: &str, raw: &[u8]) -> Result<ProviderEvent, Unreadable> {
        self.sandbox.read_event(id, raw)
    }

    fn card_form(&self) -> Option<&dyn CardForm> {
        self.sandbox.card_form()
    }
}
