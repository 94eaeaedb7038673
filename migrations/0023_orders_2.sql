-- The second version of orders: taxes, frozen fees, holds, cases with evidence, proposals and rulings.

alter table orders drop constraint orders_total_adds_up;
alter table orders
  -- On top of the price, for an authority; within the price, for an authority; both owed by the marketplace.
  add column tax_amount bigint not null default 0,
  add column tax_included_amount bigint not null default 0,
  -- Of the commission and of the buyer's fee, what is tax.
  add column commission_tax_amount bigint not null default 0,
  add column buyer_fee_tax_amount bigint not null default 0,
  -- The rules by which the fees were counted, and the seller's tier then: refunds count by them again.
  add column fee_rule jsonb not null default '{}',
  add column seller_tier smallint not null default 0,
  add column paid_at timestamptz,
  add column released_at timestamptz,
  -- What of it was released to the seller and to whom it was refunded, so far: minor units.
  add column released_amount bigint not null default 0,
  add column refunded_amount bigint not null default 0,
  add column charged_back_amount bigint not null default 0,
  add column risk jsonb not null default '{}',
  add constraint orders_total_adds_up_2
    check (total_amount = items_amount + shipping_amount + buyer_fee_amount + tax_amount),
  add constraint orders_taxes_within check (tax_amount >= 0 and tax_included_amount between 0 and items_amount + shipping_amount
    and commission_tax_amount between 0 and commission_amount and buyer_fee_tax_amount between 0 and buyer_fee_amount),
  add constraint orders_money_within check (released_amount >= 0 and refunded_amount >= 0 and charged_back_amount >= 0
    and released_amount <= total_amount and refunded_amount <= total_amount and charged_back_amount <= total_amount);
create index orders_held_longest on orders (paid_at) where paid_at is not null and released_at is null and timer_at is not null;

alter table order_legs
  add column category text,
  add column commission_amount bigint not null default 0,
  add column tax_amount bigint not null default 0,
  add column refunded_amount bigint not null default 0;

-- What keeps an order's money where it is, whatever its table says. Each has an end, but that of the card network.
create table order_holds (
  hold_id uuid primary key,
  order_id uuid not null references orders,
  kind text not null constraint order_holds_kind check (kind in ('chargeback', 'fraud', 'kyc', 'legal')),
  -- A message: hold-because-…
  because text not null,
  note text not null default '' constraint order_holds_note_length check (char_length(note) <= 500),
  by_id uuid references members,
  since timestamptz not null,
  until timestamptz,
  lifted_at timestamptz,
  lifted_by uuid references members,
  constraint order_holds_end check (until is not null or kind = 'chargeback')
);
create unique index order_holds_one_of_a_kind on order_holds (order_id, kind) where lifted_at is null;
create index order_holds_ending on order_holds (until) where lifted_at is null;

-- A problem with an order, talked about by both sides and decided by staff if they do not agree.
create table cases (
  case_id uuid primary key,
  order_id uuid not null references orders,
  buyer_id uuid not null references members,
  seller_id uuid not null references members,
  kind text not null constraint cases_kind
    check (kind in ('not_received', 'not_as_described', 'damaged', 'counterfeit', 'return', 'other')),
  wants text not null constraint cases_wants check (wants in ('refund', 'partial', 'return', 'replacement')),
  wants_amount bigint,
  currency text not null,
  opened_at timestamptz not null,
  taken_by uuid references members,
  taken_at timestamptz,
  closed_at timestamptz,
  outcome text constraint cases_outcome
    check (outcome in ('refunded', 'partly_refunded', 'released', 'returned', 'replaced', 'withdrawn', 'charged_back')),
  constraint cases_sides_differ check (buyer_id <> seller_id),
  constraint cases_nobody_decides_their_own check (taken_by is null or (taken_by <> buyer_id and taken_by <> seller_id)),
  constraint cases_closed_whole check ((closed_at is null) = (outcome is null))
);
create unique index cases_one_open on cases (order_id) where closed_at is null;
create index cases_queue on cases (opened_at) where closed_at is null;

create table case_entries (
  entry_id uuid primary key,
  case_id uuid not null references cases,
  side text not null constraint case_entries_side check (side in ('buyer', 'seller', 'staff')),
  by_id uuid references members,
  words text not null constraint case_entries_words_length check (char_length(words) <= 4000),
  at timestamptz not null
);
create index case_entries_by_case on case_entries (case_id, entry_id);
create trigger case_entries_kept before delete on case_entries for each row execute function refuse_change();

create table case_photos (
  photo_id uuid primary key,
  entry_id uuid not null references case_entries,
  position smallint not null,
  key text not null,
  width integer not null,
  height integer not null,
  widths integer[] not null,
  thumbhash bytea not null,
  colour text not null,
  -- SHA-256 of what was uploaded, before it was made clean.
  original_hash bytea not null,
  created_at timestamptz not null,
  constraint case_photos_position_unique unique (entry_id, position)
);

create table case_proposals (
  proposal_id uuid primary key,
  case_id uuid not null references cases,
  side text not null constraint case_proposals_side check (side in ('buyer', 'seller')),
  kind text not null constraint case_proposals_kind check (kind in ('partial', 'return', 'replacement')),
  refund_amount bigint,
  state text not null
    constraint case_proposals_state check (state in ('open', 'accepted', 'refused', 'withdrawn', 'replaced', 'lapsed')),
  made_at timestamptz not null,
  ends_at timestamptz not null,
  answered_at timestamptz,
  constraint case_proposals_partial_has_an_amount check ((kind = 'partial') = (refund_amount is not null)),
  constraint case_proposals_amount_positive check (refund_amount > 0),
  constraint case_proposals_answered_whole check ((state = 'open') = (answered_at is null))
);
create unique index case_proposals_one_open on case_proposals (case_id, side) where state = 'open';

-- What staff decided and why; the second by another reviewer. Never changed.
create table case_rulings (
  case_id uuid not null references cases,
  n smallint not null constraint case_rulings_at_most_two check (n in (1, 2)),
  outcome text not null constraint case_rulings_outcome check (outcome in ('refund', 'release', 'partial')),
  refund_amount bigint,
  reasons text not null constraint case_rulings_reasons_length check (char_length(reasons) between 20 and 4000),
  by_id uuid not null references members,
  -- Who agreed to it, where it takes two.
  seconded_by uuid references members,
  at timestamptz not null,
  constraint case_rulings_pkey primary key (case_id, n),
  constraint case_rulings_another_reviewer unique (case_id, by_id),
  constraint case_rulings_takes_two check (seconded_by <> by_id),
  constraint case_rulings_partial_has_an_amount check ((outcome = 'partial') = (refund_amount is not null)),
  constraint case_rulings_amount_positive check (refund_amount > 0)
);
create function check_ruling() returns trigger language plpgsql as $$
begin
  if exists (select from cases c where c.case_id = new.case_id
      and (new.by_id in (c.buyer_id, c.seller_id) or new.seconded_by in (c.buyer_id, c.seller_id))) then
    raise exception 'nobody decides their own case' using errcode = 'check_violation', table = 'case_rulings',
      constraint = 'case_rulings_nobody_their_own';
  end if;
  if exists (select from case_rulings r where r.case_id = new.case_id and new.by_id = r.seconded_by) then
    raise exception 'an appeal is decided by somebody new' using errcode = 'check_violation', table = 'case_rulings',
      constraint = 'case_rulings_another_reviewer';
  end if;
  return new;
end $$;
create trigger case_rulings_checked before insert on case_rulings for each row execute function check_ruling();
create trigger case_rulings_frozen before update or delete on case_rulings for each row execute function refuse_change();
