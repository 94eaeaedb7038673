//! What is wrong with a table: which proof failed, and a sentence a person can act on.

/// The proof a table failed. The sentence in [`Fault`] tells where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// The text is no table: TOML, identifiers, durations, keys that do not belong together.
    Form,
    /// Guards and effects are declared in the header, and the declared ones are used.
    Vocabulary,
    /// A state and a transition name, or a state and a provider answer, pick one row.
    Names,
    /// Every state that a row mentions is declared.
    States,
    /// Every declared state can be entered.
    Reach,
    /// Every state has a way to an end.
    DeadEnd,
    /// Every waiting state has exactly one timer, and it cannot be refused.
    Timers,
    /// An end is reached although every person stays silent.
    Silence,
    /// Money is held once and settled once, and no end keeps it.
    Money,
    /// Stock is reserved once and then committed or released once.
    Stock,
    /// From every place that holds money both a refund and a release can be reached.
    BothWays,
    /// Nothing can go round for ever while money or stock is held.
    Loops,
    /// A provider's answer about money still finds a row after somebody else moved on.
    LateAnswer,
    /// The longest possible hold fits into the provider's hold window.
    HoldWindow,
    /// A table that follows another can always follow, and ends with it.
    Follow,
}

/// One reason why a table is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Fault {
    /// The proof that failed.
    pub proof: Proof,
    /// What is wrong and where, with the path that shows it.
    pub sentence: String,
}

impl Fault {
    pub(crate) fn new(proof: Proof, sentence: impl Into<String>) -> Fault {
        Fault { proof, sentence: sentence.into() }
    }
}
