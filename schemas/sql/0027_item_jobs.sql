-- The same act on all of a group of operations (what is alike in quarantine, who waits) is a job as the acts on many youths
-- are: the same tables, lease and states of its members. A member's `ref` is then the id of a quarantined item, or the person
-- who waits, and its version 0.

alter table bulk_job
  add column about text not null default 'youths' check (about in ('youths', 'items')),
  -- Digest of what the group is, and how many came after what its maker had seen.
  add column item_group text,
  add column later int,
  add constraint bulk_job_of_items check ((about = 'items') = (item_group is not null and later is not null));

-- Begun twice, it is one.
create unique index bulk_job_group on bulk_job (org_id, item_group) where state = 'running';
