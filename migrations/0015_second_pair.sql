-- What staff does only after a second person has agreed, and the answer to what a suspended member says.

-- An act that somebody of the staff wants and another must agree to. It waits, and then it is done, declined, withdrawn
-- or over (expired). What only who asked can do (looking as a member) is agreed first and done later.
create table approvals (
  approval_id uuid primary key,
  -- The kind in the settings; a version that does not know it leaves it alone.
  kind text not null constraint approvals_kind check (kind ~ '^[a-z][a-z_]{1,29}$'),
  -- The act with everything that it takes, as the program wrote it.
  act jsonb not null constraint approvals_act check (jsonb_typeof(act) = 'object'),
  -- What it is about, in a word: of two acts with the same one only one can wait.
  subject text not null,
  -- What who asks and who agrees must both be permitted.
  permission text not null,
  -- Members whom it concerns: none of them decides.
  about uuid[] not null default '{}',
  reason text not null constraint approvals_reason_length check (char_length(reason) between 3 and 500),
  asked_by uuid not null references members,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'waiting'
    constraint approvals_state check (state in ('waiting', 'agreed', 'done', 'declined', 'withdrawn', 'expired')),
  -- The second person, and why.
  decided_by uuid references members,
  decided_at timestamptz,
  verdict text constraint approvals_verdict_length check (char_length(verdict) between 3 and 500),
  ended_at timestamptz,
  constraint approvals_takes_two check (decided_by <> asked_by and decided_by <> all (about)),
  constraint approvals_decided check (
    (decided_by is null) = (decided_at is null) and (decided_by is null) = (verdict is null)),
  constraint approvals_decided_in_time check (case state
    when 'waiting' then decided_at is null
    when 'agreed' then decided_at is not null
    when 'done' then decided_at is not null
    when 'declined' then decided_at is not null
    else true end),
  constraint approvals_ended check ((ended_at is null) = (state in ('waiting', 'agreed'))),
  constraint approvals_expiry check (expires_at > asked_at)
);
create unique index approvals_one_open on approvals (subject) where state in ('waiting', 'agreed');
create index approvals_open_by_end on approvals (expires_at) where state in ('waiting', 'agreed');
create index approvals_by_end on approvals (ended_at) where ended_at is not null;

-- Staff keeps a suspension after the member has answered, and says why. Lifting it is the other answer.
alter table suspensions
  add column answer text constraint suspensions_answer_length check (char_length(answer) between 3 and 1000),
  add column answered_at timestamptz,
  add column answered_by uuid references members,
  add constraint suspensions_answer_dated check ((answer is null) = (answered_at is null)),
  add constraint suspensions_answer_to_appeal check (answered_at is null or appealed_at is not null);
