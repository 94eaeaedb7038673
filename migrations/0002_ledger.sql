-- The ledger: double entry, kept correct by the database itself.
--
-- Amounts are minor units; a debit is positive, a credit negative. An account has one currency, the last
-- part of its code ("L:escrow:<order>:EUR"). The only way to write is ledger.post(); the role the program
-- runs as may read the tables and call the function, nothing else. A mistake is corrected by a further entry.

create schema ledger;

-- The chart of accounts: which accounts may exist. A strict account has a running balance and is never
-- overdrawn; the others are append only, so that many transactions may touch them at once. What stands on a
-- transit account is on its way somewhere else, so its age matters.
create table ledger.chart (
  name text primary key,
  kind text not null
    constraint chart_kind check (kind in ('asset', 'liability', 'equity', 'revenue', 'expense')),
  strict boolean not null,
  owner text not null constraint chart_owner check (owner in ('order', 'member', 'provider', 'none')),
  transit boolean not null,
  constraint chart_name_begins_with_kind check (left(name, 2) =
    case kind when 'asset' then 'A:' when 'liability' then 'L:' when 'equity' then 'E:' when 'revenue' then 'R:'
              else 'X:' end)
);
insert into ledger.chart (name, kind, strict, owner, transit) values
  ('A:provider_pending',   'asset',     false, 'provider', false), -- the provider holds it, not yet usable
  ('A:provider_available', 'asset',     false, 'provider', false), -- the provider holds it, usable
  ('L:escrow',             'liability', true,  'order',    false), -- a buyer's money, held for the order
  ('L:seller_payable',     'liability', true,  'member',   false), -- released to a seller, not paid out
  ('L:refund_in_transit',  'liability', true,  'order',    true),  -- a refund was asked for, not settled
  ('L:buyer_due',          'liability', true,  'order',    true),  -- a refund failed; it is owed another way
  ('R:commission',         'revenue',   false, 'none',     false),
  ('R:buyer_fee',          'revenue',   false, 'none',     false),
  ('X:provider_fees',      'expense',   false, 'none',     false);

-- Which accounts an entry of a kind may touch, and on which side.
create table ledger.kinds (
  kind text not null,
  account text not null references ledger.chart,
  side text not null constraint kinds_side check (side in ('debit', 'credit', 'both')),
  primary key (kind, account)
);
insert into ledger.kinds (kind, account, side) values
  ('pay',              'A:provider_pending',   'both'), -- the amount comes in, the fee goes out
  ('pay',              'L:escrow',             'credit'),
  ('pay',              'X:provider_fees',      'debit'),
  ('release',          'L:escrow',             'debit'),
  ('release',          'L:seller_payable',     'credit'),
  ('release',          'R:commission',         'credit'),
  ('release',          'R:buyer_fee',          'credit'),
  ('refund_asked',     'L:escrow',             'debit'),
  ('refund_asked',     'L:refund_in_transit',  'credit'),
  ('refund_settled',   'L:refund_in_transit',  'debit'),
  ('refund_settled',   'A:provider_pending',   'credit'),
  ('refund_settled',   'A:provider_available', 'credit'),
  ('refund_failed',    'L:refund_in_transit',  'debit'),
  ('refund_failed',    'L:buyer_due',          'credit'),
  ('refund_again',     'L:buyer_due',          'debit'),
  ('refund_again',     'L:refund_in_transit',  'credit'),
  ('paid_another_way', 'L:buyer_due',          'debit'),
  ('paid_another_way', 'A:provider_pending',   'credit'),
  ('paid_another_way', 'A:provider_available', 'credit');

create table ledger.accounts (
  account_id bigint generated always as identity primary key,
  code text not null,
  name text not null references ledger.chart,
  -- The order or member it belongs to; the provider is part of the code alone.
  owner_id uuid,
  currency text not null constraint accounts_currency check (currency ~ '^[A-Z]{3}$'),
  opened_at timestamptz not null,
  constraint accounts_code_unique unique (code)
);
create index accounts_by_owner on ledger.accounts (owner_id) where owner_id is not null;
create index accounts_by_name on ledger.accounts (name);

