//! Taxes by Stripe's count. Who owes them is the matrix's to say, as for the tables of the program: Stripe is asked only about
//! what the marketplace itself owes, and says how much it is.

use super::super::provider::ProviderError;
use super::Stripe;
use crate::tax::deciding::{Known, owing};
use crate::tax::{Assessed, Decision, Engine, Liable, Question, TaxError, table};
use futures_util::future::BoxFuture;
use kernel::TaxPlace;
use platform::Db;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Stripe's code for an address that it does not find.
const NOWHERE: &str = "customer_tax_location_invalid";

/// Decides by the matrix, and counts by Stripe.
#[derive(Clone, Debug)]
pub struct StripeTax {
    db: Db,
    home: TaxPlace,
    stripe: Arc<Stripe>,
}

impl StripeTax {
    /// `home` is the operator's country.
    pub const fn new(db: Db, home: TaxPlace, stripe: Arc<Stripe>) -> Self {
        Self { db, home, stripe }
    }

    async fn answer(&self, question: &Question) -> Result<Assessed, TaxError> {
        let known = table::known(&self.db, self.home, question).await?;
        let decisions = count(&self.stripe, question, &known).await?;
        let print = question.print().map_err(|error| TaxError::Broken(error.to_string()))?;
        Ok(Assessed { decisions, print })
    }
}

impl Engine for StripeTax {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn assess<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Assessed, TaxError>> {
        Box::pin(self.answer(question))
    }
}

/// One call for each place where something is owed: goods go to their buyer, and the commission is a service to the seller.
pub(super) async fn count(
    stripe: &Stripe,
    question: &Question,
    known: &Known,
) -> Result<Vec<Decision>, TaxError> {
    let mut decided = owing(question, known)?;
    for decision in &mut decided {
        "stripe".clone_into(&mut decision.engine);
    }
    let is_ours = |decision: &Decision| decision.liable == Liable::Platform;
    let places: BTreeSet<TaxPlace> = decided.iter().filter(|it| is_ours(it)).map(|it| it.place).collect();
    for place in places {
        let mut here: Vec<&mut Decision> =
            decided.iter_mut().filter(|it| is_ours(it) && it.place == place).collect();
        // The parts in the order of their decisions, each of which is about one.
        let parts = question
            .parts
            .iter()
            .filter(|part| here.iter().any(|it| (it.part, it.leg) == (part.kind, part.leg)))
            .cloned()
            .collect();
        let included: Vec<bool> = here.iter().map(|it| it.included).collect();
        let postcode = question.postcode.clone().filter(|_| place == question.to);
        let asked = Question { parts, to: place, postcode, ..question.clone() };
        let counted = stripe.count_taxes(&asked, &included).await.map_err(|error| refused(&asked, &error))?;
        for (decision, line) in here.iter_mut().zip(counted.lines) {
            decision.base = line.base;
            decision.amount = line.amount;
            decision.rate_ppm = line.rate_ppm;
            decision.engine_ref = Some(counted.reference.clone());
            if let Some(inputs) = decision.inputs.as_object_mut() {
                inputs.insert("reason".to_owned(), json!(line.reason));
            }
        }
    }
    Ok(decided)
}

/// What nobody who buys can mend is "not now": an operator's keys or registrations may be wrong, and are made right.
fn refused(asked: &Question, error: &ProviderError) -> TaxError {
    match error {
        ProviderError::Invalid { detail, .. } if detail.contains(NOWHERE) && asked.postcode.is_some() => {
            TaxError::Address
        }
        _ => TaxError::Unavailable(error.to_string()),
    }
}
