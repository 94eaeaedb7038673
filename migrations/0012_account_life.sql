-- Another handle, a copy of everything, and leaving: what somebody may ask for who has an account.

-- When the account is erased, if its owner asked for that. Until then it is hidden.
alter table members add column leaves_at timestamptz;

-- Handles that were given up lately lead to their owner's page and are given to nobody else. SHA-256 of the handle in
-- small letters: the table must not name somebody who has left. Nobody's when its owner has left.
create table former_handles (
  handle_hash bytea primary key,
  member_id uuid references members,
  left_at timestamptz not null
);
create index former_handles_by_member on former_handles (member_id, left_at desc);

-- The copy of everything that somebody asked for last. The archive is in the object store under a key made by chance.
create table data_copies (
  member_id uuid primary key references members,
  copy_id uuid not null,
  asked_at timestamptz not null,
  key text,
  bytes bigint,
  ready_at timestamptz,
  ends_at timestamptz,
  constraint data_copies_ready_has_key check ((ready_at is null) = (key is null))
);

-- Who asked to be deleted, and how far it has come. Stays when it is done, without anything personal.
create table deletions (
  member_id uuid primary key references members,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- Listings that were live, for whoever changes their mind.
  paused uuid[] not null default '{}',
  reminded_at timestamptz,
  -- The last mail that they get; it is forgotten a day later.
  letter uuid,
  -- Steps of erasing that are done.
  step integer not null default 0,
  erased_at timestamptz
);

-- Its words, its place and its photos are gone.
alter table listings add column erased_at timestamptz;
create index listings_to_erase on listings (seller_id, listing_id) where erased_at is null;

-- An order's history is append only for the program. What somebody wrote into it goes when they are erased, and only
-- then: their own words, and the number of a parcel to them.
create function forget_order_words(p_member uuid) returns bigint
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  n bigint;
begin
  if not exists (select from deletions where member_id = p_member and step > 0 and erased_at is null) then
    raise exception 'nobody of this number is being erased' using errcode = 'insufficient_privilege';
  end if;
  update order_events e set data = '{}' from orders o
    where o.order_id = e.order_id and (o.buyer_id = p_member or o.seller_id = p_member) and e.data <> '{}'
      and (e.actor_id = p_member or (o.buyer_id = p_member and e.data ? 'tracking'));
  get diagnostics n = row_count;
  return n;
end $$;

-- How often an address was written to lately, however it is spelled.
create index mails_by_lower_address on mails (lower(to_address), created_at desc);
