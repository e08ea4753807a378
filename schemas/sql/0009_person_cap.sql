-- Whom each caller has asked for within the last hour, held over all instances: a stolen token cannot read out a county.
-- Keyed hashes alone, of the caller and of the person. Unlogged: lost in a crash, and then the hour begins again.
create unlogged table person_asked (
  caller bytea not null,
  person bytea not null,
  at timestamptz not null,
  primary key (caller, person)
);
create index person_asked_at on person_asked (at);

-- Notes the persons a caller asks for, unless that made them more than `p_most` since `p_since`. Null: noted. Otherwise
-- nothing is, and the moment of the oldest that counts is returned.
create function note_persons(p_caller bytea, p_persons bytea[], p_at timestamptz, p_since timestamptz, p_most int)
returns timestamptz language plpgsql as $$
declare
  v_known int;
  v_new int;
begin
  -- Of one caller, one request at a time: together they could pass the limit.
  perform pg_advisory_xact_lock(7067009, hashtext(encode(p_caller, 'hex')));
  delete from person_asked where caller = p_caller and at <= p_since;
  -- Some of what callers left who do not come back.
  delete from person_asked where ctid in
    (select ctid from person_asked where at <= p_since limit 1000 for update skip locked);
  select count(*) into v_known from person_asked where caller = p_caller;
  select count(*) into v_new from (select distinct unnest(p_persons) as person) asked
    where not exists (select from person_asked k where k.caller = p_caller and k.person = asked.person);
  if v_known + v_new > p_most and v_new > 0 then
    return (select coalesce(min(at), p_at) from person_asked where caller = p_caller);
  end if;
  insert into person_asked (caller, person, at)
    select p_caller, person, p_at from (select distinct unnest(p_persons) as person) asked
    on conflict do nothing;
  return null;
end
$$;
