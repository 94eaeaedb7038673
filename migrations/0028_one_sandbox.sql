-- What the sandbox kept before it spoke a provider's protocol, as its interface shows it now: payments with their charges,
-- refunds, and the lines of the statement that they make. Deals that are under way go on with it. The old tables stay for
-- the binary before this one; the cards are not there twice.

insert into sandbox.objects (kind, id, account, tag, ours, body, created_at)
select 'payment_intent', p.ref, '', p.payment_id::text, p.payment_id, jsonb_build_object(
  'id', p.ref, 'amount', p.amount, 'currency', lower(p.currency),
  'status', case p.state when 'created' then 'requires_payment_method' when 'failed' then 'requires_payment_method'
    when 'cancelled' then 'canceled' else p.state end,
  'created', extract(epoch from p.created_at)::bigint,
  'client_secret', p.ref || '_secret_' || md5(p.idempotency_key || p.ref),
  'metadata', jsonb_build_object('payment', p.payment_id::text), 'transfer_group', p.payment_id::text,
  'latest_charge', case when p.attempts > 0 then 'ch_' || p.ref end,
  'last_error', case when p.state = 'failed' then jsonb_build_object('type', 'card_error', 'code', 'card_declined',
    'decline_code', coalesce(p.failure, 'card_declined'), 'charge', 'ch_' || p.ref, 'message', 'Your card was declined.') end,
  'behaviour', p.behaviour), p.created_at
from sandbox.payments p on conflict do nothing;

insert into sandbox.objects (kind, id, account, parent, tag, ours, body, created_at)
select 'charge', 'ch_' || p.ref, '', p.ref, p.payment_id::text, p.payment_id, jsonb_build_object(
  'id', 'ch_' || p.ref, 'amount', p.amount, 'amount_refunded', p.refunded, 'currency', lower(p.currency),
  'status', case p.state when 'succeeded' then 'succeeded' when 'processing' then 'pending' else 'failed' end,
  'created', extract(epoch from p.created_at)::bigint, 'payment_intent', p.ref,
  'metadata', jsonb_build_object('payment', p.payment_id::text), 'transfer_group', p.payment_id::text,
  'behaviour', p.behaviour, 'fee', p.fee, 'failure_code', p.failure,
  'balance_transaction', case when p.state = 'succeeded' then 'txn_' || p.ref end)
  || case when p.card_last4 is null then '{}' else jsonb_build_object('card', jsonb_build_object('brand',
    coalesce(p.card_brand, 'unknown'), 'last4', p.card_last4)) end, p.created_at
from sandbox.payments p where p.attempts > 0 on conflict do nothing;

insert into sandbox.objects (kind, id, account, parent, body, created_at)
select 'balance_transaction', 'txn_' || p.ref, '', 'ch_' || p.ref, jsonb_build_object(
  'id', 'txn_' || p.ref, 'account', '', 'amount', p.amount, 'fee', coalesce(p.fee, 0), 'net', p.amount - coalesce(p.fee, 0),
  'currency', lower(p.currency), 'type', 'charge', 'reporting_category', 'charge', 'source', 'ch_' || p.ref,
  'description', null, 'created', extract(epoch from p.created_at)::bigint,
  'available_on', extract(epoch from p.created_at)::bigint + 172800), p.created_at
from sandbox.payments p where p.state = 'succeeded' on conflict do nothing;

insert into sandbox.objects (kind, id, account, parent, tag, ours, body, created_at)
select 'refund', r.ref, '', r.payment_ref, 'ch_' || r.payment_ref, r.refund_id, jsonb_build_object(
  'id', r.ref, 'amount', r.amount, 'currency', lower(r.currency), 'payment_intent', r.payment_ref,
  'charge', 'ch_' || r.payment_ref, 'status', r.state, 'metadata', jsonb_build_object('refund', r.refund_id::text),
  'created', extract(epoch from r.created_at)::bigint, 'failure_reason', r.failure,
  'balance_transaction', 'txn_' || r.ref,
  'failure_balance_transaction', case when r.state = 'failed' then 'txn_' || r.ref || '_failed' end), r.created_at
from sandbox.refunds r on conflict do nothing;

insert into sandbox.objects (kind, id, account, parent, body, created_at)
select 'balance_transaction', t.id, '', r.ref, jsonb_build_object(
  'id', t.id, 'account', '', 'amount', t.amount, 'fee', 0, 'net', t.amount, 'currency', lower(r.currency),
  'type', t.kind, 'reporting_category', t.kind, 'source', r.ref, 'description', null,
  'created', extract(epoch from r.created_at)::bigint, 'available_on', extract(epoch from r.created_at)::bigint), r.created_at
from sandbox.refunds r cross join lateral (values
  ('txn_' || r.ref, 'refund', -r.amount, true),
  ('txn_' || r.ref || '_failed', 'refund_failure', r.amount, r.state = 'failed')) as t (id, kind, amount, is_there)
where t.is_there on conflict do nothing;

-- What takes its time ends soon.
insert into sandbox.due (at, what, id)
select p.created_at, 'settle_payment', p.ref from sandbox.payments p where p.state = 'processing'
union all
select r.created_at, 'settle_refund', r.ref from sandbox.refunds r where r.state = 'pending';

-- The jobs that did so before are nobody's now.
delete from jobs where kind in ('sandbox.settle_payment', 'sandbox.settle_refund', 'sandbox.deliver');

update sandbox.payments set card_last4 = null, card_brand = null where card_last4 is not null or card_brand is not null;
