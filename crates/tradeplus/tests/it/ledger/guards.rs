//! Each guard of the ledger refuses what it is there to refuse, by the name of its constraint.

use super::stories::at;
use super::{AT, balance, eur, new, post, post_all, provider_pending, whole};
use kernel::{Currency, MemberId, OrderId, PayoutId, SettlementId, TaxPlace};
use ledger::cover::{self, TakeError};
use ledger::flows;
use ledger::{Account, EntryKind, PostError};
use platform::db::refused_by;
use serde_json::{Value, json};
use sqlx::PgPool;
use testkit::Town;
use uuid::Uuid;

/// Calls `ledger.post` with lines that the typed builder would not let through.
async fn post_raw(pool: &PgPool, key: &str, kind: &str, lines: &[(String, i64)]) -> Result<i64, sqlx::Error> {
    let lines: Vec<Value> =
        lines.iter().map(|(code, amount)| json!({"account": code, "amount": amount})).collect();
    sqlx::query_scalar("select ledger.post($1, $2, $3, null, now(), $4)")
        .bind(key)
        .bind(kind)
        .bind(Uuid::from_u128(1))
        .bind(Value::Array(lines))
        .fetch_one(pool)
        .await
}

fn escrow(order: OrderId, currency: &str) -> String {
    Account::Escrow(order).code(currency.parse().unwrap())
}

fn pending(currency: &str) -> String {
    provider_pending().code(currency.parse().unwrap())
}

/// The name of the constraint, or the SQLSTATE if there is none.
fn refusal<T: std::fmt::Debug>(outcome: Result<T, sqlx::Error>) -> String {
    let error = outcome.expect_err("the ledger must refuse this");
    let code = || error.as_database_error().and_then(|e| e.code()).unwrap_or_default().into_owned();
    refused_by(&error).map_or_else(code, str::to_owned)
}

/// A paid order of 100.00 with a fee of 3.20.
async fn paid_order(town: &Town) -> OrderId {
    let order = new(&town.db);
    post(&town.db, &flows::paid(order, AT, eur(10_000), eur(320), town.db.now()).unwrap()).await.unwrap();
    order
}

#[tokio::test]
async fn posting_twice_is_posting_once() {
    let town = Town::new().await;
    let entry = flows::paid(new(&town.db), AT, eur(500), eur(45), town.db.now()).unwrap();
    let first = post(&town.db, &entry).await.unwrap();
    assert_eq!(post(&town.db, &entry).await.unwrap(), first);
    assert_eq!(balance(&town.db, &provider_pending()).await, 455);
}

#[tokio::test]
async fn two_at_once_with_one_key_are_one_entry() {
    let town = Town::new().await;
    let entry = flows::paid(new(&town.db), AT, eur(500), eur(45), town.db.now()).unwrap();
    let (a, b) = tokio::join!(post(&town.db, &entry), post(&town.db, &entry));
    assert_eq!(a.unwrap(), b.unwrap());
    assert_eq!(balance(&town.db, &provider_pending()).await, 455);
}

#[tokio::test]
async fn a_key_means_one_thing() {
    let town = Town::new().await;
    let order = paid_order(&town).await;
    let other = flows::paid(order, AT, eur(10_001), eur(320), town.db.now()).unwrap();
    assert!(matches!(post(&town.db, &other).await, Err(PostError::KeyMeansOneThing(_))));
}

#[tokio::test]
async fn an_entry_balances_in_each_currency() {
    let town = Town::new().await;
    let order = new(&town.db);
    let lame = [(pending("EUR"), 5), (escrow(order, "EUR"), -4)];
    assert_eq!(refusal(post_raw(&town.owner, "a", "pay", &lame).await), "lines_balance");
    let mixed = [(pending("EUR"), 5), (escrow(order, "USD"), -5)];
    assert_eq!(refusal(post_raw(&town.owner, "b", "pay", &mixed).await), "lines_balance");
}

#[tokio::test]
async fn a_strict_account_is_never_overdrawn() {
    let town = Town::new().await;
    let order = paid_order(&town).await;
    let release = flows::released(order, new(&town.db), &whole(10_001, 0, 0), town.db.now()).unwrap();
    assert!(matches!(post(&town.db, &release).await, Err(PostError::Overdraft(_))));
    assert_eq!(balance(&town.db, &Account::Escrow(order)).await, 10_000);
}

