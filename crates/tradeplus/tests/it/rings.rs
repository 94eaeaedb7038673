//! `tradeplus rings solve`: a want list in, rings out, without a marketplace.

use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output, Stdio};

const LIST: &str = "#! REQUIRE-COLONS
(ann) LAMP : CHAIR
(ben) CHAIR : VASE RUG
(cy) VASE : LAMP
(dan) RUG : CHAIR
";

fn solve(list: &str, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tradeplus"));
    // Neither settings nor a database are there.
    command.env_clear().args(["rings", "solve", "-"]).args(options);
    let mut running =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who is used wrongly does not listen.
    let _ = running.stdin.take().unwrap().write_all(list.as_bytes());
    running.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_want_list_is_solved_without_a_marketplace() {
    let answered = solve(LIST, &["--json"]);
    assert!(answered.status.success(), "{answered:?}");
    let said: Value = serde_json::from_slice(&answered.stdout).unwrap();
    assert_eq!(said["items_traded"], 3);
    assert_eq!(said["items_traded_max"], 3);
    assert_eq!(said["rings"], json!([["LAMP", "CHAIR", "VASE"]]));
    let two: Value = serde_json::from_slice(&solve(LIST, &["--json", "--max-length", "2"]).stdout).unwrap();
    assert_eq!((&two["items_traded"], &two["rings"]), (&json!(2), &json!([["CHAIR", "RUG"]])));
    let told = text(&solve(LIST, &[]).stdout);
    for line in ["Ring 1 of 3 items", "  VASE gets LAMP", "3 of 4 items traded, in 1 rings", "More cannot"] {
        assert!(told.contains(line), "{told}");
    }
}

#[test]
fn what_is_wrong_with_a_list_is_said_by_line() {
    let wrong = solve("#! REQUIRE-COLONS\nLAMP CHAIR\n", &[]);
    assert_eq!(wrong.status.code(), Some(1));
    let said = text(&wrong.stderr);
    assert!(said.contains("line 2: write a colon"), "{said}");
    assert!(wrong.stdout.is_empty());
    for usage in [&["--max-length", "1"][..], &["--max-length", "70"], &["--sorted"]] {
        assert_eq!(solve(LIST, usage).status.code(), Some(2), "{usage:?}");
    }
}
