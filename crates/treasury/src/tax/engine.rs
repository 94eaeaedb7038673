//! Who decides about taxes.

use super::model::{Assessed, Decision, Liable, Part, Question, TaxError};
use futures_util::future::BoxFuture;
use kernel::Money;

/// Decides about taxes. It may ask somebody outside, so it is asked before the transaction in which its decision is kept.
pub trait Engine: Send + Sync {
    /// A short name, kept with each decision.
    fn name(&self) -> &'static str;

    /// One decision for each part of the question, in its order.
    fn assess<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Assessed, TaxError>>;
}

/// Counts no taxes at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Engine for Nothing {
    fn name(&self) -> &'static str {
        "nothing"
    }

    fn assess<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Assessed, TaxError>> {
        Box::pin(std::future::ready(untaxed(self.name(), question)))
    }
}

fn untaxed(engine: &str, question: &Question) -> Result<Assessed, TaxError> {
    let decision = |part: &Part| Decision {
        part: part.kind,
        leg: part.leg,
        liable: Liable::Nobody,
        place: question.to,
        base: part.amount,
        rate_ppm: 0,
        amount: Money::zero(part.amount.currency),
        included: true,
        engine: engine.to_owned(),
        rules: "1".to_owned(),
        because: "nothing_is_counted".to_owned(),
        inputs: serde_json::json!({}),
        engine_ref: None,
    };
    let print = question.print().map_err(|error| TaxError::Broken(error.to_string()))?;
    Ok(Assessed { decisions: question.parts.iter().map(decision).collect(), print })
}
