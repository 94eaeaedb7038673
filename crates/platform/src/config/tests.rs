use super::*;
use std::fs;

/// Loads from a text as file and pairs as environment.
fn load(file: &str, env: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let dir = crate::scratch::Scratch::new("config");
    let path = dir.path().join("tradeplus.toml");
    fs::write(&path, file).unwrap();
    let env =
        env.iter().map(|(k, v)| ((*k).to_owned(), v.replace("{dir}", &dir.path().display().to_string())));
    fs::write(dir.path().join("secret"), "postgres://u:from-file@h/db\n").unwrap();
    Config::load(Some(&path), env, None)
}

fn faults(file: &str, env: &[(&str, &str)]) -> String {
    let faults = load(file, env).expect_err("a mistake");
    faults.iter().map(|f| f.to_string() + "\n").collect()
}

#[test]
fn nothing_configured_is_right() {
    let config = Config::load(None, [], None).unwrap();
    assert_eq!(config.server.listen.to_string(), "127.0.0.1:8080");
    assert!(config.development);
    assert!(config.notes().is_empty());
}

#[test]
fn environment_wins_over_file_and_command_line_over_both() {
    let file = "[server]\nmax_connections = 7\nmax_per_address = 3\n[data]\ndir = 'file'\n";
    let env =
        [("TRADEPLUS_SERVER__MAX_CONNECTIONS", "9"), ("TRADEPLUS_DATA__DIR", "env"), ("TRADEPLUS_DATA", "x")];
    let config = load(file, &env).unwrap();
    assert_eq!((config.server.max_connections, config.server.max_per_address), (9, 3));
    assert_eq!(config.data.dir, PathBuf::from("env"));
    let env = env.map(|(k, v)| (k.to_owned(), v.to_owned()));
    assert_eq!(Config::load(None, env, Some("flag".into())).unwrap().data.dir, PathBuf::from("flag"));
}

#[test]
fn every_type_can_come_from_the_environment() {
    let config = load(
        "",
        &[
            ("TRADEPLUS_SERVER__TRUSTED_PROXIES", "10.0.0.0/8, ::1/128"),
            ("TRADEPLUS_BRAND__NAME", "42"),
            ("TRADEPLUS_DEVELOPMENT", "false"),
            ("TRADEPLUS_MARKET__CURRENCY", "SEK"),
            ("TRADEPLUS_MAIL__MODE", "capture"),
            ("TRADEPLUS_LOG__LEVEL", ""),
            ("DATABASE_REPLICA_URLS", "postgres://a/x,postgres://b/x"),
        ],
    )
    .unwrap();
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.brand.name, "42");
    assert!(!config.development);
    assert_eq!(config.market.currency.code(), "SEK");
    assert_eq!(config.log.level, "info");
    assert_eq!(config.database.replica_urls.len(), 2);
}

#[test]
fn secrets_come_from_files_too_and_stay_hidden() {
    let config = load("", &[("DATABASE_URL_FILE", "{dir}/secret")]).unwrap();
    assert_eq!(config.database.url.as_ref().unwrap().reveal(), "postgres://u:from-file@h/db");
    let shown = format!("{config:?} {}", serde_json::to_string(&config).unwrap());
    assert!(!shown.contains("from-file"));
    let both = faults("", &[("DATABASE_URL", "postgres://u@h/d"), ("DATABASE_URL_FILE", "{dir}/secret")]);
    assert!(both.contains("DATABASE_URL is set as well"), "{both}");
    assert!(faults("", &[("DATABASE_URL_FILE", "{dir}/none")]).contains("cannot be read"));
    let wrong = faults("[database]\nurl = 'hunter2'\n[redis]\nurl = 5\n", &[]);
    assert!(
        wrong.contains("PostgreSQL") && wrong.contains("redis.url") && !wrong.contains("hunter2"),
        "{wrong}"
    );
}

#[test]
fn the_long_name_of_a_variable_wins_over_the_short_one() {
    let env = [("DATABASE_URL", "postgres://short/d"), ("TRADEPLUS_DATABASE__URL", "postgres://long/d")];
    assert_eq!(load("", &env).unwrap().database.url.unwrap().reveal(), "postgres://long/d");
}

#[test]
fn all_mistakes_are_told_at_once_with_their_place_and_a_way_out() {
    let file = "[server]\nlisten = 'here'\nbase_ulr = 'http://x'\n\n[markt]\ncurrency = 'EUR'\n[market]\n\
                currency = 'EURO'\ncommission_bp = 9000\n[mail]\nmode = 'pigeon'\n";
    let told =
        faults(file, &[("TRADEPLUS_SERVER__MAX_CONECTIONS", "5"), ("TRADEPLUS_LIMITS__MULTIPLIER", "0")]);
    for wanted in [
        "tradeplus.toml line 2): invalid socket address",
        "server.base_ulr",
        "line 3): there is no such key. Did you mean server.base_url?",
        "line 5): there is no such section. Did you mean market?",
        "three capital letters",
        "market.commission_bp",
        "unknown variant `pigeon`, expected `capture` or `smtp`",
        "Did you mean TRADEPLUS_SERVER__MAX_CONNECTIONS?",
        "limits.multiplier (environment variable TRADEPLUS_LIMITS__MULTIPLIER): out of range",
    ] {
        assert!(told.contains(wanted), "{wanted:?} is not in\n{told}");
    }
    assert_eq!(told.lines().count(), 8, "{told}");
}

#[test]
fn a_file_that_cannot_be_used_is_named() {
    assert!(faults("[server\n", &[]).contains("tradeplus.toml line 1: not TOML"));
    assert!(faults("server = 5\n", &[]).contains("this is a section"));
    let missing = Config::load(Some(Path::new("/nowhere/x.toml")), [], None).expect_err("a mistake");
    assert!(missing[0].to_string().starts_with("/nowhere/x.toml: the file cannot be read"));
}

