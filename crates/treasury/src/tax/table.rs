//! The engine that comes with the program: its tables, and what the operator wrote down.

use super::deciding::{Known, decide, limit_on};
use super::engine::Engine;
use super::liability::Way;
use super::model::{Assessed, PartKind, Question, TaxError};
use super::rates::Rates;
use super::registrations;
use crate::rates;
use futures_util::future::BoxFuture;
use kernel::{Money, Refusal, TaxPlace};
use platform::{Db, Reader};

/// Decides by the embedded tables.
#[derive(Clone)]
pub struct Table {
    db: Db,
    home: TaxPlace,
}

impl Table {
    /// `home` is the operator's country.
    pub const fn new(db: Db, home: TaxPlace) -> Self {
        Self { db, home }
    }

    async fn answer(&self, question: &Question) -> Result<Assessed, TaxError> {
        let known = known(&self.db, self.home, question).await?;
        let print = question.print().map_err(|error| TaxError::Broken(error.to_string()))?;
        Ok(Assessed { decisions: decide(question, &known)?, print })
    }
}

/// What decisions are made from, as it stands now. `home` is the operator's country.
pub async fn known(db: &Db, home: TaxPlace, question: &Question) -> Result<Known, TaxError> {
    let looked = async {
        let mut reader = db.read().await?;
        Ok::<_, Refusal>(Known {
            home,
            registrations: registrations::registrations(&mut reader).await?,
            rates: Rates { own: registrations::own_rates(&mut reader).await? },
            goods: goods(&mut reader, question).await?,
        })
    };
    looked.await.map_err(|refusal| TaxError::Unavailable(refusal.to_string()))
}

/// What the goods cost, in the currency of the limit that counts on their way. What cannot be converted is taken to be
/// above it: then nothing is collected here, and the border does.
async fn goods(reader: &mut Reader, question: &Question) -> Result<Option<Money>, Refusal> {
    let Some(limit) = limit_on(Way::of_goods(question.from, question.to)) else { return Ok(None) };
    let items = question.parts.iter().filter(|part| part.kind == PartKind::Item).map(|part| part.amount);
    let goods = Money::sum(question.currency, items)?;
    if goods.currency == limit.currency {
        return Ok(Some(goods));
    }
    let rates = rates::on(reader, question.day).await?;
    Ok(rates.show(goods, limit.currency).map(|shown| shown.money))
}

impl Engine for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn assess<'a>(&'a self, question: &'a Question) -> BoxFuture<'a, Result<Assessed, TaxError>> {
        Box::pin(self.answer(question))
    }
}
