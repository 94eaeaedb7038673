-- Staff is asked to look at deals that look odd.
alter table tickets drop constraint tickets_kind;
alter table tickets add constraint tickets_kind check (kind in
  ('suspense', 'unmatched_entry', 'balance_differs', 'call_unknown', 'event_unreadable', 'transit_old', 'escrow_old',
   'refund_stuck', 'refund_attention', 'payout_stuck', 'debt_old', 'chargeback', 'fraud_warning', 'odd_deal', 'case', 'cover',
   'tax_place', 'tax_seller', 'orphan', 'other'));
