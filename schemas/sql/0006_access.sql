-- Who may do what: access grants of organisation numbers, roles of persons, proposals that wait; who sent what; and
-- row-level security for all that requests read.

create table access_grant (
  id uuid primary key,
  org_id int not null references organisation,
  orgnr text not null check (orgnr ~ '^\d{9}$'),
  scope text not null,
  institution text,
  protected_youths boolean not null default false,
  valid_from timestamptz not null,
  -- Exclusive; null: until it is revoked.
  valid_to timestamptz,
  granted_by text not null,
  approved_by text,
  reason text not null,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  check (valid_to is null or valid_to > valid_from)
);
create index access_grant_orgnr on access_grant (orgnr) where revoked_at is null;

create table role_assignment (
  id uuid primary key,
  org_id int not null references organisation,
  -- Keyed hash of a login; an organisation number that the person represents; a group of the county's directory.
  person_key text,
  altinn_orgnr text,
  entra_group text,
  role text not null,
  unit text,
  institution text,
  protected_youths boolean not null default false,
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by text not null,
  approved_by text,
  reason text not null,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  check (num_nonnulls(person_key, altinn_orgnr, entra_group) = 1),
  check (valid_to is null or valid_to > valid_from)
);
create index role_assignment_person on role_assignment (person_key) where revoked_at is null;
create index role_assignment_altinn on role_assignment (altinn_orgnr) where revoked_at is null;
create index role_assignment_group on role_assignment (entra_group) where revoked_at is null;

create table access_proposal (
  id uuid primary key,
  org_id int not null references organisation,
  -- The grant or the role it asks for.
  wanted jsonb not null,
  reason text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  proposed_by text not null,
  -- Distinguishes who proposed from who approves.
  proposed_key text not null,
  proposed timestamptz not null,
  -- Operations have agreed, where a second person must agree too.
  granted_by text,
  granted_key text,
  settled timestamptz,
  check (valid_to is null or valid_to > valid_from)
);
create index access_proposal_open on access_proposal (org_id, proposed) where settled is null;

-- An access that was given is never changed but to be revoked, once; and none is deleted.
create function only_revoked() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.revoked_at is not null or new.revoked_at is null
    or (to_jsonb(new) - array['revoked_at', 'revoked_by', 'revoked_reason'])
      is distinct from (to_jsonb(old) - array['revoked_at', 'revoked_by', 'revoked_reason']) then
    raise exception 'an access is only ever revoked';
  end if;
  return new;
end $$;
create trigger access_grant_revoked before update or delete on access_grant
  for each row execute function only_revoked();
create trigger role_assignment_revoked before update or delete on role_assignment
  for each row execute function only_revoked();

-- Who sent a submission, and for which school: receipts are the sender's own. Earlier ones came over loopback.
alter table receipt add column sender text not null default 'loopback', add column institution text;
alter table receipt alter column sender drop default;
-- A sender's idempotency key is its own: another's use of the same one is no conflict, and answers nothing about it.
alter table receipt drop constraint receipt_org_id_feed_idempotency_key_key;
create unique index receipt_idempotency on receipt (org_id, feed, sender, idempotency_key);

-- Requests read as this role. The pipeline owns the tables and is not affected by policies.
do $$
begin
  if not exists (select from pg_roles where rolname = 'ot_reader') then
    begin
      create role ot_reader nologin;
    exception
      -- Roles are the cluster's: the migration of another database has created it meanwhile.
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception using errcode = 'OT006', message =
          format('create role ot_reader nologin; grant ot_reader to %I;', current_user);
    end;
  end if;
  if not pg_has_role(current_user, 'ot_reader', case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) then
    begin
      execute format('grant ot_reader to %I', current_user);
    exception when insufficient_privilege then
      raise exception using errcode = 'OT006', message = format('grant ot_reader to %I;', current_user);
    end;
  end if;
  execute format('grant usage on schema %I to ot_reader', current_schema());
end $$;

-- Settings of the transaction: ot.orgs, ids with commas between; ot.reach, one of county, units, institutions, sender;
-- ot.values, the units, institutions or sender, with commas between. Without them nothing is in reach.
create function reading_orgs() returns int[] language sql stable parallel safe as $$
  select string_to_array(nullif(current_setting('ot.orgs', true), ''), ',')::int[]
$$;
create function reading_reach() returns text language sql stable parallel safe as $$
  select coalesce(current_setting('ot.reach', true), '')
$$;
create function reading_values() returns text[] language sql stable parallel safe as $$
  select string_to_array(coalesce(current_setting('ot.values', true), ''), ',')
$$;

-- A youth is a unit's when the unit is in charge of a registration of its latest school year, or of an open alert: `unitsOf`
-- in the program, on the stored form. What cannot be read is no unit's.
create function owned_by(p_state text, p_units text[]) returns boolean language plpgsql immutable as $$
declare
  v_state jsonb;
  v_unit text;
  v_named boolean := false;
