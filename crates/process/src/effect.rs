//! What a transition does besides changing the state, and the two small machines that judge it:
//! [`Funds`] for the buyer's money, [`Shelf`] for the goods.
//!
//! Invariant: an effect that its machine refuses in some reachable place is a fault of the table,
//! so an engine that follows a loaded table never posts such an entry.

/// One effect of a transition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Moves the buyer's money in the ledger.
    Money(Money),
    /// Moves goods in the stock.
    Stock(Stock),
    /// Anything else the engine knows by this name; declared in the table's header.
    Other(String),
}

/// Movements of the buyer's money. Each is one ledger entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Money {
    /// The provider has the money; it is held for this order.
    Hold,
    /// All of it goes to the seller, less commission and tax.
    SettleRelease,
    /// All of it goes back: a refund is asked of the provider.
    SettleRefund,
    /// A part goes back, the rest is released.
    SettleSplit,
    /// The card network took it.
    SettleChargeback,
    /// The card network took what went back to the buyer already, or is on its way there.
    AbsorbChargeback,
    /// Money already released is taken back from the seller and refunded.
    Clawback,
    /// The same with a part of it.
    ClawbackPart,
    /// The provider paid the refund.
    RefundSettled,
    /// The provider could not pay the refund; it is now owed to the buyer.
    RefundFailed,
    /// A failed refund is asked of the provider again.
    RefundAgain,
    /// A failed refund was paid in another way.
    RefundOtherWay,
}

/// Movements of stock, for every item of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    /// Taken off sale while the buyer pays.
    Reserve,
    /// Sold.
    Commit,
    /// A reservation is given up: on sale again.
    Release,
    /// Sold goods are put on sale again.
    Restock,
}

/// Where the buyer's money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Funds {
    /// Nothing was paid.
    Empty,
    /// Held for the order, undecided.
    Held,
    /// Released to the seller.
    Released,
    /// A refund is on its way at the provider.
    InTransit,
    /// A refund failed; the buyer is owed the money.
    Due,
    /// The buyer has it back.
    Refunded,
    /// A part was refunded or is about to be, and the rest released: the refund is on its way at the provider.
    PartInTransit,
    /// The refund of the part failed; the buyer is owed it.
    PartDue,
    /// The buyer has a part back, the seller the rest.
    Part,
    /// The card network took it.
    ChargedBack,
}

/// Where the goods are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// On sale.
    Untouched,
    /// Set aside for the buyer.
    Reserved,
    /// Sold.
    Committed,
    /// On sale again; this order is through with them.
    Returned,
}

impl Effect {
    /// The effect that a table writes as `name`.
    pub fn named(name: &str) -> Effect {
        let money = Money::ALL.into_iter().find(|money| money.as_str() == name);
        let stock = Stock::ALL.into_iter().find(|stock| stock.as_str() == name);
        match (money, stock) {
            (Some(money), _) => Effect::Money(money),
            (None, Some(stock)) => Effect::Stock(stock),
            (None, None) => Effect::Other(name.to_owned()),
        }
    }

    /// The name in the table.
    pub fn as_str(&self) -> &str {
        match self {
            Effect::Money(money) => money.as_str(),
            Effect::Stock(stock) => stock.as_str(),
            Effect::Other(name) => name,
        }
    }
}

impl Money {
    const ALL: [Money; 12] = [
        Money::Hold,
        Money::SettleRelease,
        Money::SettleRefund,
        Money::SettleSplit,
        Money::SettleChargeback,
        Money::AbsorbChargeback,
        Money::Clawback,
        Money::ClawbackPart,
        Money::RefundSettled,
        Money::RefundFailed,
        Money::RefundAgain,
        Money::RefundOtherWay,
    ];

