//! Which call goes where.

use super::{
    accounts, charges, charging, disputes, events, files, lines, methods, payments, payouts, refunds,
    reversals, tax, transfers, warnings,
};
use crate::asked::Params;
use crate::problem::Problem;
use crate::world::Work;
use serde_json::Value;

/// A call, understood.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub path: String,
    pub params: Params,
    /// The seller's account that it is about; "" is the marketplace's own.
    pub account: String,
    /// It shows a publishable key: it comes from a browser.
    pub is_public: bool,
}

/// Does what is asked.
pub async fn route(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let parts: Vec<&str> = call.path.trim_matches('/').split('/').skip(1).collect();
    let method = call.method.as_str();
    if call.is_public
        && !matches!((method, &*parts), (_, ["payment_intents", _] | ["payment_intents", _, "confirm"]))
    {
        return Err(
            Problem::stranger("This API call cannot be made with a publishable API key.").answered(403)
        );
    }
    match parts.first().copied().unwrap_or_default() {
        "payment_intents" | "payment_methods" | "charges" | "refunds" => {
            paying(work, call, method, &parts).await
        }
        "transfers" | "payouts" | "accounts" | "account_links" => sending(work, call, method, &parts).await,
        _ => watching(work, call, method, &parts).await,
    }
}

async fn paying(work: &mut Work, call: &Call, method: &str, parts: &[&str]) -> Result<Value, Problem> {
    match (method, parts) {
        ("POST", ["payment_intents"]) => payments::create(work, call).await,
        ("GET", ["payment_intents"]) => payments::list(work, call).await,
        ("GET", ["payment_intents", "search"]) => payments::search(work, call).await,
        ("GET", ["payment_intents", id]) => payments::show(work, call, id).await,
        ("POST", ["payment_intents", id]) if !call.is_public => payments::update(work, call, id).await,
        ("POST", ["payment_intents", id, "confirm"]) => payments::confirm(work, call, id).await,
        ("POST", ["payment_intents", id, "cancel"]) => payments::cancel(work, call, id).await,
        ("POST", ["payment_methods"]) => methods::create(work, call).await,
        ("GET", ["charges"]) => charges::list(work, call).await,
        ("GET", ["charges", id]) => charges::show(work, id).await,
        ("POST", ["refunds"]) => refunds::create(work, call).await,
        ("GET", ["refunds"]) => refunds::list(work, call).await,
        ("GET", ["refunds", id]) => refunds::show(work, id).await,
        _ => Err(Problem::nowhere(method, &call.path)),
    }
}

async fn sending(work: &mut Work, call: &Call, method: &str, parts: &[&str]) -> Result<Value, Problem> {
    match (method, parts) {
        ("POST", ["transfers"]) => transfers::create(work, call).await,
        ("GET", ["transfers"]) => transfers::list(work, call).await,
        ("GET", ["transfers", id]) => transfers::show(work, id).await,
        ("POST", ["transfers", id]) => transfers::update(work, call, id).await,
        ("POST", ["transfers", id, "reversals"]) => reversals::create(work, call, id).await,
        ("GET", ["transfers", id, "reversals"]) => reversals::list(work, call, id).await,
        ("GET", ["transfers", _, "reversals", id]) => reversals::show(work, id).await,
        ("POST", ["payouts"]) => payouts::create(work, call).await,
        ("GET", ["payouts"]) => payouts::list(work, call).await,
        ("GET", ["payouts", id]) => payouts::show(work, call, id).await,
        ("POST", ["accounts"]) => accounts::create(work, call).await,
        ("GET", ["accounts"]) => accounts::list(work, call).await,
        ("GET", ["accounts", id]) => accounts::show(work, id).await,
        ("POST", ["accounts", id]) => accounts::update(work, call, id).await,
        ("POST", ["accounts", id, "reject"]) => accounts::reject(work, call, id).await,
        ("POST", ["accounts", id, "external_accounts"]) => accounts::add_bank(work, call, id).await,
        ("GET", ["accounts", id, "external_accounts"]) => accounts::banks(work, call, id).await,
        ("POST", ["account_links"]) => accounts::link(work, call).await,
        _ => Err(Problem::nowhere(method, &call.path)),
    }
}

async fn watching(work: &mut Work, call: &Call, method: &str, parts: &[&str]) -> Result<Value, Problem> {
    match (method, parts) {
        ("GET", ["disputes"]) => disputes::list(work, call).await,
        ("GET", ["disputes", id]) => disputes::show(work, id).await,
        ("POST", ["disputes", id]) => disputes::update(work, call, id).await,
        ("POST", ["disputes", id, "close"]) => disputes::close(work, call, id).await,
        ("GET", ["radar", "early_fraud_warnings"]) => warnings::list(work, call).await,
        ("GET", ["radar", "early_fraud_warnings", id]) => warnings::show(work, id).await,
        ("GET", ["balance"]) => lines::balance(work, call).await,
        ("GET", ["balance_transactions"]) => lines::list(work, call).await,
        ("GET", ["balance_transactions", id]) => lines::show(work, call, id).await,
        ("GET", ["events"]) => events::list(work, call).await,
        ("GET", ["events", id]) => events::show(work, call, id).await,
        ("POST", ["files"]) => files::create(work, call).await,
        ("GET", ["files", id]) => files::show(work, id).await,
        ("POST", ["tax", "calculations"]) => tax::calculate(work, call).await,
        ("POST", ["tax", "transactions", "create_from_calculation"]) => tax::transact(work, call).await,
        ("POST", ["tax", "transactions", "create_reversal"]) => tax::reverse(work, call).await,
        _ => Err(Problem::nowhere(method, &call.path)),
    }
}

/// Work that was put off in this dialect; `false` when it is not of it.
///
/// # Errors
/// When the books do not answer.
pub async fn due(work: &mut Work, what: &str, id: &str) -> Result<bool, crate::books::BooksError> {
    let opening = |is_inquiry| disputes::Opening { is_inquiry, reason: "fraudulent", amount: None };
    match what {
        "settle_payment" => charging::settle(work, id).await?,
        "succeed_anyway" => charging::succeed_anyway(work, id).await?,
        "settle_refund" => refunds::settle(work, id).await?,
        "fail_refund" => refunds::bounce(work, id).await?,
        "pay_payout" => payouts::arrive(work, id).await?,
        "return_payout" => payouts::bounce(work, id).await?,
        "open_dispute" => disputes::open(work, id, opening(false)).await.map(drop)?,
        "open_inquiry" => disputes::open(work, id, opening(true)).await.map(drop)?,
        "warn_of_fraud" => warnings::warn(work, id).await?,
        "decide_dispute" => disputes::decide(work, id).await?,
        "expire_dispute" => disputes::expire(work, id).await?,
        _ => return Ok(false),
    }
    Ok(true)
}
