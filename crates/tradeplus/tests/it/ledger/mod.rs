//! The ledger against a real PostgreSQL: its guards one by one, every flow, and many flows at once.

mod flows;
mod guards;
mod property;

use kernel::{Currency, Dice, MemberId, Money, OrderId, RefundId, ids::Id};
use ledger::flows::{AtProvider, Shares};
use ledger::{Account, Entry, EntryId, PostError};
use platform::Db;

/// The provider of these tests and its name for whatever moves.
const AT: AtProvider<'_> = AtProvider { provider: "sandbox", reference: "pay_1" };

fn eur(amount: i64) -> Money {
    Money::new(amount, Currency::EUR)
}

fn provider_pending() -> Account {
    Account::ProviderPending(AT.provider.to_owned())
}

fn new<T: Id>(db: &Db) -> T {
    T::new(db.now(), db.dice())
}

/// Posts in a transaction of its own.
async fn post(db: &Db, entry: &Entry) -> Result<EntryId, PostError> {
    let mut tx = db.begin().await?;
    let id = ledger::post(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

async fn balance(db: &Db, account: &Account) -> i64 {
    let mut reader = db.read().await.unwrap();
    ledger::balance_of(&mut reader, account, Currency::EUR).await.unwrap().amount
}

/// One order's life in the books.
struct Deal {
    order: OrderId,
    seller: MemberId,
    refund: RefundId,
    shares: Shares,
    fee: Money,
}

impl Deal {
    /// Amounts by chance, a little commission and buyer fee among them.
    fn by_chance(db: &Db, dice: &Dice) -> Self {
        let part = |below: u64| i64::try_from(dice.below(below)).unwrap();
        let price = 100 + part(500_000);
        let commission = price * [0, 5, 8, 10, 12][usize::try_from(dice.below(5)).unwrap()] / 100;
        let shares = Shares {
            seller: eur(price - commission),
            commission: eur(commission),
            buyer_fee: eur(part(1 + price.unsigned_abs() / 20)),
        };
        Self { order: new(db), seller: new(db), refund: new(db), shares, fee: eur(30 + part(2_000)) }
    }

    fn total(&self) -> Money {
        let Shares { seller, commission, buyer_fee } = self.shares;
        Money::sum(Currency::EUR, [seller, commission, buyer_fee]).unwrap()
    }
}
