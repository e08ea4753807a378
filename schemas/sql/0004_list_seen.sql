-- A list counts the rows it has seen: good, told twice, or broken. Who stands in a broken row is present; what cannot be
-- concluded is held until a person settles it. Released SQL is never edited.

alter table list_run
  -- The id it was sent under; `run` differs from it when an id has been used for several lists.
  add column sent_as text,
  drop constraint list_run_verdict_check,
  add constraint list_run_verdict_check check (verdict in ('concluded', 'refused', 'superseded', 'dropped')),
  -- `received` counts rows that are surely different ones. Of rows without a row number the same one may have been sent
  -- again, or stand twice in the list: `records` counts those too.
  add column records int not null default 0,
  add column bad int not null default 0,
  -- Broken rows whose person cannot be known.
  add column nameless int not null default 0,
  add column last_received timestamptz,
  -- Whom the verdict is about: how many are gone, or are strangers.
  add column affected int,
  -- Rows that were not in it and came when it was whole already, and whether that has been told.
  add column extra int not null default 0,
  add column extra_told int not null default 0,
  -- What a person has said of it: that it may be so much shorter, that it is whole as it stands.
  add column confirmed boolean not null default false,
  add column vouched boolean not null default false;

update list_run set sent_as = run, records = received, last_received = coalesce(completed, opened);
alter table list_run alter column sent_as set not null, alter column last_received set not null;

alter table list_row
  -- Which row of the list it is: by its number in the document, else by where the record stands and what it says.
  add column place text,
  add column kind text not null default 'good' check (kind in ('good', 'bad', 'doubt')),
  -- Item of the quarantine, of a broken row.
  add column quarantine uuid,
  -- What such a row says of whom, when it cannot be known who that is.
  add column nameless text,
  -- Came when the list had been concluded without this youth.
  add column late boolean not null default false,
  -- Of somebody in doubt: the broken rows that stood in the list which the youth was last seen in.
  add column base text[];
update list_row set place = row_key;
alter table list_row drop constraint list_row_pkey;
alter table list_row alter column place set not null, alter column ref drop not null,
  add primary key (org_id, list, run, place);
create index list_row_key on list_row (org_id, list, run, row_key);
create index list_row_quarantine on list_row (quarantine) where quarantine is not null;
create index list_row_late on list_row (org_id, list, run) where late;
create index list_run_moment on list_run (org_id, list, opened);
create index list_run_sent_as on list_run (org_id, list, sent_as);

-- Which lists a submission's rows belong to: its sender is told what has become of them.
create table receipt_list (
  receipt uuid not null,
  org_id int not null,
  list text not null,
  run text not null,
  primary key (receipt, list, run),
  foreign key (org_id, list, run) references list_run on delete cascade
);

-- What operators have said of lists: who, when, why. Rows are only added.
create table list_act (
  id bigint generated always as identity primary key,
  org_id int not null,
  list text not null,
  run text not null,
  act text not null check (act in ('confirm', 'drop', 'conclude')),
  who text not null,
  reason text not null,
  recorded timestamptz not null,
  foreign key (org_id, list, run) references list_run on delete cascade
);
create index list_act_list on list_act (org_id, list, run);

create function count_list(p_org int, p_list text, p_run text) returns void language sql as $$
  update list_run l set received = c.received, records = c.records, bad = c.bad, nameless = c.nameless
  from (
    select count(*) filter (where place like '#%')
        + count(distinct row_key) filter (where place not like '#%') as received,
      count(*) as records, count(*) filter (where kind = 'bad') as bad,
      count(distinct nameless) as nameless
    from list_row where org_id = p_org and list = p_list and run = p_run and kind <> 'doubt'
  ) c
  where l.org_id = p_org and l.list = p_list and l.run = p_run
$$;

-- The list that rows belong to which came within half a day of each other. A run id used again on another night is
-- another list, with a name of its own: rows of the one do not make the other whole. NAV's batch ids name a delivery.
create function list_named(p_org int, p_list text, p_run text, p_first timestamptz, p_keys text[]) returns text
language plpgsql as $$
declare
  v_run text;
