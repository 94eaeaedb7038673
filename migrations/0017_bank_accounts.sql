-- Where a member's money goes.

-- Who owns the account and its number are sealed with the member's key. At most one is in use and one waits to be. What was
-- used before stays for a while, so that it can be put back when somebody else was in the member's account.
create table bank_accounts (
  bank_account_id uuid primary key,
  member_id uuid not null references members,
  sealed bytea not null,
  -- What may be shown of the number: its country, and its last four characters.
  country text not null constraint bank_accounts_country check (country ~ '^[A-Z]{2}$'),
  ending text not null constraint bank_accounts_ending check (ending ~ '^[0-9A-Z]{4}$'),
  asked_at timestamptz not null,
  -- In use from then on, unless it has ended.
  effective_at timestamptz not null,
  -- Of the link in the mail that takes the change back; nothing where there was nothing to wait for.
  undo_hash bytea,
  -- Another one is in use since then, or it was taken back or removed.
  ended_at timestamptz,
  constraint bank_accounts_order check (effective_at >= asked_at)
);
create index bank_accounts_by_member on bank_accounts (member_id, effective_at);
create index bank_accounts_by_end on bank_accounts (ended_at) where ended_at is not null;
create unique index bank_accounts_by_undo on bank_accounts (undo_hash) where undo_hash is not null;
