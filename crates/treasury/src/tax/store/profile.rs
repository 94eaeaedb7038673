//! Who sellers are.

use super::Done;
use crate::tax::model::SellerClass;
use crate::tax::profile::Standing;
use kernel::{MemberId, Moment, TaxPlace};
use platform::{Reader, Tx};
use uuid::Uuid;

/// A profile as it is kept.
pub(in crate::tax) struct Row {
    pub standing: Standing,
    pub name: Option<Vec<u8>>,
    pub address: Option<Vec<u8>>,
    pub born: Option<Vec<u8>>,
    pub tin: Option<Vec<u8>>,
}

/// What a seller says; what ends in nothing is sealed.
pub(in crate::tax) struct New {
    pub class: SellerClass,
    pub country: TaxPlace,
    pub business_name: Option<String>,
    pub registration: Option<String>,
    pub vat_id: Option<String>,
    pub self_billing: bool,
    pub name: Option<Vec<u8>>,
    pub address: Option<Vec<u8>>,
    pub born: Option<Vec<u8>>,
    pub tin: Option<Vec<u8>>,
}

pub(in crate::tax) async fn find(r: &mut Reader, member: MemberId) -> Done<Option<Row>> {
    let row = sqlx::query!(
        r#"select class, country as "country: TaxPlace", business_name, registration, vat_id, legal_name_sealed,
             address_sealed, born_sealed, tin_sealed, self_billing_at is not null as "self_billing!", asked_at, reminders,
             reminded_at, given_at, stopped_at
           from seller_profiles where member_id = $1"#,
        member.0
    )
    .fetch_optional(r.conn())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let unknown = || sqlx::Error::Decode(format!("unknown class of sellers {}", row.class).into());
    let standing = Standing {
        class: SellerClass::find(&row.class).ok_or_else(unknown)?,
        country: row.country,
        business_name: row.business_name,
        registration: row.registration,
        vat_id: row.vat_id,
        self_billing: row.self_billing,
        asked_at: row.asked_at,
        reminders: row.reminders,
        reminded_at: row.reminded_at,
        given_at: row.given_at,
        stopped_at: row.stopped_at,
    };
    let (name, address, born, tin) =
        (row.legal_name_sealed, row.address_sealed, row.born_sealed, row.tin_sealed);
    Ok(Some(Row { standing, name, address, born, tin }))
}

/// Whatever was asked and stopped before is over. The day of the first consent to self-billing stays.
pub(in crate::tax) async fn upsert(tx: &mut Tx, member: MemberId, new: &New) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into seller_profiles as p (member_id, class, country, business_name, registration, vat_id,
           legal_name_sealed, address_sealed, born_sealed, tin_sealed, tin_country, self_billing_at, given_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $3, case when $11 then $12::timestamptz end, $12, $12)
         on conflict (member_id) do update
           set class = excluded.class, country = excluded.country, business_name = excluded.business_name,
             registration = excluded.registration, vat_id = excluded.vat_id,
             legal_name_sealed = excluded.legal_name_sealed, address_sealed = excluded.address_sealed,
             born_sealed = excluded.born_sealed, tin_sealed = excluded.tin_sealed, tin_country = excluded.tin_country,
             self_billing_at = case when $11 then coalesce(p.self_billing_at, $12) end,
             given_at = $12, updated_at = $12, stopped_at = null",
        member.0,
        new.class.name(),
        new.country.country(),
        new.business_name.as_deref(),
        new.registration.as_deref(),
        new.vat_id.as_deref(),
        new.name.as_deref(),
        new.address.as_deref(),
        new.born.as_deref(),
        new.tin.as_deref(),
        new.self_billing,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::tax) async fn asked(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into seller_profiles as p (member_id, asked_at, updated_at) values ($1, $2, $2)
         on conflict (member_id) do update set asked_at = coalesce(p.asked_at, $2), updated_at = $2",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::tax) async fn reminded(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "update seller_profiles set reminders = reminders + 1, reminded_at = $2, updated_at = $2 where member_id = $1",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::tax) async fn stop(tx: &mut Tx, member: MemberId) -> Done<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update seller_profiles set stopped_at = $2, updated_at = $2
         where member_id = $1 and stopped_at is null and given_at is null",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() > 0)
}

pub(in crate::tax) async fn unanswered(
    tx: &mut Tx,
    reminders: i16,
    before: Moment,
    limit: i64,
) -> Done<Vec<MemberId>> {
    sqlx::query_scalar!(
        r#"select member_id as "member: MemberId" from seller_profiles
           where asked_at is not null and given_at is null and reminders < $1 and coalesce(reminded_at, asked_at) <= $2
           order by member_id limit $3 for update skip locked"#,
        reminders,
        before,
        limit
    )
    .fetch_all(tx.conn())
    .await
}

pub(in crate::tax) async fn keep(
    tx: &mut Tx,
    member: MemberId,
    key: Uuid,
    sealed: &[u8],
    until: Moment,
) -> Done<()> {
    sqlx::query!(
        "insert into seller_profiles_kept (member_id, key_id, sealed, ends_at) values ($1, $2, $3, $4)",
        member.0,
        key,
        sealed,
        until
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::tax) async fn kept(r: &mut Reader, member: MemberId) -> Done<Option<(Uuid, Vec<u8>)>> {
    let row = sqlx::query!("select key_id, sealed from seller_profiles_kept where member_id = $1", member.0)
        .fetch_optional(r.conn())
        .await?;
    Ok(row.map(|row| (row.key_id, row.sealed)))
}

/// Answers the keys of what was kept.
pub(in crate::tax) async fn end_kept(tx: &mut Tx) -> Done<Vec<Uuid>> {
    let now = tx.now();
    sqlx::query_scalar!("delete from seller_profiles_kept where ends_at <= $1 returning key_id", now)
        .fetch_all(tx.conn())
        .await
}
