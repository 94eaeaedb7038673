//! Saying who one is, being asked for it, and what follows when nobody answers.

use super::model::{
    Address, Birth, BusinessName, Details, FirstName, LastName, Overdue, RegisterNumber, Standing, Who,
};
use crate::tax::model::SellerClass;
use crate::tax::store::profile as store;
use crate::tickets;
use kernel::{MemberId, Moment, Refusal};
use people::accounts::leaving::lock;
use people::accounts::model::Client;
use people::accounts::notices::{self, Notice};
use platform::vault::Vault;
use platform::{Reader, Tx, audit};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// What the vault calls each part.
const NAME: &str = "seller_profiles legal_name";
const ADDRESS: &str = "seller_profiles address";
const BORN: &str = "seller_profiles born";
const TIN: &str = "seller_profiles tin";

#[derive(Serialize, Deserialize)]
struct Name {
    first: FirstName,
    last: LastName,
}

/// The ticket that is open while a seller has not said what must be reported.
pub fn ticket(member: MemberId) -> String {
    format!("tax_seller:{member}")
}

/// How things stand with a seller.
pub async fn standing(reader: &mut Reader, member: MemberId) -> Result<Standing, Refusal> {
    Ok(store::find(reader, member).await?.map_or(Standing::UNKNOWN, |row| row.standing))
}

/// Why nothing is paid out to a seller: they have sold as much as must be told to tax offices, were asked who they are, and
/// have not said it. `None` for everybody else.
pub async fn overdue(reader: &mut Reader, member: MemberId) -> Result<Option<Overdue>, Refusal> {
    let stopped = standing(reader, member).await?.stopped_at;
    Ok(stopped.map(|since| Overdue { since }))
}

/// What a seller said, opened; nothing when they said nothing yet. Errors: it does not open, as the vault's key is another
/// one.
pub async fn open(reader: &mut Reader, vault: &Vault, member: MemberId) -> Result<Option<Details>, Refusal> {
    let Some(row) = store::find(reader, member).await?.filter(|row| row.standing.given_at.is_some()) else {
        return Ok(None);
    };
    let broken = |what: &str| Refusal::broken(format!("the tax details of {member} have no {what}"));
    let Standing { class, country, business_name, registration, vat_id, self_billing, .. } = row.standing;
    let country = country.ok_or_else(|| broken("country"))?;
    let address: Option<Address> = opened(reader, vault, member, ADDRESS, row.address.as_deref()).await?;
    let tin: Option<String> = opened(reader, vault, member, TIN, row.tin.as_deref()).await?;
    let who = match class {
        SellerClass::Business => {
            let name = business_name.ok_or_else(|| broken("name"))?;
            let name = BusinessName::read(&name).map_err(|_| broken("name"))?;
            let registration = registration.and_then(|number| RegisterNumber::read(&number).ok());
            Who::Business { name, registration, vat_id, self_billing }
        }
        SellerClass::Private => {
            let name: Option<Name> = opened(reader, vault, member, NAME, row.name.as_deref()).await?;
            let birth: Option<Birth> = opened(reader, vault, member, BORN, row.born.as_deref()).await?;
            let Name { first, last } = name.ok_or_else(|| broken("name"))?;
            Who::Private { first, last, birth: birth.ok_or_else(|| broken("birth"))? }
        }
    };
    let address = address.ok_or_else(|| broken("address"))?;
    Ok(Some(Details { who, country, address, tin }))
}

