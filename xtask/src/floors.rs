//! Which crate may stand on which: downwards only, and neighbours do not see each other.

use crate::files::root;
use anyhow::Context;
use std::fs;

/// A crate, and the crates of ours it may depend on. `testkit` serves tests and is nobody's but theirs.
const FLOORS: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("platform", &["kernel"]),
    ("images", &["kernel"]),
    ("paper", &[]),
    ("ledger", &["kernel", "platform"]),
    ("search", &[]),
    ("process", &[]),
    ("rings", &[]),
    ("simulator", &["kernel", "platform"]),
    ("people", &["kernel", "platform"]),
    ("treasury", &["kernel", "platform", "ledger", "process", "people", "simulator", "paper"]),
    ("market", &["kernel", "platform", "images", "ledger", "search", "process", "people", "treasury"]),
    ("kit", &["kernel", "platform", "images", "market"]),
    ("site", &["kernel", "platform", "ledger", "market", "kit"]),
    ("api", &["kernel", "platform", "images", "market", "kit"]),
    (
        "tradeplus",
        &[
            "kernel",
            "platform",
            "images",
            "ledger",
            "search",
            "rings",
            "simulator",
            "market",
            "kit",
            "site",
            "api",
        ],
    ),
];

/// A sentence for each dependency that points up or sideways. A crate that has its floor before it is there is passed over.
pub fn check() -> anyhow::Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, allowed) in FLOORS.iter().filter(|(name, _)| root().join("crates").join(name).is_dir()) {
        let path = root().join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let manifest: toml::Table = text.parse()?;
        let wanted = manifest.get("dependencies").and_then(toml::Value::as_table);
        let ours = wanted.into_iter().flat_map(|d| d.keys()).filter(|d| {
            let own = FLOORS.iter().any(|(n, _)| n == d);
            own || ["testkit", "bench", "xtask"].contains(&d.as_str())
        });
        for dependency in ours.filter(|d| !allowed.contains(&d.as_str())) {
            faults.push(format!("crates/{name}/Cargo.toml: {name} may not stand on {dependency}"));
        }
    }
    Ok(faults)
}
