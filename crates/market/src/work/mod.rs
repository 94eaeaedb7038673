//! The whole product in one hand, and the table of everything it does later.

mod billing;
mod cases;
mod chargebacks;
mod ledger;
mod payments;
mod payouts;
mod rates;
mod reconciliation;
mod tickets;
mod yearly;

pub use ledger::WatchBooks;

use crate::accounts::model::Member;
use crate::approvals::model::Terms;
use crate::documents::Press;
use crate::fees::{Fee, FeeRule};
use crate::listings::model::{Listing, State};
use crate::listings::views::Views;
use crate::orders::limits::{self, Limits};
use crate::orders::model::Delivery;
use crate::orders::pricing::{Fees, House};
use crate::orders::taxing::{self, Taxes};
use crate::payments::Providers;
use crate::payments::stripe::StripeTax;
use crate::privacy::model::Tools;
use crate::rates::Board;
use crate::yearly::model::{self as yearly_model, Terms as ReportTerms};
use crate::yearly::telling::Office;
use crate::{
    accounts, apikeys, approvals, banks, listings, notifications, orders, photos, pressure, privacy, search,
    tax,
};
use ::ledger::RollBalances;
use ::search::Engine;
use images::Studio;
use kernel::{ListingId, MemberId, Money, Refusal, TaxPlace};
use people::signin::model::Door;
use people::{factors, signin, staff};
use platform::config::{Config, TaxEngine};
use platform::jobs::{Job, Outcome, Registry};
use platform::mail::{Mailer, SendMail};
use platform::objects::Objects;
use platform::{Db, Reader, audit, events, idempotency, mail};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// What every part of the product may need. Cheap to clone.
#[derive(Clone)]
pub struct Market {
    pub db: Db,
    pub config: Arc<Config>,
    pub objects: Objects,
    pub studio: Studio,
    /// What it takes to let somebody in.
    pub door: Door,
    pub engine: Arc<Engine>,
    /// Who holds the money.
    pub providers: Providers,
    pub mailer: Mailer,
    pub press: Press,
    pub views: Arc<Views>,
    /// What prices are shown by in other currencies.
    pub rates: Arc<Board>,
}

impl Market {
    /// What the settings say of sales.
    pub fn house(&self) -> House {
        let (market, payouts) = (&self.config.market, &self.config.payouts);
        let commission = Fee { bp: market.commission_bp, ..Fee::default() };
        let buyer = Fee { bp: market.buyer_fee_bp, fixed: market.buyer_fee_fixed, ..Fee::default() };
        House {
            fees: FeeRule { rule: None, commission, buyer },
            limits_in: payouts.new_seller_limits.then_some(market.currency),
            watches: payouts.watch_deals,
            home: yearly_model::home(&self.config.operator),
        }
    }

    /// What the marketplace takes of these listings, as the rules are now.
    pub async fn fees(&self, reader: &mut Reader, listings: &[&Listing]) -> Result<Fees, Refusal> {
        Fees::of(reader, &self.house(), listings).await
    }

    /// What a seller may sell for now; nothing where nothing limits them.
    pub async fn limits_of(&self, reader: &mut Reader, seller: MemberId) -> Result<Option<Limits>, Refusal> {
        limits::of(reader, self.house().limits_in, seller).await
    }

    /// Tells sellers that somebody could not buy because of their limits; call it when the refused transaction is gone.
    /// The buyer need not know whether it worked.
    pub async fn tell_limits(&self, lines: &[(ListingId, i32)]) {
        let told = limits::tell(&self.db, self.house().limits_in, lines, self.base_url()).await;
        if let Err(refusal) = told {
            tracing::warn!(%refusal, "a seller was not told that a limit of theirs was met");
        }
    }

    /// Asks what taxes a purchase costs, before the transaction that places it. Errors: as the checkout's.
    pub async fn taxes(
        &self,
        buyer: &Member,
        lines: &[(ListingId, i32)],
        delivery: &Delivery,
    ) -> Result<Taxes, Refusal> {
        let house = self.house();
        let engine = self.tax_engine(house.home)?;
        taxing::assess(&self.db, &*engine, buyer, (lines, delivery), &house).await
    }

