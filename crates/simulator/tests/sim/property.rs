//! Whatever is asked, the books add up.

use super::money::{GOOD_BANK, payout, transfer};
use super::scene::{Scene, call, scene};
use kernel::Dice;
use platform::chance;
use serde_json::{Value, json};
use simulator::books::Beyond;
use std::collections::{BTreeMap, BTreeSet};
use time::Duration;

/// Everything that the books hold of a kind, whatever account.
async fn all(scene: &Scene, kind: &str, accounts: &[String]) -> Vec<Value> {
    let mut page = scene.books.open().await.unwrap();
    let mut all = Vec::new();
    for account in accounts {
        let found = page.newest(kind, account, Beyond::Newest, 100_000).await.unwrap();
        all.extend(found.into_iter().map(|o| o.body));
    }
    all
}

/// One of them, if there are any.
fn one<'a>(dice: &Dice, all: &'a [Value]) -> Option<&'a str> {
    let len = u64::try_from(all.len()).unwrap();
    all.get(usize::try_from(dice.below(len)).unwrap()).and_then(|o| o["id"].as_str())
}

#[tokio::test]
async fn lines_sum_to_the_balance_whatever_happens() {
    let (scene, dice) = (scene().await, chance::seeded(11));
    let ours = vec![String::new()];
    let mut accounts = ours.clone();
    for bank in [GOOD_BANK, "000111111116", GOOD_BANK] {
        accounts.push(scene.seller(bank).await);
    }
    let cards = simulator::cards();
    for step in 0..500 {
        let amount = i64::try_from(dice.below(4_000)).unwrap();
        let amount_text = amount.to_string();
        let seller = &accounts[1 + usize::try_from(dice.below(3)).unwrap()];
        let charges = all(&scene, "charge", &ours).await;
        let charge = one(&dice, &charges);
        match dice.below(10) {
            0..=2 => {
                let payment = scene.begun(amount + 1).await;
                let card = &cards[usize::try_from(dice.below(cards.len() as u64)).unwrap()];
                scene.confirm(&payment, card.number).await;
            }
            3 => {
                let fields = [("charge", charge.unwrap_or("ch_none")), ("amount", amount_text.as_str())];
                scene.ask(call("POST", "/v1/refunds", &fields)).await;
            }
            4 | 5 => drop(transfer(&scene, seller, amount, charge.filter(|_| step % 3 != 0)).await),
            6 => {
                let transfers = all(&scene, "transfer", &ours).await;
                if let Some(id) = one(&dice, &transfers) {
                    let path = format!("/v1/transfers/{id}/reversals");
                    scene.ask(call("POST", &path, &[("amount", amount_text.as_str())])).await;
                }
            }
            7 => drop(payout(&scene, seller, amount).await),
            8 => {
                if let Some(charge) = charge {
                    let wish = json!({ "charge": charge, "inquiry": step % 2 == 0 });
                    scene.json("POST", "/_sim/disputes", &wish).await;
                }
            }
            _ => scene.pass(Duration::hours(i64::try_from(dice.below(60)).unwrap())).await,
        }
        hold(&scene, &accounts).await;
    }
    let lines = all(&scene, "balance_transaction", &accounts).await;
    let kinds: BTreeSet<&str> = lines.iter().filter_map(|l| l["type"].as_str()).collect();
    assert!(kinds.len() >= 8, "too little happened: {kinds:?}");
}

/// What must be so after each step.
async fn hold(scene: &Scene, accounts: &[String]) {
    let number = |v: &Value| v.as_i64().unwrap();
    let mut by_kind: BTreeMap<String, i64> = BTreeMap::new();
    for account in accounts {
        let (pending, available) = scene.balance(account).await;
        let mut sum = 0;
        for line in all(scene, "balance_transaction", std::slice::from_ref(account)).await {
            assert_eq!(number(&line["net"]), number(&line["amount"]) - number(&line["fee"]));
            sum += number(&line["net"]);
            *by_kind.entry(line["type"].as_str().unwrap().to_owned()).or_default() += number(&line["amount"]);
        }
        assert_eq!(pending + available, sum, "{account}");
        assert!(account.is_empty() || (pending >= 0 && available >= 0), "{account}: {pending} {available}");
    }
    // What is sent to sellers comes from us, and what comes back goes to us.
    let of = |kind: &str| by_kind.get(kind).copied().unwrap_or(0);
    assert_eq!(of("transfer") + of("payment"), 0);
    assert_eq!(of("transfer_refund") + of("payment_refund"), 0);
    for charge in all(scene, "charge", &[String::new()]).await {
        let (amount, refunded) = (number(&charge["amount"]), number(&charge["amount_refunded"]));
        assert!((0..=amount).contains(&refunded) && (0..=amount).contains(&number(&charge["transferred"])));
    }
}
