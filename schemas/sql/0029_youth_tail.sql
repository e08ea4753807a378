-- A youth's row holds the youth as of some version, and behind it the events of the records since: its tail. A record
-- appends what it stores as an event anyway, in place of writing the youth anew (1,900 bytes of log for a follow-up then,
-- 1,470 now).

alter table youth
  add column moved int,
  -- Events with commas between, newest first; null when the state is the youth as it is.
  add column tail text;
alter table youth alter column tail set storage external;
-- PostgreSQL leaves out of its log what two versions of a row begin and end with. So what changes with each record comes
-- behind the state, and what has been appended before is the row's end.
update youth set moved = version;
alter table youth drop column version;
alter table youth rename column moved to version;
alter table youth alter column version set not null;

-- As before, and without a state the records from `y_first` on, `y_records` of them, go in front of the tail.
drop function commit_batch(
  int, int, bigint, bigint, bigint, bigint[], bigint[], uuid[], int[], int[], bigint[], timestamptz[], boolean[], text[],
  uuid[], int[], int[], bigint[], timestamptz[], text[], tid[], jsonb, bigint, bigint
);
create function commit_batch(
  p_lane int, p_epoch int, p_expected bigint, p_next bigint, p_published bigint, p_counts bigint[],
  e_offset bigint[], e_ref uuid[], e_version int[], e_previous_lane int[], e_previous_offset bigint[],
  e_recorded timestamptz[], e_alert boolean[], e_body text[],
  y_ref uuid[], y_expected int[], y_version int[], y_offset bigint[], y_due timestamptz[], y_state text[],
  y_place tid[], p_rest jsonb, p_mark_offset bigint, p_mark_digest bigint, y_first int[], y_records int[]
) returns boolean language plpgsql
-- Always by index: on a young table the planner's guess is a sequential scan per batch, kept in the cached plan
-- (measured: 4,200 instead of 30,000 events/s on a database without statistics).
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set enable_bitmapscan = off set plan_cache_mode = force_generic_plan
as $$
declare
  v_org int;
  v_updates int;
  v_count int;
begin
  update lane set
    next_offset = p_next,
    published_upto = greatest(published_upto, p_published),
    applied = applied + p_counts[1],
    duplicate = duplicate + p_counts[2],
    rejected = rejected + p_counts[3],
    quarantined = quarantined + p_counts[4],
    parked = parked + p_counts[5],
    mark_offset = coalesce(p_mark_offset, mark_offset),
    mark_digest = coalesce(p_mark_digest, mark_digest)
  where id = p_lane and epoch = p_epoch and next_offset = p_expected
  returning org_id into v_org;
  if not found then
    return false;
  end if;

  insert into event (lane_id, record_offset, ref, version, previous_lane, previous_offset, recorded, has_alert, body)
  select p_lane, e.*
  from unnest(e_offset, e_ref, e_version, e_previous_lane, e_previous_offset, e_recorded, e_alert, e_body) e;

  insert into youth (org_id, ref, version, state, due, look_at, lane_id, record_offset)
  select v_org, y.ref, y.version, y.state, y.due, y.due, p_lane, y.record_offset
  from unnest(y_ref, y_expected, y_version, y_offset, y_due, y_state) y (ref, expected, version, record_offset, due, state)
  where y.expected = 0;
  get diagnostics v_count = row_count;

  -- Where it was found when it was loaded; looked up by key only where nobody has looked. The subquery keeps that youth by
  -- youth: as a plain join the planner walks the organisation's youths and looks each up in the batch as long as it takes
  -- the table for small (400 µs an event instead of 35).
  update youth set version = y.version, state = coalesce(y.state, youth.state),
    tail = case when y.state is null then y.added || coalesce(',' || youth.tail, '') end,
    due = y.due, look_at = least(youth.look_at, y.due), lane_id = p_lane, record_offset = y.record_offset
  from (
    select u.ref, u.expected, u.version, u.record_offset, u.due, u.state,
      case when u.records = 1 then e_body[u.first]
        else (select string_agg(e_body[i], ',' order by i desc) from generate_series(u.first, u.first + u.records - 1) i)
      end as added,
      coalesce(u.place, (select t.ctid from youth t where t.org_id = v_org and t.ref = u.ref limit 1)) as place
    from unnest(y_ref, y_expected, y_version, y_offset, y_due, y_state, y_place, y_first, y_records)
      u (ref, expected, version, record_offset, due, state, place, first, records)
    where u.expected > 0
    offset 0
  ) y
  -- Whose row it is is asked without an index: it is in hand.
  where youth.ctid = y.place and youth.version = y.expected
    and youth.ref is not distinct from y.ref and youth.org_id is not distinct from v_org;
  get diagnostics v_updates = row_count;
  if v_count + v_updates <> cardinality(y_ref) then
    raise exception using errcode = 'OT001', message = 'a youth was written by another lane';
  end if;

  if p_rest is not null then
    perform commit_rest(p_lane, v_org, p_rest);
  end if;
  return true;
end $$;

drop function find_youths(int, bytea[], uuid[]);
-- The people of a batch with their youths: positive n for a hash, negative n for a reference that was asked for.
-- Of a youth that is of the version named for it state and tail are null: it is kept in memory where it was asked from.
create function find_youths(p_org int, p_hmacs bytea[], p_refs uuid[], p_hmac_kept int[], p_ref_kept int[])
returns table (n bigint, ref uuid, version int, state text, tail text, lane_id int, record_offset bigint, merged_into uuid, parked boolean, place tid)
language plpgsql stable rows 2000
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_material = off set enable_bitmapscan = off set plan_cache_mode = force_generic_plan
as $$ begin
  return query
  select a.n, a.ref, y.version, case when y.version = a.kept then null else y.state end,
    case when y.version = a.kept then null else y.tail end, y.lane_id, y.record_offset, y.merged_into,
    exists (select from parked p where p.org_id = p_org and p.ref = a.ref and not p.released), y.place
  from (
    select h.n, i.ref, h.kept from unnest(p_hmacs, p_hmac_kept) with ordinality h (hmac, kept, n)
    join identity i on i.hmac = h.hmac
    union all
    select -r.n, r.ref, r.kept from unnest(p_refs, p_ref_kept) with ordinality r (ref, kept, n)
  ) a
  -- As in commit_batch: youth by youth through the primary key, whatever the planner thinks of the table.
  left join lateral (select t.*, t.ctid as place from youth t where t.org_id = p_org and t.ref = a.ref limit 1) y on true;
end $$;