#[test]
fn values_must_make_sense_together() {
    let told = faults("[mail]\nmode = 'smtp'\nfrom = 'nobody'\n[brand]\naccent = 'red; } body {'\n", &[]);
    assert!(told.contains("mail.smtp_url (not set): mail.mode is smtp"), "{told}");
    assert!(told.contains("mail.from") && told.contains("brand.accent"), "{told}");
    for url in ["market.example.org", "https://x/", "https://x/shop", "ftp://x", "https://"] {
        assert!(load(&format!("[server]\nbase_url = '{url}'\n"), &[]).is_err(), "{url}");
    }
    for accent in ["#0a7", "#00aa77", "oklch(55% 0.18 260)"] {
        assert!(load(&format!("[brand]\naccent = '{accent}'\n"), &[]).is_ok(), "{accent}");
    }
    assert!(faults("[passwords]\nmemory_kib = 64\n", &[]).contains("passwords.memory_kib"));
}

#[test]
fn providers_come_from_the_file_and_from_the_environment() {
    let file = "[[oidc]]\nid = 'one'\ntitle = 'One'\nissuer = 'https://one.example'\nclient_id = 'c'\n\
                client_secret = 'hunter2'\n[[oidc]]\nid = 'two'\ntitle = 'Two'\nissuer = 'http://localhost:1'\n\
                client_id = 'c'\nscopes = ['openid']\n";
    let config = load(file, &[]).unwrap();
    assert_eq!(config.oidc.iter().map(|o| o.id.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!((config.oidc[0].scopes.len(), config.oidc[1].scopes.len()), (3, 1));
    assert!(!format!("{config:?}").contains("hunter2"));
    let entry = |more: &str| {
        format!(r#"[{{"id":"one","title":"One","issuer":"https://one.example","client_id":"c"{more}}}]"#)
    };
    let given = entry("");
    assert_eq!(load("", &[("TRADEPLUS_OIDC", given.as_str())]).unwrap().oidc.len(), 1);
    for (more, wanted) in [
        (r#","scopes":["email"]"#, "lack openid"),
        (r#","colour":"red""#, "unknown field `colour`"),
        (r#","client_secret_file":"/nowhere""#, "client_secret_file"),
        (r#","issuer":"#, "cannot be read"),
    ] {
        let told = faults("", &[("TRADEPLUS_OIDC", entry(more).as_str())]);
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let public = "[server]\nbase_url = 'https://market.example'\n[[oidc]]\nid = 'A b'\ntitle = 'A'\n\
                  issuer = 'https://a.example'\nclient_id = 'c'\n[[oidc]]\nid = 'b'\ntitle = 'B'\n\
                  issuer = 'http://localhost:1'\nclient_id = 'c'\n[sms]\nurl = 'http://sms.example'\n";
    let told = faults(public, &[]);
    for wanted in ["cannot stand in an address", "\"b\": the issuer cannot be called", "sms.url"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}

#[test]
fn a_public_address_turns_development_off_and_warns() {
    let config = load("[server]\nbase_url = 'http://market.example.org'\n", &[]).unwrap();
    assert!(!config.development);
    assert_eq!(config.notes().len(), 2);
    let config =
        load("development = true\n[server]\nbase_url = 'https://market.example.org'\n", &[]).unwrap();
    assert!(config.development && config.notes()[0].contains("mail"));
}

#[test]
fn the_secrets_are_the_keys_that_hide_themselves() {
    let keys = known_keys();
    for (key, default) in &keys {
        let mut all = serde_json::to_value(Config::default()).unwrap();
        let sample = if default.is_array() { Value::from(vec!["x"]) } else { Value::from("x") };
        set(&mut all, key, sample);
        let hides = serde_json::from_value::<Config>(all)
            .is_ok_and(|c| default_of(&serde_json::to_value(c).unwrap(), key).to_string().contains("***"));
        assert_eq!(hides, layers::is_secret(key), "{key}");
    }
    assert!(layers::SECRETS.iter().all(|key| keys.contains_key(*key)));
    assert!(layers::ALIASES.iter().all(|(key, _)| keys.contains_key(*key)));
}

#[test]
fn the_documentation_lists_every_key_with_its_default_and_names() {
    let page = include_str!("../../../../docs/configuration.md");
    let cell = |text: &str| text.trim().trim_matches('`').to_owned();
    let rows: Vec<Vec<String>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(cell).collect())
        .collect();
    let keys = known_keys();
    let listed: Vec<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(listed, keys.keys().map(String::as_str).collect::<Vec<_>>(), "keys, in alphabetical order");
    for row in &rows {
        let (key, default) = (&row[0], &keys[&row[0]]);
        let shown = if default.is_null() { String::new() } else { default.to_string() };
        assert_eq!(row[1], shown, "default of {key}");
        let alias = layers::ALIASES.iter().find(|(k, _)| k == key).map(|(_, alias)| format!("`, `{alias}"));
        let file = if layers::is_secret(key) { ", `…_FILE`" } else { "" };
        let names = format!("{}{}", layers::variable(key), alias.unwrap_or_default());
        let expected =
            if file.is_empty() { names } else { format!("{names}`{}", file.trim_end_matches('`')) };
        assert_eq!(row[2], expected, "names of {key}");
    }
}

#[test]
fn the_example_file_is_right() {
    let example = include_str!("../../../../docs/tradeplus.toml");
    let config = load(example, &[]).unwrap();
    assert_eq!(config.mail.mode, MailMode::Smtp);
}
