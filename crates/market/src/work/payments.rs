//! What payments do later.

use super::Market;
use crate::payments::jobs;
use platform::jobs::Registry;

pub(super) fn of(registry: Registry<Market>) -> Registry<Market> {
    registry
        .on(|m: Market, j: jobs::CreatePayment| async move { jobs::create_payment(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::CancelPayment| async move { jobs::cancel_payment(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::SyncPayment| async move { jobs::sync_payment(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::SendRefund| async move { jobs::send_refund(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::SyncRefund| async move { jobs::sync_refund(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::HandleEvent| async move { jobs::handle_event(&m.db, &*m.provider, j).await })
        .on(|m: Market, j: jobs::SettlePayment| async move { jobs::settle_payment(&m.db, j).await })
        .on(|m: Market, j: jobs::SettleRefund| async move { jobs::settle_refund(&m.db, j).await })
        .on(|m: Market, j: jobs::Deliver| async move { jobs::deliver(&m.db, &*m.provider, j).await })
}
