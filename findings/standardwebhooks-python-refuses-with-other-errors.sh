#!/usr/bin/env bash
# standardwebhooks 1.1.0 (PyPI): what `Webhook.verify` raises for a call that it does not accept.
#
# One would guess that it is always `WebhookVerificationError`, as its docstring says: «WebhookVerificationError if one of
# the required headers is missing, invalid, too old or too new; or no matching signature is found».
# It is that for a wrong signature. But a byte of the body that is no longer UTF-8 raises `UnicodeDecodeError`, a signature
# that is not base64 `binascii.Error`, an entry in the signature header without a comma `ValueError`, and a body that is
# signed and no JSON `json.JSONDecodeError`: before any signature is compared, but for the last.
# Nothing wrong is accepted. But a receiver that catches the documented error alone answers 500 where it should answer 4xx,
# and a sender takes 500 as «try again later»: one damaged or unusual call comes back ten times over three days. And a good
# signature behind an entry that cannot be read (a scheme to come, with no comma in it) is never looked at.
# All four are `ValueError`: catch it too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check standardwebhooks==1.1.0
cat > play.py <<'PYTHON'
import base64
from datetime import datetime, timezone
from standardwebhooks import Webhook

webhook = Webhook("whsec_" + base64.b64encode(bytes(range(32))).decode())
now = datetime.now(timezone.utc).replace(microsecond=0)
body = '{"type":"synthetic","data":{}}'
good = webhook.sign("msg_1", now, body)

def played(name, signature=good, sent=body):
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    try:
        webhook.verify(sent, headers)
        print(name, "accepted")
    except Exception as error:
        print(name, type(error).__name__, "ValueError" if isinstance(error, ValueError) else "")

played("good")
played("wrong-signature", "v1," + base64.b64encode(bytes(32)).decode())
played("body-not-utf8", sent=body.encode().replace(b"s", b"\xff", 1))
played("signature-not-base64", "v1,A")
played("entry-without-comma", "v9 " + good)
played("signed-but-not-json", webhook.sign("msg_1", now, "{"), "{")
PYTHON
venv/bin/python play.py | sed 's/ *$//' > said

echo "standardwebhooks $(venv/bin/pip show standardwebhooks 2>/dev/null | sed -n 's/^Version: //p'), $(venv/bin/python --version)"
cat said
cat > expected <<'EXPECTED'
good accepted
wrong-signature WebhookVerificationError
body-not-utf8 UnicodeDecodeError ValueError
signature-not-base64 Error ValueError
entry-without-comma ValueError ValueError
signed-but-not-json JSONDecodeError ValueError
EXPECTED
cmp -s said expected || { echo 'this has changed'; exit 1; }
