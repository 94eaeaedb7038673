//! What sellers have said of themselves.

use super::Done;
use crate::tax::model::SellerClass;
use crate::tax::sellers::Seller;
use kernel::{MemberId, TaxPlace};
use platform::Reader;

pub(in crate::tax) async fn known(r: &mut Reader, members: &[MemberId]) -> Done<Vec<Seller>> {
    let ids: Vec<uuid::Uuid> = members.iter().map(|member| member.0).collect();
    let rows = sqlx::query!(
        r#"select member_id as "member: MemberId", class, country as "country: TaxPlace"
           from seller_profiles where member_id = any($1)"#,
        &ids
    )
    .fetch_all(r.conn())
    .await?;
    let seller = |member, class: &str, country| {
        let class = SellerClass::find(class).unwrap_or(SellerClass::Private);
        Seller { member, class, country }
    };
    Ok(rows.into_iter().map(|row| seller(row.member, &row.class, row.country)).collect())
}
