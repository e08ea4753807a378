import { Kafka, KafkaJSNumberOfRetriesExceeded, KafkaJSProtocolError } from 'kafkajs';
import { expect, test } from 'vitest';
import { errorName, type KafkaLine, kafkajsLogging } from '../../src/kafka/kafkajsLog.ts';

test('a kafkajs log line keeps where it came from and loses its text', () => {
  const lines: KafkaLine[] = [];
  const kafka = new Kafka({ brokers: ['127.0.0.1:1'], ...kafkajsLogging((line) => lines.push(line)) });
  kafka
    .logger()
    .namespace('Producer')
    .error('Invalid message {"key":"ref-1"}', { broker: '127.0.0.1:1', key: 'ref-1' });
  expect(lines).toEqual([{ code: 'kafkajs.Producer', level: 'error', broker: '127.0.0.1:1' }]);
});

test('an error is named by its protocol type, system code or class, never by its text', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const protocol = new KafkaJSProtocolError(
    Object.assign(new Error('not leader'), { type: 'NOT_LEADER_FOR_PARTITION', code: 6, retriable: true }),
  );
  const wrapped = Object.assign(
    new KafkaJSNumberOfRetriesExceeded(protocol, { retryCount: 5, retryTime: 1 }),
    {
      cause: protocol,
    },
  );
  expect(errorName(refused)).toBe('ECONNREFUSED');
  expect(errorName(protocol)).toBe('NOT_LEADER_FOR_PARTITION');
  expect(errorName(wrapped)).toBe('NOT_LEADER_FOR_PARTITION');
  expect(errorName(new Error('ref-1', { cause: new TypeError('x') }))).toBe('TypeError');
  expect(errorName('text')).toBe('unknown');
});
