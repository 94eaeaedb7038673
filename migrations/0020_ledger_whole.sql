-- The ledger, whole: every flow from payment to payout, dispute, tax and currency, and a chain over finished entries.

alter table ledger.chart drop constraint chart_owner;
-- A place is a tax authority's ("DE", "US-CA"); what a member has at a provider is told apart by provider.
alter table ledger.chart add constraint chart_owner check
  (owner in ('order', 'member', 'provider', 'none', 'payout', 'place', 'member_at_provider', 'member_of_order'));

insert into ledger.chart (name, kind, strict, owner, transit) values
  ('A:connected',          'asset',     true,  'member_at_provider', false), -- mirror: a seller's own balance at the provider
  ('A:payout_in_transit',  'asset',     true,  'member_at_provider', true),  -- mirror: from there to their bank
  ('L:seller_at_provider', 'liability', true,  'member_at_provider', false), -- = connected + payout_in_transit
  ('A:dispute_held',       'asset',     true,  'order',    true),  -- taken by the card network, undecided
  ('A:seller_receivable',  'asset',     true,  'member',   false), -- a seller owes us
  ('A:bank',               'asset',     false, 'none',     false), -- the company's account: earnings only
  ('L:seller_reserve',     'liability', true,  'member',   false), -- kept back for a while
  ('L:payout_in_transit',  'liability', true,  'payout',   true),  -- sent to a bank by the provider itself
  ('L:dispute_reserve',    'liability', true,  'order',    true),  -- taken back from the seller until the dispute's end
  ('L:deposit',            'liability', true,  'member_of_order', true), -- safety of one side of a swap
  ('L:tax',                'liability', false, 'place',    false), -- collected for a tax authority
  ('L:suspense',           'liability', false, 'provider', true),  -- a provider's line that nobody explained yet
  ('R:barter_fee',         'revenue',   false, 'none',     false),
  ('R:fx_gain',            'revenue',   false, 'none',     false),
  ('X:dispute_fees',       'expense',   false, 'none',     false),
  ('X:chargeback_losses',  'expense',   false, 'none',     false),
  ('X:payout_fees',        'expense',   false, 'none',     false),
  ('X:bad_debt',           'expense',   false, 'none',     false),
  ('X:goodwill',           'expense',   false, 'none',     false),
  ('X:fx_loss',            'expense',   false, 'none',     false),
  ('E:fx_position',        'equity',    false, 'none',     false); -- what stands open between two currencies

