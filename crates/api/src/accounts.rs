//! Opening an account, signing in and out, and who one is.

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::shapes::Person;
use crate::{puzzle, refuse};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{FieldErrors, Lang, Refusal, Wrong};
use kit::answer::Problem;
use kit::body::Json;
use kit::caller::{Anyone, Caller};
use kit::route::{Audience, Idempotency, Object, Rate, delete, get, post};
use market::accounts::model::{DisplayName, Email, Member, Password, Registration};
use market::accounts::rules;
use market::accounts::tokens::{self, Pair};
use market::apikeys::model::Scope;
use market::factors::sent::Bound;
use market::pressure::model::Form;
use market::pressure::rules as pressure;
use market::signin::model::Step;
use market::signin::rules as signin;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

const EVERYONE: Audience = Audience::Everyone;
const MEMBER: Audience = Audience::Member;

/// Characters of a code or a recovery code, with the spaces in it.
const OTP_MAX: usize = 40;
/// Characters of a refresh token.
const TOKEN_MAX: usize = 200;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("Accounts", "Open an account")
            .says("Sends a mail that proves the address. The answer is the same for an address that has an account already: its owner gets a mail that says so.")
            .takes::<RegistrationIn>(json!({ "email": "ann@example.org", "password": "correct horse battery", "display_name": "Ann" }))
            .bounded([RegistrationIn::bounds()])
            .answers::<RegistrationOut>(201, "Look into your mail.")
            .of(post("/api/v1/members", "api.accounts.register", register).audience(EVERYONE).rate(Rate::SignIn).idempotent(Idempotency::Accepted)),
        doc("Accounts", "Sign in")
            .says("A wrong address or password is a 401 with the code `sign-in-failed`. An account with a second factor also wants `otp`, a code of its authenticator app or a recovery code (codes by mail and SMS are for browsers): without one the answer is a 401 with the code `second-factor-required`, and with a wrong one `sign-in-failed`. Many wrong tries have to wait (429, `Retry-After`). While very many sign in wrongly, a 429 with the code `puzzle-required` carries a puzzle.")
            .takes::<SignInIn>(json!({ "email": "ann@example.org", "password": "correct horse battery" }))
            .bounded([SignInIn::bounds()])
            .answers::<SessionOut>(200, "The tokens. They are shown once.")
            .conflicts(&["account-suspended"])
            .of(post("/api/v1/sessions", "api.accounts.sign_in", sign_in).audience(EVERYONE).rate(Rate::SignIn)),
        doc("Accounts", "Stay signed in")
            .says("Trades a refresh token for a new pair. A refresh token works once; when it comes a second time, or from another program (the product in `User-Agent`), the whole sign-in ends, because somebody else may hold a copy, and its owner gets a mail. A sign-in lasts 90 days at most.")
            .takes::<RefreshIn>(json!({ "refresh_token": "9Qb1…" }))
            .bounded([Bounds::of("Refresh").field("refresh_token", bounds::plain(1, TOKEN_MAX))])
            .answers::<SessionOut>(200, "The new tokens.")
            .of(post("/api/v1/sessions/refresh", "api.accounts.refresh", refresh).audience(EVERYONE)),
        doc("Accounts", "Sign out")
            .says("Ends the sign-in that the access token belongs to, with all its tokens.")
            .answers_plain(204, "Signed out.")
            .of(delete("/api/v1/sessions/current", "api.accounts.sign_out", sign_out).audience(MEMBER).object(Object::Session)),
        doc("Accounts", "Who am I")
            .answers::<MemberOut>(200, "Your account.")
            .of(get("/api/v1/me", "api.accounts.me", me).audience(MEMBER).scope(Scope::ProfileRead).object(Object::Member)),
    ]
}

/// What it takes to open an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Registration)]
struct RegistrationIn {
    #[serde(default)]
    #[schema(required = true)]
    email: String,
    /// Length counts. Refused are common passwords, those that repeat themselves or count up, and those that are made of
    /// the name and the address.
    #[serde(default)]
    #[schema(required = true, write_only)]
    password: String,
    /// The name others see.
    #[serde(default)]
    #[schema(required = true)]
    display_name: String,
}