begin
  if p_list = 'nav' then return p_run; end if;
  -- Lanes commit rows of one list at the same time. Each of the looks below has a snapshot of its own: a list that another
  -- lane began between two of them was taken for one of another night.
  perform pg_advisory_xact_lock(hashtextextended(p_org || '/' || p_list || '/' || p_run, 7067002));
  select run into v_run from list_run
  where org_id = p_org and list = p_list and sent_as = p_run
    and opened between p_first - interval '12 hours' and p_first + interval '12 hours'
  order by abs(extract(epoch from opened - p_first)), run limit 1;
  if found then return v_run; end if;
  -- Late, and nothing that has been told: what the newest one waits for.
  select run into v_run from (
    select * from list_run where org_id = p_org and list = p_list and sent_as = p_run order by opened desc, run desc limit 1
  ) l
  where l.opened < p_first and l.completed is null and l.verdict is null
    and not exists (select from list_row r where r.org_id = p_org and r.list = p_list and r.run = l.run and r.row_key = any (p_keys));
  if found then return v_run; end if;
  select case when count(*) = 0 then p_run else p_run || '~' || count(*) + 1 end into v_run from list_run
  where org_id = p_org and list = p_list and sent_as = p_run;
  return v_run;
end $$;

create function note_lists(p_org int, p_lists jsonb) returns void language plpgsql as $$
declare
  v_row record;
  v_list record;
  v_run text;
  v_before record;
  v_new int;
  v_mended uuid[] := '{}';
begin
  -- A row out of the quarantine takes the broken one's place, wherever that is.
  for v_row in
    select x.list, x.row_key, x.ref, x.sealed, x.kind, x.quarantine, x.nameless, x.replay_of
    from jsonb_to_recordset(p_lists)
      x (list text, row_key text, ref uuid, sealed text, kind text, quarantine uuid, nameless text, replay_of uuid)
    where x.replay_of is not null and x.row_key is not null
  loop
    for v_list in
      update list_row r set row_key = v_row.row_key, ref = v_row.ref, sealed = decode(v_row.sealed, 'base64'),
        kind = v_row.kind, quarantine = v_row.quarantine, nameless = v_row.nameless,
        late = r.late or (v_row.ref is not null and r.list <> 'nav'
          and exists (select from list_run l where l.org_id = r.org_id and l.list = r.list and l.run = r.run and l.verdict = 'concluded')
          and not exists (select from list_row o where o.org_id = r.org_id and o.list = r.list and o.run = r.run
            and o.ref = v_row.ref and o.kind <> 'doubt'))
      where r.org_id = p_org and r.quarantine = v_row.replay_of and r.kind = 'bad'
      returning r.list, r.run
    loop
      perform count_list(p_org, v_list.list, v_list.run);
      v_mended := v_mended || v_row.replay_of;
    end loop;
  end loop;

  for v_list in
    select x.list, x.run, x.span, min(x.type) as type, max(x.total) as total, min(x.received) as first,
      max(x.received) as last, array_agg(x.row_key) filter (where x.row_key is not null) as keys
    from jsonb_to_recordset(p_lists)
      x (list text, run text, span int, type text, total int, received timestamptz, row_key text, replay_of uuid)
    where x.replay_of is null or x.replay_of <> all (v_mended)
    group by x.list, x.run, x.span order by x.list, x.run, min(x.received)
  loop
    v_run := list_named(p_org, v_list.list, v_list.run, v_list.first, coalesce(v_list.keys, '{}'));
    insert into list_run (org_id, list, run, sent_as, type, total, opened, last_received)
    values (p_org, v_list.list, v_run, v_list.run, v_list.type, v_list.total, v_list.first, v_list.last)
    on conflict (org_id, list, run) do update set total = coalesce(excluded.total, list_run.total),
      opened = least(list_run.opened, excluded.opened), last_received = greatest(list_run.last_received, excluded.last_received);
    select completed, verdict into v_before from list_run where org_id = p_org and list = v_list.list and run = v_run;

    insert into receipt_list (receipt, org_id, list, run)
    select distinct x.receipt, p_org, v_list.list, v_run
    from jsonb_to_recordset(p_lists) x (list text, run text, span int, receipt uuid)
    where x.list = v_list.list and x.run = v_list.run and x.span = v_list.span and x.receipt is not null
    on conflict do nothing;

    -- A list that is sent once more says nothing new; a row that was not in it does.
    select case when v_before.completed is null and v_before.verdict is null then 0 else count(distinct x.row_key) end into v_new
    from jsonb_to_recordset(p_lists) x (list text, run text, span int, row_key text, replay_of uuid)
    where x.list = v_list.list and x.run = v_list.run and x.span = v_list.span and x.row_key is not null
      and (x.replay_of is null or x.replay_of <> all (v_mended))
      and not exists (select from list_row o where o.org_id = p_org and o.list = v_list.list and o.run = v_run and o.row_key = x.row_key);

    insert into list_row (org_id, list, run, place, row_key, ref, sealed, kind, quarantine, nameless, late)
    select p_org, v_list.list, v_run, x.place, x.row_key, x.ref, decode(x.sealed, 'base64'), x.kind, x.quarantine, x.nameless,
      v_before.verdict is not distinct from 'concluded' and v_list.list <> 'nav' and x.ref is not null
        and not exists (select from list_row o where o.org_id = p_org and o.list = v_list.list and o.run = v_run
          and o.ref = x.ref and o.kind <> 'doubt')
    from jsonb_to_recordset(p_lists)
      x (list text, run text, span int, place text, row_key text, ref uuid, sealed text, kind text, quarantine uuid, nameless text, replay_of uuid)
    where x.list = v_list.list and x.run = v_list.run and x.span = v_list.span and x.row_key is not null
      and (x.replay_of is null or x.replay_of <> all (v_mended))
    on conflict do nothing;

    perform count_list(p_org, v_list.list, v_run);
    update list_run set
      extra = extra + v_new,
      completed = case when completed is null and received = total then last_received else completed end
    where org_id = p_org and list = v_list.list and run = v_run;
  end loop;
