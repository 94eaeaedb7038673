//! What a member of staff may do, one by one. Roles gather them; rules and routes ask for one of them, never for a role.

/// One thing that staff can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// The overview of what needs a person.
    AdminSee,
    /// Any order, as its sides see it.
    OrdersSee,
    /// The steps of an order that are the operator's.
    OrdersDecide,
    /// What was changed in any listing.
    ListingsHistory,
    /// Finding members, and what is known of one.
    MembersSee,
    MembersSuspend,
    MembersSignOut,
    /// Seeing the marketplace as a member sees it.
    MembersLook,
    /// What payment providers told us.
    PaymentsSee,
    LedgerSee,
    /// Jobs that gave up: trying again, giving up for good.
    JobsRun,
    /// Making roles, and what they gather.
    RolesEdit,
    /// Giving roles to members, and taking them.
    RolesGrant,
    AuditSee,
    /// What must be looked at: tickets.
    TicketsSee,
    /// Anybody's receipts and invoices.
    DocumentsSee,
    /// What goes to sellers, and what they owe.
    PayoutsManage,
    /// Having an event of a provider read again, and saying what became of a call.
    PaymentsReplay,
    /// Entries that no deal makes: earnings, goodwill, taxes.
    LedgerAdjust,
    /// Comparing the books with what providers say.
    ReconcileRun,
    /// Rules of fees and taxes.
    RulesEdit,
    /// What buyers ask their banks, and what is answered.
    ChargebacksManage,
    /// What tax offices are told once a year.
    ReportsMake,
}

impl Permission {
    pub const ALL: [Self; 23] = [
        Self::AdminSee,
        Self::OrdersSee,
        Self::OrdersDecide,
        Self::ListingsHistory,
        Self::MembersSee,
        Self::MembersSuspend,
        Self::MembersSignOut,
        Self::MembersLook,
        Self::PaymentsSee,
        Self::LedgerSee,
        Self::JobsRun,
        Self::RolesEdit,
        Self::RolesGrant,
        Self::AuditSee,
        Self::TicketsSee,
        Self::DocumentsSee,
        Self::PayoutsManage,
        Self::PaymentsReplay,
        Self::LedgerAdjust,
        Self::ReconcileRun,
        Self::RulesEdit,
        Self::ChargebacksManage,
        Self::ReportsMake,
    ];

    /// As it is kept. The words for people are the message `permission-` and this, with dashes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AdminSee => "admin.see",
            Self::OrdersSee => "orders.see",
            Self::OrdersDecide => "orders.decide",
            Self::ListingsHistory => "listings.history",
            Self::MembersSee => "members.see",
            Self::MembersSuspend => "members.suspend",
            Self::MembersSignOut => "members.sign_out",
            Self::MembersLook => "members.look",
            Self::PaymentsSee => "payments.see",
            Self::LedgerSee => "ledger.see",
            Self::JobsRun => "jobs.run",
            Self::RolesEdit => "roles.edit",
            Self::RolesGrant => "roles.grant",
            Self::AuditSee => "audit.see",
            Self::TicketsSee => "tickets.see",
            Self::DocumentsSee => "documents.see",
            Self::PayoutsManage => "payouts.manage",
            Self::PaymentsReplay => "payments.replay",
            Self::LedgerAdjust => "ledger.adjust",
            Self::ReconcileRun => "reconcile.run",
            Self::RulesEdit => "rules.edit",
            Self::ChargebacksManage => "chargebacks.manage",
            Self::ReportsMake => "reports.make",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// The key of its words.
    pub fn key(self) -> String {
        format!("permission-{}", self.name().replace(['.', '_'], "-"))
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }
}

/// Several of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Permissions(u32);

impl Permissions {
    pub const NONE: Self = Self(0);

    /// What the operator has.
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    pub const fn has(self, one: Permission) -> bool {
        self.0 & one.bit() != 0
    }

    /// Whether nothing of `other` is missing here.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |p| self.has(*p))
    }

    /// By their names. One that this version does not know is none.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        names.into_iter().filter_map(Permission::find).collect()
    }
}

impl FromIterator<Permission> for Permissions {
    fn from_iter<I: IntoIterator<Item = Permission>>(all: I) -> Self {
        Self(all.into_iter().fold(0, |bits, one| bits | one.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Say;

    #[test]
    fn each_has_a_name_and_words() {
        for one in Permission::ALL {
            assert_eq!(Permission::find(one.name()), Some(one));
            assert!(Say::knows(&one.key()), "{}", one.key());
        }
        assert_eq!(Permission::find("admin.everything"), None);
    }

    #[test]
    fn several_are_compared() {
        let some = Permissions::named(["admin.see", "jobs.run", "of.a.later.version"]);
        assert!(some.has(Permission::AdminSee) && !some.has(Permission::AuditSee));
        assert_eq!(some.iter().count(), 2);
        assert!(Permissions::all().covers(some) && !some.covers(Permissions::all()));
        assert!(some.covers(Permissions::NONE) && Permissions::NONE.is_empty());
        assert_eq!(Permissions::all().iter().count(), Permission::ALL.len());
    }
}
