//! Taxes on top of the prices: asked before anything is ordered, and shown before it is.

use super::{Asked, Choice, choose, form, load};
use crate::basket::{Basket, Way};
use kernel::{Currency, ListingId, Refusal, regions};
use kit::form::Typed;
use kit::visit::SignedIn;
use market::orders::model::{Address, Delivery};
use market::orders::taxing::Taxes;

/// The hidden field that says what was shown.
pub(super) const FIELD: &str = "taxed";

/// What comes on top by each way, minor units; nothing where it is not known yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OnTop {
    ship: i64,
    meet: i64,
}

impl OnTop {
    /// By as much of the address as was typed. No reader may be open meanwhile.
    pub(super) async fn of(me: &SignedIn, basket: &Basket, typed: &Typed) -> Self {
        let met = basket.offers(Way::Meet).then_some(Delivery::Meet);
        let (ship, meet) =
            tokio::join!(counted(me, basket, sent_to(basket, typed)), counted(me, basket, met));
        Self { ship, meet }
    }

    /// What the form says was shown: nothing, if it says nothing.
    pub(super) fn shown(typed: &Typed) -> Self {
        let (ship, meet) = typed.get(FIELD).split_once('-').unwrap_or_default();
        Self { ship: ship.parse().unwrap_or(0), meet: meet.parse().unwrap_or(0) }
    }

    /// As the form keeps it.
    pub(super) fn written(self) -> String {
        format!("{}-{}", self.ship, self.meet)
    }

    pub(super) const fn by(self, way: Way) -> i64 {
        match way {
            Way::Ship => self.ship,
            Way::Meet => self.meet,
        }
    }
}

/// What is bought.
pub(super) fn lines(basket: &Basket) -> Vec<(ListingId, i32)> {
    basket.lines.iter().map(|l| (l.listing.id, l.quantity)).collect()
}

/// Asks about taxes before the transaction, because whoever counts them may be outside. Where it is not known yet what is
/// bought, and how, nobody is asked: placing says so. Errors: what cannot be bought; nobody could count them.
pub(super) async fn ask(me: &SignedIn, typed: &Typed) -> Result<Taxes, Refusal> {
    let (cart, _) = load(&mut me.app.market.db.read().await?, me.member()).await?;
    let Choice::One(basket) = choose(&cart, &Asked::of(typed)) else { return Ok(Taxes::default()) };
    let Ok(delivery) = form::delivery(typed, &basket) else { return Ok(Taxes::default()) };
    me.app.market.taxes(me.member(), &lines(&basket), &delivery).await
}

/// The taxes, if what comes on top is what the buyer was shown. Errors: those of asking; `Conflict("taxes-unseen")`.
pub(super) fn as_shown(
    taxes: Result<Taxes, Refusal>,
    typed: &Typed,
    delivery: &Delivery,
    currency: Currency,
) -> Result<Taxes, Refusal> {
    let taxes = taxes?;
    let way = match delivery {
        Delivery::Ship(_) => Way::Ship,
        Delivery::Meet => Way::Meet,
    };
    let is_shown = OnTop::shown(typed).by(way) == taxes.on_top(currency)?.amount;
    if is_shown { Ok(taxes) } else { Err(Refusal::Conflict("taxes-unseen")) }
}

/// What comes on top; nothing where that cannot be said now.
async fn counted(me: &SignedIn, basket: &Basket, delivery: Option<Delivery>) -> i64 {
    let Some(delivery) = delivery else { return 0 };
    let taxes = me.app.market.taxes(me.member(), &lines(basket), &delivery).await;
    taxes.and_then(|taxes| taxes.on_top(basket.currency)).map_or(0, |sum| sum.amount)
}

/// A country is enough to ask.
fn sent_to(basket: &Basket, typed: &Typed) -> Option<Delivery> {
    if !basket.offers(Way::Ship) || typed.get("country").is_empty() {
        return None;
    }
    let [name, line1, line2, postcode, town, region, country] =
        form::ADDRESS.map(|field| typed.get(field).trim().to_owned());
    let region = regions::read(&country, &region).unwrap_or_default();
    Some(Delivery::Ship(Address { name, line1, line2, postcode, town, region, country }))
}
