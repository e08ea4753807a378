-- What the hand-written peer keeps: where each partition is, its events (the outbox), and each youth's newest status.
create table partition_place (
  partition int primary key,
  next_offset bigint not null default 0,
  published_upto bigint not null default 0
);
create table status_event (
  id bigint generated always as identity primary key,
  partition int not null,
  record_offset bigint not null,
  event_id text not null unique,
  source text not null,
  youth text not null,
  status text not null,
  occurred_at timestamptz not null,
  encoded bytea not null
);
create table newest_status (
  youth text primary key,
  status text not null,
  version bigint not null,
  occurred_at timestamptz not null
) with (fillfactor = 70);
