-- The newest alerts of one organisation, lane by lane: an index of all counties' alerts is read through to the end for a
-- county that has few.
create index event_alert_lane on event (lane_id, recorded, record_offset, ref) where has_alert;
drop index event_alert;