    /// Who counts taxes, as the settings say. Errors: `Unavailable("taxes")` when they are not set up.
    fn tax_engine(&self, home: TaxPlace) -> Result<Box<dyn tax::Engine>, Refusal> {
        let engine: Box<dyn tax::Engine> = match self.config.tax.engine {
            TaxEngine::Table => Box::new(tax::Table::new(self.db.clone(), home)),
            TaxEngine::Stripe => {
                let stripe = self.providers.stripe().ok_or(Refusal::Unavailable("taxes"))?;
                Box::new(StripeTax::new(self.db.clone(), home, Arc::clone(stripe)))
            }
            TaxEngine::Nothing => Box::new(tax::Nothing),
        };
        Ok(engine)
    }

    /// What everybody sees and is sold for money must be in a currency that can be paid. Errors:
    /// `Conflict("currency-not-payable")`.
    pub fn can_be_paid(&self, listing: &Listing) -> Result<(), Refusal> {
        match (listing.state, listing.price) {
            (State::Live, Some(price)) => self.providers.take(price.currency),
            _ => Ok(()),
        }
    }

    /// What copies and deletions work with.
    pub fn tools(&self) -> Tools<'_> {
        Tools {
            db: &self.db,
            objects: &self.objects,
            vault: &self.door.vault,
            data_dir: &self.config.data.dir,
            base_url: self.base_url(),
        }
    }

    /// What changes of bank accounts go by.
    pub fn bank_terms(&self) -> banks::model::Terms<'_> {
        banks::model::Terms {
            vault: &self.door.vault,
            cool: time::Duration::hours(i64::from(self.config.payouts.cool_hours)),
            base_url: self.base_url(),
        }
    }

    /// What payouts go by.
    pub fn payout_terms(&self) -> crate::payouts::Terms<'_> {
        let settings = &self.config.payouts;
        crate::payouts::Terms {
            cool: time::Duration::hours(i64::from(settings.cool_hours)),
            minimum: settings.minimum,
            schedule: settings.schedule,
            base_url: self.base_url(),
            vault: &self.door.vault,
            marks: &self.door.marks,
        }
    }

    /// What yearly reports are made with.
    pub fn office(&self) -> Office<'_> {
        Office {
            db: &self.db,
            objects: &self.objects,
            vault: &self.door.vault,
            terms: ReportTerms::of(&self.config),
        }
    }

    /// Which acts of staff take two.
    pub fn terms(&self) -> Terms<'_> {
        let (staff, currency) = (&self.config.staff, self.config.market.currency);
        Terms {
            second_person_for: &staff.second_person_for,
            alone_up_to: staff.alone_up_to.map(|minor| Money::new(minor, currency)),
            base_url: self.base_url(),
        }
    }

    /// Who writes receipts and invoices.
    pub fn billing(&self) -> crate::billing::Terms<'_> {
        let (operator, brand) = (&self.config.operator, &self.config.brand.name);
        crate::billing::Terms { operator, brand, vault: &self.door.vault }
    }

    /// What links in letters begin with.
    pub fn base_url(&self) -> &str {
        &self.config.server.base_url
    }
}

/// Deletes what nobody needs any more: read events, old idempotency keys, captured mail.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Tidy {}

impl Job for Tidy {
    const KIND: &'static str = "platform.tidy";
}

/// Keeps the head of the audit log outside of the database.
#[derive(Serialize, Deserialize, Debug, Default)]
pub struct Anchor {}

impl Job for Anchor {
    const KIND: &'static str = "platform.anchor";
}

async fn tidy(db: &Db) -> Outcome {
    let mut tx = db.begin().await?;
    let now = tx.now();
    events::prune(&mut tx, now - time::Duration::days(7)).await?;
    idempotency::prune(&mut tx).await?;
    mail::prune(&mut tx, now - time::Duration::days(30)).await?;
    Ok(tx.commit().await?)
}

