//! What tests and people at work do to the world: move its clock, plan faults, dispute payments, onboard sellers. JSON
//! in and out, below `/_sim/`.

use crate::asked::{Answered, Asked};
use crate::courier::Endpoint;
use crate::faults::{Fault, Planned};
use crate::problem::Problem;
use crate::stripe::accounts::{self, Standing};
use crate::stripe::banks::Bank;
use crate::stripe::disputes::{self, Opening, Status};
use crate::stripe::{errors, warnings};
use crate::world::{Work, World};
use crate::{due, hooks, money, paystack};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;

/// Answers for an address behind `/_sim/`.
pub async fn answer(world: &World, asked: &Asked, parts: &[&str]) -> Answered {
    match done(world, asked, parts).await {
        Ok(value) => Answered::json(200, &value),
        Err(problem) => errors::answer(&problem),
    }
}

async fn done(world: &World, asked: &Asked, parts: &[&str]) -> Result<Value, Problem> {
    match (asked.method.as_str(), parts) {
        ("GET", [] | [""] | ["clock"]) => Ok(state(world)),
        ("POST", ["clock"]) => {
            let wish: Advance = read(asked)?;
            world.advance(time::Duration::seconds(wish.advance));
            while due::run(world).await? > 0 {}
            Ok(state(world))
        }
        ("POST", ["tick"]) => {
            let done = due::run(world).await?;
            let delivered = hooks::deliver(world).await?;
            Ok(json!({ "done": done, "delivered": delivered }))
        }
        ("POST", ["faults"]) => {
            let wish: Wish = read(asked)?;
            world.plan().add(wish.planned()?);
            Ok(state(world))
        }
        ("DELETE", ["faults"]) => {
            world.plan().clear();
            Ok(state(world))
        }
        ("POST", ["hooks"]) => {
            let endpoint: Endpoint = read(asked)?;
            world.add_endpoint(endpoint);
            Ok(state(world))
        }
        ("GET", ["seen"]) => {
            let all = world.seen();
            let one = |s: &crate::world::Seen| json!({ "method": s.method, "path": s.path, "status": s.status, "answer": s.answer });
            Ok(json!(all.iter().map(one).collect::<Vec<Value>>()))
        }
        // Where Paystack lets evidence be put.
        ("PUT", ["upload", _]) => Ok(json!({})),
        ("POST", _) => {
            let mut work = world.work().await?;
            let value = worked(&mut work, asked, parts).await?;
            work.commit().await?;
            Ok(value)
        }
        _ => Err(Problem::nowhere(&asked.method, &asked.path)),
    }
}

async fn worked(work: &mut Work, asked: &Asked, parts: &[&str]) -> Result<Value, Problem> {
    match parts {
        ["disputes"] => dispute(work, &read(asked)?).await,
        ["disputes", id] => move_on(work, id, &read::<Step>(asked)?.to).await,
        ["warnings"] => {
            let about: About = read(asked)?;
            let charge = disputes::charge_of(work, about.id()?).await?;
            warnings::warn(work, &charge).await?;
            Ok(json!({}))
        }
        ["accounts", id] => stand(work, id, &read(asked)?).await,
        ["topups"] => {
            let wish: TopUp = read(asked)?;
            if wish.amount <= 0 {
                return Err(Problem::wrong("amount", "Put in more than nothing.".to_owned()));
            }
            let line = money::top_up(work, wish.amount, &wish.currency.to_ascii_lowercase()).await?;
            Ok(json!({ "id": line.id }))
        }
        _ => Err(Problem::nowhere(&asked.method, &asked.path)),
    }
}

fn state(world: &World) -> Value {
    let names: Vec<String> = world.endpoints().into_iter().map(|e| e.name).collect();
    json!({ "now": world.now().unix_timestamp(), "faults": world.plan().len(), "hooks": names })
}

