-- A new address waits for its proof; the old one can take it back for three days.

create table email_changes (
  change_id uuid primary key,
  member_id uuid not null references members,
  old_email text not null,
  new_email text not null,
  -- Of the link that the new address gets.
  confirm_hash bytea not null,
  -- Of the link that the old address gets once it has been replaced.
  undo_hash bytea,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  confirmed_at timestamptz,
  undone_at timestamptz,
  constraint email_changes_confirm_unique unique (confirm_hash),
  constraint email_changes_undo_unique unique (undo_hash),
  constraint email_changes_undo_after_confirm check ((undo_hash is null) = (confirmed_at is null))
);
create index email_changes_by_member on email_changes (member_id);
create index email_changes_by_age on email_changes (asked_at);
