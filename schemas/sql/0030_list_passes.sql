-- Rows of a list are looked for in one pass over the list, whatever the planner knows of the table. Written as joins, each
-- row of a batch walked all rows of its list wherever the table had no statistics, as on a county's first nights: one row is
-- guessed for a list then, so that an index entered by organisation, list and run looks as cheap as one entered by the row's
-- key too, and the key was compared afterwards (20,000 rows: 60 s for the rows and 60 s for the verdict).
-- `not in` and `(… in …) is true` are never made joins: the list is hashed once.

-- As before, but for how the rows of the newest list are compared.
create or replace function list_named(p_org int, p_list text, p_run text, p_first timestamptz, p_keys text[]) returns text
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
    and not exists (select from list_row r where r.org_id = p_org and r.list = p_list and r.run = l.run
      and (r.row_key in (select unnest(p_keys))) is true);
  if found then return v_run; end if;
  select case when count(*) = 0 then p_run else p_run || '~' || count(*) + 1 end into v_run from list_run
  where org_id = p_org and list = p_list and sent_as = p_run;
  return v_run;
end $$;

-- As before, but for how known rows and youths are looked for; for a list that is still open neither is.
create or replace function note_lists(p_org int, p_lists jsonb) returns void language plpgsql as $$
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
    v_new := 0;
    if v_before.completed is not null or v_before.verdict is not null then
      select count(distinct x.row_key) into v_new
      from jsonb_to_recordset(p_lists) x (list text, run text, span int, row_key text, replay_of uuid)
      where x.list = v_list.list and x.run = v_list.run and x.span = v_list.span and x.row_key is not null
        and (x.replay_of is null or x.replay_of <> all (v_mended))
        and x.row_key not in (select o.row_key from list_row o where o.org_id = p_org and o.list = v_list.list and o.run = v_run);
    end if;

    insert into list_row (org_id, list, run, place, row_key, ref, sealed, kind, quarantine, nameless, late)
    select p_org, v_list.list, v_run, x.place, x.row_key, x.ref, decode(x.sealed, 'base64'), x.kind, x.quarantine, x.nameless,
      v_before.verdict is not distinct from 'concluded' and v_list.list <> 'nav' and x.ref is not null
        and x.ref not in (select o.ref from list_row o where o.org_id = p_org and o.list = v_list.list and o.run = v_run
          and o.ref is not null and o.kind <> 'doubt')
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
