-- The bridge's own user and database, without superuser rights, so that row-level security binds it. Run once, as a
-- superuser, with psql -v password=…; deploy/compose.yaml does it when the database is new.
create role ot_reader nologin;
create role ot_audit nologin;
create role bridge login nosuperuser nocreatedb nocreaterole nobypassrls password :'password';
grant ot_reader, ot_audit to bridge;
create database bridge owner bridge;
