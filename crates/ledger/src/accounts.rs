//! The chart of accounts, as types. An account's code is `letter:name[:owner[:owner]]:currency`, for instance
//! `L:escrow:0198…:EUR`; the letter is its kind. The table `ledger.chart` says the same to the database.

use kernel::{Currency, MemberId, OrderId, PayoutId, TaxPlace};
use std::fmt;
use time::Duration;
use uuid::Uuid;

/// What an account counts. Assets and expenses grow by debits, the others by credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountKind {
    Asset,
    Liability,
    /// What is neither owed nor earned: what stands open between two currencies.
    Equity,
    Revenue,
    Expense,
}

impl AccountKind {
    /// +1 if a debit makes such an account grow, else -1.
    pub const fn natural_sign(self) -> i64 {
        match self {
            Self::Asset | Self::Expense => 1,
            Self::Liability | Self::Equity | Self::Revenue => -1,
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
    /// A mirror: what a seller has on their own account at the named provider. Not the marketplace's money.
    Connected(MemberId, String),
    /// A mirror: on its way from there to the seller's bank.
    PayoutInTransit(MemberId, String),
    /// What the card network took while a dispute is undecided.
    DisputeHeld(OrderId),
    /// What a seller owes the marketplace.
    SellerReceivable(MemberId),
    /// The company's own account: earnings only.
    Bank,
    /// The buyer's money of one order. One account an order, so that orders do not wait for each other.
    Escrow(OrderId),
    /// What was released to a seller and is not paid out yet.
    SellerPayable(MemberId),
    /// What was released to a seller and is kept back for a while.
    SellerReserve(MemberId),
    /// The other side of the two mirrors: always their sum.
    SellerAtProvider(MemberId, String),
    /// A payout that the provider itself sent to a bank.
    SentOut(PayoutId),
    /// Taken back from a seller until a dispute is decided.
    DisputeReserve(OrderId),
    /// The safety of one side of a swap.
    Deposit(OrderId, MemberId),
    /// A refund that was asked of the provider and has not settled.
    RefundInTransit(OrderId),
    /// A refund that the provider could not pay: the buyer is owed it another way.
    BuyerDue(OrderId),
    /// Collected for a tax office.
    Tax(TaxPlace),
    /// Lines of the named provider's statement that nobody explained yet.
    Suspense(String),
    /// The marketplace's part of what sellers get.
    Commission,
    /// What buyers pay on top for their protection.
    BuyerFee,
    /// What a swap costs.
    BarterFee,
    /// Won when a provider counted in another currency than it charged.
    FxGain,
    /// What providers keep of payments.
    ProviderFees,
    /// What providers take for a dispute.
    DisputeFees,
    /// Disputes that were lost after the money had gone back already.
    ChargebackLosses,
    /// What providers take for a payout.
    PayoutFees,
    /// What sellers owed and will not pay.
    BadDebt,
    /// Given away to make good.
    Goodwill,
    /// Lost when a provider counted in another currency than it charged.
    FxLoss,
    /// What stands open between two currencies.
    FxPosition,
}

/// Whose an account is: what stands in its code between name and currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnedBy {
    Nobody,
    Order,
    Member,
    Provider,
    Payout,
    Place,
    MemberAtProvider,
    MemberOfOrder,
}

impl OwnedBy {
    /// As in `ledger.chart`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Nobody => "none",
            Self::Order => "order",
            Self::Member => "member",
            Self::Provider => "provider",
            Self::Payout => "payout",
            Self::Place => "place",
            Self::MemberAtProvider => "member_at_provider",
            Self::MemberOfOrder => "member_of_order",
        }
    }
}

