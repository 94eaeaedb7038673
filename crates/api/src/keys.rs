//! API keys: seeing, making, rotating and ending one's own, and telling of one that was found.

use crate::bounds::{self, Bounds};
use crate::doc::{Entry, doc};
use crate::shapes::{List, Whole};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::limits::API_KEY_DAYS_MAX;
use kernel::{ApiKeyId, FieldErrors, Refusal, Wrong};
use kit::answer::Problem;
use kit::body::{Json, PathOf};
use kit::caller::{Anyone, Caller};
use kit::route::{Audience, Object, Rate, Route, delete, get, post};
use market::apikeys::Secret;
use market::apikeys::model::{self as keys, ApiKey, Asked, KeyName, Networks, New, Scope};
use market::apikeys::rules;
use serde::{Deserialize, Serialize};
use serde_json::json;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// Texts that somebody may hand in at once, and characters of each.
const FOUND_MAX: usize = 20;
const FOUND_TEXT_MAX: usize = 200;
/// Characters of an address with the length of its network: all eight groups of IPv6, and `/128`.
const NETWORK_MAX: usize = 43;

pub(crate) fn entries() -> Vec<Entry> {
    vec![
        doc("API keys", "Your keys")
            .says("The newest first. Keys that have ended stay in the list for a month.")
            .lists::<KeyOut>(200, "The keys, without their secrets.")
            .of(get("/api/v1/api-keys", "api.keys.list", list).audience(Audience::Member)),
        doc("API keys", "Make a key")
            .says("For an access token of a sign-in that is at most ten minutes old; else the answer is a 403 with the code `step-up`. At most 20 keys are live at a time.")
            .takes::<KeyIn>(json!({ "name": "Stock of my shop", "scopes": ["listings:read", "listings:write"], "expires_in_days": 90, "networks": ["192.0.2.0/24"] }))
            .bounded([KeyIn::bounds()])
            .answers::<MadeOut>(201, "The key with its secret, which is shown this once.")
            .conflicts(&["api-keys-many", "verify-first"])
            .of(post("/api/v1/api-keys", "api.keys.make", make).audience(Audience::Verified).step_up()),
        doc("API keys", "Rotate a key")
            .says("Makes a key in the place of another: the same in everything but the secret. Both are good for `overlap_hours`; then the old one ends by itself. Asks for a sign-in of the last ten minutes, as making does.")
            .takes::<RotateIn>(json!({ "overlap_hours": 24 }))
            .bounded([Bounds::of("RotateApiKey").field("overlap_hours", bounds::whole(0, keys::OVERLAP_HOURS_MAX))])
            .answers::<MadeOut>(201, "The new key with its secret, which is shown this once.")
            .conflicts(&["api-key-ended", "api-key-replaced", "api-keys-many", "verify-first"])
            .of(mine(post("/api/v1/api-keys/{id}/rotate", "api.keys.rotate", rotate).audience(Audience::Verified)).step_up()),
        doc("API keys", "Revoke a key")
            .says("It ends at once.")
            .answers_plain(204, "It has ended.")
            .of(mine(delete("/api/v1/api-keys/{id}", "api.keys.revoke", revoke).audience(Audience::Member))),
        doc("API keys", "Tell of a key that was found")
            .says("For whoever finds a key where it should not be. A live one ends at once, and its owner gets a mail. The answer is the same whether or not there was such a key. Needs no token.")
            .takes::<FoundIn>(json!({ "keys": ["tpk_live_0123456789abcdefghjkmnpqrstvwxyz012345"] }))
            .bounded([Bounds::of("FoundApiKeys").field("keys", bounds::list(1, FOUND_MAX)).items("keys", bounds::plain(0, FOUND_TEXT_MAX))])
            .answers_plain(204, "Thank you.")
            .of(post("/api/v1/api-keys/leaked", "api.keys.leaked", leaked).audience(Audience::Everyone).rate(Rate::SignIn)),
    ]
}

fn mine(route: Route) -> Route {
    route.object(Object::ApiKey)
}

/// What a key may do.
#[derive(ToSchema)]
#[schema(as = Scope)]
#[allow(dead_code, reason = "only described")]
enum ScopeName {
    #[serde(rename = "profile:read")]
    ProfileRead,
    #[serde(rename = "listings:read")]
    ListingsRead,
    #[serde(rename = "listings:write")]
    ListingsWrite,
    #[serde(rename = "orders:read")]
    OrdersRead,
    #[serde(rename = "orders:write")]
    OrdersWrite,
    #[serde(rename = "cart:write")]
    CartWrite,
    #[serde(rename = "payments:write")]
    PaymentsWrite,
    #[serde(rename = "documents:read")]
    DocumentsRead,
    #[serde(rename = "payouts:read")]
    PayoutsRead,
}

