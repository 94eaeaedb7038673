//! Paystack's dialect: payments on its own page, transfers to bank accounts from one balance. There are no keys; what is
//! done once is done once by its reference.

pub mod balance;
pub mod disputes;
pub mod model;
pub mod refunds;
pub mod transactions;
pub mod transfers;

use crate::asked::{Answered, Asked, Params};
use crate::books::{Beyond, BooksError, Kept, Object};
use crate::faults::Fault;
use crate::hooks::PAYSTACK;
use crate::problem::Problem;
use crate::world::{Work, World};
use serde_json::Value;

/// Things that a list looks through.
const LISTED_MAX: i64 = 10_000;

/// Whether an address is of this dialect.
pub fn is_mine(path: &str) -> bool {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    matches!(
        first,
        "transaction" | "refund" | "transferrecipient" | "transfer" | "dispute" | "balance" | "bank"
    )
}

/// Answers a call.
pub async fn answer(world: &World, asked: &Asked, fault: Option<&Fault>) -> Answered {
    match done(world, asked, fault).await {
        Ok(answered) => answered,
        Err(problem) => model::refused(&problem),
    }
}

async fn done(world: &World, asked: &Asked, fault: Option<&Fault>) -> Result<Answered, Problem> {
    let key =
        asked.header("authorization").and_then(|shown| shown.strip_prefix("Bearer ")).unwrap_or_default();
    let is_known = world.secret_key().map_or_else(|| key.starts_with("sk_test_"), |secret| secret == key);
    if !is_known {
        return Err(Problem::stranger("Invalid key"));
    }
    let params = asked.params()?;
    let mut work = world.work().await?;
    work.fault = fault.cloned();
    if work.suffers(&Fault::FailThenReplay) {
        return Err(Problem::broken(500, "Something went wrong."));
    }
    let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    let method = asked.method.as_str();
    let value = match parts.first().copied().unwrap_or_default() {
        "transaction" | "refund" => paying(&mut work, method, &parts, &params).await?,
        "dispute" => disputing(&mut work, method, &parts, &params).await?,
        _ => sending(&mut work, method, &parts, &params).await?,
    };
    if method != "GET" {
        work.commit().await?;
    }
    let status = if method == "POST" && parts == ["transferrecipient"] { 201 } else { 200 };
    Ok(Answered::json(status, &value))
}

async fn paying(work: &mut Work, method: &str, parts: &[&str], p: &Params) -> Result<Value, Problem> {
    match (method, parts) {
        ("POST", ["transaction", "initialize"]) => transactions::initialize(work, p).await,
        ("GET", ["transaction", "verify", reference]) => transactions::verify(work, reference).await,
        ("GET", ["transaction"]) => transactions::list(work, p).await,
        ("GET", ["transaction", id]) => transactions::show(work, id).await,
        ("POST", ["refund"]) => refunds::create(work, p).await,
        ("GET", ["refund"]) => refunds::list(work, p).await,
        ("GET", ["refund", id]) => refunds::show(work, id).await,
        ("POST", ["refund", "retry_with_customer_details", id]) => refunds::retry(work, p, id).await,
        _ => Err(nowhere()),
    }
}

async fn sending(work: &mut Work, method: &str, parts: &[&str], p: &Params) -> Result<Value, Problem> {
    match (method, parts) {
        ("POST", ["transferrecipient"]) => transfers::receive(work, p).await,
        ("GET", ["transferrecipient", code]) => transfers::recipient(work, code).await,
        ("POST", ["transfer"]) => transfers::create(work, p).await,
        ("GET", ["transfer"]) => transfers::list(work, p).await,
        ("GET", ["transfer", "verify", reference]) => transfers::verify(work, reference).await,
        ("GET", ["transfer", code]) => transfers::show(work, code).await,
        ("GET", ["balance"]) => balance::show(work).await,
        ("GET", ["balance", "ledger"]) => balance::ledger(work, p).await,
        ("GET", ["bank"]) => Ok(balance::banks(p)),
        ("GET", ["bank", "resolve"]) => balance::resolve(p),
        _ => Err(nowhere()),
    }
}

async fn disputing(work: &mut Work, method: &str, parts: &[&str], p: &Params) -> Result<Value, Problem> {
    match (method, parts) {
        ("GET", ["dispute"]) => disputes::list(work, p).await,
        ("GET", ["dispute", "transaction", id]) => disputes::of_transaction(work, id).await,
        ("GET", ["dispute", id]) => disputes::show(work, id).await,
        ("PUT", ["dispute", id]) => disputes::update(work, p, id).await,
        ("GET", ["dispute", id, "upload_url"]) => disputes::upload(work, id).await,
        ("POST", ["dispute", id, "evidence"]) => disputes::evidence(work, p, id).await,
        ("PUT", ["dispute", id, "resolve"]) => disputes::resolve(work, p, id).await,
        _ => Err(nowhere()),
    }
}

fn nowhere() -> Problem {
    Problem::wrong("", "Entity not found").answered(404)
}

/// Everything of a kind, newest first.
async fn all<T: Kept>(work: &mut Work) -> Result<Vec<T>, BooksError> {
    let all = work.page().newest(T::KIND, PAYSTACK, Beyond::Newest, LISTED_MAX).await?;
    all.into_iter().map(Object::read).collect()
}

/// A page of a list, as `page` and `perPage` say.
fn page(p: &Params, message: &str, all: Vec<Value>) -> Result<Value, Problem> {
    let page = p.whole("page")?.unwrap_or(1).max(1);
    let per_page = p.whole("perPage")?.or(p.whole("per_page")?).unwrap_or(50).clamp(1, 100);
    Ok(model::listed(message, all, page, per_page))
}

/// Work that was put off in this dialect; `false` when it is not of it.
///
/// # Errors
/// When the books do not answer.
pub async fn due(work: &mut Work, what: &str, id: &str) -> Result<bool, BooksError> {
    match what {
        "paystack.settle" => transactions::settle(work, id).await?,
        "paystack.settle_refund" => refunds::settle(work, id).await?,
        "paystack.fail_refund" => refunds::bounce(work, id).await?,
        "paystack.settle_transfer" => transfers::settle(work, id).await?,
        "paystack.return_transfer" => transfers::bounce(work, id).await?,
        "paystack.open_dispute" => disputes::open(work, id).await.map(drop)?,
        "paystack.remind_dispute" => disputes::remind(work, id).await?,
        "paystack.expire_dispute" => disputes::expire(work, id).await?,
        "paystack.decide_dispute" => disputes::decide(work, id).await?,
        _ => return Ok(false),
    }
    Ok(true)
}
