"""Receives calls from OT Bridge, verifies them with `standardwebhooks`, and reads what each is about.

    python3 examples/receivers/python/receiver.py

WEBHOOK_SECRET_FILE: where the subscription's secret is. OT_BRIDGE_URL, OT_BRIDGE_TOKEN: whom to ask, and with what.
"""

import json
import os
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

PORT = int(os.environ.get("PORT", "9000"))
SECRET_FILE = Path(os.environ.get("WEBHOOK_SECRET_FILE", ".data/webhook-secret"))
BRIDGE = os.environ.get("OT_BRIDGE_URL", "http://127.0.0.1:8080")
TOKEN = os.environ.get("OT_BRIDGE_TOKEN")

# In use these belong in the database: written in one transaction with the work that the call leads to.
lock = threading.Lock()
ids: set[str] = set()
versions: dict[str, int] = {}


class Receiver(BaseHTTPRequestHandler):
    def do_OPTIONS(self):
        origin = self.headers.get("WebHook-Request-Origin")
        self.send_response(200 if origin else 400)
        if origin:
            self.send_header("WebHook-Allowed-Origin", origin)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        call = verified(self.headers, self.rfile.read(length)) if length <= 20_480 else None
        if call is None:
            self.answer(401, b"")
            return
        data = call["data"]
        # Answer first, work afterwards: the bridge waits 15 seconds.
        challenge = data.get("challenge")
        self.answer(200, json.dumps({} if challenge is None else {"challenge": challenge}).encode())
        message = (self.headers["webhook-id"], call["type"], data)
        threading.Thread(target=handle, args=message, daemon=True).start()

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def verified(headers, body):
    """The call, or None: not from the bridge, or not a call."""
    try:
        call = Webhook(SECRET_FILE.read_text().strip()).verify(body, dict(first(headers)))
    # ValueError too: the library lets those of base64, UTF-8 and JSON through.
    except (WebhookVerificationError, ValueError, OSError):
        return None
    known = isinstance(call, dict) and isinstance(call.get("type"), str) and isinstance(call.get("data"), dict)
    return call if known else None


def first(headers):
    """A header that came twice has its first value: `dict` alone would take the last, and the code below the first."""
    return [(name, headers[name]) for name in headers.keys()]


def handle(message_id, kind, data):
    ref, version, href = data.get("ref"), data.get("version"), data.get("href")
    with lock:
        if message_id in ids:
            return
        ids.add(message_id)
        if ref is not None and version is not None:
            # What is older than what has come is not needed: href gives the newest.
            if version < versions.get(ref, 0):
                return
            versions[ref] = version
    print(f"verified {kind}" if version is None else f"verified {kind}, version {version}", flush=True)
    # The token is for the bridge alone.
    if not isinstance(href, str) or not href.startswith(f"{BRIDGE}/"):
        return
    request = urllib.request.Request(href, headers={"Authorization": f"Bearer {TOKEN}"} if TOKEN else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            print(f"read what it is about: {answer.status}", flush=True)
    except urllib.error.HTTPError as error:
        # 404: it has been withdrawn since.
        print(f"read what it is about: {error.code}", flush=True)
    except OSError:
        print("the bridge does not answer: ask again later", flush=True)


if __name__ == "__main__":
    with ThreadingHTTPServer(("127.0.0.1", PORT), Receiver) as server:
        print(f"Listening on http://127.0.0.1:{PORT}/", flush=True)
        server.serve_forever()
