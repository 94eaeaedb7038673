//! Rows that leave several states, jobs that act unasked, parts of the money, and holds.

use super::table::order;
use crate::{Fault, Funds, Hold, Money, Process, Proof, Transition};

/// Something that waits for its maker, for the other side, or for a job.
const CLAIM: &str = r#"
    id = "claim"
    version = 1
    start = "new"
    waiting = ["open", "looked_at"]
    ends = ["paid", "refused"]
    jobs = ["claims.pay"]
    transition = [
        { name = "open", from = "new", to = "open", actor = "system" },
        { name = "look", from = "open", to = "looked_at", actor = "operator" },
        { name = "pay", from = ["open", "looked_at"], to = "paid", actor = "system" },
        { name = "refuse", from = "looked_at", to = "refused", actor = "operator" },
        { name = "remind", from = "open", to = "open", actor = "timer", after = "P1D" },
        { name = "remind_again", from = "looked_at", to = "looked_at", actor = "timer", after = "P1D" },
    ]
"#;

/// An order of which a part goes back.
const SPLIT: &str = r#"
    id = "split"
    version = 1
    start = "new"
    waiting = ["held", "going_back", "stuck"]
    ends = ["divided", "taken"]
    hold_window_days = 10
    guards = ["refund_in_flight", "refund_known_failed"]
    transition = [
        { name = "pay", from = "new", to = "held", actor = "psp", on = "paid", effects = ["hold"] },
        { name = "divide", from = "held", to = "going_back", actor = "timer", after = "P5D", effects = ["settle_split"] },
        { name = "settled", from = "going_back", to = "divided", actor = "psp", on = "settled", effects = ["refund_settled"] },
        { name = "failed", from = "going_back", to = "stuck", actor = "psp", on = "failed", effects = ["refund_failed"] },
        { name = "late", from = "going_back", to = "stuck", actor = "timer", after = "P10D" },
        { name = "settled_late", from = "stuck", to = "divided", actor = "psp", on = "settled", guards = ["refund_in_flight"], effects = ["refund_settled"] },
        { name = "failed_late", from = "stuck", to = "stuck", actor = "psp", on = "failed", guards = ["refund_in_flight"], effects = ["refund_failed"] },
        { name = "again", from = "stuck", to = "going_back", actor = "operator", guards = ["refund_known_failed"], effects = ["refund_again"] },
        { name = "page", from = "stuck", to = "stuck", actor = "timer", after = "P2D" },
        { name = "more", from = "divided", to = "going_back", actor = "operator", effects = ["clawback_part"] },
        { name = "lost", from = "divided", to = "taken", actor = "psp", on = "lost", effects = ["settle_chargeback"] },
        { name = "lost", from = ["going_back"], to = "going_back", actor = "psp", on = "lost", effects = ["absorb_chargeback"] },
        { name = "lost", from = ["stuck"], to = "stuck", actor = "psp", on = "lost", effects = ["absorb_chargeback"] },
    ]
"#;

