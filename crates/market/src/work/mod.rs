//! The whole product in one hand, and the table of everything it does later.

mod ledger;
mod payments;
mod tickets;

pub use ledger::WatchBooks;

use crate::approvals::model::Terms;
use crate::listings::views::Views;
use crate::orders::model::Fees;
use crate::payments::Provider;
use crate::privacy::model::Tools;
use crate::{
    accounts, apikeys, approvals, banks, listings, notifications, orders, photos, pressure, privacy, search,
};
use ::ledger::RollBalances;
use ::search::Engine;
use images::Studio;
use people::signin::model::Door;
use people::{factors, signin, staff};
use platform::config::Config;
use platform::jobs::{Job, Outcome, Registry};
use platform::mail::{Mailer, SendMail};
use platform::objects::Objects;
use platform::{Db, audit, events, idempotency, mail};
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
    pub provider: Arc<dyn Provider>,
    pub mailer: Mailer,
    pub views: Arc<Views>,
}

impl Market {
    /// What the operator takes, as the settings say.
    pub fn fees(&self) -> Fees {
        let market = &self.config.market;
        Fees {
            commission_bp: market.commission_bp,
            buyer_bp: market.buyer_fee_bp,
            buyer_fixed: market.buyer_fee_fixed,
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

    /// Which acts of staff take two.
    pub fn terms(&self) -> Terms<'_> {
        Terms { second_person_for: &self.config.staff.second_person_for, base_url: self.base_url() }
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
    ledger::of(tickets::of(privacy_of(payments::of(Registry::new()))))
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

/// What every serving process does for itself: its own search index follows the events, and the views that it
/// counted are written.
pub fn local_registry(registry: Registry<Market>) -> Registry<Market> {
    registry
        .tick("search", |m: Market| async move { search::jobs::follow(&m.db, &m.engine).await })
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
