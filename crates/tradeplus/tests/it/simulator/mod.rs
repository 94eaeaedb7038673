//! The simulator as part of the product: the stories of its own tests, on books in PostgreSQL.

#[path = "../../../../simulator/tests/sim/asking.rs"]
mod asking;
#[path = "../../../../simulator/tests/sim/disputes.rs"]
mod disputes;
mod embedded;
#[path = "../../../../simulator/tests/sim/faults.rs"]
mod faults;
#[path = "../../../../simulator/tests/sim/keys.rs"]
mod keys;
#[path = "../../../../simulator/tests/sim/lists.rs"]
mod lists;
#[path = "../../../../simulator/tests/sim/money.rs"]
mod money;
#[path = "../../../../simulator/tests/sim/paystack.rs"]
mod paystack;
mod scene;
#[path = "../../../../simulator/tests/sim/stripe.rs"]
mod stripe;
