//! The SQL of cases.

pub mod copy;

use kernel::MemberId;
use platform::Tx;

pub(super) async fn blank_words(tx: &mut Tx, member: MemberId) -> Result<(), sqlx::Error> {
    sqlx::query!("update case_entries set words = '' where by_id = $1", member.0).execute(tx.conn()).await?;
    Ok(())
}
