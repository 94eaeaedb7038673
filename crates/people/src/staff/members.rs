//! Finding members, and signing one out.

use super::model::{Reason, Target, record};
use super::store;
use crate::accounts::model::Member;
use crate::accounts::notices::{self, Notice};
use crate::accounts::sessions;
use crate::permissions::Permission;
use crate::signin::rules as signin;
use kernel::{Cursor, MemberId, Moment, Page, Refusal, Wrong};
use platform::{Reader, Tx};
use serde_json::Map;

/// Characters of what is looked for.
const WORDS_MAX: usize = 100;

/// Which members a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Only {
    #[default]
    All,
    Staff,
    Suspended,
    /// Suspended ones whose answer waits for somebody.
    Appeals,
}

impl Only {
    pub const ALL: [Self; 4] = [Self::All, Self::Staff, Self::Suspended, Self::Appeals];

    pub const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Staff => "staff",
            Self::Suspended => "suspended",
            Self::Appeals => "appeals",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.name() == name)
    }
}

/// A member in a list.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: MemberId,
    pub handle: String,
    pub display_name: String,
    pub email: String,
    pub suspended: bool,
    pub appealed: bool,
    /// Names of roles.
    pub roles: Vec<String>,
    pub created_at: Moment,
}

/// Members whose handle, name or address contains `words`, newest first. Errors: `NotFound` for who may not see
/// members; the field `cursor`.
pub async fn search(
    reader: &mut Reader,
    by: &Member,
    words: &str,
    only: Only,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page<Found>, Refusal> {
    if !by.may(Permission::MembersSee) {
        return Err(Refusal::NotFound);
    }
    let before = match after {
        Some(cursor) => Some(cursor.0.parse().map_err(|_| Refusal::field("cursor", Wrong::BadShape))?),
        None => None,
    };
    let words: String = kernel::text::clean(words, false).chars().take(WORDS_MAX).collect();
    let some = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let rows = store::search(reader, &pattern(&words), only, before, some).await?;
    Ok(Page::cut(rows, limit, |found| found.id.to_string()))
}

/// Signs a member out of every browser and program: somebody else may be in their account. Errors: as
/// [`Target::lock`].
pub async fn sign_out(
    tx: &mut Tx,
    by: &Member,
    id: MemberId,
    why: &Reason,
    base_url: &str,
) -> Result<(), Refusal> {
    let target = Target::lock(tx, by, Permission::MembersSignOut, id).await?;
    sessions::close_all(tx, id, None).await?;
    signin::forget_attempts(tx, id).await?;
    notices::tell(tx, target.member(), Notice::SignedOutByStaff, "", base_url, "/account/security").await?;
    record(tx, by, "staff.sign_out", ("member", id.0), why, Map::new()).await
}

/// For `ilike`: the words as they are, anywhere.
fn pattern(words: &str) -> String {
    let escaped = words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_patterns_are_letters_like_others() {
        assert_eq!(pattern("50%_a\\"), "%50\\%\\_a\\\\%");
        assert!(Only::ALL.iter().all(|o| Only::find(o.name()) == Some(*o)));
    }
}
