//! Erasing: after the time is over, nothing of somebody is found anywhere, and others miss nothing.

use super::{asks_for_a_copy, asks_to_leave};
use market::privacy::register::{Erased, tables};
use sqlx::AssertSqlSafe;
use testkit::{Person, Town, cards, pictures};
use time::Duration;
use uuid::Uuid;

/// Which rows of a table are hers; `$1` is her number.
const HERS: &[(&str, &str)] = &[
    ("members", "member_id = $1"),
    ("sessions", "member_id = $1"),
    ("token_families", "member_id = $1"),
    ("access_tokens", "family_id in (select family_id from token_families where member_id = $1)"),
    ("refresh_tokens", "family_id in (select family_id from token_families where member_id = $1)"),
    ("known_devices", "member_id = $1"),
    ("security_events", "member_id = $1"),
    ("email_links", "member_id = $1"),
    ("email_changes", "member_id = $1"),
    ("passkeys", "member_id = $1"),
    ("passkey_ceremonies", "member_id = $1"),
    ("totp", "member_id = $1"),
    ("recovery_codes", "member_id = $1"),
    ("sign_in_attempts", "member_id = $1"),
    ("vault.subject_keys", "subject_id = $1"),
    ("sent_factors", "member_id = $1"),
    ("sent_codes", "member_id = $1"),
    ("bank_accounts", "member_id = $1"),
    ("linked_accounts", "member_id = $1"),
    ("provider_attempts", "member_id = $1"),
    ("kept_forms", "member_id = $1"),
    ("api_keys", "member_id = $1"),
    ("suspensions", "member_id = $1"),
    ("approvals", "$1 = any(about)"),
    ("data_copies", "member_id = $1"),
    ("listings", "seller_id = $1"),
    ("photos", "listing_id in (select listing_id from listings where seller_id = $1)"),
    ("listing_edits", "by_member = $1"),
    ("carts", "member_id = $1"),
    ("cart_lines", "cart_id in (select cart_id from carts where member_id = $1)"),
    ("orders", "buyer_id = $1"),
    ("seller_profiles", "member_id = $1"),
    ("seller_accounts", "member_id = $1"),
    ("seller_tiers", "member_id = $1"),
    ("case_entries", "by_id = $1"),
    (
        "chargeback_evidence",
        "chargeback_id in (select chargeback_id from chargebacks join payments using (payment_id) where buyer_id = $1)",
    ),
    ("order_legs", "listing_id in (select listing_id from listings where seller_id = $1)"),
    ("order_events", "actor_id = $1 and data <> '{}'"),
    ("sandbox.objects", "kind = 'charge' and ours in (select payment_id from payments where buyer_id = $1)"),
    ("mails", "lower(to_address) = 'canary@example.org'"),
    ("jobs", "payload ->> 'email' = 'canary@example.org'"),
    ("idempotency_keys", "scope = $1::text"),
    ("former_handles", "member_id = $1"),
    ("document_wishes", "member_id = $1"),
];

/// What cannot be written over without breaking what is to be tested, or what the table lets in; her name stands in
/// most of it anyway.
const AS_IT_IS: &[&str] = &[
    "members.email",
    "members.handle",
    "members.avatar",
    "mails.to_address",
    "email_links.purpose",
    "email_changes.undo_hash",
    "totp.secret",
    "sent_factors.channel",
    "sent_codes.channel",
    "bank_accounts.country",
    "bank_accounts.ending",
    "api_keys.revoked_because",
    "vault.subject_keys.wrapped",
    "idempotency_keys.scope",
    "jobs.payload",
    "orders.delivery_address",
    "sandbox.objects.body",
    "seller_profiles.class",
    "seller_profiles.country",
    "former_handles.handle_hash",
];

