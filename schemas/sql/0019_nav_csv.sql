-- SHA-256 of the list as a table for a spreadsheet; null: it was finished before there was one.
alter table nav_batch add csv_hash bytea;