#[tokio::test]
async fn only_accounts_of_the_chart_exist() {
    let town = Town::new().await;
    let stranger = Uuid::from_u128(9);
    let codes = [
        "L:tips:EUR",
        "L:escrow:EUR",
        "R:commission:x:EUR",
        "L:escrow:me:EUR",
        "EUR",
        "A:provider_pending::EUR",
        "L:tax:de:EUR",
        "L:tax:DE-:EUR",
        "A:connected:00000000-0000-0000-0000-000000000009:EUR",
        "A:connected:sandbox:00000000-0000-0000-0000-000000000009:EUR",
        "L:deposit:00000000-0000-0000-0000-000000000009:EUR",
        "A:bank:sandbox:EUR",
    ];
    for (n, code) in codes.into_iter().enumerate() {
        let lines = [(pending("EUR"), 5), (code.to_owned(), -5)];
        assert_eq!(
            refusal(post_raw(&town.owner, &format!("k{n}"), "pay", &lines).await),
            "accounts_in_chart",
            "{code}"
        );
    }
    let lines =
        [("A:provider_pending:sandbox:euro".to_owned(), 5), (format!("L:escrow:{stranger}:euro"), -5)];
    assert_eq!(refusal(post_raw(&town.owner, "c", "pay", &lines).await), "accounts_currency");
}

#[tokio::test]
async fn a_kind_touches_its_own_accounts_on_its_own_side() {
    let town = Town::new().await;
    let order = paid_order(&town).await;
    let theft = [(escrow(order, "EUR"), 5), (pending("EUR"), -5)];
    for kind in ["pay", "release", "no_such_kind"] {
        assert_eq!(
            refusal(post_raw(&town.owner, kind, kind, &theft).await),
            "lines_allowed_by_kind",
            "{kind}"
        );
    }
}

#[tokio::test]
async fn amounts_are_neither_zero_nor_absurd() {
    let town = Town::new().await;
    let order = new(&town.db);
    let none = [(pending("EUR"), 0), (escrow(order, "EUR"), 0)];
    assert_eq!(refusal(post_raw(&town.owner, "a", "pay", &none).await), "lines_amount_not_zero");
    let huge = [(pending("EUR"), i64::MAX), (escrow(order, "EUR"), -i64::MAX)];
    assert_eq!(refusal(post_raw(&town.owner, "b", "pay", &huge).await), "lines_amount_bounded");
}

#[tokio::test]
async fn nothing_is_ever_changed_or_deleted() {
    let town = Town::new().await;
    paid_order(&town).await;
    for table in ["lines", "entries", "accounts", "balances", "chart"] {
        let delete = format!("delete from ledger.{table}");
        assert_eq!(refusal(run(&town.owner, &delete).await), "append_only", "{delete}");
    }
    let writes = [
        "update ledger.lines set amount = 1",
        "update ledger.entries set kind = 'release'",
        "update ledger.accounts set currency = 'USD'",
        "update ledger.balances set posted = 1",
        "update ledger.chart set strict = false",
        "truncate ledger.lines",
        "truncate ledger.seals",
        "truncate ledger.entries cascade",
        "truncate ledger.accounts cascade",
        "truncate ledger.balances",
    ];
    for write in writes {
        assert_eq!(refusal(run(&town.owner, write).await), "append_only", "{write}");
    }
}

#[tokio::test]
async fn a_finished_entry_takes_no_more_lines() {
    let town = Town::new().await;
    paid_order(&town).await;
    let more = "insert into ledger.lines (entry_id, n, account_id, currency, amount)
        select l.entry_id, l.n + 90, l.account_id, l.currency, l.amount from ledger.lines l where abs(amount) = 320";
    assert_eq!(refusal(run(&town.owner, more).await), "lines_complete_at_once");
}

#[tokio::test]
async fn an_entry_comes_in_one_statement_even_in_its_own_transaction() {
    let town = Town::new().await;
    paid_order(&town).await;
    let again = "with old as (select l.* from ledger.lines l) , made as (
          select ledger.post('twice', 'refund_asked', gen_random_uuid(), null, now(), jsonb_build_array(
            jsonb_build_object('account', code, 'amount', 7),
            jsonb_build_object('account', replace(code, 'escrow', 'refund_in_transit'), 'amount', -7))) as id
          from ledger.accounts where name = 'L:escrow')
        insert into ledger.lines (entry_id, n, account_id, currency, amount)
        select made.id, 90 + old.n, old.account_id, old.currency, old.amount from made, old where abs(old.amount) = 320";
    assert_eq!(refusal(run(&town.owner, again).await), "lines_complete_at_once");
}

