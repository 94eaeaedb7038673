//! Somebody spoils the program on purpose: a walk must notice it, or it proves nothing.

use super::seed;
use super::walk::{Plan, walk};
use ledger::verify::names;
use testkit::Town;

/// Steps within which it must be noticed. Without power cuts: what is spoilt is the program.
const STEPS: usize = 250;

fn spoilt() -> Plan {
    Plan {
        seed: seed("a mutant"),
        steps: STEPS,
        cuts: 0,
        kills: 0,
        spoilt: None,
        forgotten: None,
        looked_at_after: 0,
    }
}

/// Walks, and answers what was noticed.
async fn noticed(plan: Plan) -> String {
    let town = Town::new().await;
    town.spoils_the_books();
    town.writes_orders_by_hand();
    town.gives_up_jobs();
    match walk(&town.place(), None, &plan).await {
        Ok(_) => panic!("seed {}: nobody noticed", plan.seed),
        Err(fault) => fault,
    }
}

/// The running balances of strict accounts do not move any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn balances_that_stand_still_are_noticed() {
    let sleeping = "alter table ledger.lines disable trigger lines_move_balances";
    let plan = Plan { spoilt: Some(sleeping), looked_at_after: 30, ..spoilt() };
    let fault = noticed(plan).await;
    assert!(fault.contains(&format!("FAILED {}", names::RUNNING_BALANCES)), "{fault}");
    assert!(fault.contains(&format!("FAILED {}", names::GUARDS)), "{fault}");
}

/// A refund settles at the provider, and the books never hear of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_that_is_never_booked_is_noticed() {
    let plan = Plan { forgotten: Some("refund_settled"), ..spoilt() };
    let fault = noticed(plan).await;
    assert!(fault.contains("refunds in transit"), "{fault}");
}
