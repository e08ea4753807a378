#!/bin/sh
# Makes the secrets of deploy/compose.yaml: a certificate authority, certificates for Kafka and PostgreSQL, passwords
# and keys. Existing files are kept, so that it can be run again after an upgrade. Needs openssl.
#
#   deploy/compose/make-secrets.sh [folder]
set -eu
folder="${1:-$(dirname "$0")/secrets}"
mkdir -p "$folder"
# Closed for others on this machine. The files themselves are read in the containers, by users without a name here.
chmod 700 "$folder"
cd "$folder"

make() {
  [ -s "$1" ] && return
  file="$1"
  shift
  "$@" >"$file.new"
  chmod 644 "$file.new"
  mv "$file.new" "$file"
}
random() { openssl rand -hex 24 | tr -d '\n'; }
key() { openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256; }
authority() {
  openssl req -x509 -new -key ca.key -sha256 -days 3650 -subj '/CN=OT Bridge compose' \
    -addext 'keyUsage=critical,keyCertSign,cRLSign'
}
# $1: the service's name in compose.yaml
certificate() {
  openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
  printf '%s\n' "subjectAltName=DNS:$1,DNS:localhost" 'basicConstraints=critical,CA:FALSE' \
    'extendedKeyUsage=serverAuth' 'keyUsage=critical,digitalSignature' >"$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -sha256 -days 825 -extfile "$1.ext" 2>/dev/null
  rm -f "$1.csr" "$1.ext"
}

make ca.key key
chmod 600 ca.key
make ca.crt authority
for name in kafka postgres; do
  make "$name.key" key
  make "$name.crt" certificate "$name"
done
make kafka-cluster-id sh -c "openssl rand -base64 16 | tr '+/' 'AB' | tr -d '=\n'"
make kafka-password random
make postgres-password random
make database-password random
make vault.key openssl rand -base64 32
make audit.key openssl genpkey -quiet -algorithm ed25519
make login-client.key openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072
echo "Hemmelighetene ligger i $folder. Ta vare på vault.key og audit.key et annet sted også."