fn read<T: DeserializeOwned>(asked: &Asked) -> Result<T, Problem> {
    serde_json::from_slice(&asked.body)
        .map_err(|e| Problem::wrong("", format!("The body is not understood: {e}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    /// Seconds.
    advance: i64,
}

/// Money that the marketplace puts in from its own bank, minor units.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopUp {
    amount: i64,
    currency: String,
}

/// A fault as it is asked for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    fault: String,
    /// Of `refuse`.
    #[serde(default)]
    status: Option<u16>,
    /// Of `answer_late` and `hook_late`.
    #[serde(default)]
    seconds: Option<u64>,
    #[serde(default)]
    method: String,
    #[serde(default)]
    path: String,
    /// The type of the event, of faults of events.
    #[serde(default)]
    event: String,
    #[serde(default)]
    times: Option<u32>,
}

impl Wish {
    fn planned(&self) -> Result<Planned, Problem> {
        let by = Duration::from_secs(self.seconds.unwrap_or(60));
        let fault = match &*self.fault {
            "refuse" => Fault::Refuse(self.status.unwrap_or(503)),
            "answer_lost" => Fault::AnswerLost,
            "answer_late" => Fault::AnswerLate(by),
            "fail_then_replay" => Fault::FailThenReplay,
            "hook_twice" => Fault::HookTwice,
            "hook_late" => Fault::HookLate(by),
            "hooks_reversed" => Fault::HooksReversed,
            "hook_badly_signed" => Fault::HookBadlySigned,
            "hook_old_secret" => Fault::HookOldSecret,
            "hook_before_answer" => Fault::HookBeforeAnswer,
            "refund_fails_later" => Fault::RefundFailsLater,
            "payout_fails_after_paid" => Fault::PayoutFailsAfterPaid,
            "reversal_refused" => Fault::ReversalRefused,
            "succeeds_after_cancel" => Fault::SucceedsAfterCancel,
            "settles_in_dollars" => Fault::SettlesInDollars,
            other => return Err(Problem::wrong("fault", format!("There is no fault {other}."))),
        };
        let planned = Planned::new(fault);
        let planned = if self.event.is_empty() {
            planned.on(&self.method, &self.path)
        } else {
            planned.of(&self.event)
        };
        Ok(planned.times(self.times.unwrap_or(1)))
    }
}

/// What something is about: a payment, its charge, or a transaction of Paystack's.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    payment: Option<String>,
    #[serde(default)]
    charge: Option<String>,
    #[serde(default)]
    transaction: Option<String>,
    #[serde(default)]
    inquiry: bool,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    amount: Option<i64>,
}

impl About {
    fn id(&self) -> Result<&str, Problem> {
        let id = self.charge.as_deref().or(self.payment.as_deref());
        id.ok_or_else(|| Problem::missing("payment"))
    }
}

async fn dispute(work: &mut Work, about: &About) -> Result<Value, Problem> {
    if let Some(reference) = &about.transaction {
        let number = paystack::disputes::open(work, reference).await?;
        let number = number.ok_or_else(|| Problem::none("transaction", reference, "transaction"))?;
        return Ok(json!({ "id": number }));
    }
    let charge = disputes::charge_of(work, about.id()?).await?;
    let how = Opening {
        is_inquiry: about.inquiry,
        reason: about.reason.as_deref().unwrap_or("fraudulent"),
        amount: about.amount,
    };
    let dispute = disputes::open(work, &charge, how).await?;
    let dispute = dispute
        .ok_or_else(|| Problem::refused("charge_missing", "The payment was not paid, or is disputed."))?;
    Ok(disputes::shown(work, &dispute).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// escalated, won, lost, closed or prevented.
    to: String,
}

async fn move_on(work: &mut Work, id: &str, to: &str) -> Result<Value, Problem> {
    match to {
        "escalated" => disputes::escalate(work, id).await?,
        "won" => disputes::end(work, id, Status::Won).await?,
        "lost" => disputes::end(work, id, Status::Lost).await?,
        "closed" => disputes::end(work, id, Status::WarningClosed).await?,
        "prevented" => disputes::end(work, id, Status::Prevented).await?,
        _ => return Err(Problem::wrong("to", "escalated, won, lost, closed or prevented")),
    }
    disputes::show(work, id).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stand {
    standing: Standing,
    /// The number of a bank account.
    #[serde(default)]
    bank: Option<String>,
}

async fn stand(work: &mut Work, id: &str, wish: &Stand) -> Result<Value, Problem> {
    let country = accounts::found(work, id, "account").await?.country;
    let currency = accounts::currency_of(&country);
    let bank = wish.bank.as_deref().map(|number| Bank::new(work, number, &country, currency));
    accounts::change(work, id, wish.standing, bank).await.map(|account| account.shown())
}
