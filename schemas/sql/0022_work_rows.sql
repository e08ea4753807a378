-- The rows of the worklists, kept up to date from committed events by requests and the processes that answer them: nothing here is written by the
-- pipeline's commit. References, units and dates; what a row says is decided from the youth when it is shown.

create table work_projection (
  org_id int primary key references organisation,
  -- What the rows are decided by, and for which days. Null: they are not all there.
  rules text,
  from_day date,
  until_day date,
  -- While all youths are looked at: for what, and the last one seen.
  fill_rules text,
  fill_from date,
  fill_until date,
  filled_upto uuid
);

create table work_cursor (
  org_id int not null references organisation,
  lane_id int primary key,
  read_upto bigint not null
);

create table work_row (
  org_id int not null references organisation,
  ref uuid not null,
  -- Empty: the youth cannot be read, and this is all there is of it.
  list text not null,
  -- Among the youth's own rows of the list.
  number smallint not null,
  -- On these days it is in the list, the last one exclusive.
  from_day date not null,
  until_day date not null,
  owner text not null,
  -- That follow the youth: whose rows they may read.
  units text[] not null,
  -- One for all rows of a youth whose address hides where it is.
  hidden boolean not null,
  -- 0: urgent.
  rank smallint not null,
  -- Infinity: none.
  deadline date not null,
  since date not null,
  primary key (org_id, ref, list, from_day, number)
);
-- A page of an owner's rows; one of all owners is merged from theirs.
create index work_row_urgency on work_row (org_id, list, owner, rank, deadline, since, ref, number) where not hidden;
create index work_row_deadline on work_row (org_id, list, owner, deadline, rank, since, ref, number) where not hidden;

-- How many rows are alike but for the youth: a list of a hundred thousand rows is counted in some hundreds of these.
create table work_count (
  org_id int not null references organisation,
  list text not null,
  owner text not null,
  units text[] not null,
  hidden boolean not null,
  rank smallint not null,
  deadline date not null,
  since date not null,
  from_day date not null,
  until_day date not null,
  rows int not null,
  primary key (org_id, list, owner, units, hidden, rank, deadline, since, from_day, until_day)
) with (fillfactor = 70);

-- Youths to be decided again though no record about them came.
create table work_stale (
  org_id int not null references organisation,
  ref uuid not null,
  primary key (org_id, ref)
);

-- What a step of the projection writes: the rows of youths in the place of those they had, what that changes in the counts,
-- and how far the lanes are read.
create function work_write(p_org int, p_gone uuid[], p_rows jsonb, p_counts jsonb, p_lanes int[], p_upto bigint[])
returns void language plpgsql as $$
begin
  delete from work_row where org_id = p_org and ref = any (p_gone);

  insert into work_row (org_id, ref, list, number, from_day, until_day, owner, units, hidden, rank, deadline, since)
  select p_org, r.ref, r.list, r.number, r.from_day, r.until_day, r.owner, r.units, r.hidden, r.rank, r.deadline, r.since
  from jsonb_to_recordset(p_rows) r (ref uuid, list text, number smallint, from_day date, until_day date, owner text,
    units text[], hidden boolean, rank smallint, deadline date, since date);

  insert into work_count as c
    (org_id, list, owner, units, hidden, rank, deadline, since, from_day, until_day, rows)
  select p_org, r.list, r.owner, r.units, r.hidden, r.rank, r.deadline, r.since, r.from_day, r.until_day, r.rows
  from jsonb_to_recordset(p_counts) r (list text, owner text, units text[], hidden boolean, rank smallint,
    deadline date, since date, from_day date, until_day date, rows int)
  on conflict (org_id, list, owner, units, hidden, rank, deadline, since, from_day, until_day)
  do update set rows = c.rows + excluded.rows;

  insert into work_cursor (org_id, lane_id, read_upto)
  select p_org, u.lane_id, u.upto from unnest(p_lanes, p_upto) u (lane_id, upto)
  on conflict (lane_id) do update set read_upto = excluded.read_upto;
end $$;

-- An alert that was opened leaves the list of those that were not.
create function work_row_stale() returns trigger language plpgsql as $$
begin
  -- The update holds the row until this transaction ends: who takes it away before would not see what it is about.
  insert into work_stale (org_id, ref) values (new.org_id, new.ref)
  on conflict (org_id, ref) do update set ref = excluded.ref;
  return null;
end $$;
create trigger work_row_stale_new after insert on alert_progress
  for each row when (new.opened is not null) execute function work_row_stale();
create trigger work_row_stale_changed after update on alert_progress
  for each row when (new.opened is distinct from old.opened) execute function work_row_stale();

alter table work_projection enable row level security;
create policy reader on work_projection for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[])
);
alter table work_row enable row level security;
create policy reader on work_row for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and units && (select reading_values())::text[]
  )
);
alter table work_count enable row level security;
create policy reader on work_count for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and units && (select reading_values())::text[]
  )
);
grant select on work_projection, work_row, work_count to ot_reader;
