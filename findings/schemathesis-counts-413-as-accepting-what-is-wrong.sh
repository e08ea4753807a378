#!/usr/bin/env bash
# schemathesis==4.32.0: an answer of 413 to a body that its schema refuses.
#
# One would guess that 413 is a refusal as 400 and 422 are: the body was not taken. A service with a limit on its bodies
# answers so before it looks at anything else.
# It is none of the statuses that the check `negative_data_rejection` expects. What is both too long and wrong is reported
# as «Schema-violating request accepted», though the answer that is shown beside it is 413. The statuses can be set
# (`negative_data_rejection.expected-statuses`), and setting them replaces the whole list: it must be written out.
# It matters where requests are made from a description in CI: the report says that a service takes what it refused.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

python3 -m venv env
env/bin/pip install -q --disable-pip-version-check schemathesis==4.32.0
python3 --version
env/bin/st --version

port=$((20000 + RANDOM % 10000))
cat > server.py <<'PY'
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = {"type": "string", "maxLength": 20}
BODY = {"type": "object", "properties": {"text": TEXT}, "required": ["text"], "additionalProperties": False}
OPERATION = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": BODY}}},
    "responses": {code: {"description": code} for code in ("200", "400", "413", "415")},
}
API = {"openapi": "3.1.0", "info": {"title": "notes", "version": "1"}, "paths": {"/notes": {"post": OPERATION}}}

class Notes(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def say(self, status, what):
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def do_GET(self):
        self.say(200, API)
    def do_POST(self):
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Content-Type") != "application/json":
            return self.say(415, "not JSON")
        # A short text and the quotes and braces around it are less.
        if len(raw) > 32:
            return self.say(413, "too large")
        try:
            body = json.loads(raw)
        except ValueError:
            return self.say(400, "not JSON")
        right = isinstance(body, dict) and list(body) == ["text"] and isinstance(body["text"], str)
        self.say(200 if right and len(body["text"]) <= 20 else 400, "said")
    def log_message(self, *_):
        pass

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Notes).serve_forever()
PY
python3 server.py "$port" &
server=$!
for _ in $(seq 50); do
  python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2>/dev/null && break
  sleep 0.1
done

cat > as-it-is.toml <<'TOML'
TOML
cat > with-413.toml <<'TOML'
[checks]
negative_data_rejection.expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 428, 429]
TOML

run() {
  local status=0
  env/bin/st --config-file "$1" run "http://127.0.0.1:$port/openapi.json" --checks=negative_data_rejection \
    --phases=coverage --mode=negative --generation-database=none --seed=1 --no-color > "$1.out" 2>&1 || status=$?
  grep -E 'accepted|^\[[0-9]{3}\]' "$1.out" | sort | uniq -c || true
  echo "exit $status"
  return "$status"
}

echo 'As it is:'
if run as-it-is.toml; then echo 'CHANGED: 413 is a refusal now' >&2; exit 1; fi
grep -q 'Schema-violating request accepted' as-it-is.toml.out
grep -q '^\[413\]' as-it-is.toml.out
echo 'With 413 among the statuses:'
if ! run with-413.toml; then echo 'CHANGED: still reported' >&2; exit 1; fi
echo 'As described: 413 is reported as accepted until it is set as a refusal.'
