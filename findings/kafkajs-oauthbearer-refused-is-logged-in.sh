#!/usr/bin/env bash
# kafkajs 2.2.4 against Apache Kafka 4.3.1: a token that the broker refuses.
#
# One would guess that `connect()` fails with KafkaJSSASLAuthenticationError, as it does for a wrong password.
# It succeeds. A broker that does not accept a bearer token answers the SaslAuthenticate request without an error code
# and with the reason in the exchange itself, and waits for the client to end it (RFC 7628 section 3.2.2). kafkajs does
# not read that answer: it takes the client for logged in. The next request is refused or the connection is closed, which
# the client takes for a broker that is away: `No brokers in the broker pool`, retried, never a word about the token.
# Cure: a `sasl.authenticationProvider` of one's own that reads the answer.
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
# The broker's own validator of unsigned tokens: what makes the token unacceptable here is that it has expired.
cat > server.properties <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 2))
controller.listener.names=CONTROLLER
listeners=BROKER://127.0.0.1:$((port + 1)),TOKEN://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 2))
advertised.listeners=BROKER://127.0.0.1:$((port + 1)),TOKEN://127.0.0.1:$port
inter.broker.listener.name=BROKER
listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT,TOKEN:SASL_PLAINTEXT
listener.name.token.sasl.enabled.mechanisms=OAUTHBEARER
listener.name.token.oauthbearer.sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";
listener.name.token.oauthbearer.sasl.server.callback.handler.class=org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredValidatorCallbackHandler
log.dirs=$work/log
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
PROPERTIES
java -cp 'jars/*' kafka.tools.StorageTool format -t "$(java -cp 'jars/*' kafka.tools.StorageTool random-uuid)" -c server.properties > /dev/null
java -Xmx384m -cp 'jars/*' kafka.Kafka server.properties > broker.log 2>&1 &
broker=$!
for _ in $(seq 120); do (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.5; done

cat > play.cjs <<'NODE'
const { Kafka, logLevel } = require('kafkajs');
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (seconds) => {
  const iat = Math.floor(Date.now() / 1000) - 300;
  return `${part({ alg: 'none' })}.${part({ sub: 'finding', iat, exp: Math.floor(Date.now() / 1000) + seconds })}.`;
};
const client = (seconds) =>
  new Kafka({
    brokers: [process.argv[2]],
    clientId: 'finding',
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    sasl: { mechanism: 'oauthbearer', oauthBearerProvider: async () => ({ value: token(seconds) }) },
  });
const attempt = async (name, seconds) => {
  const admin = client(seconds).admin();
  try {
    await admin.connect();
    console.log(`${name} ${(await admin.listTopics()).length} topics`);
  } catch (error) {
    console.log(`${name} ${error.cause?.name ?? error.name}: ${error.message}`);
  }
};
(async () => {
  for (let i = 0; i < 40; i += 1) {
    const admin = client(300).admin();
    const up = await admin.connect().then(() => admin.listTopics()).then(() => true, () => false);
    if (up) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await attempt('accepted', 300);
  await attempt('expired', -120);
  process.exit(0);
})();
NODE
node play.cjs "127.0.0.1:$port" > said 2>&1

echo "kafkajs $(node -p 'require("./node_modules/kafkajs/package.json").version'), Kafka 4.3.1, $(java -version 2>&1 | head -1)"
echo "a token that is accepted:  $(sed -n 's/^accepted //p' said)"
echo "a token that has expired:  $(sed -n 's/^expired //p' said)"
grep -q '^accepted 0 topics' said && grep -q '^expired ' said && ! grep '^expired' said | grep -q SASL || { cat said; echo 'this has changed'; exit 1; }
