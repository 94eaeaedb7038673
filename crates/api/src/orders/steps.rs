//! The steps of an order in words: taken, open to somebody now, or taken by silence.

use kernel::Say;
use market::orders::model::{Choice, Order, Step, Timer};
use market::orders::words::{done_key, key, silence_key};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

/// What happens when nobody does anything.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Silence {
    transition: String,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// In your language.
    label: String,
}

impl Silence {
    /// What silence will do to an order, if anything.
    pub(crate) fn of(order: &Order, say: Say) -> Option<Self> {
        let Timer { transition, at } = order.timer.clone()?;
        let name = silence_key(&order.state, &transition);
        let label = say.by_key_with(&name, [("when", say.date_time(at).into())]);
        Some(Self { transition, at, label })
    }
}

/// A step that was taken.
#[derive(Serialize, ToSchema)]
#[schema(as = OrderStep)]
pub(crate) struct StepOut {
    transition: String,
    /// In your language.
    label: String,
    /// `buyer`, `seller`, `timer`, `psp`, `carrier`, `operator` or `system`.
    actor: String,
    from: String,
    to: String,
    #[serde(with = "time::serde::rfc3339")]
    at: OffsetDateTime,
    /// What went with it.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}

impl StepOut {
    pub(crate) fn new(it: &Step, say: Say) -> Self {
        Self {
            transition: it.transition.clone(),
            label: say.by_key(&done_key(it)),
            actor: it.actor.clone(),
            from: it.from.clone(),
            to: it.to.clone(),
            at: it.at,
            data: it.data.clone(),
        }
    }
}

/// A step that you may take now.
#[derive(Serialize, ToSchema)]
#[schema(as = Transition)]
pub(crate) struct ChoiceOut {
    transition: String,
    /// In your language.
    label: String,
    /// The state that it leads to.
    to: String,
    /// The fields of `data` that go with it.
    fields: Vec<&'static str>,
}

impl ChoiceOut {
    pub(crate) fn new(it: Choice, say: Say) -> Self {
        let label = say.by_key(&key("order-do", &it.transition));
        Self { transition: it.transition, label, to: it.to, fields: it.fields.to_vec() }
    }
}

/// What a state is called.
pub(crate) fn state_label(state: &str, say: Say) -> String {
    say.by_key(&key("order-state", state))
}