/// Where there is a row of hers in every table that has some.
async fn fills_every_table(town: &Town, who: &Person) {
    let vault = &town.market.door.vault;
    let mut tx = town.db.begin().await.unwrap();
    let sealed = vault.seal(&mut tx, who.id.0, "totp", b"her secret").await.unwrap();
    tx.commit().await.unwrap();
    sqlx::query("insert into totp (member_id, secret, created_at) values ($1, $2, now())")
        .bind(who.id.0)
        .bind(sealed)
        .execute(&town.owner)
        .await
        .unwrap();
    for statement in [
        "insert into token_families (family_id, member_id, created_at, expires_at)
         values ('00000000-0000-0000-0000-00000000000a', $1, now(), now())",
        "insert into access_tokens (token_hash, family_id, expires_at)
         select 'x', family_id, now() from token_families where member_id = $1",
        "insert into refresh_tokens (token_hash, family_id, generation, expires_at)
         select 'x', family_id, 9, now() from token_families where member_id = $1",
        "insert into email_links (token_hash, member_id, purpose, email, created_at, expires_at)
         values ('x', $1, 'reset', 'canary@example.org', now(), now())",
        "insert into email_changes (change_id, member_id, old_email, new_email, confirm_hash, asked_at, expires_at)
         values (gen_random_uuid(), $1, 'canary@example.org', 'x', 'x', now(), now())",
        "insert into passkeys (passkey_id, member_id, credential_id, credential, name, synced, created_at)
         values (gen_random_uuid(), $1, 'x', '{}', 'x', true, now())",
        "insert into passkey_ceremonies (ceremony_hash, member_id, state, expires_at) values ('x', $1, '{}', now())",
        "insert into recovery_codes (member_id, code_hash, created_at) values ($1, 'x', now())",
        "insert into sign_in_attempts (attempt_hash, member_id, methods, expires_at)
         values ('x', $1, '{password}', now())",
        "insert into sent_factors (member_id, channel, number, hint, created_at) values ($1, 'sms', 'x', '99', now())",
        "insert into sent_codes (code_id, member_id, channel, bound_hash, code_mac, created_at, expires_at)
         values (gen_random_uuid(), $1, 'email', 'x', 'x', now(), now())",
        "insert into bank_accounts (bank_account_id, member_id, sealed, country, ending, asked_at, effective_at)
         values (gen_random_uuid(), $1, 'x', 'DE', '3000', now(), now())",
        "insert into linked_accounts (link_id, issuer, subject, member_id, email, linked_at)
         values (gen_random_uuid(), 'https://id.example', 'canary', $1, 'canary@example.org', now())",
        "insert into provider_attempts (attempt_hash, provider, member_id, expires_at) values ('x', 'x', $1, now())",
        "insert into kept_forms (kept_id, member_id, page, action, sealed, created_at, expires_at)
         values (gen_random_uuid(), $1, '/', '/', 'x', now(), now())",
        "insert into api_keys (key_id, member_id, secret_hash, hint, name, scopes, networks, last_used_from, created_at,
           expires_at)
         values (gen_random_uuid(), $1, 'x', 'x', 'x', '{listings:read}', '{}', 'x', now(), now())",
        "insert into suspensions (suspension_id, member_id, reason, words, began_at, lifted_at, appeal, appealed_at, answer,
           answered_at)
         values (gen_random_uuid(), $1, 'because', 'because', now(), now(), 'but no', now(), 'but yes', now())",
        "insert into approvals (approval_id, kind, act, subject, permission, about, reason, asked_by, asked_at, expires_at,
           state, decided_by, decided_at, verdict, ended_at)
         select gen_random_uuid(), 'suspensions', '{}', 'x', 'members.suspend', array[$1::uuid], 'because', $1, now(),
           now() + interval '1 hour', 'declined', member_id, now(), 'because', now()
         from members where member_id <> $1 limit 1",
        "insert into idempotency_keys (scope, key, fingerprint, body, created_at)
         values ($1::text, 'k', 'x', 'x', now())",
        "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
         select gen_random_uuid(), 'signin.reset', '{\"email\": \"canary@example.org\"}', now(), 1, now(), now(), 'x'
         where $1 is not null",
        "insert into former_handles (handle_hash, member_id, left_at) values ('x', $1, now())",
        "insert into document_wishes (member_id, no_letters_since) values ($1, now())",
        "insert into seller_profiles (member_id, class, business_name, legal_name_sealed, updated_at)
         values ($1, 'business', 'x', 'x', now())",
        "insert into seller_accounts (member_id, provider, account_ref, bank_label, bank_mac, created_at, updated_at)
         values ($1, 'sandbox', 'x', 'x', 'x', now(), now())",
        "insert into seller_tiers (member_id, tier, since, because, counted_at) values ($1, 1, now(), 'x', now())",
        "insert into cases (case_id, order_id, buyer_id, seller_id, kind, wants, currency, opened_at, closed_at, outcome)
         select gen_random_uuid(), order_id, buyer_id, seller_id, 'other', 'refund', currency, now(), now(), 'withdrawn'
         from orders where buyer_id = $1 limit 1",
        "insert into case_entries (entry_id, case_id, side, by_id, words, at)
         select gen_random_uuid(), case_id, 'buyer', $1, 'x', now() from cases where buyer_id = $1",
        "update sandbox.objects set body = jsonb_set(body, '{card,brand}', '\"Canary\"')
         where kind = 'charge' and ours in (select payment_id from payments where buyer_id = $1)",
        "insert into chargebacks (chargeback_id, payment_id, provider, provider_ref, reason, amount, currency, state,
           state_since, opened_at, closed_at)
         select gen_random_uuid(), payment_id, provider, 'x', 'x', amount, currency, 'won', now(), now(), now()
         from payments where buyer_id = $1 and provider_ref is not null limit 1",
        "insert into chargeback_shares (chargeback_id, order_id, amount)
         select chargeback_id, order_id, 1 from chargebacks join orders using (payment_id) where buyer_id = $1",
        "insert into chargeback_evidence (chargeback_id, field, words, at)
         select chargeback_id, 'x', 'x', now() from chargebacks join payments using (payment_id) where buyer_id = $1",
        "update orders set delivery_address = jsonb_set(delivery_address, '{name}', '\"Canary\"') where buyer_id = $1",
    ] {
        let done = sqlx::query(statement).bind(who.id.0).execute(&town.owner).await;
        done.unwrap_or_else(|e| panic!("{statement}: {e}"));
    }
}

