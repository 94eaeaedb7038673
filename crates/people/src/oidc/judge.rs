//! Whether a token is for us, for now, and for this attempt (OpenID Connect Core 1.0, 3.1.3.7). Pure.

use super::model::Claims;
use platform::crypto::equal;
use serde::Deserialize;
use serde_json::Value;

/// Seconds that clocks may differ.
const LEEWAY_S: i64 = 60;
/// Seconds ago that a token may have been made: it was asked for a moment ago.
const AGE_MAX_S: i64 = 600;
/// Characters of a subject (Core 1.0, 2).
const SUBJECT_MAX: usize = 255;

/// What a token must say.
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

#[derive(Deserialize)]
struct Told {
    iss: String,
    sub: String,
    aud: Value,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    azp: Option<String>,
    nonce: Option<String>,
}

/// Reads the claims of a token whose signature is right. Errors: what is wrong with it, for the log.
pub(super) fn judge(payload: &Value, expected: &Expected<'_>) -> Result<Claims, &'static str> {
    let told = Told::deserialize(payload).map_err(|_| "a claim is missing or has another type")?;
    if told.iss != expected.issuer {
        return Err("it is from another issuer");
    }
    let audience: Vec<&str> = match &told.aud {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !audience.contains(&expected.client_id) {
        return Err("it is for somebody else");
    }
    let is_ours = told.azp.as_deref().map(|azp| azp == expected.client_id);
    if is_ours == Some(false) || (audience.len() > 1 && is_ours.is_none()) {
        return Err("it was given to somebody else");
    }
    if told.exp.saturating_add(LEEWAY_S) <= expected.now {
        return Err("it has expired");
    }
    if told.iat > expected.now + LEEWAY_S || told.nbf.is_some_and(|nbf| nbf > expected.now + LEEWAY_S) {
        return Err("it is from the future");
    }
    if told.iat < expected.now - AGE_MAX_S {
        return Err("it is too old");
    }
    if !told.nonce.is_some_and(|nonce| equal(nonce.as_bytes(), expected.nonce.as_bytes())) {
        return Err("it is for another attempt");
    }
    if told.sub.is_empty() || told.sub.len() > SUBJECT_MAX || told.sub.contains('\0') {
        return Err("its subject cannot be kept");
    }
    let auth_time = payload.get("auth_time").and_then(Value::as_i64);
    Ok(Claims { issuer: told.iss, subject: told.sub, auth_time, ..about(payload) })
}

/// Address and name, from a token or from the page about who somebody is.
pub(super) fn about(payload: &Value) -> Claims {
    let text = |name: &str| {
        let value = payload.get(name).and_then(Value::as_str).map(str::trim);
        value.filter(|v| !v.is_empty() && v.len() <= 300 && !v.contains('\0')).map(str::to_owned)
    };
    // Some providers write it as a text.
    let email_verified = match payload.get("email_verified") {
        Some(Value::Bool(yes)) => *yes,
        Some(Value::String(word)) => word == "true",
        _ => false,
    };
    Claims {
        issuer: String::new(),
        subject: text("sub").unwrap_or_default(),
        email: text("email"),
        email_verified,
        name: text("name").or_else(|| text("given_name")).or_else(|| text("preferred_username")),
        auth_time: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_800_000_000;

    fn judged(change: impl FnOnce(&mut Value)) -> Result<Claims, &'static str> {
        let mut payload = json!({
            "iss": "https://id.example", "sub": "42", "aud": "market", "exp": NOW + 300, "iat": NOW - 5,
            "nonce": "n", "email": "ann@example.org", "email_verified": true, "name": "Ann",
        });
        change(&mut payload);
        let (issuer, client_id) = ("https://id.example", "market");
        judge(&payload, &Expected { issuer, client_id, nonce: "n", now: NOW })
    }

    #[test]
    fn a_good_token_says_who_it_is() {
        let claims = judged(|_| {}).unwrap();
        assert_eq!((claims.issuer.as_str(), claims.subject.as_str()), ("https://id.example", "42"));
        assert_eq!((claims.email.as_deref(), claims.email_verified), (Some("ann@example.org"), true));
        assert!(judged(|p| p["aud"] = json!(["market"])).is_ok());
        assert!(judged(|p| (p["aud"], p["azp"]) = (json!(["market", "other"]), json!("market"))).is_ok());
        assert!(!judged(|p| p["email_verified"] = json!("false")).unwrap().email_verified);
        assert_eq!(claims.auth_time, None);
        assert_eq!(judged(|p| p["auth_time"] = json!(NOW - 9)).unwrap().auth_time, Some(NOW - 9));
        assert_eq!(judged(|p| p["auth_time"] = json!("now")).unwrap().auth_time, None);
    }

    #[test]
    fn any_other_is_refused() {
        for (name, value) in [
            ("iss", json!("https://id.example/")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("aud", json!(["market", "other"])),
            ("aud", json!(7)),
            ("azp", json!("other")),
            ("exp", json!(NOW - 60)),
            ("exp", json!("tomorrow")),
            ("iat", json!(NOW + 61)),
            ("iat", json!(NOW - 601)),
            ("nbf", json!(NOW + 61)),
            ("nonce", json!("m")),
            ("nonce", Value::Null),
            ("sub", json!("")),
            ("sub", json!("x".repeat(256))),
        ] {
            let told = judged(|p| p[name] = value.clone());
            assert!(told.is_err(), "{name} {value}: {told:?}");
        }
        for name in ["iss", "sub", "aud", "exp", "iat", "nonce"] {
            assert!(judged(|p| drop(p.as_object_mut().unwrap().remove(name))).is_err(), "without {name}");
        }
    }
}
