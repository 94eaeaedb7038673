//! Going to a provider, coming back, and which accounts elsewhere belong to whom.

use super::client::{ClientError, Exchange, Known};
use super::model::{Claims, Link, Providers};
use super::store;
use crate::accounts::model::Member;
use kernel::{LinkId, MemberId, Moment, Refusal, SessionId};
use platform::crypto::{Token, challenge, equal, token_hash};
use platform::{Db, Reader, Tx, audit};
use time::Duration;
use tokio::time::{Instant, timeout_at};

/// How long one may take at the provider.
pub const ATTEMPT_LIFE: Duration = Duration::minutes(10);
/// All that is asked of a provider when somebody comes back; less than a page may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(8);

/// What somebody goes to a provider for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    SignIn,
    /// The account there is added to this member's.
    Add(MemberId),
    /// The owner of this session shows once more who they are.
    Confirm(MemberId, SessionId),
}

/// The way to a provider.
#[derive(Debug)]
pub struct Departure {
    /// For a cookie: only the browser that has it can come back.
    pub attempt: Token,
    /// Where the browser goes.
    pub url: String,
}

/// What came back in the address.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answered<'a> {
    /// From the cookie.
    pub attempt: Option<&'a str>,
    pub state: Option<&'a str>,
    pub code: Option<&'a str>,
    pub iss: Option<&'a str>,
    pub error: Option<&'a str>,
}

/// A way that somebody was on.
#[derive(Clone, Debug)]
pub struct Way {
    pub purpose: Purpose,
    /// Where they were going.
    pub next: String,
    /// When they went to the provider.
    pub since: Moment,
}

/// Somebody who has come back, and of whom the provider has told us.
#[derive(Debug)]
pub struct Arrival {
    pub claims: Claims,
    pub way: Way,
}

/// Somebody who has come back in vain.
#[derive(Debug)]
pub struct Lost {
    pub why: Refusal,
    /// Nothing when nobody asked in this browser, or too long ago.
    pub way: Option<Way>,
}

impl From<Refusal> for Lost {
    fn from(why: Refusal) -> Self {
        Self { why, way: None }
    }
}

impl From<sqlx::Error> for Lost {
    fn from(error: sqlx::Error) -> Self {
        Self::from(Refusal::from(error))
    }
}

/// Begins. Who only shows once more who they are is asked to do so there, too. Errors: `NotFound` when there is no such
/// provider; `Conflict("provider-failed")` when it does not answer.
pub async fn depart(
    db: &Db,
    providers: &Providers,
    id: &str,
    purpose: Purpose,
    next: &str,
) -> Result<Departure, Refusal> {
    let known = find_provider(providers, id)?;
    let places = known.places(&providers.outgoing, db.now()).await.map_err(|error| failed(known, &error))?;
    let attempt = Token::new(db.dice());
    let words = Words::of(providers, attempt.reveal());
    let mut url = places.authorization.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &known.provider.client_id)
        .append_pair("redirect_uri", &redirect_uri(providers, id))
        .append_pair("scope", &known.provider.scopes)
        .append_pair("state", &words.state)
        .append_pair("nonce", &words.nonce)
        .append_pair("code_challenge", &challenge(&words.verifier))
        .append_pair("code_challenge_method", "S256");
    if matches!(purpose, Purpose::Confirm(..)) {
        // Core 1.0, 3.1.2.1: whoever is signed in there is asked again, and the answer says when they were.
        url.query_pairs_mut().append_pair("prompt", "login").append_pair("max_age", "0");
    }
    let mut tx = db.begin().await?;
    store::insert_attempt(&mut tx, &attempt.hash(), id, purpose, next, ATTEMPT_LIFE).await?;
    tx.commit().await?;
    Ok(Departure { attempt, url: url.into() })
}

/// Takes the answer of a provider, once. Errors: `NotFound` when there is no such provider; `Conflict("provider-late")`
/// when nobody asked in this browser, or too long ago; `("provider-refused")` when the provider or the person said no;
/// `("provider-failed")` when its word is not believed.
pub async fn arrive(
    db: &Db,
    providers: &Providers,
    id: &str,
    answered: Answered<'_>,
) -> Result<Arrival, Lost> {
    let known = find_provider(providers, id)?;
    let attempt = answered.attempt.ok_or(Refusal::Conflict("provider-late"))?;
    let mut tx = db.begin().await?;
    let row = store::take_attempt(&mut tx, &token_hash(attempt), id).await?;
    // Used up, whatever comes of it.
    tx.commit().await?;
    let way = row.ok_or(Refusal::Conflict("provider-late"))?.way();
    let words = Words::of(providers, attempt);
    match believed(db, providers, known, &words, &answered).await {
        Ok(claims) => Ok(Arrival { claims, way }),
        Err(why) => Err(Lost { why, way: Some(way) }),
    }
}

