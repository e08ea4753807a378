#!/usr/bin/env bash
# kafkajs 2.2.4 against Apache Kafka 4.3.1: what `admin.fetchTopicOffsets` calls `high`.
#
# One would guess that `high` is the high watermark, as its name says and as Kafka's own tools print it: the first offset
# not yet written, so that `high` less a consumer's position is how far it is behind.
# It is the last stable offset: the request goes out with isolation level «read committed». While any producer's
# transaction is open, everything behind its first record is missing from `high`, also plain records of other producers.
# A lag computed from it is 0 while records wait, for up to 15 minutes (the broker's transaction.max.timeout.ms).
# And offsets without a record (commit and abort markers) are never given to `eachBatch`: a position taken from the last
# message seen stays one short of `high` when the log ends in a marker, so the same lag is 1 for ever on a quiet topic.
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${broker:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>4.3.1</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-tools</artifactId><version>4.3.1</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
POM
mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars
printf '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --save-exact kafkajs@2.2.4

port=$((20000 + RANDOM % 10000))
cat > server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
controller.listener.names=CONTROLLER
listeners=BROKER://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
advertised.listeners=BROKER://127.0.0.1:$port
inter.broker.listener.name=BROKER
listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$work/log
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
PROPERTIES
java -cp 'jars/*' kafka.tools.StorageTool format -t "$(java -cp 'jars/*' kafka.tools.StorageTool random-uuid)" -c server.properties > /dev/null
java -Xmx384m -cp 'jars/*' kafka.Kafka server.properties > broker.log 2>&1 &
broker=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.5; done

cat > play.cjs <<'NODE'
const { Kafka, logLevel } = require('kafkajs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  const kafka = new Kafka({ brokers: [process.argv[2]], clientId: 'finding', logLevel: logLevel.NOTHING, retry: { retries: 30 } });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'lane', numPartitions: 1, replicationFactor: 1 }], waitForLeaders: true });
  const transactional = kafka.producer({ transactionalId: 'open', idempotent: true, maxInFlightRequests: 1 });
  await transactional.connect();
  const transaction = await transactional.transaction();
  await transaction.send({ topic: 'lane', messages: [{ value: 'in a transaction' }] });
  const plain = kafka.producer();
  await plain.connect();
  await plain.send({ topic: 'lane', messages: Array.from({ length: 5 }, (_, i) => ({ value: `plain ${i}` })) });
  const high = async () => (await admin.fetchTopicOffsets('lane'))[0].high;
  console.log(`open ${await high()}`);
  process.stdin.once('data', async () => {
    await transaction.commit();
    await sleep(1000);
    let last = -1;
    const consumer = kafka.consumer({ groupId: 'finding', maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: ['lane'], fromBeginning: true });
    await consumer.run({ eachBatch: async ({ batch }) => { for (const { offset } of batch.messages) last = Number(offset); } });
    for (let i = 0; i < 100 && last < 5; i += 1) await sleep(100);
    await sleep(2000);
    console.log(`after ${await high()} ${last + 1}`);
    await Promise.allSettled([consumer.disconnect(), transactional.disconnect(), plain.disconnect(), admin.disconnect()]);
    process.exit(0);
  });
})().catch((error) => { console.error(error); process.exit(1); });
NODE
mkfifo say
node play.cjs "127.0.0.1:$port" < say > said 2>&1 &
exec 4> say
for _ in $(seq 240); do grep -q '^open' said && break; sleep 0.25; done
java=$(java -cp 'jars/*' org.apache.kafka.tools.GetOffsetShell --bootstrap-server "127.0.0.1:$port" --topic lane --time latest 2>/dev/null)
echo go >&4
for _ in $(seq 240); do grep -q '^after' said && break; sleep 0.25; done
exec 4>&-

echo "kafkajs $(node -p 'require("./node_modules/kafkajs/package.json").version'), Kafka 4.3.1, $(java -version 2>&1 | head -1)"
echo "one record in an open transaction, five plain ones behind it:"
echo "  kafkajs fetchTopicOffsets high: $(awk '/^open/ { print $2 }' said)"
echo "  GetOffsetShell latest:          ${java##*:}"
echo "after the commit, everything consumed:"
echo "  high $(awk '/^after/ { print $2 }' said), offset after the last message given to eachBatch $(awk '/^after/ { print $3 }' said)"
grep -qx 'open 0' said && [ "${java##*:}" = 6 ] && grep -qx 'after 7 6' said || { cat said; echo 'this has changed'; exit 1; }
