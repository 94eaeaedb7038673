//! Roles: what they gather, and who holds them.

use super::model::{Reason, Role, RoleTitle, Target, record};
use super::store;
use crate::accounts::model::{Member, Role as BuiltIn};
use crate::accounts::notices::{self, Notice};
use crate::accounts::{rules as accounts, sessions};
use crate::permissions::{Permission, Permissions};
use kernel::{MemberId, Refusal, RoleId, Say, Wrong};
use platform::{Reader, Tx};
use serde_json::{Map, Value, json};

/// Where somebody sees how their account is protected.
const SECURITY: &str = "/account/security";

/// All roles, those that come with the program first.
pub async fn all(reader: &mut Reader) -> Result<Vec<Role>, Refusal> {
    Ok(store::roles(reader).await?)
}

/// One role. Errors: `NotFound`.
pub async fn find(reader: &mut Reader, name: &str) -> Result<Role, Refusal> {
    if !Role::is_name(name) {
        return Err(Refusal::NotFound);
    }
    all(reader).await?.into_iter().find(|role| role.name == name).ok_or(Refusal::NotFound)
}

/// Members who may do something now, at most fifty.
pub async fn holders(reader: &mut Reader, what: Permission) -> Result<Vec<MemberId>, Refusal> {
    Ok(store::holders(reader, what).await?)
}

/// Makes a role. Errors: the field `title` is taken or cannot become a name; `permissions` as in [`edit`]; `NotFound`
/// for who may not.
pub async fn make(
    tx: &mut Tx,
    by: &Member,
    title: &RoleTitle,
    permissions: Permissions,
    why: &Reason,
) -> Result<String, Refusal> {
    may_gather(by, permissions)?;
    let name = Role::name_of(title).map_err(|wrong| Refusal::field("title", wrong))?;
    let id: RoleId = tx.new_id();
    if !store::insert_role(tx, &name, id, title.as_str()).await? {
        return Err(Refusal::field("title", Wrong::Taken));
    }
    store::set_permissions(tx, &name, permissions).await?;
    record(tx, by, "roles.make", ("role", id.0), why, told(&name, Permissions::NONE, permissions)).await?;
    Ok(name)
}

/// Changes what a role gathers, at once for everybody who holds it, unless it is not `before` any more. Errors: the
/// field `permissions` when there are none, or some that `by` does not have; `Conflict("role-changed")`;
/// `Conflict("role-fixed")` for the operator; `Conflict("staff-above")` for a role that has more than `by`; `NotFound`.
pub async fn edit(
    tx: &mut Tx,
    by: &Member,
    name: &str,
    before: Permissions,
    permissions: Permissions,
    why: &Reason,
) -> Result<(), Refusal> {
    let role = lock(tx, by, name).await?;
    if role.permissions != before {
        return Err(Refusal::Conflict("role-changed"));
    }
    may_gather(by, permissions)?;
    store::set_permissions(tx, name, permissions).await?;
    record(tx, by, "roles.edit", ("role", role.id.0), why, told(name, role.permissions, permissions)).await
}

/// Deletes a role that nobody holds. Errors: `Conflict("role-fixed")` for one that comes with the program;
/// `Conflict("role-in-use")`; `Conflict("staff-above")`; `NotFound`.
pub async fn delete(tx: &mut Tx, by: &Member, name: &str, why: &Reason) -> Result<(), Refusal> {
    let role = lock(tx, by, name).await?;
    if role.is_built_in {
        return Err(Refusal::Conflict("role-fixed"));
    }
    if role.holders > 0 {
        return Err(Refusal::Conflict("role-in-use"));
    }
    store::delete_role(tx, name).await?;
    record(tx, by, "roles.delete", ("role", role.id.0), why, told(name, role.permissions, Permissions::NONE))
        .await
}

/// Gives a member a role. It signs them out everywhere, so that no session outlives the change, and tells them.
/// Errors: the field `role` is none, or has what `by` does not have, or they hold it; as [`Target::lock`].
pub async fn grant(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    name: &str,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::RolesGrant, id).await?;
    let role = chosen(tx, by, name).await?;
    if !accounts::add_role(tx, id, name, by.id).await? {
        return Err(Refusal::field("role", Wrong::Because("wrong-role-held")));
    }
    record(tx, by, "roles.grant", ("member", id.0), why, of_role(name)).await?;
    change(tx, &target, &role, Notice::RoleGranted, base_url).await
}

