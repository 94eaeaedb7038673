//! The SQL of what stands on the accounts.

use super::{Standing, Sum};
use crate::store::known;
use kernel::{Currency, Moment, Money};
use platform::Reader;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn sums(reader: &mut Reader) -> Done<Vec<Sum>> {
    let rows = sqlx::query!(
        r#"select a.name, a.currency as "currency: Currency", count(*) as "accounts!",
             count(*) filter (where s.stands <> 0) as "holding!", coalesce(sum(s.stands), 0)::bigint as "amount!"
           from ledger.accounts a join ledger.chart c on c.name = a.name left join ledger.balances b using (account_id)
             cross join lateral (
               select case when c.strict then b.posted else ledger.balance_of(a.code) end as stands) s
           group by a.name, a.currency order by a.name, a.currency"#
    )
    .fetch_all(reader.conn())
    .await?;
    let sums = rows.into_iter().map(|row| Sum {
        name: row.name,
        accounts: row.accounts,
        holding: row.holding,
        money: Money::new(row.amount, row.currency),
    });
    Ok(sums.collect())
}

struct Row {
    account_id: i64,
    code: String,
    amount: i64,
    opened_at: Moment,
}

impl TryFrom<Row> for Standing {
    type Error = sqlx::Error;
    fn try_from(row: Row) -> Done<Self> {
        let (account, currency) = known(&row.code)?;
        let money = Money::new(row.amount, currency);
        Ok(Self { id: row.account_id, account, code: row.code, money, opened_at: row.opened_at })
    }
}

pub(super) async fn holding(
    reader: &mut Reader,
    name: &str,
    currency: Currency,
    before: Option<i64>,
    limit: i64,
) -> Done<Vec<Standing>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select a.account_id, a.code, s.stands as "amount!", a.opened_at
           from ledger.accounts a join ledger.chart c on c.name = a.name left join ledger.balances b using (account_id)
             cross join lateral (
               select case when c.strict then b.posted else ledger.balance_of(a.code) end as stands) s
           where a.name = $1 and a.currency = $2 and ($3::bigint is null or a.account_id < $3) and s.stands <> 0
           order by a.account_id desc limit $4"#,
        name,
        currency.code(),
        before,
        limit
    )
    .fetch_all(reader.conn())
    .await?;
    rows.into_iter().map(Standing::try_from).collect()
}

pub(super) async fn find(reader: &mut Reader, code: &str) -> Done<Option<Standing>> {
    let row = sqlx::query_as!(
        Row,
        r#"select a.account_id, a.code, ledger.balance_of(a.code) as "amount!", a.opened_at
           from ledger.accounts a where a.code = $1"#,
        code
    )
    .fetch_optional(reader.conn())
    .await?;
    row.map(Standing::try_from).transpose()
}
