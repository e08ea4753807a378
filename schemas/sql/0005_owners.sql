-- Who works a lane, told to Kafka too, and which key the vault was made with.

-- As which producer the lane's events go to Kafka, and how often that name has been given away. Kafka keeps, per partition
-- and producer, the highest epoch it has seen, and refuses a lower one: a former owner's send that comes late is no
-- record. Kafka numbers producers from 0; these are random in [2^61, 2^62).
alter table lane add column producer_id bigint not null
  default 2305843009213693952 + floor(random() * 2305843009213693952)::bigint;
alter table lane add column fence int not null default 0;

-- A keyed hash of a fixed text: another key has another one. One row.
create table vault_check (
  only_row boolean primary key default true check (only_row),
  value bytea not null
);

-- What each process can work, partitions by topic. A row counts while its number is locked by a living session; whoever
-- comes clears away the others.
create table member (
  id int generated always as identity primary key,
  topics jsonb not null
);
