//! What tax offices get of a purchase: asked before the transaction that places it, because an engine may ask somebody
//! outside, and refused in it when something is sold otherwise than was asked.

use super::checkout::wanted;
use super::model::{Delivery, Order};
use super::parts::taxes_of;
use super::pricing::{self, Fees, House, Quote, place_of, quote};
use crate::accounts::{self, model::Member};
use crate::listings::model::Listing;
use crate::tax::{self, Assessed, Decision, Engine, Part, PartKind, Question, TaxError};
use futures_util::future::try_join_all;
use kernel::{Currency, ListingId, MemberId, Money, Refusal, TaxPlace};
use platform::{Db, Reader, Tx};
use std::time::Duration;
use tokio::time::timeout;

/// Questions that an engine is asked at once.
const AT_ONCE: usize = 4;
/// How long all answers of an engine together may take: less than a request may.
const ANSWERED_WITHIN: Duration = Duration::from_secs(6);

/// What was decided about each seller's part of a purchase.
#[derive(Clone, Debug, Default)]
pub struct Taxes(Vec<(MemberId, Assessed)>);

impl Taxes {
    /// The decisions about one seller's part. Errors: `Conflict("taxes-changed")` when it is not what was asked about.
    pub(super) fn of(&self, seller: MemberId, question: &Question) -> Result<&[Decision], Refusal> {
        let found = self.0.iter().find(|(id, _)| *id == seller);
        found.ok_or(Refusal::Conflict("taxes-changed"))?.1.about(question)
    }

    /// What of all sellers' parts comes on top of the prices. Errors: overflow.
    pub fn on_top(&self, currency: Currency) -> Result<Money, Refusal> {
        let mut sum = Money::zero(currency);
        for (_, assessed) in &self.0 {
            let [on_top, ..] = taxes_of(&assessed.decisions, Money::zero(currency))?;
            sum = sum.plus(on_top)?;
        }
        Ok(sum)
    }
}

/// Asks what taxes a purchase costs. No transaction is open meanwhile. Without an answer nothing is sold: taxes that nobody
/// counted would be owed all the same. Errors: as [`super::checkout::place`]; `Unavailable("taxes")` when the engine does not
/// answer now; the field `delivery/address/postcode` when it does not know where that is.
pub async fn assess(
    db: &Db,
    engine: &dyn Engine,
    buyer: &Member,
    (lines, delivery): (&[(ListingId, i32)], &Delivery),
    house: &House,
) -> Result<Taxes, Refusal> {
    let mut reader = db.read().await?;
    let all = wanted(&mut reader, buyer, lines, delivery).await?;
    let fees = Fees::of(&mut reader, house, &all.listings()).await?;
    let mut questions = Vec::new();
    for (seller, lines) in all.by_seller() {
        let quote = quote(&lines, all.ships, &fees, all.currency)?;
        questions.push((seller, question(&mut reader, house, seller, (&lines, &quote), delivery).await?));
    }
    drop(reader);
    let late = |_| Err(TaxError::Unavailable("it took too long".to_owned()));
    let answered = timeout(ANSWERED_WITHIN, answers(engine, &questions)).await.unwrap_or_else(late);
    Ok(answered.inspect_err(|error| tracing::warn!(engine = engine.name(), %error, "no taxes"))?)
}

async fn answers(engine: &dyn Engine, questions: &[(MemberId, Question)]) -> Result<Taxes, TaxError> {
    let mut taxes = Taxes::default();
    for some in questions.chunks(AT_ONCE) {
        let assessed = try_join_all(some.iter().map(|(_, question)| engine.assess(question))).await?;
        taxes.0.extend(some.iter().map(|(seller, _)| *seller).zip(assessed));
    }
    Ok(taxes)
}

/// What is asked about one seller's part.
pub(super) async fn question(
    reader: &mut Reader,
    house: &House,
    seller: MemberId,
    (lines, quote): (&[(&Listing, i32)], &Quote),
    delivery: &Delivery,
) -> Result<Question, Refusal> {
    let known = known(reader, seller).await?;
    let account = accounts::rules::find(reader, seller).await?;
    let (to, postcode) = match delivery {
        Delivery::Ship(address) => (address.tax_place(), Some(address.postcode.clone())),
        Delivery::Meet => (None, None),
    };
    let from = place_of(&known, account.as_ref(), to.unwrap_or(house.home));
    let mut parts = Vec::new();
    for (listing, pieces) in lines {
        let amount = pricing::price(listing, *pieces)?;
        parts.push(Part { kind: PartKind::Item, leg: None, category: listing.category.clone(), amount });
    }
    for (kind, amount) in [
        (PartKind::Shipping, quote.shipping),
        (PartKind::BuyerFee, quote.buyer_fee),
        (PartKind::Commission, quote.commission),
    ] {
        if !amount.is_zero() {
            parts.push(Part { kind, leg: None, category: None, amount });
        }
    }
    let day = tax::day_in(from, reader.now());
    Ok(Question {
        parts,
        from,
        // What changes hands in person stays where it is.
        to: to.unwrap_or(from),
        postcode: postcode.filter(|postcode| !postcode.is_empty()),
        seller: known.class,
        buyer_business: None,
        currency: quote.items.currency,
        day,
    })
}

/// Counts a sale that was paid for, in its place and its year.
pub(super) async fn count(tx: &mut Tx, order: &Order) -> Result<(), Refusal> {
    let to = match &order.delivery {
        Delivery::Ship(address) => address.tax_place(),
        Delivery::Meet => None,
    };
    let (known, account) = (known(tx, order.seller).await?, accounts::rules::find(tx, order.seller).await?);
    let own = known.country.or(account.and_then(|it| it.country).as_deref().and_then(TaxPlace::parse));
    let (Some(from), Some(to)) = (own.or(to), to.or(own)) else { return Ok(()) };
    let day = tax::day_in(from, tx.now());
    tax::exposure::count(tx, from, to, order.items.plus(order.shipping)?, day).await
}

async fn known(reader: &mut Reader, seller: MemberId) -> Result<tax::Seller, Refusal> {
    let found = tax::sellers(reader, &[seller]).await?;
    Ok(found.first().copied().unwrap_or(tax::Seller::silent(seller)))
}
