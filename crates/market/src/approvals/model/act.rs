//! Every act of staff that a second person may have to agree to.

use crate::approvals::day::Day;
use crate::fees::Fee;
use crate::orders::by_hand::PaidFrom;
use crate::orders::goodwill::To;
use crate::payments::calls::BecameOf;
use crate::permissions::Permission;
use crate::reconciliation::Was;
use crate::staff::model::{RoleTitle, Words};
use kernel::{
    BankAccountId, ChargebackId, Currency, DebtId, FeeRuleId, JobId, MemberId, Money, OrderId, PayoutId,
    RefundId, SettlementId, SuspenseId, SuspensionId, TaxPlace,
};
use platform::config::SecondPerson;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

/// An act with everything that it takes. Kept as JSON until it is done, perhaps by another process than it was asked of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    GrantRole {
        member: MemberId,
        role: String,
    },
    TakeRole {
        member: MemberId,
        role: String,
    },
    MakeRole {
        title: RoleTitle,
        permissions: Vec<String>,
    },
    EditRole {
        role: String,
        /// What it gathered when it was asked for.
        before: Vec<String>,
        after: Vec<String>,
    },
    DeleteRole {
        role: String,
    },
    Suspend {
        member: MemberId,
        words: Words,
        /// From the moment on when it is done; until somebody lifts it, when nothing.
        days: Option<i64>,
    },
    LiftSuspension {
        member: MemberId,
        /// The one that was there when it was asked for.
        suspension: Option<SuspensionId>,
    },
    LookAs {
        member: MemberId,
    },
    DecideOrder {
        order: OrderId,
        step: String,
        /// How many steps it had taken when it was asked for.
        version: i32,
        /// What of the money goes back, minor units; where the step asks for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        amount: Option<i64>,
        /// What both sides read of a decision.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reasons: Option<String>,
        /// Where the buyer was paid from by hand, and by which name it is found again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paid_from: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    },
    DiscardJob {
        job: JobId,
    },
    /// An order's money stays where it is for some days from the moment on when it is done. The reason is its note.
    PutHold {
        order: OrderId,
        /// One of [`super::desk::HOLDS`].
        kind: String,
        days: i64,
    },
    LiftHold {
        order: OrderId,
        kind: String,
    },
    MakeFeeRule {
        position: i32,
        title: String,
        category: Option<String>,
        tier: Option<i16>,
        business: Option<bool>,
        currency: Option<Currency>,
        commission: Fee,
        buyer: Fee,
        /// From the moment on when it is done, when nothing.
        begins: Option<Day>,
    },
    EndFeeRule {
        rule: FeeRuleId,
    },
    SetRegistration {
        place: TaxPlace,
        scheme: String,
        number: String,
        begins: Day,
        ends: Option<Day>,
    },
    SetTaxRate {
        place: TaxPlace,
        /// Empty for the standard rate.
        category: String,
        /// Millionths.
        ppm: i32,
        begins: Day,
        ends: Option<Day>,
        source: String,
    },
    /// Ends the wait of what a sale brought.
    ReleaseSettlement {
        settlement: SettlementId,
    },
    WriteOffDebt {
        debt: DebtId,
    },
    /// It failed; what it was of goes to the same bank once more.
    GiveUpPayout {
        payout: PayoutId,
    },
    /// How far a seller is trusted, for some days.
    FixTier {
        member: MemberId,
        tier: i16,
        days: i64,
    },
    /// Says what money in suspense was.
    ClearSuspense {
        suspense: SuspenseId,
        was: Was,
    },
    /// The company took earnings; `reference` is the provider's name for it.
    TakeEarnings {
        provider: String,
        reference: String,
        money: Money,
    },
    /// The company put money of its own in.
    TopUp {
        provider: String,
        reference: String,
        money: Money,
    },
    /// The company paid a tax office. The number makes it one payment, however often it is sent.
    PayTax {
        number: Uuid,
        place: String,
        money: Money,
    },
    /// The company makes good, out of its own money.
    Goodwill {
        number: Uuid,
        order: OrderId,
        to: To,
        money: Money,
    },
    /// What became of a call to a payment provider of which nobody knew.
    SayOfCall {
        key: String,
        became: BecameOf,
    },
    /// The buyer's bank is right.
    AcceptChargeback {
        chargeback: ChargebackId,
    },
    /// The bank only asks, and the buyer gets everything back.
    RefundInquiry {
        chargeback: ChargebackId,
    },
    /// A refund did not reach its buyer, and was paid by hand; `reference` names that payment where it was paid from.
    PayRefundByHand {
        refund: RefundId,
        paid_from: PaidFrom,
        reference: String,
    },
    /// A refund that needs attention goes to the bank account that its buyer has named.
    SendRefundToBank {
        refund: RefundId,
        bank: BankAccountId,
    },
}