impl RegistrationIn {
    fn bounds() -> Bounds {
        Bounds::of("Registration")
            .field("email", json!({ "format": "email", "minLength": 3, "maxLength": Email::MAX }))
            .field("password", bounds::plain(Password::MIN, Password::MAX))
            .field("display_name", bounds::text(DisplayName::MIN, DisplayName::MAX))
    }

    fn read(&self, brand: &str, lang: Lang) -> Result<Registration, FieldErrors> {
        let mut long = FieldErrors::none();
        bounds::check(&mut long, "email", &self.email, Email::MAX);
        bounds::check(&mut long, "password", &self.password, Password::MAX);
        bounds::check(&mut long, "display_name", &self.display_name, DisplayName::MAX);
        let read = Registration::read_at(brand, &self.email, &self.password, &self.display_name, lang);
        bounds::read(read, long)
    }
}

/// An account that waits for its address to be proven.
#[derive(Serialize, ToSchema)]
#[schema(as = Registered)]
struct RegistrationOut {
    email: String,
    display_name: String,
    /// False: the mail must be answered first.
    verified: bool,
}

/// An address and its password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignIn)]
struct SignInIn {
    #[serde(default)]
    #[schema(required = true)]
    email: String,
    #[serde(default)]
    #[schema(required = true, write_only)]
    password: String,
    /// A code of the authenticator app, or a recovery code, for accounts that ask for one.
    #[schema(write_only)]
    otp: Option<String>,
}

impl SignInIn {
    fn bounds() -> Bounds {
        Bounds::of("SignIn")
            .field("email", bounds::plain(1, Email::MAX))
            .field("password", bounds::plain(1, Password::MAX))
            .field("otp", bounds::plain(0, OTP_MAX))
    }

    /// Errors: what is missing, or too long to be right.
    fn check(&self) -> Result<(), FieldErrors> {
        let mut errors = FieldErrors::none();
        for (field, text, max) in
            [("email", &self.email, Email::MAX), ("password", &self.password, Password::MAX)]
        {
            if text.is_empty() {
                errors.add(field, Wrong::Required);
            }
            bounds::check(&mut errors, field, text, max);
        }
        bounds::check(&mut errors, "otp", self.otp.as_deref().unwrap_or_default(), OTP_MAX);
        errors.check()
    }
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Refresh)]
struct RefreshIn {
    #[schema(write_only)]
    refresh_token: String,
}

/// Tokens to call with.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
struct SessionOut {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Trade it for a new pair before the access token ends. It works once.
    refresh_token: String,
    /// Seconds that the access token lives.
    expires_in: i64,
    /// Always `Bearer`.
    token_type: &'static str,
    member: MemberOut,
}

/// Your account, as you see it.
#[derive(Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberOut {
    id: Uuid,
    email: String,
    /// Whether the address is proven. Selling and buying need it.
    verified: bool,
    #[serde(flatten)]
    person: Person,
    bio: String,
    town: Option<String>,
    /// ISO 3166-1 alpha-2.
    country: Option<String>,
    /// The language of your mails.
    lang: &'static str,
    /// What you are as staff: `moderator`, `support`, `finance`, `operator`, or a role that the operator made.
    roles: Vec<String>,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
}

impl From<&Member> for MemberOut {
    fn from(member: &Member) -> Self {
        Self {
            id: member.id.0,
            email: member.email.clone(),
            verified: member.verified,
            person: Person::from(member),
            bio: member.bio.clone(),
            town: member.town.clone(),
            country: member.country.clone(),
            lang: member.lang.code(),
            roles: member.roles.clone(),
            created_at: member.created_at,
        }
    }
}

