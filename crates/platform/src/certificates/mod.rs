//! Certificates for tests (RFC 5280), made by them: of an authority of one's own, and of machines it vouches for.

mod tests;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{RootCertStore, ServerConfig};
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

const SEQUENCE: u8 = 0x30;
const OCTETS: u8 = 0x04;
/// Object identifiers, as DER has them.
const ECDSA_WITH_SHA256: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const EC_PUBLIC_KEY: &[u8] = &[0x06, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
const P256: &[u8] = &[0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const COMMON_NAME: &[u8] = &[0x06, 3, 0x55, 4, 3];
const BASIC_CONSTRAINTS: &[u8] = &[0x06, 3, 0x55, 0x1d, 19];
const ALTERNATIVE_NAME: &[u8] = &[0x06, 3, 0x55, 0x1d, 17];

/// Whether a certificate still counts.
#[derive(Clone, Copy)]
enum Until {
    Y2049,
    Y2021,
}

/// A key, and who has it.
struct Holder {
    name: &'static str,
    pkcs8: Vec<u8>,
}

impl Holder {
    fn new(name: &'static str) -> Self {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new());
        Self { name, pkcs8: made.unwrap().as_ref().to_vec() }
    }

    fn pair(&self) -> EcdsaKeyPair {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &self.pkcs8, &SystemRandom::new()).unwrap()
    }

    /// Vouches for somebody, perhaps for itself. `extension`: what kind of certificate it is.
    fn signs(&self, of: &Self, extension: &[u8], until: Until) -> CertificateDer<'static> {
        let algorithm = der(SEQUENCE, &[ECDSA_WITH_SHA256]);
        let end: &[u8] = match until {
            Until::Y2049 => b"490101000000Z",
            Until::Y2021 => b"210101000000Z",
        };
        let validity = der(SEQUENCE, &[&der(0x17, &[b"200101000000Z"]), &der(0x17, &[end])]);
        let key = der(
            SEQUENCE,
            &[&der(SEQUENCE, &[EC_PUBLIC_KEY, P256]), &der(0x03, &[&[0], of.pair().public_key().as_ref()])],
        );
        let told = der(
            SEQUENCE,
            &[
                &der(0xa0, &[&[0x02, 1, 2]]),
                &[0x02, 1, 1],
                &algorithm,
                &name(self.name),
                &validity,
                &name(of.name),
                &key,
                &der(0xa3, &[&der(SEQUENCE, &[extension])]),
            ],
        );
        let signature = self.pair().sign(&SystemRandom::new(), &told).unwrap();
        let signature = der(0x03, &[&[0], signature.as_ref()]);
        CertificateDer::from(der(SEQUENCE, &[&told, &algorithm, &signature]))
    }
}

/// Somebody whose word is believed, or not.
struct Authority(Holder);

impl Authority {
    fn new() -> Self {
        Self(Holder::new("An authority"))
    }

    fn certificate(&self) -> CertificateDer<'static> {
        let is_one = der(OCTETS, &[&der(SEQUENCE, &[&[0x01, 1, 0xff]])]);
        let extension = der(SEQUENCE, &[BASIC_CONSTRAINTS, &[0x01, 1, 0xff], &is_one]);
        self.0.signs(&self.0, &extension, Until::Y2049)
    }

    fn roots(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate()).unwrap();
        roots
    }

    /// The certificate as files have it (RFC 7468).
    fn pem(&self) -> String {
        let text = STANDARD.encode(self.certificate());
        let lines: Vec<&str> =
            text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
    }

    /// What a machine shows that is said to be `host`.
    fn vouches_for(&self, host: &'static str, until: Until) -> TlsAcceptor {
        shows(&self.0, &Holder::new(host), until)
    }
}

/// What a machine shows that says of itself that it is `host`.
fn self_signed(host: &'static str) -> TlsAcceptor {
    let holder = Holder::new(host);
    shows(&holder, &holder, Until::Y2049)
}

fn shows(signer: &Holder, machine: &Holder, until: Until) -> TlsAcceptor {
    let names = der(OCTETS, &[&der(SEQUENCE, &[&der(0x82, &[machine.name.as_bytes()])])]);
    let extension = der(SEQUENCE, &[ALTERNATIVE_NAME, &names]);
    let certificate = signer.signs(machine, &extension, until);
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(machine.pkcs8.clone()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// A name of one part.
fn name(text: &str) -> Vec<u8> {
    let part = der(SEQUENCE, &[COMMON_NAME, &der(0x0c, &[text.as_bytes()])]);
    der(SEQUENCE, &[&der(0x31, &[&part])])
}

/// A tag, a length in as few bytes as it takes, and what is inside.
fn der(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let inside = parts.concat();
    let [high, low] = u16::try_from(inside.len()).unwrap().to_be_bytes();
    let length = match (high, low) {
        (0, 0..=127) => vec![low],
        (0, _) => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [vec![tag], length, inside].concat()
}