-- Running balances of strict accounts, counted so that the account's natural side is positive.
create table ledger.balances (
  account_id bigint primary key references ledger.accounts,
  posted bigint not null default 0 constraint balances_no_overdraft check (posted >= 0)
) with (fillfactor = 70);

create table ledger.entries (
  entry_id bigint generated always as identity primary key,
  -- The same key with the same content is one entry, however often it is posted.
  key text not null,
  fingerprint bytea not null,
  kind text not null,
  -- The order, or another thing, that it is about.
  subject uuid not null,
  provider_ref text,
  occurred_at timestamptz not null,
  posted_at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  constraint entries_key_unique unique (key)
);
create index entries_by_subject on ledger.entries (subject);
create index entries_by_provider_ref on ledger.entries (provider_ref) where provider_ref is not null;
create index entries_by_xid on ledger.entries (xid);

create table ledger.lines (
  entry_id bigint not null references ledger.entries,
  n smallint not null,
  account_id bigint not null,
  currency text not null,
  amount bigint not null
    constraint lines_amount_not_zero check (amount <> 0)
    constraint lines_amount_bounded check (abs(amount) <= 1000000000000000),
  primary key (entry_id, n)
);
create index lines_by_account on ledger.lines (account_id, entry_id);

-- Balances of accounts that are not strict, up to a transaction id; debits positive. What came after it is
-- added when a balance is asked for.
create table ledger.snapshots (
  account_id bigint primary key references ledger.accounts,
  posted bigint not null,
  upto xid8 not null
);

-- Lines come complete: all of an entry in one statement of the entry's own transaction, balanced in each
-- currency, on accounts of that currency which the entry's kind may touch on that side.
create function ledger.check_lines() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select entry_id, currency, sum(amount) as rest into wrong from added
    group by entry_id, currency having sum(amount) <> 0 limit 1;
  if found then
    raise exception 'entry % does not balance: % % too much', wrong.entry_id, wrong.rest, wrong.currency
      using errcode = 'check_violation', schema = 'ledger', table = 'lines', constraint = 'lines_balance';
  end if;

  select a.entry_id into wrong from added a join ledger.entries e using (entry_id)
    where e.xid <> pg_current_xact_id()
       or (select count(*) from ledger.lines l where l.entry_id = a.entry_id)
          <> (select count(*) from added x where x.entry_id = a.entry_id) limit 1;
  if found then
    raise exception 'entry % is finished: nothing may be added to it', wrong.entry_id
      using errcode = 'check_violation', schema = 'ledger', table = 'lines', constraint = 'lines_complete_at_once';
  end if;

  select a.account_id, a.currency into wrong from added a
    where not exists (select from ledger.accounts c where c.account_id = a.account_id and c.currency = a.currency)
    limit 1;
  if found then
    raise exception 'there is no account % in %', wrong.account_id, wrong.currency
      using errcode = 'foreign_key_violation', schema = 'ledger', table = 'lines',
            constraint = 'lines_currency_of_account';
  end if;

  select e.kind, c.code, a.amount into wrong
    from added a join ledger.entries e using (entry_id) join ledger.accounts c using (account_id)
    where not exists (select from ledger.kinds k where k.kind = e.kind and k.account = c.name
                      and k.side in ('both', case when a.amount > 0 then 'debit' else 'credit' end)) limit 1;
  if found then
    raise exception 'an entry of kind % may not put % on %', wrong.kind, wrong.amount, wrong.code
      using errcode = 'check_violation', schema = 'ledger', table = 'lines', constraint = 'lines_allowed_by_kind';
  end if;
  return null;
end $$;
create trigger lines_checked after insert on ledger.lines
  referencing new table as added for each statement execute function ledger.check_lines();

