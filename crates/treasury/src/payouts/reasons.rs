//! Why money waits: each reason is the end of a message's key, `payout-hold-…`.

use super::model::Account;
use super::store::shown::{self, Waiting};
use kernel::{MemberId, Moment, Refusal};
use people::accounts::rules as accounts;
use platform::Reader;
use time::Duration;

/// How long somebody has for what the tax office wants to know, once they were asked and reminded twice (Directive (EU)
/// 2021/514, annex V, section IV A).
const TAX_DAYS: Duration = Duration::days(60);

/// All there are.
pub const ALL: [&str; 11] = [
    "tier",
    "reserve",
    "won",
    "goodwill",
    "found",
    "released",
    "held",
    "account",
    "account-asks",
    "suspended",
    "tax",
];

/// Why nothing may be paid to a seller, if there is a reason: no account that may receive money, a suspension, or what the
/// tax office wants to know.
pub(super) async fn of_seller(
    reader: &mut Reader,
    seller: MemberId,
    account: Option<&Account>,
) -> Result<Option<&'static str>, Refusal> {
    match account {
        None => return Ok(Some("account")),
        Some(account) if !account.is_active() => {
            let begun = account.account_ref.is_some();
            return Ok(Some(if begun { "account-asks" } else { "account" }));
        }
        Some(_) => {}
    }
    let is_suspended = accounts::find(reader, seller).await?.is_none_or(|member| member.suspended);
    if is_suspended {
        return Ok(Some("suspended"));
    }
    let before = reader.now() - TAX_DAYS;
    Ok(shown::owes_tax_details(reader, seller, before).await?.then_some("tax"))
}

/// Why one waits now: what holds its order, then its own wait, then its seller.
pub(super) fn of<'a>(it: &'a Waiting, now: Moment, seller: Option<&'static str>) -> &'a str {
    if it.held {
        "held"
    } else if it.hold_until > now {
        &it.hold_because
    } else {
        match seller {
            Some(why) => why,
            None => &it.hold_because,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_words() {
        for reason in ALL {
            assert!(kernel::Say::knows(&format!("payout-hold-{reason}")), "{reason}");
        }
    }
}