insert into ledger.kinds (kind, account, side) values
  -- J2
  ('available',            'A:provider_available', 'both'),
  ('available',            'A:provider_pending',   'both'),
  -- J3, J7: beside what 0002 has
  ('release',              'L:seller_reserve',     'credit'),
  ('release',              'L:tax',                'credit'),
  -- J3r
  ('reserve_released',     'L:seller_reserve',     'debit'),
  ('reserve_released',     'L:seller_payable',     'credit'),
  -- J4, J4r
  ('transfer',             'L:seller_payable',     'debit'),
  ('transfer',             'L:seller_at_provider', 'credit'),
  ('transfer',             'A:connected',          'debit'),
  ('transfer',             'A:provider_pending',   'credit'),
  ('transfer_reversed',    'L:seller_at_provider', 'debit'),
  ('transfer_reversed',    'L:seller_payable',     'credit'),
  ('transfer_reversed',    'A:provider_pending',   'debit'),
  ('transfer_reversed',    'A:connected',          'credit'),
  -- J5, J5b, J5c, and a payout that comes back after it was paid
  ('payout_created',       'A:payout_in_transit',  'debit'),
  ('payout_created',       'A:connected',          'credit'),
  ('payout_paid',          'L:seller_at_provider', 'debit'),
  ('payout_paid',          'A:payout_in_transit',  'credit'),
  ('payout_failed',        'A:connected',          'debit'),
  ('payout_failed',        'A:payout_in_transit',  'credit'),
  ('payout_returned',      'A:connected',          'debit'),
  ('payout_returned',      'L:seller_at_provider', 'credit'),
  -- J6: a refund that was paid and came back
  ('refund_bounced',       'A:provider_pending',   'debit'),
  ('refund_bounced',       'L:buyer_due',          'credit'),
  -- J8, J8n
  ('clawback',             'L:seller_payable',     'debit'),
  ('clawback',             'L:seller_reserve',     'debit'),
  ('clawback',             'A:seller_receivable',  'debit'),
  ('clawback',             'R:commission',         'debit'),
  ('clawback',             'R:buyer_fee',          'debit'),
  ('clawback',             'L:tax',                'debit'),
  ('clawback',             'L:refund_in_transit',  'credit'),
  -- J8w
  ('debt_recovered',       'L:seller_payable',     'debit'),
  ('debt_recovered',       'A:seller_receivable',  'credit'),
  ('debt_written_off',     'X:bad_debt',           'debit'),
  ('debt_written_off',     'A:seller_receivable',  'credit'),
  -- J9, J9w, J9l
  ('dispute_opened',       'A:dispute_held',       'debit'),
  ('dispute_opened',       'X:dispute_fees',       'debit'),
  ('dispute_opened',       'A:provider_pending',   'credit'),
  ('dispute_won',          'A:provider_pending',   'debit'),
  ('dispute_won',          'A:dispute_held',       'credit'),
  ('dispute_won',          'X:dispute_fees',       'credit'),
  ('dispute_lost',         'L:escrow',             'debit'),
  ('dispute_lost',         'A:dispute_held',       'credit'),
  -- J10, J10w, J10l
  ('dispute_reserved',     'L:seller_payable',     'debit'),
  ('dispute_reserved',     'L:dispute_reserve',    'credit'),
  ('dispute_unreserved',   'L:dispute_reserve',    'debit'),
  ('dispute_unreserved',   'L:seller_payable',     'credit'),
  ('dispute_lost_after',   'L:dispute_reserve',    'debit'),
  ('dispute_lost_after',   'L:seller_payable',     'debit'),
  ('dispute_lost_after',   'L:seller_reserve',     'debit'),
  ('dispute_lost_after',   'A:seller_receivable',  'debit'),
  ('dispute_lost_after',   'R:commission',         'debit'),
  ('dispute_lost_after',   'R:buyer_fee',          'debit'),
  ('dispute_lost_after',   'L:tax',                'debit'),
  ('dispute_lost_after',   'A:dispute_held',       'credit'),
  -- a lost dispute about money that went back already
  ('dispute_absorbed',     'X:chargeback_losses',  'debit'),
  ('dispute_absorbed',     'L:buyer_due',          'debit'),
  ('dispute_absorbed',     'A:dispute_held',       'credit'),
  -- J11; a provider that settles in another currency than it charged: `convert` beside the movement's own entry
  ('release_converted',    'L:escrow',             'debit'),
  ('release_converted',    'R:commission',         'credit'),
  ('release_converted',    'R:buyer_fee',          'credit'),
  ('release_converted',    'L:tax',                'credit'),
  ('release_converted',    'E:fx_position',        'both'),
  ('release_converted',    'L:seller_payable',     'credit'),
  ('release_converted',    'L:seller_reserve',     'credit'),
  ('convert',              'A:provider_pending',   'both'),
  ('convert',              'E:fx_position',        'both'),
  ('convert',              'R:fx_gain',            'credit'),
  ('convert',              'X:fx_loss',            'debit'),
  -- J12
  ('payout_sent',          'L:seller_payable',     'debit'),
  ('payout_sent',          'L:payout_in_transit',  'credit'),
  ('payout_arrived',       'L:payout_in_transit',  'debit'),
  ('payout_arrived',       'X:payout_fees',        'debit'),
  ('payout_arrived',       'A:provider_pending',   'credit'),
  ('payout_back',          'L:payout_in_transit',  'debit'),
  ('payout_back',          'L:seller_payable',     'credit'),
  ('payout_back_late',     'A:provider_pending',   'debit'),
  ('payout_back_late',     'L:seller_payable',     'credit'),
  -- J13
  ('deposit_taken',        'A:provider_pending',   'both'),
  ('deposit_taken',        'X:provider_fees',      'debit'),
  ('deposit_taken',        'L:deposit',            'credit'),
  ('deposit_back',         'L:deposit',            'debit'),
  ('deposit_back',         'L:refund_in_transit',  'credit'),
  ('deposit_forfeited',    'L:deposit',            'debit'),
  ('deposit_forfeited',    'L:buyer_due',          'credit'),
  ('barter_fee',           'L:deposit',            'debit'),
  ('barter_fee',           'R:barter_fee',         'credit'),
  -- J14, and its way back
  ('earnings_taken',       'A:bank',               'debit'),
  ('earnings_taken',       'A:provider_pending',   'credit'),
  ('topped_up',            'A:provider_pending',   'debit'),
  ('topped_up',            'A:bank',               'credit'),
  ('tax_paid',             'L:tax',                'debit'),
  ('tax_paid',             'A:bank',               'credit'),
  ('goodwill',             'X:goodwill',           'debit'),
  ('goodwill',             'L:buyer_due',          'credit'),
  ('goodwill',             'L:seller_payable',     'credit'),
  -- what only a provider's statement knows
  ('provider_charge',      'X:provider_fees',      'both'),
  ('provider_charge',      'A:provider_pending',   'both'),
  ('suspense',             'A:provider_pending',   'both'),
  ('suspense',             'L:suspense',           'both'),
  ('suspense_cleared',     'L:suspense',           'both'),
  ('suspense_cleared',     'X:provider_fees',      'both'),
  ('suspense_cleared',     'X:goodwill',           'both'),
  ('suspense_cleared',     'A:bank',               'both'),
  ('suspense_cleared',     'L:buyer_due',          'credit'),
  ('suspense_cleared',     'L:seller_payable',     'credit');