fn load(text: &str) -> Process {
    Process::load(text).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn faults(text: &str) -> Vec<Fault> {
    Process::load(text).err().unwrap_or_default()
}

#[test]
fn a_row_may_leave_several_states() {
    let claim = load(CLAIM);
    for from in ["open", "looked_at"] {
        assert_eq!(claim.transition(from, "pay").map(|row| row.to.as_str()), Some("paid"), "{from}");
    }
    let twice = faults(
        &CLAIM.replace("[\"open\", \"looked_at\"], to = \"paid\"", "[\"open\", \"open\"], to = \"paid\""),
    );
    assert!(
        twice.iter().any(|f| f.proof == Proof::Names && f.sentence.contains("`pay` leaves `open` twice"))
    );
    let nowhere = faults(&CLAIM.replace("[\"open\", \"looked_at\"], to = \"paid\"", "[], to = \"paid\""));
    assert!(nowhere.iter().any(|f| f.proof == Proof::Form && f.sentence.contains("`pay` leaves no state")));
}

#[test]
fn a_recurring_job_acts_unasked() {
    let claim = load(CLAIM);
    assert_eq!(claim.jobs(), ["claims.pay"]);
    let way: Vec<&str> =
        claim.path_to_end("looked_at").unwrap().iter().map(|row| row.name.as_str()).collect();
    assert_eq!(way, ["pay"]);
    assert_eq!(order().jobs(), [""; 0]);
    let odd = faults(&CLAIM.replace("claims.pay", "Pay claims"));
    assert!(odd.iter().all(|f| f.proof == Proof::Form) && !odd.is_empty(), "{odd:?}");
}

#[test]
fn without_jobs_silence_never_ends() {
    let alone = faults(&CLAIM.replace("jobs = [\"claims.pay\"]", ""));
    let proofs: Vec<Proof> = alone.iter().map(|fault| fault.proof).collect();
    assert_eq!(proofs, [Proof::Silence, Proof::Silence], "{alone:?}");
}

#[test]
fn part_money_is_at_rest_and_in_transit_is_not() {
    load(SPLIT);
    let split = Funds::Held.after(Money::SettleSplit);
    assert_eq!(split, Some(Funds::PartInTransit));
    assert_eq!(Funds::PartInTransit.after(Money::RefundSettled), Some(Funds::Part));
    assert_eq!(Funds::PartInTransit.after(Money::RefundFailed), Some(Funds::PartDue));
    assert_eq!(Funds::Part.after(Money::Clawback), Some(Funds::InTransit));
    assert_eq!(Funds::Released.after(Money::AbsorbChargeback), None, "it is there to be taken");
    assert!(Funds::Part.at_rest() && !Funds::PartInTransit.at_rest() && !Funds::PartDue.at_rest());
    let early = faults(&SPLIT.replace(
        "to = \"stuck\", actor = \"psp\", on = \"failed\", effects",
        "to = \"divided\", actor = \"psp\", on = \"failed\", effects",
    ));
    assert!(early.iter().any(|f| f.sentence.contains("`divided` ends with the money PartDue")), "{early:#?}");
}

/// A chargeback that is lost after the refund finds its row wherever the order is.
#[test]
fn a_lost_chargeback_is_heard_while_money_goes_back() {
    let deaf = faults(&SPLIT.replace(
        "from = [\"stuck\"], to = \"stuck\", actor = \"psp\", on = \"lost\"",
        "from = [\"stuck\"], to = \"stuck\", actor = \"psp\", on = \"gone\"",
    ));
    assert!(
        deaf.iter().any(|f| f.proof == Proof::LateAnswer && f.sentence.contains("`stuck` loses")),
        "{deaf:#?}"
    );
}

#[test]
fn every_hold_stops_a_release_and_a_chargeback_stops_refunds() {
    let (order, split) = (order(), load(SPLIT));
    let row = |from: &str, name: &str| -> Transition { order.transition(from, name).unwrap().clone() };
    let (release, refund) = (row("delivered", "confirm"), row("claim_review", "decide_refund"));
    let (ship, settled) = (row("paid", "ship"), row("refunding", "refund_settled"));
    for hold in Hold::ALL {
        assert_eq!(Hold::find(hold.as_str()), Some(hold));
        assert!(Process::blocked(&release, &[hold]), "{hold:?}");
        assert!(Process::blocked(split.transition("held", "divide").unwrap(), &[hold]), "{hold:?}");
        assert_eq!(Process::blocked(&refund, &[hold]), hold == Hold::Chargeback, "{hold:?}");
        assert!(!Process::blocked(&ship, &[hold]) && !Process::blocked(&settled, &[hold]), "{hold:?}");
    }
    assert!(Process::blocked(&refund, &[Hold::Kyc, Hold::Chargeback]));
    assert!(!Process::blocked(&release, &[]));
    assert_eq!(Hold::find("because"), None);
}
