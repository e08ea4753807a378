#!/bin/sh
# Gives the bridge the rights to its own topics. Run beside the broker, as the superuser. The rights topic by topic, for
# a cluster that others use too: `ot rettigheter <org> User:ot-bridge`.
set -eu
home="${KAFKA_HOME:-/opt/kafka}"
server="${SERVER:-localhost:9092}"
for organisation in $(echo "$ORGANISATIONS" | tr ',' ' '); do
  "$home/bin/kafka-acls.sh" --bootstrap-server "$server" --add --force --allow-principal User:ot-bridge \
    --operation Read --operation Write --operation Create --operation Describe --operation DescribeConfigs \
    --topic "${organisation%%:*}.ot." --resource-pattern-type prefixed
done