-- As in 0002, with the new kinds of owners.
create or replace function ledger.open_account(p_code text, p_at timestamptz) returns bigint language plpgsql as $$
declare
  parts text[] := string_to_array(p_code, ':');
  ends int := cardinality(parts);
  listed ledger.chart;
  found_id bigint;
  a_uuid constant text := '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
  a_provider constant text := '^[a-z][a-z0-9_]{0,31}$';
begin
  select account_id into found_id from ledger.accounts where code = p_code;
  if found then
    return found_id;
  end if;
  select * into listed from ledger.chart where name = parts[1] || ':' || parts[2];
  if not found or not (case listed.owner
      when 'none' then ends = 3
      when 'provider' then ends = 4 and parts[3] ~ a_provider
      when 'place' then ends = 4 and parts[3] ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'
      when 'member_at_provider' then ends = 5 and parts[3] ~ a_uuid and parts[4] ~ a_provider
      when 'member_of_order' then ends = 5 and parts[3] ~ a_uuid and parts[4] ~ a_uuid
      else ends = 4 and parts[3] ~ a_uuid end)
  then
    raise exception 'the chart of accounts has no %', p_code
      using errcode = 'check_violation', schema = 'ledger', table = 'accounts', constraint = 'accounts_in_chart';
  end if;
  insert into ledger.accounts (code, name, owner_id, currency, opened_at)
    values (p_code, listed.name, case when listed.owner not in ('none', 'provider', 'place') then parts[3]::uuid end,
            parts[ends], p_at)
    on conflict (code) do nothing;
  select account_id into found_id from ledger.accounts where code = p_code;
  if listed."strict" then -- quoted: a word of PL/pgSQL
    insert into ledger.balances (account_id) values (found_id) on conflict (account_id) do nothing;
  end if;
  return found_id;
end $$;

-- Which entries a statement is made from, and what a provider's line is matched with.
create index entries_by_kind on ledger.entries (kind, occurred_at);
create index entries_by_time on ledger.entries (occurred_at, entry_id);

-- A chain over finished entries, in the order (xid, entry_id), below the oldest open transaction. Written by
-- ledger.seal() only. Whoever changes an entry behind the triggers' back breaks it; whoever rewrites it from there on
-- differs from the root that is kept elsewhere.
create table ledger.seals (
  n bigint primary key,
  upto_xid xid8 not null,
  upto_entry bigint not null,
  entries bigint not null constraint seals_seal_something check (entries > 0),
  root bytea not null,
  prev bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint seals_hashes check (octet_length(root) = 32 and octet_length(prev) = 32 and octet_length(hash) = 32),
  constraint seals_mark_unique unique (upto_xid, upto_entry)
);
create trigger seals_frozen before update or delete on ledger.seals
  for each row execute function ledger.refuse_change();
