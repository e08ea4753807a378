-- Withdrawals of rows of NAV's lists, each told once; and deliveries that wait for an agreement with NAV without being looked at.

alter table delivery add column awaits_agreement boolean not null default false;
create index delivery_awaits_agreement on delivery (subscription) where awaits_agreement and state = 'waiting';
