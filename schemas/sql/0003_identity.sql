-- Who somebody is, for those who must reach them: the names that came with a number, sealed like the number, and who has
-- asked for them.

create table person_name (
  org_id int not null references organisation,
  ref uuid not null,
  -- The keyed tag that facts carry in place of the name: which of several names holds is decided by them.
  tag text not null,
  sealed bytea not null,
  reported timestamptz not null,
  primary key (org_id, ref, tag)
);

create table identity_lookup (
  id uuid primary key,
  org_id int not null references organisation,
  ref uuid not null,
  -- Who asked; a loopback principal until people log in.
  who text not null,
  purpose text not null,
  -- The worklist or letter it was asked for; null for a single youth.
  list text,
  looked_up timestamptz not null,
  outcome text not null check (outcome in ('GITT', 'AVVIST'))
);
create index identity_lookup_youth on identity_lookup (org_id, ref, looked_up);

-- The names of a batch, in its transaction. True, so that it can follow a commit in one expression.
create function note_names(p_lane int, p_names jsonb) returns boolean language plpgsql as $$
begin
  insert into person_name (org_id, ref, tag, sealed, reported)
  select l.org_id, n.ref, n.tag, decode(n.sealed, 'base64'), n.reported
  from lane l, jsonb_to_recordset(p_names) n (ref uuid, tag text, sealed text, reported timestamptz)
  where l.id = p_lane
  on conflict (org_id, ref, tag) do nothing;
  return true;
end $$;
