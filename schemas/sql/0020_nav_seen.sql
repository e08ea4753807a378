-- That NAV was given a row about a youth is shown to those who may read the youth, with who else has seen it.

drop policy reader on nav_batch_row;
create policy reader on nav_batch_row for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county' or (select reading_reach()) = 'units' and youth_in_reach(ref)
  )
);

-- All that was disclosed of one youth, whatever month.
create index nav_batch_row_youth on nav_batch_row (org_id, ref);

-- Agreements that one person has registered and another has not approved.
create table agreement_proposal (
  id uuid primary key,
  org_id int not null references organisation,
  -- The agreement as it takes effect when it is approved.
  wanted jsonb not null,
  reason text not null,
  proposed_by text not null,
  -- Distinguishes who proposed from who approves.
  proposed_key text not null,
  -- Whether who proposed it is the data protection officer.
  by_officer boolean not null,
  proposed timestamptz not null,
  settled timestamptz
);
create index agreement_proposal_open on agreement_proposal (org_id, proposed) where settled is null;
alter table agreement_proposal enable row level security;
create policy reader on agreement_proposal for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
grant select on agreement_proposal to ot_reader;
-- Who approved it, when two persons were needed.
alter table agreement add column approved_by text;

-- Deliveries with answers about persons NAV was not asked about. Kept when the delivery is put aside: the data protection
-- officer decides what it was.
create table nav_incident (
  org_id int not null references organisation,
  run text not null,
  strangers int not null,
  at timestamptz not null,
  primary key (org_id, run)
);
alter table nav_incident enable row level security;
create policy reader on nav_incident for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
grant select on nav_incident to ot_reader;
