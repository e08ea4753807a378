"""Counts the calls that Standard Webhooks' own library accepts. Lines of JSON: id, timestamp, signature, body in base64."""

import base64
import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

webhook = Webhook(sys.argv[1])
accepted = 0
for line in sys.stdin:
    call = json.loads(line)
    headers = {
        "webhook-id": call["id"],
        "webhook-timestamp": call["timestamp"],
        "webhook-signature": call["signature"],
    }
    try:
        webhook.verify(base64.b64decode(call["body"]), headers)
        accepted += 1
    except (WebhookVerificationError, ValueError):
        pass
print(accepted)
