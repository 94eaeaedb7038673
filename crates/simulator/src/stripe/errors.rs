//! Refusals in Stripe's words.

use crate::asked::Answered;
use crate::problem::Problem;
use serde_json::{Value, json};

/// The body of a refusal.
pub fn body(problem: &Problem) -> Value {
    let mut error = json!({ "type": problem.kind, "message": problem.message });
    let texts = [("code", &problem.code), ("decline_code", &problem.decline_code), ("param", &problem.param)];
    for (name, value) in texts {
        if let Some(text) = value.as_ref().filter(|text| !text.is_empty()) {
            error[name] = json!(text);
        }
    }
    if let Some((name, thing)) = &problem.about {
        error[*name] = thing.clone();
    }
    json!({ "error": error })
}

/// A refusal as an answer.
pub fn answer(problem: &Problem) -> Answered {
    Answered::json(problem.status, &body(problem))
}

/// The answer to a call that is not done at all, by the plan of faults.
pub fn refused(status: u16) -> Answered {
    let problem = match status {
        429 => Problem::wrong("", "Request rate limit exceeded.").coded("rate_limit").answered(429),
        400..=499 => Problem::wrong("", "The call is refused, as planned.").answered(status),
        _ => Problem::broken(status, "An error occurred with our connection to Stripe."),
    };
    answer(&problem)
}
