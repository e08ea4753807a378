"""Prints the alerts of a county, decoded by Confluent's own client with the bridge as its schema registry.

    python3 examples/consumer-python/consumer.py

KAFKA_BROKERS and OT_BRIDGE_URL say where Kafka and the bridge are. It ends when nothing has come for five seconds; a
second run goes on where the first one ended.
"""

import os
import time

from confluent_kafka import Consumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

BRIDGE = os.environ.get("OT_BRIDGE_URL", "http://127.0.0.1:8080")
TOPIC = "telemarkfylke-no.ot.event.alert"

decode = AvroDeserializer(SchemaRegistryClient({"url": f"{BRIDGE}/schema-registry"}))
consumer = Consumer(
    {
        "bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:19092"),
        "group.id": "example-python",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
)
consumer.subscribe([TOPIC])

# After a crash of the bridge a message can come again, with the same id. A real receiver keeps ids with what it stores.
seen = set()
quiet_since = time.monotonic()
while time.monotonic() - quiet_since < 5:
    message = consumer.poll(0.5)
    if message is None:
        if not consumer.assignment():
            quiet_since = time.monotonic()
        continue
    if message.error():
        raise SystemExit(message.error())
    quiet_since = time.monotonic()
    event_id = dict(message.headers())["ce_id"]
    if event_id not in seen:
        seen.add(event_id)
        alert = decode(message.value(), SerializationContext(TOPIC, MessageField.VALUE))
        deadlines = ", ".join(f"{each['what']} {each['date']}" for each in alert["deadlines"])
        print(f"{alert['kind']} {alert['state']} {alert['ref']} from {alert['effective']}, {deadlines}")
        print(f"  {alert['reason']} ({alert['rule']})")
    consumer.commit(message)
consumer.close()
