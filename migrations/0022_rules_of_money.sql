-- What staff is asked to look at, and the rules of fees, taxes and currencies.

-- Something that a person must look at. One that is open is not opened again.
create table tickets (
  ticket_id uuid primary key,
  kind text not null constraint tickets_kind check (kind in
    ('suspense', 'unmatched_entry', 'balance_differs', 'call_unknown', 'event_unreadable', 'transit_old', 'escrow_old',
     'refund_stuck', 'refund_attention', 'payout_stuck', 'debt_old', 'chargeback', 'fraud_warning', 'case', 'cover',
     'tax_place', 'tax_seller', 'orphan', 'other')),
  key text not null,
  subject_kind text not null,
  subject uuid,
  amount bigint,
  currency text,
  detail jsonb not null default '{}',
  opened_at timestamptz not null,
  due_at timestamptz not null,
  -- How often it was reported again while it was open.
  seen integer not null default 1,
  taken_by uuid references members,
  taken_at timestamptz,
  closed_at timestamptz,
  closed_by uuid references members,
  outcome text constraint tickets_outcome_length check (char_length(outcome) between 3 and 1000),
  constraint tickets_money_whole check ((amount is null) = (currency is null)),
  constraint tickets_taken_whole check ((taken_by is null) = (taken_at is null))
);
create unique index tickets_one_open on tickets (key) where closed_at is null;
create index tickets_open on tickets (due_at, ticket_id) where closed_at is null;
create index tickets_by_subject on tickets (subject, opened_at) where subject is not null;

-- The first rule that fits counts; without one, the settings do. A rule is never changed: it ends, and another begins.
create table fee_rules (
  rule_id uuid primary key,
  position integer not null,
  title text not null constraint fee_rules_title_length check (char_length(title) between 2 and 80),
  category text,
  tier smallint,
  seller_class text constraint fee_rules_seller_class check (seller_class in ('private', 'business')),
  -- Amounts are of this currency; a rule without one has none.
  currency text,
  commission_bp integer not null constraint fee_rules_commission check (commission_bp between 0 and 5000),
  commission_fixed bigint not null default 0,
  commission_min bigint not null default 0,
  commission_cap bigint,
  buyer_bp integer not null constraint fee_rules_buyer check (buyer_bp between 0 and 5000),
  buyer_fixed bigint not null default 0,
  buyer_cap bigint,
  begins_at timestamptz not null,
  ends_at timestamptz,
  made_by uuid references members,
  made_at timestamptz not null,
  constraint fee_rules_not_negative check (commission_fixed >= 0 and commission_min >= 0 and buyer_fixed >= 0
    and coalesce(commission_cap, 0) >= 0 and coalesce(buyer_cap, 0) >= 0),
  constraint fee_rules_amounts_have_a_currency check (currency is not null
    or (commission_fixed = 0 and commission_min = 0 and commission_cap is null and buyer_fixed = 0 and buyer_cap is null)),
  constraint fee_rules_ends_after_beginning check (ends_at is null or ends_at > begins_at)
);
create index fee_rules_in_order on fee_rules (position, rule_id) where ends_at is null;

-- Rates of the European Central Bank or another named source: units of `currency` for one of `base`.
create table fx_rates (
  source text not null,
  base text not null,
  currency text not null,
  day date not null,
  rate numeric(20, 10) not null constraint fx_rates_positive check (rate > 0),
  read_at timestamptz not null,
  constraint fx_rates_pkey primary key (source, base, currency, day)
);
create index fx_rates_newest on fx_rates (currency, day desc);

-- Where the operator is registered for a tax, from when on. Without a registration nothing is collected there.
create table tax_registrations (
  place text not null constraint tax_registrations_place check (place ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
  scheme text not null constraint tax_registrations_scheme check (scheme in ('local', 'oss', 'ioss', 'facilitator')),
  number text not null,
  begins date not null,
  ends date,
  made_by uuid references members,
  made_at timestamptz not null,
  constraint tax_registrations_pkey primary key (place, scheme, begins),
  constraint tax_registrations_ends_after_beginning check (ends is null or ends >= begins)
);

-- Rates beside those that come with the program: reduced ones by category, other places. Local dates, never instants.
create table tax_rates (
  place text not null,
  category text not null default '',
  rate_ppm integer not null constraint tax_rates_range check (rate_ppm between 0 and 1000000),
  begins date not null,
  ends date,
  source text not null,
  reviewed_by uuid not null references members,
  reviewed_at timestamptz not null,
  constraint tax_rates_pkey primary key (place, category, begins)
);

-- What was decided about each part of an order, frozen at sale.
create table tax_decisions (
  order_id uuid not null references orders,
  n smallint not null,
  part text not null constraint tax_decisions_part check (part in ('item', 'shipping', 'buyer_fee', 'commission')),
  leg_id uuid references order_legs,
  liable text not null constraint tax_decisions_liable check (liable in ('platform', 'seller', 'none')),
  place text not null,
  base bigint not null,
  rate_ppm integer not null,
  amount bigint not null,
  -- Within the price, or on top of it.
  included boolean not null,
  currency text not null,
  engine text not null,
  rules text not null,
  -- Why: the row of the matrix of liability.
  because text not null,
  inputs jsonb not null,
  engine_ref text,
  decided_at timestamptz not null,
  constraint tax_decisions_pkey primary key (order_id, n),
  constraint tax_decisions_amount_bounded check (amount >= 0 and amount <= base),
  constraint tax_decisions_nobody_pays_nothing check (liable <> 'none' or amount = 0)
);
create index tax_decisions_by_place on tax_decisions (place, decided_at) where liable = 'platform';
create trigger tax_decisions_frozen before update or delete on tax_decisions
  for each row execute function refuse_change();

-- Sales by place and year from the first day, whether anything is collected there or not.
create table tax_exposure (
  place text not null,
  year smallint not null,
  currency text not null,
  sales bigint not null default 0,
  orders bigint not null default 0,
  constraint tax_exposure_pkey primary key (place, year, currency)
);

-- Who a seller is for the tax office. What names a person is sealed with their own key.
create table seller_profiles (
  member_id uuid primary key references members,
  class text not null default 'private' constraint seller_profiles_class check (class in ('private', 'business')),
  country text constraint seller_profiles_country check (country ~ '^[A-Z]{2}$'),
  business_name text,
  registration text,
  vat_id text,
  legal_name_sealed bytea,
  address_sealed bytea,
  born_sealed bytea,
  tin_sealed bytea,
  tin_country text,
  -- May documents be made in their name (self-billing).
  self_billing_at timestamptz,
  asked_at timestamptz,
  reminders smallint not null default 0,
  given_at timestamptz,
  updated_at timestamptz not null,
  constraint seller_profiles_business_is_named check (class = 'private' or business_name is not null)
);

insert into role_permissions (role, permission) values
  ('support', 'tickets.see'), ('support', 'documents.see'),
  ('finance', 'tickets.see'), ('finance', 'documents.see'), ('finance', 'payouts.manage'), ('finance', 'payments.replay'),
  ('finance', 'ledger.adjust'), ('finance', 'reconcile.run'), ('finance', 'rules.edit'), ('finance', 'chargebacks.manage'),
  ('finance', 'reports.make');
