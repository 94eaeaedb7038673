//! Payments and refunds.

use super::super::super::model::RefundState;
use super::super::super::provider::{
    Answering, Caps, LookUp, NewPayment, NewRefund, Provider, ProviderPayment, ProviderRefund, RefundTo,
};
use super::super::operation::{Again, Operation, Sent};
use super::found;
use crate::tickets::Subject;
use kernel::{BankAccountId, Money, PaymentId, RefundId};
use serde_json::{Value, json};

/// Makes a payment ready.
#[derive(Debug)]
pub struct CreatePayment<'a>(pub &'a NewPayment);

impl CreatePayment<'_> {
    /// The key under which a payment is made.
    pub fn key_of(payment: PaymentId) -> String {
        format!("payment:{payment}")
    }
}

impl Operation for CreatePayment<'_> {
    const NAME: &'static str = "create_payment";
    type Answer = ProviderPayment;

    fn key(&self) -> String {
        Self::key_of(self.0.ours)
    }

    fn subject(&self) -> Subject {
        Subject::Payment(self.0.ours)
    }

    fn request(&self) -> Value {
        json!({ "amount": self.0.amount })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.0.amount)
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        sent: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderPayment>> {
        provider.find_payment(self.0.ours, sent.reference.as_deref())
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderPayment> {
        provider.create_payment(key, self.0)
    }
}

/// Makes a payment impossible to pay. Cancelling twice is cancelling once.
#[derive(Debug)]
pub struct CancelPayment<'a> {
    pub ours: PaymentId,
    /// The provider's id.
    pub reference: &'a str,
}

impl Operation for CancelPayment<'_> {
    const NAME: &'static str = "cancel_payment";
    type Answer = ProviderPayment;

    fn key(&self) -> String {
        format!("cancel:{}", self.ours)
    }

    fn subject(&self) -> Subject {
        Subject::Payment(self.ours)
    }

    fn request(&self) -> Value {
        json!({ "reference": self.reference })
    }

    fn again(&self, _: &Caps) -> Again {
        Again::Always
    }

    fn look_up<'a>(&'a self, _: &'a dyn Provider, _: &'a Sent) -> Answering<'a, LookUp<ProviderPayment>> {
        Box::pin(std::future::ready(Ok(LookUp::Absent)))
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderPayment> {
        provider.cancel_payment(key, self.reference)
    }
}

/// Gives a payment back, whole or in part.
#[derive(Debug)]
pub struct MakeRefund<'a>(pub &'a NewRefund);

impl MakeRefund<'_> {
    /// The key under which a refund is made.
    pub fn key_of(refund: RefundId) -> String {
        format!("refund:{refund}")
    }
}

impl Operation for MakeRefund<'_> {
    const NAME: &'static str = "refund";
    type Answer = ProviderRefund;

    fn key(&self) -> String {
        Self::key_of(self.0.ours)
    }

    fn subject(&self) -> Subject {
        Subject::Refund(self.0.ours)
    }

    fn request(&self) -> Value {
        json!({ "payment": self.0.payment_ref, "amount": self.0.amount })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.0.amount)
    }

    fn again(&self, caps: &Caps) -> Again {
        if caps.refund_keys { Again::by_key(caps) } else { Again::Never }
    }

    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        sent: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderRefund>> {
        match &sent.reference {
            Some(reference) => found(provider.get_refund(reference)),
            None => provider.find_refund(self.0, sent.since),
        }
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderRefund> {
        provider.refund(key, self.0)
    }
}

/// Sends a refund that needs attention to a bank account.
#[derive(Debug)]
pub struct MakeRefundTo<'a> {
    pub ours: RefundId,
    pub amount: Money,
    /// As its buyer has named it here.
    pub named: BankAccountId,
    pub to: &'a RefundTo,
}

impl MakeRefundTo<'_> {
    /// The key under which a refund is sent to a bank account.
    pub fn key_of(refund: RefundId, named: BankAccountId) -> String {
        format!("refund_to:{refund}:{named}")
    }
}

impl Operation for MakeRefundTo<'_> {
    const NAME: &'static str = "refund_to";
    type Answer = ProviderRefund;

    fn key(&self) -> String {
        Self::key_of(self.ours, self.named)
    }

    fn subject(&self) -> Subject {
        Subject::Refund(self.ours)
    }

    fn request(&self) -> Value {
        json!({ "refund": self.to.refund, "amount": self.amount })
    }

    fn amount(&self) -> Option<Money> {
        Some(self.amount)
    }

    /// One refund goes out once, however often it is told where to.
    fn again(&self, _: &Caps) -> Again {
        Again::Always
    }

    /// As long as it needs attention, nobody has told it where to go.
    fn look_up<'a>(
        &'a self,
        provider: &'a dyn Provider,
        _: &'a Sent,
    ) -> Answering<'a, LookUp<ProviderRefund>> {
        Box::pin(async move {
            let there = provider.get_refund(&self.to.refund).await?;
            Ok(match there.state {
                RefundState::NeedsAttention => LookUp::Absent,
                _ => LookUp::Found(there),
            })
        })
    }

    fn send<'a>(&'a self, provider: &'a dyn Provider, key: &'a str) -> Answering<'a, ProviderRefund> {
        provider.refund_to(key, self.to)
    }
}
