//! What somebody of the staff has paid to a buyer by hand: where it was paid from, and by which name it is found again.

use super::model::StepData;
use crate::reconciliation::own;
use kernel::{FieldErrors, Wrong};
use serde::{Deserialize, Serialize};

/// Where a buyer was paid from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaidFrom {
    /// The pages of the provider that holds the money: its statement shows it.
    Provider,
    /// The company's own bank.
    Bank,
}

impl PaidFrom {
    pub const ALL: [Self; 2] = [Self::Provider, Self::Bank];

    /// As it is kept. The words for people are the message `paid-from-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Bank => "bank",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|from| from.name() == name)
    }
}

/// A payment that was made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByHand {
    pub from: PaidFrom,
    /// The provider's name for it, or what stands on the transfer.
    pub reference: String,
}

/// Errors: the fields `data/paid_from` and `data/reference`.
pub(super) fn read(data: &StepData) -> Result<ByHand, FieldErrors> {
    let mut errors = FieldErrors::none();
    let from = match data.paid_from.as_deref().unwrap_or_default() {
        "" => Err(Wrong::Required),
        name => PaidFrom::find(name).ok_or(Wrong::NotAChoice),
    };
    let from = errors.take("data/paid_from", from);
    let reference = own::reference(data.reference.as_deref().unwrap_or_default());
    let reference = errors.take("data/reference", reference);
    match (from, reference) {
        (Some(from), Some(reference)) => Ok(ByHand { from, reference }),
        _ => Err(errors),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_must_be_said() {
        let said = |from: &str, reference: &str| {
            let (paid_from, reference) = (Some(from.to_owned()), Some(reference.to_owned()));
            read(&StepData { paid_from, reference, ..StepData::default() })
        };
        let bank = said("bank", " TP-4711 ").unwrap();
        assert_eq!((bank.from, bank.reference.as_str()), (PaidFrom::Bank, "TP-4711"));
        assert_eq!(said("provider", "re_1").unwrap().from, PaidFrom::Provider);
        for (from, reference) in [("", "re_1"), ("pocket", "re_1"), ("bank", ""), ("bank", "two words")] {
            assert!(said(from, reference).is_err(), "{from} {reference}");
        }
        assert!(read(&StepData::default()).is_err());
    }
}
