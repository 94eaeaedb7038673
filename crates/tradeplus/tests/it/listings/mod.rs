//! What is offered, from draft to sold: by the rules, by the pages, by the API.

mod api;
mod history;
mod life;
mod pages;
mod photos;

use kernel::{Currency, FieldErrors, Refusal};
use market::catalog::catalog;
use market::listings::edit::{Edit, Raw};
use market::listings::model::Listing;
use market::listings::rules;
use testkit::{Person, Town};

/// Reads what was typed.
fn edit(raw: Raw) -> Edit {
    Edit::read(raw, catalog(), Currency::EUR, Some("home.lighting")).unwrap()
}

fn price(typed: &str) -> Edit {
    edit(Raw { price: Some(typed.to_owned()), ..Raw::default() })
}

async fn change(town: &Town, who: &Person, listing: &Listing, edit: Edit) -> Result<Listing, Refusal> {
    let (by, mut tx) = (who.member().await, town.db.begin().await.unwrap());
    let changed = rules::edit(&mut tx, &by, listing.id, edit).await?;
    tx.commit().await.unwrap();
    Ok(changed)
}

fn fields(refused: &FieldErrors) -> Vec<&str> {
    refused.iter().map(|(f, _)| f).collect()
}
