-- Whether what we booked is what providers say.

-- One comparison with one provider. One at a time.
create table reconciliations (
  run_id uuid primary key,
  provider text not null,
  began_at timestamptz not null,
  -- When it last showed that it goes on: one that does not was cut.
  alive_at timestamptz not null,
  ended_at timestamptz,
  was_cut boolean not null default false,
  by_id uuid references members,
  -- Lines that were new, lines that entries explain, lines that were booked, and what went to suspense.
  lines bigint not null default 0,
  matched bigint not null default 0,
  booked bigint not null default 0,
  suspended bigint not null default 0,
  findings integer not null default 0,
  -- The oldest entry of ours that the statement does not have yet: the next comparison begins to look there.
  open_since timestamptz,
  -- Each currency: what the books say, what the provider says.
  balances jsonb not null default '[]'
);
create index reconciliations_newest on reconciliations (provider, began_at desc);
create unique index reconciliations_one_at_a_time on reconciliations (provider) where ended_at is null;

create table reconciliation_findings (
  run_id uuid not null references reconciliations,
  n integer not null,
  kind text not null constraint reconciliation_findings_kind check (kind in
    ('line_unexplained', 'entry_unseen', 'amount_differs', 'balance_differs', 'mirror_differs', 'payout_differs', 'cover_short')),
  -- The line, the payout or the account that it is about.
  about text not null,
  entry_id bigint,
  -- Minor units.
  ours bigint,
  theirs bigint,
  currency text not null,
  ticket_id uuid references tickets,
  -- What stands in suspense because of it.
  suspense_id uuid,
  constraint reconciliation_findings_pkey primary key (run_id, n)
);

-- Where a reading of a statement began: what comes late is read again from an earlier one.
create table statement_marks (
  provider text not null,
  account text not null default '',
  read_at timestamptz not null,
  cursor text not null,
  constraint statement_marks_pkey primary key (provider, account, read_at)
);

alter table provider_lines
  add column state text not null default 'waiting'
    constraint provider_lines_state check (state in
      -- for an entry that explains it; explained by one; booked because of it; undone by another line of the same thing;
      ('waiting', 'matched', 'booked', 'undone',
      -- moves nothing out of what the provider holds; of a seller's own account; in suspense; out of it, by a person
       'within', 'mirror', 'suspended', 'cleared'));
create index provider_lines_open on provider_lines (provider, created_at) where state in ('waiting', 'suspended', 'within');

-- Which line explains an entry. A line may explain several: one payment of three orders.
create table provider_matches (
  entry_id bigint primary key references ledger.entries,
  provider text not null,
  line_ref text not null,
  matched_at timestamptz not null,
  constraint provider_matches_line foreign key (provider, line_ref) references provider_lines
);
create index provider_matches_by_line on provider_matches (provider, line_ref);

-- What stands in suspense, or stood there: a line that nobody explains, what a line is beside what we booked, an entry
-- that the statement does not have.
create table suspense (
  suspense_id uuid primary key,
  provider text not null,
  -- In the keys of its entries.
  item text not null,
  line_ref text,
  entry_id bigint references ledger.entries,
  why text not null constraint suspense_why check (why in ('line_unexplained', 'amount_differs', 'entry_unseen')),
  -- As it changed what the provider holds, minor units.
  amount bigint not null constraint suspense_not_nothing check (amount <> 0),
  currency text not null,
  -- What we had booked of it.
  ours bigint not null default 0,
  ticket_id uuid references tickets,
  opened_at timestamptz not null,
  ended_at timestamptz,
  ended_as text constraint suspense_ended_as check (ended_as in ('explained', 'fee', 'goodwill', 'bank')),
  ended_by uuid references members,
  constraint suspense_item_unique unique (provider, item),
  constraint suspense_ended_whole check ((ended_at is null) = (ended_as is null))
);
create index suspense_open on suspense (provider, opened_at) where ended_at is null;
create index suspense_by_entry on suspense (entry_id) where entry_id is not null;