/// Writes her name into every column that the register says will be gone.
async fn leaves_her_name_everywhere(town: &Town, who: Uuid) {
    for table in tables().filter(|t| t.is_personal()) {
        let ends = |c: &&market::privacy::register::Column| {
            let gone = |e| matches!(e, Erased::Deleted | Erased::Blanked | Erased::Shredded);
            c.personal.is_some_and(|p| gone(p.erased))
        };
        let Some((_, hers)) = HERS.iter().find(|(name, _)| *name == table.name) else {
            let all: Vec<_> = table.columns.iter().filter(ends).map(|c| c.names).collect();
            assert!(all.is_empty(), "which rows of {} are hers? {all:?}", table.name);
            continue;
        };
        let count = format!("select count(*) from {} where ({hers}) and $1::uuid is not null", table.name);
        let count: i64 =
            sqlx::query_scalar(AssertSqlSafe(count)).bind(who).fetch_one(&town.owner).await.unwrap();
        assert!(count > 0, "{}: no row of hers", table.name);
        for name in table.columns.iter().filter(ends).flat_map(|c| c.each()) {
            if !AS_IT_IS.contains(&format!("{}.{name}", table.name).as_str()) {
                writes(town, (table.name, *hers), name, who).await;
            }
        }
    }
}

async fn writes(town: &Town, (table, hers): (&str, &str), column: &str, who: Uuid) {
    let kind =
        "select format_type(atttypid, null) from pg_attribute where attrelid = $1::regclass and attname = $2";
    let kind: String =
        sqlx::query_scalar(kind).bind(table).bind(column).fetch_one(&town.owner).await.unwrap();
    let value = match kind.as_str() {
        "text" => "'canary' || substr(md5(ctid::text), 1, 6)",
        "bytea" => "convert_to('canary' || ctid::text, 'UTF8')",
        "jsonb" => r#"'{"tracking": "canary"}'"#,
        _ => return,
    };
    let write = format!("update {table} set {column} = {value} where ({hers}) and $1::uuid is not null");
    let done = sqlx::query(AssertSqlSafe(write)).bind(who).execute(&town.owner).await;
    done.unwrap_or_else(|e| panic!("{table}.{column}: {e}"));
}

/// Every column of the database in which her name stands.
async fn where_her_name_is(town: &Town) -> Vec<String> {
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "select table_schema || '.' || table_name, column_name::text, data_type::text from information_schema.columns
         where table_schema not in ('pg_catalog', 'information_schema')
           and data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')",
    )
    .fetch_all(&town.owner)
    .await
    .unwrap();
    let mut found = Vec::new();
    for (table, column, kind) in columns {
        let text =
            if kind == "bytea" { format!("encode({column}, 'escape')") } else { format!("{column}::text") };
        let count = format!("select count(*) from {table} where position('canary' in lower({text})) > 0");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(count)).fetch_one(&town.owner).await.unwrap();
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

