#!/bin/sh
# Run by the database's image when its data folder is new.
set -eu
psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres \
  -v password="$(cat /run/secrets/database-password)" -f /etc/ot-bridge/database.sql
