-- The same act on many youths, as a job: what was chosen, as of where in the log, and what has become of each youth. Numbers
-- and names are in the vault alone; the pipeline's commit writes nothing here.

create table bulk_job (
  id uuid primary key,
  org_id int not null references organisation,
  filter jsonb not null,
  act jsonb not null,
  reason text not null,
  -- By `senderOf`, as receipts are kept; and the name it was made under.
  sender text not null,
  created_by text not null,
  created timestamptz not null,
  -- Records from here on came after it: `{lane: offset}`, and when that was.
  position jsonb not null,
  as_of timestamptz not null,
  -- How many could take the act when its maker saw it.
  shown int not null,
  state text not null check (state in ('paused', 'running', 'done')),
  -- What the work waits for.
  trouble text,
  begun timestamptz,
  ended timestamptz,
  -- Members by state and why, counted with each change of them.
  tally jsonb not null,
  -- One process works on it until then, or until it gives it back.
  leased_by uuid,
  leased_until timestamptz,
  -- Jobs take turns.
  turned timestamptz
);
create index bulk_job_made on bulk_job (org_id, created desc, id desc);
create index bulk_job_open on bulk_job (turned nulls first, created) where state <> 'done';

create table bulk_member (
  job uuid not null references bulk_job on delete cascade,
  -- In the order of the worklist, from 1.
  number int not null,
  ref uuid not null,
  -- Of the youth when it was chosen; any other is a youth that has changed since.
  version int not null,
  school_year text,
  -- The status it is to have, where the act sets one.
  code text,
  -- waiting: nothing is done. sending: on its way to Kafka, perhaps there. sent: there, and not decided yet. left: was never
  -- to have it.
  state text not null check (state in ('waiting', 'sending', 'sent', 'done', 'failed', 'left')),
  -- Where the outcome is said.
  receipt uuid,
  receipt_row int,
  why text,
  problems jsonb,
  primary key (job, number),
  -- No youth has it twice.
  unique (job, ref),
  check ((why is not null) = (state in ('failed', 'left')))
);
create index bulk_member_state on bulk_member (job, state, number);

alter table bulk_job enable row level security;
create policy reader on bulk_job for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table bulk_member enable row level security;
create policy reader on bulk_member for select to ot_reader using (
  exists (select from bulk_job j where j.id = bulk_member.job)
);
grant select on bulk_job, bulk_member to ot_reader;
