#!/usr/bin/env bash
# Draws the secrets of a deployment, once: a file of settings for each process, and certificates for NATS and PostgreSQL.
set -euo pipefail

usage() {
  cat <<'TEXT'
deploy/make-secrets.sh <directory> [nats hosts] [postgres host] [further names of the NATS servers]

  deploy/make-secrets.sh deploy/secrets
  deploy/make-secrets.sh deploy/secrets nats.baedal.svc baedal-postgres-rw.baedal.svc '*.nats-headless,*.nats-headless.baedal.svc.cluster.local'

Hosts and names are separated by commas; without them those of deploy/compose.yaml. The directory must not exist yet.
Afterwards fill in by hand what only you can know: every line that ends in "=".
TEXT
}

if [ $# -lt 1 ] || [ "$1" = --help ]; then usage; exit 0; fi
dir=$1
hosts=${2:-nats-1,nats-2,nats-3}
postgres=${3:-postgres}
names=${4:-}
if [ -e "$dir" ]; then echo "make-secrets: $dir is there already; it is not written over" >&2; exit 1; fi
umask 077
mkdir -p "$dir"
cd "$dir"

# Begins with a letter: nats-server takes a variable that begins with a digit for a number.
draw() { echo "p$(openssl rand -hex 20)"; }
nats_url() { echo "nats://$1:$2@${hosts//,/:4222,nats:\/\/}:4222"; }
database_url() { echo "postgresql://$1:$2@$postgres:5432/baedal?sslmode=verify-full&sslrootcert=/etc/baedal/postgres/ca.crt"; }

admin=$(draw) actors=$(draw) gateway=$(draw) worker=$(draw) ops=$(draw) viewer=$(draw)
owner=$(draw) web=$(draw) projector=$(draw)

openssl ecparam -name prime256v1 -genkey -noout -out vapid.pem
url_base64() { base64 | tr -d '\n=' | tr '/+' '_-'; }
vapid_public=$(openssl ec -in vapid.pem -pubout -outform DER 2>/dev/null | tail -c 65 | url_base64)
vapid_private=$(openssl ec -in vapid.pem -outform DER 2>/dev/null | tail -c +8 | head -c 32 | url_base64)
rm vapid.pem

cat > web.env <<TEXT
NATS_URL=$(nats_url gateway "$gateway")
DATABASE_URL=$(database_url baedal_web "$web")
JWT_SECRET=$(openssl rand -hex 32)
TOSS_CLIENT_KEY=
VAPID_PUBLIC_KEY=$vapid_public
TEXT
echo "NATS_URL=$(nats_url actors "$actors")" > actors.env
cat > payments.env <<TEXT
NATS_URL=$(nats_url worker "$worker")
TOSS_SECRET_KEY=
TEXT
cat > projector.env <<TEXT
NATS_URL=$(nats_url worker "$worker")
DATABASE_URL=$(database_url baedal_projector "$projector")
TEXT
cat > notifier.env <<TEXT
NATS_URL=$(nats_url worker "$worker")
SOLAPI_API_KEY=
SOLAPI_API_SECRET=
SOLAPI_FROM=
SOLAPI_PF_ID=
SOLAPI_TEMPLATES=
VAPID_PUBLIC_KEY=$vapid_public
VAPID_PRIVATE_KEY=$vapid_private
VAPID_SUBJECT=
TEXT
cat > migrate.env <<TEXT
NATS_URL=$(nats_url admin "$admin")
DATABASE_URL=$(database_url baedal "$owner")
DATABASE_WEB_PASSWORD=$web
DATABASE_PROJECTOR_PASSWORD=$projector
TEXT
cat > nats.env <<TEXT
NATS_ADMIN_PASSWORD=$admin
NATS_ACTORS_PASSWORD=$actors
NATS_GATEWAY_PASSWORD=$gateway
NATS_WORKER_PASSWORD=$worker
NATS_OPS_PASSWORD=$ops
NATS_VIEWER_PASSWORD=$viewer
TEXT
echo "POSTGRES_PASSWORD=$owner" > postgres.env

# Ten years for who signs, two for what is signed.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj '/CN=baedal' -keyout ca.key -out ca.crt 2>/dev/null
certificate() {
  local name=$1 hosts=$2
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$name" -keyout "$name.key" -out "$name.csr" 2>/dev/null
  # Servers of NATS are clients of each other.
  openssl x509 -req -in "$name.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 730 -out "$name.crt" 2>/dev/null \
    -extfile <(printf 'subjectAltName=DNS:%s\nextendedKeyUsage=serverAuth,clientAuth\n' "${hosts//,/,DNS:}")
  rm "$name.csr"
}
certificate nats "$hosts${names:+,$names}"
certificate postgres "$postgres"
rm -f ca.srl
# Read inside of containers by users of other numbers; nobody else comes into the directory.
chmod 644 ./*.crt nats.key postgres.key