    /// The name in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Money::Hold => "hold",
            Money::SettleRelease => "settle_release",
            Money::SettleRefund => "settle_refund",
            Money::SettleSplit => "settle_split",
            Money::SettleChargeback => "settle_chargeback",
            Money::AbsorbChargeback => "absorb_chargeback",
            Money::Clawback => "clawback",
            Money::ClawbackPart => "clawback_part",
            Money::RefundSettled => "refund_settled",
            Money::RefundFailed => "refund_failed",
            Money::RefundAgain => "refund_again",
            Money::RefundOtherWay => "refund_other_way",
        }
    }
}

impl Stock {
    const ALL: [Stock; 4] = [Stock::Reserve, Stock::Commit, Stock::Release, Stock::Restock];

    /// The name in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Stock::Reserve => "reserve_stock",
            Stock::Commit => "commit_stock",
            Stock::Release => "release_stock",
            Stock::Restock => "restock",
        }
    }
}

impl Funds {
    /// Where the money is after `effect`; `None` if the effect makes no sense here
    /// (held twice, settled twice, refunded while a refund is still on its way).
    pub fn after(self, effect: Money) -> Option<Funds> {
        Some(match (self, effect) {
            (Funds::Empty, Money::Hold) => Funds::Held,
            (Funds::Held, Money::SettleRelease) => Funds::Released,
            (Funds::Held, Money::SettleRefund) => Funds::InTransit,
            (Funds::Held, Money::SettleSplit) => Funds::PartInTransit,
            (Funds::Held | Funds::Released | Funds::Part, Money::SettleChargeback) => Funds::ChargedBack,
            (Funds::Released | Funds::Part, Money::Clawback) => Funds::InTransit,
            (Funds::Released | Funds::Part, Money::ClawbackPart) => Funds::PartInTransit,
            (Funds::InTransit, Money::RefundSettled) => Funds::Refunded,
            (Funds::InTransit, Money::RefundFailed) => Funds::Due,
            (Funds::Due, Money::RefundAgain) => Funds::InTransit,
            (Funds::Due, Money::RefundOtherWay) => Funds::Refunded,
            (Funds::PartInTransit, Money::RefundSettled) => Funds::Part,
            (Funds::PartInTransit, Money::RefundFailed) => Funds::PartDue,
            (Funds::PartDue, Money::RefundAgain) => Funds::PartInTransit,
            (Funds::PartDue, Money::RefundOtherWay) => Funds::Part,
            (on_its_way, Money::AbsorbChargeback) if on_its_way.goes_back() => on_its_way,
            _ => return None,
        })
    }

    /// Whether a process may end with the money there: it is nobody's any more but its owner's.
    pub fn at_rest(self) -> bool {
        let moving = self.refund_in_transit() || self.refund_due();
        self != Funds::Held && !moving
    }

    /// Whether a refund is on its way at the provider.
    pub fn refund_in_transit(self) -> bool {
        matches!(self, Funds::InTransit | Funds::PartInTransit)
    }

    /// Whether a refund failed and the buyer is owed the money.
    pub fn refund_due(self) -> bool {
        matches!(self, Funds::Due | Funds::PartDue)
    }

    /// Whether it goes back to the buyer, or went: a chargeback finds nothing there to take.
    fn goes_back(self) -> bool {
        self == Funds::Refunded || self.refund_in_transit() || self.refund_due()
    }
}

impl Shelf {
    /// Where the goods are after `effect`; `None` if the effect makes no sense here.
    pub fn after(self, effect: Stock) -> Option<Shelf> {
        Some(match (self, effect) {
            (Shelf::Untouched, Stock::Reserve) => Shelf::Reserved,
            (Shelf::Reserved, Stock::Commit) => Shelf::Committed,
            (Shelf::Reserved, Stock::Release) => Shelf::Returned,
            (Shelf::Committed, Stock::Restock) => Shelf::Returned,
            _ => return None,
        })
    }

    /// Whether a process may end with the goods there.
    pub fn at_rest(self) -> bool {
        self != Shelf::Reserved
    }
}
