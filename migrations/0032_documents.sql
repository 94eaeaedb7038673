-- Receipts, invoices and credit notes. A number is taken in the transaction that makes its document, so there are no gaps.

create table document_counters (
  -- The marketplace is 00000000-0000-0000-0000-000000000000.
  issuer uuid not null,
  series text not null,
  year smallint not null,
  last bigint not null constraint document_counters_begin_with_one check (last > 0),
  constraint document_counters_pkey primary key (issuer, series, year)
);

create table documents (
  document_id uuid primary key,
  kind text not null constraint documents_kind
    check (kind in ('receipt', 'invoice', 'commission_invoice', 'credit_note', 'payout_statement')),
  issuer uuid not null,
  series text not null,
  year smallint not null,
  number bigint not null,
  label text not null,
  -- Why it was made: the same cause makes one document ("commission:<order>").
  cause text not null,
  for_member uuid not null references members,
  order_id uuid references orders,
  payout_id uuid references payouts,
  corrects uuid references documents,
  lang text not null,
  currency text not null,
  total bigint not null,
  tax bigint not null,
  -- What it says, whole; and SHA-256 of that.
  body jsonb not null,
  body_hash bytea not null,
  issued_at timestamptz not null,
  pdf_key text,
  pdf_hash bytea,
  pdf_bytes bigint,
  rendered_at timestamptz,
  constraint documents_number_unique unique (issuer, series, year, number),
  constraint documents_label_unique unique (label),
  constraint documents_cause_unique unique (cause),
  constraint documents_credit_note_corrects check ((kind = 'credit_note') = (corrects is not null)),
  constraint documents_hash_length check (octet_length(body_hash) = 32),
  constraint documents_rendered_whole check ((pdf_key is null) = (pdf_hash is null) and (pdf_key is null) = (rendered_at is null))
);
create index documents_by_member on documents (for_member, issued_at desc, document_id);
create index documents_by_order on documents (order_id) where order_id is not null;
create index documents_by_payout on documents (payout_id) where payout_id is not null;
create index documents_to_render on documents (issued_at) where rendered_at is null;

-- The next number. The row is locked until the transaction ends: whoever rolls back gives the number back.
create function take_document_number(p_issuer uuid, p_series text, p_year smallint) returns bigint language sql as $$
  insert into document_counters as c (issuer, series, year, last) values (p_issuer, p_series, p_year, 1)
  on conflict on constraint document_counters_pkey do update set last = c.last + 1
  returning last
$$;
-- Nobody skips a number, and nobody goes back.
create function check_counter() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or new.last <> old.last + 1 or (new.issuer, new.series, new.year) <> (old.issuer, old.series, old.year) then
    raise exception 'numbers of documents go up by one' using errcode = 'insufficient_privilege',
      table = tg_table_name, constraint = 'document_counters_go_up_by_one';
  end if;
  return new;
end $$;
create trigger document_counters_checked before update or delete on document_counters
  for each row execute function check_counter();
-- Its document is there when the transaction ends, or the number is not taken.
create function check_document_of_number() returns trigger language plpgsql as $$
begin
  if not exists (select from documents d where (d.issuer, d.series, d.year, d.number) = (new.issuer, new.series, new.year, new.last)) then
    raise exception 'number % of % % has no document', new.last, new.series, new.year
      using errcode = 'check_violation', table = 'document_counters', constraint = 'document_counters_number_used';
  end if;
  return null;
end $$;
create constraint trigger document_counters_number_used after insert or update on document_counters
  deferrable initially deferred for each row execute function check_document_of_number();

-- A document is never changed; its PDF is added once.
create function keep_documents() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.rendered_at is not null
     or to_jsonb(new) - '{pdf_key,pdf_hash,pdf_bytes,rendered_at}'::text[] <> to_jsonb(old) - '{pdf_key,pdf_hash,pdf_bytes,rendered_at}'::text[]
  then
    raise exception '% on documents is forbidden: issue a credit note', tg_op
      using errcode = 'insufficient_privilege', table = tg_table_name, constraint = 'append_only';
  end if;
  return new;
end $$;
create trigger documents_kept before update or delete on documents for each row execute function keep_documents();

-- Who does not want to be told of new documents by mail.
create table document_wishes (
  member_id uuid primary key references members,
  no_letters_since timestamptz not null
);
