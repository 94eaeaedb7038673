//! Who people are and how they prove it: by the rules, by the pages, by the API.

mod api;
mod banks;
mod emails;
mod links;
mod pages;
mod places;
mod registering;
mod sessions;
mod tokens;

use kernel::{Lang, Refusal};
use market::accounts::model::{Client, Method, Password, Registration};
use market::signin::model::Step;
use market::signin::rules as signin;
use platform::crypto::Token;
use testkit::{Person, Town};

/// What links in mails begin with.
const BASE: &str = "https://market.example";

/// What somebody who types an address and a password is told.
async fn authenticate(town: &Town, email: &str, password: &str) -> Result<Step, Refusal> {
    let password = Password::typed(password);
    signin::with_password(&town.market.door, email, &password, &Client::default(), "/").await
}

/// A browser that is signed in.
async fn open_session(town: &Town, who: &Person) -> Token {
    let member = who.member().await;
    let mut tx = town.db.begin().await.unwrap();
    let opened =
        market::accounts::sessions::open(&mut tx, &member, &[Method::Password], &Client::default(), BASE)
            .await
            .unwrap();
    tx.commit().await.unwrap();
    opened.session
}

/// What stands behind `token=` in the newest mail to an address.
async fn link_token(town: &Town, address: &str) -> String {
    let mail = town.mails_to(address).await.pop().expect("a mail");
    let (_, rest) = mail.text.split_once("token=").expect("a link");
    let token: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    assert!(mail.html.contains(&token), "the HTML part has the same link");
    token
}

fn registration(email: &str, password: &str, name: &str) -> Registration {
    Registration::read(email, password, name, Lang::EN).unwrap()
}
