-- People: accounts, sessions of browsers, tokens of programs, links sent by mail.

create table members (
  member_id uuid primary key,
  email text not null,
  email_verified_at timestamptz,
  password_hash text not null,
  handle text not null,
  display_name text not null,
  bio text not null default '',
  avatar text,
  town text,
  country text,
  lang text not null default 'en',
  roles text[] not null default '{}',
  suspended_at timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null,
  constraint members_display_name_length check (char_length(display_name) between 2 and 50)
);
create unique index members_email_taken on members (lower(email));
create unique index members_handle_taken on members (lower(handle));

-- The cookie holds a random token; only its SHA-256 is kept.
create table sessions (
  session_id uuid primary key,
  token_hash bytea not null,
  member_id uuid not null references members,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null default '',
  address text not null default '',
  constraint sessions_token_hash_unique unique (token_hash)
);
create index sessions_by_member on sessions (member_id);

create table token_families (
  family_id uuid primary key,
  member_id uuid not null references members,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  user_agent text not null default ''
);
create index token_families_by_member on token_families (member_id);

create table access_tokens (
  token_hash bytea primary key,
  family_id uuid not null references token_families on delete cascade,
  expires_at timestamptz not null
);
create index access_tokens_by_family on access_tokens (family_id);

create table refresh_tokens (
  token_hash bytea primary key,
  family_id uuid not null references token_families on delete cascade,
  generation integer not null,
  used_at timestamptz,
  expires_at timestamptz not null,
  constraint refresh_tokens_generation_unique unique (family_id, generation)
);

-- One-time links: to verify an address, to set a new password.
create table email_links (
  token_hash bytea primary key,
  member_id uuid not null references members,
  purpose text not null constraint email_links_purpose check (purpose in ('verify', 'reset')),
  email text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index email_links_by_member on email_links (member_id);
