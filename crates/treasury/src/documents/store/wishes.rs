//! Who does not want to be told by mail.

use kernel::MemberId;
use platform::{Reader, Tx};

type Done<T> = Result<T, sqlx::Error>;

pub(in crate::documents) async fn wants_letters(r: &mut Reader, member: MemberId) -> Done<bool> {
    sqlx::query_scalar!(
        r#"select not exists (select from document_wishes where member_id = $1) as "wants!""#,
        member.0
    )
    .fetch_one(r.conn())
    .await
}

pub(in crate::documents) async fn refuse_letters(tx: &mut Tx, member: MemberId) -> Done<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into document_wishes (member_id, no_letters_since) values ($1, $2) on conflict do nothing",
        member.0,
        now
    )
    .execute(tx.conn())
    .await?;
    Ok(())
}

pub(in crate::documents) async fn forget(tx: &mut Tx, member: MemberId) -> Done<()> {
    sqlx::query!("delete from document_wishes where member_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
