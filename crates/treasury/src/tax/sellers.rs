//! What is known of sellers for their taxes.

use super::model::SellerClass;
use super::store;
use kernel::{MemberId, Refusal, TaxPlace};
use platform::Reader;

/// Who sells, as far as they have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seller {
    pub member: MemberId,
    pub class: SellerClass,
    pub country: Option<TaxPlace>,
}

impl Seller {
    /// Somebody who has said nothing is private, somewhere.
    pub const fn silent(member: MemberId) -> Self {
        Self { member, class: SellerClass::Private, country: None }
    }
}

/// Of each of these members, in their order.
pub async fn sellers(reader: &mut Reader, members: &[MemberId]) -> Result<Vec<Seller>, Refusal> {
    let known = store::sellers::known(reader, members).await?;
    let of = |member: &MemberId| {
        let found = known.iter().find(|seller| seller.member == *member).copied();
        found.unwrap_or(Seller::silent(*member))
    };
    Ok(members.iter().map(of).collect())
}
