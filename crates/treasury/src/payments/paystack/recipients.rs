//! Who is paid out to: "recipients" there, a bank account with a name. A seller has no account of their own at
//! Paystack, so it asks them nothing; whether an account exists is asked before one is named.

use super::super::provider::{Bank, NewAccount, ProviderAccount, ProviderError};
use super::client::{Ask, Client};
use super::said::{currency, data, must, rows, text, truth};
use kernel::{Currency, FieldErrors, Wrong};
use platform::config::Secret;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Rows of a piece of the list of banks, and pieces that are read.
const PIECE: usize = 100;
const PIECES_MAX: usize = 20;

/// Where the banks are that it pays out to.
pub(super) const COUNTRIES: [&str; 4] = ["NG", "GH", "KE", "ZA"];

/// Paystack's word for a country, and the currency that its banks pay.
fn country(code: &str) -> Option<(&'static str, &'static str)> {
    match code {
        "NG" => Some(("nigeria", "NGN")),
        "GH" => Some(("ghana", "GHS")),
        "KE" => Some(("kenya", "KES")),
        "ZA" => Some(("south africa", "ZAR")),
        _ => None,
    }
}

pub(super) fn list_banks(country: &str, currency: &str, page: usize) -> Ask {
    Ask::read("/bank")
        .with("country", country.to_owned())
        .with("currency", currency.to_owned())
        .with("perPage", PIECE.to_string())
        .with("page", page.to_string())
}

/// The wallets of telephones, which stand among the banks.
pub(super) fn list_wallets(currency: Currency) -> Ask {
    Ask::read("/bank")
        .with("currency", currency.to_string())
        .with("type", "mobile_money".to_owned())
        .with("perPage", PIECE.to_string())
}

pub(super) fn resolve(bank: &Bank) -> Ask {
    Ask::read("/bank/resolve")
        .with("account_number", bank.number.reveal().to_owned())
        .with("bank_code", bank.code.clone())
}

pub(super) fn create(new: &NewAccount, bank: &Bank, kind: &str) -> Ask {
    let body = json!({
        "type": kind,
        "name": bank.holder.reveal(),
        "account_number": bank.number.reveal(),
        "bank_code": bank.code,
        "currency": bank.currency,
        "metadata": { "member": new.ours.to_string() },
    });
    Ask::make("/transferrecipient", body)
}

pub(super) fn fetch(reference: &str) -> Ask {
    Ask::read("/transferrecipient/{code}").about(reference)
}

pub(super) async fn open(client: &Client, new: &NewAccount) -> Result<ProviderAccount, ProviderError> {
    let bank = new.bank.as_ref().ok_or_else(|| wrong("bank", Wrong::Required))?;
    let kind = check(client, bank).await?;
    match client.send(create(new, bank, kind)).await.map_err(ProviderError::from) {
        Ok(answer) => read(data(&answer)),
        // All that a person said in it is the account.
        Err(error) if error.is_final() => {
            let fields = FieldErrors::one("bank/number", Wrong::Because("wrong-bank-not-taken"));
            Err(ProviderError::Invalid { detail: error.to_string(), fields })
        }
        Err(error) => Err(error),
    }
}

/// What kind of account it is there. Refused when it does not exist, where that can be asked.
pub(super) async fn check(client: &Client, bank: &Bank) -> Result<&'static str, ProviderError> {
    let kind = kind(client, bank).await?;
    // Only these two say whose an account is.
    if !matches!(kind, "nuban" | "ghipss") {
        return Ok(kind);
    }
    match client.send(resolve(bank)).await.map_err(ProviderError::from) {
        Ok(_) => Ok(kind),
        Err(ProviderError::Invalid { .. } | ProviderError::Declined { .. }) => {
            Err(wrong("bank/number", Wrong::Because("wrong-bank-number-unknown")))
        }
        Err(error) => Err(error),
    }
}

