-- What outlives an uploaded list: how its columns were matched, and which rows of which file a receipt is for. Neither
-- holds a cell or a heading of the file.

-- A match of columns is its school's, or its sender's where the access is no school's.
create table column_memory (
  id bigint generated always as identity primary key,
  org_id int not null references organisation,
  sender text,
  institution text,
  feed text not null,
  -- Keyed hash of the set of headings: a row of persons may have been taken for headings.
  heading_set bytea not null,
  -- Keyed hash of a heading (base64) → field; null: the column is not used.
  columns jsonb not null,
  changed timestamptz not null,
  check ((sender is null) <> (institution is null)),
  unique nulls not distinct (org_id, sender, institution, feed, heading_set)
);

create table receipt_source (
  receipt uuid primary key,
  -- Keyed hash of the file as it was uploaded.
  file_hash bytea not null,
  -- As the spreadsheet numbers them, rising.
  sheet_rows int[] not null
);
create index receipt_source_file on receipt_source (file_hash);

alter table column_memory enable row level security;
create policy reader on column_memory for select to ot_reader using (
  org_id = any ((select reading_orgs())::int[]) and (
    (select reading_reach()) = 'county'
    or (select reading_reach()) = 'institutions' and institution = any ((select reading_values())::text[])
    or (select reading_reach()) = 'sender' and sender = any ((select reading_values())::text[])
  )
);
alter table receipt_source enable row level security;
create policy reader on receipt_source for select to ot_reader using (
  exists (select from receipt r where r.id = receipt_source.receipt)
);
grant select on column_memory, receipt_source to ot_reader;
