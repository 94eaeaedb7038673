//! People with names. Each has an account, a browser and, when they program, a token.

use crate::answer::Answer;
use crate::browser::{Browser, multipart, multipart_type};
use crate::html::Filled;
use crate::world::World;
use axum::body::Body;
use http::{Method, header};
use kernel::{Lang, MemberId, Moment};
use market::accounts::model::{self, Client, Member, Registration, Role};
use market::accounts::{rules, sessions, tokens};
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// Everybody's password.
pub const PASSWORD: &str = "correct horse battery";
/// What links in mails begin with.
const BASE: &str = "http://localhost:8080";
/// The cookie of a signed-in browser without TLS.
const SESSION: &str = "tp_session";

/// Somebody with an account whose address is proven, unless their maker said otherwise.
pub struct Person {
    pub id: MemberId,
    pub name: String,
    pub email: String,
    pub browser: Browser,
    pub(crate) world: Arc<World>,
    /// An access token and when it ends.
    token: Mutex<Option<(String, Moment)>>,
}

impl Person {
    /// Opens an account: "Ann" is ann@example.org.
    pub(crate) async fn arrive(world: &Arc<World>, name: &str, roles: &[Role]) -> Self {
        let email = format!("{}@example.org", kernel::text::slug(name));
        let who = Registration::read(&email, PASSWORD, name, Lang::EN).unwrap();
        let hash = world.market.door.hasher.hash(PASSWORD.to_owned()).await.unwrap();
        let mut tx = world.db.begin().await.unwrap();
        let member = rules::create_verified(&mut tx, &who, &hash, None, roles).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            id: member.id,
            name: name.to_owned(),
            email,
            browser: Browser::new(Arc::clone(world)),
            world: Arc::clone(world),
            token: Mutex::default(),
        }
    }

    /// The account as it is now.
    pub async fn member(&self) -> Member {
        let mut reader = self.world.db.read().await.unwrap();
        rules::find(&mut reader, self.id).await.unwrap().unwrap()
    }

    /// Signs the browser in by the form, as a person does.
    pub async fn sign_in(&self) -> Answer {
        let form = self.browser.get("/sign-in").await.is(200).page().form("main form[action='/sign-in']");
        let form = form.with("email", &self.email).with("password", PASSWORD);
        self.browser.submit(form).await
    }

    /// Signs the browser in if it is not, without a form: most stories are not about signing in.
    async fn enter(&self) {
        if self.browser.cookie(SESSION).is_none() {
            let mut tx = self.world.db.begin().await.unwrap();
            let member = rules::find(&mut tx, self.id).await.unwrap().unwrap();
            let methods = if member.is_staff() {
                &[model::Method::Password, model::Method::Totp][..]
            } else {
                &[model::Method::Password]
            };
            let opened = sessions::open(&mut tx, &member, methods, &Client::default(), BASE).await.unwrap();
            tx.commit().await.unwrap();
            self.browser.set_cookie(SESSION, opened.session.reveal());
        }
    }

    /// Opens a page, signed in.
    pub async fn get(&self, path: &str) -> Answer {
        self.enter().await;
        self.browser.get(path).await
    }

    /// Sends a form, signed in.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.enter().await;
        self.browser.post(path, fields).await
    }

    /// Sends a filled form, signed in.
    pub async fn submit(&self, form: Filled) -> Answer {
        self.enter().await;
        self.browser.submit(form).await
    }

    /// Sends files, signed in.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        self.enter().await;
        self.browser.upload(path, fields, files).await
    }

    /// Opens the page that a redirect leads to, signed in.
    pub async fn follow_page(&self, answer: &Answer) -> Answer {
        self.get(answer.location()).await
    }

    /// Calls the API with the person's token. `path` begins after `/api/v1`.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        self.api_with(method, path, body, &[]).await
    }

    /// The same with more headers.
    pub async fn api_with(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
        more: &[(&str, &str)],
    ) -> Answer {
        let mut request = self.call(method, path).await;
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let request = match body {
            Some(body) => {
                request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string()))
            }
            None => request.body(Body::empty()),
        };
        self.world.ask(request.unwrap(), [192, 0, 2, 8].into()).await
    }

    /// Sends files to the API: (field, file name, bytes).
    pub async fn api_upload(&self, path: &str, files: &[(&str, &str, &[u8])]) -> Answer {
        let request = self.call(Method::POST, path).await.header(header::CONTENT_TYPE, multipart_type());
        let request = request.body(Body::from(multipart(&[], files))).unwrap();
        self.world.ask(request, [192, 0, 2, 8].into()).await
    }

    async fn call(&self, method: Method, path: &str) -> http::request::Builder {
        let token = self.access_token().await;
        http::Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
    }

    /// A token that is good now.
    pub async fn access_token(&self) -> String {
        let now = self.world.now();
        let kept = self.token.lock().unwrap().clone();
        if let Some((token, _)) = kept.filter(|(_, ends)| *ends > now) {
            return token;
        }
        let member = self.member().await;
        let mut tx = self.world.db.begin().await.unwrap();
        let client = Client { user_agent: "testkit".to_owned(), ..Client::default() };
        let pair = tokens::issue(&mut tx, &member, &[], &client, BASE).await.unwrap();
        tx.commit().await.unwrap();
        let token = pair.access.reveal().to_owned();
        *self.token.lock().unwrap() = Some((token.clone(), now + tokens::ACCESS_LIFE));
        token
    }
}