#[tokio::test]
async fn a_line_is_in_the_currency_of_its_account() {
    let town = Town::new().await;
    paid_order(&town).await;
    let odd = "with made as (
          insert into ledger.entries (key, fingerprint, kind, subject, occurred_at)
          values ('odd', '', 'pay', gen_random_uuid(), now()) returning entry_id)
        insert into ledger.lines (entry_id, n, account_id, currency, amount)
        select entry_id, v.n, v.account, 'USD', v.amount from made, (values
          (1, (select account_id from ledger.accounts where name = 'A:provider_pending'), 5),
          (2, (select account_id from ledger.accounts where name = 'L:escrow'), -5)) v (n, account, amount)";
    assert_eq!(refusal(run(&town.owner, odd).await), "lines_currency_of_account");
}

#[tokio::test]
async fn an_entry_has_lines_when_its_transaction_ends() {
    let town = Town::new().await;
    let mut tx = town.owner.begin().await.unwrap();
    let empty = "insert into ledger.entries (key, fingerprint, kind, subject, occurred_at)
        values ('empty', '', 'pay', gen_random_uuid(), now())";
    sqlx::query(empty).execute(&mut *tx).await.unwrap();
    assert_eq!(refusal(tx.commit().await), "entries_have_lines");
}

#[tokio::test]
async fn the_program_can_only_read_and_post() {
    const NOT_ALLOWED: &str = "42501";
    let town = Town::new().await;
    paid_order(&town).await;
    let writes = [
        "insert into ledger.entries (key, fingerprint, kind, subject, occurred_at)
           values ('z', '', 'pay', gen_random_uuid(), now())",
        "insert into ledger.kinds values ('release', 'A:provider_pending', 'both')",
        "update ledger.balances set posted = 999",
        "update ledger.lines set amount = 1",
        "delete from ledger.entries",
        "truncate ledger.lines",
        "truncate ledger.seals",
        "select ledger.open_account('R:commission:JPY', now())",
        "alter table ledger.lines disable trigger all",
    ];
    for write in writes {
        assert_eq!(refusal(run(town.db.pool(), write).await), NOT_ALLOWED, "{write}");
    }
}

#[tokio::test]
async fn the_types_and_the_tables_have_one_chart() {
    let town = Town::new().await;
    let listed: Vec<(String, String, bool, String, bool)> = sqlx::query_as(
        "select name, kind, strict, owner, transit from ledger.chart order by name collate \"C\"",
    )
    .fetch_all(&town.owner)
    .await
    .unwrap();
    let place = TaxPlace::parse("DE").unwrap();
    let all = ledger::accounts::one_of_each(new(&town.db), new(&town.db), new(&town.db), place, "sandbox");
    let mut typed: Vec<_> = all
        .into_iter()
        .map(|a| {
            let kind = format!("{:?}", a.kind()).to_lowercase();
            let owner = a.owned_by().as_str().to_owned();
            (a.name().to_owned(), kind, a.strict(), owner, a.late_after().is_some())
        })
        .collect();
    typed.sort();
    assert_eq!(typed, listed);

    let kinds: Vec<String> =
        sqlx::query_scalar("select kind from ledger.kinds group by kind order by kind collate \"C\"")
            .fetch_all(&town.owner)
            .await
            .unwrap();
    let mut typed: Vec<&str> = EntryKind::ALL.iter().map(|kind| kind.as_str()).collect();
    typed.sort_unstable();
    assert_eq!(typed, kinds);
}

/// Each account can be opened by the code that its type writes, and belongs to whom the type says.
#[tokio::test]
async fn every_account_can_be_opened() {
    let town = Town::new().await;
    let place = TaxPlace::parse("US-CA").unwrap();
    let all = ledger::accounts::one_of_each(new(&town.db), new(&town.db), new(&town.db), place, "sandbox");
    for account in all {
        let code = account.code(Currency::EUR);
        sqlx::query("select ledger.open_account($1, now())").bind(&code).execute(&town.owner).await.unwrap();
        let owner: Option<Uuid> = sqlx::query_scalar("select owner_id from ledger.accounts where code = $1")
            .bind(&code)
            .fetch_one(&town.owner)
            .await
            .unwrap();
        assert_eq!(owner, account.owner(), "{code}");
        assert_eq!(Account::parse(&code), Some((account, Currency::EUR)));
    }
}

