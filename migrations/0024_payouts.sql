-- From a released order to a seller's bank.

create table seller_accounts (
  member_id uuid not null references members,
  provider text not null,
  -- The provider's name for it (acct_…, RCP_…), once it has one.
  account_ref text,
  state text not null default 'started'
    constraint seller_accounts_state check (state in ('started', 'pending', 'active', 'restricted', 'rejected')),
  country text,
  currency text,
  -- What the provider still wants to know, as codes of it.
  wants text[] not null default '{}',
  wants_until timestamptz,
  payouts_on boolean not null default false,
  -- Of the bank account: what may be shown of it, and a keyed hash to find it again with other sellers.
  bank_label text,
  bank_mac bytea,
  bank_changed_at timestamptz,
  cool_until timestamptz,
  blocked_because text,
  schedule text not null default 'weekly'
    constraint seller_accounts_schedule check (schedule in ('daily', 'weekly', 'monthly', 'by_hand')),
  minimum bigint not null default 0 constraint seller_accounts_minimum check (minimum >= 0),
  reminders smallint not null default 0,
  asked_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint seller_accounts_pkey primary key (member_id, provider),
  constraint seller_accounts_ref_unique unique (provider, account_ref)
);
create index seller_accounts_by_bank on seller_accounts (bank_mac) where bank_mac is not null;

-- How far a seller is trusted; counted every day, or set by staff until a day.
create table seller_tiers (
  member_id uuid primary key references members,
  tier smallint not null constraint seller_tiers_range check (tier between 0 and 3),
  since timestamptz not null,
  because text not null,
  fixed_until timestamptz,
  counted_at timestamptz not null
);

-- What an order released to its seller, on its way to them: the sale, and what was kept back of it.
create table settlements (
  settlement_id uuid primary key,
  order_id uuid not null references orders,
  seller_id uuid not null references members,
  kind text not null constraint settlements_kind check (kind in ('sale', 'reserve', 'won', 'goodwill')),
  provider text not null,
  charge_ref text,
  currency text not null,
  amount bigint not null constraint settlements_amount_positive check (amount > 0),
  -- What of it paid a debt, and what was taken back: the rest is what the seller gets.
  netted_amount bigint not null default 0,
  taken_amount bigint not null default 0,
  -- What the last of it was taken back for: the reversal's entry pays a debt, or fills a dispute's reserve.
  taken_because text constraint settlements_taken_because check (taken_because in ('refund', 'chargeback')),
  state text not null constraint settlements_state check (state in
    ('on_hold', 'payable', 'transferring', 'transfer_unknown', 'transferred', 'reversing', 'in_payout', 'blocked',
     'paid_out', 'clawed_back', 'netted', 'written_off')),
  state_since timestamptz not null,
  version integer not null default 1,
  timer_transition text,
  timer_at timestamptz,
  hold_until timestamptz not null,
  -- A message: payout-hold-…
  hold_because text not null,
  transfer_ref text,
  reversal_ref text,
  created_at timestamptz not null,
  constraint settlements_one_of_a_kind unique (order_id, kind),
  constraint settlements_transfer_unique unique (provider, transfer_ref),
  constraint settlements_parts_within check (netted_amount >= 0 and taken_amount >= 0 and netted_amount + taken_amount <= amount)
);
create index settlements_by_seller on settlements (seller_id, settlement_id desc);
create index settlements_to_clear on settlements (hold_until) where state = 'on_hold';
create index settlements_to_move on settlements (seller_id, provider, currency) where state in ('payable', 'transferred');
create index settlements_by_timer on settlements (timer_at) where timer_at is not null;

create table settlement_events (
  settlement_id uuid not null references settlements,
  n integer not null,
  transition text not null,
  actor text not null,
  actor_id uuid,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  data jsonb not null default '{}',
  constraint settlement_events_pkey primary key (settlement_id, n)
);
create trigger settlement_events_frozen before update or delete on settlement_events
  for each row execute function refuse_change();

create table seller_debts (
  debt_id uuid primary key,
  seller_id uuid not null references members,
  order_id uuid not null references orders,
  provider text not null,
  currency text not null,
  amount bigint not null constraint seller_debts_amount_positive check (amount > 0),
  recovered_amount bigint not null default 0,
  written_off_amount bigint not null default 0,
  because text not null constraint seller_debts_because check (because in ('refund', 'chargeback', 'payout_returned')),
  state text not null constraint seller_debts_state check (state in ('open', 'recovered', 'written_off')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint seller_debts_parts_within check (recovered_amount >= 0 and written_off_amount >= 0
    and recovered_amount + written_off_amount <= amount),
  constraint seller_debts_closed_when_nothing_is_left
    check ((state = 'open') = (recovered_amount + written_off_amount < amount) and (state = 'open') = (closed_at is null))
);
create index seller_debts_open on seller_debts (seller_id, currency, opened_at) where state = 'open';

create table payouts (
  payout_id uuid primary key,
  -- What people call it: short, unique, without meaning.
  number text not null,
  seller_id uuid not null references members,
  provider text not null,
  account_ref text not null,
  currency text not null,
  amount bigint not null constraint payouts_amount_positive check (amount > 0),
  fee bigint not null default 0,
  state text not null constraint payouts_state
    check (state in ('gathered', 'sending', 'unknown', 'in_transit', 'failed', 'paid', 'returned', 'dissolved')),
  state_since timestamptz not null,
  version integer not null default 1,
  timer_transition text,
  timer_at timestamptz,
  provider_ref text,
  bank_label text,
  failure text,
  expected_at timestamptz,
  paid_at timestamptz,
  created_at timestamptz not null,
  constraint payouts_number_unique unique (number),
  constraint payouts_provider_ref_unique unique (provider, provider_ref)
);
create index payouts_by_seller on payouts (seller_id, payout_id desc);
create index payouts_open on payouts (state_since) where state in ('gathered', 'sending', 'unknown', 'in_transit', 'failed');
create unique index payouts_one_at_a_time on payouts (seller_id, provider, currency)
  where state in ('gathered', 'sending', 'unknown');

create table payout_items (
  payout_id uuid not null references payouts,
  settlement_id uuid not null references settlements,
  amount bigint not null constraint payout_items_amount_positive check (amount > 0),
  constraint payout_items_pkey primary key (payout_id, settlement_id)
);
create index payout_items_by_settlement on payout_items (settlement_id);
create trigger payout_items_frozen before update or delete on payout_items
  for each row execute function refuse_change();
-- A payout is the sum of its items, looked at when the transaction ends.
create function check_payout_sum() returns trigger language plpgsql as $$
declare
  whole bigint; parts bigint;
begin
  select amount into whole from payouts where payout_id = new.payout_id;
  select coalesce(sum(amount), 0) into parts from payout_items where payout_id = new.payout_id;
  if whole <> parts then
    raise exception 'payout % is % and its items are %', new.payout_id, whole, parts
      using errcode = 'check_violation', table = 'payouts', constraint = 'payouts_are_their_items';
  end if;
  return null;
end $$;
create constraint trigger payouts_are_their_items after insert or update of amount on payouts
  deferrable initially deferred for each row execute function check_payout_sum();
create constraint trigger payout_items_add_up after insert on payout_items
  deferrable initially deferred for each row execute function check_payout_sum();