#[tokio::test]
async fn nothing_of_who_has_left_is_found_and_others_miss_nothing() {
    let town = Town::new().await;
    let (her, ben) = (town.person("Canary").await, town.person("Ben").await);
    let lamp = her.listing("Lamp").quantity(2).live().await;
    let picture = pictures::good(1);
    for path in [format!("/sell/{}/photos", lamp.id), "/account/avatar".to_owned()] {
        her.upload(&path, &[], &[("photo", "a.png", &picture)]).await.is(303);
    }
    let vase = ben.listing("Vase").quantity(3).live().await;
    let bought = her.buys(&vase).await;
    her.pays(&bought).await;
    ben.takes(bought.order(), "ship").await;
    her.takes(bought.order(), "report_not_received").await;
    her.takes(bought.order(), "withdraw_claim").await;
    let sold = ben.buys(&lamp).await;
    ben.pays_by(sold.payment.id, cards::GOOD).await.unwrap();
    her.takes(sold.order(), "cancel_by_seller").await;
    town.run_jobs().await;
    assert_eq!(town.state(sold.order()).await, "refunded");
    her.post("/cart", &[("listing", &vase.id.to_string()), ("quantity", "1")]).await.is(303);
    let avatar = her.member().await.avatar.unwrap();
    asks_to_leave(&her).await.goes_to("/");
    her.sign_in().await.goes_to("/account/data");
    asks_for_a_copy(&her).await;
    town.run_jobs().await;

    fills_every_table(&town, &her).await;
    sqlx::query("insert into listing_edits values ($1, 99, now(), $2, '{}')")
        .bind(lamp.id.0)
        .bind(her.id.0)
        .execute(&town.owner)
        .await
        .unwrap();
    leaves_her_name_everywhere(&town, her.id.0).await;
    assert!(where_her_name_is(&town).await.len() > 40);

    // The copy would end meanwhile; it goes with her.
    town.later(Duration::days(14)).await;
    let last = town.mails_to("canary@example.org").await;
    assert_eq!(last.len(), 1, "all mails are forgotten but the last");
    assert_eq!(last[0].subject, "Your account is deleted");
    town.later(Duration::days(1)).await;
    // Receipts and invoices stay as they were issued: nobody has a page of hers any more.
    assert_eq!(where_her_name_is(&town).await, ["public.documents.body"]);

    let objects = &town.market.objects;
    for folder in [format!("listings/{}", lamp.id), avatar, format!("copies/{}", her.id)] {
        assert_eq!(objects.list(&folder).await.unwrap(), Vec::<String>::new(), "{folder}");
    }
    assert_eq!(town.count("select count(*) from vault.subject_keys").await, 0);
    for order in [bought.order(), sold.order()] {
        ben.get(&format!("/orders/{order}")).await.is(200).shows("Former member");
    }
    town.visitor().get(&format!("/listings/{}", lamp.id)).await.is(404);
    assert!(ledger_is_right(&town).await);
    let report = platform::audit::verify(&town.db, objects).await.unwrap();
    assert_eq!(report.faults, Vec::<String>::new());

    // The address is free; what she was called is not.
    let namesake = town.person("Canary").await;
    assert_ne!(namesake.member().await.handle, "canary");
}

/// Who is suspended does not come back as somebody new.
#[tokio::test]
async fn nobody_is_erased_while_they_are_suspended() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    let lamp = ann.listing("Lamp").live().await;
    asks_to_leave(&ann).await.goes_to("/");
    town.run_jobs().await;
    town.suspend(&ann).await;
    town.later(Duration::days(30)).await;
    assert_eq!(ann.member().await.email, "ann@example.org");
    assert_eq!(town.count("select count(*) from members where suspended_at is not null").await, 1);
    assert_eq!(town.count("select count(*) from deletions where step = 0 and erased_at is null").await, 1);
    sqlx::query("update members set suspended_at = null").execute(&town.owner).await.unwrap();
    town.later(Duration::days(1)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 1);
    assert_eq!(town.count("select count(*) from members where suspended_at is not null").await, 0);
    town.visitor().get(&format!("/listings/{}", lamp.id)).await.is(404);
}

