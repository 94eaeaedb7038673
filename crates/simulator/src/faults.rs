//! What is to go wrong, and when: a list that is used up in order. Each fault waits for a call (or an event) that fits.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Something that goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call is not done and answered so (429, 500, 503 …).
    Refuse(u16),
    /// The call is done, and the answer never arrives.
    AnswerLost,
    /// The call is done, and the answer arrives so much later.
    AnswerLate(Duration),
    /// The call is answered with 500, and so is every repetition under the same key.
    FailThenReplay,
    /// The event is delivered twice.
    HookTwice,
    /// The event is delivered so much later.
    HookLate(Duration),
    /// The events that wait are delivered in the wrong order.
    HooksReversed,
    /// The event is signed with a secret that nobody knows. It comes again, signed well.
    HookBadlySigned,
    /// The event is signed with the secret before the present one, and with it alone.
    HookOldSecret,
    /// The events of the call are delivered before its answer.
    HookBeforeAnswer,
    /// A refund succeeds, and fails later.
    RefundFailsLater,
    /// A payout is paid, and fails after that.
    PayoutFailsAfterPaid,
    /// A transfer is not taken back.
    ReversalRefused,
    /// A payment is cancelled, and succeeds all the same.
    SucceedsAfterCancel,
    /// What is paid is settled in US dollars, whatever it is paid in.
    SettlesInDollars,
}

impl Fault {
    /// Whether it waits for an event rather than for a call.
    pub const fn is_of_events(&self) -> bool {
        matches!(
            self,
            Self::HookTwice
                | Self::HookLate(_)
                | Self::HooksReversed
                | Self::HookBadlySigned
                | Self::HookOldSecret
        )
    }

    /// Whether such a call can go wrong so at all.
    fn suits(&self, method: &str, path: &str) -> bool {
        match self {
            Self::RefundFailsLater => method == "POST" && matches!(path, "/v1/refunds" | "/refund"),
            Self::PayoutFailsAfterPaid => method == "POST" && matches!(path, "/v1/payouts" | "/transfer"),
            Self::ReversalRefused => method == "POST" && path.ends_with("/reversals"),
            Self::SucceedsAfterCancel => method == "POST" && path.ends_with("/cancel"),
            Self::FailThenReplay => method == "POST",
            Self::SettlesInDollars => method == "POST" && path == "/v1/payment_intents",
            _ => true,
        }
    }
}

/// A fault that waits.
#[derive(Clone, Debug)]
pub struct Planned {
    fault: Fault,
    /// Of the call; any if empty.
    method: String,
    /// The path, or the event's type; `*` stands for anything.
    pattern: String,
    times: u32,
}

impl Planned {
    /// Waits for the first call or event that it suits.
    pub const fn new(fault: Fault) -> Self {
        Self { fault, method: String::new(), pattern: String::new(), times: 1 }
    }

    /// Of calls with this method and path. `*` stands for anything.
    #[must_use]
    pub fn on(self, method: &str, pattern: &str) -> Self {
        Self { method: method.to_owned(), pattern: pattern.to_owned(), ..self }
    }

    /// Of events of this type. `*` stands for anything.
    #[must_use]
    pub fn of(self, pattern: &str) -> Self {
        self.on("", pattern)
    }

    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self { times, ..self }
    }

    fn fits(&self, method: &str, path: &str) -> bool {
        (self.method.is_empty() || self.method == method)
            && (self.pattern.is_empty() || is_like(path, &self.pattern))
            && self.fault.suits(method, path)
    }
}

/// Whether a text is like a pattern, in which `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => text == pattern,
        Some((head, rest)) => {
            let Some(tail) = text.strip_prefix(head) else { return false };
            rest.is_empty() || tail.char_indices().any(|(at, _)| is_like(&tail[at..], rest))
        }
    }
}

/// The list.
#[derive(Debug, Default)]
pub struct Plan(Mutex<Vec<Planned>>);

impl Plan {
    pub fn add(&self, planned: Planned) {
        self.list().push(planned);
    }

    /// Forgets what was planned.
    pub fn clear(&self) {
        self.list().clear();
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.list().len()
    }

    pub fn is_empty(&self) -> bool {
        self.list().is_empty()
    }

    /// The fault of this call, which is used up by it.
    pub fn for_call(&self, method: &str, path: &str) -> Option<Fault> {
        self.take(|p| !p.fault.is_of_events() && p.fits(method, path))
    }

    /// The fault of this event's being told.
    pub fn for_telling(&self, kind: &str) -> Option<Duration> {
        let found = self.take(|p| matches!(p.fault, Fault::HookLate(_)) && p.fits("", kind));
        if let Some(Fault::HookLate(by)) = found { Some(by) } else { None }
    }

    /// The fault of this event's delivery.
    pub fn for_delivery(&self, kind: &str) -> Option<Fault> {
        let is_other = |f: &Fault| matches!(f, Fault::HookLate(_) | Fault::HooksReversed);
        self.take(|p| p.fault.is_of_events() && !is_other(&p.fault) && p.fits("", kind))
    }

    /// Whether several events that wait are to be delivered in the wrong order.
    pub fn reverses(&self) -> bool {
        self.take(|p| p.fault == Fault::HooksReversed).is_some()
    }

    fn take(&self, fits: impl Fn(&Planned) -> bool) -> Option<Fault> {
        let mut list = self.list();
        let at = list.iter().position(fits)?;
        let planned = list.get_mut(at)?;
        planned.times = planned.times.saturating_sub(1);
        let fault = planned.fault.clone();
        if planned.times == 0 {
            list.remove(at);
        }
        Some(fault)
    }

    fn list(&self) -> MutexGuard<'_, Vec<Planned>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_anything() {
        for (text, pattern, fits) in [
            ("/v1/transfers", "/v1/transfers", true),
            ("/v1/transfers/tr_1", "/v1/transfers", false),
            ("/v1/transfers/tr_1/reversals", "/v1/transfers/*/reversals", true),
            ("/v1/transfers/tr_1", "/v1/*", true),
            ("charge.dispute.created", "*dispute*", true),
            ("charge.succeeded", "*dispute*", false),
        ] {
            assert_eq!(is_like(text, pattern), fits, "{text} {pattern}");
        }
    }

    #[test]
    fn the_first_that_fits_is_used_up() {
        let plan = Plan::default();
        plan.add(Planned::new(Fault::Refuse(429)).on("POST", "/v1/transfers").times(2));
        plan.add(Planned::new(Fault::RefundFailsLater));
        plan.add(Planned::new(Fault::HookTwice).of("refund.*"));
        assert_eq!(plan.for_call("POST", "/v1/payouts"), None);
        assert_eq!(plan.for_call("POST", "/v1/refunds"), Some(Fault::RefundFailsLater));
        assert_eq!(plan.for_call("POST", "/v1/transfers"), Some(Fault::Refuse(429)));
        assert_eq!(plan.for_call("POST", "/v1/transfers"), Some(Fault::Refuse(429)));
        assert_eq!(plan.for_call("POST", "/v1/transfers"), None);
        assert_eq!(plan.for_delivery("charge.succeeded"), None);
        assert_eq!(plan.for_delivery("refund.created"), Some(Fault::HookTwice));
        assert!(plan.is_empty());
    }
}