/// Keeps what a seller says, sealed; what was asked and stopped for the lack of it is over. Errors: `Forbidden` for who is
/// suspended or leaving.
pub async fn set(
    tx: &mut Tx,
    vault: &Vault,
    member: MemberId,
    details: &Details,
    (client, base_url): (&Client, &str),
) -> Result<(), Refusal> {
    let member = &lock(tx, member).await?;
    if member.suspended || member.leaving.is_some() {
        return Err(Refusal::Forbidden);
    }
    let mut new = store::New {
        class: details.class(),
        country: details.country,
        business_name: None,
        registration: None,
        vat_id: None,
        self_billing: false,
        name: None,
        address: Some(sealed(tx, vault, member.id, ADDRESS, &details.address).await?),
        born: None,
        tin: None,
    };
    if let Some(tin) = &details.tin {
        new.tin = Some(sealed(tx, vault, member.id, TIN, tin).await?);
    }
    match &details.who {
        Who::Private { first, last, birth } => {
            let name = Name { first: first.clone(), last: last.clone() };
            new.name = Some(sealed(tx, vault, member.id, NAME, &name).await?);
            new.born = Some(sealed(tx, vault, member.id, BORN, birth).await?);
        }
        Who::Business { name, registration, vat_id, self_billing } => {
            new.business_name = Some(name.as_str().to_owned());
            new.registration = registration.as_ref().map(|number| number.as_str().to_owned());
            new.vat_id.clone_from(vat_id);
            new.self_billing = *self_billing;
        }
    }
    store::upsert(tx, member.id, &new).await?;
    tickets::close(tx, &ticket(member.id), "the seller has said who they are").await?;
    notices::note(tx, member, Notice::TaxDetailsSet, client, base_url).await?;
    let detail = json!({ "class": details.class().name() });
    Ok(audit::write(tx, Some(member.id), "tax.profile", ("member", member.id.0), detail).await?)
}

/// A seller is asked for the first time.
pub async fn asked(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::asked(tx, member).await?)
}

/// They are reminded once more.
pub async fn reminded(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::reminded(tx, member).await?)
}

/// Nothing is paid out to them from now on. `false` when that is so already, or they said it meanwhile.
pub async fn stop(tx: &mut Tx, member: MemberId) -> Result<bool, Refusal> {
    Ok(store::stop(tx, member).await?)
}

/// Sellers who were asked, or reminded fewer than `reminders` times, before a moment, and have not answered; locked, at most
/// `limit`.
pub async fn unanswered(
    tx: &mut Tx,
    reminders: i16,
    before: Moment,
    limit: i64,
) -> Result<Vec<MemberId>, Refusal> {
    Ok(store::unanswered(tx, reminders, before, limit).await?)
}

/// What their owner gets a copy of: all of it. What does not open is there without its words.
pub async fn copy(reader: &mut Reader, vault: &Vault, member: MemberId) -> Result<Vec<Value>, Refusal> {
    let Some(row) = store::find(reader, member).await? else { return Ok(Vec::new()) };
    // With another key of the vault than the one that it was sealed with.
    let details = open(reader, vault, member).await.unwrap_or_default();
    let it = row.standing;
    let said = details.map(|details| {
        json!({ "who": match &details.who {
                Who::Private { first, last, birth } => json!({ "first_name": first, "last_name": last,
                    "born": birth.day.to_string(), "birth_town": birth.town, "birth_country": birth.country }),
                Who::Business { .. } => Value::Null,
            },
            "address": details.address, "tax_number": details.tin })
    });
    Ok(vec![json!({
        "class": it.class.name(),
        "country": it.country,
        "business_name": it.business_name,
        "registration": it.registration,
        "vat_id": it.vat_id,
        "self_billing": it.self_billing,
        "said": said,
        "asked_at": it.asked_at.map(written),
        "reminders": it.reminders,
        "given_at": it.given_at.map(written),
        "stopped_at": it.stopped_at.map(written),
    })])
}

/// As in all other files of a copy (RFC 3339).
fn written(at: Moment) -> String {
    at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
}

async fn sealed<T: Serialize>(
    tx: &mut Tx,
    vault: &Vault,
    member: MemberId,
    place: &str,
    it: &T,
) -> Result<Vec<u8>, Refusal> {
    let plain = serde_json::to_vec(it).map_err(Refusal::broken)?;
    Ok(vault.seal(tx, member.0, place, &plain).await?)
}

async fn opened<T: DeserializeOwned>(
    reader: &mut Reader,
    vault: &Vault,
    member: MemberId,
    place: &str,
    sealed: Option<&[u8]>,
) -> Result<Option<T>, Refusal> {
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = vault.open(reader, member.0, place, sealed).await?;
    serde_json::from_slice(&plain).map(Some).map_err(Refusal::broken)
}
