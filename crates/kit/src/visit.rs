//! Who looks at a page: member or visitor, their language, colours, cart and the moment.
//!
//! Built once per request by the layer around the page handlers and handed out by the extractors here.

mod again;
mod who;

pub use who::{Holder, SignedIn};

use crate::answer::{Answer, Denied};
use crate::app::App;
use crate::beside::Beside;
use crate::client::Asked;
use crate::cookies::{Cookie, Jar, Name};
use crate::csrf::{self, Bearer};
use crate::flash::Flash;
use crate::form::Typed;
use crate::kept::Kept;
use crate::links;
use crate::theme::Theme;
use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};
use kernel::{Currency, Lang, MemberId, Moment, Refusal, Say, SessionId};
use market::accounts::devices::place_of;
use market::accounts::model::{Client, Member, Session};
use market::accounts::sessions;
use market::carts::model::Owner;
use market::carts::rules as carts;
use market::staff::looking;
use platform::crypto::{Token, token_hash};
use platform::{Reader, Tx};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Seconds that a visitor's cart is remembered: 30 days.
const CART_LIFE_S: u32 = 30 * 24 * 3600;

/// Pages that one is done with when they have led on.
const ENTRANCES: [&str; 11] = [
    "/sign-in",
    "/sign-in/second",
    "/confirm",
    "/register",
    "/reset",
    "/reset/new",
    "/verify",
    "/email/confirm",
    "/email/undo",
    "/bank/undo",
    "/sign-out",
];

/// A look at a page.
#[derive(Clone)]
pub struct Visit {
    pub app: App,
    pub say: Say,
    pub now: Moment,
    pub member: Option<Arc<Member>>,
    pub session: Option<SessionId>,
    /// When who it is was proven last.
    pub proven_at: Option<Moment>,
    /// Whose account is suspended: nobody everywhere but where they read why.
    pub suspended: Option<Arc<Member>>,
    /// The member of staff who looks as `member`, and until when.
    pub looker: Option<(Arc<Member>, Moment)>,
    /// A member of staff who has not shown a second factor, and is treated as any other member until then.
    pub is_weak_staff: bool,
    pub theme: Theme,
    /// What things cost in their currency: that of the account, else that of this browser, else the marketplace's.
    pub beside: Beside,
    /// The path and query asked for.
    pub path_and_query: String,
    /// Where to come back to from signing in or choosing a language: this page, or the one whose form was sent.
    pub return_to: String,
    pub request_id: String,
    pub address: IpAddr,
    pub user_agent: String,
    /// What an earlier action wants said now.
    pub flash: Option<Flash>,
    /// Pieces in the cart.
    pub cart_count: i64,
    /// The token in a visitor's cart cookie.
    pub cart_token: Option<String>,
    /// By which this browser is known.
    pub device: Option<String>,
    /// The token of somebody between two factors.
    pub attempt: Option<String>,
    /// The token of somebody on the way to an identity provider and back.
    pub provider: Option<String>,
    /// The id of the one piece of the page that a script asks for (`X-Fragment`).
    pub fragment: Option<String>,
    /// What was typed into a form of this page before its sender had to sign in.
    pub(crate) kept: Option<Arc<Kept>>,
    bearer: Bearer,
    /// A visitor whose word is new: the cookie is set if a form was written.
    new_visitor: Option<Arc<AtomicBool>>,
}

impl Visit {
    /// Reads who is there. Errors: the database cannot be asked.
    pub(crate) async fn of(app: &App, parts: &Parts, asked: &Asked) -> Result<Self, Denied> {
        let jar = Jar::read(&parts.headers, app.web.secure_cookies);
        let mut visit = Self::stranger(app, parts, asked, &jar);
        let token = jar.get(Name::Session);
        if token.is_none() && visit.cart_token.is_none() {
            return Ok(visit);
        }
        let mut reader = app.market.db.read().await?;
        if let Some(session) = signed_in(&mut reader, token).await? {
            visit.say =
                Say::new(language(&jar, Some(session.member.lang), &parts.headers, app.web.default_lang));
            visit.let_in(&mut reader, session).await?;
            if let Some(chosen) = visit.member.as_ref().and_then(|member| member.currency) {
                visit.beside.currency = chosen;
            }
        }
        if let Some(owner) = visit.cart_owner() {
            visit.cart_count = carts::count(&mut reader, &owner).await?;
        }
        Ok(visit)
    }

    /// Who the session makes them.
    async fn let_in(&mut self, reader: &mut Reader, mut session: Session) -> Result<(), Refusal> {
        if self.app.market.config.access.staff_factor && !session.is_strong() {
            // Without a second factor staff is like everybody else, wherever they go.
            self.is_weak_staff = session.member.is_staff();
            session.member.lay_down();
        }
        self.bearer = Bearer::Session(session.id, session.member.id);
        self.new_visitor = None;
        self.session = Some(session.id);
        let seen = looking::seen(reader, &session).await?;
        let whose = Arc::new(session.member);
        match (seen, session.looking) {
            _ if whose.suspended => {
                self.proven_at = Some(session.auth_at);
                self.suspended = Some(whose);
            }
            (Some(seen), Some(looking)) => {
                self.looker = Some((whose, looking.until));
                self.member = Some(Arc::new(seen));
            }
            _ => {
                self.proven_at = Some(session.auth_at);
                self.member = Some(whose);
            }
        }
        Ok(())
    }

