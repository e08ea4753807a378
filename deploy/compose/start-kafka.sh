#!/bin/sh
# Formats the storage the first time, with the bridge as a SCRAM user, and starts the broker. Variables: KAFKA_HOME,
# SECRETS, PROPERTIES; those of the container when not set.
set -eu
home="${KAFKA_HOME:-/opt/kafka}"
secrets="${SECRETS:-/run/secrets}"
properties="${PROPERTIES:-/etc/ot-bridge/server.properties}"

umask 077
keystore="$(sed -n 's/^listener.name.secure.ssl.keystore.location=//p' "$properties")"
cat "$secrets/kafka.key" "$secrets/kafka.crt" >"$keystore"

"$home/bin/kafka-storage.sh" format --ignore-formatted --config "$properties" \
  --cluster-id "$(cat "$secrets/kafka-cluster-id")" \
  --add-scram "SCRAM-SHA-512=[name=ot-bridge,password=$(cat "$secrets/kafka-password")]"
exec "$home/bin/kafka-server-start.sh" "$properties"
