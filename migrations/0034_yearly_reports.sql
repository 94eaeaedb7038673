-- What is told to tax offices once a year, and who must say for it who they are.

alter table seller_profiles
  -- When they were last reminded, and since when nothing is paid out to them because they have not said it.
  add column reminded_at timestamptz,
  add column stopped_at timestamptz;

-- What a seller had said who has left, for reports that are still due or may have to be corrected: sealed with a key of its
-- own, which is forgotten with the row.
create table seller_profiles_kept (
  member_id uuid primary key references members,
  key_id uuid not null,
  sealed bytea not null,
  ends_at timestamptz not null
);
create index seller_profiles_kept_ending on seller_profiles_kept (ends_at);

-- A report, as it was made. The file lies sealed in the object store, and is never written again.
create table yearly_reports (
  report_id uuid primary key,
  kind text not null constraint yearly_reports_kind check (kind in ('dac7', 'form_1099k')),
  year smallint not null,
  -- Whose rules of writing it: 'eu', 'fr', 'us'.
  profile text not null,
  message_ref text not null,
  -- The one before it of the same kind and year, which it adds to or mends. Of two that are made at once, one is refused.
  follows uuid references yearly_reports,
  -- New sellers, or corrections of what was said before.
  says text not null constraint yearly_reports_says check (says in ('new', 'corrections', 'nothing')),
  sellers integer not null,
  -- Sellers who are in the year, and have not said who they are: they are not in the file.
  missing integer not null,
  -- Of the whole year, as the books say it, by quarter and currency.
  total jsonb not null,
  object_key text not null,
  hash bytea not null,
  made_by uuid references members,
  made_at timestamptz not null,
  constraint yearly_reports_message_unique unique (message_ref),
  constraint yearly_reports_one_by_one unique nulls not distinct (kind, year, follows)
);
create index yearly_reports_newest on yearly_reports (made_at desc, report_id desc);
create trigger yearly_reports_frozen before update or delete on yearly_reports
  for each row execute function refuse_change();

-- Which sellers a report is about, and what it says of each, so that the next can tell what has changed.
create table yearly_report_sellers (
  report_id uuid not null references yearly_reports,
  member_id uuid not null references members,
  doc_ref text not null,
  says text not null constraint yearly_report_sellers_says check (says in ('new', 'corrected', 'deleted')),
  -- SHA-256 of what was said, without its own number.
  print bytea not null,
  constraint yearly_report_sellers_pkey primary key (report_id, member_id),
  constraint yearly_report_sellers_doc_unique unique (doc_ref)
);
create index yearly_report_sellers_by_member on yearly_report_sellers (member_id);
create trigger yearly_report_sellers_frozen before update or delete on yearly_report_sellers
  for each row execute function refuse_change();
