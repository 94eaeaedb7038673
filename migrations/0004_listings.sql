-- What is offered, with its photos and its history.

create table listings (
  listing_id uuid primary key,
  seller_id uuid not null references members,
  -- The seller's own number for it; what makes an import repeatable.
  external_id text,
  state text not null constraint listings_state check (state in ('draft', 'live', 'paused', 'sold', 'deleted')),
  -- The state to return to when a deletion is undone.
  state_before_deletion text,
  title text not null default '',
  slug text not null default '',
  description text not null default '',
  category text,
  condition text constraint listings_condition check (condition in ('new', 'like_new', 'good', 'fair', 'for_parts')),
  price_amount bigint,
  price_currency text not null,
  open_to_offers boolean not null default false,
  -- How it may be had: for money, for things, or both.
  deal text not null default 'cash' constraint listings_deal check (deal in ('cash', 'barter', 'both')),
  wanted text not null default '',
  quantity integer not null default 1,
  -- Pieces promised to orders that are not finished; quantity − reserved is what can be bought.
  reserved integer not null default 0,
  ship boolean not null default false,
  meet boolean not null default false,
  shipping_amount bigint,
  town text,
  country text,
  lat double precision,
  lng double precision,
  attributes jsonb not null default '{}',
  views bigint not null default 0,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz,
  deleted_at timestamptz,
  constraint listings_external_id_unique unique (seller_id, external_id),
  constraint listings_price_not_negative check (price_amount >= 0),
  constraint listings_shipping_not_negative check (shipping_amount >= 0),
  constraint listings_stock_not_oversold check (reserved >= 0 and quantity >= reserved)
);
create index listings_by_seller on listings (seller_id, created_at desc, listing_id desc) where state <> 'deleted';
create index listings_live_newest on listings (published_at desc, listing_id desc) where state = 'live';
create index listings_live_by_category on listings (category text_pattern_ops) where state = 'live';
create index listings_in_id_order on listings (listing_id) where state = 'live';

create table photos (
  photo_id uuid primary key,
  listing_id uuid not null references listings,
  position integer not null,
  -- Folder of the renditions in the object store: {key}/{width}.webp and .jpg
  key text not null,
  width integer not null,
  height integer not null,
  widths integer[] not null,
  -- ThumbHash of the picture and its average colour as RRGGBB.
  thumbhash bytea not null,
  colour text not null,
  alt text not null default '',
  created_at timestamptz not null,
  constraint photos_position_unique unique (listing_id, position) deferrable initially deferred
);

-- What each edit changed: { "price": ["100.00", "90.00"], … }
create table listing_edits (
  listing_id uuid not null references listings,
  version integer not null,
  at timestamptz not null,
  by_member uuid not null references members,
  changes jsonb not null,
  primary key (listing_id, version)
);
