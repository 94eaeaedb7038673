-- Which key of the vault somebody's key is wrapped with: the name of that key. Empty: it was wrapped before keys had names.
alter table vault.subject_keys add column wrapped_by text not null default '';

-- The key of the vault that new keys are wrapped with. One row: whoever wraps holds it, so that nobody wraps with an old
-- key after it was changed.
create table vault.current_key (
  one boolean primary key default true constraint current_key_is_one check (one),
  key_id text not null,
  since timestamptz not null
);

-- Wrong sign-ins, new accounts and links that were asked for, by minute and network: an HMAC, so it names nobody.
create table pressure (
  minute timestamptz not null,
  network text not null,
  tries integer not null constraint pressure_tries_positive check (tries > 0),
  constraint pressure_pk primary key (minute, network)
);

-- Whether forms carry a puzzle. One row.
create table pressure_state (
  one boolean primary key default true constraint pressure_state_is_one check (one),
  is_on boolean not null,
  since timestamptz not null
);
insert into pressure_state (is_on, since) values (false, 'epoch');

-- Puzzles that were shown with a form, and networks that waited instead: each counts once.
create table spent_puzzles (
  hash bytea constraint spent_puzzles_pk primary key,
  expires_at timestamptz not null
);
