//! What an order's buyer, seller and staff read when a bank was asked about its payment: one sentence.

use kernel::Say;
use kit::parts::{Tone, notice};
use market::chargebacks::model::OfOrder;
use market::orders::model::Side;
use maud::{Markup, html};

/// What the side that looks reads; nothing where no bank was asked. `found` comes from `market::chargebacks::rules::of_order`.
pub(super) fn told(say: &Say, found: Option<&OfOrder>, side: Side) -> Markup {
    html! {
        @if let Some(found) = found { (notice(Tone::Plain, "", html! { (sentence(say, found, side)) })) }
    }
}

fn sentence(say: &Say, found: &OfOrder, side: Side) -> String {
    let side = match side {
        Side::Buyer => "buyer",
        Side::Seller => "seller",
        Side::Staff => "staff",
    };
    say.by_key_with(&format!("{}-{side}", stem(&found.state)), [("amount", say.money(found.amount).into())])
}

/// The beginning of the sentence's key.
fn stem(state: &str) -> &'static str {
    match state {
        "inquiry" => "order-bank-asks",
        "won" | "prevented" | "inquiry_closed" => "order-bank-left",
        "lost" => "order-bank-gave",
        _ => "order-bank-took",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_reads_something_in_every_state() {
        for state in ["inquiry", "needs_response", "sending", "under_review", "won", "lost", "prevented"] {
            for side in ["buyer", "seller", "staff"] {
                assert!(Say::knows(&format!("{}-{side}", stem(state))), "{state} {side}");
            }
        }
    }
}