/// Ann once asked for an address that became Ben's.
#[tokio::test]
async fn mails_to_somebody_else_stay_theirs() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    asks_to_leave(&ann).await.goes_to("/");
    town.later(Duration::days(13)).await;
    sqlx::query(
        "insert into email_changes (change_id, member_id, old_email, new_email, confirm_hash, asked_at, expires_at)
         values (gen_random_uuid(), $1, 'ann@old.example', 'BEN@example.org', 'x', '2100-01-01', '2100-01-01')",
    )
    .bind(ann.id.0)
    .execute(&town.owner)
    .await
    .unwrap();
    let mut tx = town.db.begin().await.unwrap();
    for to in [ben.email.as_str(), "ann@old.example"] {
        let (subject, text) = ("Hello".to_owned(), "Hello".to_owned());
        let letter = platform::mail::Letter { to: to.to_owned(), subject, html: text.clone(), text };
        platform::mail::queue(&mut tx, letter).await.unwrap();
    }
    tx.commit().await.unwrap();
    town.later(Duration::days(1) + Duration::seconds(1)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 1);
    assert_eq!(town.mails_to(&ben.email).await.len(), 1);
    assert_eq!(town.mails_to("ann@old.example").await.len(), 0);
}

/// Beside what the town looks at when it ends.
async fn ledger_is_right(town: &Town) -> bool {
    ledger::verify(&mut town.db.read().await.unwrap()).await.unwrap().ok()
}

#[tokio::test]
async fn what_was_sealed_opens_no_more() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let vault = &town.market.door.vault;
    let mut tx = town.db.begin().await.unwrap();
    let anns = vault.seal(&mut tx, ann.id.0, "totp", b"ann").await.unwrap();
    let bens = vault.seal(&mut tx, ben.id.0, "totp", b"ben").await.unwrap();
    tx.commit().await.unwrap();
    asks_to_leave(&ann).await.goes_to("/");
    town.run_jobs().await;
    town.later(Duration::days(14)).await;
    let mut reader = town.db.read().await.unwrap();
    let gone = vault.open(&mut reader, ann.id.0, "totp", &anns).await;
    assert!(matches!(gone, Err(platform::vault::VaultError::Forgotten)), "{gone:?}");
    assert_eq!(vault.open(&mut reader, ben.id.0, "totp", &bens).await.unwrap(), b"ben");
}

/// A deal that came to life again: she is not erased over it.
#[tokio::test]
async fn what_is_in_the_way_at_the_end_is_waited_for() {
    let town = Town::new().await;
    let (ann, ben) = (town.person("Ann").await, town.person("Ben").await);
    let vase = ben.listing("Vase").live().await;
    asks_to_leave(&ann).await.goes_to("/");
    town.run_jobs().await;
    // Past the rules, as late money would do it.
    let deal = ann.buys(&vase).await;
    ann.pays(&deal).await;
    town.later(Duration::days(14) - Duration::hours(1)).await;
    // Ben has not sent it within five days: it was paid back. Another one stands in the way.
    let again = ann.buys(&ben.listing("Rug").live().await).await;
    ann.pays(&again).await;
    town.later(Duration::hours(2)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is null").await, 1);
    assert_eq!(ann.member().await.email, "ann@example.org");
    for days in [6, 2] {
        town.later(Duration::days(days)).await;
    }
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 1);
}

/// The job may be stopped anywhere: done once more, it goes on, and there is nothing left to do afterwards.
#[tokio::test]
async fn it_goes_on_where_it_was() {
    let town = Town::new().await;
    let ann = town.person("Ann").await;
    ann.listing("Lamp").live().await;
    asks_to_leave(&ann).await.goes_to("/");
    town.run_jobs().await;
    // Stopped after its second step, of which the job knows nothing.
    sqlx::query("update deletions set step = 2, letter = null").execute(&town.owner).await.unwrap();
    town.later(Duration::days(14)).await;
    assert_eq!(town.count("select count(*) from deletions where erased_at is not null").await, 1);
    assert_eq!(town.count("select count(*) from listings where erased_at is not null").await, 0);
    let mut tx = town.db.begin().await.unwrap();
    let again = market::privacy::jobs::Leave { member: ann.id };
    platform::jobs::enqueue(&mut tx, &again).await.unwrap();
    tx.commit().await.unwrap();
    town.run_jobs().await;
    assert_eq!(town.count("select count(*) from members where handle like 'gone\\_%'").await, 1);
}
