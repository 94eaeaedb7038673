//! The commands that operators type: what they print, how they end, and what they say when they are typed wrong.

use kernel::Currency;
use ledger::Account;
use market::documents::jobs::{self, Render};
use platform::objects::Objects;
use serde_json::Value;
use simulator::money::{self, NewLine};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;
use testkit::{Person, Town};
use tokio::process::Command;

/// What the company put in, so that its expenses are not others' money.
const FLOAT: i64 = 1_000_000;

/// A marketplace with one sale, and the program beside it with files of its own.
struct Desk {
    town: Town,
    ann: Person,
    /// The number of the order.
    number: String,
}

/// How a command ended.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Ended {
    /// It ended so.
    #[track_caller]
    fn with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    /// It printed all of this.
    #[track_caller]
    fn prints(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.out.contains(part), "{part} is not in:\n{}", self.out);
        }
        self
    }

    /// It refused, and said why.
    #[track_caller]
    fn refuses(self, code: i32, why: &str) {
        let ended = self.with(code);
        assert!(ended.err.contains(why), "{why} is not in:\n{}", ended.err);
        assert!(ended.out.is_empty(), "{}", ended.out);
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

impl Desk {
    /// Ben has bought a lamp of Ann's, and everything is hers.
    async fn new() -> Self {
        let town = Town::new().await;
        let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
        let deal = ben.buys(&ann.listing("Lamp").live().await).await;
        ben.pays(&deal).await;
        ann.takes(deal.order(), "ship").await;
        let number = ben.takes(deal.order(), "confirm_early").await.number;
        town.run_jobs().await;
        Self { town, ann, number }
    }

    /// The folder of its files.
    fn data(&self) -> PathBuf {
        self.town.place().data.join("desk")
    }

    /// Types a command, as who runs this marketplace.
    async fn types(&self, arguments: &[&str]) -> Ended {
        let place = self.town.place();
        std::fs::create_dir_all(self.data()).unwrap();
        let mut command = bare();
        command
            .arg("--data")
            .arg(self.data())
            .args(arguments)
            .env("DATABASE_URL", &place.owner_url)
            .env("TRADEPLUS_DATABASE__APP_URL", &place.app_url)
            .env("TRADEPLUS_OPERATOR__NAME", "Market & Sons")
            .env("TRADEPLUS_OPERATOR__ADDRESS", "1 Main Street, Berlin")
            .env("TRADEPLUS_TAX__NUMBER", "12/345/67890");
        ended(command).await
    }

    /// A line stands on the provider's statement of which nobody here knows.
    async fn gets_a_strange_line(&self) {
        let line = NewLine {
            account: "",
            kind: "moon_phase",
            category: "other_adjustment",
            amount: 700,
            fee: 0,
            currency: "eur",
            source: "moon_1",
            description: None,
            available_on: 0,
        };
        let sim = self.town.sim();
        let mut work = sim.world().work().await.unwrap();
        money::write(&mut work, &line).await.unwrap();
        work.commit().await.unwrap();
    }
}

/// The program without any setting of who runs the tests.
fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradeplus"));
    for (setting, _) in std::env::vars() {
        if ["TRADEPLUS_", "DATABASE_", "REDIS_"].iter().any(|begins| setting.starts_with(begins)) {
            command.env_remove(setting);
        }
    }
    command
}

