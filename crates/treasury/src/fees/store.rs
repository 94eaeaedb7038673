//! The SQL of fees.

use super::model::{Fee, FeeRule, NewRule, Rule};
use kernel::{Currency, FeeRuleId, MemberId, Moment};
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn insert(tx: &mut Tx, id: FeeRuleId, by: Option<MemberId>, new: &NewRule) -> Done<()> {
    let now = tx.now();
    let class = new.business.map(|business| if business { "business" } else { "private" });
    let bp = |fee: &Fee| i32::try_from(fee.bp).unwrap_or(i32::MAX);
    sqlx::query!(
        "insert into fee_rules (rule_id, position, title, category, tier, seller_class, currency, commission_bp,
           commission_fixed, commission_min, commission_cap, buyer_bp, buyer_fixed, buyer_cap, begins_at, made_by, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        id.0,
        new.position,
        new.title.trim(),
        new.category.as_deref(),
        new.tier,
        class,
        new.currency.map(|currency| currency.to_string()),
        bp(&new.commission),
        new.commission.fixed,
        new.commission.min,
        new.commission.cap,
        bp(&new.buyer),
        new.buyer.fixed,
        new.buyer.cap,
        new.begins_at,
        by.map(|by| by.0),
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

/// Whether it was running; `None` when there is none. One that has not begun ends with its beginning, a microsecond
/// later.
pub(super) async fn end(tx: &mut Tx, id: FeeRuleId) -> Done<Option<bool>> {
    let now = tx.now();
    sqlx::query_scalar!(
        r#"with it as (select rule_id, ends_at from fee_rules where rule_id = $1 for update),
           ended as (
             update fee_rules f set ends_at = greatest($2, f.begins_at + interval '1 microsecond') from it
             where f.rule_id = it.rule_id and it.ends_at is null returning f.rule_id)
           select exists (select from ended) as "ended!" from it"#,
        id.0,
        now
    )
    .fetch_optional(tx.conn())
    .await
}

struct Row {
    rule_id: FeeRuleId,
    position: i32,
    title: String,
    category: Option<String>,
    tier: Option<i16>,
    seller_class: Option<String>,
    currency: Option<Currency>,
    commission_bp: i32,
    commission_fixed: i64,
    commission_min: i64,
    commission_cap: Option<i64>,
    buyer_bp: i32,
    buyer_fixed: i64,
    buyer_cap: Option<i64>,
    begins_at: Moment,
    ends_at: Option<Moment>,
}

impl From<Row> for Rule {
    fn from(row: Row) -> Self {
        Self {
            position: row.position,
            title: row.title,
            category: row.category,
            tier: row.tier,
            business: row.seller_class.map(|class| class == "business"),
            currency: row.currency,
            begins_at: row.begins_at,
            ends_at: row.ends_at,
            fees: FeeRule {
                rule: Some(row.rule_id),
                commission: Fee {
                    bp: i64::from(row.commission_bp),
                    fixed: row.commission_fixed,
                    min: row.commission_min,
                    cap: row.commission_cap,
                },
                buyer: Fee {
                    bp: i64::from(row.buyer_bp),
                    fixed: row.buyer_fixed,
                    min: 0,
                    cap: row.buyer_cap,
                },
            },
        }
    }
}

/// Those that have not ended, also when they begin later.
pub(super) async fn current(r: &mut Reader) -> Done<Vec<Rule>> {
    let now = r.now();
    let rows = sqlx::query_as!(
        Row,
        r#"select rule_id as "rule_id: FeeRuleId", position, title, category, tier, seller_class,
             currency as "currency: Currency", commission_bp, commission_fixed, commission_min, commission_cap, buyer_bp,
             buyer_fixed, buyer_cap, begins_at, ends_at
           from fee_rules where ends_at is null or (ends_at > $1 and ends_at > begins_at + interval '1 microsecond')
           order by position, rule_id"#,
        now
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows.into_iter().map(Rule::from).collect())
}
