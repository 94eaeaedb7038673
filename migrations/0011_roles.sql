-- What staff may do is data: roles gather permissions, members hold roles. Beside it what it takes to suspend somebody
-- and to see the marketplace as a member sees it.

create table roles (
  role text primary key constraint roles_name check (role ~ '^[a-z][a-z0-9_]{1,29}$' and role <> 'new'),
  -- What the audit log calls it.
  role_id uuid not null constraint roles_id_unique unique,
  -- Those that come with the program have names in every language instead.
  title text not null default '' constraint roles_title_length check (char_length(title) <= 40),
  built_in boolean not null default false
);

-- The permissions are the program's words; one that a version does not know gives nothing there.
create table role_permissions (
  role text not null references roles on delete cascade,
  permission text not null,
  constraint role_permissions_pkey primary key (role, permission)
);

create table member_roles (
  member_id uuid not null references members,
  role text not null references roles,
  -- Nothing for what a command of the operator gave, or an older version of the program.
  granted_by uuid references members,
  granted_at timestamptz,
  constraint member_roles_pkey primary key (member_id, role)
);
create index member_roles_by_role on member_roles (role);

insert into roles (role, role_id, built_in) values
  ('moderator', '00000000-0000-7000-8000-000000000001', true),
  ('support', '00000000-0000-7000-8000-000000000002', true),
  ('finance', '00000000-0000-7000-8000-000000000003', true),
  ('operator', '00000000-0000-7000-8000-000000000004', true);

-- The operator holds every permission by being the operator, also those of later versions.
insert into role_permissions (role, permission) values
  ('moderator', 'admin.see'), ('moderator', 'listings.history'), ('moderator', 'members.see'),
  ('moderator', 'members.suspend'),
  ('support', 'admin.see'), ('support', 'orders.see'), ('support', 'orders.decide'), ('support', 'listings.history'),
  ('support', 'members.see'), ('support', 'members.sign_out'), ('support', 'members.look'),
  ('finance', 'admin.see'), ('finance', 'orders.see'), ('finance', 'payments.see'), ('finance', 'ledger.see');

insert into member_roles (member_id, role)
  select distinct m.member_id, r.role from members m join roles r on r.role = any(m.roles);

-- members.roles stays as a shadow for the version before this one, which reads it while both run: every change of
-- member_roles writes it too. What that version writes there (its command that makes a member with a role) is taken
-- over by this trigger. Both may go with the version after this one.
create function take_over_roles() returns trigger language plpgsql as $$
begin
  insert into member_roles (member_id, role)
    select new.member_id, r.role from roles r where r.role = any(new.roles) on conflict do nothing;
  return null;
end $$;
create trigger members_roles_taken_over after insert or update of roles on members
  for each row when (new.roles <> '{}') execute function take_over_roles();

-- Suspended is who has suspended_at and no suspended_until that is over.
alter table members add column suspended_until timestamptz;
-- Was live and is paused because its seller is suspended; it is live again when that is over.
alter table listings add column held boolean not null default false;

create table suspensions (
  suspension_id uuid primary key,
  member_id uuid not null references members,
  by_id uuid references members,
  -- For staff.
  reason text not null constraint suspensions_reason_length check (char_length(reason) between 3 and 500),
  -- For the member.
  words text not null constraint suspensions_words_length check (char_length(words) between 3 and 1000),
  began_at timestamptz not null,
  -- Until somebody lifts it, when nothing.
  until timestamptz,
  lifted_at timestamptz,
  lifted_by uuid references members,
  -- The member's answer: one for each suspension.
  appeal text constraint suspensions_appeal_length check (char_length(appeal) between 3 and 2000),
  appealed_at timestamptz,
  constraint suspensions_appeal_dated check ((appeal is null) = (appealed_at is null))
);
create unique index suspensions_one_open on suspensions (member_id) where lifted_at is null;
create index suspensions_by_member on suspensions (member_id, began_at desc);
create index suspensions_appealed on suspensions (appealed_at) where lifted_at is null and appealed_at is not null;
create index members_suspended on members (suspended_until) where suspended_at is not null;

-- Staff that looks as a member does so in its own session, which says whom and how long. A version that does not know
-- of it shows staff itself.
alter table sessions
  add column looks_at uuid references members,
  add column looks_until timestamptz,
  add constraint sessions_look_ends check ((looks_at is null) = (looks_until is null));

create index audit_log_by_actor on audit_log (actor_id, audit_id) where actor_id is not null;
