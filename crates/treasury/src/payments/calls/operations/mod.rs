//! Calls that change something at a provider; further ones stand with those who make them.

mod paying;
mod sellers;

pub use paying::{CancelPayment, CreatePayment, MakeRefund, MakeRefundTo};
pub use sellers::{MakePayout, MakeReversal};

use super::super::provider::{Answering, LookUp, ProviderError};

/// What is asked for by its own id is there, or the asking failed.
fn found<'a, T: Send + 'a>(asking: Answering<'a, T>) -> Answering<'a, LookUp<T>> {
    Box::pin(async move {
        let answer: Result<T, ProviderError> = asking.await;
        answer.map(LookUp::Found)
    })
}
