//! The chart of accounts, as types. An account's code is `letter:name[:owner]:currency`, for instance
//! `L:escrow:0198…:EUR`; the letter is its kind. The table `ledger.chart` says the same to the database.

use kernel::{Currency, MemberId, OrderId};
use std::fmt;
use uuid::Uuid;

/// What an account counts. Assets and expenses grow by debits, the others by credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    Asset,
    Liability,
    Revenue,
    Expense,
}

impl AccountKind {
    /// +1 if a debit makes such an account grow, else -1.
    pub const fn natural_sign(self) -> i64 {
        match self {
            Self::Asset | Self::Expense => 1,
            Self::Liability | Self::Revenue => -1,
        }
    }
}

/// An account, without its currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Account {
    /// What the named provider holds for the marketplace and will make usable.
    ProviderPending(String),
    /// What the named provider holds for the marketplace, usable now.
    ProviderAvailable(String),
    /// The buyer's money of one order. One account an order, so that orders do not wait for each other.
    Escrow(OrderId),
    /// What was released to a seller and is not paid out yet.
    SellerPayable(MemberId),
    /// A refund that was asked of the provider and has not settled.
    RefundInTransit(OrderId),
    /// A refund that the provider could not pay: the buyer is owed it another way.
    BuyerDue(OrderId),
    /// The marketplace's part of what sellers get.
    Commission,
    /// What buyers pay on top for their protection.
    BuyerFee,
    /// What providers keep of payments.
    ProviderFees,
}

impl Account {
    pub const fn kind(&self) -> AccountKind {
        match self {
            Self::ProviderPending(_) | Self::ProviderAvailable(_) => AccountKind::Asset,
            Self::Escrow(_) | Self::SellerPayable(_) | Self::RefundInTransit(_) | Self::BuyerDue(_) => {
                AccountKind::Liability
            }
            Self::Commission | Self::BuyerFee => AccountKind::Revenue,
            Self::ProviderFees => AccountKind::Expense,
        }
    }

    /// Whether the account has a running balance that can never be overdrawn.
    pub const fn strict(&self) -> bool {
        matches!(self.kind(), AccountKind::Liability)
    }

    /// Letter and name, the key of `ledger.chart`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ProviderPending(_) => "A:provider_pending",
            Self::ProviderAvailable(_) => "A:provider_available",
            Self::Escrow(_) => "L:escrow",
            Self::SellerPayable(_) => "L:seller_payable",
            Self::RefundInTransit(_) => "L:refund_in_transit",
            Self::BuyerDue(_) => "L:buyer_due",
            Self::Commission => "R:commission",
            Self::BuyerFee => "R:buyer_fee",
            Self::ProviderFees => "X:provider_fees",
        }
    }

    /// The order or member it belongs to, if it belongs to one.
    pub const fn owner(&self) -> Option<Uuid> {
        match self {
            Self::Escrow(order) | Self::RefundInTransit(order) | Self::BuyerDue(order) => Some(order.0),
            Self::SellerPayable(member) => Some(member.0),
            _ => None,
        }
    }

    /// The full code, with the currency.
    pub fn code(&self, currency: Currency) -> String {
        let name = self.name();
        match self {
            Self::ProviderPending(provider) | Self::ProviderAvailable(provider) => {
                format!("{name}:{provider}:{currency}")
            }
            _ => match self.owner() {
                Some(owner) => format!("{name}:{owner}:{currency}"),
                None => format!("{name}:{currency}"),
            },
        }
    }

    /// Back from a code. `None` if the chart has no such account.
    pub fn parse(code: &str) -> Option<(Self, Currency)> {
        let (rest, currency) = code.rsplit_once(':')?;
        let currency = currency.parse().ok()?;
        let mut parts = rest.splitn(3, ':');
        let (letter, name, owner) = (parts.next()?, parts.next()?, parts.next());
        let uuid = || owner?.parse::<Uuid>().ok();
        let account = match (letter, name) {
            ("A", "provider_pending") => Self::ProviderPending(owner?.to_owned()),
            ("A", "provider_available") => Self::ProviderAvailable(owner?.to_owned()),
            ("L", "escrow") => Self::Escrow(OrderId(uuid()?)),
            ("L", "seller_payable") => Self::SellerPayable(MemberId(uuid()?)),
            ("L", "refund_in_transit") => Self::RefundInTransit(OrderId(uuid()?)),
            ("L", "buyer_due") => Self::BuyerDue(OrderId(uuid()?)),
            ("R", "commission") if owner.is_none() => Self::Commission,
            ("R", "buyer_fee") if owner.is_none() => Self::BuyerFee,
            ("X", "provider_fees") if owner.is_none() => Self::ProviderFees,
            _ => return None,
        };
        Some((account, currency))
    }
}

/// Without the currency, for people who look into the books.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProviderPending(provider) | Self::ProviderAvailable(provider) => {
                write!(f, "{}:{provider}", self.name())
            }
            _ => match self.owner() {
                Some(owner) => write!(f, "{}:{owner}", self.name()),
                None => f.write_str(self.name()),
            },
        }
    }
}

/// One account of every sort, to compare the chart with the database's.
pub fn one_of_each(order: OrderId, member: MemberId, provider: &str) -> Vec<Account> {
    vec![
        Account::ProviderPending(provider.to_owned()),
        Account::ProviderAvailable(provider.to_owned()),
        Account::Escrow(order),
        Account::SellerPayable(member),
        Account::RefundInTransit(order),
        Account::BuyerDue(order),
        Account::Commission,
        Account::BuyerFee,
        Account::ProviderFees,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_as_they_went() {
        let (order, member) = (OrderId(Uuid::from_u128(7)), MemberId(Uuid::from_u128(8)));
        for account in one_of_each(order, member, "sandbox") {
            let code = account.code(Currency::EUR);
            assert_eq!(Account::parse(&code), Some((account, Currency::EUR)), "{code}");
        }
    }

    #[test]
    fn refuses_what_the_chart_does_not_have() {
        for code in
            ["", "L:escrow:EUR", "L:escrow:x:EUR", "R:commission:x:EUR", "R:tips:EUR", "R:commission:eur"]
        {
            assert_eq!(Account::parse(code), None, "{code}");
        }
    }
}
