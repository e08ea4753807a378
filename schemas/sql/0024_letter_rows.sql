-- Letters are kept as rows next to the worklists'. Those of youths in hiding are lines of a letter to who may read them: a
-- page is read in the order of an index that has them too.

drop index work_row_urgency;
create index work_row_urgency on work_row (org_id, list, owner, rank, deadline, since, ref, number);

-- Youths with records that wait, or no longer do: no letter goes meanwhile. Each change has a line of its own, so that no
-- commit waits for who takes another's off.
create table work_waiting (
  id bigint generated always as identity primary key,
  org_id int not null references organisation,
  ref uuid not null
);
create index work_waiting_org on work_waiting (org_id, id);

create function work_row_waits() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into work_waiting (org_id, ref) values (old.org_id, old.ref);
  end if;
  if tg_op = 'INSERT' or tg_op = 'UPDATE' and new.ref <> old.ref then
    insert into work_waiting (org_id, ref) values (new.org_id, new.ref);
  end if;
  return null;
end $$;
create trigger work_row_waits after insert or delete or update on parked
  for each row execute function work_row_waits();