/// A transaction that took its number early and commits late must not be lost between snapshot and tail.
#[tokio::test]
async fn a_late_commit_is_counted_by_the_snapshot() {
    let town = Town::new().await;
    let pay = |amount| flows::paid(new(&town.db), AT, eur(amount), eur(0), town.db.now()).unwrap();
    post(&town.db, &pay(1)).await.unwrap();
    let mut late = town.db.begin().await.unwrap();
    ledger::post(&mut late, &pay(100)).await.unwrap();
    post(&town.db, &pay(10)).await.unwrap();
    ledger::RollBalances::run(&town.db).await.unwrap();
    assert_eq!(balance(&town.db, &provider_pending()).await, 11);
    late.commit().await.unwrap();
    assert_eq!(balance(&town.db, &provider_pending()).await, 111);
    for _ in 0..2 {
        ledger::RollBalances::run(&town.db).await.unwrap();
        assert_eq!(balance(&town.db, &provider_pending()).await, 111);
    }
}

#[tokio::test]
async fn a_transfer_of_more_than_is_payable_is_refused() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller, settlement): (OrderId, MemberId, SettlementId) = (new(db), new(db), new(db));
    let steps = [
        flows::paid(order, AT, eur(10_000), eur(320), now),
        flows::released(order, seller, &whole(9_000, 1_000, 0), now),
    ];
    post_all(db, steps).await;
    let too_much = flows::transferred(settlement, seller, AT, eur(9_001), now).unwrap();
    assert!(matches!(post(db, &too_much).await, Err(PostError::Overdraft(_))));
    let all = flows::transferred(settlement, seller, AT, eur(9_000), now).unwrap();
    post(db, &all).await.unwrap();
}

/// More than a seller has at the provider can neither be paid out from there nor taken back.
#[tokio::test]
async fn a_mirror_cannot_be_overdrawn() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller, settlement): (OrderId, MemberId, SettlementId) = (new(db), new(db), new(db));
    let payout: PayoutId = new(db);
    let steps = [
        flows::paid(order, AT, eur(10_000), eur(320), now),
        flows::released(order, seller, &whole(9_000, 1_000, 0), now),
        flows::transferred(settlement, seller, AT, eur(5_000), now),
    ];
    post_all(db, steps).await;
    for entry in [
        flows::payout_created(payout, seller, AT, eur(5_001), now),
        flows::payout_paid(payout, seller, AT, eur(1), now),
        flows::transfer_reversed(settlement, 1, seller, AT, eur(5_001), now),
    ] {
        let refused = post(db, &entry.unwrap()).await;
        assert!(matches!(refused, Err(PostError::Overdraft(_))), "{refused:?}");
    }
}

/// What is held for others, and what is not earned yet, is not the marketplace's to take.
#[tokio::test]
async fn earnings_cannot_be_taken_from_other_peoples_money() {
    let town = Town::new().await;
    let (db, now) = (&town.db, town.db.now());
    let (order, seller): (OrderId, MemberId) = (new(db), new(db));
    let take = async |name: &str, amount| {
        let mut tx = db.begin().await.unwrap();
        let taken = cover::take(&mut tx, at(name), eur(amount)).await;
        if taken.is_ok() {
            tx.commit().await.unwrap();
        }
        taken
    };
    post_all(db, [flows::paid(order, AT, eur(10_000), eur(320), now)]).await;
    assert!(matches!(take("po_1", 1).await, Err(TakeError::TooMuch(may)) if may == eur(0)));
    post_all(db, [flows::released(order, seller, &whole(9_000, 1_000, 0), now)]).await;
    assert!(matches!(take("po_2", 681).await, Err(TakeError::TooMuch(may)) if may == eur(680)));
    let first = take("po_3", 600).await.unwrap();
    assert_eq!(take("po_3", 600).await.unwrap(), first, "taken once");
    let (a, b) = tokio::join!(take("po_4", 80), take("po_5", 80));
    assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "one of two at once");
    assert_eq!(balance(db, &Account::Bank).await, 680);
}

async fn run(pool: &PgPool, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(pool).await.map(|_| ())
}
