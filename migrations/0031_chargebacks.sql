-- What buyers ask their banks, and what we answer.

create table chargebacks (
  chargeback_id uuid primary key,
  payment_id uuid not null references payments,
  provider text not null,
  provider_ref text not null,
  -- The network's word ("fraudulent", "product_not_received").
  reason text not null,
  amount bigint not null constraint chargebacks_amount_positive check (amount > 0),
  -- What the provider says that it keeps for it.
  fee bigint not null default 0,
  currency text not null,
  -- The lines of the provider's statement that belong to it, as it names them.
  lines text[] not null default '{}',
  state text not null constraint chargebacks_state check (state in
    ('inquiry', 'needs_response', 'sending', 'under_review', 'inquiry_closed', 'prevented', 'won', 'lost')),
  state_since timestamptz not null,
  version integer not null default 1,
  timer_transition text,
  timer_at timestamptz,
  -- When the provider wants an answer at the latest.
  due_by timestamptz,
  -- Since when the books say that the network has the money.
  booked_at timestamptz,
  -- What is answered, once that is settled; `round` tells one answer from the next.
  answer text constraint chargebacks_answer check (answer in ('evidence', 'accept')),
  round integer not null default 0,
  answered_by uuid references members,
  submitted_at timestamptz,
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint chargebacks_ref_unique unique (provider, provider_ref)
);
create index chargebacks_by_payment on chargebacks (payment_id);
create index chargebacks_open on chargebacks (due_by) where closed_at is null;

create table chargeback_events (
  chargeback_id uuid not null references chargebacks,
  n integer not null,
  transition text not null,
  actor text not null,
  actor_id uuid,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  data jsonb not null default '{}',
  constraint chargeback_events_pkey primary key (chargeback_id, n)
);
create trigger chargeback_events_frozen before update or delete on chargeback_events
  for each row execute function refuse_change();

-- Each order's part of it.
create table chargeback_shares (
  chargeback_id uuid not null references chargebacks,
  order_id uuid not null references orders,
  amount bigint not null constraint chargeback_shares_not_negative check (amount >= 0),
  -- What of the provider's fee was booked with this order.
  fee bigint not null default 0,
  -- What was taken from the seller and stands aside until it is decided.
  reserved_amount bigint not null default 0,
  constraint chargeback_shares_pkey primary key (chargeback_id, order_id),
  constraint chargeback_shares_set_aside check (fee >= 0 and reserved_amount >= 0)
);
create index chargeback_shares_by_order on chargeback_shares (order_id);

-- What the bank is shown, a named piece each.
create table chargeback_evidence (
  chargeback_id uuid not null references chargebacks,
  field text not null,
  words text not null constraint chargeback_evidence_words_length check (char_length(words) <= 20000),
  -- Who of the staff wrote it; nobody wrote what was drafted.
  by_id uuid references members,
  at timestamptz not null,
  constraint chargeback_evidence_pkey primary key (chargeback_id, field)
);

-- The network thinks that a payment is fraud, before anybody disputes it.
create table fraud_warnings (
  provider text not null,
  provider_ref text not null,
  payment_id uuid not null references payments,
  kind text not null,
  at timestamptz not null,
  constraint fraud_warnings_pkey primary key (provider, provider_ref)
);
create index fraud_warnings_by_payment on fraud_warnings (payment_id);

-- A payment can be disputed more than once, and each that is won gives the seller back what was set aside.
alter table settlements drop constraint settlements_one_of_a_kind;
create unique index settlements_one_of_a_kind on settlements (order_id, kind) where kind <> 'won';