/// A line of the chart: letter and name, whether it is strict, whose it is, and after how many days what stands on it
/// is late.
struct Listed(&'static str, bool, OwnedBy, Option<i64>);

const STRICT: bool = true;
const LOOSE: bool = false;

impl Account {
    const fn listed(&self) -> Listed {
        use OwnedBy::*;
        match self {
            Self::ProviderPending(_) => Listed("A:provider_pending", LOOSE, Provider, None),
            Self::ProviderAvailable(_) => Listed("A:provider_available", LOOSE, Provider, None),
            Self::Connected(..) => Listed("A:connected", STRICT, MemberAtProvider, None),
            Self::PayoutInTransit(..) => Listed("A:payout_in_transit", STRICT, MemberAtProvider, Some(8)),
            Self::DisputeHeld(_) => Listed("A:dispute_held", STRICT, Order, Some(100)),
            Self::SellerReceivable(_) => Listed("A:seller_receivable", STRICT, Member, None),
            Self::Bank => Listed("A:bank", LOOSE, Nobody, None),
            Self::Escrow(_) => Listed("L:escrow", STRICT, Order, None),
            Self::SellerPayable(_) => Listed("L:seller_payable", STRICT, Member, None),
            Self::SellerReserve(_) => Listed("L:seller_reserve", STRICT, Member, None),
            Self::SellerAtProvider(..) => Listed("L:seller_at_provider", STRICT, MemberAtProvider, None),
            Self::SentOut(_) => Listed("L:payout_in_transit", STRICT, Payout, Some(8)),
            Self::DisputeReserve(_) => Listed("L:dispute_reserve", STRICT, Order, Some(100)),
            Self::Deposit(..) => Listed("L:deposit", STRICT, MemberOfOrder, Some(60)),
            Self::RefundInTransit(_) => Listed("L:refund_in_transit", STRICT, Order, Some(12)),
            Self::BuyerDue(_) => Listed("L:buyer_due", STRICT, Order, Some(14)),
            Self::Tax(_) => Listed("L:tax", LOOSE, Place, None),
            Self::Suspense(_) => Listed("L:suspense", LOOSE, Provider, Some(2)),
            Self::Commission => Listed("R:commission", LOOSE, Nobody, None),
            Self::BuyerFee => Listed("R:buyer_fee", LOOSE, Nobody, None),
            Self::BarterFee => Listed("R:barter_fee", LOOSE, Nobody, None),
            Self::FxGain => Listed("R:fx_gain", LOOSE, Nobody, None),
            Self::ProviderFees => Listed("X:provider_fees", LOOSE, Nobody, None),
            Self::DisputeFees => Listed("X:dispute_fees", LOOSE, Nobody, None),
            Self::ChargebackLosses => Listed("X:chargeback_losses", LOOSE, Nobody, None),
            Self::PayoutFees => Listed("X:payout_fees", LOOSE, Nobody, None),
            Self::BadDebt => Listed("X:bad_debt", LOOSE, Nobody, None),
            Self::Goodwill => Listed("X:goodwill", LOOSE, Nobody, None),
            Self::FxLoss => Listed("X:fx_loss", LOOSE, Nobody, None),
            Self::FxPosition => Listed("E:fx_position", LOOSE, Nobody, None),
        }
    }

    /// Letter and name, the key of `ledger.chart`.
    pub const fn name(&self) -> &'static str {
        self.listed().0
    }

    /// By the letter.
    pub const fn kind(&self) -> AccountKind {
        match self.name().as_bytes() {
            [b'A', ..] => AccountKind::Asset,
            [b'L', ..] => AccountKind::Liability,
            [b'E', ..] => AccountKind::Equity,
            [b'R', ..] => AccountKind::Revenue,
            _ => AccountKind::Expense,
        }
    }

    /// Whether the account has a running balance that can never be overdrawn.
    pub const fn strict(&self) -> bool {
        self.listed().1
    }

    pub const fn owned_by(&self) -> OwnedBy {
        self.listed().2
    }

    /// What stands on a transit account is on its way somewhere else: after how long somebody must look. `None` for all
    /// other accounts.
    pub fn late_after(&self) -> Option<Duration> {
        self.listed().3.map(Duration::days)
    }

    /// The order, member or payout that comes first in its code, if one does: `owner_id` in `ledger.accounts`.
    pub const fn owner(&self) -> Option<Uuid> {
        match self {
            Self::Escrow(order)
            | Self::RefundInTransit(order)
            | Self::BuyerDue(order)
            | Self::DisputeHeld(order)
            | Self::DisputeReserve(order)
            | Self::Deposit(order, _) => Some(order.0),
            Self::SellerPayable(member)
            | Self::SellerReserve(member)
            | Self::SellerReceivable(member)
            | Self::Connected(member, _)
            | Self::PayoutInTransit(member, _)
            | Self::SellerAtProvider(member, _) => Some(member.0),
            Self::SentOut(payout) => Some(payout.0),
            _ => None,
        }
    }

    /// What stands in the code between name and currency.
    fn middle(&self) -> Option<String> {
        match self {
            Self::ProviderPending(provider)
            | Self::ProviderAvailable(provider)
            | Self::Suspense(provider) => Some(provider.clone()),
            Self::Connected(member, provider)
            | Self::PayoutInTransit(member, provider)
            | Self::SellerAtProvider(member, provider) => Some(format!("{member}:{provider}")),
            Self::Deposit(order, member) => Some(format!("{order}:{member}")),
            Self::Tax(place) => Some(place.to_string()),
            _ => self.owner().map(|owner| owner.to_string()),
        }
    }

    /// The full code, with the currency.
    pub fn code(&self, currency: Currency) -> String {
        format!("{self}:{currency}")
    }

    /// Back from a code. `None` if the chart has no such account.
    pub fn parse(code: &str) -> Option<(Self, Currency)> {
        let (rest, currency) = code.rsplit_once(':')?;
        let currency = currency.parse().ok()?;
        let mut parts = rest.splitn(3, ':');
        let (letter, name, middle) = (parts.next()?, parts.next()?, parts.next());
        let account = match middle {
            None => Self::of_nobody(letter, name)?,
            Some(middle) => match middle.split_once(':') {
                None => Self::of_one(letter, name, middle)?,
                Some((first, second)) => Self::of_two(letter, name, first, second)?,
            },
        };
        Some((account, currency))
    }

    fn of_nobody(letter: &str, name: &str) -> Option<Self> {
        Some(match (letter, name) {
            ("A", "bank") => Self::Bank,
            ("R", "commission") => Self::Commission,
            ("R", "buyer_fee") => Self::BuyerFee,
            ("R", "barter_fee") => Self::BarterFee,
            ("R", "fx_gain") => Self::FxGain,
            ("X", "provider_fees") => Self::ProviderFees,
            ("X", "dispute_fees") => Self::DisputeFees,
            ("X", "chargeback_losses") => Self::ChargebackLosses,
            ("X", "payout_fees") => Self::PayoutFees,
            ("X", "bad_debt") => Self::BadDebt,
            ("X", "goodwill") => Self::Goodwill,
            ("X", "fx_loss") => Self::FxLoss,
            ("E", "fx_position") => Self::FxPosition,
            _ => return None,
        })
    }

    fn of_one(letter: &str, name: &str, owner: &str) -> Option<Self> {
        let order = || owner.parse().ok().map(OrderId);
        let member = || owner.parse().ok().map(MemberId);
        Some(match (letter, name) {
            ("A", "provider_pending") => Self::ProviderPending(owner.to_owned()),
            ("A", "provider_available") => Self::ProviderAvailable(owner.to_owned()),
            ("A", "dispute_held") => Self::DisputeHeld(order()?),
            ("A", "seller_receivable") => Self::SellerReceivable(member()?),
            ("L", "escrow") => Self::Escrow(order()?),
            ("L", "seller_payable") => Self::SellerPayable(member()?),
            ("L", "seller_reserve") => Self::SellerReserve(member()?),
            ("L", "payout_in_transit") => Self::SentOut(owner.parse().ok()?),
            ("L", "dispute_reserve") => Self::DisputeReserve(order()?),
            ("L", "refund_in_transit") => Self::RefundInTransit(order()?),
            ("L", "buyer_due") => Self::BuyerDue(order()?),
            ("L", "tax") => Self::Tax(TaxPlace::parse(owner)?),
            ("L", "suspense") => Self::Suspense(owner.to_owned()),
            _ => return None,
        })
    }

    fn of_two(letter: &str, name: &str, first: &str, second: &str) -> Option<Self> {
        let (member, provider) = (|| first.parse::<MemberId>().ok(), second.to_owned());
        Some(match (letter, name) {
            ("A", "connected") => Self::Connected(member()?, provider),
            ("A", "payout_in_transit") => Self::PayoutInTransit(member()?, provider),
            ("L", "seller_at_provider") => Self::SellerAtProvider(member()?, provider),
            ("L", "deposit") => Self::Deposit(first.parse().ok()?, second.parse().ok()?),
            _ => return None,
        })
    }
}

