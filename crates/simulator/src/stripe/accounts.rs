//! Sellers' accounts, the way through their questions, and the bank accounts that they are paid to.

use super::banks::Bank;
use super::lists;
use super::route::Call;
use crate::books::{BooksError, Kept, Object};
use crate::hooks::tell;
use crate::problem::Problem;
use crate::world::{Work, ours_in};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::Duration;
use uuid::Uuid;

/// What is asked of a seller before they can be paid.
const WANTED: &[&str] = &[
    "external_account",
    "individual.dob.day",
    "individual.dob.month",
    "individual.dob.year",
    "individual.first_name",
    "individual.last_name",
    "tos_acceptance.date",
    "tos_acceptance.ip",
];
/// How long a link to the questions may be used.
const LINK: Duration = Duration::minutes(5);

/// How far a seller came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Did not answer yet.
    #[default]
    New,
    Active,
    /// Was active; something is asked again.
    Restricted,
    Rejected,
}

/// An account.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    pub id: String,
    pub country: String,
    pub email: Option<String>,
    pub business_type: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub standing: Standing,
    pub bank: Option<Bank>,
    /// When it pays out by itself: "manual" if never.
    pub interval: String,
    pub created: i64,
}

impl Kept for Account {
    const KIND: &'static str = "account";

    fn id(&self) -> &str {
        &self.id
    }

    fn ours(&self) -> Option<Uuid> {
        ours_in(&self.metadata, &["member"])
    }
}

/// The name under which an account's balance is locked.
pub fn balance_of(account: &str) -> String {
    format!("balance of {account}")
}

impl Account {
    pub fn may_receive(&self) -> bool {
        self.standing == Standing::Active
    }

    /// Whether its bank may be paid.
    pub fn may_pay_out(&self) -> bool {
        self.standing == Standing::Active && self.bank.as_ref().is_some_and(|bank| bank.status != "errored")
    }

    fn requirements(&self) -> Value {
        let wanted: &[&str] = match self.standing {
            Standing::New => WANTED,
            Standing::Restricted => &["individual.verification.document"],
            Standing::Active if self.bank.is_none() => &["external_account"],
            Standing::Active | Standing::Rejected => &[],
        };
        let disabled = match self.standing {
            Standing::New | Standing::Restricted => Some("requirements.past_due"),
            Standing::Rejected => Some("rejected.other"),
            Standing::Active => None,
        };
        json!({
            "alternatives": [],
            "current_deadline": null,
            "currently_due": wanted,
            "disabled_reason": disabled,
            "errors": [],
            "eventually_due": wanted,
            "past_due": wanted,
            "pending_verification": [],
        })
    }

    /// As Stripe shows it.
    pub fn shown(&self) -> Value {
        let url = format!("/v1/accounts/{}/external_accounts", self.id);
        let banks = self.bank.iter().map(|bank| bank.shown(&self.id)).collect();
        json!({
            "id": self.id,
            "object": "account",
            "business_profile": null,
            "business_type": self.business_type,
            "capabilities": { "transfers": if self.may_receive() { "active" } else { "inactive" } },
            "charges_enabled": false,
            "controller": {
                "fees": { "payer": "application" },
                "is_controller": true,
                "losses": { "payments": "application" },
                "requirement_collection": "stripe",
                "stripe_dashboard": { "type": "express" },
                "type": "application",
            },
            "country": self.country,
            "created": self.created,
            "default_currency": currency_of(&self.country),
            "details_submitted": self.standing != Standing::New,
            "email": self.email,
            "external_accounts": lists::list(&url, banks, false),
            "future_requirements": {
                "alternatives": [],
                "current_deadline": null,
                "currently_due": [],
                "disabled_reason": null,
                "errors": [],
                "eventually_due": [],
                "past_due": [],
                "pending_verification": [],
            },
            "metadata": self.metadata,
            "payouts_enabled": self.may_pay_out(),
            "requirements": self.requirements(),
            "settings": {
                "branding": { "icon": null, "logo": null, "primary_color": null, "secondary_color": null },
                "card_payments": {
                    "statement_descriptor_prefix": null,
                    "statement_descriptor_prefix_kana": null,
                    "statement_descriptor_prefix_kanji": null,
                },
                "dashboard": { "display_name": null, "timezone": "Etc/UTC" },
                "payments": {
                    "statement_descriptor": null,
                    "statement_descriptor_kana": null,
                    "statement_descriptor_kanji": null,
                },
                "payouts": {
                    "debit_negative_balances": true,
                    "schedule": { "delay_days": 2, "interval": self.interval },
                    "statement_descriptor": null,
                },
            },
            "tos_acceptance": { "date": null },
            "type": "none",
        })
    }
}

/// The currency of a country, in small letters.
pub fn currency_of(country: &str) -> &'static str {
    match country {
        "US" => "usd",
        "GB" => "gbp",
        "CH" => "chf",
        "CA" => "cad",
        "NO" => "nok",
        "SE" => "sek",
        "DK" => "dkk",
        "PL" => "pln",
        _ => "eur",
    }
}