async fn register(
    call: Anyone,
    headers: HeaderMap,
    Json(body): Json<RegistrationIn>,
) -> Result<Response, Problem> {
    let wanted = body.read(&call.app.web.brand.name, call.say.lang())?;
    if let Some(answer) = puzzle::stops(&call, &headers, Form::Register).await? {
        return Ok(answer);
    }
    let hashed = call.app.market.door.hasher.hash(wanted.password.reveal().to_owned()).await;
    let hash = hashed.map_err(rules::busy)?;
    let mut tx = call.begin().await?;
    rules::register(&mut tx, &wanted, &hash, &call.app.web.base_url).await?;
    pressure::note(&mut tx, &call.app.market.door.gate, &call.client()).await?;
    tx.commit().await?;
    let answer = RegistrationOut {
        email: wanted.email.as_str().to_owned(),
        display_name: wanted.display_name.into_string(),
        verified: false,
    };
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

async fn sign_in(call: Anyone, headers: HeaderMap, Json(body): Json<SignInIn>) -> Result<Response, Problem> {
    body.check()?;
    if let Some(answer) = puzzle::stops(&call, &headers, Form::SignIn).await? {
        return Ok(answer);
    }
    let (door, client) = (&call.app.market.door, call.client());
    let password = Password::typed(&body.password);
    let step = match signin::with_password(door, &body.email, &password, &client, "").await {
        Ok(step) => step,
        Err(Refusal::Fields(_)) => return Ok(refuse::sign_in_failed(&call)),
        Err(refusal) => return Err(refusal.into()),
    };
    let base_url = &call.app.web.base_url;
    let (mut tx, proven) = match step {
        Step::Done(proven) => (call.begin().await?, *proven),
        Step::Second { attempt } => {
            let Some(code) = body.otp.as_deref().filter(|code| !code.is_empty()) else {
                return Ok(refuse::second_factor_required(&call));
            };
            let halfway = signin::halfway(&mut call.read().await?, door, attempt.reveal()).await?;
            let bound = Bound::attempt(attempt.reveal());
            signin::count_code(door, &halfway.member, &client, &bound).await?;
            let mut tx = call.begin().await?;
            match signin::second(&mut tx, door, attempt.reveal(), code, &client, base_url).await {
                Ok(proven) => (tx, proven),
                Err(Refusal::Fields(_)) => return Ok(refuse::sign_in_failed(&call)),
                Err(refusal) => return Err(refusal.into()),
            }
        }
    };
    signin::hold(&mut tx, &proven).await?;
    let pair = tokens::issue(&mut tx, proven.member(), proven.methods(), &client, base_url).await?;
    tx.commit().await?;
    Ok(Json(session(&pair, proven.member())).into_response())
}

async fn refresh(call: Anyone, Json(body): Json<RefreshIn>) -> Result<Json<SessionOut>, Problem> {
    let mut tx = call.begin().await?;
    let traded = tokens::refresh(&mut tx, &body.refresh_token, &call.client(), &call.app.web.base_url).await;
    let whose = match &traded {
        Ok(pair) => tokens::bearer(&mut tx, pair.access.reveal()).await?,
        Err(_) => None,
    };
    // Also when it is refused: a token that comes twice ends the sign-in.
    tx.commit().await?;
    let pair = traded?;
    let member = whose.ok_or(Refusal::SignIn)?.member;
    Ok(Json(session(&pair, &member)))
}

async fn sign_out(call: Caller) -> Result<StatusCode, Problem> {
    let family = call.family.ok_or(Refusal::SignIn)?;
    let mut tx = call.begin().await?;
    tokens::revoke(&mut tx, family).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn me(call: Caller) -> Json<MemberOut> {
    Json(MemberOut::from(&*call.member))
}

fn session(pair: &Pair, member: &Member) -> SessionOut {
    SessionOut {
        access_token: pair.access.reveal().to_owned(),
        refresh_token: pair.refresh.reveal().to_owned(),
        expires_in: pair.expires_in,
        token_type: "Bearer",
        member: MemberOut::from(member),
    }
}