-- Running balances follow the lines, in the order of account ids so that two entries cannot lock each other.
create function ledger.move_balances() returns trigger language plpgsql as $$
declare
  moved record;
begin
  for moved in
    select c.account_id, c.code,
           sum(case when h.kind in ('asset', 'expense') then a.amount else -a.amount end)::bigint as change
    from added a join ledger.accounts c using (account_id) join ledger.chart h on h.name = c.name
    where h.strict group by c.account_id, c.code order by c.account_id
  loop
    update ledger.balances set posted = posted + moved.change where account_id = moved.account_id;
    if not found then
      raise exception 'account % has no balance', moved.code using errcode = 'foreign_key_violation';
    end if;
  end loop;
  return null;
end $$;
create trigger lines_move_balances after insert on ledger.lines
  referencing new table as added for each statement execute function ledger.move_balances();

-- Looked at when the transaction ends: an entry without lines says nothing.
create function ledger.check_entry_has_lines() returns trigger language plpgsql
  security definer set search_path = ledger, pg_temp as $$
begin
  if not exists (select from lines where entry_id = new.entry_id) then
    raise exception 'entry % has no lines', new.entry_id
      using errcode = 'check_violation', schema = 'ledger', table = 'entries', constraint = 'entries_have_lines';
  end if;
  return null;
end $$;
create constraint trigger entries_have_lines after insert on ledger.entries
  deferrable initially deferred for each row execute function ledger.check_entry_has_lines();

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on ledger.% is forbidden: correct with a further entry', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', schema = 'ledger', table = tg_table_name, constraint = 'append_only';
end $$;
create trigger lines_frozen before update or delete on ledger.lines
  for each row execute function ledger.refuse_change();
create trigger lines_kept before truncate on ledger.lines
  for each statement execute function ledger.refuse_change();
create trigger entries_frozen before update or delete on ledger.entries
  for each row execute function ledger.refuse_change();
create trigger entries_kept before truncate on ledger.entries
  for each statement execute function ledger.refuse_change();
create trigger accounts_frozen before update or delete on ledger.accounts
  for each row execute function ledger.refuse_change();
create trigger accounts_kept before truncate on ledger.accounts
  for each statement execute function ledger.refuse_change();
create trigger chart_frozen before update or delete on ledger.chart
  for each row execute function ledger.refuse_change();
create trigger balances_frozen before delete on ledger.balances
  for each row execute function ledger.refuse_change();
create trigger balances_kept before truncate on ledger.balances
  for each statement execute function ledger.refuse_change();
-- Only the trigger on lines moves a balance: its update runs one level deeper than one by hand.
create trigger balances_moved_by_lines before update on ledger.balances
  for each row when (pg_trigger_depth() = 0) execute function ledger.refuse_change();

-- The account of a code, opened if the chart knows it. Not a way in: it writes with its caller's rights.
create function ledger.open_account(p_code text, p_at timestamptz) returns bigint language plpgsql as $$
declare
  parts text[] := string_to_array(p_code, ':');
  ends int := cardinality(parts);
  listed ledger.chart;
  found_id bigint;
