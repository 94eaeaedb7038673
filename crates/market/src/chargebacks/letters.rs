//! What sellers and staff are told by mail about chargebacks. What the buyer said to their bank is told as the network's word
//! for it, and nothing else of the buyer.

use super::model::{Answer, Chargeback, Share, reason_key};
use super::{books, store};
use crate::accounts::letters::letter;
use crate::accounts::model::Member;
use crate::accounts::rules as accounts;
use crate::orders::model::Order;
use crate::permissions::Permission;
use crate::staff::roles;
use kernel::{Money, Refusal, Say};
use platform::Tx;
use platform::mail::{self, Letter};

/// Which letter the sellers get of a step.
fn to_sellers(it: &Chargeback, step: &str) -> Option<&'static str> {
    match step {
        "inquiry" => Some("asked"),
        "opened" | "escalated" | "opened_after_all" => Some("opened"),
        "sent" | "review" | "inquiry_answered" if it.answer != Some(Answer::Accept) => Some("answered"),
        "won" | "prevented" => Some("won"),
        "lost" => Some("lost"),
        "inquiry_closed" => Some("closed"),
        "refund_inquiry" => Some("refunded"),
        _ => None,
    }
}

/// Tells each seller of a step that was taken.
pub(super) async fn of_step(tx: &mut Tx, it: &Chargeback, step: &str, base_url: &str) -> Result<(), Refusal> {
    let Some(what) = to_sellers(it, step) else { return Ok(()) };
    for share in store::shares::of(tx, it.id).await?.iter().filter(|share| !share.amount.is_zero()) {
        let cost = books::cost(tx, it, share).await?;
        if let Some(seller) = accounts::find(tx, share.seller).await?.filter(|member| !member.is_gone()) {
            mail::queue(tx, about(&seller, it, share, (what, cost), base_url)).await?;
        }
    }
    Ok(())
}

fn about(to: &Member, it: &Chargeback, share: &Share, (what, cost): (&str, Money), base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let words = |part: &str| {
        say.by_key_with(
            &format!("mail-chargeback-{what}-{part}"),
            [
                ("name", to.display_name.clone().into()),
                ("number", share.number.clone().into()),
                ("amount", say.money(share.amount).into()),
                ("cost", say.money(cost).into()),
                ("reason", say.by_key(&reason_key(&it.reason)).into()),
            ],
        )
    };
    let link = format!("{base_url}/orders/{}", share.order);
    letter(to, words("subject"), words("body"), Some((say.letter_order_button(), link)))
}

/// Tells the seller of an order that is paid back before it was sent: that nothing is to be sent, and that it is not their
/// fault. Of who paid it says nothing.
pub(super) async fn called_off(tx: &mut Tx, order: &Order, base_url: &str) -> Result<(), Refusal> {
    let found = accounts::find(tx, order.seller).await?;
    let Some(seller) = found.filter(|member| !member.is_gone()) else { return Ok(()) };
    let say = Say::new(seller.lang);
    let words = |part: &str| {
        let named = [("name", seller.display_name.clone().into()), ("number", order.number.clone().into())];
        say.by_key_with(&format!("mail-chargeback-called-off-{part}"), named)
    };
    let button = Some((say.letter_order_button(), format!("{base_url}/orders/{}", order.id)));
    mail::queue(tx, letter(&seller, words("subject"), words("body"), button)).await?;
    Ok(())
}

/// Tells those who answer chargebacks: `due` that one waits for them, `auto` that one was answered without them.
pub(super) async fn to_staff(
    tx: &mut Tx,
    it: &Chargeback,
    what: &str,
    base_url: &str,
) -> Result<(), Refusal> {
    let ids = roles::holders(tx, Permission::ChargebacksManage).await?;
    for member in accounts::find_many(tx, &ids).await? {
        let say = Say::new(member.lang);
        let when = it.due_by.map_or_else(|| say.chargeback_no_deadline(), |due| say.date_time(due));
        let words = |part: &str| {
            say.by_key_with(
                &format!("mail-chargeback-{what}-{part}"),
                [
                    ("name", member.display_name.clone().into()),
                    ("amount", say.money(it.amount).into()),
                    ("when", when.clone().into()),
                ],
            )
        };
        let link = format!("{base_url}/admin/chargebacks/{}", it.id);
        let button = Some((say.mail_chargeback_button(), link));
        mail::queue(tx, letter(&member, words("subject"), words("body"), button)).await?;
    }
    Ok(())
}

/// Nobody answered in time, so the marketplace did.
pub(super) async fn sent_by_itself(tx: &mut Tx, it: &Chargeback, base_url: &str) -> Result<(), Refusal> {
    to_staff(tx, it, "auto", base_url).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_words() {
        let sides = ["asked", "opened", "answered", "won", "lost", "closed", "refunded", "called-off"];
        for what in sides.into_iter().chain(["due", "auto"]) {
            for part in ["subject", "body"] {
                assert!(Say::knows(&format!("mail-chargeback-{what}-{part}")), "{what} {part}");
            }
        }
    }
}
