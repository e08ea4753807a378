-- What others' systems have of an organisation's youths in their own form, kept up to date from committed events by whoever
-- asks or sends: nothing here is written by the pipeline's commit.

-- FINT (utdanning/ot). One row an organisation: how far it is, and who sends it.
create table fint_projection (
  org_id int primary key references organisation,
  -- Registrations count from the year before: when it changes, all youths are looked at again.
  school_year text not null default '',
  -- While all youths are looked at: the last one seen. Null: that is done.
  scanned_upto uuid,
  -- Rises with each claim: a former holder's next write finds no row.
  epoch int not null default 0,
  holder text,
  leased_until timestamptz not null default '-infinity',
  -- As of a lane: Kafka refuses a former holder's records.
  producer_id bigint not null default 2305843009213693952 + floor(random() * 2305843009213693952)::bigint,
  fence int not null default 0,
  -- Milliseconds since 1970, as FINT writes moments.
  full_began bigint not null default 0,
  full_wanted boolean not null default false,
  -- The full sync that is being sent.
  full_id text
);

create table fint_cursor (
  org_id int not null references organisation,
  lane_id int primary key,
  planned_upto bigint not null
);

create table fint_youth (
  org_id int not null references organisation,
  ref uuid not null,
  -- Null: no longer there.
  status text,
  unit text,
  -- Milliseconds; rises.
  modified bigint not null,
  -- The newest `modified` that is known to be on the topic.
  sent bigint not null default 0,
  -- The full sync it is still to be sent in.
  full_id text,
  primary key (org_id, ref)
);
create index fint_youth_unsent on fint_youth (org_id, modified) where sent < modified and (full_id is null or status is null);
create index fint_youth_full on fint_youth (org_id, ref) where full_id is not null;
create index fint_youth_modified on fint_youth (org_id, modified);

-- What has been reported to VIGO's register, by file, and what became of each row.
create table vigo_file (
  id uuid primary key,
  org_id int not null references organisation,
  version text not null,
  made timestamptz not null,
  made_by text not null,
  -- SHA-256 of the file as it was handed out.
  content_hash bytea not null,
  rows int not null,
  -- Its rows are on the topic too.
  published boolean not null default false,
  unique (org_id, content_hash)
);
create index vigo_file_made on vigo_file (org_id, made);

create table vigo_row (
  file uuid not null references vigo_file,
  seq int not null,
  ref uuid not null,
  -- What was reported, without a number: one object of the JSON form.
  content jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'refused')),
  code text,
  answered timestamptz,
  primary key (file, seq)
);
create index vigo_row_ref on vigo_row (ref);
create index vigo_row_open on vigo_row (file, seq) where state <> 'accepted';

create table vigo_receipt (
  org_id int not null references organisation,
  content_hash bytea not null,
  received timestamptz not null,
  received_by text not null,
  accepted int not null,
  refused int not null,
  primary key (org_id, content_hash)
);

alter table fint_youth enable row level security;
create policy reader on fint_youth for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table vigo_file enable row level security;
create policy reader on vigo_file for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table vigo_row enable row level security;
create policy reader on vigo_row for select to ot_reader using (
  exists (select from vigo_file f where f.id = vigo_row.file)
);
alter table vigo_receipt enable row level security;
create policy reader on vigo_receipt for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
grant select on fint_youth, vigo_file, vigo_row, vigo_receipt to ot_reader;
