//! What changes something: signing in, offering a listing, buying one and paying for it.

use crate::catalogue::categories;
use crate::client::{Ask, Client};
use crate::load::Work;
use crate::random::Random;
use crate::server::Site;
use crate::words::{MAKERS, QUALITIES, THINGS};
use anyhow::{Context, ensure};
use http::StatusCode;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use uuid::Uuid;

const PASSWORD: &str = "correct horse battery";

fn email(n: usize) -> String {
    format!("bench-{n}@example.org")
}

/// Opens the accounts of members who sell and buy.
pub async fn open_accounts(site: &Site, count: usize) -> anyhow::Result<()> {
    for n in 0..count {
        let name = format!("Member {n}");
        let who = ["member", "create", "--email", &email(n), "--password", PASSWORD, "--name", &name];
        site.do_it(&who).await?;
    }
    Ok(())
}

/// Signs in again and again.
pub struct SigningIn {
    client: Client,
    ask: Ask,
}

impl SigningIn {
    pub async fn many(address: SocketAddr, connections: usize) -> anyhow::Result<Vec<Self>> {
        let mut all = Vec::new();
        for n in 0..connections {
            all.push(Self { client: Client::open(address).await?, ask: sign_in(n) });
        }
        Ok(all)
    }
}

fn sign_in(n: usize) -> Ask {
    Ask::post("/api/v1/sessions", "", &json!({ "email": email(n), "password": PASSWORD }))
}

impl Work for SigningIn {
    async fn once(&mut self) -> anyhow::Result<usize> {
        Ok(self.client.expect(&self.ask, StatusCode::OK).await?.body.len())
    }
}

/// A member's connection and access token, which lives for a quarter of an hour.
struct Member {
    client: Client,
    token: String,
}

impl Member {
    async fn many(address: SocketAddr, count: usize) -> anyhow::Result<Vec<Self>> {
        let mut all = Vec::new();
        for n in 0..count {
            let mut client = Client::open(address).await?;
            let session = client.expect(&sign_in(n), StatusCode::OK).await?.json()?;
            all.push(Self { client, token: text(&session, "/access_token")? });
        }
        Ok(all)
    }

    async fn post(&mut self, path: &str, body: &Value, status: StatusCode) -> anyhow::Result<(Value, usize)> {
        let reply = self.client.expect(&Ask::post(path, &self.token, body), status).await?;
        Ok((reply.json()?, reply.body.len()))
    }
}

fn text(body: &Value, pointer: &str) -> anyhow::Result<String> {
    let found = body.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).with_context(|| format!("the answer has no {pointer}"))
}

/// Offers one listing after the other: opens a draft and publishes it.
pub struct Selling {
    member: Member,
    categories: Arc<Vec<String>>,
    random: Random,
}

impl Selling {
    pub async fn many(address: SocketAddr, connections: usize) -> anyhow::Result<Vec<Self>> {
        let categories = Arc::new(categories()?);
        let members = Member::many(address, connections).await?;
        let make = |(member, seed)| Self {
            member,
            categories: Arc::clone(&categories),
            random: Random::seeded(seed),
        };
        Ok(members.into_iter().zip(100..).map(make).collect())
    }

    fn listing(&mut self) -> Value {
        let it = &mut self.random;
        let (quality, maker, thing) = (it.word(QUALITIES), it.word(MAKERS), it.word(THINGS));
        json!({
            "title": format!("{maker} {thing}, {quality}"),
            "description": format!("A {quality} {thing} by {maker}, hardly used and kept in a dry cellar."),
            "category": self.categories.get(it.below(self.categories.len())),
            "condition": "good",
            "price": { "amount": 500 + it.below(90_000), "currency": "EUR" },
            "quantity": 1,
            "delivery": ["ship", "meet"],
            "shipping_price": { "amount": 690, "currency": "EUR" },
            "location": "Lyon, FR",
        })
    }
}

impl Work for Selling {
    async fn once(&mut self) -> anyhow::Result<usize> {
        let listing = self.listing();
        let (draft, opened) = self.member.post("/api/v1/listings", &listing, StatusCode::CREATED).await?;
        let publish = format!("/api/v1/listings/{}/publish", text(&draft, "/id")?);
        let (_, published) = self.member.post(&publish, &Value::Null, StatusCode::OK).await?;
        Ok(opened + published)
    }
}

/// Buys one piece after the other and pays for each.
pub struct Buying {
    member: Member,
    shelf: Arc<Vec<Uuid>>,
    random: Random,
}

impl Buying {
    /// `shelf`: listings with many pieces, of somebody else.
    pub async fn many(
        address: SocketAddr,
        connections: usize,
        shelf: Vec<Uuid>,
    ) -> anyhow::Result<Vec<Self>> {
        let shelf = Arc::new(shelf);
        let members = Member::many(address, connections).await?;
        let make = |(member, seed)| Self { member, shelf: Arc::clone(&shelf), random: Random::seeded(seed) };
        Ok(members.into_iter().zip(200..).map(make).collect())
    }
}

impl Work for Buying {
    async fn once(&mut self) -> anyhow::Result<usize> {
        let listing = self.shelf.get(self.random.below(self.shelf.len())).context("the shelf is empty")?;
        let purchase = json!({
            "items": [{ "listing_id": listing, "quantity": 1 }],
            "delivery": {
                "method": "ship",
                "address": {
                    "name": "Ben Roy", "line1": "12 rue Mercière", "postcode": "69002", "town": "Lyon", "country": "FR",
                },
            },
        });
        let card = json!({
            "card": { "number": "4242 4242 4242 4242", "exp_month": 12, "exp_year": 2060, "cvc": "123" },
        });
        let (placed, asked) = self.member.post("/api/v1/orders", &purchase, StatusCode::CREATED).await?;
        let confirm = format!("/api/v1/payments/{}/confirm", text(&placed, "/payment/id")?);
        let (paid, answered) = self.member.post(&confirm, &card, StatusCode::OK).await?;
        let state = text(&paid, "/state")?;
        ensure!(state == "succeeded", "the payment is {state}");
        Ok(asked + answered)
    }
}