/// A new key.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewApiKey)]
struct KeyIn {
    #[serde(default)]
    #[schema(required = true)]
    name: String,
    #[serde(default)]
    #[schema(required = true, value_type = Vec<ScopeName>)]
    scopes: Vec<String>,
    /// Days after which it ends by itself; 90 when nothing is said.
    #[schema(value_type = Option<i64>)]
    expires_in_days: Option<Whole>,
    /// Addresses and networks in CIDR notation that it may be used from; none is anywhere.
    #[serde(default)]
    networks: Vec<String>,
    /// Requests a minute that it may make, beside the limits that hold for everybody.
    #[schema(value_type = Option<i64>)]
    per_minute: Option<Whole>,
}

impl KeyIn {
    fn bounds() -> Bounds {
        Bounds::of("NewApiKey")
            .field("name", bounds::text(KeyName::MIN, KeyName::MAX))
            .field("scopes", bounds::list(1, Scope::ALL.len()))
            .field("expires_in_days", bounds::whole(1, API_KEY_DAYS_MAX))
            .field("networks", bounds::list(0, Networks::MAX))
            .items("networks", json!({ "pattern": network(), "maxLength": NETWORK_MAX }))
            .field("per_minute", bounds::whole(1, keys::PER_MINUTE_MAX))
    }

    fn read(&self) -> Result<New, FieldErrors> {
        let mut more = FieldErrors::none();
        bounds::check(&mut more, "name", &self.name, KeyName::MAX);
        if self.scopes.len() > Scope::ALL.len() {
            more.add("scopes", Wrong::TooMany { max: Scope::ALL.len() });
        }
        if self.networks.len() > Networks::MAX {
            more.add("networks", Wrong::Because("wrong-networks-many"));
        }
        let new = New::read(Asked {
            name: &self.name,
            scopes: self.scopes.iter().map(String::as_str).collect(),
            expires_in_days: Ok(self.expires_in_days.map(|n| n.0)),
            networks: &self.networks.join(" "),
            per_minute: Ok(self.per_minute.map(|n| n.0)),
        });
        bounds::read(new, more)
    }
}

/// An address of IPv4 or IPv6, or a network in CIDR notation, as a regular expression.
fn network() -> String {
    let byte = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    let four = format!(r"{byte}(?:\.{byte}){{3}}");
    let group = "[0-9A-Fa-f]{1,4}";
    // Eight groups; seven at most with zeros left out at the end, in between, or at the beginning.
    let mut six = vec![format!("(?:{group}:){{7}}{group}"), format!("(?:{group}:){{1,7}}:")];
    six.extend((1..7).map(|n| format!("(?:{group}:){{1,{}}}(?::{group}){{1,{n}}}", 7 - n)));
    six.push(format!(":(?:(?::{group}){{1,7}}|:)"));
    let six = six.join("|");
    format!(
        "^(?:{four}(?:/(?:3[0-2]|[12]?[0-9]))?|::[Ff]{{4}}:{four}|(?:{six})(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$"
    )
}

/// How to rotate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RotateApiKey)]
struct RotateIn {
    /// Hours that the old key is still good: 0 ends it at once; 24 when nothing is said.
    #[schema(value_type = Option<i64>)]
    overlap_hours: Option<Whole>,
}

/// Keys that were found.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FoundApiKeys)]
struct FoundIn {
    #[serde(default)]
    #[schema(required = true)]
    keys: Vec<String>,
}

/// A key, without its secret.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
struct KeyOut {
    id: Uuid,
    name: String,
    /// Its first and last letters.
    hint: String,
    #[schema(value_type = Vec<ScopeName>)]
    scopes: Vec<&'static str>,
    /// Where it may be used from; empty is anywhere.
    networks: Vec<String>,
    per_minute: Option<u32>,
    /// Whether it is good now.
    is_live: bool,
    /// Whether another has taken its place.
    is_replaced: bool,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    /// To some minutes.
    #[serde(with = "time::serde::rfc3339::option")]
    last_used_at: Option<OffsetDateTime>,
    /// The address, or the network of an IPv6 address.
    last_used_from: Option<String>,
    #[serde(with = "time::serde::rfc3339::option")]
    revoked_at: Option<OffsetDateTime>,
    /// `owner`, `leaked` (somebody has found it) or `restored` (it was made while somebody else may have been in the
    /// account).
    revoked_because: Option<&'static str>,
}

