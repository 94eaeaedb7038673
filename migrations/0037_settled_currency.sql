-- A provider may settle in another currency than was charged. What an order released stays in the charged one while it waits; when the
-- wait is over it becomes what the provider made of it, and when it is taken back it becomes that again.

alter table settlements
  add column charged_currency text,
  add column charged_amount bigint,
  add constraint settlements_charged_whole check ((charged_currency is null) = (charged_amount is null)),
  add constraint settlements_charged_positive check (charged_amount > 0),
  add constraint settlements_charged_other check (charged_currency <> currency);

-- J11: between what a seller is due in one currency and in another, over a position in each.
update ledger.kinds set side = 'both' where kind = 'release_converted' and account = 'L:seller_payable';
delete from ledger.kinds where kind = 'release_converted'
  and account in ('L:escrow', 'R:commission', 'R:buyer_fee', 'L:tax', 'L:seller_reserve');
