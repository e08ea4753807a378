-- Whom a source has reported under an id of its own, for a source that takes something back by that id alone. Only of those
-- of whom what it reported may be kept.

create table source_key (
  org_id int not null references organisation,
  -- The register and the source's random id, e.g. deltaker:<uuid>.
  key text not null,
  ref uuid not null,
  primary key (org_id, key)
);

create function note_source_keys(p_lane int, p_keys jsonb) returns boolean language plpgsql as $$
begin
  insert into source_key (org_id, key, ref)
  select l.org_id, k.key, k.ref from lane l, jsonb_to_recordset(p_keys) k (key text, ref uuid)
  where l.id = p_lane
  -- The person's number may have changed between two versions: the newest one is meant.
  on conflict (org_id, key) do update set ref = excluded.ref where source_key.ref <> excluded.ref;
  return true;
end $$;
