//! Sellers' accounts at providers: begun, asked after, and which bank stands behind them. Where the provider asks sellers itself,
//! they name their bank there; where it pays out from our balance, it is the bank account that they have named here.

use super::calls::{self, OpenAccount};
use super::events::AccountChanged;
use super::letters;
use super::model::{Account, Terms};
use super::store::accounts as store;
use crate::payments::banks::bank_of;
use crate::payments::provider::{NewAccount, Provider, ProviderAccount, Way};
use crate::tax::{self, SellerClass};
use crate::tickets::{self, Kind, NewTicket, Subject};
use kernel::{Currency, FieldErrors, MemberId, Refusal, Wrong};
use people::accounts::model::{Client, Member};
use people::accounts::notices::{self, Notice};
use people::accounts::rules as members;
use people::banks::model::{BankAccount, Details};
use people::banks::rules as banks;
use platform::config::{PayoutSchedule, Secret};
use platform::{Db, Reader, Tx, audit, events, mail};
use serde_json::json;
use time::Duration;

/// How long there is for looking at two sellers with one bank account.
const DUE: Duration = Duration::days(2);
/// What is wanted of who has not named a bank account here.
pub const WANTS_BANK: &str = "bank_account";

/// A seller's account at a provider, if they have begun one.
pub async fn find(reader: &mut Reader, member: MemberId, provider: &str) -> Result<Option<Account>, Refusal> {
    Ok(store::find(reader, member, provider).await?)
}

/// All of a seller's.
pub async fn of_member(reader: &mut Reader, member: MemberId) -> Result<Vec<Account>, Refusal> {
    Ok(store::of_member(reader, member).await?)
}

/// Begins a seller's account at a provider, if they have none: there, or with the bank account that they have named here.
/// Errors: the field `country`; `Conflict` with `payouts-no-bank` or `payouts-bank-elsewhere`; the fields below `bank` that the
/// provider does not accept; it is away.
pub async fn begin(
    db: &Db,
    provider: &dyn Provider,
    terms: &Terms<'_>,
    member: &Member,
    country: &str,
) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    store::begin(&mut tx, member.id, provider.name(), terms.schedule.name()).await?;
    let account = store::lock(&mut tx, member.id, provider.name()).await?.ok_or(Refusal::NotFound)?;
    tx.commit().await?;
    if provider.caps().way == Way::Direct {
        let current = banks::current(&mut db.read().await?, terms.vault, member.id).await?;
        let bank = current.ok_or(Refusal::Conflict("payouts-no-bank"))?;
        return name_recipient(db, provider, terms, &account, member, &bank).await;
    }
    if account.account_ref.is_some() {
        return sync(db, provider, terms, member.id).await;
    }
    let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !is_country {
        return Err(Refusal::field("country", Wrong::NotAChoice));
    }
    let email = Secret::new(member.email.clone());
    let business = is_business(&mut db.read().await?, member.id).await?;
    let new = NewAccount { ours: member.id, country: country.to_owned(), email, business, bank: None };
    // Somebody who says meanwhile that they are a business asks for another account.
    let which = if business { format!("{country}:business") } else { country.to_owned() };
    let call = OpenAccount { at: provider.name(), new: &new, which: &which };
    let said = calls::make(db, provider, &call).await?;
    let said = said.map_err(Refusal::from)?;
    keep_said(db, provider, terms, member.id, (&said, Some(country), None)).await
}

/// Whether they have said that they sell as a business: the provider asks it other things.
async fn is_business(reader: &mut Reader, member: MemberId) -> Result<bool, Refusal> {
    let known = tax::sellers(reader, &[member]).await?;
    Ok(known.iter().any(|seller| seller.class == SellerClass::Business))
}

/// The provider's page on which a seller answers what it wants to know; nothing where it asks nothing. Errors: `NotFound` when
/// no account was begun; the provider is away.
pub async fn link(
    db: &Db,
    provider: &dyn Provider,
    member: MemberId,
    back: &str,
) -> Result<Option<String>, Refusal> {
    let account = store::find(&mut db.read().await?, member, provider.name()).await?;
    let reference = account.and_then(|account| account.account_ref).ok_or(Refusal::NotFound)?;
    match provider.caps().way {
        Way::Connected => Ok(provider.account_link(&reference, back).await?),
        Way::Direct => Ok(None),
    }
}

