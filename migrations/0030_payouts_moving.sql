-- How often a settlement was sent and asked back, and which part of a debt came in when.

alter table settlements
  -- Transfers that the provider was asked for: each has a key of its own.
  add column tries integer not null default 0,
  -- The same of reversals, and how much the one is for that is on its way.
  add column reversals integer not null default 0,
  add column reversing_amount bigint not null default 0,
  add constraint settlements_reversal_within check
    (reversing_amount >= 0 and netted_amount + taken_amount + reversing_amount <= amount);

alter table seller_debts
  -- Parts of it that were kept of later sales, counted.
  add column parts integer not null default 0,
  add column reminded_at timestamptz;

-- Where it is paid out from our balance, a provider's name is of a bank account: two sellers with one have the same.
alter table seller_accounts drop constraint seller_accounts_ref_unique;
create index seller_accounts_by_ref on seller_accounts (provider, account_ref);
