-- Mending what is in quarantine: a sender finds its own rows by their receipt, and nothing is sent by two at a time.

-- Someone is sending it. A minute is longer than any sending takes; after that its process has gone.
alter table quarantine add column claimed timestamptz;

create index quarantine_row on quarantine (receipt, row) where receipt is not null;

-- Besides the county: who may see a receipt may see which of its rows are kept.
create policy reader_of_receipt on quarantine for select to ot_reader using (
  (select reading_reach()) in ('institutions', 'sender')
  and exists (select from receipt r where r.id = quarantine.receipt and r.org_id = quarantine.org_id)
);