/// Asks the provider how a seller's account is; where it pays out from our balance, looks which bank account they use now.
/// Nothing happens when they have begun none. Errors: the provider is away.
pub async fn sync(
    db: &Db,
    provider: &dyn Provider,
    terms: &Terms<'_>,
    member: MemberId,
) -> Result<(), Refusal> {
    let mut reader = db.read().await?;
    let Some(account) = store::find(&mut reader, member, provider.name()).await? else { return Ok(()) };
    if provider.caps().way == Way::Direct {
        let Some(owner) = members::find(&mut reader, member).await? else { return Ok(()) };
        let current = banks::current(&mut reader, terms.vault, member).await?;
        drop(reader);
        let Some(bank) = current else { return without_bank(db, account).await };
        let named = name_recipient(db, provider, terms, &account, &owner, &bank).await;
        return match named {
            // Only its owner can mend that, by naming another one.
            Err(Refusal::Fields(_) | Refusal::Conflict("payouts-bank-elsewhere")) => {
                without_bank(db, account).await
            }
            other => other,
        };
    }
    drop(reader);
    let Some(reference) = account.account_ref else { return Ok(()) };
    match provider.get_account(&reference).await {
        Ok(said) => keep_said(db, provider, terms, member, (&said, None, None)).await,
        // Asking again makes no sense: somebody must look why it does not know it any more.
        Err(error) if error.is_final() => unknown_there(db, member, provider.name()).await,
        Err(error) => Err(error.into()),
    }
}

async fn unknown_there(db: &Db, member: MemberId, provider: &str) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let key = format!("unknown_account:{member}:{provider}");
    let (subject, detail) = (Subject::Member(member), json!({ "provider": provider }));
    let new = NewTicket { kind: Kind::PayoutStuck, key: &key, subject, amount: None, detail, due: DUE };
    tickets::open(&mut tx, &new).await?;
    Ok(tx.commit().await?)
}

/// Looks at the provider's whether there is such an account; while it is away, that is left to when it is used. Errors: the
/// fields `bank` and `number`; `Conflict("payouts-bank-elsewhere")`.
pub async fn check(provider: &dyn Provider, details: &Details) -> Result<(), Refusal> {
    let bank = bank_of(provider, details, Currency::EUR)?;
    match provider.check_bank(&bank).await.map_err(Refusal::from) {
        Err(Refusal::Fields(errors)) => {
            let mut named = FieldErrors::none();
            for (field, wrong) in errors.iter() {
                named.add_once(if field == "bank" { "bank" } else { "number" }, wrong.clone());
            }
            Err(Refusal::Fields(named))
        }
        Err(Refusal::Unavailable(_)) => Ok(()),
        other => other,
    }
}

/// Names who is paid out to: the owner of the bank account that they use now. Nothing is asked where the provider has it.
async fn name_recipient(
    db: &Db,
    provider: &dyn Provider,
    terms: &Terms<'_>,
    account: &Account,
    owner: &Member,
    bank: &BankAccount,
) -> Result<(), Refusal> {
    let at = &bank.details.account;
    let mark = mark(terms, &at.whole());
    if account.is_active() && account.bank_mac.as_ref() == Some(&mark) {
        return Ok(());
    }
    let mut reader = db.read().await?;
    let waiting = store::currency_waiting(&mut reader, owner.id, provider.name()).await?;
    let business = is_business(&mut reader, owner.id).await?;
    drop(reader);
    let usual = waiting.and_then(|code| code.parse().ok()).unwrap_or(Currency::EUR);
    let new = NewAccount {
        ours: owner.id,
        country: at.country().to_owned(),
        email: Secret::new(owner.email.clone()),
        business,
        bank: Some(bank_of(provider, &bank.details, usual)?),
    };
    let which = String::from_utf8_lossy(&mark).into_owned();
    let call = OpenAccount { at: provider.name(), new: &new, which: &which };
    let said = calls::make(db, provider, &call).await?;
    let said = said.map_err(Refusal::from)?;
    keep_said(db, provider, terms, owner.id, (&said, Some(at.country()), Some(mark))).await
}

/// There is no bank account that it could go to any more: nothing can be paid out.
async fn without_bank(db: &Db, account: Account) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let Some(mut account) = store::lock(&mut tx, account.member, &account.provider).await? else {
        return Ok(());
    };
    if account.state == "active" {
        "restricted".clone_into(&mut account.state);
        account.wants = vec![WANTS_BANK.to_owned()];
        account.payouts_on = false;
        account.bank_label = None;
        store::keep(&mut tx, &account).await?;
        tell(&mut tx, &account).await?;
    }
    Ok(tx.commit().await?)
}