/// What kind of account it is there: its country's, or a telephone's.
async fn kind(client: &Client, bank: &Bank) -> Result<&'static str, ProviderError> {
    let of_banks = match bank.currency.code() {
        "NGN" => return Ok("nuban"),
        "ZAR" => return Ok("basa"),
        "GHS" => "ghipss",
        "KES" => "kepss",
        _ => return Err(wrong("bank/currency", Wrong::Because("wrong-bank-currency"))),
    };
    let answer = client.send(list_wallets(bank.currency)).await?;
    let is_wallet = rows(&answer)?.iter().any(|row| text(row, "code").is_some_and(|code| code == bank.code));
    Ok(if is_wallet { "mobile_money" } else { of_banks })
}

pub(super) async fn get(client: &Client, reference: &str) -> Result<ProviderAccount, ProviderError> {
    let answer = client.send(fetch(reference)).await?;
    read(data(&answer))
}

/// Code and name of each bank of a country that can be paid out to, by name.
pub(super) async fn banks(client: &Client, code: &str) -> Result<Vec<(String, String)>, ProviderError> {
    let (country, currency) = country(code).ok_or_else(|| wrong("country", Wrong::NotAChoice))?;
    let mut banks = BTreeSet::new();
    for page in 1..=PIECES_MAX {
        let answer = client.send(list_banks(country, currency, page)).await?;
        let before = banks.len();
        let open = rows(&answer)?.iter().filter(|row| truth(row, "active") && !truth(row, "is_deleted"));
        banks.extend(open.filter_map(|row| Some((text(row, "name")?, text(row, "code")?))));
        // It does not say how many pieces there are.
        if banks.len() == before {
            break;
        }
    }
    Ok(banks.into_iter().map(|(name, code)| (code, name)).collect())
}

/// Paystack's id of a bank, which refunds go by.
pub(super) async fn bank_id(client: &Client, bank: &Bank) -> Result<String, ProviderError> {
    let mut places = COUNTRIES.iter().filter_map(|code| country(code));
    let place = places.find(|(_, currency)| *currency == bank.currency.code());
    let (country, currency) =
        place.ok_or_else(|| wrong("bank/currency", Wrong::Because("wrong-bank-currency")))?;
    for page in 1..=PIECES_MAX {
        let answer = client.send(list_banks(country, currency, page)).await?;
        let all = rows(&answer)?;
        let known = all.iter().find(|row| text(row, "code").is_some_and(|code| code == bank.code));
        if let Some(id) = known.and_then(|row| text(row, "id")) {
            return Ok(id);
        }
        if all.is_empty() {
            break;
        }
    }
    Err(wrong("bank", Wrong::NotAChoice))
}

fn wrong(field: &str, wrong: Wrong) -> ProviderError {
    let fields = FieldErrors::one(field, wrong);
    ProviderError::Invalid { detail: format!("{field} is not accepted"), fields }
}

/// A recipient as it is answered.
pub(super) fn read(said: &Value) -> Result<ProviderAccount, ProviderError> {
    let details = said.get("details").unwrap_or(&Value::Null);
    // The two answers name it differently.
    let deleted = truth(said, "is_deleted") || truth(said, "isDeleted");
    let active = truth(said, "active") && !deleted;
    let number = text(details, "account_number");
    let print =
        number.as_ref().zip(text(details, "bank_code")).map(|(number, bank)| format!("{bank}:{number}"));
    Ok(ProviderAccount {
        reference: must(said, "recipient_code")?,
        may_receive: active,
        may_pay_out: active,
        rejected: deleted,
        wants: Vec::new(),
        wants_until: None,
        bank_label: text(details, "bank_name").zip(number).map(|(bank, number)| label(&bank, &number)),
        bank_print: print.map(Secret::new),
        currency: Some(currency(said)?),
    })
}

/// The bank and the last four digits.
fn label(bank: &str, number: &str) -> String {
    let mut last: Vec<char> = number.chars().rev().take(4).collect();
    last.reverse();
    format!("{bank} ••{}", last.into_iter().collect::<String>())
}
