//! What a seller may know of their money: what waits and why, what is on its way, what they owe, and a payout line by line.

use super::model::{Account, Payout, Terms, next_run};
use super::store::{accounts, payouts, shown};
use super::{reasons, sending};
use kernel::{
    Currency, Cursor, MemberId, Moment, Money, OrderId, Page, PayoutId, Refusal, SettlementId, Wrong,
};
use platform::Reader;
use platform::config::PayoutSchedule;

pub use super::store::shown::Item;

/// Something that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnHold {
    pub settlement: SettlementId,
    pub order: OrderId,
    pub order_number: String,
    pub amount: Money,
    /// The end of a message's key, `payout-hold-…`.
    pub because: String,
    /// When the wait ends by itself; nothing where it is over, and waits for something else.
    pub until: Option<Moment>,
}

/// What a seller has in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    pub currency: Currency,
    pub on_hold: Vec<OnHold>,
    /// What waits in all.
    pub waiting: Money,
    /// What goes out with the next payout.
    pub payable: Money,
    /// What is on its way to the bank.
    pub in_payout: Money,
    /// What the seller owes: it is kept of what they sell next.
    pub owed: Money,
    /// When the next payout is made at the earliest; nothing when nothing would be in it.
    pub next_run: Option<Moment>,
}

/// What a seller has in every currency, and their accounts at providers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    pub balances: Vec<Balance>,
    pub accounts: Vec<Account>,
}

impl Overview {
    /// The account at a provider.
    pub fn account(&self, provider: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.provider == provider)
    }
}

impl Balance {
    const fn empty(currency: Currency) -> Self {
        let zero = Money::zero(currency);
        let (waiting, payable, in_payout, owed) = (zero, zero, zero, zero);
        Self { currency, on_hold: Vec::new(), waiting, payable, in_payout, owed, next_run: None }
    }
}

/// The balance of a currency, made where there is none yet.
fn of(balances: &mut Vec<Balance>, currency: Currency) -> &mut Balance {
    let at = balances.iter().position(|balance| balance.currency == currency).unwrap_or_else(|| {
        balances.push(Balance::empty(currency));
        balances.len() - 1
    });
    &mut balances[at]
}

/// What a seller has, and why and until when each part of it waits.
pub async fn overview(reader: &mut Reader, terms: &Terms<'_>, seller: MemberId) -> Result<Overview, Refusal> {
    let now = reader.now();
    let accounts = accounts::of_member(reader, seller).await?;
    let last = shown::last_payouts(reader, seller).await?;
    let mut asked: Vec<(String, Option<&'static str>)> = Vec::new();
    let mut balances = Vec::new();
    for (currency, sent, owed) in shown::sums(reader, seller).await? {
        let balance = of(&mut balances, currency);
        balance.in_payout = Money::new(sent, currency);
        balance.owed = Money::new(owed, currency);
    }
    for one in shown::waiting(reader, seller).await? {
        let account = accounts.iter().find(|account| account.provider == one.provider);
        if !asked.iter().any(|(provider, _)| *provider == one.provider) {
            asked.push((one.provider.clone(), reasons::of_seller(reader, seller, account).await?));
        }
        let seller_waits = asked.iter().find(|(provider, _)| *provider == one.provider);
        let seller_waits = seller_waits.and_then(|(_, why)| *why);
        let balance = of(&mut balances, one.currency);
        let amount = Money::new(one.amount, one.currency);
        match one.state.as_str() {
            "in_payout" => {}
            "on_hold" => {
                let because = reasons::of(&one, now, seller_waits).to_owned();
                let until = (one.hold_until > now).then_some(one.hold_until);
                balance.waiting = balance.waiting.plus(amount)?;
                let (settlement, order, order_number) = (one.id, one.order, one.order_number);
                balance.on_hold.push(OnHold { settlement, order, order_number, amount, because, until });
            }
            _ => {
                balance.payable = balance.payable.plus(amount)?;
                let before = last.iter().find(|(p, c, _)| *p == one.provider && *c == one.currency);
                balance.next_run = account.map(|account| next(account, terms, before.map(|it| it.2), now));
            }
        }
    }
    Ok(Overview { balances, accounts })
}

fn next(account: &Account, terms: &Terms<'_>, last: Option<Moment>, now: Moment) -> Moment {
    let schedule = PayoutSchedule::find(&account.schedule).unwrap_or(terms.schedule);
    let cooled = account.cool_until.unwrap_or(now);
    next_run(schedule, last, now).max(cooled).max(now)
}

/// A seller's payouts, the newest first. Errors: the field `cursor`.
pub async fn page(
    reader: &mut Reader,
    seller: MemberId,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<Payout>, Refusal> {
    let before = match after {
        Some(cursor) => Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", Wrong::BadShape))?),
        None => None,
    };
    let some = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows = payouts::of_seller(reader, seller, before, some).await?;
    Ok(Page::cut(rows, limit, |payout| payout.id.to_string()))
}

/// A payout and what it is of, as its seller sees it. Errors: `NotFound`, also for everybody else.
pub async fn show(
    reader: &mut Reader,
    seller: MemberId,
    id: PayoutId,
) -> Result<(Payout, Vec<Item>), Refusal> {
    let found = sending::find(reader, id).await?;
    if found.seller != seller {
        return Err(Refusal::NotFound);
    }
    let items = statement(reader, id).await?;
    Ok((found, items))
}

/// What a payout is of, the oldest sale first: without asking who looks.
pub async fn statement(reader: &mut Reader, id: PayoutId) -> Result<Vec<Item>, Refusal> {
    Ok(shown::items(reader, id).await?)
}

/// For staff: payouts that failed or get no further, the oldest first.
pub async fn stuck(reader: &mut Reader) -> Result<Vec<Payout>, Refusal> {
    let before = reader.now() - time::Duration::days(2);
    Ok(payouts::stuck(reader, before, 200).await?)
}

/// For staff: the payout that people call so; letters in either case.
pub async fn by_number(reader: &mut Reader, number: &str) -> Result<Option<PayoutId>, Refusal> {
    let number = number.trim().to_ascii_uppercase();
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Ok(None);
    }
    Ok(payouts::by_number(reader, &number).await?)
}

/// For staff: the newest payouts of everybody.
pub async fn newest(reader: &mut Reader) -> Result<Vec<Payout>, Refusal> {
    Ok(payouts::newest(reader, 50).await?)
}
