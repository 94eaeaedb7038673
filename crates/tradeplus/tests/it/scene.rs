//! New things in the scene that every route is tried in, and what stands in the database.

use crate::strangers::{Scene, Things, talked_about};
use kit::route::Object;
use market::accounts::model::{Client, Member, Method as Proof};
use market::accounts::sessions;
use market::approvals::model::Act;
use market::permissions::Permission;
use market::staff::model::Words;
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::Deal;

/// Makes each thing differ from those before.
static COUNT: AtomicU32 = AtomicU32::new(1_000);

impl Scene {
    /// The things of the scene, with a new one of this kind: the last visitor may have changed the old one.
    pub(crate) async fn fresh(&self, object: Object) -> Things {
        let mut things = self.things.clone();
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = uuid::Uuid::from_u128(u128::from(number));
        match object {
            Object::Listing | Object::Photo => {
                let draft = self.ann.listing("Lamp").draft().await;
                let picture = testkit::pictures::good(1);
                let path = format!("/sell/{}/photos", draft.id);
                self.ann.upload(&path, &[], &[("photo", "a.png", &picture)]).await.is(303);
                things.photo = self.town.listing(draft.id).await.photos[0].id.to_string();
                things.listing = draft.id.to_string();
            }
            Object::Order | Object::Payment => {
                let deal = self.ben.buys(&self.ann.listing("Vase").live().await).await;
                things.payment = deal.payment.id.to_string();
                if object == Object::Order {
                    self.ben.pays(&deal).await;
                }
                things.order = deal.order().to_string();
            }
            Object::Case | Object::Evidence => {
                (things.case, things.evidence) = talked_about(&self.town, &self.ann, &self.ben).await;
            }
            Object::Session => things.session = self.open_another_session().await,
            Object::Passkey => {
                let insert = "insert into passkeys
                    (passkey_id, member_id, credential_id, credential, name, synced, created_at)
                    values ($1, $2, $3, '{}', 'A key', true, now())";
                let key = format!("key {number}").into_bytes();
                let done = sqlx::query(insert).bind(id).bind(self.ann.id.0).bind(key);
                done.execute(&self.town.owner).await.unwrap();
                things.passkey = id.to_string();
            }
            Object::ApiKey => {
                let insert = "insert into api_keys
                    (key_id, member_id, secret_hash, hint, name, scopes, created_at, expires_at)
                    values ($1, $2, $3, 'tpk_live_x', 'A shop', '{listings:read}', $4, $4 + interval '90 days')";
                let secret = format!("key {number}").into_bytes();
                let done =
                    sqlx::query(insert).bind(id).bind(self.ann.id.0).bind(secret).bind(self.town.now());
                done.execute(&self.town.owner).await.unwrap();
                things.api_key = id.to_string();
            }
            Object::Link => {
                let insert = "insert into linked_accounts (link_id, issuer, subject, member_id, linked_at)
                    values ($1, $1::text, 'x', $2, now())";
                sqlx::query(insert).bind(id).bind(self.ann.id.0).execute(&self.town.owner).await.unwrap();
                things.link = id.to_string();
            }
            Object::Chargeback => {
                let deal = self.ben.buys(&self.ann.listing("Vase").live().await).await;
                self.ben.pays(&deal).await;
                self.disputes(id, &deal).await;
                things.chargeback = id.to_string();
            }
            Object::Job => {
                let insert =
                    "insert into jobs (job_id, kind, payload, run_at, tries_max, created_at, dead_at, last_error)
                     values ($1, 'tests.dead', '{}', now(), 1, now(), now(), 'because')";
                sqlx::query(insert).bind(id).execute(&self.town.owner).await.unwrap();
                things.job = id.to_string();
            }
            Object::Ticket => {
                self.ticket(id).await;
                things.ticket = id.to_string();
            }
            Object::FeeRule => {
                self.rule(id).await;
                things.rule = id.to_string();
            }
            Object::Run => {
                self.compared(id).await;
                things.run = id.to_string();
            }
            _ => {}
        }
        things
    }

    /// Something to be looked at.
    pub(crate) async fn ticket(&self, id: uuid::Uuid) {
        let insert = "insert into tickets (ticket_id, kind, key, subject_kind, opened_at, due_at)
            values ($1, 'other', $1::text, 'nothing', $2, $2)";
        let done = sqlx::query(insert).bind(id).bind(self.town.now());
        done.execute(&self.town.owner).await.unwrap();
    }

    /// A rule of fees for nothing that is sold here.
    pub(crate) async fn rule(&self, id: uuid::Uuid) {
        let insert = "insert into fee_rules
            (rule_id, position, title, category, commission_bp, buyer_bp, begins_at, made_at)
            values ($1, 1, 'Less for vehicles', 'vehicles', 300, 0, $2, $2)";
        let done = sqlx::query(insert).bind(id).bind(self.town.now());
        done.execute(&self.town.owner).await.unwrap();
    }

