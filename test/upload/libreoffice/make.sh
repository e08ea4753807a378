#!/bin/sh
# Writes the files of test/flow/libreOfficeLists.test.ts again: our own template, filled and saved by LibreOffice itself.
# Needs libreoffice-calc and python3-uno (`apt-get install -y --no-install-recommends libreoffice-calc python3-uno`); PYTHON
# names the python that has uno. Not part of CI: the files lie beside this script.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
node "$here/template.ts" "$work"
soffice "-env:UserInstallation=file://$work/profile" --headless --norestore --nologo \
  --accept='pipe,name=ot-fill;urp;' >/dev/null 2>&1 &
office=$!
"${PYTHON:-/usr/bin/python3}" "$here/fill.py" "$work" "$here"
wait "$office" || true
rm -r "$work"
# This version of LibreOffice has no choice for the byte order mark that Excel's «CSV UTF-8» begins with.
if [ "$(head -c 3 "$here/list-utf-8.csv")" != "$(printf '\357\273\277')" ]; then
  { printf '\357\273\277'; cat "$here/list-utf-8.csv"; } >"$here/marked.csv"
  mv "$here/marked.csv" "$here/list-utf-8.csv"
fi
