-- Subscriptions of receivers outside Kafka. A subscription is a cursor over committed events; a row of `delivery` is there
-- from its planning on. The pipeline's commit writes nothing here.

create table subscription (
  id uuid primary key,
  org_id int not null references organisation,
  -- Whose it is, as receipts are kept; the organisation number apart, for its grants.
  subscriber text not null,
  orgnr text check (orgnr ~ '^\d{9}$'),
  name text not null,
  url text not null,
  kinds text[] not null,
  owners text[],
  protected_youths boolean not null,
  begins text not null check (begins in ('now', 'school-year', 'all')),
  begins_at timestamptz,
  state text not null check (state in ('pending', 'active', 'paused', 'disabled')),
  reason text,
  wanted_url jsonb,
  failing_since timestamptz,
  last_success timestamptz,
  -- Steps of the way to disabling that have been reported since it fails.
  reported text[] not null default '{}',
  -- After an enabling that skips: `{what, upto: {lane: offset}}`, until the planner is through.
  catch_up jsonb,
  created timestamptz not null,
  created_by text not null,
  version int not null default 1,
  closed timestamptz
);
create index subscription_open on subscription (org_id) where closed is null;

create table subscription_key (
  subscription uuid not null references subscription,
  kid text not null,
  scheme text not null check (scheme in ('v1', 'v1a')),
  sealed bytea not null,
  public_key bytea,
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (subscription, kid)
);

create table subscription_lane (
  subscription uuid not null references subscription,
  lane_id int not null references lane,
  planned_upto bigint not null,
  primary key (subscription, lane_id)
) with (fillfactor = 50);

create table replay (
  id uuid primary key,
  org_id int not null references organisation,
  subscription uuid not null references subscription,
  filter jsonb not null,
  state text not null check (state in ('paused', 'running', 'stopped', 'done')),
  -- To this address alone: a receiver is tried before it is enabled.
  test_url text,
  reason text not null,
  started_by text not null,
  created timestamptz not null,
  total int not null,
  -- Deliveries up to this one have been taken into the replay.
  taken_upto bigint not null default 0,
  sent int not null default 0,
  failed int not null default 0,
  withheld int not null default 0
);
create index replay_subscription on replay (subscription, created);
create index replay_running on replay (org_id) where state = 'running';

create table delivery (
  id bigint generated always as identity primary key,
  subscription uuid not null references subscription,
  -- Sent again for this replay; null the first time.
  replay uuid references replay,
  event_id text not null,
  webhook_id text not null,
  kind text not null,
  ref uuid,
  subject text,
  version int not null,
  n int not null,
  recorded timestamptz not null,
  takes_back boolean not null,
  discloses_nav boolean not null,
  state text not null check (state in ('waiting', 'delivered', 'exhausted', 'withheld', 'superseded')),
  withheld_for text,
  attempts int not null default 0,
  last_outcome text,
  -- When it may be taken: due, or when a lease has run out. Null: another delivery about the youth comes first, or ended.
  next_at timestamptz,
  leased_until timestamptz,
  -- Rises with each lease: the next write of a relay that lost it finds no row.
  lease int not null default 0,
  ended timestamptz,
  unique nulls not distinct (subscription, event_id, replay)
) with (fillfactor = 70);
-- Which comes first of a youth.
create index delivery_order on delivery (subscription, replay, ref, version, n) where state = 'waiting';
create index delivery_due on delivery (subscription, next_at) where state = 'waiting' and next_at is not null;
create index delivery_page on delivery (subscription, id);
create index delivery_ended on delivery (ended) where ended is not null;
create index delivery_replay on delivery (replay, id) where replay is not null;

create table delivery_attempt (
  delivery bigint not null references delivery on delete cascade,
  lease int not null,
  at timestamptz not null,
  ms int,
  outcome text not null,
  http_status int,
  primary key (delivery, lease)
);

-- A county's people see all of theirs; a machine its own.
create function subscription_in_reach(p_org int, p_subscriber text) returns boolean language sql stable as $$
  select p_org = any (reading_orgs()) and (
    reading_reach() = 'county' or reading_reach() = 'sender' and p_subscriber = any (reading_values())
  )
$$;
alter table subscription enable row level security;
create policy reader on subscription for select to ot_reader using (subscription_in_reach(org_id, subscriber));
alter table subscription_key enable row level security;
alter table subscription_lane enable row level security;
alter table delivery enable row level security;
create policy reader on delivery for select to ot_reader using (
  exists (select from subscription s where s.id = delivery.subscription)
);
alter table delivery_attempt enable row level security;
create policy reader on delivery_attempt for select to ot_reader using (
  exists (select from delivery d where d.id = delivery_attempt.delivery)
);
alter table replay enable row level security;
create policy reader on replay for select to ot_reader using (
  exists (select from subscription s where s.id = replay.subscription)
);
grant select on subscription, delivery, delivery_attempt, replay to ot_reader;
