import { once } from 'node:events';
import { createServer } from 'node:net';
import { Kafka } from 'kafkajs';
import { expect, test } from 'vitest';
import { kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';
import { createConnect, KafkaSilent } from '../../src/kafka/kafkaLink.ts';
import { metadataRequest } from '../../src/kafka/protocol/metadata.ts';

/** Answers the handshake: ApiVersions, with Metadata up to 12 as the one request it knows. */
function handshake(request: Buffer): Buffer {
  const answer = Buffer.alloc(24);
  answer.writeInt32BE(20, 0);
  answer.writeInt32BE(request.readInt32BE(8), 4);
  answer.writeInt32BE(1, 10);
  answer.writeInt16BE(3, 14);
  answer.writeInt16BE(12, 18);
  return answer;
}

test('a broker that hangs is given up after the wait that was asked for', async () => {
  const server = createServer((socket) => {
    socket.once('data', (request: Buffer) => socket.write(handshake(request)));
    socket.on('error', () => undefined);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const brokers = [`127.0.0.1:${port}`];
  const kafka = new Kafka({ brokers, clientId: 'test', ...kafkajsLogging(() => undefined) });
  const link = await createConnect(kafka)();
  try {
    await expect(link.send(metadataRequest(['topic']), 200)).rejects.toThrow(KafkaSilent);
  } finally {
    link.close();
    server.close();
  }
});
