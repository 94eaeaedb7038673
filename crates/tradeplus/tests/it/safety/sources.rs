//! What must not stand in a source: looked for in every file of the repository that ships.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Files below a folder with one of these endings: where they are and what they say.
pub(crate) fn files(below: &str, endings: &[&str]) -> Vec<(String, String)> {
    let root = root();
    let (mut waiting, mut found) = (vec![root.join(below)], Vec::new());
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                if !["target", "node_modules", "vendor", ".git"].iter().any(|not| path.ends_with(not)) {
                    waiting.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(*ending)) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((name, text));
            }
        }
    }
    assert!(!found.is_empty(), "{below}");
    found.sort();
    found
}

/// What ships of a crate's sources: without tests, and without the crates that are for development only.
fn shipped() -> Vec<(String, String)> {
    let apart = ["/tests/", "/tests.rs", "/fixture.rs", "/scratch.rs"];
    files("crates", &[".rs"])
        .into_iter()
        .filter(|(name, _)| name.contains("/src/") && !apart.iter().any(|part| name.contains(part)))
        .filter(|(name, _)| !name.starts_with("crates/testkit/") && !name.starts_with("crates/bench/"))
        .map(|(name, text)| (name, text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned()))
        .collect()
}

/// Lines that hold one of these words, but for those in some files.
fn hits(files: &[(String, String)], words: &[&str], but: &[&str]) -> Vec<String> {
    let others = files.iter().filter(|(name, _)| !but.iter().any(|prefix| name.starts_with(prefix)));
    let lines = others.flat_map(|(name, text)| text.lines().map(move |line| (name, line.trim())));
    let code = lines.filter(|(_, line)| !line.starts_with("//") && !line.starts_with('*'));
    code.filter(|(_, line)| words.iter().any(|word| line.contains(word)))
        .map(|(name, line)| format!("{name}: {line}"))
        .collect()
}

#[track_caller]
fn nowhere(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Every statement is checked when it compiles, with its values apart from its words. The others are in the
/// modules that make the database itself, and none of them holds what somebody typed.
#[test]
fn statements_and_their_values_are_apart() {
    let unchecked =
        ["sqlx::query(", "sqlx::query_as(", "sqlx::query_scalar(", "query_as::<", "query_scalar::<"];
    let built = ["AssertSqlSafe", "QueryBuilder", "raw_sql("];
    let but =
        ["crates/platform/src/migrate.rs", "crates/platform/src/cluster/", "crates/platform/src/vault/"];
    nowhere(&hits(&shipped(), &unchecked, &but));
    nowhere(&hits(&shipped(), &built, &["crates/platform/src/migrate.rs", "crates/platform/src/cluster/"]));
}

/// What may take two is done through the one door that asks for the second person.
#[test]
fn acts_that_may_take_two_have_one_door() {
    let acts = [
        "roles::make(",
        "roles::edit(",
        "roles::delete(",
        "roles::grant(",
        "roles::take(",
        "suspensions::suspend(",
        "suspensions::lift(",
        "looking::begin(",
        "dead_jobs::discard(",
        "jobs::forget(",
    ];
    nowhere(&hits(&shipped(), &acts, &["crates/people/src/staff/", "crates/market/src/approvals/"]));
    // Buyers abandon; the demo tells the past.
    let steps = ["orders::step(", "rules::step("];
    let but = ["crates/market/src/approvals/", "crates/market/src/demo/", "crates/site/src/pay/"];
    nowhere(&hits(&shipped(), &steps, &but));
}

/// No program is started but those of the private database.
#[test]
fn no_other_program_is_started() {
    let words = ["process::Command", "Command::new(", "libc::system", "execve"];
    nowhere(&hits(&shipped(), &words, &["crates/platform/src/cluster/"]));
}

/// Connections go out from `platform` alone, which reads from the settings where to: no address that a member wrote
/// is ever called, and no redirect of a stranger followed.
#[test]
fn the_network_is_platforms() {
    let words =
        ["TcpStream::connect", "reqwest", "ureq::", "hyper_util::client", "lettre::", "UnixStream::connect"];
    nowhere(&hits(&shipped(), &words, &["crates/platform/src/"]));
    let below =
        ["Client::new(", "TcpStream::connect", "reqwest::get", "ureq::get", "redirect::Policy::limited"];
    nowhere(&hits(&shipped(), &below, &["crates/platform/src/outgoing/"]));
}

/// The one place without the compiler's care is the one that becomes another user to start the database.
#[test]
fn memory_is_safe() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"deny\""));
    nowhere(&hits(&shipped(), &["allow(unsafe_code)"], &["crates/platform/src/cluster/account.rs"]));
    for (name, text) in files("crates", &["Cargo.toml"]) {
        assert!(text.contains("[lints]\nworkspace = true"), "{name} keeps to no lints");
    }
    for money in ["kernel", "ledger", "treasury", "market"] {
        let checked = format!("[profile.release.package.{money}]\noverflow-checks = true");
        assert!(manifest.contains(&checked), "{money} counts without looking");
    }
}

