-- The exchange with NAV: agreements, the month's lists of youths that NAV is asked about, and what was disclosed by them.

-- Rows are added and revoked, never changed otherwise.
create table agreement (
  id uuid primary key,
  org_id int not null references organisation,
  party text not null check (party ~ '^\d{9}$'),
  purpose text not null check (purpose in ('NAV_UTVEKSLING')),
  legal_basis text not null,
  -- First and last day, in Oslo.
  valid_from date not null,
  valid_to date not null,
  reference text not null,
  registered_by text not null,
  reason text not null,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  check (valid_to >= valid_from)
);
create index agreement_org on agreement (org_id);

-- Warnings that have been raised before an agreement ends, by days.
create table agreement_warning (
  agreement uuid not null references agreement,
  days int not null,
  primary key (agreement, days)
);

-- One list a month. Until `finished` it is being made, and no one sees it.
create table nav_batch (
  org_id int not null references organisation,
  id text not null check (id ~ '^B-\d{4}-\d{2}$'),
  agreement uuid not null references agreement,
  recipient text not null,
  extracted timestamptz not null,
  requested_by text not null,
  -- Youths up to this one have been judged.
  scanned_upto uuid not null default '00000000-0000-0000-0000-000000000000',
  rows int,
  content_hash bytea,
  finished timestamptz,
  primary key (org_id, id)
);

create table nav_batch_row (
  org_id int not null,
  batch text not null,
  match_id text not null,
  ref uuid not null,
  -- The decision to ask, which each disclosure names.
  decision uuid not null unique,
  consent_version text not null,
  -- NAV may no longer be asked: the row leaves later pages, and does not come back.
  withdrawn timestamptz,
  answered timestamptz,
  primary key (org_id, batch, match_id),
  foreign key (org_id, batch) references nav_batch
);
create unique index nav_batch_row_ref on nav_batch_row (org_id, batch, ref);

-- Deliveries of answers: held for want of an agreement, or used; and which said just the same before.
create table nav_delivery (
  org_id int not null references organisation,
  run text not null,
  batch text,
  content_hash bytea,
  used timestamptz,
  same_as text,
  primary key (org_id, run)
);
create index nav_delivery_content on nav_delivery (org_id, batch, content_hash);

create table nav_disclosure (
  id bigint generated always as identity primary key,
  decision uuid not null references nav_batch_row (decision),
  how text not null check (how in ('extract', 'fetch')),
  recipient text not null,
  legal_basis text not null,
  consent_version text not null,
  at timestamptz not null
);
create index nav_disclosure_decision on nav_disclosure (decision);

-- Messages about answers that could not be published for want of an agreement.
create table nav_held (
  org_id int not null references organisation,
  id text not null,
  seq bigint generated always as identity,
  ref uuid not null,
  sealed bytea not null,
  held timestamptz not null,
  primary key (org_id, id)
);
alter table nav_held enable row level security;

alter table agreement enable row level security;
create policy reader on agreement for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table agreement_warning enable row level security;
alter table nav_batch enable row level security;
create policy reader on nav_batch for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table nav_batch_row enable row level security;
create policy reader on nav_batch_row for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table nav_delivery enable row level security;
create policy reader on nav_delivery for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table nav_disclosure enable row level security;
create policy reader on nav_disclosure for select to ot_reader using (
  exists (select from nav_batch_row r where r.decision = nav_disclosure.decision)
);
grant select on agreement, nav_batch, nav_batch_row, nav_delivery, nav_disclosure to ot_reader;
