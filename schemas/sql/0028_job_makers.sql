-- Who made a job, so that it is asked before each step whether they still may: a role or a grant may be taken away while it
-- waits or runs. Of a person: the key, and what their login brought roles by. Null: of a job from before this.

alter table bulk_job add column maker jsonb;
