//! Who people are and how they prove it: by the rules, by the pages, by the API.

mod api;
mod links;
mod pages;
mod registering;
mod sessions;
mod tokens;

use kernel::Lang;
use market::accounts::model::Registration;
use testkit::Town;

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