/// Keeps what the provider says of an account: with the country that it was begun for, and the mark of the bank account where
/// it was named here.
async fn keep_said(
    db: &Db,
    provider: &dyn Provider,
    terms: &Terms<'_>,
    member: MemberId,
    (said, country, named): (&ProviderAccount, Option<&str>, Option<Vec<u8>>),
) -> Result<(), Refusal> {
    let mut tx = db.begin().await?;
    let mut account = store::lock(&mut tx, member, provider.name()).await?.ok_or(Refusal::NotFound)?;
    let before = account.state.clone();
    account.account_ref = Some(said.reference.clone());
    account.state = state_after(&before, said).to_owned();
    if let Some(country) = country {
        account.country = Some(country.to_owned());
    }
    account.currency = said.currency.map(|currency| currency.to_string());
    account.wants.clone_from(&said.wants);
    account.wants_until = said.wants_until;
    account.payouts_on = said.may_pay_out;
    account.bank_label.clone_from(&said.bank_label);
    if account.state == "active" {
        account.reminders = 0;
    }
    let has_waited = named.is_some();
    let print = said.bank_print.as_ref();
    let seen = named.or_else(|| print.map(|p| mark(terms, &format!("{}:{}", provider.name(), p.reveal()))));
    if let Some(seen) = seen.filter(|seen| account.bank_mac.as_ref() != Some(seen)) {
        another_bank(&mut tx, terms, &mut account, seen, has_waited).await?;
    }
    store::keep(&mut tx, &account).await?;
    if account.state != before {
        tell(&mut tx, &account).await?;
    }
    Ok(tx.commit().await?)
}

/// A bank account that was not known before. Another than the first waits, unless it has waited here already; its owner is told
/// at every address that was theirs until lately.
async fn another_bank(
    tx: &mut Tx,
    terms: &Terms<'_>,
    account: &mut Account,
    seen: Vec<u8>,
    has_waited: bool,
) -> Result<(), Refusal> {
    let (now, member) = (tx.now(), account.member);
    let is_first = account.bank_mac.is_none();
    account.blocked_because = None;
    account.bank_changed_at = Some(now);
    if !is_first && !has_waited {
        let until = now + terms.cool;
        account.cool_until = Some(until);
        if let Some(owner) = members::find(tx, member).await? {
            let bank = account.bank_label.clone().unwrap_or_default();
            for to in notices::ears(tx, &owner).await? {
                mail::queue(tx, letters::bank_changed(&to, &bank, until, terms.base_url)).await?;
            }
            let client = Client::default();
            notices::note(tx, &owner, Notice::PayoutBankChanged, &client, terms.base_url).await?;
        }
    }
    if !is_first {
        let detail = json!({ "provider": account.provider });
        audit::write(tx, None, "payouts.bank_changed", ("member", member.0), detail).await?;
    }
    let others = store::others_with_bank(tx, member, &seen).await?;
    if others > 0 {
        let key = format!("one_bank:{member}");
        let new = NewTicket {
            kind: Kind::FraudWarning,
            key: &key,
            subject: Subject::Member(member),
            amount: None,
            detail: json!({ "others": others, "provider": account.provider }),
            due: DUE,
        };
        tickets::open(tx, &new).await?;
    }
    account.bank_mac = Some(seen);
    Ok(())
}

async fn tell(tx: &mut Tx, account: &Account) -> Result<(), Refusal> {
    let Account { member, provider, state, .. } = account;
    let event = AccountChanged { member: *member, provider: provider.clone(), state: state.clone() };
    Ok(events::append(tx, &event).await?)
}

fn state_after(before: &str, said: &ProviderAccount) -> &'static str {
    match before {
        _ if said.rejected => "rejected",
        _ if said.may_receive => "active",
        "active" | "restricted" => "restricted",
        _ => "pending",
    }
}

/// By which a bank account is known again, without its number: nobody makes it who does not have our key.
fn mark(terms: &Terms<'_>, number: &str) -> Vec<u8> {
    terms.marks.sign(number.as_bytes()).into_bytes()
}

/// How often a seller is paid out, and from which amount on: minor units, at least what the settings say. Errors: `NotFound` when
/// no account was begun; the field `minimum`.
pub async fn set_schedule(
    tx: &mut Tx,
    terms: &Terms<'_>,
    (member, provider): (MemberId, &str),
    schedule: PayoutSchedule,
    minimum: i64,
) -> Result<(), Refusal> {
    let mut account = store::lock(tx, member, provider).await?.ok_or(Refusal::NotFound)?;
    if minimum < 0 {
        return Err(Refusal::field("minimum", Wrong::TooSmall { min: 0 }));
    }
    schedule.name().clone_into(&mut account.schedule);
    account.minimum = minimum.max(terms.minimum);
    Ok(store::keep(tx, &account).await?)
}

/// Forgets where a seller has their bank account, and how far they were trusted. They must be being erased.
pub async fn forget(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::forget(tx, member).await?)
}
