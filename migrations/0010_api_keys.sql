-- Keys with which programs act for a member, within scopes that the member chose. A key is shown once; what is kept is
-- its SHA-256, which is enough because nobody can guess 160 bits.

create table api_keys (
  key_id uuid primary key,
  member_id uuid not null references members,
  secret_hash bytea not null,
  -- Its first and last letters, by which its owner tells it from others.
  hint text not null,
  name text not null,
  scopes text[] not null,
  -- Where it may be used from, in CIDR notation; empty is anywhere.
  networks text[] not null default '{}',
  -- Requests a minute, if the owner bounds them.
  per_minute integer,
  -- The key whose place it has taken. That one ends by itself.
  replaces uuid references api_keys on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Written at most once in some minutes, with the network it came from.
  last_used_at timestamptz,
  last_used_from text,
  revoked_at timestamptz,
  revoked_because text,
  constraint api_keys_secret_unique unique (secret_hash),
  constraint api_keys_replaced_once unique (replaces),
  constraint api_keys_name_length check (char_length(name) between 1 and 60),
  constraint api_keys_have_scopes check (cardinality(scopes) > 0),
  constraint api_keys_per_minute check (per_minute between 1 and 6000),
  constraint api_keys_end check (expires_at >= created_at and expires_at <= created_at + interval '366 days'),
  constraint api_keys_revoked_because check (revoked_because in ('owner', 'leaked', 'restored')),
  constraint api_keys_revoked_for_a_reason check ((revoked_at is null) = (revoked_because is null))
);
create index api_keys_by_member on api_keys (member_id, created_at desc);
