//! What somebody has sold for: what waits and why, what was paid out, and where it goes.

mod index;
mod payout;
mod schedule;
mod set_up;
mod tax;
mod told;
mod words;

use kit::policy::{Audience, Object, Rate};
use kit::route::{Route, get, post};

pub(crate) use words::state as state_of;

const SET_UP: &str = "/payouts/set-up";
const GO: &str = "/payouts/go";
const BACK: &str = "/payouts/back";
const SCHEDULE: &str = "/payouts/schedule";

/// The routes of this module.
pub(crate) fn routes() -> Vec<Route> {
    let (member, verified) = (Audience::Member, Audience::Verified);
    let mut all = vec![
        get("/payouts", "payouts.index", index::show).audience(member),
        get("/payouts/{payout}", "payouts.show", payout::show).audience(member).object(Object::Payout),
        get("/payouts/{payout}/statement.csv", "payouts.csv", payout::statement)
            .audience(member)
            .object(Object::Payout)
            .private(),
        // Where money goes is asked for with a fresh sign-in, from the first page on.
        get(SET_UP, "payouts.set_up", set_up::show).audience(verified).step_up().private(),
        post(SET_UP, "payouts.begin", set_up::begin)
            .audience(verified)
            .rate(Rate::Money)
            .step_up()
            .form_on(SET_UP),
        get(GO, "payouts.go", set_up::go).audience(verified).rate(Rate::Money).step_up().private(),
        get(BACK, "payouts.back", set_up::back).audience(member).rate(Rate::Money).private(),
        get(SCHEDULE, "payouts.schedule", schedule::show).audience(member),
        post(SCHEDULE, "payouts.set_schedule", schedule::save).audience(member).form_on(SCHEDULE),
    ];
    all.extend(tax::routes());
    all.extend(told::routes());
    all
}
