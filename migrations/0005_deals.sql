-- Carts, payments, orders with legs.

create table carts (
  cart_id uuid primary key,
  -- A visitor's cart is known by the hash of a cookie, a member's by the member.
  token_hash bytea,
  member_id uuid references members,
  updated_at timestamptz not null,
  constraint carts_token_unique unique (token_hash),
  constraint carts_member_unique unique (member_id),
  constraint carts_have_an_owner check (token_hash is not null or member_id is not null)
);

create table cart_lines (
  cart_id uuid not null references carts on delete cascade,
  listing_id uuid not null references listings,
  quantity integer not null constraint cart_lines_quantity_positive check (quantity > 0),
  added_at timestamptz not null,
  primary key (cart_id, listing_id)
);

-- One payment by one buyer; it may cover orders of several sellers.
create table payments (
  payment_id uuid primary key,
  buyer_id uuid not null references members,
  provider text not null,
  -- The provider's own id, once it has one.
  provider_ref text,
  amount bigint not null constraint payments_amount_positive check (amount > 0),
  currency text not null,
  state text not null constraint payments_state
    check (state in ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled')),
  -- Why the last try failed, as a code of the provider ("card_declined").
  failure text,
  -- The provider's name for the last try to pay, so that two tries that fail alike are told apart.
  attempt text,
  -- What the provider kept of it, minor units; known when it succeeded.
  fee bigint,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint payments_provider_ref_unique unique (provider, provider_ref)
);
create index payments_by_buyer on payments (buyer_id, payment_id);

create table orders (
  order_id uuid primary key,
  -- What people say to each other: short, unique, without meaning.
  number text not null,
  payment_id uuid not null references payments,
  buyer_id uuid not null references members,
  seller_id uuid not null references members,
  process text not null,
  process_version integer not null,
  state text not null,
  state_since timestamptz not null,
  version integer not null default 1,
  -- What silence does, and when; null in an end state.
  timer_transition text,
  timer_at timestamptz,
  currency text not null,
  items_amount bigint not null,
  shipping_amount bigint not null,
  -- Buyer protection on top, and the marketplace's commission out of the seller's part. Frozen at sale.
  buyer_fee_amount bigint not null,
  commission_amount bigint not null,
  total_amount bigint not null,
  -- The order's part of what the provider kept of the payment.
  provider_fee_amount bigint not null default 0,
  delivery_method text not null constraint orders_delivery_method check (delivery_method in ('ship', 'meet')),
  -- {name, line1, line2, postcode, town, country} or null when they meet.
  delivery_address jsonb,
  carrier text,
  tracking text,
  problem text,
  created_at timestamptz not null,
  constraint orders_number_unique unique (number),
  constraint orders_buyer_is_not_seller check (buyer_id <> seller_id),
  constraint orders_total_adds_up check (total_amount = items_amount + shipping_amount + buyer_fee_amount),
  constraint orders_amounts_not_negative
    check (items_amount >= 0 and shipping_amount >= 0 and buyer_fee_amount >= 0 and commission_amount >= 0
           and commission_amount <= items_amount + shipping_amount)
);
create index orders_by_buyer on orders (buyer_id, order_id desc);
create index orders_by_seller on orders (seller_id, order_id desc);
create index orders_by_payment on orders (payment_id);
create index orders_by_timer on orders (timer_at) where timer_at is not null;

-- A leg moves one thing from one member to another: an item, or money.
create table order_legs (
  leg_id uuid primary key,
  order_id uuid not null references orders,
  kind text not null constraint order_legs_kind check (kind in ('item', 'money')),
  from_member uuid not null references members,
  to_member uuid not null references members,
  -- Of an item leg: which listing, how many, and what it was when it was sold.
  listing_id uuid references listings,
  quantity integer,
  title text,
  unit_amount bigint,
  photo_key text,
  -- Of a money leg, and the price of an item leg: minor units.
  amount bigint not null,
  currency text not null,
  state text not null,
  constraint order_legs_item_names_a_listing
    check (kind = 'money' or (listing_id is not null and quantity > 0 and title is not null))
);
create index order_legs_by_order on order_legs (order_id);
create index order_legs_by_listing on order_legs (listing_id);

-- Every step an order took. Append only.
create table order_events (
  order_id uuid not null references orders,
  n integer not null,
  transition text not null,
  actor text not null,
  actor_id uuid,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  data jsonb not null default '{}',
  primary key (order_id, n)
);

create table refunds (
  refund_id uuid primary key,
  order_id uuid not null references orders,
  payment_id uuid not null references payments,
  amount bigint not null constraint refunds_amount_positive check (amount > 0),
  currency text not null,
  state text not null constraint refunds_state check (state in ('created', 'pending', 'succeeded', 'failed')),
  provider_ref text,
  -- Why it failed, as a code of the provider.
  failure text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index refunds_by_order on refunds (order_id);
create index refunds_by_payment on refunds (payment_id);
create unique index refunds_provider_ref_unique on refunds (provider_ref);

-- Calls to a provider, written before they are sent. "sending" and "unknown" mean that nobody knows whether
-- the provider did it: it is looked up there before the call is sent again under the same key.
create table provider_calls (
  idempotency_key text primary key,
  provider text not null,
  operation text not null,
  subject uuid not null,
  request jsonb not null,
  state text not null constraint provider_calls_state check (state in ('sending', 'answered', 'refused', 'not_done', 'unknown')),
  response jsonb,
  tries integer not null default 1,
  created_at timestamptz not null,
  answered_at timestamptz
);

-- What providers told us: raw bytes first, understood later. The same event twice is one row.
create table provider_events (
  provider text not null,
  event_id text not null,
  kind text not null,
  raw bytea not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  error text,
  primary key (provider, event_id)
);
create index provider_events_unhandled on provider_events (received_at) where handled_at is null;

-- The embedded sandbox provider's own books: what a real provider would keep on its side.
create schema sandbox;
create table sandbox.payments (
  ref text primary key,
  idempotency_key text not null,
  -- What the marketplace calls it.
  payment_id uuid not null,
  amount bigint not null constraint payments_amount_positive check (amount > 0),
  currency text not null,
  state text not null constraint payments_state
    check (state in ('created', 'requires_action', 'processing', 'succeeded', 'failed', 'cancelled')),
  attempts integer not null default 0,
  card_last4 text,
  card_brand text,
  -- What the last test card does, now and when a refund comes.
  behaviour text,
  failure text,
  fee bigint,
  refunded bigint not null default 0,
  created_at timestamptz not null,
  constraint payments_idempotency_key_unique unique (idempotency_key),
  constraint payments_refunded_at_most_paid check (refunded between 0 and amount)
);
create index payments_by_payment_id on sandbox.payments (payment_id);
create table sandbox.refunds (
  ref text primary key,
  idempotency_key text not null,
  refund_id uuid not null,
  payment_ref text not null references sandbox.payments,
  amount bigint not null constraint refunds_amount_positive check (amount > 0),
  currency text not null,
  state text not null constraint refunds_state check (state in ('pending', 'succeeded', 'failed')),
  failure text,
  created_at timestamptz not null,
  constraint refunds_idempotency_key_unique unique (idempotency_key)
);
create index refunds_by_refund_id on sandbox.refunds (refund_id);
-- What it tells by webhook, until it is delivered.
create table sandbox.events (
  ref text primary key,
  body text not null,
  created_at timestamptz not null,
  delivered_at timestamptz
);
