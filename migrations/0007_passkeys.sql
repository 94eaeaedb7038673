-- Passkeys: keys on people's devices that stand for a password and a second factor together.

create table passkeys (
  passkey_id uuid primary key,
  member_id uuid not null references members,
  credential_id bytea not null,
  -- The library's own record of the key: public key, counter, flags. Nothing of it is secret.
  credential jsonb not null,
  name text not null constraint passkeys_name_length check (char_length(name) between 1 and 50),
  -- It is copied between its owner's devices; else it lives on one.
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  constraint passkeys_credential_unique unique (credential_id)
);
create index passkeys_by_member on passkeys (member_id);

-- A ceremony in progress: what the answer of the browser is checked against. Deleted by being answered, rightly or wrongly.
create table passkey_ceremonies (
  ceremony_hash bytea primary key,
  -- Who adds a key; nobody yet for signing in.
  member_id uuid references members,
  state jsonb not null,
  expires_at timestamptz not null
);
create index passkey_ceremonies_by_end on passkey_ceremonies (expires_at);