end $$;

-- The rare parts of a batch: quarantine, parking, receipts, list rows, merged youths.
create or replace function commit_rest(p_lane int, p_org int, p_rest jsonb) returns void language plpgsql as $$
begin
  insert into quarantine (id, org_id, lane_id, record_offset, received, problems, sealed, receipt, row)
  select q.id, p_org, p_lane, q.record_offset, q.received, q.problems, decode(q.sealed, 'base64'), q.receipt, q.row
  from jsonb_to_recordset(p_rest->'quarantined')
    q (id uuid, record_offset bigint, received timestamptz, problems jsonb, sealed text, receipt uuid, row int);

  insert into parked (lane_id, record_offset, org_id, ref, received, reason, sealed)
  select p_lane, p.record_offset, p_org, p.ref, p.received, p.reason, decode(p.sealed, 'base64')
  from jsonb_to_recordset(p_rest->'parked')
    p (record_offset bigint, ref uuid, received timestamptz, reason text, sealed text);

  insert into receipt_row (receipt, row, outcome, problems)
  select r.receipt, r.row, r.outcome, r.problems
  from jsonb_to_recordset(p_rest->'receipts') r (receipt uuid, row int, outcome text, problems jsonb)
  on conflict (receipt, row) do update set outcome = excluded.outcome, problems = excluded.problems
    -- A row sent again (Kafka client's repeat) must not turn «applied» into «duplicate».
    where receipt_row.outcome in ('quarantined', 'parked');

  if jsonb_array_length(p_rest->'lists') > 0 then perform note_lists(p_org, p_rest->'lists'); end if;

  perform note_merged(p_org, p_rest->'merged');
end $$;
