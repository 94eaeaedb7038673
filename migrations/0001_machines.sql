-- What every slice stands on: events, jobs, idempotent answers, audit, mail.

-- Facts that happened, written in the transaction that made them happen.
-- Readers go in commit order below the xid horizon, so that a late commit is never skipped.
create table events (
  event_id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  kind text not null,
  subject uuid not null,
  payload jsonb not null,
  at timestamptz not null
);
create index events_in_commit_order on events (xid, event_id);

create table event_readers (
  name text primary key,
  xid xid8 not null default '0',
  event_id bigint not null default 0
);

create table jobs (
  job_id uuid primary key,
  kind text not null,
  unique_key text,
  payload jsonb not null,
  run_at timestamptz not null,
  -- Grows when a job with the same key is asked for again, so that a running one does not swallow it.
  generation integer not null default 0,
  tries integer not null default 0,
  tries_max integer not null,
  lease_until timestamptz,
  leased_by uuid,
  dead_at timestamptz,
  last_error text,
  created_at timestamptz not null
);
create unique index jobs_one_per_key on jobs (unique_key) where dead_at is null;
create index jobs_due on jobs (run_at) where dead_at is null;
create index jobs_dead on jobs (dead_at) where dead_at is not null;

create table idempotency_keys (
  scope text not null,
  key text not null,
  fingerprint bytea not null,
  status smallint,
  body bytea,
  created_at timestamptz not null,
  constraint idempotency_keys_pkey primary key (scope, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

create table audit_log (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id uuid,
  action text not null,
  object_kind text not null,
  object_id uuid,
  detail jsonb not null default '{}'
);
create index audit_log_by_object on audit_log (object_id, audit_id);

create table mails (
  mail_id uuid primary key,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text not null,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index mails_newest on mails (created_at desc, mail_id desc);
create index mails_by_address on mails (to_address, created_at desc);
