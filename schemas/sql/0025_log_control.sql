-- Controls of the audit trail: week by week what was found, signed by the data protection officer. Only ever added.

create index audit_at on audit (org_id, at);

create table log_control (
  org_id int not null references organisation,
  -- Monday.
  week date not null,
  signed timestamptz(3) not null,
  who text not null,
  who_key text not null,
  found text not null,
  note text,
  lines int not null,
  upto bigint not null,
  primary key (org_id, week)
);
create trigger log_control_only_added before update or delete or truncate on log_control
  for each statement execute function audit_refuse();
alter table log_control enable row level security;
create policy reader on log_control for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
grant select on log_control to ot_reader;

-- By the clock in Oslo, on weekdays from seven to five (core/audit/logControl.ts).
create function outside_office_hours(p_at timestamptz) returns boolean language sql stable parallel safe as $$
  select extract(isodow from p_at at time zone 'Europe/Oslo') > 5
    or extract(hour from p_at at time zone 'Europe/Oslo') not between 7 and 16
$$;

create function log_readable(p_org int) returns boolean language sql stable as $$
  select current_setting('role') <> 'ot_reader' or p_org = any (reading_orgs()) and reading_reach() = 'county'
$$;

-- Who has read and acted: a line for each caller in each capacity, with the sums over all of them.
create function log_uses(p_org int, p_from timestamptz, p_until timestamptz, p_most int)
returns table (kind text, who text, capacity text, lines int, shown int, identified int, outside int, refused int,
  last timestamptz, callers int, all_lines int, all_shown int, all_identified int, all_outside int, all_refused int,
  upto bigint)
language sql stable security definer as $$
  select u.*, count(*) over ()::int, sum(u.lines) over ()::int, sum(u.shown) over ()::int,
    sum(u.identified) over ()::int, sum(u.outside) over ()::int, sum(u.refused) over ()::int,
    (select max(a.seq) from audit a where a.org_id = p_org and a.at >= p_from and a.at < p_until)
  from (
    select a.kind, a.who, a.capacity, sum(a.times)::int as lines,
      sum(case when a.outcome = 'OK' then cardinality(a.subjects) else 0 end)::int as shown,
      sum(case when a.outcome = 'OK' and a.access = 'youth:identify' then cardinality(a.subjects) else 0 end)::int
        as identified,
      count(*) filter (where a.kind = 'person' and cardinality(a.subjects) > 0 and outside_office_hours(a.at))::int
        as outside,
      sum(case when a.outcome = 'OK' then 0 else a.times end)::int as refused, max(a.at) as last
    from audit a
    where a.org_id = p_org and a.at >= p_from and a.at < p_until and a.outcome <> 'STARTED' and log_readable(p_org)
    group by a.kind, a.who, a.capacity
  ) u
  order by u.shown desc, u.lines desc, u.who, u.capacity limit p_most
$$;

create function log_lines(p_org int, p_from timestamptz, p_until timestamptz, p_part text, p_before bigint, p_limit int)
returns setof audit language sql stable security definer as $$
  select a.* from audit a
  where a.org_id = p_org and a.at >= p_from and a.at < p_until and a.outcome <> 'STARTED' and log_readable(p_org)
    and (p_before is null or a.seq < p_before)
    and case p_part
      when 'outside' then a.kind = 'person' and cardinality(a.subjects) > 0 and outside_office_hours(a.at)
      when 'identified' then a.access = 'youth:identify' and a.outcome = 'OK' and cardinality(a.subjects) > 0
      when 'refused' then a.outcome <> 'OK'
      else true end
  order by a.seq desc limit p_limit
$$;

create function first_logged(p_org int) returns timestamptz language sql stable security definer as $$
  select a.at from audit a where a.org_id = p_org and log_readable(p_org) order by a.seq limit 1
$$;

revoke execute on function log_uses(int, timestamptz, timestamptz, int),
  log_lines(int, timestamptz, timestamptz, text, bigint, int), first_logged(int) from public;
grant execute on function log_uses(int, timestamptz, timestamptz, int),
  log_lines(int, timestamptz, timestamptz, text, bigint, int), first_logged(int) to ot_reader;

-- Who calls the functions does so with their owner's rights: names in them are this schema's, whatever the caller's path.
do $$
begin
  execute format('alter function log_uses(int, timestamptz, timestamptz, int) set search_path = %I, pg_temp',
    current_schema());
  execute format('alter function log_lines(int, timestamptz, timestamptz, text, bigint, int) set search_path = %I, pg_temp',
    current_schema());
  execute format('alter function first_logged(int) set search_path = %I, pg_temp', current_schema());
end $$;
