//! Tokens that somebody else has signed (JWS, RFC 7515, compact form), with the keys that they publish (RFC 7517).
//!
//! RS256, ES256 and EdDSA, and nothing else: the token's own word for its algorithm is believed only when a published
//! key is of that kind, so neither `none` nor an HMAC with a public key gets through (RFC 8725, 3.1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde_json::Value;

/// Characters of a token.
const TOKEN_MAX: usize = 32 * 1024;

/// Why a token is not believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum JwsError {
    #[error("it is no signed token")]
    Malformed,
    #[error("its algorithm is none that we take")]
    Algorithm,
    #[error("no published key is the one it names")]
    UnknownKey,
    #[error("its signature is wrong")]
    Signature,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Algorithm {
    Rs256,
    Es256,
    EdDsa,
}

/// A public key of somebody else's.
#[derive(Clone, Debug)]
pub struct Jwk {
    kid: Option<String>,
    algorithm: Algorithm,
    /// RSA: the modulus; the others: the point.
    one: Vec<u8>,
    /// RSA: the exponent.
    two: Vec<u8>,
}

#[derive(Deserialize)]
struct Written {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<Value>,
}

/// The keys of a set that we can use. Errors: it is no set. Keys of other kinds are passed over.
pub fn read_keys(json: &[u8]) -> Result<Vec<Jwk>, JwsError> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<Value>,
    }
    let set: Set = serde_json::from_slice(json).map_err(|_| JwsError::Malformed)?;
    Ok(set.keys.into_iter().filter_map(|key| Jwk::of(serde_json::from_value(key).ok()?)).collect())
}

impl Jwk {
    fn of(key: Written) -> Option<Self> {
        if key.usage.as_deref().is_some_and(|usage| usage != "sig") {
            return None;
        }
        let bytes = |text: &Option<String>| text.as_deref().and_then(|t| URL_SAFE_NO_PAD.decode(t).ok());
        let (algorithm, one, two) = match (key.kty.as_str(), key.crv.as_deref()) {
            ("RSA", _) => (Algorithm::Rs256, number(bytes(&key.n)?), number(bytes(&key.e)?)),
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(&key.x)?, bytes(&key.y)?);
                if x.len() != 32 || y.len() != 32 {
                    return None;
                }
                // An uncompressed point (SEC 1, 2.3.3).
                (Algorithm::Es256, [[4].as_slice(), &x, &y].concat(), Vec::new())
            }
            ("OKP", Some("Ed25519")) => (Algorithm::EdDsa, bytes(&key.x)?, Vec::new()),
            _ => return None,
        };
        match key.alg.as_deref() {
            Some(alg) if Algorithm::find(alg) != Some(algorithm) => None,
            _ => Some(Self { kid: key.kid, algorithm, one, two }),
        }
    }

    fn has_signed(&self, text: &[u8], signature: &[u8]) -> bool {
        let verdict = match self.algorithm {
            Algorithm::Rs256 => RsaPublicKeyComponents { n: &self.one, e: &self.two }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                text,
                signature,
            ),
            Algorithm::Es256 => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.one).verify(text, signature)
            }
            Algorithm::EdDsa => UnparsedPublicKey::new(&ED25519, &self.one).verify(text, signature),
        };
        verdict.is_ok()
    }
}

impl Algorithm {
    fn find(name: &str) -> Option<Self> {
        match name {
            "RS256" => Some(Self::Rs256),
            "ES256" => Some(Self::Es256),
            "EdDSA" => Some(Self::EdDsa),
            _ => None,
        }
    }
}

/// What a token says, when one of the keys has signed it. A token that names no key is tried with those of its kind.
///
/// # Errors
/// [`JwsError`]. With `UnknownKey` newer keys may help.
pub fn verify(token: &str, keys: &[Jwk]) -> Result<Value, JwsError> {
    if token.len() > TOKEN_MAX {
        return Err(JwsError::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsError::Malformed)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Malformed);
    let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| JwsError::Malformed)?;
    let (payload, signature) = (decode(payload)?, decode(signature)?);
    let algorithm = Algorithm::find(&header.alg).ok_or(JwsError::Algorithm)?;
    // What must be understood and is not (RFC 7515, 4.1.11).
    if header.crit.is_some() {
        return Err(JwsError::Algorithm);
    }
    let named = |key: &&Jwk| header.kid.is_none() || key.kid == header.kid;
    let mut fitting = keys.iter().filter(named).filter(|key| key.algorithm == algorithm).peekable();
    if fitting.peek().is_none() {
        return Err(JwsError::UnknownKey);
    }
    match fitting.any(|key| key.has_signed(signed.as_bytes(), &signature)) {
        true => serde_json::from_slice(&payload).map_err(|_| JwsError::Malformed),
        false => Err(JwsError::Signature),
    }
}

