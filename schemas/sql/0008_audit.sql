-- The audit trail: every read of persons and every act, in one chain of hashes per organisation. Rows are only ever
-- added, by one function that holds the end of the chain; the role that may call it may do nothing else.

create table audit (
  -- 0: about no single organisation.
  org_id int not null,
  -- From 1 without a gap: a sequence would leave one at each rollback.
  seq bigint not null,
  at timestamptz(3) not null,
  kind text not null,
  who text not null,
  who_key text not null,
  capacity text,
  supplier text,
  client text,
  token text,
  access text not null,
  operation text not null,
  purpose text,
  item text,
  outcome text not null,
  times int not null,
  subjects uuid[] not null,
  trace text,
  -- SHA-256 over the hash before it, in hex, and the row's line: its columns by the unit separator, in this order.
  hash bytea not null,
  primary key (org_id, seq)
);
-- References are compressed for nothing.
alter table audit alter column subjects set storage external;
-- Who has seen a youth. A small list of pending entries: whoever finds it full empties it while others wait for the chain.
create index audit_subjects on audit using gin (subjects) with (gin_pending_list_limit = 256);

-- The end of each chain.
create table audit_head (
  org_id int primary key,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);

-- When the end of a chain was last verified, to be signed outside the database: several instances share the work. The
-- proof is the signed line outside, not this.
create table audit_checkpoint (
  org_id int primary key,
  verified timestamptz not null
);

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'OT011', message = 'the audit trail is only ever added to';
end $$;
create trigger audit_only_added before update or delete or truncate on audit
  for each statement execute function audit_refuse();
create trigger audit_head_kept before delete or truncate on audit_head
  for each statement execute function audit_refuse();

-- Adds entries at the end of their chains, in the order given. Chains are taken in the order of their organisations, so
-- that two callers cannot wait for each other.
create function audit_append(p_entries jsonb) returns void language plpgsql security definer as $$
declare
  v_org int;
  v_seq bigint;
  v_hash text;
  v_entry record;
begin
  for v_org in select distinct e.org_id from jsonb_to_recordset(p_entries) e (org_id int) order by 1 loop
    insert into audit_head (org_id, seq, hash)
    select v_org, 0, sha256(convert_to('ot-bridge audit 1 ' || coalesce(
      (select o.name from organisation o where o.id = v_org), '*'), 'UTF8'))
    on conflict do nothing;
    select h.seq, encode(h.hash, 'hex') into v_seq, v_hash from audit_head h where h.org_id = v_org for update;
    for v_entry in
      select e.* from rows from (jsonb_to_recordset(p_entries) as (
        org_id int, at timestamptz(3), kind text, who text, who_key text, capacity text, supplier text, client text,
        token text, access text, operation text, purpose text, item text, outcome text, times int, subjects uuid[],
        trace text
      )) with ordinality e (
        org_id, at, kind, who, who_key, capacity, supplier, client, token, access, operation, purpose, item, outcome,
        times, subjects, trace, n
      ) where e.org_id = v_org order by e.n
    loop
      v_seq := v_seq + 1;
      v_hash := encode(sha256(convert_to(v_hash || concat_ws(e'\x1f', v_seq,
        to_char(v_entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), v_entry.kind, v_entry.who,
        v_entry.who_key, coalesce(v_entry.capacity, ''), coalesce(v_entry.supplier, ''), coalesce(v_entry.client, ''),
        coalesce(v_entry.token, ''), v_entry.access, v_entry.operation, coalesce(v_entry.purpose, ''),
        coalesce(v_entry.item, ''), v_entry.outcome, v_entry.times, array_to_string(v_entry.subjects, ','),
        coalesce(v_entry.trace, '')), 'UTF8')), 'hex');
      insert into audit (org_id, seq, at, kind, who, who_key, capacity, supplier, client, token, access, operation,
        purpose, item, outcome, times, subjects, trace, hash)
      values (v_org, v_seq, v_entry.at, v_entry.kind, v_entry.who, v_entry.who_key, v_entry.capacity, v_entry.supplier,
        v_entry.client, v_entry.token, v_entry.access, v_entry.operation, v_entry.purpose, v_entry.item, v_entry.outcome,
        v_entry.times, v_entry.subjects, v_entry.trace, decode(v_hash, 'hex'));
    end loop;
    update audit_head set seq = v_seq, hash = decode(v_hash, 'hex') where org_id = v_org;
  end loop;
end $$;

-- Rows about a youth, under all of its references; for a reader, of a youth in reach. A condition of the reader's own would
-- keep the index of references from being used.
create function seen_by(p_org int, p_refs uuid[]) returns setof audit
language sql stable security definer as $$
  select a.* from audit a
  where a.org_id = p_org and (current_setting('role') <> 'ot_reader' or p_org = any (reading_orgs()))
    and a.subjects && array(select r from unnest(p_refs) r where youth_in_reach(r))
$$;
revoke execute on function seen_by(int, uuid[]) from public;
grant execute on function seen_by(int, uuid[]) to ot_reader;

-- The lookups of identities move into the trail, oldest first.
select audit_append(e.entries) from (
  select jsonb_agg(jsonb_build_object(
    'org_id', l.org_id, 'at', l.looked_up, 'kind', 'local', 'who', l.who, 'who_key', l.who, 'capacity', 'local',
    'access', 'youth:identify', 'operation', 'POST /organisations/{org}/youths/{ref}/identity', 'purpose', l.purpose,
    'item', l.list, 'outcome', case l.outcome when 'GITT' then 'OK' else 'IDENTITY_PROTECTED' end, 'times', 1,
    'subjects', array[l.ref]) order by l.looked_up, l.id) as entries
  from identity_lookup l
) e where e.entries is not null;
drop table identity_lookup;

-- Who calls the function does so with its owner's rights: names in it are this schema's, whatever the caller's path.
do $$
begin
  execute format('alter function audit_append(jsonb) set search_path = %I, pg_temp', current_schema());
  execute format('alter function seen_by(int, uuid[]) set search_path = %I, pg_temp', current_schema());
  revoke execute on function audit_append(jsonb) from public;
  -- Roles belong to the whole server: another database's bridge may have made it, or be making it now.
  begin
    if not exists (select from pg_roles where rolname = 'ot_audit') then
      create role ot_audit nologin;
    end if;
  exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
      raise exception using errcode = 'OT006', message = format(
        'create role ot_audit nologin; grant ot_audit to %I;', current_user);
  end;
  if not pg_has_role(current_user, 'ot_audit',
    case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end)
  then
    begin
      execute format('grant ot_audit to %I', current_user);
    exception when insufficient_privilege then
      raise exception using errcode = 'OT006', message = format('grant ot_audit to %I;', current_user);
    end;
  end if;
  execute format('grant usage on schema %I to ot_audit', current_schema());
  grant execute on function audit_append(jsonb) to ot_audit;
end $$;
