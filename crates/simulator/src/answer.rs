//! The one door: sockets and the provider within the product come through it.

use crate::asked::{Answered, Arrival, Asked};
use crate::faults::Fault;
use crate::paystack;
use crate::problem::Problem;
use crate::stripe;
use crate::world::{Seen, World};
use crate::{control, door, hooks};

/// Answers a call, or says that no answer will arrive. What goes wrong is taken from the plan.
pub async fn answer(world: &World, asked: Asked) -> Answered {
    let parts: Vec<&str> = asked.path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["_sim", "door", page] => return door::answer(world, &asked, page).await,
        ["_sim", rest @ ..] => return control::answer(world, &asked, rest).await,
        ["v3" | "v3.js", ..] => {
            return Answered::text(200, "text/javascript; charset=utf-8", stripe::SCRIPT.to_owned());
        }
        _ => {}
    }
    let is_stripe = parts.first() == Some(&"v1");
    if !is_stripe && !paystack::is_mine(&asked.path) {
        return stripe::errors::answer(&Problem::nowhere(&asked.method, &asked.path));
    }
    let fault = match asked.method.as_str() {
        "OPTIONS" => None,
        method => world.plan().for_call(method, &asked.path),
    };
    let mut answered = match (&fault, is_stripe) {
        (Some(Fault::Refuse(status)), true) => stripe::errors::refused(*status),
        (Some(Fault::Refuse(status)), false) => {
            let message = "The call is refused, as planned.";
            paystack::model::refused(&Problem::broken(*status, message))
        }
        (_, true) => stripe::answer(world, &asked, fault.as_ref()).await,
        (_, false) => paystack::answer(world, &asked, fault.as_ref()).await,
    };
    match fault {
        Some(Fault::AnswerLost) => answered.arrival = Arrival::Never,
        Some(Fault::AnswerLate(by)) => answered.arrival = Arrival::Late(by),
        Some(Fault::HookBeforeAnswer) => {
            // If the books are away now, the events come after the answer.
            if let Err(error) = hooks::deliver(world).await {
                tracing::warn!(%error, "events are not delivered");
            }
        }
        _ => {}
    }
    world.remember(|| Seen {
        method: asked.method.clone(),
        path: asked.path.clone(),
        status: answered.status,
        answer: answered.body.clone(),
        arrived: answered.arrival != Arrival::Never,
    });
    answered
}
