-- How people prove who they are a second time, what slows guessing down, and what their account has seen.

alter table sessions
  -- When who it is was proven last. The epoch is never fresh: what an older version of the program writes.
  add column auth_at timestamptz not null default 'epoch',
  -- How, as the program names it: 'password', 'link', 'device', 'totp', 'recovery', 'passkey'.
  add column methods text[] not null default '{}',
  -- The known browser it is in, so that signing it out ends the trust in it.
  add column device_hash bytea;

-- Whether a second factor was shown when it began.
alter table token_families add column strong boolean not null default false;

-- A browser in which somebody has signed in before. The cookie is the same for all accounts of the browser, so
-- the pair is what is known.
create table known_devices (
  token_hash bytea not null,
  member_id uuid not null references members,
  last_seen_at timestamptz not null,
  -- Until then no second factor is asked for here.
  trusted_until timestamptz,
  constraint known_devices_pkey primary key (token_hash, member_id)
);
create index known_devices_by_member on known_devices (member_id);

-- What happened to an account's safety, as its owner reads it. Kept for a year, goes with the account.
create table security_events (
  event_id uuid primary key,
  member_id uuid not null references members,
  kind text not null,
  at timestamptz not null,
  user_agent text not null default '',
  address text not null default ''
);
create index security_events_by_member on security_events (member_id, event_id desc);
create index security_events_by_age on security_events (at);

-- Somebody who has shown one factor and owes another. No session: nothing can be done with it but going on.
create table sign_in_attempts (
  attempt_hash bytea primary key,
  member_id uuid not null references members,
  methods text[] not null,
  next text not null default '/',
  expires_at timestamptz not null
);
create index sign_in_attempts_by_end on sign_in_attempts (expires_at);

-- Wrong tries. The subject is an HMAC of what is guessed at (an address, a member): an address that has no
-- account is slowed down exactly like one that has.
create table guesses (
  subject text primary key,
  failures integer not null constraint guesses_failures_positive check (failures > 0),
  -- The count starts anew a day after this.
  since timestamptz not null,
  next_at timestamptz not null
);
create index guesses_by_age on guesses (since);

-- An authenticator app. The secret is sealed; last_step makes each code work once.
create table totp (
  member_id uuid primary key references members,
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0,
  created_at timestamptz not null
);

-- 125 bits of chance each, so a plain SHA-256 is enough.
create table recovery_codes (
  member_id uuid not null references members,
  code_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint recovery_codes_pkey primary key (member_id, code_hash)
);

-- Keys that seal what is known of people. Each is wrapped by a key that is not in the database, so that a copy of
-- the database alone opens nothing; deleting one makes everything that was sealed with it unreadable for ever.
create schema vault;
create table vault.subject_keys (
  subject_id uuid primary key,
  wrapped bytea not null,
  created_at timestamptz not null
);