/// A big-endian number without leading zeros.
fn number(bytes: Vec<u8>) -> Vec<u8> {
    bytes.into_iter().skip_while(|byte| *byte == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made once with openssl; the private keys are gone.
    const KEYS: &str = r#"{"keys":[{"kty":"RSA","kid":"r","use":"sig","n":"kc_TjUuEi1Oltqp7jZktETtQQmcusUP-l1vRts0fb-a9tyCAXK2HAcl5U06etcD0S62J7hIx_xDDnI7WS4rF9EzVIKPSO49MDvmlZ3ExjdENB0eIA9TvrIiR_Xk6s249mI2XISHQ-WJqH7uk5z-uTwndajnMaOVHCAmsMg2loaxSbSbJVR8--8JGbe4Lr9A4jLobi4tbfNqnmFoDwVW1ikfZ4NAI4DUbvWnVvj-8hBD8IGlACE_Iv-C1Hzn9uq2RWJGGM3wnvLPVpAeaBPewf7mhA79LZ1vdu82XYOyQnyIwX-o_TBYt1fHEiIATq7r9OWi0yfeqm_h4fE3isIY55Q","e":"AQAB"},
        {"kty":"EC","kid":"e","crv":"P-256","x":"XtGbaF8V_x3tS5V7HBW_aLWaFWpgmCPBLgavV6R6608","y":"3rmbIjwCLsJc89X3T5lifN0xFRUHrlpd39Fu0xwCNMg"},
        {"kty":"OKP","kid":"o","crv":"Ed25519","alg":"EdDSA","x":"jBcSQQsyjfFOA7naNLnvws8Tbku0XshxhZmnfzAcIwk"},
        {"kty":"RSA","kid":"x","use":"enc","n":"kc_TjUuEi1Oltqp7jZktETtQQmcusUP-l1vRts0fb-a9tyCAXK2HAcl5U06etcD0S62J7hIx_xDDnI7WS4rF9EzVIKPSO49MDvmlZ3ExjdENB0eIA9TvrIiR_Xk6s249mI2XISHQ-WJqH7uk5z-uTwndajnMaOVHCAmsMg2loaxSbSbJVR8--8JGbe4Lr9A4jLobi4tbfNqnmFoDwVW1ikfZ4NAI4DUbvWnVvj-8hBD8IGlACE_Iv-C1Hzn9uq2RWJGGM3wnvLPVpAeaBPewf7mhA79LZ1vdu82XYOyQnyIwX-o_TBYt1fHEiIATq7r9OWi0yfeqm_h4fE3isIY55Q","e":"AQAB"},
        {"kty":"oct","kid":"h","k":"AAAA"}]}"#;
    const TOKENS: [&str; 3] = [
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InIifQ.eyJzdWIiOiJhbm4ifQ.RyMcP7Oc7e7si2LnwRqG9nGONqvnun80UAVJ3IUDY8X5FtDFCS3Jr2rzG6KEGzl0XSwzW1VVa1AcOo-wtZJoCOFaWt6HJI8hYYM_Ti27kfflUV9Dz4f35XyLUS-Zx-uoZ7dhA6tf-EpaIgMqq1u5Er_jGjWrF9Q-AoEm43-qCfm4sJjpq9ifnNzPTXP4Ue_35dGf9PfecRhWAieBtFwjG7Bu1UNFci9d8fQEZFeXvLo-sqWNxtjx9x_cAA7I2R53YOwLgAbu-s2h0ZHRyzpi3__5-NbigYHBuM-dmHgry-rJgHj4_bmiKfHTuEHBICa7RiY3t-jBFHWFJ1rBHIR_yQ",
        "eyJhbGciOiJFUzI1NiIsImtpZCI6ImUifQ.eyJzdWIiOiJhbm4ifQ.Jw9NoPPPuRtaF4JD0WaGrXtQx_foXmvqZOALXEpH-kG1vpClbSjoduHTsP9sQ30NYDy-D6k4NpEuFxQYOx29sg",
        "eyJhbGciOiJFZERTQSIsImtpZCI6Im8ifQ.eyJzdWIiOiJhbm4ifQ.RXKpoiO0NoQFsO5qVuv_L15LP8q_xuvGWecAxjdahA4Baee1n5zDFw9yw6gKLq1XGhhU7qCRCoZC2RKtFH2MDw",
    ];

    fn keys() -> Vec<Jwk> {
        read_keys(KEYS.as_bytes()).unwrap()
    }

    fn token(header: &str) -> String {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.", part(header), part(r#"{"sub":"ann"}"#))
    }

    #[test]
    fn each_algorithm_is_verified_by_its_key() {
        assert_eq!(keys().len(), 3, "no key for sealing, no secret one");
        for token in TOKENS {
            assert_eq!(verify(token, &keys()).unwrap()["sub"], "ann");
            let (head, signature) = token.rsplit_once('.').unwrap();
            let other =
                signature.replace(&signature[..1], if signature.starts_with('A') { "B" } else { "A" });
            assert_eq!(verify(&format!("{head}.{other}"), &keys()), Err(JwsError::Signature));
            let changed = head.replace("eyJzdWIiOiJhbm4ifQ", "eyJzdWIiOiJiZW4ifQ");
            assert_eq!(verify(&format!("{changed}.{signature}"), &keys()), Err(JwsError::Signature));
            assert_eq!(verify(token, &[]), Err(JwsError::UnknownKey));
        }
    }

    #[test]
    fn no_other_algorithm_is_taken() {
        for alg in ["none", "None", "HS256", "RS384", "PS256", "ES384", ""] {
            let made = token(&format!(r#"{{"alg":"{alg}","kid":"r"}}"#));
            assert_eq!(verify(&made, &keys()), Err(JwsError::Algorithm), "{alg}");
        }
        assert_eq!(verify(&token(r#"{"alg":"ES256","kid":"r"}"#), &keys()), Err(JwsError::UnknownKey));
        let critical = token(r#"{"alg":"RS256","kid":"r","crit":["b64"]}"#);
        assert_eq!(verify(&critical, &keys()), Err(JwsError::Algorithm));
        for odd in ["", ".", "..", "a.b.c", "e30.e30.", "e30.e30", &"a".repeat(TOKEN_MAX + 1)] {
            assert_eq!(verify(odd, &keys()), Err(JwsError::Malformed), "{odd:.20}");
        }
    }

    #[test]
    fn what_is_no_set_of_keys_is_refused() {
        assert!(read_keys(b"{}").is_err() && read_keys(b"<html>").is_err());
        let odd = br#"{"keys":[1,{},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{"kty":"RSA","alg":"RS512","n":"AQ","e":"AQ"}]}"#;
        assert!(read_keys(odd).unwrap().is_empty());
    }
}
