//! The SQL of staff.

mod suspensions;

pub(super) use suspensions::*;

use super::members::{Found, Only};
use super::model::Role;
use crate::accounts::model::Role as BuiltIn;
use crate::permissions::{Permission, Permissions};
use kernel::{MemberId, RoleId};
use platform::{Reader, Rows, Tx};
use uuid::Uuid;

type Done<T> = Result<T, sqlx::Error>;

pub(super) async fn roles(r: &mut Reader) -> Done<Vec<Role>> {
    let rows = sqlx::query!(
        r#"select r.role, r.role_id as "id: RoleId", r.title, r.built_in,
             coalesce((select array_agg(p.permission) from role_permissions p where p.role = r.role), '{}') as "permissions!",
             (select count(*) from member_roles h where h.role = r.role) as "holders!"
           from roles r order by r.built_in desc, r.role_id"#
    )
    .fetch_all(r.conn())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Role {
            permissions: gathered(&row.role, &row.permissions),
            name: row.role,
            id: row.id,
            title: row.title,
            is_built_in: row.built_in,
            holders: row.holders,
        })
        .collect())
}

fn gathered(role: &str, permissions: &[String]) -> Permissions {
    match role == BuiltIn::Operator.name() {
        true => Permissions::all(),
        false => Permissions::named(permissions.iter().map(String::as_str)),
    }
}

/// Until the unit of work is over, nobody else changes the role, deletes it or gives it to somebody.
pub(super) async fn lock_role(tx: &mut Tx, name: &str) -> Done<()> {
    sqlx::query!("select from roles where role = $1 for update", name).fetch_optional(tx.conn()).await?;
    Ok(())
}

/// `false` when the name is taken.
pub(super) async fn insert_role(tx: &mut Tx, name: &str, id: RoleId, title: &str) -> Done<bool> {
    let done = sqlx::query!(
        "insert into roles (role, role_id, title) values ($1, $2, $3) on conflict (role) do nothing",
        name,
        id.0,
        title
    )
    .execute(tx.conn())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn set_permissions(tx: &mut Tx, name: &str, permissions: Permissions) -> Done<()> {
    let names: Vec<String> = permissions.iter().map(|p| p.name().to_owned()).collect();
    let known: Vec<String> = Permission::ALL.iter().map(|p| p.name().to_owned()).collect();
    // What only a later version knows stays as that version wrote it.
    sqlx::query!("delete from role_permissions where role = $1 and permission = any($2)", name, &known)
        .execute(tx.conn())
        .await?;
    sqlx::query!(
        "insert into role_permissions (role, permission) select $1, permission from unnest($2::text[]) permission",
        name,
        &names
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(super) async fn delete_role(tx: &mut Tx, name: &str) -> Done<()> {
    sqlx::query!("delete from roles where role = $1 and not built_in", name).execute(tx.conn()).await?;
    Ok(())
}

/// Operators beside one member who can sign in. The role stays locked, so that no two are counted for each other.
pub(super) async fn other_operators(tx: &mut Tx, but: MemberId) -> Done<i64> {
    lock_role(tx, BuiltIn::Operator.name()).await?;
    let now = tx.now();
    sqlx::query_scalar!(
        r#"select count(*) as "n!" from member_roles r join members m using (member_id)
           where r.role = $1 and r.member_id <> $2 and m.deleted_at is null
             and (m.suspended_at is null or m.suspended_until <= $3)"#,
        BuiltIn::Operator.name(),
        but.0,
        now
    )
    .fetch_one(tx.conn())
    .await
}

pub(super) async fn holders(r: &mut Reader, what: Permission) -> Done<Vec<MemberId>> {
    let now = r.now();
    sqlx::query_scalar!(
        r#"select m.member_id as "id: MemberId" from members m
           where m.deleted_at is null and (m.suspended_at is null or m.suspended_until <= $3)
             and m.member_id in (
               select r.member_id from member_roles r
               where r.role = $1 or r.role in (select p.role from role_permissions p where p.permission = $2))
           order by m.member_id limit 50"#,
        BuiltIn::Operator.name(),
        what.name(),
        now
    )
    .fetch_all(r.conn())
    .await
}

pub(super) async fn search(
    r: &mut Reader,
    pattern: &str,
    only: Only,
    before: Option<Uuid>,
    limit: i64,
) -> Done<Vec<Found>> {
    let now = r.now();
    sqlx::query_as!(
        Found,
        r#"select m.member_id as "id: MemberId", m.handle, m.display_name, m.email, m.created_at,
             (m.suspended_at is not null and (m.suspended_until is null or m.suspended_until > $4)) as "suspended!",
             exists (select from suspensions s where s.member_id = m.member_id and s.lifted_at is null
               and s.appealed_at is not null and s.answered_at is null) as "appealed!",
             coalesce((select array_agg(r.role order by r.role) from member_roles r
               where r.member_id = m.member_id), '{}') as "roles!"
           from members m
           where m.deleted_at is null and (m.handle ilike $1 or m.display_name ilike $1 or m.email ilike $1)
             and ($3::uuid is null or m.member_id < $3)
             and case $2
               when 'staff' then exists (select from member_roles r where r.member_id = m.member_id)
               when 'suspended' then m.suspended_at is not null
                 and (m.suspended_until is null or m.suspended_until > $4)
               when 'appeals' then exists (select from suspensions s where s.member_id = m.member_id
                 and s.lifted_at is null and s.appealed_at is not null and s.answered_at is null)
               else true end
           order by m.member_id desc limit $5"#,
        pattern,
        only.name(),
        before,
        now,
        limit
    )
    .fetch_all(r.conn())
    .await
}

/// What somebody who was suspended gets a copy of: what they were told, and what they answered.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select suspension_id as id, began_at, until, lifted_at, words, appeal, appealed_at, answer, answered_at
             from suspensions where member_id = $1 order by suspension_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub(super) async fn delete_suspensions(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from suspensions where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
