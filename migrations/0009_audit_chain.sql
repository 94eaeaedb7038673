-- The audit log is append only for everybody, its owner included, and chained: whoever changes, removes or inserts a
-- line behind the program's back breaks the chain.

alter table audit_log add column xid xid8 not null default pg_current_xact_id();
create index audit_log_in_commit_order on audit_log (xid, audit_id);

-- Numbered in commit order by one sealer. hash = sha256(prev || the line in its canonical form).
create table audit_seals (
  n bigint primary key,
  audit_id bigint not null references audit_log,
  prev bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null,
  constraint audit_seals_audit_unique unique (audit_id),
  constraint audit_seals_hash_length check (octet_length(hash) = 32 and octet_length(prev) = 32)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is forbidden: it is append only', tg_op, tg_table_name
    using errcode = 'insufficient_privilege', table = tg_table_name, constraint = 'append_only';
end $$;
create trigger audit_log_frozen before update or delete on audit_log for each row execute function refuse_change();
create trigger audit_log_kept before truncate on audit_log for each statement execute function refuse_change();
create trigger audit_seals_frozen before update or delete on audit_seals for each row execute function refuse_change();
create trigger audit_seals_kept before truncate on audit_seals for each statement execute function refuse_change();