const CREATE: &[&str] = &[
    "business_profile",
    "business_type",
    "capabilities",
    "company",
    "controller",
    "country",
    "default_currency",
    "email",
    "expand",
    "external_account",
    "individual",
    "metadata",
    "settings",
    "tos_acceptance",
    "type",
];
const INTERVAL: &str = "settings[payouts][schedule][interval]";

/// `POST /v1/accounts`
pub async fn create(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(CREATE)?;
    let id = work.name("acct");
    let account = Account {
        id,
        country: p.text("country").unwrap_or("US").to_ascii_uppercase(),
        email: p.text("email").map(str::to_owned),
        business_type: p.text("business_type").map(str::to_owned),
        metadata: p.under("metadata"),
        standing: Standing::New,
        bank: Bank::in_fields(work, p)?,
        interval: p.text(INTERVAL).unwrap_or("daily").to_owned(),
        created: work.stamp(),
    };
    work.save(&account).await?;
    Ok(account.shown())
}

/// `POST /v1/accounts/{id}`
pub async fn update(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(CREATE)?;
    let mut account = locked(work, id).await?;
    account.metadata.extend(p.under("metadata"));
    if let Some(bank) = Bank::in_fields(work, p)? {
        account.bank = Some(bank);
    }
    if let Some(interval) = p.text(INTERVAL) {
        account.interval = interval.to_owned();
    }
    if let Some(email) = p.text("email") {
        account.email = Some(email.to_owned());
    }
    work.save(&account).await?;
    told(work, &account).await?;
    Ok(account.shown())
}

/// `GET /v1/accounts/{id}`
pub async fn show(work: &mut Work, id: &str) -> Result<Value, Problem> {
    Ok(found(work, id, "account").await?.shown())
}

/// `GET /v1/accounts`
pub async fn list(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let (found, more) = lists::newest(work, Account::KIND, "", &call.params).await?;
    let one = |o: Object| -> Result<Value, Problem> { Ok(o.read::<Account>()?.shown()) };
    let data = found.into_iter().map(one).collect::<Result<Vec<Value>, Problem>>()?;
    Ok(lists::list(&call.path, data, more))
}

/// `POST /v1/accounts/{id}/reject`
pub async fn reject(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    call.params.needed("reason")?;
    change(work, id, Standing::Rejected, None).await.map(|account| account.shown())
}

/// `POST /v1/accounts/{id}/external_accounts`
pub async fn add_bank(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let mut account = locked(work, id).await?;
    let bank = Bank::in_fields(work, &call.params)?.ok_or_else(|| Problem::missing("external_account"))?;
    account.bank = Some(bank.clone());
    work.save(&account).await?;
    tell(work, "account.external_account.created", id, account.ours(), bank.shown(id)).await?;
    told(work, &account).await?;
    Ok(bank.shown(id))
}

/// `GET /v1/accounts/{id}/external_accounts`
pub async fn banks(work: &mut Work, call: &Call, id: &str) -> Result<Value, Problem> {
    let account = found(work, id, "account").await?;
    let data = account.bank.iter().map(|bank| bank.shown(id)).collect();
    Ok(lists::list(&call.path, data, false))
}

/// `POST /v1/account_links`
pub async fn link(work: &mut Work, call: &Call) -> Result<Value, Problem> {
    let p = &call.params;
    p.only(&["account", "collect", "collection_options", "expand", "refresh_url", "return_url", "type"])?;
    let account = found(work, p.needed("account")?, "account").await?;
    let back: String = url::form_urlencoded::byte_serialize(p.needed("return_url")?.as_bytes()).collect();
    p.needed("type")?;
    let page = format!("/_sim/door/onboarding?account={}&return={back}", account.id);
    Ok(json!({
        "object": "account_link",
        "created": work.stamp(),
        "expires_at": work.stamp() + LINK.whole_seconds(),
        "url": work.world().page_at(&page),
    }))
}

/// The seller answered, was refused, or is asked again.
pub async fn change(
    work: &mut Work,
    id: &str,
    standing: Standing,
    bank: Option<Bank>,
) -> Result<Account, Problem> {
    let mut account = locked(work, id).await?;
    account.standing = standing;
    account.bank = bank.or(account.bank);
    work.save(&account).await?;
    told(work, &account).await?;
    Ok(account)
}

/// Tells that an account is not as it was.
pub async fn told(work: &mut Work, account: &Account) -> Result<(), BooksError> {
    tell(work, "account.updated", &account.id, account.ours(), account.shown()).await
}

/// An account to look at. `param`: the field that named it.
pub async fn found(work: &mut Work, id: &str, param: &str) -> Result<Account, Problem> {
    let known: Option<Account> = work.load(id).await?;
    known.ok_or_else(|| {
        Problem::none(if param == "destination" { "destination" } else { "account" }, id, param)
    })
}

/// An account that nobody else changes meanwhile.
pub async fn locked(work: &mut Work, id: &str) -> Result<Account, Problem> {
    work.lock(id).await?;
    found(work, id, "account").await
}