    /// Somebody of whom only the headers are known: also who sees the page that says the database is away.
    pub(crate) fn stranger(app: &App, parts: &Parts, asked: &Asked, jar: &Jar) -> Self {
        let now = app.market.db.now();
        let text = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let (word, new_visitor) = match jar.get(Name::Visitor) {
            Some(word) => (word.to_owned(), None),
            None => (hex::encode(app.market.db.dice().bytes::<16>()), Some(Arc::default())),
        };
        Self {
            app: app.clone(),
            say: Say::new(language(jar, None, &parts.headers, app.web.default_lang)),
            now,
            member: None,
            session: None,
            proven_at: None,
            suspended: None,
            looker: None,
            is_weak_staff: false,
            theme: jar.get(Name::Theme).and_then(Theme::find).unwrap_or_default(),
            beside: Beside::of(app).chosen(currency(jar)),
            path_and_query: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            return_to: return_to(parts, &app.web.base_url),
            request_id: asked.id.clone(),
            address: asked.address,
            user_agent: text("user-agent").unwrap_or_default().chars().take(300).collect(),
            flash: jar.get(Name::Flash).and_then(|v| Flash::open(&app.web.flashes, v, now)),
            cart_count: 0,
            cart_token: jar.get(Name::Cart).map(str::to_owned),
            device: jar.get(Name::Device).map(str::to_owned),
            attempt: jar.get(Name::Attempt).map(str::to_owned),
            provider: jar.get(Name::Provider).map(str::to_owned),
            fragment: text("x-fragment").filter(|f| !f.is_empty()),
            kept: None,
            bearer: Bearer::Visitor(word),
            new_visitor,
        }
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Reader, Answer> {
        Ok(self.app.market.db.read().await?)
    }

    /// A unit of work.
    pub async fn begin(&self) -> Result<Tx, Answer> {
        Ok(self.app.market.db.begin().await?)
    }

    /// Whose session it is, suspended or not; of one who looks as somebody else, their own.
    pub fn account(&self) -> Option<&Arc<Member>> {
        let looker = self.looker.as_ref().map(|(staff, _)| staff);
        looker.or(self.member.as_ref()).or(self.suspended.as_ref())
    }

    /// Whose account the page is about, suspended or not; of staff that looks, whom it looks as.
    pub fn holder(&self) -> Option<&Arc<Member>> {
        self.member.as_ref().or(self.suspended.as_ref())
    }

    pub fn is_signed_in(&self) -> bool {
        self.member.is_some()
    }

    /// Whether it is this member who looks.
    pub fn is(&self, id: MemberId) -> bool {
        self.member.as_ref().is_some_and(|m| m.id == id)
    }

    /// The path without its query.
    pub fn path(&self) -> &str {
        self.path_and_query.split('?').next().unwrap_or("/")
    }

    /// The query as it was asked, without the question mark.
    pub fn query(&self) -> &str {
        self.path_and_query.split_once('?').map_or("", |(_, q)| q)
    }

    /// Whether a script asks for just this piece of the page.
    pub fn wants(&self, fragment: &str) -> bool {
        self.fragment.as_deref() == Some(fragment)
    }

    /// What is kept with a new session.
    pub fn client(&self) -> Client {
        Client {
            user_agent: self.user_agent.clone(),
            address: self.address.to_string(),
            device: self.device.clone(),
            place: self.app.web.atlas.find(&self.address.to_string()),
        }
    }

    /// Where an address seems to be, in the reader's words: "probably Germany".
    pub fn place_of(&self, address: &str) -> Option<String> {
        self.app.web.atlas.find(address).and_then(|place| place_of(&self.say, &place))
    }

    /// Whose cart this is; `None` for a visitor who has not put anything into one.
    pub fn cart_owner(&self) -> Option<Owner> {
        match (&self.member, &self.cart_token) {
            (Some(member), _) => Some(Owner::Member(member.id)),
            (None, Some(token)) => Some(Owner::Visitor(token_hash(token))),
            (None, None) => None,
        }
    }

    /// Whose cart this is. A visitor without one gets the cookie that the answer must set.
    pub fn cart_owner_or_new(&self) -> (Owner, Option<Cookie>) {
        if let Some(owner) = self.cart_owner() {
            return (owner, None);
        }
        let token = Token::new(self.app.market.db.dice());
        let cookie = Cookie::new(Name::Cart, token.reveal()).lasting(CART_LIFE_S);
        (Owner::Visitor(token.hash()), Some(cookie))
    }

    /// The token for this browser's forms.
    pub fn csrf(&self) -> String {
        if let Some(used) = &self.new_visitor {
            used.store(true, Ordering::Relaxed);
        }
        self.bearer.token(&self.app.web.csrf)
    }

    /// Whether a form's token was made for this browser.
    pub(crate) fn owns(&self, token: &str) -> bool {
        self.bearer.owns(&self.app.web.csrf, token)
    }

    /// The cookie that a new visitor needs because a form was written for them.
    pub(crate) fn visitor_cookie(&self) -> Option<Cookie> {
        let used = self.new_visitor.as_ref().is_some_and(|u| u.load(Ordering::Relaxed));
        match &self.bearer {
            Bearer::Visitor(word) if used => Some(Cookie::new(Name::Visitor, word.as_str())),
            _ => None,
        }
    }
}

/// Who the session cookie belongs to; notes that the session is in use.
async fn signed_in(reader: &mut Reader, token: Option<&str>) -> Result<Option<Session>, Refusal> {
    let Some(token) = token else { return Ok(None) };
    let Some(session) = sessions::find(reader, token).await? else { return Ok(None) };
    sessions::touch(reader, session.id).await?;
    Ok(Some(session))
}

/// A path that can be looked at and is worth coming back to. Of a form that is the page it was on; of the pages
/// around signing in it is where those lead.
fn return_to(parts: &Parts, base_url: &str) -> String {
    let asked = parts.uri.path_and_query().map_or("/", |p| p.as_str());
    let from = if csrf::is_unsafe(&parts.method) {
        let referrer = parts.headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or_default();
        referrer.strip_prefix(base_url).unwrap_or("/")
    } else {
        asked
    };
    let (path, query) = from.split_once('?').unwrap_or((from, ""));
    // It leads to another site, and browsers do not follow a form there (CSP, form-action).
    if path.starts_with("/account/sign-ins/") {
        return links::sign_ins();
    }
    let leads_away = ["/sign-in/with/", "/confirm/with/"].iter().any(|way| path.starts_with(way));
    if ENTRANCES.contains(&path) || leads_away {
        return links::local(Typed::read(query.as_bytes()).get("next"));
    }
    links::local(from)
}

/// What the person chose here, then in their account, then in their browser, then the operator.
fn language(jar: &Jar, member: Option<Lang>, headers: &HeaderMap, default: Lang) -> Lang {
    let chosen = jar.get(Name::Lang).and_then(Lang::find).or(member);
    let browser = || headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).map(Lang::negotiate);
    chosen.or_else(browser).unwrap_or(default)
}

