-- What was typed into a form whose sender had to sign in first, and showing at a provider once more who one is.

-- For an hour, or until it is sent again. Sealed with its owner's key: it may be anything that people type.
create table kept_forms (
  kept_id uuid primary key,
  member_id uuid not null references members,
  -- The page that the form stands on, and the address that it is sent to.
  page text not null,
  action text not null,
  sealed bytea not null constraint kept_forms_sealed_size check (octet_length(sealed) <= 70000),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index kept_forms_by_member on kept_forms (member_id, created_at);
create index kept_forms_by_end on kept_forms (expires_at);

-- The session whose owner shows at the provider once more who they are; nothing for signing in and for adding an
-- account. It may have ended when they come back.
alter table provider_attempts add column session_id uuid;