/// Without the currency, for people who look into the books.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.middle() {
            Some(middle) => write!(f, "{}:{middle}", self.name()),
            None => f.write_str(self.name()),
        }
    }
}

/// One account of every sort, to compare the chart with the database's.
pub fn one_of_each(
    order: OrderId,
    member: MemberId,
    payout: PayoutId,
    place: TaxPlace,
    provider: &str,
) -> Vec<Account> {
    let named = || provider.to_owned();
    vec![
        Account::ProviderPending(named()),
        Account::ProviderAvailable(named()),
        Account::Connected(member, named()),
        Account::PayoutInTransit(member, named()),
        Account::DisputeHeld(order),
        Account::SellerReceivable(member),
        Account::Bank,
        Account::Escrow(order),
        Account::SellerPayable(member),
        Account::SellerReserve(member),
        Account::SellerAtProvider(member, named()),
        Account::SentOut(payout),
        Account::DisputeReserve(order),
        Account::Deposit(order, member),
        Account::RefundInTransit(order),
        Account::BuyerDue(order),
        Account::Tax(place),
        Account::Suspense(named()),
        Account::Commission,
        Account::BuyerFee,
        Account::BarterFee,
        Account::FxGain,
        Account::ProviderFees,
        Account::DisputeFees,
        Account::ChargebackLosses,
        Account::PayoutFees,
        Account::BadDebt,
        Account::Goodwill,
        Account::FxLoss,
        Account::FxPosition,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_come_back_as_they_went() {
        let (order, member) = (OrderId(Uuid::from_u128(7)), MemberId(Uuid::from_u128(8)));
        let (payout, place) = (PayoutId(Uuid::from_u128(9)), TaxPlace::parse("US-CA").unwrap());
        for account in one_of_each(order, member, payout, place, "sandbox") {
            let code = account.code(Currency::EUR);
            assert_eq!(Account::parse(&code), Some((account, Currency::EUR)), "{code}");
        }
    }

    #[test]
    fn refuses_what_the_chart_does_not_have() {
        for code in [
            "",
            "L:escrow:EUR",
            "L:escrow:x:EUR",
            "R:commission:x:EUR",
            "R:tips:EUR",
            "R:commission:eur",
            "L:tax:de:EUR",
            "A:connected:sandbox:EUR",
            "A:connected:sandbox:00000000-0000-0000-0000-000000000008:EUR",
            "A:provider_pending:a:b:EUR",
        ] {
            assert_eq!(Account::parse(code), None, "{code}");
        }
    }
}
