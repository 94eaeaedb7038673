//! What the tests of all routes make an exception for, and why. These lists may only shrink: who takes a line out
//! lowers the number, and nobody raises it.

use kit::route::RouteInfo;

/// Routes that answer anybody although their path names something: what they name is public, or they act on
/// nothing but who asks.
pub(crate) const OPEN: &[(&str, &str)] = &[
    ("members.show", "a member's page is for everybody"),
    ("photos.show", "photos are found by a key that nobody guesses"),
    ("photos.avatar", "as photos"),
    ("files.asset", "scripts and styles"),
    ("mailbox.show", "in development only"),
    ("cart.set", "changes the cart of who asks"),
    ("orders.back", "leads to the order's page, which asks"),
    ("pay.back", "leads to the payment's page, which asks"),
    ("api.carts.remove", "changes the cart of who asks"),
];
const OPEN_MAX: usize = 9;

/// Routes that lead on whatever their path names: they act on who asks, or say on the next page that it is gone.
pub(crate) const LEADS_ON: &[&str] = &["cart.set", "orders.back", "pay.back"];
const LEADS_ON_MAX: usize = 3;

/// Routes after which who asked is signed out, in the order in which one can still try the next. No exception:
/// only the last to be tried.
pub(crate) const ENDS: &[&str] =
    &["api.accounts.sign_out", "accounts.devices_close_all", "accounts.sign_out"];

/// Whether the route is for anybody although its path names something.
pub(crate) fn is_open(route: &RouteInfo) -> bool {
    OPEN.iter().any(|(name, _)| *name == route.name)
}

#[test]
fn the_lists_name_routes_that_exist_and_only_shrink() {
    let all = tradeplus::routes::all();
    let mut names: Vec<&str> = all.iter().map(|r| r.name).collect();
    for name in OPEN.iter().map(|(name, _)| name).chain(LEADS_ON).chain(ENDS) {
        assert!(names.contains(name), "{name} is gone: take it off the list");
    }
    assert_eq!(OPEN.len(), OPEN_MAX, "lower the number when the list is shorter");
    assert_eq!(LEADS_ON.len(), LEADS_ON_MAX, "lower the number when the list is shorter");
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count, "two routes have one name");
}
