-- A buyer who was paid by hand may have been paid from the company's own account.
insert into ledger.kinds (kind, account, side) values ('paid_another_way', 'A:bank', 'credit');

-- Money of a provider's statement that somebody found to be a seller's goes on its way to them like a sale.
alter table settlements drop constraint settlements_kind;
alter table settlements add constraint settlements_kind check (kind in ('sale', 'reserve', 'won', 'goodwill', 'found'));

alter table suspense drop constraint suspense_ended_as;
alter table suspense add constraint suspense_ended_as
  check (ended_as in ('explained', 'fee', 'goodwill', 'bank', 'buyer', 'seller'));

-- What an event is about, by the provider's names and ours, so that it is found beside what it was about.
alter table provider_events add column about text[] not null default '{}';
create index provider_events_by_about on provider_events using gin (about);