async fn ended(mut command: Command) -> Ended {
    let done = command.stdin(Stdio::null()).kill_on_drop(true).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ended { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

#[tokio::test]
async fn reconcile_ends_well_only_when_everything_agrees() {
    let desk = Desk::new().await;
    desk.town.sim().fills_up(FLOAT).await;
    desk.types(&["reconcile"]).await.with(0).prints(&["sandbox: ", "everything agrees"]);
    let told = desk.types(&["reconcile", "--provider", "sandbox", "--json"]).await.with(0).json();
    assert_eq!((told.as_array().unwrap().len(), &told[0]["provider"]), (1, &Value::from("sandbox")));
    desk.types(&["reconcile", "--provider", "nobody"]).await.refuses(1, "there is no such provider");
}

#[tokio::test]
async fn reconcile_fails_as_long_as_something_is_open() {
    let desk = Desk::new().await;
    desk.town.sim().fills_up(FLOAT).await;
    desk.gets_a_strange_line().await;
    desk.types(&["reconcile"]).await.with(1).prints(&["FOUND  line_unexplained", "1 to suspense"]);
    desk.types(&["reconcile"]).await.with(1).prints(&["FOUND  line_unexplained", "0 to suspense"]);
}

#[tokio::test]
async fn reports_are_written_for_their_owner_alone() {
    let desk = Desk::new().await;
    let to = desk.data().join("reports");
    std::fs::create_dir_all(&to).unwrap();
    let folder = to.to_str().unwrap();
    let make = ["reports", "make", "--year", "2025", "--kind", "dac7", "--to", folder];
    desk.types(&make).await.with(0).prints(&[folder, "nothing, 0 sellers, SHA-256 "]);
    let files: Vec<PathBuf> = std::fs::read_dir(&to).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    assert_eq!(std::fs::metadata(&files[0]).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(std::fs::read_to_string(&files[0]).unwrap().contains("Market &amp; Sons"));

    desk.types(&make).await.refuses(1, "tradeplus: ");
    let of = |kind, year| ["reports", "make", "--year", year, "--kind", kind, "--to", folder];
    desk.types(&of("dac7", "2999")).await.refuses(1, "Only years that are over can be reported");
    desk.types(&of("dac8", "2025")).await.refuses(1, "--kind dac8: write dac7 or 1099k");
    desk.types(&of("dac7", "last")).await.refuses(2, "invalid value 'last' for '--year <YEAR>'");
    desk.types(&["reports", "make", "--kind", "dac7"]).await.refuses(2, "--year <YEAR>");
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 1);
}

#[tokio::test]
async fn rates_are_read_from_a_file() {
    let desk = Desk::new().await;
    std::fs::create_dir_all(desk.data()).unwrap();
    let [good, bad, none] = ["good.xml", "bad.xml", "none.xml"].map(|name| desk.data().join(name));
    let text = "<gesmes:Envelope><Cube><Cube time='2026-02-27'><Cube currency='USD' rate='1.1000'/>\
        <Cube currency='JPY' rate='160'/></Cube></Cube></gesmes:Envelope>";
    std::fs::write(&good, text).unwrap();
    std::fs::write(&bad, "<html><body>Not found</body></html>").unwrap();
    let import = async |file: &PathBuf| desk.types(&["rates", "import", file.to_str().unwrap()]).await;
    import(&good).await.with(0).prints(&["2026-02-27: 2 rates kept"]);
    import(&good).await.with(0).prints(&["2026-02-27: 0 rates kept"]);
    import(&none).await.refuses(1, "none.xml cannot be read");
    import(&bad).await.refuses(1, "bad.xml was not kept: not a file of the European Central Bank's rates");
    desk.types(&["rates", "import"]).await.refuses(2, "<FILE>");
    assert_eq!(desk.town.count("select count(*) from fx_rates").await, 2);
}

#[tokio::test]
async fn documents_are_made_again_and_compared() {
    let desk = Desk::new().await;
    desk.types(&["documents", "check"]).await.with(0).prints(&["2 have no file yet"]);
    let (town, objects) = (&desk.town, Objects::local(&desk.data().join("objects")).unwrap());
    jobs::render(&town.db, &objects, &town.market.press, Render {}).await.unwrap();
    let fine = ["2 documents, 2 files made again and compared", "ok: numbers without gaps"];
    desk.types(&["documents", "check"]).await.with(0).prints(&fine);
    let key: String = sqlx::query_scalar("select pdf_key from documents order by label limit 1")
        .fetch_one(&town.owner)
        .await
        .unwrap();
    objects.put(&key, "%PDF-no".into(), "application/pdf").await.unwrap();
    desk.types(&["documents", "check"]).await.with(1).prints(&["WRONG:", &key, "was changed"]);
    let told = desk.types(&["documents", "check", "--json"]).await.with(1).json();
    assert_eq!((&told["documents"], told["faults"].as_array().unwrap().len()), (&Value::from(2), 1));
}

#[tokio::test]
async fn the_books_are_shown_by_order_member_and_account() {
    let desk = Desk::new().await;
    let (number, ann) = (desk.number.as_str(), desk.ann.id);
    let handle: String = sqlx::query_scalar("select handle from members where member_id = $1")
        .bind(ann.0)
        .fetch_one(&desk.town.owner)
        .await
        .unwrap();
    let (payable, shown) = (Account::SellerPayable(ann), Account::SellerPayable(ann).to_string());
    let code = payable.code(Currency::EUR);
    let show = async |what: &str, name: &str| desk.types(&["ledger", "show", what, name]).await;
    show("order", number).await.with(0).prints(&["stands", "debit", "pay", "release", "L:escrow:", "15.30"]);
    show("member", &handle).await.with(0).prints(&[&shown, "EUR", "release"]);
    show("member", &format!("@{handle}")).await.with(0).prints(&[&shown]);
    show("account", &code).await.with(0).prints(&[&shown, "EUR", "release"]);
    show("order", "NOPE12345").await.refuses(1, "there is no order NOPE12345");
    show("member", "nobody-here").await.refuses(1, "there is no member nobody-here");
    show("account", "R:tips:EUR").await.refuses(1, "there is no account R:tips:EUR");
    show("basket", "1").await.refuses(2, "[possible values: order, member, account]");
    let told = desk.types(&["ledger", "show", "account", &code, "--limit", "1", "--json"]).await;
    let told = told.with(0).json();
    assert_eq!(told["balances"][0]["account"], code.as_str());
    assert_eq!(told["entries"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_books_are_verified_with_the_orders() {
    let desk = Desk::new().await;
    let fine = ["ok     every order's money is where its state says", "chain  anchor none", "cover  EUR"];
    let verified = desk.types(&["ledger", "verify"]).await.with(0).prints(&fine);
    assert!(!verified.out.contains("FAILED"), "{}", verified.out);
    desk.town.writes_orders_by_hand();
    let tampered = "update orders set state = 'paid' where state = 'completed'";
    sqlx::query(tampered).execute(&desk.town.owner).await.unwrap();
    let number = format!("order {} is paid", desk.number);
    desk.types(&["ledger", "verify"]).await.with(1).prints(&["FAILED every order's money", &number]);
    let told = desk.types(&["ledger", "verify", "--json"]).await.with(1).json();
    assert!(told["chain"]["waiting"].is_i64() && told["cover"].is_array(), "{told}");
}

#[tokio::test]
async fn the_doctor_names_what_is_to_be_mended() {
    let desk = Desk::new().await;
    desk.town.gives_up_jobs();
    let dead = "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
        values (gen_random_uuid(), 'mail.send', '{}', now(), 1, now(), now(), 'no answer')";
    sqlx::query(dead).execute(&desk.town.owner).await.unwrap();
    desk.types(&["doctor"]).await.with(1).prints(&[
        "ok    the database answers",
        "ok    the books are in balance",
        "ok    the database was not restored from a dump",
        "MEND  1 jobs were given up: look at /admin/jobs",
        "passwords.memory_kib",
        "every one with its audience",
    ]);
}

#[tokio::test]
async fn help_names_every_command() {
    for (asked, named) in [
        (
            vec!["--help"],
            vec![
                "serve",
                "worker",
                "migrate",
                "demo",
                "member",
                "import",
                "export",
                "search",
                "ledger",
                "rates",
                "documents",
                "reports",
                "reconcile",
                "audit",
                "vault",
                "config",
                "doctor",
                "openapi",
                "simulator",
            ],
        ),
        (vec!["ledger", "--help"], vec!["verify", "show"]),
        (vec!["ledger", "show", "--help"], vec!["<WHAT>", "<NAME>", "--limit", "--json"]),
        (vec!["reconcile", "--help"], vec!["--provider", "--json", "exit 0 only if everything agrees"]),
        (vec!["reports", "make", "--help"], vec!["--year", "--kind", "--to", "dac7 or 1099k"]),
        (vec!["rates", "import", "--help"], vec!["<FILE>", "European Central Bank"]),
        (vec!["documents", "check", "--help"], vec!["--json"]),
        (vec!["doctor", "--help"], vec!["says what to mend"]),
    ] {
        let mut command = bare();
        command.args(&asked);
        ended(command).await.with(0).prints(&named);
    }
    let mut command = bare();
    command.arg("reconsile");
    ended(command).await.refuses(2, "'reconcile'");
}
