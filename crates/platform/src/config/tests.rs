use super::*;
use std::fs;

/// Loads from a text as file and pairs as environment.
fn load(file: &str, env: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let dir = crate::scratch::Scratch::new("config");
    let path = dir.path().join("tradeplus.toml");
    fs::write(&path, file).unwrap();
    let env =
        env.iter().map(|(k, v)| ((*k).to_owned(), v.replace("{dir}", &dir.path().display().to_string())));
    fs::write(dir.path().join("secret"), "postgres://u:from-file@h/db?sslmode=verify-full\n").unwrap();
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
            ("DATABASE_REPLICA_URLS", "postgres://localhost/x,postgres://127.0.0.1/x"),
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
    assert_eq!(
        config.database.url.as_ref().unwrap().reveal(),
        "postgres://u:from-file@h/db?sslmode=verify-full"
    );
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
    let env = [
        ("DATABASE_URL", "postgres://localhost/d"),
        ("TRADEPLUS_DATABASE__URL", "postgres://localhost/long"),
    ];
    assert_eq!(load("", &env).unwrap().database.url.unwrap().reveal(), "postgres://localhost/long");
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
    let told = faults("[places]\naddresses = '/nowhere/x.mmdb'\n", &[]);
    assert!(told.contains("places.addresses") && told.contains("there is no file /nowhere/x.mmdb"), "{told}");
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
fn stripe_counts_taxes_only_where_payments_are_made_by_it() {
    let counts = "[tax]\nengine = 'stripe'\n";
    let stripe = "[stripe]\nsecret_key = 'sk_test_1'\npublishable_key = 'pk_test_1'\n\
                  webhook_secrets = ['whsec_1', 'whsec_2']\n";
    let (live, paystack) = ("[payments]\nprovider = 'live'\n", "[paystack]\nsecret_key = 'sk_test_1'\n");
    let config = load(&format!("{counts}{live}{stripe}"), &[]).unwrap();
    assert_eq!(config.tax.engine, TaxEngine::Stripe);
    for others in [String::new(), stripe.to_owned(), format!("{live}{paystack}")] {
        let told = faults(&format!("{counts}{others}"), &[]);
        assert!(told.contains("tax.engine") && told.contains("Stripe is not used"), "{told}");
        assert!(told.contains("stripe.secret_key") && told.contains("payments.provider"), "{told}");
    }
}

#[test]
fn what_needs_a_second_person_is_named() {
    assert!(load("", &[]).unwrap().staff.second_person_for.is_empty());
    let all: Vec<String> = SecondPerson::ALL.iter().map(|kind| format!("{:?}", kind.name())).collect();
    let config = load(&format!("[staff]\nsecond_person_for = [{}]\n", all.join(", ")), &[]).unwrap();
    assert_eq!(config.staff.second_person_for, SecondPerson::ALL);
    let config = load("", &[("TRADEPLUS_STAFF__SECOND_PERSON_FOR", "roles, jobs")]).unwrap();
    assert_eq!(config.staff.second_person_for, [SecondPerson::Roles, SecondPerson::Jobs]);
    let told = faults("[staff]\nsecond_person_for = ['roles', 'coffee']\n", &[]);
    assert!(told.contains("staff.second_person_for") && told.contains("unknown variant `coffee`"), "{told}");
    let told = faults("[staff]\nsecond_person_for = ['roles', 'jobs', 'roles']\n", &[]);
    assert!(told.contains("a kind is there twice"), "{told}");
}

#[test]
fn a_public_address_turns_development_off_and_warns() {
    let config = load("[server]\nbase_url = 'http://market.example.org'\n", &[]).unwrap();
    assert!(!config.development);
    let notes = config.notes();
    assert_eq!(notes.len(), 5, "{notes:?}");
    assert!(notes[2].starts_with("operator.name, operator.address, operator.vat_id"), "{notes:?}");
    assert!(notes[3].starts_with("payments.provider is sandbox: no real money"), "{notes:?}");
    assert!(notes[4].contains("staff.alone_up_to"), "{notes:?}");
    for staff in ["second_person_for = ['money']", "alone_up_to = 50000"] {
        let config = load(&format!("{PUBLIC}[staff]\n{staff}\n"), &[]).unwrap();
        assert!(!config.notes().iter().any(|note| note.contains("staff.")), "{staff}");
    }
    assert!(faults("[operator]\ncountry = 'de'\n", &[]).contains("operator.country"));
    assert!(faults("[documents]\nfonts = '/nowhere'\n", &[]).contains("there is no folder /nowhere"));
    let config =
        load("development = true\n[server]\nbase_url = 'https://market.example.org'\n", &[]).unwrap();
    assert!(config.development && config.notes()[0].contains("mail"));
}

/// What leaves this machine is encrypted, and goes to whom it is for; or the operator has said that it need not be.
/// The settings of a marketplace that is not of this machine.
const PUBLIC: &str = "[server]\nbase_url = 'https://market.example'\n";

#[test]
fn other_machines_are_spoken_to_by_tls_alone() {
    for (name, key, url) in [
        ("DATABASE_URL", "database", "postgres://u:p@db/x"),
        ("DATABASE_URL", "database", "postgres://u:p@db/x?sslmode=disable"),
        ("DATABASE_URL", "database", "postgres://u:p@db/x?sslmode=prefer"),
        ("DATABASE_URL", "database", "postgres://u:p@10.0.0.7/x?sslmode=require"),
        ("DATABASE_URL", "database", "postgres://u:p@[2001:db8::1]/x?sslmode=verify-ca"),
        ("DATABASE_URL", "database", "postgres://u:p@localhost/x?host=db"),
        ("DATABASE_REPLICA_URLS", "database", "postgres://localhost/x,postgres://db/x"),
        ("TRADEPLUS_MAIL__SMTP_URL", "mail", "smtp://u:p@mail.example"),
        ("TRADEPLUS_MAIL__SMTP_URL", "mail", "smtp://u:p@mail.example?tls=opportunistic"),
        ("REDIS_URL", "redis", "redis://u:p@10.0.0.7:6379/0"),
        ("REDIS_URL", "redis", "redis://redis"),
    ] {
        let told = faults(PUBLIC, &[(name, url)]);
        assert!(told.starts_with(key) && told.contains("on another machine"), "{url}: {told}");
        assert!(load("", &[(name, url)]).is_ok(), "while developing");
        assert!(
            told.contains(&format!("{key}.allow_plain = true")) && !told.contains("u:p"),
            "{url}: {told}"
        );
        let allowed = load(&format!("{PUBLIC}\n[{key}]\nallow_plain = true\n"), &[(name, url)]).unwrap();
        let note = allowed.notes().concat();
        assert!(note.contains(&format!("{key}.allow_plain is on")), "{note}");
    }
    for (name, url) in [
        ("DATABASE_URL", "postgres://u:p@db/x?sslmode=verify-full"),
        ("DATABASE_URL", "postgres://u:p@localhost/x"),
        ("DATABASE_URL", "postgres://u:p@127.0.0.1:5433/x?sslmode=disable"),
        ("DATABASE_URL", "postgres://u:p@[::1]/x"),
        ("DATABASE_URL", "postgres://u@%2Frun%2Fpostgresql/x"),
        ("DATABASE_URL", "postgres:///x?host=/run/postgresql"),
        ("TRADEPLUS_MAIL__SMTP_URL", "smtps://u:p@mail.example"),
        ("TRADEPLUS_MAIL__SMTP_URL", "smtp://u:p@mail.example:587?tls=required"),
        ("TRADEPLUS_MAIL__SMTP_URL", "smtp://127.0.0.1:25"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("REDIS_URL", "redis://[::1]:6379/0"),
    ] {
        assert!(load(PUBLIC, &[(name, url)]).is_ok(), "{url}");
    }
}

/// It speaks HTTP, which is for the proxy on this machine.
#[test]
fn others_do_not_reach_it_without_tls() {
    let public = PUBLIC;
    for address in ["0.0.0.0:8080", "10.0.0.7:8080", "[::]:8080"] {
        let told = faults(public, &[("TRADEPLUS_SERVER__LISTEN", address)]);
        assert!(told.starts_with("server.listen") && told.contains("server.allow_plain"), "{told}");
        assert!(load("", &[("TRADEPLUS_SERVER__LISTEN", address)]).is_ok(), "while developing");
        let here = load(public, &[]).unwrap();
        assert!(!here.may_listen_on(address.parse().unwrap()), "nor by the command line");
        let allowed = [("TRADEPLUS_SERVER__LISTEN", address), ("TRADEPLUS_SERVER__ALLOW_PLAIN", "true")];
        let allowed = load(public, &allowed).unwrap();
        assert!(allowed.notes().iter().any(|note| note.starts_with("server.allow_plain is on")));
    }
    assert!(load(public, &[("TRADEPLUS_SERVER__LISTEN", "[::1]:8080")]).is_ok());
}

#[test]
fn passwords_that_everybody_knows_are_refused() {
    let public = "[server]\nbase_url = 'https://market.example'\n";
    for (name, key, value) in [
        ("DATABASE_URL", "database.url", "postgres://postgres:postgres@localhost/x"),
        ("DATABASE_URL", "database.url", "postgres://market:market@localhost/x"),
        ("DATABASE_URL", "database.url", "postgres://market@localhost/x?password=Password"),
        ("TRADEPLUS_MAIL__SMTP_URL", "mail.smtp_url", "smtps://noreply:changeme@mail.example"),
        ("REDIS_URL", "redis.url", "redis://default:redis@localhost"),
        ("TRADEPLUS_SMS__TOKEN", "sms.token", "secret"),
    ] {
        let env = [(name, value), ("TRADEPLUS_SMS__URL", "https://sms.example")];
        let told = faults(public, &env);
        assert!(told.starts_with(key) && told.contains("everybody knows this password"), "{value}: {told}");
        assert!(load("", &env).is_ok(), "while developing");
    }
    assert!(load(public, &[("DATABASE_URL", "postgres://market:wh4t-3ver@localhost/x")]).is_ok());
    assert!(load(public, &[("DATABASE_URL", "postgres://market@localhost/x")]).is_ok());
}

#[test]
fn certificates_of_ones_own_are_read_from_files() {
    let told = faults("[database]\nca_file = '/nowhere'\n[mail]\nca_file = '/dev/null'\n", &[]);
    assert!(told.contains("database.ca_file") && told.contains("mail.ca_file"), "{told}");
    let database = Database { ca_file: Some("/etc/our ca.pem".into()), ..Database::default() };
    let address = database.address(&Secret::new("postgres://u@db/x?sslmode=verify-full"));
    assert_eq!(address, "postgres://u@db/x?sslmode=verify-full&sslrootcert=%2Fetc%2Four+ca.pem");
    assert_eq!(Database::default().address(&Secret::new("postgres://u@db/x")), "postgres://u@db/x");
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

/// What stands there in comments is right too, when it is no comment any more.
#[test]
fn the_sections_of_the_example_that_wait_are_right() {
    let example = include_str!("../../../../docs/tradeplus.toml");
    let waits = |line: &str| line.starts_with(|c: char| c == '[' || c.is_ascii_lowercase());
    let all: Vec<&str> = example
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| waits(rest)).unwrap_or(line))
        .collect();
    let config = load(&all.join("\n"), &[]).unwrap();
    assert_eq!(config.payments.provider, PaymentProvider::Live);
    assert!(config.stripe.secret_key.is_some() && config.rates.enabled);
    assert_eq!(config.stripe_currencies(), [kernel::Currency::EUR]);
    assert!(!config.staff.second_person_for.is_empty() && config.staff.alone_up_to.is_some());
    assert_eq!(config.notes(), [""; 0]);
}

#[test]
fn stripe_takes_what_it_settles_as_it_is() {
    let stripe = "[payments]\nprovider = 'live'\n[stripe]\nsecret_key = 'sk_test_1'\npublishable_key = 'pk_test_1'\n\
                  webhook_secrets = ['whsec_1']\n";
    let codes =
        |config: &Config| config.stripe_currencies().iter().map(|it| it.to_string()).collect::<Vec<_>>();
    assert_eq!(codes(&load(&format!("{stripe}[market]\ncurrency = 'SEK'\n"), &[]).unwrap()), ["SEK"]);
    let several = load(&format!("{stripe}currencies = ['USD', 'CAD']\n"), &[]).unwrap();
    assert_eq!(codes(&several), ["USD", "CAD"]);
    assert!(several.notes().iter().any(|note| note.contains("takes EUR")), "{:?}", several.notes());
}
