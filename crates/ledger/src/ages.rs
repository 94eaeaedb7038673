//! Money that stands too long on an account that it should only pass.

use crate::accounts::Account;
use crate::verify::{InTransit, in_transit};
use kernel::{Moment, Money};
use platform::Reader;
use time::Duration;

/// What is late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Late {
    pub account: Account,
    /// With the currency.
    pub code: String,
    pub money: Money,
    /// When the account was last empty.
    pub since: Moment,
    pub age: Duration,
}

/// Transit accounts that hold something for longer than their kind may ([`Account::late_after`]), the oldest first.
///
/// # Errors
/// The database fails.
pub async fn late(reader: &mut Reader, now: Moment) -> Result<Vec<Late>, sqlx::Error> {
    Ok(in_transit(reader).await?.into_iter().filter_map(|it| if_late(it, now)).collect())
}

fn if_late(it: InTransit, now: Moment) -> Option<Late> {
    let (account, _) = Account::parse(&it.account)?;
    let age = now - it.since;
    (age > account.late_after()?).then_some(Late {
        account,
        code: it.account,
        money: it.money,
        since: it.since,
        age,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Currency, OrderId};
    use uuid::Uuid;

    fn after(days: i64) -> Option<Late> {
        let account = Account::RefundInTransit(OrderId(Uuid::from_u128(1))).code(Currency::EUR);
        let since = Moment::UNIX_EPOCH;
        let it = InTransit { account, money: Money::new(5, Currency::EUR), since, age_s: 0 };
        if_late(it, since + Duration::days(days))
    }

    #[test]
    fn a_refund_may_take_twelve_days() {
        assert_eq!(after(12), None);
        assert_eq!(after(13).unwrap().age, Duration::days(13));
    }
}
