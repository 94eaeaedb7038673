use super::table::{Table, V4_FILE, V6_FILE};
use super::*;
use crate::scratch::Scratch;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};
use std::fs;

fn built_in(address: &str) -> Option<String> {
    Atlas::default().find(address).map(|place| {
        assert!(place.town.is_empty(), "the list knows countries only");
        place.country.code().to_owned()
    })
}

#[test]
fn well_known_networks_have_their_countries() {
    for (address, country) in [
        ("8.8.8.8", "US"),
        ("91.0.0.1", "DE"),
        ("82.64.0.1", "FR"),
        ("81.2.69.142", "GB"),
        ("80.110.0.1", "AT"),
        ("195.176.0.1", "CH"),
        ("201.10.0.1", "BR"),
        ("41.58.0.1", "NG"),
        ("193.0.6.139", "NL"),
        ("2003::1", "DE"),
        ("2a01:e00::1", "FR"),
        ("2001:67c:2e8:22::c100:68b", "NL"),
        ("2001:200::1", "JP"),
        // An IPv4 address as IPv6 writes it, and networks as they are noted beside API keys.
        ("::ffff:91.0.0.1", "DE"),
        ("2003:0:0:1::/64", "DE"),
        ("91.0.0.0/24", "DE"),
    ] {
        assert_eq!(built_in(address).as_deref(), Some(country), "{address}");
    }
}

#[test]
fn nothing_is_said_of_addresses_of_ones_own_nor_of_what_is_none() {
    for address in [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "169.254.1.1",
        "192.0.2.7",
        "198.51.100.7",
        "224.0.0.1",
        "255.255.255.255",
        "0.0.0.0",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fd00::1",
        "2001:db8::1",
        "2001:db8::/64",
        "",
        "/",
        "somewhere",
        "91.0.0",
        "91.0.0.1:443",
    ] {
        assert_eq!(built_in(address), None, "{address}");
    }
}

/// What the list costs. Whoever renews it looks at these numbers, and at those in the documentation.
#[test]
fn the_list_is_small() {
    let (v4, v6) = (Table::<u32>::unpack(V4_FILE), Table::<u64>::unpack(V6_FILE));
    assert_eq!((v4.len(), v6.len()), (304_827, 123_963));
    let packed = V4_FILE.len() + V6_FILE.len();
    assert!(packed < 512 * 1024, "{packed} bytes in the program");
    let unpacked = v4.len() * (4 + 1) + v6.len() * (8 + 1);
    assert!(unpacked < 3 * 1024 * 1024, "{unpacked} bytes in memory");
}

