//! The ledger against a real PostgreSQL: its guards one by one, every flow, and many flows at once.

mod ages;
mod flows;
mod guards;
mod property;
mod seal;
mod show;
mod statement;
mod stories;

use kernel::{Currency, Dice, MemberId, Money, OrderId, RefundId, ids::Id};
use ledger::flows::{AtProvider, Shares};
use ledger::{Account, Entry, EntryError, EntryId, PostError};
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

/// Shares of which nothing is kept back and nothing is tax.
fn whole(seller: i64, commission: i64, buyer_fee: i64) -> Shares<'static> {
    let (commission, buyer_fee) = (eur(commission), eur(buyer_fee));
    Shares { seller: eur(seller), reserve: eur(0), commission, buyer_fee, taxes: &[] }
}

/// Posts in a transaction of its own.
async fn post(db: &Db, entry: &Entry) -> Result<EntryId, PostError> {
    let mut tx = db.begin().await?;
    let id = ledger::post(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Posts all of them, one transaction each.
async fn post_all(db: &Db, entries: impl IntoIterator<Item = Result<Entry, EntryError>>) {
    for entry in entries {
        post(db, &entry.unwrap()).await.unwrap();
    }
}

/// Fails if an invariant is broken.
async fn verified(db: &Db) -> ledger::Report {
    let report = ledger::verify(&mut db.read().await.unwrap()).await.unwrap();
    assert!(report.ok(), "{report}");
    report
}

async fn balance(db: &Db, account: &Account) -> i64 {
    let mut reader = db.read().await.unwrap();
    ledger::balance_of(&mut reader, account, Currency::EUR).await.unwrap().amount
}

/// One order's life in the books.
#[derive(Clone, Copy)]
struct Deal {
    order: OrderId,
    seller: MemberId,
    refund: RefundId,
    shares: Shares<'static>,
    fee: Money,
}

impl Deal {
    /// Amounts by chance, a little commission and buyer fee among them.
    fn by_chance(db: &Db, dice: &Dice) -> Self {
        let part = |below: u64| i64::try_from(dice.below(below)).unwrap();
        let price = 100 + part(500_000);
        let commission = price * [0, 5, 8, 10, 12][usize::try_from(dice.below(5)).unwrap()] / 100;
        let shares = whole(price - commission, commission, part(1 + price.unsigned_abs() / 20));
        Self { order: new(db), seller: new(db), refund: new(db), shares, fee: eur(30 + part(2_000)) }
    }

    fn total(&self) -> Money {
        self.shares.total().unwrap()
    }
}
