//! Two servers of the program on one database.

use serde_json::{Value, json};
use std::fs::DirBuilder;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use testkit::{PASSWORD, Person, Town};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

const START: Duration = Duration::from_secs(120);
const GLANCE: Duration = Duration::from_millis(50);
/// Things of which there is one each.
const VASES: usize = 6;

/// A server that answers.
struct Node {
    address: SocketAddr,
    child: Child,
    data: PathBuf,
}

impl Node {
    /// Starts one on the town's database, with files of its own, and waits until it answers. Servers of one marketplace
    /// have the same secrets: those of `first`, if there is one.
    async fn start(town: &Town, name: &str, first: Option<&Self>) -> Self {
        let place = town.place();
        let data = place.data.join(name);
        std::fs::create_dir_all(&data).unwrap();
        if let Some(first) = first {
            hands_on(&first.data.join("secrets"), &data.join("secrets"));
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let mut command = Command::new(env!("CARGO_BIN_EXE_tradeplus"));
        for (setting, _) in std::env::vars() {
            if ["TRADEPLUS_", "DATABASE_", "REDIS_"].iter().any(|begins| setting.starts_with(begins)) {
                command.env_remove(setting);
            }
        }
        let child = command
            .arg("--data")
            .arg(&data)
            .args(["serve", "--listen", &address.to_string()])
            .env("DATABASE_URL", &place.owner_url)
            .env("TRADEPLUS_DATABASE__APP_URL", &place.app_url)
            .env("TRADEPLUS_SERVER__BASE_URL", format!("http://localhost:{}", address.port()))
            .env("TRADEPLUS_LIMITS__MULTIPLIER", "1000")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut node = Self { address, child, data };
        let began = Instant::now();
        while node.ask("GET", "/ready", "", None, "").await.is_none_or(|(status, _)| status != 200) {
            assert!(node.child.try_wait().unwrap().is_none(), "the server ended at once");
            assert!(began.elapsed() < START, "the server does not answer");
            tokio::time::sleep(GLANCE).await;
        }
        node
    }

    /// One request on a connection of its own: status and body. `None` when nobody answers.
    async fn ask(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<&Value>,
        key: &str,
    ) -> Option<(u16, Value)> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\nAccept: application/json\r\n",
            self.address.port()
        );
        if !token.is_empty() {
            head.push_str(&format!("Authorization: Bearer {token}\r\n"));
        }
        if !key.is_empty() {
            head.push_str(&format!("Idempotency-Key: {key}\r\n"));
        }
        if !body.is_empty() {
            head.push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        let mut stream = TcpStream::connect(self.address).await.ok()?;
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some((status, serde_json::from_str(body).unwrap_or_default()))
    }

    async fn sign_in(&self, who: &Person) -> String {
        let body = json!({ "email": who.email, "password": PASSWORD });
        let (status, session) = self.ask("POST", "/api/v1/sessions", "", Some(&body), "").await.unwrap();
        assert!(status < 300, "{status} {session}");
        session["access_token"].as_str().unwrap().to_owned()
    }

    async fn order(&self, token: &str, listing: &str, key: &str) -> (u16, Value) {
        let address = json!({ "name": "Ben Buyer", "line1": "12 Garden Street", "postcode": "10115", "town": "Berlin",
            "country": "DE" });
        let body = json!({ "items": [{ "listing_id": listing, "quantity": 1 }],
            "delivery": { "method": "ship", "address": address } });
        self.ask("POST", "/api/v1/orders", token, Some(&body), key).await.unwrap()
    }

    async fn pay(&self, token: &str, payment: &str, key: &str) -> (u16, Value) {
        let card =
            json!({ "number": "4242 4242 4242 4242", "exp_month": 12, "exp_year": 2060, "cvc": "123" });
        let path = format!("/api/v1/payments/{payment}/confirm");
        self.ask("POST", &path, token, Some(&json!({ "card": card })), key).await.unwrap()
    }

    /// Takes its life.
    async fn stop(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// Copies a folder of secrets, which stays closed to others.
fn hands_on(from: &Path, to: &Path) {
    DirBuilder::new().mode(0o700).create(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_buyers_on_two_nodes_get_one_item() {
    let town = Town::new().await;
    let (ann, ben, cy) = (town.person("Ann").await, town.person("Ben").await, town.person("Cy").await);
    let mut vases = Vec::new();
    for n in 0..VASES {
        vases.push(ann.listing(&format!("Vase {n}")).live().await.id);
    }
    let one = Node::start(&town, "one", None).await;
    let nodes = [Node::start(&town, "two", Some(&one)).await, one];
    let tokens = [nodes[0].sign_in(&ben).await, nodes[1].sign_in(&cy).await];
    for (n, vase) in vases.iter().enumerate() {
        let (vase, keys) = (vase.to_string(), [format!("ben-{n}"), format!("cy-{n}")]);
        let (first, second) = tokio::join!(
            nodes[0].order(&tokens[0], &vase, &keys[0]),
            nodes[1].order(&tokens[1], &vase, &keys[1])
        );
        let answers = [first, second];
        let won = answers.iter().position(|(status, _)| *status == 201);
        let Some(won) = won else { panic!("nobody gets it: {answers:?}") };
        let lost = &answers[1 - won];
        assert_eq!((lost.0, lost.1["code"].as_str()), (409, Some("sold-out")), "{lost:?}");
        // The same key on the other server is the same order; and it can be paid there.
        let again = nodes[1 - won].order(&tokens[won], &vase, &keys[won]).await;
        assert_eq!(again.1["orders"][0]["id"], answers[won].1["orders"][0]["id"], "{again:?}");
        let payment = answers[won].1["payment"]["id"].as_str().unwrap();
        let paid = nodes[1 - won].pay(&tokens[won], payment, &format!("pay-{n}")).await;
        assert_eq!((paid.0, paid.1["state"].as_str()), (200, Some("succeeded")), "{paid:?}");
    }
    for node in nodes {
        node.stop().await;
    }
    for vase in vases {
        let sold = town.listing(vase).await;
        assert_eq!((sold.state.name(), sold.quantity, sold.reserved), ("sold", 0, 0));
    }
    let paid = "select count(*) from orders where state = 'paid'";
    assert_eq!(usize::try_from(town.count(paid).await).unwrap(), VASES);
    let charges = "select count(*) from sandbox.objects where kind = 'charge'";
    assert_eq!(usize::try_from(town.count(charges).await).unwrap(), VASES);
}