/// As `bin/atlas.mjs` writes it.
fn pack(steps: &[(u64, usize)], codes: &[&str]) -> Vec<u8> {
    let mut bytes = b"tpatlas1".to_vec();
    bytes.push(u8::try_from(codes.len()).unwrap());
    bytes.extend(codes.concat().bytes());
    let mut varint = |mut number: u64| {
        while number > 0x7f {
            bytes.push((number & 0x7f) as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    };
    varint(steps.len() as u64);
    let mut before = 0;
    for (start, _) in steps {
        varint(start - before);
        before = *start;
    }
    bytes.extend(steps.iter().map(|(_, owner)| *owner as u8));
    bytes
}

/// Against looking at every step.
#[test]
fn a_table_answers_as_a_list_does() {
    const CODES: [&str; 3] = ["DE", "FR", "NL"];
    let config = Config { cases: 500, failure_persistence: None, ..Config::default() };
    let seed = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let start = prop_oneof![0..300_u64, 65_000..70_000_u64, Just(u64::from(u32::MAX))];
    let steps = proptest::collection::btree_map(start.clone(), 0..=CODES.len(), 0..20);
    let asked = proptest::collection::vec(start, 1..40);
    let outcome = TestRunner::new_with_rng(config, seed).run(&(steps, asked), |(steps, asked)| {
        let steps: Vec<(u64, usize)> = steps.into_iter().collect();
        let bytes = pack(&steps, &CODES);
        let (small, large) = (Table::<u32>::read(&bytes).unwrap(), Table::<u64>::read(&bytes).unwrap());
        for at in asked {
            let owner = steps.iter().rev().find(|(start, _)| *start <= at).map_or(0, |(_, owner)| *owner);
            let country = owner.checked_sub(1).map(|n| Country::read(CODES[n]).unwrap());
            prop_assert_eq!(large.find(at), country);
            prop_assert_eq!(small.find(u32::try_from(at).unwrap()), country);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn a_broken_list_is_none() {
    let good = pack(&[(5, 1), (300, 0)], &["DE"]);
    assert!(Table::<u32>::read(&good).is_some());
    for end in 0..good.len() {
        assert!(Table::<u32>::read(&good[..end]).is_none(), "the first {end} bytes");
    }
    assert!(
        Table::<u32>::read(&[good.as_slice(), b"x"].concat()).is_none(),
        "there is more than there should be"
    );
    assert!(Table::<u32>::read(&pack(&[(1 << 32, 1)], &["DE"])).is_none(), "no IPv4 address is so large");
    assert!(Table::<u32>::read(&pack(&[], &["de"])).is_none(), "codes have capital letters");
    assert_eq!(Table::<u32>::unpack(b"no brotli").len(), 0);
}

/// A file of the MaxMind DB format 2.0: networks of IPv4 and what is known of each.
fn mmdb(kind: &str, networks: &[(&str, Value)]) -> Vec<u8> {
    #[derive(Clone, Copy)]
    enum Next {
        Nothing,
        Node(usize),
        Data(usize),
    }
    let mut nodes = vec![[Next::Nothing; 2]];
    let mut data: Vec<u8> = Vec::new();
    for (network, value) in networks {
        let network: ipnet::Ipv4Net = network.parse().unwrap();
        let found = Next::Data(data.len());
        encode(value, &mut data);
        let mut at = 0;
        for level in 1..=network.prefix_len() {
            let side = (network.network().to_bits() >> (32 - level) & 1) as usize;
            if level == network.prefix_len() {
                nodes[at][side] = found;
            } else if let Next::Node(next) = nodes[at][side] {
                at = next;
            } else {
                nodes[at][side] = Next::Node(nodes.len());
                at = nodes.len();
                nodes.push([Next::Nothing; 2]);
            }
        }
    }
    let mut file: Vec<u8> = Vec::new();
    for next in nodes.iter().flatten() {
        let record = match *next {
            Next::Nothing => nodes.len(),
            Next::Node(node) => node,
            Next::Data(at) => nodes.len() + 16 + at,
        };
        file.extend(&u32::try_from(record).unwrap().to_be_bytes()[1..]);
    }
    file.extend([0_u8; 16]);
    file.extend(data);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    head(7, 9, &mut file);
    for (key, type_of_number, number) in [
        ("binary_format_major_version", 5, 2),
        ("binary_format_minor_version", 5, 0),
        ("build_epoch", 9, 1_780_000_000),
        ("ip_version", 5, 4),
        ("node_count", 6, nodes.len() as u64),
        ("record_size", 5, 24),
    ] {
        encode(&json!(key), &mut file);
        let bytes: Vec<u8> = number.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        head(type_of_number, bytes.len(), &mut file);
        file.extend(bytes);
    }
    for (key, value) in [
        ("database_type", json!(kind)),
        ("description", json!({ "en": "Places of a test" })),
        ("languages", json!(["de", "en"])),
    ] {
        encode(&json!(key), &mut file);
        encode(&value, &mut file);
    }
    file
}

/// Texts, maps and lists of them.
fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::String(text) => {
            head(2, text.len(), out);
            out.extend(text.bytes());
        }
        Value::Object(fields) => {
            head(7, fields.len(), out);
            for (key, value) in fields {
                encode(&json!(key), out);
                encode(value, out);
            }
        }
        Value::Array(items) => {
            head(11, items.len(), out);
            items.iter().for_each(|item| encode(item, out));
        }
        other => panic!("{other} is not written here"),
    }
}

/// What stands before a value: its type and its size, up to 284.
fn head(kind: u8, size: usize, out: &mut Vec<u8>) {
    let short = u8::try_from(size.min(29)).unwrap();
    if kind <= 7 {
        out.push(kind << 5 | short);
    } else {
        out.extend([short, kind - 7]);
    }
    if size >= 29 {
        out.push(u8::try_from(size - 29).unwrap());
    }
}

/// Of the file of a test with these bytes. The folder must outlive what reads it.
fn atlas_of(bytes: &[u8]) -> (Scratch, Result<Atlas, AtlasError>) {
    let dir = Scratch::new("atlas");
    let path = dir.path().join("places.mmdb");
    fs::write(&path, bytes).unwrap();
    let atlas = Atlas::load(&Places { addresses: Some(path) });
    (dir, atlas)
}

fn towns(kind: &str) -> Vec<u8> {
    let lyon = json!({ "country": { "iso_code": "FR", "names": { "en": "France" } }, "city": { "names": { "en": "Lyon" } } });
    let cologne =
        json!({ "country": { "iso_code": "DE" }, "city": { "names": { "de": "Köln", "en": "Cologne" } } });
    mmdb(
        kind,
        &[
            ("82.64.0.0/16", lyon),
            ("91.0.0.0/24", cologne),
            ("91.0.1.0/24", json!({ "country": { "iso_code": "LU" } })),
            ("91.0.2.0/24", json!({ "country": { "iso_code": "nowhere" } })),
            ("91.0.3.0/24", json!({ "country": "DE" })),
            ("10.0.0.0/8", json!({ "country": { "iso_code": "DE" } })),
        ],
    )
}

#[test]
fn a_file_of_ones_own_knows_towns() {
    let (_dir, atlas) = atlas_of(&towns("GeoIP2-City"));
    let atlas = atlas.unwrap();
    let told = |address: &str, lang: &str| {
        atlas
            .find(address)
            .map(|place| (place.country.code().to_owned(), place.town_in(lang).map(str::to_owned)))
    };
    let of = |country: &str, town: Option<&str>| Some((country.to_owned(), town.map(str::to_owned)));
    assert_eq!(told("91.0.0.1", "de"), of("DE", Some("Köln")));
    assert_eq!(told("91.0.0.1", "en"), of("DE", Some("Cologne")));
    assert_eq!(
        told("::ffff:91.0.0.1", "fr"),
        of("DE", Some("Cologne")),
        "English where a language is missing"
    );
    assert_eq!(told("82.64.200.1", "de"), of("FR", Some("Lyon")));
    assert_eq!(told("91.0.1.1", "de"), of("LU", None), "its word counts more than that of the list");
    // What it does not know, or says in a way that is not understood, the list knows.
    for address in ["91.0.2.1", "91.0.3.1", "91.0.4.1", "2003::1"] {
        assert_eq!(told(address, "de"), of("DE", None), "{address}");
    }
    assert_eq!(told("10.0.0.1", "de"), None, "a network of one's own is nowhere");
    assert_eq!(atlas.verify().unwrap(), Some("GeoIP2-City"));
    assert_eq!(Atlas::default().verify().unwrap(), None);
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_the_reason() {
    let told = |bytes: &[u8]| {
        let (_dir, atlas) = atlas_of(bytes);
        atlas.unwrap_err().to_string()
    };
    let asn =
        mmdb("GeoLite2-ASN", &[("91.0.0.0/24", json!({ "autonomous_system_organization": "Somebody" }))]);
    let no_countries = told(&asn);
    assert!(no_countries.contains("places.mmdb") && no_countries.contains("GeoLite2-ASN"), "{no_countries}");
    for bytes in [&b""[..], b"PK\x03\x04", &towns("x")[..200]] {
        let told = told(bytes);
        assert!(told.starts_with("places.addresses: ") && told.contains("cannot be used"), "{told}");
    }
    let missing = Atlas::load(&Places { addresses: Some("/nowhere/x.mmdb".into()) }).unwrap_err().to_string();
    assert!(missing.contains("/nowhere/x.mmdb"), "{missing}");
}

#[test]
fn who_wants_to_be_named_is() {
    let credit = |kind: &str| atlas_of(&towns(kind)).1.unwrap().credit().map(|credit| credit.url);
    assert_eq!(credit("DBIP-City-Lite"), Some("https://db-ip.com"));
    assert_eq!(credit("GeoLite2-City"), Some("https://www.maxmind.com"));
    assert_eq!(credit("GeoIP2-City"), None);
    assert_eq!(Atlas::default().credit(), None);
}
