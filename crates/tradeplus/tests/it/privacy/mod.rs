//! What somebody may ask for whose data it is: the register, a copy, leaving, another handle.

mod copy;
mod erasing;
mod handles;
mod leaving;
mod register;
mod suspended;

use testkit::{Answer, Person};

/// Asks for a copy of everything by the page.
async fn asks_for_a_copy(who: &Person) {
    let page = who.get("/account/data").await.is(200).page();
    who.submit(page.form("form[action='/account/data/copy']")).await.goes_to("/account/data");
}

/// Asks by the page that the account is deleted.
async fn asks_to_leave(who: &Person) -> Answer {
    let page = who.get("/account/delete").await.is(200).page();
    who.submit(page.form("form[action='/account/delete']").choosing("sure", "1")).await
}