create trigger seals_kept before truncate on ledger.seals
  for each statement execute function ledger.refuse_change();

-- SHA-256 over the prints of the entries after one mark and up to another, and how many they are. A print is SHA-256
-- over everything an entry and its lines say; times are microseconds, so that no setting of a session matters.
create function ledger.root_between(p_xid xid8, p_entry bigint, p_to_xid xid8, p_to_entry bigint)
  returns table (entries bigint, root bytea) language sql stable as $$
  select count(*), sha256(coalesce(string_agg(print, ''::bytea order by xid, entry_id), ''::bytea))
  from (
    select e.xid, e.entry_id, sha256(convert_to(concat_ws(E'\x1f',
        e.entry_id, e.key, encode(e.fingerprint, 'hex'), e.kind, e.subject, coalesce(e.provider_ref, E'\x1e'),
        (extract(epoch from e.occurred_at) * 1000000)::bigint, (extract(epoch from e.posted_at) * 1000000)::bigint, e.xid,
        l.lines), 'UTF8')) as print
    from ledger.entries e
      left join lateral (
        select string_agg(concat_ws(E'\x1d', l.n, a.code, l.currency, l.amount), E'\x1f' order by l.n) as lines
        from ledger.lines l join ledger.accounts a using (account_id) where l.entry_id = e.entry_id) l on true
    where (e.xid, e.entry_id) > (p_xid, p_entry) and (e.xid, e.entry_id) <= (p_to_xid, p_to_entry)
  ) prints
$$;

-- Seals at most p_limit further entries; answers how many. One at a time.
create function ledger.seal(p_at timestamptz, p_limit bigint) returns bigint language plpgsql
  security definer set search_path = ledger, pg_temp as $$
declare
  horizon xid8;
  last ledger.seals;
  mark record;
  made record;
begin
  lock table seals in share row exclusive mode;
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  select * into last from seals order by n desc limit 1;
  if not found then
    last.n := 0; last.upto_xid := '0'; last.upto_entry := 0; last.hash := decode(repeat('00', 32), 'hex');
  end if;
  select xid, entry_id into mark from (
      select xid, entry_id from entries
      where (xid, entry_id) > (last.upto_xid, last.upto_entry) and xid < horizon
      order by xid, entry_id limit p_limit) next
    order by xid desc, entry_id desc limit 1;
  if not found then
    return 0;
  end if;
  select * into made from root_between(last.upto_xid, last.upto_entry, mark.xid, mark.entry_id);
  insert into seals (n, upto_xid, upto_entry, entries, root, prev, hash, sealed_at) values (
    last.n + 1, mark.xid, mark.entry_id, made.entries, made.root, last.hash,
    sha256(last.hash || made.root || convert_to((last.n + 1)::text || ':' || made.entries::text, 'UTF8')), p_at);
  return made.entries;
end $$;

-- What contradicts the chain, a sentence each; reads every sealed entry.
create function ledger.seal_faults() returns setof text language plpgsql stable as $$
declare
  seal ledger.seals;
  n bigint := 0; xid xid8 := '0'; entry bigint := 0; head bytea := decode(repeat('00', 32), 'hex');
  made record;
begin
  for seal in select * from ledger.seals order by ledger.seals.n loop
    n := n + 1;
    if seal.n <> n then
      return next 'seal ' || n || ' is missing'; return;
    end if;
    select * into made from ledger.root_between(xid, entry, seal.upto_xid, seal.upto_entry);
    if made.entries <> seal.entries or made.root <> seal.root then
      return next 'the entries of seal ' || n || ' are not those that were sealed'; return;
    end if;
    if seal.prev <> head or seal.hash <> sha256(head || seal.root || convert_to(n::text || ':' || seal.entries::text, 'UTF8')) then
      return next 'seal ' || n || ' does not follow from the one before'; return;
    end if;
    xid := seal.upto_xid; entry := seal.upto_entry; head := seal.hash;
  end loop;
end $$;

revoke execute on all functions in schema ledger from public;
