-- What is said between us and payment providers, whole; and the embedded provider's own books.

alter table payments
  -- The provider's name for the money itself, where it differs from the payment's (a charge).
  add column charge_ref text,
  -- What the provider counted of it, when it settles in another currency.
  add column settled_amount bigint,
  add column settled_currency text,
  -- How it was paid: card, bank_transfer, mobile_money …
  add column method text,
  -- Where the buyer goes to pay, with a provider that has pages of its own.
  add column pay_url text,
  add constraint payments_settled_whole check ((settled_amount is null) = (settled_currency is null));
create index payments_by_charge on payments (provider, charge_ref) where charge_ref is not null;
create index payments_waiting on payments (updated_at) where state in ('created', 'requires_action', 'processing', 'failed');

alter table refunds drop constraint refunds_state;
alter table refunds
  add constraint refunds_state check
    (state in ('created', 'unknown', 'pending', 'needs_attention', 'succeeded', 'failed', 'bounced')),
  -- Of which tax, so that what is reversed for the authority is known.
  add column tax_amount bigint not null default 0,
  add column cause text not null default 'order'
    constraint refunds_cause check (cause in ('order', 'split', 'clawback', 'goodwill', 'orphan', 'deposit')),
  add constraint refunds_tax_within check (tax_amount between 0 and amount);

alter table provider_calls
  add column method text not null default '',
  add column path text not null default '',
  add column account text,
  -- SHA-256 of the body as it was sent: the same key with another body is our mistake.
  add column body_hash bytea,
  add column status smallint,
  add column request_ref text,
  add column sent_at timestamptz,
  -- Since when nobody knows whether the provider did it.
  add column unknown_since timestamptz;
create index provider_calls_open on provider_calls (created_at) where state in ('sending', 'unknown');
create index provider_calls_by_subject on provider_calls (subject, created_at);
create index provider_calls_newest on provider_calls (created_at desc);

-- Every sending of a call and how it ended. Append only.
create table provider_call_tries (
  idempotency_key text not null references provider_calls,
  n integer not null,
  sent_at timestamptz not null,
  ended_at timestamptz not null,
  outcome text not null
    constraint provider_call_tries_outcome check (outcome in ('answered', 'declined', 'invalid', 'retryable', 'unknown', 'found')),
  status smallint,
  detail text not null default '',
  constraint provider_call_tries_pkey primary key (idempotency_key, n)
);
create trigger provider_call_tries_frozen before update or delete on provider_call_tries
  for each row execute function refuse_change();

alter table provider_events
  add column account text,
  -- Header fields that came with it, without those that prove it.
  add column headers jsonb not null default '{}',
  -- When the provider says that it happened.
  add column happened_at timestamptz,
  add column tries integer not null default 0,
  add column replayed_at timestamptz,
  add column replayed_by uuid references members;
create index provider_events_newest on provider_events (received_at desc, event_id);

-- The provider's own statement, line by line (Stripe: balance transactions; Paystack: balance ledger).
create table provider_lines (
  provider text not null,
  line_ref text not null,
  -- A seller's own account there; empty for ours.
  account text not null default '',
  kind text not null,
  -- Signed, as it changed the balance: net = amount - fee.
  amount bigint not null,
  fee bigint not null,
  net bigint not null,
  currency text not null,
  -- The object that it is about (ch_…, re_…, tr_…, du_…, po_…).
  source_ref text,
  created_at timestamptz not null,
  available_on timestamptz not null,
  raw jsonb not null,
  seen_at timestamptz not null,
  entry_id bigint references ledger.entries,
  matched_at timestamptz,
  -- Its net was moved from pending to available (J2).
  available_entry bigint references ledger.entries,
  constraint provider_lines_pkey primary key (provider, line_ref),
  constraint provider_lines_add_up check (net = amount - fee)
);
create index provider_lines_by_source on provider_lines (provider, source_ref);
create index provider_lines_unmatched on provider_lines (provider, created_at) where entry_id is null;
create index provider_lines_to_come on provider_lines (available_on) where available_entry is null;

-- Where reading the statement goes on.
create table provider_cursors (
  provider text not null,
  account text not null default '',
  what text not null,
  cursor text not null,
  read_at timestamptz not null,
  constraint provider_cursors_pkey primary key (provider, account, what)
);

-- What the provider said that it holds.
create table provider_balances (
  provider text not null,
  account text not null default '',
  currency text not null,
  asked_at timestamptz not null,
  pending bigint not null,
  available bigint not null,
  reserved bigint not null default 0,
  constraint provider_balances_pkey primary key (provider, account, currency, asked_at)
);

-- The embedded provider: objects as its interface shows them, keys that were used, what it still has to do and to tell.
create table sandbox.objects (
  kind text not null,
  id text not null,
  account text not null default '',
  -- What it belongs to (a refund's payment), and by what it is looked for (a transfer group).
  parent text,
  tag text,
  -- What the marketplace calls it.
  ours uuid,
  body jsonb not null,
  seq bigint generated always as identity,
  created_at timestamptz not null,
  constraint objects_pkey primary key (kind, id)
);
create index objects_newest on sandbox.objects (kind, account, seq desc);
create index objects_by_parent on sandbox.objects (kind, parent) where parent is not null;
create index objects_by_tag on sandbox.objects (kind, tag) where tag is not null;
create index objects_by_ours on sandbox.objects (kind, ours) where ours is not null;
create table sandbox.keys (
  account text not null,
  key text not null,
  print bytea not null,
  status smallint,
  body text,
  created_at timestamptz not null,
  constraint keys_pkey primary key (account, key)
);
create table sandbox.due (
  due_id bigint generated always as identity primary key,
  at timestamptz not null,
  what text not null,
  id text not null,
  detail jsonb not null default '{}'
);
create index due_next on sandbox.due (at, due_id);
create table sandbox.deliveries (
  event text not null,
  endpoint text not null,
  at timestamptz not null,
  tries integer not null default 0,
  delivered_at timestamptz,
  constraint deliveries_pkey primary key (event, endpoint)
);
create index deliveries_waiting on sandbox.deliveries (at) where delivered_at is null;
