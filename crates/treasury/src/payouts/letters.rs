//! What sellers are told by mail about their money.

use super::model::{Payout, failure_key};
use kernel::say::Value;
use kernel::{Moment, Money, Say};
use people::accounts::letters::letter;
use people::accounts::model::Member;
use platform::mail::Letter;

/// A letter whose words begin with `mail-payout-` and `key`, and whose button leads to `path`.
fn about<const N: usize>(
    to: &Member,
    key: &str,
    args: [(&'static str, Value<'_>); N],
    (base_url, path): (&str, &str),
) -> Letter {
    let say = Say::new(to.lang);
    let subject = say.by_key_with(&format!("mail-payout-{key}-subject"), args.clone());
    let body = say.by_key_with(&format!("mail-payout-{key}-body"), args);
    letter(to, subject, body, Some((say.mail_payout_button(), format!("{base_url}{path}"))))
}

/// Money waits, and there is no account that it could go to. The last of them says that it is the last.
pub(super) fn details(to: &Member, is_last: bool, base_url: &str) -> Letter {
    let key = if is_last { "details-last" } else { "details" };
    about(to, key, [("name", to.display_name.clone().into())], (base_url, "/payouts/set-up"))
}

/// The bank account at the provider is another one.
pub(super) fn bank_changed(to: &Member, bank: &str, until: Moment, base_url: &str) -> Letter {
    let when = Say::new(to.lang).date_time(until);
    let args =
        [("name", to.display_name.clone().into()), ("bank", bank.to_owned().into()), ("when", when.into())];
    about(to, "bank-changed", args, (base_url, "/account/security"))
}

/// It is on its way to the bank.
pub(super) fn sent(to: &Member, it: &Payout, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let args = [
        ("name", to.display_name.clone().into()),
        ("amount", say.money(it.money()).into()),
        ("number", it.number.clone().into()),
        ("bank", it.bank_label.clone().unwrap_or_default().into()),
    ];
    about(to, "sent", args, (base_url, &format!("/payouts/{}", it.id)))
}

/// It came back: why, and what to do.
pub(super) fn failed(to: &Member, it: &Payout, base_url: &str) -> Letter {
    let say = Say::new(to.lang);
    let why = say.by_key(&failure_key(it.failure.as_deref().unwrap_or("other")));
    let args = [
        ("name", to.display_name.clone().into()),
        ("amount", say.money(it.money()).into()),
        ("number", it.number.clone().into()),
        ("why", why.into()),
    ];
    about(to, "failed", args, (base_url, "/payouts/set-up"))
}

/// Money was taken back; `because` is as [`super::TakeBack::name`] says it.
pub(super) fn taken_back(
    to: &Member,
    (amount, number, because): (Money, &str, &str),
    base_url: &str,
) -> Letter {
    let say = Say::new(to.lang);
    let args = [
        ("name", to.display_name.clone().into()),
        ("amount", say.money(amount).into()),
        ("number", number.to_owned().into()),
        ("because", say.by_key(&format!("payout-taken-{because}")).into()),
    ];
    about(to, "taken-back", args, (base_url, "/payouts"))
}

/// They owe something, and how it is paid: of what they sell next.
pub(super) fn debt(to: &Member, amount: Money, number: &str, base_url: &str) -> Letter {
    let args = [
        ("name", to.display_name.clone().into()),
        ("amount", Say::new(to.lang).money(amount).into()),
        ("number", number.to_owned().into()),
    ];
    about(to, "debt", args, (base_url, "/payouts"))
}

/// Nothing of it is owed any more.
pub(super) fn debt_paid(to: &Member, amount: Money, number: &str, base_url: &str) -> Letter {
    let args = [
        ("name", to.display_name.clone().into()),
        ("amount", Say::new(to.lang).money(amount).into()),
        ("number", number.to_owned().into()),
    ];
    about(to, "debt-paid", args, (base_url, "/payouts"))
}

#[cfg(test)]
mod tests {
    use kernel::Say;

    #[test]
    fn every_letter_has_its_words() {
        for key in
            ["details", "details-last", "bank-changed", "sent", "failed", "taken-back", "debt", "debt-paid"]
        {
            for part in ["subject", "body"] {
                assert!(Say::knows(&format!("mail-payout-{key}-{part}")), "{key} {part}");
            }
        }
        assert!(Say::knows("payout-taken-refund") && Say::knows("payout-taken-chargeback"));
    }
}
