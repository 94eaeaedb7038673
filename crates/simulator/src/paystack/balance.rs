//! The balance, its ledger, and the banks that there are.

use super::model::{INTEGRATION, when, yes};
use crate::asked::Params;
use crate::books::{Beyond, Kept};
use crate::hooks::PAYSTACK;
use crate::money::Line;
use crate::problem::Problem;
use crate::world::Work;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Lines that the ledger looks through.
const LINES_MAX: i64 = 100_000;
/// Name, code, country, currency.
const BANKS: &[(&str, &str, &str, &str)] = &[
    ("Test Bank", "001", "Nigeria", "NGN"),
    ("Second Test Bank", "002", "Nigeria", "NGN"),
    ("Test Bank of Ghana", "GH01", "Ghana", "GHS"),
    ("Test Bank of Kenya", "KE01", "Kenya", "KES"),
    ("Test Bank of South Africa", "ZA01", "South Africa", "ZAR"),
];

/// All of them are banks: there are no telephones' wallets here.
const TYPE: &str = "nuban";

/// `GET /balance`: what can be used.
pub async fn show(work: &mut Work) -> Result<Value, Problem> {
    let at = work.stamp();
    let sums = work.page().sums(PAYSTACK, at).await?;
    let mut data: Vec<Value> = sums
        .into_iter()
        .map(|s| json!({ "currency": s.currency.to_ascii_uppercase(), "balance": s.available }))
        .collect();
    if data.is_empty() {
        data.push(json!({ "currency": "NGN", "balance": 0 }));
    }
    Ok(yes("Balances retrieved", Value::Array(data)))
}

/// `GET /balance/ledger`: every change of what can be used, newest first, with what was there after it. A payment is in it
/// from when it can be used.
pub async fn ledger(work: &mut Work, p: &Params) -> Result<Value, Problem> {
    let at = work.stamp();
    let sums = work.page().sums(PAYSTACK, at).await?;
    let mut after: BTreeMap<String, i64> = sums.into_iter().map(|s| (s.currency, s.available)).collect();
    let mut lines: Vec<(i64, Line)> = Vec::new();
    for object in work.page().newest(Line::KIND, PAYSTACK, Beyond::Newest, LINES_MAX).await? {
        let (id, line) = (object.seq, object.read::<Line>()?);
        if line.available_on <= at {
            lines.push((id, line));
        }
    }
    lines.sort_by_key(|(id, line)| std::cmp::Reverse((line.available_on, *id)));
    let mut data = Vec::new();
    for (id, line) in lines {
        let balance = after.entry(line.currency.clone()).or_insert(0);
        data.push(json!({
            "integration": INTEGRATION,
            "domain": "test",
            "balance": *balance,
            "currency": line.currency.to_ascii_uppercase(),
            "difference": line.net,
            "reason": format!("A {}", line.kind),
            "model_responsible": line.kind,
            "model_row": line.source.parse::<i64>().unwrap_or(0),
            "id": id,
            "createdAt": when(line.available_on),
            "updatedAt": when(line.available_on),
        }));
        *balance -= line.net;
    }
    super::page(p, "Balance ledger retrieved", data)
}

/// `GET /bank`
pub fn banks(p: &Params) -> Value {
    let fits = |country: &str, currency: &str| {
        p.text("country").is_none_or(|c| c.eq_ignore_ascii_case(country))
            && p.text("currency").is_none_or(|c| c == currency)
            && p.text("type").is_none_or(|t| t == TYPE)
    };
    let mut data = Vec::new();
    for (n, (name, code, country, currency)) in BANKS.iter().enumerate() {
        if fits(country, currency) {
            data.push(json!({
                "name": name,
                "slug": name.to_ascii_lowercase().replace(' ', "-"),
                "code": code,
                "longcode": code,
                "gateway": null,
                "pay_with_bank": false,
                "supports_transfer": true,
                "available_for_direct_debit": false,
                "active": true,
                "is_deleted": false,
                "country": country,
                "currency": currency,
                "type": TYPE,
                "id": n + 1,
                "createdAt": when(0),
                "updatedAt": when(0),
            }));
        }
    }
    yes("Banks retrieved", Value::Array(data))
}

/// `GET /bank/resolve`: whose account it is. Ten digits are somebody's.
pub fn resolve(p: &Params) -> Result<Value, Problem> {
    let number = p.needed("account_number")?;
    p.needed("bank_code")?;
    if number.len() != 10 || !number.bytes().all(|b| b.is_ascii_digit()) {
        let message = "Could not resolve account name. Check parameters or try again.";
        return Err(Problem::wrong("account_number", message).answered(422));
    }
    Ok(yes(
        "Account number resolved",
        json!({ "account_number": number, "account_name": "TEST ACCOUNT", "bank_id": 1 }),
    ))
}