    /// A comparison that has ended, and a line in suspense, both of this number.
    pub(crate) async fn compared(&self, id: uuid::Uuid) {
        for insert in [
            "insert into reconciliations (run_id, provider, began_at, alive_at, ended_at)
             values ($1, 'sandbox', now(), now(), now())",
            "insert into suspense (suspense_id, provider, item, line_ref, why, amount, currency, opened_at)
             values ($1, 'sandbox', $1::text, 'txn_1', 'line_unexplained', 500, 'EUR', now())",
        ] {
            sqlx::query(insert).bind(id).execute(&self.town.owner).await.unwrap();
        }
    }

    /// The things of the scene, with an act that waits for a second person, which `who` can be.
    pub(crate) async fn wish_for(&self, who: &Member) -> Things {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = uuid::Uuid::from_u128(u128::from(number));
        let words = Words::read("You are out.").unwrap();
        let member = self.ann.id;
        let act = if who.may(Permission::MembersSuspend) {
            Act::Suspend { member, words, days: None }
        } else if who.may(Permission::MembersLook) {
            Act::LookAs { member }
        } else if who.may(Permission::PayoutsManage) {
            Act::FixTier { member, tier: 2, days: 30 }
        } else if who.may(Permission::ChargebacksManage) {
            Act::AcceptChargeback { chargeback: self.things.chargeback.parse().unwrap() }
        } else {
            Act::EndFeeRule { rule: kernel::FeeRuleId(id) }
        };
        self.wish(id, &act).await;
        Things { approval: id.to_string(), ..self.things.clone() }
    }

    /// Ben has asked for an act of staff, as if he were one of them.
    pub(crate) async fn wish(&self, id: uuid::Uuid, act: &Act) {
        let insert = "insert into approvals
            (approval_id, kind, act, subject, permission, reason, asked_by, asked_at, expires_at)
            values ($1, $2, $3, $1::text, $4, 'because', $5, $6::timestamptz, $6::timestamptz + interval '72 hours')";
        sqlx::query(insert)
            .bind(id)
            .bind(act.kind().name())
            .bind(serde_json::to_value(act).unwrap())
            .bind(act.permission().name())
            .bind(self.ben.id.0)
            .bind(self.town.now())
            .execute(&self.town.owner)
            .await
            .unwrap();
    }

    /// A bank wants back what Ben paid for.
    pub(crate) async fn disputes(&self, id: uuid::Uuid, deal: &Deal) {
        let insert = "insert into chargebacks
            (chargeback_id, payment_id, provider, provider_ref, reason, amount, currency, state, state_since, due_by, opened_at)
            select $1::uuid, payment_id, provider, $1::uuid::text, 'fraudulent', amount, currency, 'needs_response', $3::timestamptz,
              $3::timestamptz + interval '14 days', $3::timestamptz
            from payments where payment_id = $2";
        let share = "insert into chargeback_shares (chargeback_id, order_id, amount) values ($1, $2, 1)";
        let evidence = "insert into chargeback_evidence (chargeback_id, field, words, at)
            values ($1, 'customer_name', 'Ben', $2::timestamptz)";
        let (owner, now) = (&self.town.owner, self.town.now());
        let done = sqlx::query(insert).bind(id).bind(deal.payment.id.0).bind(now);
        done.execute(owner).await.unwrap();
        sqlx::query(share).bind(id).bind(deal.order().0).execute(owner).await.unwrap();
        sqlx::query(evidence).bind(id).bind(now).execute(owner).await.unwrap();
    }

    async fn open_another_session(&self) -> String {
        let member = self.ann.member().await;
        let mut tx = self.town.db.begin().await.unwrap();
        let client = Client { device: Some("another browser".to_owned()), ..Client::default() };
        let base = "http://localhost:8080";
        sessions::open(&mut tx, &member, &[Proof::Password], &client, base).await.unwrap();
        tx.commit().await.unwrap();
        let other = "select session_id from sessions where member_id = $1 and session_id::text <> $2 limit 1";
        let other = sqlx::query_scalar::<_, uuid::Uuid>(other).bind(self.ann.id.0).bind(&self.things.session);
        other.fetch_one(&self.town.owner).await.unwrap().to_string()
    }

    /// What a stranger must not change, and how many rows each table has.
    pub(crate) async fn everything(&self) -> String {
        let tables = "select format('%I.%I', n.nspname, c.relname)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' order by 1";
        let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&self.town.owner).await.unwrap();
        assert!(tables.len() > 30, "{tables:?}");
        let mut told = self.trace().await;
        for table in tables {
            let count = sqlx::AssertSqlSafe(format!("select count(*) from {table}"));
            let rows: i64 = sqlx::query_scalar(count).fetch_one(&self.town.owner).await.unwrap();
            told.push_str(&format!("\n{table} {rows}"));
        }
        told
    }
}
