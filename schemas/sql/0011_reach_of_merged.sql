-- A youth that was merged into another is in reach of the units that follow the one it is now, and of no other.

create or replace function youth_in_reach(p_ref uuid) returns boolean
language sql stable security definer set search_path from current as $$
  select current_setting('role') <> 'ot_reader' or exists (
    select from youth y
    where y.org_id = any (reading_orgs()) and y.ref = p_ref and (
      reading_reach() = 'county'
      or reading_reach() = 'units' and case when y.merged_into is null then owned_by(y.state, reading_values())
        else exists (
          -- The youth it is now, after however many merges.
          select from merged_youth m join youth s on s.org_id = m.org_id and s.ref = m.survivor
          where m.org_id = y.org_id and m.ref = y.ref and owned_by(s.state, reading_values())
        ) end
    )
  )
$$;

drop policy reader on youth;
create policy reader on youth for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and case when merged_into is null
      then owned_by(state, (select reading_values())) else youth_in_reach(ref) end
  )
);

drop policy reader on merged_youth;
create policy reader on merged_youth for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county' or (select reading_reach()) = 'units' and youth_in_reach(ref)
  )
);

-- Who calls one of these does so with its owner's rights: names in it are this schema's, never those of a temporary table of
-- the caller's.
do $$
declare
  v_function regprocedure;
begin
  foreach v_function in array array['youth_in_reach(uuid)', 'ref_of_number(bytea)', 'numbers_of(uuid)']::regprocedure[] loop
    execute format('alter function %s set search_path = %I, pg_temp', v_function, current_schema());
  end loop;
end $$;
