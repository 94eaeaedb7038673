//! Fees: what the marketplace takes of a sale, by a rule that is frozen into the order, because what goes back later is
//! counted by it again.
//!
//! Invariant: a rule is never changed. It ends, and another begins.

pub mod model;
pub mod making;
pub mod rules;
mod store;

pub use making::{end_rule, list, make_rule};
pub use model::{Fee, FeeRule, Frozen, NewRule, Recounted, Rule, RuleFor, Sale, SoldUnder};
pub use rules::{after_refund, rules_of};
