//! Floor 5: the pages for people.
//!
//! A module is a group of pages with its routes. Handlers are thin: read what was typed, call a rule, show what
//! came of it. Modules stand in dependency order.

mod urls;
mod words;
mod cards;
mod fields;
mod limits;
mod home;
mod search;
mod members;
mod listings;
mod sell;
mod preferences;
mod deals;
mod countries;
mod security;
mod accounts;
mod about;
mod acting;
mod basket;
mod checkout;
mod cart;
mod sandbox;
mod documents;
mod orders;
mod payouts;
mod cases;
mod privacy;
mod pay;
mod mailbox;
mod admin;
mod photos;
mod sitemap;

use kit::route::Route;

/// Every page.
pub fn routes() -> Vec<Route> {
    [
        home::routes(),
        search::routes(),
        members::routes(),
        listings::routes(),
        sell::routes(),
        accounts::routes(),
        security::routes(),
        preferences::routes(),
        about::routes(),
        cart::routes(),
        checkout::routes(),
        pay::routes(),
        documents::routes(),
        orders::routes(),
        payouts::routes(),
        cases::routes(),
        privacy::routes(),
        sandbox::routes(),
        mailbox::routes(),
        admin::routes(),
    ]
    .concat()
}

/// What stands beside the pages and needs no visitor: pictures, what crawlers ask for, the sandbox's own door.
pub fn plain_routes() -> Vec<Route> {
    [photos::routes(), sitemap::routes(), sandbox::plain_routes()].concat()
}
