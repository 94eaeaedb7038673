//! What is in a copy: one file of JSON for each kind of thing, and the pictures.

use super::model::Tools;
use crate::accounts::model::Member;
use crate::banks::rules as banks;
use crate::tax::profile;
use crate::{
    accounts, apikeys, carts, cases, chargebacks, documents, factors, listings, oidc, orders, payments,
    payouts, photos, staff,
};
use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{MemberId, Refusal, Say};
use platform::archive::Archive;
use platform::objects::Objects;
use platform::{Reader, Rows, audit, mail};
use std::path::Path;

/// Asks for the rows of a member.
type Ask = for<'r> fn(&'r mut Reader, MemberId) -> Rows<'r>;

/// A file of JSON, and the tables that it is made of.
#[derive(Debug)]
pub struct File {
    pub name: &'static str,
    pub tables: &'static [&'static str],
    rows: Ask,
}

const fn file(name: &'static str, tables: &'static [&'static str], rows: Ask) -> File {
    File { name, tables, rows }
}

/// Mails are found by the address, not by the member.
pub const MAILS: (&str, &str) = ("mails.json", "mails");

/// Accounts at banks are opened with their owner's key before they are written.
pub const BANKS: (&str, &str) = ("bank_accounts.json", "bank_accounts");

/// So is who a seller is for the tax office.
pub const SELLERS: (&str, &str) = ("seller_profile.json", "seller_profiles");

/// Every file but the mails, the accounts at banks, what sellers said of themselves, the pictures and the page that explains them.
pub const FILES: &[File] = &[
    file("profile.json", &["members"], accounts::copy::profile),
    file("sessions.json", &["sessions"], accounts::copy::sessions),
    file("programs.json", &["token_families", "refresh_tokens"], accounts::copy::programs),
    file("devices.json", &["known_devices"], accounts::copy::devices),
    file("security.json", &["security_events"], accounts::copy::security_events),
    file("email_changes.json", &["email_changes"], accounts::copy::email_changes),
    file("links.json", &["email_links"], accounts::copy::links),
    file("passkeys.json", &["passkeys"], factors::copy::passkeys),
    file("apps.json", &["totp"], factors::copy::apps),
    file("recovery_codes.json", &["recovery_codes"], factors::copy::recovery_codes),
    file("sent_codes.json", &["sent_factors"], factors::copy::sent),
    file("accounts_elsewhere.json", &["linked_accounts"], oidc::copy),
    file("api_keys.json", &["api_keys"], apikeys::copy),
    file("suspensions.json", &["suspensions"], staff::copy),
    file("listings.json", &["listings"], listings::copy::listings),
    file("photos.json", &["photos"], photos::copy),
    file("edits.json", &["listing_edits"], listings::copy::edits),
    file("cart.json", &["carts", "cart_lines"], carts::copy),
    file("orders.json", &["orders"], orders::copy::orders),
    file("order_items.json", &["order_legs"], orders::copy::legs),
    file("order_steps.json", &["order_events"], orders::copy::steps),
    file("payments.json", &["payments"], payments::copy::payments),
    file("refunds.json", &["refunds"], payments::copy::refunds),
    file("cards.json", &["sandbox.objects"], payments::sandbox::leaving::copy),
    file("payout_account.json", &["seller_accounts", "seller_tiers"], payouts::copy::accounts),
    file("settlements.json", &["settlements"], payouts::copy::settlements),
    file("debts.json", &["seller_debts"], payouts::copy::debts),
    file("payouts.json", &["payouts", "payout_items"], payouts::copy::payouts),
    file("cases.json", &["cases", "case_proposals", "case_rulings"], cases::copy::cases),
    file("case_words.json", &["case_entries"], cases::copy::entries),
    file("case_photos.json", &["case_photos"], cases::copy::photos),
    file("documents.json", &["documents"], documents::copy::documents),
    file("document_wishes.json", &["document_wishes"], documents::copy::wishes),
    file("chargebacks.json", &["chargebacks", "chargeback_shares"], chargebacks::copy::chargebacks),
    file("warnings.json", &["fraud_warnings"], chargebacks::copy::warnings),
    file("audit.json", &["audit_log"], audit::copy),
];

/// Makes the archive at `path`. Answers its size in bytes. Row by row and picture by picture: memory does not grow
/// with what somebody has.
pub(super) async fn compose(tools: &Tools<'_>, member: &Member, path: &Path) -> Result<u64, Refusal> {
    let archive = Archive::create(path);
    let filled = fill(tools, member, &archive).await;
    // A disk that is full is told by the end, better than by what came before.
    let size = archive.finish().await?;
    filled.map(|()| size)
}

async fn fill(tools: &Tools<'_>, member: &Member, archive: &Archive) -> Result<(), Refusal> {
    let (db, objects) = (tools.db, tools.objects);
    archive.file("README.txt").await?;
    archive.write(Say::new(member.lang).copy_readme(member.display_name.clone())).await?;
    for file in FILES {
        let mut reader = db.read().await?;
        write(archive, file.name, (file.rows)(&mut reader, member.id)).await?;
    }
    let mut reader = db.read().await?;
    let known = banks::copy(&mut reader, tools.vault, member.id).await?;
    write(archive, BANKS.0, stream::iter(known.into_iter().map(Ok)).boxed()).await?;
    let said = profile::copy(&mut reader, tools.vault, member.id).await?;
    write(archive, SELLERS.0, stream::iter(said.into_iter().map(Ok)).boxed()).await?;
    write(archive, MAILS.0, mail::copy(&mut reader, &member.email)).await?;
    let mut rows = photos::copy(&mut reader, member.id);
    while let Some(row) = rows.try_next().await? {
        if let Some(key) = row["file"].as_str() {
            picture(archive, objects, key).await?;
        }
    }
    if let Some(folder) = &member.avatar {
        for key in objects.list(folder).await?.iter().filter(|key| key.ends_with(".jpg")) {
            picture(archive, objects, key).await?;
        }
    }
    Ok(())
}

async fn write(archive: &Archive, name: &str, mut rows: Rows<'_>) -> Result<(), Refusal> {
    archive.file(name).await?;
    let mut before = "[\n";
    while let Some(row) = rows.try_next().await? {
        archive.write(format!("{before}{row}")).await?;
        before = ",\n";
    }
    let end = if before == "[\n" { "[]\n" } else { "\n]\n" };
    Ok(archive.write(end).await?)
}

/// A file that is not there any more is passed over: its owner changes things meanwhile.
async fn picture(archive: &Archive, objects: &Objects, key: &str) -> Result<(), Refusal> {
    if let Some(bytes) = objects.get(key).await? {
        archive.file(&format!("pictures/{key}")).await?;
        archive.write(bytes).await?;
    }
    Ok(())
}
