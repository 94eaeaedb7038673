//! What things cost in the viewer's currency, beside the prices' own and never instead: nobody is charged by it.

use crate::app::App;
use kernel::{Currency, Money, Say};
use market::rates::{Shown, Table};
use std::sync::Arc;
use time::Date;

/// How somebody is shown amounts beside their own.
#[derive(Clone, Debug)]
pub struct Beside {
    pub currency: Currency,
    rates: Arc<Table>,
    today: Date,
}

impl Beside {
    /// In the marketplace's currency.
    pub fn of(app: &App) -> Self {
        let market = &app.market;
        let (rates, today) = (market.rates.table(), market.db.now().date());
        Self { currency: market.config.market.currency, rates, today }
    }

    /// In another currency, if one was chosen.
    #[must_use]
    pub fn chosen(self, currency: Option<Currency>) -> Self {
        Self { currency: currency.unwrap_or(self.currency), ..self }
    }

    /// An amount in the viewer's currency. `None` for one that is in it already, and without a rate.
    pub fn show(&self, money: Money) -> Option<Shown> {
        self.rates.show(money, self.currency)
    }

    /// "≈ €12.40 (rate of 30 Oct)".
    pub fn words(&self, say: &Say, money: Money) -> Option<String> {
        let shown = self.show(money)?;
        Some(say.price_beside(say.day(shown.day, self.today), say.money(shown.money)))
    }

    /// What can be chosen: what there are rates of, and what is chosen.
    pub fn choices(&self, home: Currency) -> Vec<Currency> {
        let mut all = self.rates.currencies();
        all.extend([home, self.currency]);
        all.sort_unstable();
        all.dedup();
        all
    }
}