begin
  -- Most youths are of other units, and parsing each costs a hundred times as much as searching its text.
  foreach v_unit in array p_units loop
    v_named := v_named or position('"' || v_unit || '"' in p_state) > 0;
  end loop;
  if not v_named then
    return false;
  end if;
  v_state := p_state::jsonb;
  return exists (
    select from jsonb_array_elements(v_state -> 2) r
    where r ->> 4 = any (p_units) and r ->> 0 = (select max(x ->> 0) from jsonb_array_elements(v_state -> 2) x)
  ) or exists (select from jsonb_array_elements(v_state -> 3) a where a ->> 6 = any (p_units));
exception when others then
  return false;
end $$;

alter table youth enable row level security;
create policy reader on youth for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and (merged_into is not null or owned_by(state, (select reading_values())))
  )
);

alter table event enable row level security;
create policy reader on event for select to ot_reader using (
  lane_id = any (array(select l.id from lane l where l.org_id = any ((select reading_orgs())::int[]))) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and exists (
      select from youth y where y.org_id = any ((select reading_orgs())::int[]) and y.ref = event.ref
    )
  )
);

alter table merged_youth enable row level security;
create policy reader on merged_youth for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) in ('county', 'units')
);

alter table parked enable row level security;
create policy reader on parked for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and exists (
      select from youth y where y.org_id = parked.org_id and y.ref = parked.ref
    )
  )
);

alter table person_name enable row level security;
create policy reader on person_name for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and exists (
      select from youth y where y.org_id = person_name.org_id and y.ref = person_name.ref
    )
  )
);

alter table identity_lookup enable row level security;
create policy reader on identity_lookup for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'units' and exists (
      select from youth y where y.org_id = identity_lookup.org_id and y.ref = identity_lookup.ref
    )
  )
);

alter table quarantine enable row level security;
create policy reader on quarantine for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);

alter table receipt enable row level security;
create policy reader on receipt for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'institutions' and institution = any ((select reading_values())::text[])
    or (select reading_reach()) = 'sender' and sender = any ((select reading_values())::text[])
  )
);

alter table receipt_row enable row level security;
create policy reader on receipt_row for select to ot_reader using (
  exists (select from receipt r where r.id = receipt_row.receipt)
);

alter table receipt_list enable row level security;
create policy reader on receipt_list for select to ot_reader using (
  exists (select from receipt r where r.id = receipt_list.receipt)
);

-- Of lists a school sees its own; a sender those that its receipts name.
create function list_in_reach(p_org int, p_list text, p_run text) returns boolean language sql stable as $$
  select p_org = any (reading_orgs()) and (
    reading_reach() = 'county'
    or reading_reach() = 'institutions'
      and p_list = any (select 'private-school:' || i from unnest(reading_values()) i)
    or reading_reach() in ('institutions', 'sender')
      and exists (select from receipt_list b where b.org_id = p_org and b.list = p_list and b.run = p_run)
  )
$$;

alter table list_run enable row level security;
create policy reader on list_run for select to ot_reader using (list_in_reach(org_id, list, run));
alter table list_row enable row level security;
create policy reader on list_row for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county' or list_in_reach(org_id, list, run)
  )
);
alter table list_act enable row level security;
create policy reader on list_act for select to ot_reader using (list_in_reach(org_id, list, run));

alter table report_snapshot enable row level security;
create policy reader on report_snapshot for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);

alter table access_grant enable row level security;
create policy reader on access_grant for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table role_assignment enable row level security;
create policy reader on role_assignment for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);
alter table access_proposal enable row level security;
create policy reader on access_proposal for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (select reading_reach()) = 'county'
);

-- Names, clocks and places of organisations and lanes: no person is in them.
grant select on organisation, lane to ot_reader;
grant select on youth, event, merged_youth, parked, person_name, identity_lookup, quarantine, receipt, receipt_row,
  receipt_list, list_run, list_row, list_act, report_snapshot, access_grant, role_assignment, access_proposal
  to ot_reader;

-- The vault holds the numbers of all counties, and no reader may select from it: only through these two, which answer about
-- youths in reach. The owner comes past the condition.
create function youth_in_reach(p_ref uuid) returns boolean language sql stable security definer set search_path from current as $$
  select current_setting('role') <> 'ot_reader' or exists (
    select from youth y
    where y.org_id = any (reading_orgs()) and y.ref = p_ref and (
      reading_reach() = 'county'
      or reading_reach() = 'units' and (owned_by(y.state, reading_values()) or exists (
        select from youth s where s.org_id = y.org_id and s.ref = y.merged_into and owned_by(s.state, reading_values())
      ))
    )
  )
$$;
create function ref_of_number(p_hmac bytea) returns uuid language sql stable security definer set search_path from current as $$
  select i.ref from identity i where i.hmac = p_hmac and youth_in_reach(i.ref)
$$;
create function numbers_of(p_ref uuid) returns table (sealed_number bytea, met bigint)
language sql stable security definer set search_path from current as $$
  select i.sealed_number, i.met from identity i where i.ref = p_ref and youth_in_reach(p_ref)
$$;
revoke execute on function youth_in_reach(uuid), ref_of_number(bytea), numbers_of(uuid) from public;
grant execute on function youth_in_reach(uuid), ref_of_number(bytea), numbers_of(uuid) to ot_reader;