begin
  select account_id into found_id from ledger.accounts where code = p_code;
  if found then
    return found_id;
  end if;
  select * into listed from ledger.chart where name = parts[1] || ':' || parts[2];
  if not found or not (case listed.owner
      when 'none' then ends = 3
      when 'provider' then ends = 4 and parts[3] ~ '^[a-z][a-z0-9_]{0,31}$'
      else ends = 4 and parts[3] ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' end)
  then
    raise exception 'the chart of accounts has no %', p_code
      using errcode = 'check_violation', schema = 'ledger', table = 'accounts', constraint = 'accounts_in_chart';
  end if;
  insert into ledger.accounts (code, name, owner_id, currency, opened_at)
    values (p_code, listed.name, case when listed.owner in ('order', 'member') then parts[3]::uuid end,
            parts[ends], p_at)
    on conflict (code) do nothing;
  select account_id into found_id from ledger.accounts where code = p_code;
  if listed."strict" then -- quoted: a word of PL/pgSQL
    insert into ledger.balances (account_id) values (found_id) on conflict (account_id) do nothing;
  end if;
  return found_id;
end $$;

-- Posts an entry and answers its number: the only way to write. `p_lines` is
-- [{"account": code, "amount": minor units}, …]. A key that was posted before answers the number it got then,
-- and is refused if the content differs.
create function ledger.post(
  p_key text, p_kind text, p_subject uuid, p_provider_ref text, p_at timestamptz, p_lines jsonb
) returns bigint language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  made bigint;
  print bytea := sha256(convert_to(
    jsonb_build_array(p_kind, p_subject, p_provider_ref, p_lines)::text, 'UTF8'));
  before bytea;
begin
  insert into entries (key, fingerprint, kind, subject, provider_ref, occurred_at)
    values (p_key, print, p_kind, p_subject, p_provider_ref, p_at)
    on conflict (key) do nothing returning entry_id into made;
  if made is null then
    select entry_id, fingerprint into made, before from entries where key = p_key;
    if before is distinct from print then
      raise exception 'entry key % was used before for something else', p_key
        using errcode = 'unique_violation', schema = 'ledger', table = 'entries',
              constraint = 'entries_key_means_one_thing';
    end if;
    return made;
  end if;
  -- Opened in one order everywhere, so that two first entries cannot wait for each other.
  perform open_account(code, p_at)
    from (select distinct l ->> 'account' as code from jsonb_array_elements(p_lines) l order by 1) codes;
  insert into lines (entry_id, n, account_id, currency, amount)
    select made, n, a.account_id, a.currency, (l ->> 'amount')::bigint
    from jsonb_array_elements(p_lines) with ordinality t(l, n)
    join accounts a on a.code = l ->> 'account';
  return made;
end $$;

-- Moves the snapshots of append-only accounts forward: to the oldest transaction still open, because one that
-- took its number early may commit late. One at a time, or an amount would be added twice.
create function ledger.roll() returns void language plpgsql security definer set search_path = ledger, pg_temp as $$
declare
  horizon xid8;
begin
  lock table snapshots in share row exclusive mode;
  horizon := pg_snapshot_xmin(pg_current_snapshot());
  -- Every append-only account moves to the same horizon, so the lowest mark is everyone's.
  insert into snapshots (account_id, posted, upto)
    select a.account_id, coalesce(fresh.posted, 0), horizon
    from accounts a join chart c on c.name = a.name
      left join (
        select l.account_id, sum(l.amount) as posted from entries e join lines l using (entry_id)
        where e.xid < horizon and e.xid >= (select coalesce(min(upto), '0') from snapshots)
        group by l.account_id
      ) fresh using (account_id)
    where not c.strict
    on conflict (account_id) do update set posted = snapshots.posted + excluded.posted, upto = excluded.upto;
end $$;

-- What stands on an account, its natural side positive; 0 if it was never opened.
create function ledger.balance_of(p_code text) returns bigint language sql stable as $$
  select coalesce(sum(case
    when c.strict then b.posted
    when c.kind in ('asset', 'expense') then tail.posted
    else -tail.posted end), 0)::bigint
  from ledger.accounts a
    join ledger.chart c on c.name = a.name
    left join ledger.balances b on b.account_id = a.account_id
    left join ledger.snapshots s on s.account_id = a.account_id
    left join lateral (
      select coalesce(s.posted, 0) + coalesce(sum(l.amount), 0) as posted
      from ledger.entries e join ledger.lines l using (entry_id)
      where l.account_id = a.account_id and e.xid >= coalesce(s.upto, '0')
    ) tail on not c.strict
  where a.code = p_code
$$;

revoke execute on all functions in schema ledger from public;
