//! What payments do later.

use super::Market;
use crate::payments::jobs;
use platform::jobs::Registry;
use std::time::Duration;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(3600);
    const DAY: Duration = Duration::from_secs(24 * 3600);
    registry
        .on(|m: Market, j: jobs::CreatePayment| async move { jobs::create_payment(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::CancelPayment| async move { jobs::cancel_payment(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::SyncPayment| async move { jobs::sync_payment(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::SendRefund| async move { jobs::send_refund(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::SendRefundTo| async move {
            jobs::send_refund_to(&m.db, &m.providers, &m.door.vault, j).await
        })
        .on(|m: Market, j: jobs::SyncRefund| async move { jobs::sync_refund(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::HandleEvent| async move { jobs::handle_event(&m.db, &m.providers, j).await })
        .on(|m: Market, j: jobs::Watch| async move { jobs::watch(&m.db, j).await })
        .on(|m: Market, j: jobs::LookUp| async move { jobs::look_up(&m.db, j).await })
        .on(|m: Market, j: jobs::PruneRaw| async move { jobs::prune_raw(&m.db, j).await })
        .every(10 * MINUTE, &jobs::Watch {})
        .every(HOUR, &jobs::LookUp {})
        .every(DAY, &jobs::PruneRaw {})
        .tick("sandbox.due", |m: Market| async move { jobs::due(&m.providers).await })
        .tick("sandbox.deliver", |m: Market| async move { jobs::deliver(&m.providers).await })
}