impl KeyOut {
    fn of(key: &ApiKey, now: OffsetDateTime) -> Self {
        Self {
            id: key.id.0,
            name: key.name.clone(),
            hint: key.hint.clone(),
            scopes: key.scopes.iter().map(|s| s.name()).collect(),
            networks: key.networks.texts(),
            per_minute: key.per_minute,
            is_live: key.is_live(now),
            is_replaced: key.replaced,
            created_at: key.created_at,
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            last_used_from: key.last_used_from.clone(),
            revoked_at: key.revoked.map(|(at, _)| at),
            revoked_because: key.revoked.map(|(_, because)| because.name()),
        }
    }
}

/// A new key.
#[derive(Serialize, ToSchema)]
#[schema(as = MadeApiKey)]
struct MadeOut {
    #[serde(flatten)]
    key: KeyOut,
    /// Send it as `Authorization: Bearer …`. It is shown this once.
    secret: String,
}

async fn list(call: Caller) -> Result<Json<List<KeyOut>>, Problem> {
    let all = rules::list(&mut call.read().await?, call.member.id).await?;
    Ok(Json(List::whole(all.iter().map(|key| KeyOut::of(key, call.now)).collect())))
}

async fn make(call: Caller, Json(body): Json<KeyIn>) -> Result<Response, Problem> {
    // Each stands for itself: one with a comma in it is not two.
    let parted = |n: &String| n.is_empty() || n.contains(|c: char| c.is_whitespace() || c == ',' || c == ';');
    if body.networks.iter().any(parted) {
        return Err(Refusal::field("networks", Wrong::Because("wrong-network")).into());
    }
    let new = body.read()?;
    let mut tx = call.begin().await?;
    let made = rules::make(&mut tx, &call.member, &new, &call.client(), &call.app.web.base_url).await?;
    tx.commit().await?;
    Ok(shown(&call, &made))
}

async fn rotate(
    call: Caller,
    PathOf(id): PathOf<ApiKeyId>,
    Json(body): Json<RotateIn>,
) -> Result<Response, Problem> {
    let overlap = keys::overlap(body.overlap_hours.map_or(keys::OVERLAP_HOURS, |hours| hours.0));
    let overlap = overlap.map_err(|wrong| Refusal::field("overlap_hours", wrong))?;
    let (client, base_url) = (call.client(), &call.app.web.base_url);
    let mut tx = call.begin().await?;
    let made = rules::rotate(&mut tx, &call.member, id, overlap, &client, base_url).await?;
    tx.commit().await?;
    Ok(shown(&call, &made))
}

async fn revoke(call: Caller, PathOf(id): PathOf<ApiKeyId>) -> Result<StatusCode, Problem> {
    let mut tx = call.begin().await?;
    rules::revoke(&mut tx, &call.member, id, &call.client(), &call.app.web.base_url).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn leaked(call: Anyone, Json(body): Json<FoundIn>) -> Result<StatusCode, Problem> {
    let mut errors = FieldErrors::none();
    if body.keys.is_empty() {
        errors.add("keys", Wrong::Required);
    }
    if body.keys.len() > FOUND_MAX {
        errors.add("keys", Wrong::Because("wrong-keys-many"));
    }
    for (n, text) in body.keys.iter().enumerate().take(FOUND_MAX) {
        bounds::check(&mut errors, &format!("keys/{n}"), text, FOUND_TEXT_MAX);
    }
    errors.check()?;
    let mut tx = call.begin().await?;
    rules::leaked(&mut tx, &body.keys, &call.app.web.base_url).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(call: &Caller, (key, secret): &(ApiKey, Secret)) -> Response {
    let out = MadeOut { key: KeyOut::of(key, call.now), secret: secret.reveal().to_owned() };
    (StatusCode::CREATED, Json(out)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::schemas_of;

    #[test]
    fn every_scope_is_described() {
        let (schemas, name) = schemas_of::<ScopeName>();
        let (_, schema) = schemas.into_iter().find(|(known, _)| *known == name).unwrap();
        let names: Vec<&str> = Scope::ALL.iter().map(|s| s.name()).collect();
        assert_eq!(schema["enum"], json!(names));
    }
}
