-- Withdrawals of rows of NAV's lists, each published once; and deliveries that wait for an agreement with NAV without being looked at.

alter table delivery add column awaits_agreement boolean not null default false;
create index delivery_awaits_agreement on delivery (subscription) where awaits_agreement and state = 'waiting';

-- Written in the transaction that withdraws a row of a list: once for each, in the order of the commits. What is published is
-- the match id, the list and the moment.
create table nav_withdrawal (
  seq bigint generated always as identity primary key,
  org_id int not null,
  batch text not null,
  match_id text not null,
  at timestamptz not null,
  -- On the topic; the webhook has a cursor for each subscription.
  published timestamptz,
  unique (org_id, batch, match_id),
  foreign key (org_id, batch, match_id) references nav_batch_row
);
create index nav_withdrawal_order on nav_withdrawal (org_id, seq);
create index nav_withdrawal_unpublished on nav_withdrawal (org_id, seq) where published is null;
alter table nav_withdrawal enable row level security;
insert into nav_withdrawal (org_id, batch, match_id, at)
  select org_id, batch, match_id, withdrawn from nav_batch_row where withdrawn is not null
  order by withdrawn, org_id, batch, match_id;

-- When time alone may withdraw it next; null: not before something is written of the youth, or the day changes.
alter table nav_batch_row add column judge_at timestamptz;
-- Rows that NAV may still use, by youth, and by when they are looked at.
create index nav_batch_row_standing on nav_batch_row (org_id, ref) where withdrawn is null;
create index nav_batch_row_due on nav_batch_row (org_id, judge_at) where withdrawn is null and judge_at is not null;

-- The day on which all its rows were judged last; null: never.
alter table nav_batch add column swept date;

-- How far the lanes' records have been looked through for withdrawals. What lies before is in the first sweep of each list.
create table nav_lane (
  lane_id int primary key references lane,
  swept_upto bigint not null
) with (fillfactor = 50);
alter table nav_lane enable row level security;
insert into nav_lane (lane_id, swept_upto) select id, next_offset from lane;

-- Withdrawals up to this one are planned.
alter table subscription add column nav_upto bigint not null default 0;
