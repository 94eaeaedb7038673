//! What the embedded provider knows of a payer's cards, for their copy, and how it forgets it.

use super::super::store;
use futures_util::stream::{self, StreamExt};
use kernel::{MemberId, Refusal};
use platform::{Reader, Rows, Tx};
use simulator::books::store as books;

/// Brand and last digits of the cards that somebody paid with.
pub fn copy(r: &mut Reader, member: MemberId) -> Rows<'_> {
    let found = async move {
        let payments = store::payments_of(r, member).await?;
        books::cards_of(r, &payments).await
    };
    stream::once(found)
        .flat_map(|found| match found {
            Ok(cards) => stream::iter(cards.into_iter().map(Ok).collect::<Vec<_>>()),
            Err(error) => stream::iter(vec![Err(error)]),
        })
        .boxed()
}

/// Forgets them.
pub async fn forget_cards(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    let payments = store::payments_of(tx, member).await?;
    Ok(books::forget_cards(tx, &payments).await?)
}