/// Everything that happens outside of requests, on one page.
pub fn registry() -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    const DAY: Duration = Duration::from_secs(24 * 3600);
    let money = tickets::of(payouts::of(payments::of(Registry::new())));
    let money = chargebacks::of(rates::of(ledger::of(cases::of(money))));
    yearly::of(billing::of(privacy_of(reconciliation::of(money))))
        .on(|m: Market, j: SendMail| async move { m.mailer.deliver(&m.db, j.mail).await })
        .on(|m: Market, j: accounts::jobs::Prune| async move { accounts::jobs::prune(&m.db, j).await })
        .on(|m: Market, j: banks::jobs::Used| async move { banks::jobs::used(&m.db, m.base_url(), j).await })
        .on(|m: Market, j: banks::jobs::Prune| async move { banks::jobs::prune(&m.db, j).await })
        .on(|m: Market, j: signin::jobs::Warn| async move { signin::jobs::warn(&m.db, m.base_url(), j).await })
        .on(|m: Market, j: signin::jobs::SendReset| async move {
            signin::jobs::send_reset(&m.db, m.base_url(), j).await
        })
        .on(|m: Market, j: factors::jobs::SendText| async move {
            factors::jobs::send_text(&m.db, &m.door.codes, j).await
        })
        .on(|m: Market, j: signin::jobs::Prune| async move { signin::jobs::prune(&m.db, j).await })
        .on(|m: Market, j: apikeys::jobs::Prune| async move { apikeys::jobs::prune(&m.db, j).await })
        .on(|m: Market, j: pressure::jobs::Tell| async move { pressure::jobs::tell(&m.db, j).await })
        .on(|m: Market, j: pressure::jobs::Look| async move { pressure::jobs::look(&m.db, &m.door.gate, j).await })
        .on(|m: Market, j: staff::jobs::EndSuspensions| async move {
            staff::jobs::end_suspensions(&m.db, m.base_url(), j).await
        })
        .on(|m: Market, j: approvals::jobs::End| async move {
            approvals::jobs::end(&m.db, m.base_url(), j).await
        })
        .on(|m: Market, j: photos::jobs::DeletePicture| async move {
            photos::jobs::delete_picture(&m.objects, j).await
        })
        .on(|m: Market, j: orders::jobs::Timer| async move { orders::jobs::timer(&m.db, j).await })
        .on(|m: Market, j: orders::jobs::Watch| async move { orders::jobs::watch(&m.db, j).await })
        .on(|m: Market, j: orders::jobs::Remind| async move {
            notifications::jobs::remind(&m.db, m.base_url(), j).await
        })
        .every(DAY, &orders::jobs::Watch {})
        .on(|m: Market, _: Tidy| async move { tidy(&m.db).await })
        .on(|m: Market, _: RollBalances| async move { RollBalances::run(&m.db).await })
        .every(HOUR, &RollBalances {})
        .every(DAY, &accounts::jobs::Prune {})
        .every(DAY, &banks::jobs::Prune {})
        .every(HOUR, &signin::jobs::Prune {})
        .every(DAY, &apikeys::jobs::Prune {})
        .every(MINUTE, &pressure::jobs::Look {})
        .every(HOUR, &staff::jobs::EndSuspensions {})
        .every(HOUR, &approvals::jobs::End {})
        .every(DAY, &Tidy {})
        .on(|m: Market, _: Anchor| async move {
            audit::anchor(&m.db, &m.objects).await?;
            Ok(())
        })
        .every(HOUR, &Anchor {})
        .tick("audit", |m: Market| async move { Ok(audit::seal_next(&m.db).await?) })
        .tick("listings", |m: Market| async move { listings::suspended::follow(&m.db).await })
        .tick("orders", |m: Market| async move { orders::jobs::follow(&m.db).await })
        .tick(
            "notifications",
            |m: Market| async move { notifications::jobs::follow(&m.db, m.base_url()).await },
        )
}

/// What every serving process does for itself: its own search index follows the events, the views that it counted are
/// written, and its rates of currencies are fresh.
pub fn local_registry(registry: Registry<Market>) -> Registry<Market> {
    registry
        .tick("search", |m: Market| async move { search::jobs::follow(&m.db, &m.engine).await })
        .tick("rates", |m: Market| async move { Ok(m.rates.refresh(&m.db).await.map(|()| false)?) })
        .tick("views", |m: Market| async move { Ok(m.views.write(&m.db).await.map(|()| false)?) })
}

fn privacy_of(registry: Registry<Market>) -> Registry<Market> {
    use privacy::jobs;
    registry
        .on(|m: Market, j: jobs::MakeCopy| async move { jobs::make_copy(m.tools(), j).await })
        .on(|m: Market, j: jobs::EndCopy| async move { jobs::end_copy(m.tools(), j).await })
        .on(|m: Market, j: jobs::Leave| async move { jobs::leave(m.tools(), j).await })
        .on(|m: Market, j: jobs::ForgetLetter| async move { jobs::forget_letter(&m.db, j).await })
}
