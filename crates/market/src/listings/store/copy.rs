//! What an account's owner gets a copy of.

use kernel::MemberId;
use platform::{Reader, Rows};

/// Those that are deleted too, as far as they can still be brought back.
pub fn listings(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select listing_id as id, external_id, state, title, slug, description, category, condition, price_amount,
               price_currency, open_to_offers, deal, wanted, quantity, reserved, ship, meet, shipping_amount, town,
               country, lat, lng, attributes, views, version, created_at, updated_at, published_at, deleted_at
             from listings where seller_id = $1 order by listing_id) x"#,
        member.0
    )
    .fetch(r.conn())
}

pub fn edits(r: &mut Reader, member: MemberId) -> Rows<'_> {
    sqlx::query_scalar!(
        r#"select to_jsonb(x) as "row!" from (
             select e.listing_id, e.version, e.at, e.changes from listing_edits e
             where e.by_member = $1 order by e.listing_id, e.version) x"#,
        member.0
    )
    .fetch(r.conn())
}
