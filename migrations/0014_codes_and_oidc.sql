-- Codes that are sent by mail or SMS, and accounts elsewhere that people sign in with.

-- Where codes go as a second factor: to the account's own address, or to a phone. The number is sealed.
create table sent_factors (
  member_id uuid not null references members,
  channel text not null constraint sent_factors_channel check (channel in ('email', 'sms')),
  number bytea,
  -- The last two digits, to be recognised by.
  hint text not null default '',
  created_at timestamptz not null,
  -- It counts for nothing until a code that went there was typed here.
  confirmed_at timestamptz,
  constraint sent_factors_pkey primary key (member_id, channel),
  constraint sent_factors_number check ((channel = 'sms') = (number is not null))
);

-- Eight digits can be tried out in a moment, so only their HMAC under a key outside of the database is kept.
create table sent_codes (
  code_id uuid primary key,
  member_id uuid not null references members,
  channel text not null constraint sent_codes_channel check (channel in ('email', 'sms')),
  -- What it is good for: one attempt to sign in, or one browser that shows once more who it is.
  bound_hash bytea not null,
  code_mac text not null,
  -- The HMAC of the phone's number, under the same key: one phone is not flooded from many accounts.
  place_mac text,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sent_codes_by_bound on sent_codes (bound_hash);
create index sent_codes_by_member on sent_codes (member_id, created_at);
create index sent_codes_by_age on sent_codes (created_at);
create index sent_codes_by_place on sent_codes (place_mac, created_at) where place_mac is not null;

-- Accounts at identity providers (OpenID Connect). Found by issuer and subject, never by address.
create table linked_accounts (
  link_id uuid primary key,
  issuer text not null,
  subject text not null,
  member_id uuid not null references members,
  -- As the provider told it when it was linked: to be recognised by, never looked up by.
  email text not null default '',
  linked_at timestamptz not null,
  last_used_at timestamptz,
  constraint linked_accounts_subject_unique unique (issuer, subject),
  constraint linked_accounts_one_each unique (member_id, issuer)
);

-- Somebody on the way to a provider and back. Deleted by coming back, rightly or wrongly.
create table provider_attempts (
  attempt_hash bytea primary key,
  provider text not null,
  -- Who adds the account to theirs; nobody yet for signing in.
  member_id uuid references members,
  next text not null default '/',
  expires_at timestamptz not null
);
create index provider_attempts_by_end on provider_attempts (expires_at);
