import { expect, test } from 'vitest';
import { createLogger, type Logger } from '../../src/telemetry/logger.ts';
import { LOG_EVENTS } from '../../src/telemetry/names.ts';
import { loggerWithLines } from './logLines.ts';

const NUMBER = '01819012345';
const LANE = { org: 'telemarkfylke-no', topic: 'telemarkfylke-no.ot.event.consent', partition: 3 };

/** What untyped code could call: the compiler is not there to help. */
function untyped(log: Logger): { event(name: string, fields?: unknown): void } {
  return log;
}

test('writes one JSON line with the level, the event and its fields', () => {
  const { log, events } = loggerWithLines();
  log.event('lane.claimed', { ...LANE, epoch: 7, nextOffset: 9_007_199_254_740_991n });
  expect(events()).toEqual([
    {
      level: 'info',
      time: expect.any(String),
      event: 'lane.claimed',
      ...LANE,
      epoch: 7,
      nextOffset: 9_007_199_254_740_991,
    },
  ]);
});

test('drops a field that is not on the list', () => {
  const { log, events } = loggerWithLines();
  // @ts-expect-error the compiler refuses it too
  log.event('part.ready', { part: 'kafka', navn: 'Kari' });
  expect(events()[0]).not.toHaveProperty('navn');
  expect(events()[0]).toMatchObject({ part: 'kafka' });
});

test('refuses objects, lists, wrong types and what JSON cannot hold', () => {
  const { log, events } = loggerWithLines();
  untyped(log).event('part.ready', { part: { fnr: NUMBER }, ms: Number.NaN });
  untyped(log).event('part.ready', { part: [NUMBER], ms: '12' });
  untyped(log).event('part.ready', { part: () => NUMBER, ms: Number.POSITIVE_INFINITY });
  for (const line of events()) expect(Object.keys(line)).toEqual(['level', 'time', 'event']);
});

test('drops an event that is not on the table', () => {
  const { log, lines } = loggerWithLines();
  untyped(log).event('free.text', { message: 'hei' });
  untyped(log).event('toString', {});
  untyped(log).event('__proto__', {});
  expect(lines).toEqual([]);
});

test('masks an identity number in a text field', () => {
  const { log, lines } = loggerWithLines();
  log.event('operational.alert', { code: 'POLL_FAILED', detail: `row of 018190-12345 and ${NUMBER}` });
  expect(lines[0]).toContain('row of *********** and ***********');
});

test('cuts a number off the end of a long text before it can be read in halves', () => {
  const { log, lines } = loggerWithLines();
  log.event('operational.alert', { code: 'POLL_FAILED', detail: `${'x'.repeat(294)}${NUMBER}` });
  expect(lines[0]).not.toMatch(/018190/);
});

test('stays JSON when a number has eleven digits', () => {
  const { log, events } = loggerWithLines();
  log.event('part.ready', { part: 'kafka', ms: 12_345_678_901 });
  log.event('part.ready', { part: 'kafka', ms: 0.123_456_789_01 });
  log.event('lane.claimed', { ...LANE, epoch: 1, nextOffset: 12_345_678_901n });
  expect(events().map((line) => line.ms ?? line.nextOffset)).toEqual(['***********', 0.123, '***********']);
});

test('names an error and its codes, and keeps the message of a foreign error to itself', () => {
  const { log, lines, events } = loggerWithLines();
  const cause = Object.assign(new Error(`Key (fnr)=(${NUMBER}) already exists`), { code: '23505' });
  log.event('work.failed', {
    part: 'lists',
    error: new TypeError('Kari Nordmann is not iterable', { cause }),
  });
  expect(events()[0]).toMatchObject({ errorName: 'TypeError', errorCause: '23505' });
  expect(lines[0]).not.toMatch(/Kari|exists|stack|01819/);
});

test('shows the message of an error of our own', () => {
  const { log, events } = loggerWithLines();
  const error = new Error('three records were not acknowledged within 5 s');
  error.name = 'PublishTimeout';
  log.event('work.failed', { part: 'lists', error });
  expect(events()[0]).toMatchObject({ errorText: 'three records were not acknowledged within 5 s' });
});

test('says where in our own code an error was thrown, without the stack', () => {
  const { log, events } = loggerWithLines();
  const error = new Error('secret');
  error.stack =
    'Error: secret\n    at parse (/app/node_modules/x/src/a.ts:1:1)\n    at poll (file:///app/src/jobs/vigo/poller.ts:42:7)';
  log.event('work.failed', { part: 'poller', error });
  expect(events()[0]).toMatchObject({ errorAt: 'src/jobs/vigo/poller.ts:42' });
  expect(events()[0]).not.toHaveProperty('stack');
});

test('survives a cause that points back at its effect, and a thrown text', () => {
  const { log, events } = loggerWithLines();
  const error = new Error('a');
  error.cause = error;
  log.event('work.failed', { part: 'poller', error });
  log.event('work.failed', { part: 'poller', error: `thrown ${NUMBER}` });
  expect(events().map((line) => line.errorName)).toEqual(['Error', 'string']);
});

test('a person reference is in the two events an operator must act on, and nowhere else', () => {
  const withRef = Object.entries(LOG_EVENTS)
    .filter(([, { fields }]) => Object.keys(fields).includes('ref'))
    .map(([name]) => name);
  expect(withRef).toEqual(['youth.unreadable', 'youth.parked']);
});

test('writes nothing below its level', () => {
  const { log, lines } = loggerWithLines('error');
  log.event('part.ready', { part: 'kafka' });
  expect(lines).toEqual([]);
  createLogger({ level: 'silent' }).event('operational.alert', { code: 'POLL_FAILED' });
});