/// Takes a role from a member, with the same effects. Errors: as [`grant`]; `Conflict("role-last-operator")`.
pub async fn take(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    name: &str,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::RolesGrant, id).await?;
    let role = chosen(tx, by, name).await?;
    if role.is_operator() {
        keep_an_operator(tx, &target).await?;
    }
    if !accounts::drop_role(tx, id, name).await? {
        return Err(Refusal::field("role", Wrong::Because("wrong-role-not-held")));
    }
    record(tx, by, "roles.take", ("member", id.0), why, of_role(name)).await?;
    change(tx, &target, &role, Notice::RoleTaken, base_url).await
}

/// Refuses what would leave the marketplace without an operator who can sign in. Of two who try at once, one waits.
/// Errors: `Conflict("role-last-operator")`.
pub(super) async fn keep_an_operator(tx: &mut Tx, target: &Target) -> Result<(), Refusal> {
    let member = target.member();
    let is_one = member.roles.iter().any(|role| role == BuiltIn::Operator.name());
    match is_one && store::other_operators(tx, member.id).await? == 0 {
        true => Err(Refusal::Conflict("role-last-operator")),
        false => Ok(()),
    }
}

/// A privilege change ends sessions (OWASP ASVS 5.0, 7.2.4 and 7.4.2).
async fn change(
    tx: &mut Tx,
    target: &Target,
    role: &Role,
    what: Notice,
    base_url: &str,
) -> Result<(), Refusal> {
    let member = target.member();
    sessions::close_all(tx, member.id, None).await?;
    let title = role.title(&Say::new(member.lang));
    notices::tell(tx, member, what, &title, base_url, SECURITY).await
}

/// A role that `by` may give and take: one that has nothing they do not have.
async fn chosen(reader: &mut Reader, by: &Member, name: &str) -> Result<Role, Refusal> {
    let wrong = |wrong| Refusal::field("role", wrong);
    let role = match find(reader, name).await {
        Err(Refusal::NotFound) => return Err(wrong(Wrong::NotAChoice)),
        other => other?,
    };
    match by.permissions.covers(role.permissions) {
        true => Ok(role),
        false => Err(wrong(Wrong::Because("wrong-role-above"))),
    }
}

/// A role that `by` may change, locked.
async fn lock(tx: &mut Tx, by: &Member, name: &str) -> Result<Role, Refusal> {
    if !by.may(Permission::RolesEdit) || !Role::is_name(name) {
        return Err(Refusal::NotFound);
    }
    store::lock_role(tx, name).await?;
    let role = find(tx, name).await?;
    if role.is_operator() {
        return Err(Refusal::Conflict("role-fixed"));
    }
    match by.permissions.covers(role.permissions) {
        true => Ok(role),
        false => Err(Refusal::Conflict("staff-above")),
    }
}

/// Whether `by` may make a role of these.
fn may_gather(by: &Member, permissions: Permissions) -> Result<(), Refusal> {
    if !by.may(Permission::RolesEdit) {
        return Err(Refusal::NotFound);
    }
    if permissions.is_empty() {
        return Err(Refusal::field("permissions", Wrong::Required));
    }
    match by.permissions.covers(permissions) {
        true => Ok(()),
        false => Err(Refusal::field("permissions", Wrong::Because("wrong-role-above"))),
    }
}

fn of_role(name: &str) -> Map<String, Value> {
    Map::from_iter([("role".to_owned(), name.into())])
}

/// What a role had before and has now.
fn told(name: &str, before: Permissions, after: Permissions) -> Map<String, Value> {
    let names = |all: Permissions| json!(all.iter().map(Permission::name).collect::<Vec<_>>());
    let mut told = of_role(name);
    told.insert("before".to_owned(), names(before));
    told.insert("after".to_owned(), names(after));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_told_with_before_and_after() {
        let some = Permissions::named(["admin.see"]);
        let told = Value::from(told("desk", Permissions::NONE, some));
        assert_eq!(told, json!({ "role": "desk", "before": [], "after": ["admin.see"] }));
    }
}
