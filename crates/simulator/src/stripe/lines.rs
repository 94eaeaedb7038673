//! Balances and their lines.

use super::lists;
use super::route::Call;
use crate::books::{Kept, Object, Sum};
use crate::money::Line;
use crate::problem::Problem;
use crate::world::Work;
use serde_json::{Value, json};

/// A line as Stripe shows it at `now`, seconds since 1970.
pub fn shown(line: &Line, now: i64) -> Value {
    let fee = json!({
        "amount": line.fee,
        "application": null,
        "currency": line.currency,
        "description": if line.kind == "adjustment" { "Dispute fee" } else { "Processing fees" },
        "type": "stripe_fee",
    });
    json!({
        "id": line.id,
        "object": "balance_transaction",
        "amount": line.amount,
        "available_on": line.available_on,
        "balance_type": "payments",
        "created": line.created,
        "currency": line.currency,
        "description": line.description,
        "exchange_rate": null,
        "fee": line.fee,
        "fee_details": if line.fee == 0 { json!([]) } else { json!([fee]) },
        "net": line.net,
        "reporting_category": line.reporting_category,
        "source": line.source,
        "status": if line.available_on > now { "pending" } else { "available" },
        "type": line.kind,
    })
}

/// `GET /v1/balance`, of a seller's account when the header names one.
pub async fn balance(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let at = work.stamp();
    let mut sums = work.page().sums(&call.account, at).await?;
    if sums.is_empty() {
        sums.push(Sum { currency: "eur".to_owned(), pending: 0, available: 0 });
    }
    let part = |amount: fn(&Sum) -> i64| {
        let one = |s: &Sum| json!({ "amount": amount(s), "currency": s.currency, "source_types": { "card": amount(s) } });
        sums.iter().map(one).collect::<Vec<Value>>()
    };
    Ok(json!({
        "object": "balance",
        "available": part(|s| s.available),
        "livemode": false,
        "pending": part(|s| s.pending),
    }))
}

/// `GET /v1/balance_transactions/{id}`
pub async fn show(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let known: Option<Line> = work.load(id).await?;
    let known = known.filter(|line| line.account == call.account);
    let line = known.ok_or_else(|| Problem::none("balance transaction", id, "id"))?;
    Ok(shown(&line, work.stamp()))
}

/// `GET /v1/balance_transactions`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, Line::KIND, &call.account, &call.params).await?;
    let now = work.stamp();
    let one = |o: Object| -> Result<Value, Problem> { Ok(shown(&o.read::<Line>()?, now)) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}
