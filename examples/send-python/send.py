"""Reports a dropout on the feed topic, as a producer inside the county would.

    python3 examples/send-python/send.py

KAFKA_BROKERS says where Kafka is. The person is synthetic (month + 80). There is no receipt on this way: a record that
cannot be used is reported by codes and position on telemarkfylke-no.ot.event.error.school-dropout.
"""

import json
import os
from datetime import datetime
from zoneinfo import ZoneInfo

from confluent_kafka import Producer

TOPIC = "telemarkfylke-no.ot.event.school-dropout"

dropout = {
    "id": "elevforhold-9021",
    "type": "avbrudd",
    "fodselsnummer": "21821050089",
    "fodselsdato": "2010-02-21",
    "skolenummer": "40014",
    "avbruddsdato": datetime.now(ZoneInfo("Europe/Oslo")).date().isoformat(),
    "avbruddsarsak": "FV",
}
# The same key for all records about one youth keeps their order. A token of your own: never the number, nor its hash.
key = "9d1f7c02-6a55-4c0e-8b0e-3f4b6f2d7a10"


def acknowledged(error, message):
    if error is not None:
        raise SystemExit(f"Kafka refused the record: {error}")
    print(f"{message.topic()} has it")


producer = Producer(
    {
        "bootstrap.servers": os.environ.get("KAFKA_BROKERS", "127.0.0.1:19092"),
        "acks": "all",
        "enable.idempotence": True,
    }
)
producer.produce(
    TOPIC,
    key=key,
    value=json.dumps(dropout),
    headers={"origin.application.id": "example-python"},
    on_delivery=acknowledged,
)
if producer.flush(30) > 0:
    raise SystemExit("Kafka does not answer")
