import { connect } from 'node:net';

// One Metadata request (v4, no topics) on a bare socket: polled before anything listens, where a client library would
// retry, log and keep timers of its own.

const METADATA_V4 = Buffer.from([
  ...[0, 0, 0, 15], // length of what follows
  ...[0, 3, 0, 4], // api key, version
  ...[0, 0, 0, 1], // correlation id
  ...[0xff, 0xff], // no client id
  ...[0, 0, 0, 0], // no topics
  0, // do not create any
]);
/** Length, correlation id, throttle time; then the count of brokers that are alive. */
const BROKERS_AT = 12;

/** Whether a Kafka broker on 127.0.0.1 takes requests and is in its own cluster's list (not fenced). */
export function kafkaAnswers(port: number, limitMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answer: Buffer = Buffer.alloc(0);
    const end = (ready: boolean) => {
      socket.destroy();
      resolve(ready);
    };
    socket.setTimeout(limitMs, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => socket.write(METADATA_V4));
    socket.on('data', (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= BROKERS_AT + 4)
        end(answer.readInt32BE(4) === 1 && answer.readInt32BE(BROKERS_AT) > 0);
    });
  });
}