impl Act {
    /// As it is kept. The words for people are the message `act-` and this, with dashes.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::GrantRole { .. } => "grant_role",
            Self::TakeRole { .. } => "take_role",
            Self::MakeRole { .. } => "make_role",
            Self::EditRole { .. } => "edit_role",
            Self::DeleteRole { .. } => "delete_role",
            Self::Suspend { .. } => "suspend",
            Self::LiftSuspension { .. } => "lift_suspension",
            Self::LookAs { .. } => "look_as",
            Self::DecideOrder { .. } => "decide_order",
            Self::DiscardJob { .. } => "discard_job",
            Self::PutHold { .. } => "put_hold",
            Self::LiftHold { .. } => "lift_hold",
            Self::MakeFeeRule { .. } => "make_fee_rule",
            Self::EndFeeRule { .. } => "end_fee_rule",
            Self::SetRegistration { .. } => "set_registration",
            Self::SetTaxRate { .. } => "set_tax_rate",
            Self::ReleaseSettlement { .. } => "release_settlement",
            Self::WriteOffDebt { .. } => "write_off_debt",
            Self::GiveUpPayout { .. } => "give_up_payout",
            Self::FixTier { .. } => "fix_tier",
            Self::ClearSuspense { .. } => "clear_suspense",
            Self::TakeEarnings { .. } => "take_earnings",
            Self::TopUp { .. } => "top_up",
            Self::PayTax { .. } => "pay_tax",
            Self::Goodwill { .. } => "goodwill",
            Self::SayOfCall { .. } => "say_of_call",
            Self::AcceptChargeback { .. } => "accept_chargeback",
            Self::RefundInquiry { .. } => "refund_inquiry",
            Self::PayRefundByHand { .. } => "pay_refund_by_hand",
            Self::SendRefundToBank { .. } => "send_refund_to_bank",
        }
    }

    /// The key of its words.
    pub fn key(&self) -> String {
        format!("act-{}", self.name().replace('_', "-"))
    }

    /// By which line of the settings it waits.
    pub const fn kind(&self) -> SecondPerson {
        match self {
            Self::GrantRole { .. }
            | Self::TakeRole { .. }
            | Self::MakeRole { .. }
            | Self::EditRole { .. }
            | Self::DeleteRole { .. } => SecondPerson::Roles,
            Self::Suspend { .. } | Self::LiftSuspension { .. } => SecondPerson::Suspensions,
            Self::LookAs { .. } => SecondPerson::Looking,
            Self::DecideOrder { .. } => SecondPerson::Orders,
            Self::DiscardJob { .. } => SecondPerson::Jobs,
            Self::PutHold { .. }
            | Self::LiftHold { .. }
            | Self::AcceptChargeback { .. }
            | Self::RefundInquiry { .. } => SecondPerson::Orders,
            Self::MakeFeeRule { .. }
            | Self::EndFeeRule { .. }
            | Self::SetRegistration { .. }
            | Self::SetTaxRate { .. } => SecondPerson::Rules,
            Self::ReleaseSettlement { .. }
            | Self::WriteOffDebt { .. }
            | Self::GiveUpPayout { .. }
            | Self::FixTier { .. } => SecondPerson::Money,
            Self::ClearSuspense { .. }
            | Self::TakeEarnings { .. }
            | Self::TopUp { .. }
            | Self::PayTax { .. }
            | Self::Goodwill { .. }
            | Self::SayOfCall { .. }
            | Self::PayRefundByHand { .. }
            | Self::SendRefundToBank { .. } => SecondPerson::Money,
        }
    }

    /// What both persons must be permitted.
    pub const fn permission(&self) -> Permission {
        match self {
            Self::GrantRole { .. } | Self::TakeRole { .. } => Permission::RolesGrant,
            Self::MakeRole { .. } | Self::EditRole { .. } | Self::DeleteRole { .. } => Permission::RolesEdit,
            Self::Suspend { .. } | Self::LiftSuspension { .. } => Permission::MembersSuspend,
            Self::LookAs { .. } => Permission::MembersLook,
            Self::DecideOrder { .. } => Permission::OrdersDecide,
            Self::DiscardJob { .. } => Permission::JobsRun,
            Self::PutHold { .. } | Self::LiftHold { .. } => Permission::OrdersDecide,
            Self::MakeFeeRule { .. }
            | Self::EndFeeRule { .. }
            | Self::SetRegistration { .. }
            | Self::SetTaxRate { .. } => Permission::RulesEdit,
            Self::ReleaseSettlement { .. }
            | Self::WriteOffDebt { .. }
            | Self::GiveUpPayout { .. }
            | Self::FixTier { .. } => Permission::PayoutsManage,
            Self::ClearSuspense { .. }
            | Self::TakeEarnings { .. }
            | Self::TopUp { .. }
            | Self::PayTax { .. }
            | Self::Goodwill { .. }
            | Self::PayRefundByHand { .. }
            | Self::SendRefundToBank { .. } => Permission::LedgerAdjust,
            Self::SayOfCall { .. } => Permission::PaymentsReplay,
            Self::AcceptChargeback { .. } | Self::RefundInquiry { .. } => Permission::ChargebacksManage,
        }
    }

    /// The member whom it is done to, if it is one.
    pub const fn member(&self) -> Option<MemberId> {
        match self {
            Self::GrantRole { member, .. }
            | Self::TakeRole { member, .. }
            | Self::Suspend { member, .. }
            | Self::LiftSuspension { member, .. }
            | Self::LookAs { member }
            | Self::FixTier { member, .. } => Some(*member),
            _ => None,
        }
    }

    /// Whether only who asked can do it: agreed to, it waits for them.
    pub const fn is_left_to_asker(&self) -> bool {
        matches!(self, Self::LookAs { .. })
    }

    /// What it is about, in a word. Of two acts with the same one only one can wait.
    pub(in crate::approvals) fn subject(&self, by: MemberId) -> String {
        match self {
            Self::GrantRole { member, role } | Self::TakeRole { member, role } => {
                format!("role:{role}:{member}")
            }
            Self::MakeRole { title, .. } => format!("new-role:{title}"),
            Self::EditRole { role, .. } | Self::DeleteRole { role } => format!("role:{role}"),
            Self::Suspend { member, .. } | Self::LiftSuspension { member, .. } => {
                format!("suspension:{member}")
            }
            Self::LookAs { member } => format!("look:{by}:{member}"),
            Self::DecideOrder { order, .. } => format!("order:{order}"),
            Self::DiscardJob { job } => format!("job:{job}"),
            Self::PutHold { order, kind, .. } | Self::LiftHold { order, kind } => {
                format!("hold:{order}:{kind}")
            }
            Self::MakeFeeRule { title, .. } => format!("new-fee-rule:{title}"),
            Self::EndFeeRule { rule } => format!("fee-rule:{rule}"),
            Self::SetRegistration { place, scheme, begins, .. } => {
                format!("registration:{place}:{scheme}:{begins}")
            }
            Self::SetTaxRate { place, category, begins, .. } => {
                format!("tax-rate:{place}:{category}:{begins}")
            }
            Self::ReleaseSettlement { settlement } => format!("settlement:{settlement}"),
            Self::WriteOffDebt { debt } => format!("debt:{debt}"),
            Self::GiveUpPayout { payout } => format!("payout:{payout}"),
            Self::FixTier { member, .. } => format!("tier:{member}"),
            Self::ClearSuspense { suspense, .. } => format!("suspense:{suspense}"),
            Self::TakeEarnings { provider, reference, .. } => format!("earnings:{provider}:{reference}"),
            Self::TopUp { provider, reference, .. } => format!("top-up:{provider}:{reference}"),
            Self::PayTax { number, .. } => format!("tax:{number}"),
            Self::Goodwill { order, to, .. } => format!("goodwill:{order}:{}", to.name()),
            Self::SayOfCall { key, .. } => format!("call:{key}"),
            Self::AcceptChargeback { chargeback } | Self::RefundInquiry { chargeback } => {
                format!("chargeback:{chargeback}")
            }
            Self::PayRefundByHand { refund, .. } | Self::SendRefundToBank { refund, .. } => {
                format!("refund:{refund}")
            }
        }
    }

    /// For the audit log, which forgets nothing: without the words that a member would read.
    pub(in crate::approvals) fn told(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut told)) = serde_json::to_value(self) else { return Map::new() };
        told.remove("words");
        told.remove("reasons");
        told
    }
}