/// What was chosen in this browser.
fn currency(jar: &Jar) -> Option<Currency> {
    jar.get(Name::Currency)?.parse().ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Answer;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Answer> {
        let missing = || Refusal::broken("a page handler stands outside the page routes");
        parts.extensions.get::<Self>().cloned().ok_or_else(|| missing().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_chosen_language_wins() {
        let de = Lang::find("de").unwrap();
        let pick = |cookie: &'static str, member, accept: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
            if !accept.is_empty() {
                headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
            }
            language(&Jar::read(&headers, false), member, &headers, de)
        };
        assert_eq!(pick("tp_lang=en", Some(de), "de"), Lang::EN);
        assert_eq!(pick("", Some(Lang::EN), "de"), Lang::EN);
        assert_eq!(pick("tp_lang=xx", None, "en"), Lang::EN);
        assert_eq!(pick("", None, ""), de);
    }

    #[test]
    fn one_comes_back_to_a_page_that_can_be_seen() {
        let to = |line: &str, referrer: &str| {
            let (method, uri) = line.split_once(' ').unwrap();
            let request = http::Request::builder().method(method).uri(uri).header("referer", referrer);
            return_to(&request.body(()).unwrap().into_parts().0, "http://ours")
        };
        assert_eq!(to("GET /search?q=a", ""), "/search?q=a");
        assert_eq!(to("POST /cart", "http://ours/listings/x?y"), "/listings/x?y");
        assert_eq!(to("POST /cart", "http://ours.evil.example/x"), "/");
        assert_eq!(to("POST /cart", "https://evil.example/x"), "/");
        assert_eq!(to("GET /sign-in?next=%2Fcart", ""), "/cart");
        assert_eq!(to("POST /register", "http://ours/register?next=//evil.example"), "/");
        assert_eq!(to("GET /email/undo?token=secret", ""), "/", "the token of a link goes nowhere else");
        assert_eq!(to("GET /sign-in/with/x/return?code=secret", ""), "/");
        assert_eq!(to("GET /account/sign-ins/with/x", ""), "/account/sign-ins");
        assert_eq!(to("GET /confirm/with/x?next=%2Faccount%2Fdata", ""), "/account/data");
    }

    #[test]
    fn themes_have_names() {
        assert!(Theme::ALL.iter().all(|t| Theme::find(t.name()) == Some(*t)));
        assert_eq!(Theme::find("purple"), None);
    }
}
