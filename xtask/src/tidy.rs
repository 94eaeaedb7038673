//! What the compiler does not see: the order of modules, where SQL stands, lengths, words that must not ship,
//! and a reason for every library.

use crate::files::{root, tracked};
use crate::floors;
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs;

/// Lines of a file of Rust, tests apart.
const LINES_MAX: usize = 400;
/// Characters of a line of Rust. The formatter keeps to 110; it cannot break what stands in `html!`.
const WIDTH_MAX: usize = 140;

/// Everything that is not as it should be, one sentence each.
pub fn check() -> anyhow::Result<Vec<String>> {
    let mut faults = floors::check()?;
    let files = tracked()?;
    for path in files.iter().filter(|p| p.ends_with(".rs")) {
        let text = fs::read_to_string(root().join(path)).with_context(|| path.clone())?;
        faults.extend(lengths(path, &text));
        faults.extend(words(path, &text));
        faults.extend(placed_sql(path, &text));
        if path.ends_with("src/lib.rs") {
            faults.extend(storeys(path, &text, &files)?);
        }
    }
    faults.extend(unexplained_libraries(&files)?);
    Ok(faults)
}

fn is_test(path: &str) -> bool {
    ["/tests/", "/tests.rs", "/testkit/", "/fixture.rs", "/scratch.rs", "/bench/"]
        .iter()
        .any(|t| path.contains(t))
}

fn lengths(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > LINES_MAX && !is_test(path) {
        faults.push(format!("{path}: {lines} lines; split it by noun below {LINES_MAX}"));
    }
    for (n, line) in text.lines().enumerate() {
        // A long text in quotes cannot be broken by the formatter.
        if line.chars().count() > WIDTH_MAX && !line.contains('"') && !line.trim_start().starts_with("//") {
            faults.push(format!("{path}:{}: a line of more than {WIDTH_MAX} characters", n + 1));
        }
    }
    faults
}

fn words(path: &str, text: &str) -> Vec<String> {
    // Written apart, so that this file does not hold them itself.
    let banned = [["to", "do!("], ["TO", "DO"], ["FIX", "ME"], ["dbg", "!("], ["unimple", "mented!("]];
    let hit = |line: &str| banned.iter().any(|word| line.contains(&word.concat()));
    let found = text.lines().enumerate().filter(|(_, line)| hit(line));
    found.map(|(n, _)| format!("{path}:{}: finish it, or take it out", n + 1)).collect()
}

/// In the product, SQL stands in `store.rs` and in folders of that name.
fn placed_sql(path: &str, text: &str) -> Option<String> {
    let above = ["simulator", "people", "treasury", "market", "kit", "site", "api"];
    let product = above.iter().any(|name| path.starts_with(&format!("crates/{name}/src/")));
    let allowed = path.ends_with("/store.rs") || path.contains("/store/") || is_test(path);
    let has = text.contains("sqlx::query");
    (product && has && !allowed).then(|| format!("{path}: SQL stands in store.rs only"))
}

/// A module uses only modules declared above it.
fn storeys(path: &str, text: &str, files: &[String]) -> anyhow::Result<Vec<String>> {
    let folder = path.trim_end_matches("lib.rs");
    let name = |line: &str| {
        let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')).map(str::to_owned)
    };
    let mut cfg_test = false;
    let mut order = Vec::new();
    for line in text.lines().map(str::trim) {
        match name(line) {
            Some(module) if !cfg_test => order.push(module),
            _ => {}
        }
        cfg_test = line.starts_with("#[cfg(test)]");
    }
    let mut faults = Vec::new();
    for (at, module) in order.iter().enumerate() {
        let own = |f: &&String| {
            **f == format!("{folder}{module}.rs") || f.starts_with(&format!("{folder}{module}/"))
        };
        for file in files.iter().filter(own).filter(|f| !is_test(f)) {
            let source = fs::read_to_string(root().join(file))?;
            // What follows a file's own tests is not the product.
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            for above in order.iter().skip(at + 1).filter(|m| uses(source, m)) {
                faults.push(format!("{file}: {module} uses {above}, which stands below it in {path}"));
            }
        }
    }
    Ok(faults)
}

/// Whether a source names `crate::module`, alone or in braces.
fn uses(source: &str, module: &str) -> bool {
    let word = |rest: &str| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest[..end].to_owned()
    };
    let code = source.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let direct = code.split("crate::").skip(1).any(|rest| word(rest) == module);
    let braced = code.split("crate::{").skip(1).any(|rest| {
        let inside = rest.split(';').next().unwrap_or_default();
        let mut depth = 0;
        let mut heads = vec![String::new()];
        for c in inside.chars() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => heads.push(String::new()),
                c if depth == 0 => heads.last_mut().map_or((), |h| h.push(c)),
                _ => {}
            }
        }
        heads.iter().any(|h| word(h.trim()) == module)
    });
    direct || braced
}

/// Every library has its line in docs/dependencies.md, and every line its library.
fn unexplained_libraries(files: &[String]) -> anyhow::Result<Vec<String>> {
    let mut used = BTreeSet::new();
    for manifest in files.iter().filter(|f| f.ends_with("/Cargo.toml")) {
        let table: toml::Table = fs::read_to_string(root().join(manifest))?.parse()?;
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let names = table.get(kind).and_then(toml::Value::as_table);
            used.extend(names.into_iter().flat_map(|n| n.keys().cloned()));
        }
    }
    used.retain(|name| !root().join("crates").join(name).is_dir());
    let page = fs::read_to_string(root().join("docs/dependencies.md"))?;
    let explained: BTreeSet<String> = page
        .lines()
        .filter_map(|line| Some(line.strip_prefix("| ")?.split(" |").next()?.to_owned()))
        .filter(|name| name != "library" && !name.starts_with("---"))
        .collect();
    let missing = used.difference(&explained).map(|n| format!("docs/dependencies.md: say why {n} is there"));
    let idle = explained.difference(&used).map(|n| format!("docs/dependencies.md: {n} is not used any more"));
    Ok(missing.chain(idle).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_source_uses() {
        assert!(uses("use crate::orders::rules;", "orders"));
        assert!(uses("use crate::{accounts, orders::{rules, model}};", "orders"));
        assert!(!uses("use crate::{accounts::{orders}, carts};", "orders"));
        assert!(!uses("// crate::orders", "orders"));
        assert!(!uses("use crate::orders_old;", "orders"));
    }

    #[test]
    fn sql_has_its_place() {
        assert!(placed_sql("crates/market/src/carts/rules.rs", "sqlx::query!(..)").is_some());
        assert!(placed_sql("crates/people/src/accounts/rules.rs", "sqlx::query!(..)").is_some());
        assert!(placed_sql("crates/market/src/carts/store.rs", "sqlx::query!(..)").is_none());
        assert!(placed_sql("crates/platform/src/events.rs", "sqlx::query!(..)").is_none());
    }

    #[test]
    fn files_are_one_sitting() {
        assert_eq!(lengths("a.rs", &"x\n".repeat(LINES_MAX)).len(), 0);
        assert_eq!(lengths("a.rs", &"x\n".repeat(LINES_MAX + 1)).len(), 1);
    }
}
