-- Where alerts were received: when a receiver first took a call about one, and when a receiver or an adviser first opened
-- it, and was first done with it.

create table alert_progress (
  org_id int not null references organisation,
  ref uuid not null,
  -- Of the youth: the alert's id without its reference.
  cause text not null,
  delivered timestamptz,
  opened timestamptz,
  handled timestamptz,
  primary key (org_id, ref, cause)
);

alter table alert_progress enable row level security;
create policy reader on alert_progress for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county' or (select reading_reach()) = 'units' and youth_in_reach(ref)
  )
);
grant select on alert_progress to ot_reader;