/// What the provider says, if it was asked, and answers itself.
async fn believed(
    db: &Db,
    providers: &Providers,
    known: &Known,
    words: &Words,
    answered: &Answered<'_>,
) -> Result<Claims, Refusal> {
    if !answered.state.is_some_and(|state| equal(state.as_bytes(), words.state.as_bytes())) {
        return Err(Refusal::Conflict("provider-late"));
    }
    let end = Instant::now() + PATIENCE;
    let places = in_time(end, known.places(&providers.outgoing, db.now())).await;
    let places = places.map_err(|error| failed(known, &error))?;
    // RFC 9207: the answer of another provider is not taken for this one's.
    let is_from_it = match answered.iss {
        Some(iss) => iss == known.provider.issuer,
        None => !places.names_itself,
    };
    if !is_from_it {
        return Err(failed(known, &ClientError::Claims("the answer names another issuer, or none")));
    }
    if answered.error.is_some() {
        return Err(Refusal::Conflict("provider-refused"));
    }
    let code = answered.code.ok_or(Refusal::Conflict("provider-refused"))?;
    let redirect_uri = redirect_uri(providers, &known.provider.id);
    let exchange =
        Exchange { code, verifier: &words.verifier, redirect_uri: &redirect_uri, nonce: &words.nonce };
    let claims = in_time(end, known.claims(&providers.outgoing, exchange, db.now())).await;
    claims.map_err(|error| failed(known, &error))
}

async fn in_time<T>(
    end: Instant,
    work: impl Future<Output = Result<T, ClientError>>,
) -> Result<T, ClientError> {
    timeout_at(end, work).await.unwrap_or(Err(ClientError::Late))
}

/// Whose account this is. Notes that it was used.
pub async fn find(tx: &mut Tx, claims: &Claims) -> Result<Option<MemberId>, Refusal> {
    Ok(store::used(tx, &claims.issuer, &claims.subject).await?)
}

/// Adds an account elsewhere to a member's. `false` when it is theirs already. Errors: `Conflict("provider-taken")`
/// when it is somebody else's, or the member has another account there.
pub async fn link(tx: &mut Tx, member: &Member, claims: &Claims) -> Result<bool, Refusal> {
    let id: LinkId = tx.new_id();
    if !store::insert(tx, id, member.id, claims).await? {
        return match store::used(tx, &claims.issuer, &claims.subject).await? {
            Some(owner) if owner == member.id => Ok(false),
            _ => Err(Refusal::Conflict("provider-taken")),
        };
    }
    let issuer = serde_json::json!({ "issuer": claims.issuer });
    audit::write(tx, Some(member.id), "oidc.link", ("link", id.0), issuer).await?;
    Ok(true)
}

/// The member's accounts elsewhere.
pub async fn list(reader: &mut Reader, member: MemberId) -> Result<Vec<Link>, Refusal> {
    Ok(store::list(reader, member).await?)
}

/// Takes an account elsewhere away. Whether it is the last way in is the caller's to see. Errors: `NotFound`.
pub(crate) async fn unlink(tx: &mut Tx, member: MemberId, id: LinkId) -> Result<(), Refusal> {
    if !store::delete(tx, member, id).await? {
        return Err(Refusal::NotFound);
    }
    audit::write(tx, Some(member), "oidc.unlink", ("link", id.0), serde_json::json!({})).await?;
    Ok(())
}

/// What somebody else may have added while they were in the account, from `since` on.
pub async fn forget_since(tx: &mut Tx, member: MemberId, since: Moment) -> Result<(), Refusal> {
    Ok(store::delete_since(tx, member, since).await?)
}

/// Forgets all accounts elsewhere of somebody who leaves.
pub async fn forget_all(tx: &mut Tx, member: MemberId) -> Result<(), Refusal> {
    Ok(store::delete_all(tx, member).await?)
}

/// Forgets who never came back.
pub async fn prune(tx: &mut Tx) -> Result<(), Refusal> {
    Ok(store::prune(tx).await?)
}

/// What ties an answer to its attempt. Made from the token of the attempt and a key of ours, so that the database knows
/// none of it.
struct Words {
    state: String,
    nonce: String,
    /// Of PKCE (RFC 7636): whoever steals the code cannot trade it.
    verifier: String,
}

impl Words {
    fn of(providers: &Providers, attempt: &str) -> Self {
        let word = |name: &str| providers.signer.sign(format!("{name} {attempt}").as_bytes());
        Self { state: word("state"), nonce: word("nonce"), verifier: word("verifier") }
    }
}

fn find_provider<'a>(providers: &'a Providers, id: &str) -> Result<&'a Known, Refusal> {
    providers.all.iter().find(|known| known.provider.id == id).ok_or(Refusal::NotFound)
}

fn redirect_uri(providers: &Providers, id: &str) -> String {
    format!("{}/sign-in/with/{id}/return", providers.base_url)
}

fn failed(known: &Known, error: &ClientError) -> Refusal {
    tracing::warn!(provider = %known.provider.id, %error, "an identity provider was not believed");
    Refusal::Conflict("provider-failed")
}