/// What is taken is given back by its owner going out of scope; nothing in a source says that something shall stay.
#[test]
fn nothing_is_kept_from_being_freed() {
    let kept = [
        "mem::forget",
        ".leak()",
        "::leak(",
        "ManuallyDrop",
        "MaybeUninit",
        "Box::into_raw",
        "Arc::into_raw",
    ];
    nowhere(&hits(&shipped(), &kept, &[]));
}

/// Every library is listed with its version and what it must hash to, comes from the one registry, and is built as
/// listed. Why each is there says `docs/dependencies.md`, to which a check sees.
#[test]
fn libraries_are_listed_and_from_one_place() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let all: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    let field = |part: &str, name: &str| {
        let start = format!("{name} = \"");
        let line = part.lines().find_map(|line| line.strip_prefix(&start));
        line.map(|rest| rest.trim_end_matches('"').to_owned())
    };
    assert!(all.len() > 100, "{}", all.len());
    for part in all {
        let name = field(part, "name").unwrap();
        let ours = name == "xtask" || root().join("crates").join(&name).is_dir();
        match field(part, "source") {
            None => assert!(ours, "{name} is from nowhere"),
            Some(place) => {
                assert_eq!(place, "registry+https://github.com/rust-lang/crates.io-index", "{name}");
                assert!(field(part, "checksum").is_some_and(|sum| sum.len() == 64), "{name}");
            }
        }
    }
    for (name, text) in files("bin", &[""]) {
        for line in text.lines().filter(|line| line.contains("cargo build") && !line.starts_with('#')) {
            assert!(line.contains("--locked"), "{name}: {line}");
        }
    }
    let tools = fs::read_to_string(root().join("package-lock.json")).unwrap();
    let tools: serde_json::Value = serde_json::from_str(&tools).unwrap();
    for (name, tool) in tools["packages"].as_object().unwrap().iter().filter(|(name, _)| !name.is_empty()) {
        assert!(tool["integrity"].as_str().is_some_and(|sum| sum.starts_with("sha512-")), "{name}");
    }
}

/// Scripts make no code, write no markup, hear no other window, and compare what is the same kind.
#[test]
fn scripts_stay_simple() {
    let scripts = files("web/js", &[".js"]);
    let code =
        ["eval(", "new Function", "document.write", "setTimeout(\"", "setInterval(\"", "import(\"http"];
    let markup = ["innerHTML", "outerHTML", "insertAdjacentHTML", "createContextualFragment", "srcdoc"];
    let windows = ["postMessage", "addEventListener(\"message", "onmessage", "window.opener"];
    let loose = [" == ", " != ", "__proto__", ".prototype[", "setPrototypeOf"];
    let kept = ["sessionStorage", "indexedDB", "document.cookie", "caches.", "serviceWorker"];
    for words in [&code[..], &markup[..], &windows[..], &loose[..], &kept[..]] {
        nowhere(&hits(&scripts, words, &[]));
    }
    // What somebody typed and could not be sent is kept by this one until they leave; never a password.
    nowhere(&hits(&scripts, &["localStorage"], &["web/js/el/auto-save.js"]));
    let (_, keeper) = scripts.iter().find(|(name, _)| name.ends_with("auto-save.js")).unwrap();
    assert!(keeper.contains("!/hidden|password|file"), "it keeps too much");
    // The one policy that makes markup of text is fed by our own pages only.
    let makers = hits(&scripts, &["createPolicy", "DOMParser"], &[]);
    assert!(makers.iter().all(|line| line.starts_with("web/js/swap.js")), "{makers:?}");
}

