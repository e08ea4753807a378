-- Reports as they were last counted, so that a page need not read all events: whole, before anything is masked for a reader.
-- Of persons they hold references and codes alone, as events do. The pipeline's commit writes nothing here.

create table built_sheet (
  id uuid primary key default gen_random_uuid(),
  org_id int not null references organisation,
  report text not null,
  on_day date not null,
  step text not null,
  -- Of figures of several counties: all organisations in them.
  counted int[] not null,
  -- Of all youths, or of those that these units follow; of those in hiding, the latter.
  whole_county bool not null,
  units text[] not null,
  hidden_units text[] not null,
  -- As a page shows it; and with all rows of its lists where they are longer. Null until it is built.
  head text,
  whole text,
  -- What it was counted by: another program or policy counts again.
  rules text,
  -- What was committed when the counting began: `{lane: offset}`, and when that was by the county's clock.
  position jsonb,
  as_of timestamptz(3),
  built timestamptz(3),
  -- When it was last looked at.
  seen timestamptz(3),
  -- Since when it waits to be counted.
  asked timestamptz(3),
  failed timestamptz(3),
  -- One process counts it until then, or until it gives it back; and has read so many records.
  leased_by uuid,
  leased_until timestamptz(3),
  records int not null default 0,
  unique (org_id, report, on_day, step, counted, whole_county, units, hidden_units),
  check ((head is null) = (built is null) and (built is null) = (rules is null) and (built is null) = (as_of is null)
    and (built is null) = (position is null) and (whole is null or head is not null)),
  check (not whole_county or units = '{}' and hidden_units = '{}')
);
create index built_sheet_asked on built_sheet (asked, id) where asked is not null;

alter table built_sheet enable row level security;
create policy reader on built_sheet for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and counted <@ (select reading_orgs()) and (
    whole_county and (select reading_reach()) = 'county'
    or not whole_county and (select reading_reach()) = 'units'
      and units <@ (select reading_values()) and hidden_units <@ (select reading_values())
  )
);
grant select on built_sheet to ot_reader;