/// Of a form that is kept while its sender signs in, no field is for what opens something or pays.
#[test]
fn fields_for_secrets_are_never_kept() {
    let quoted = |text: &str| text.split('"').nth(1).unwrap_or_default().to_owned();
    let mut found: Vec<String> = ["number", "expiry", "cvc"].map(str::to_owned).into();
    for (_, text) in files("crates/site/src", &[".rs"]) {
        found.extend(text.split("password(say, filled, ").skip(1).map(quoted));
        for line in text.lines().filter(|line| line.contains("one-time-code")) {
            found.extend(line.split("(say, filled, ").skip(1).map(quoted));
        }
    }
    assert!(found.len() > 12, "{found:?}");
    for field in found {
        assert!(kit::kept::NEVER.contains(&field.as_str()), "{field} would be kept");
    }
}

/// Passwords make no keys; nothing trusts an old hash; nothing makes a cipher of its own.
#[test]
fn crypto_has_one_place() {
    let words = ["argon2::", "Aes256Gcm", "aes_gcm::", "Hmac<", "hmac::", "chacha20"];
    nowhere(&hits(&shipped(), &words, &["crates/platform/src/crypto/"]));
    let (hashers, others): (Vec<_>, Vec<_>) = files("crates/platform/src/crypto", &[".rs"])
        .into_iter()
        .partition(|(name, _)| name.ends_with("/hasher.rs") || name.ends_with("/tuning.rs"));
    assert_eq!(hashers.len(), 2, "what hashes passwords, and what measures how long that takes");
    nowhere(&hits(&others, &["argon2::"], &[]));
    for (name, text) in files("crates", &["Cargo.toml"]) {
        let lines = text.lines().map(|line| line.split(['.', ' ', '=']).next().unwrap_or_default());
        let weak =
            ["md5", "md-5", "sha1", "sha-1", "des", "rc4", "blowfish", "rsa", "ecb", "openssl", "native-tls"];
        let found: Vec<&str> = lines.filter(|library| weak.contains(library)).collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

/// The log is written in one place, to standard error; nothing else prints.
#[test]
fn the_log_goes_to_one_place() {
    nowhere(&hits(
        &shipped(),
        &["tracing_subscriber::fmt()", "with_writer("],
        &["crates/platform/src/telemetry.rs"],
    ));
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("print_stdout = \"deny\"") && manifest.contains("print_stderr = \"deny\""));
}

/// No key, password or token of a service stands in a file.
#[test]
fn no_secret_stands_in_a_file() {
    // Written apart, so that this file does not hold them itself.
    let marks = [
        ["-----BEGIN ", "PRIVATE"],
        ["-----BEGIN RSA", " "],
        ["AK", "IA"],
        ["gh", "p_"],
        ["xox", "b-"],
        ["sk_", "live_"],
    ];
    let marks: Vec<String> = marks.iter().map(|parts| parts.concat()).collect();
    let endings = [".rs", ".toml", ".ts", ".js", ".sh", ".md", ".sql", ".json", ".yml", ".ftl"];
    let mut found = Vec::new();
    for folder in ["crates", "web", "e2e", "docs", "migrations", "messages", "xtask"] {
        for (name, text) in files(folder, &endings) {
            found.extend(marks.iter().filter(|m| text.contains(m.as_str())).map(|m| format!("{name}: {m}")));
        }
    }
    nowhere(&found);
}
