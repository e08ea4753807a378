import { expect, test } from 'vitest';
import { CommandFailed } from '../../src/cli/ask.ts';
import { rotate } from '../../src/cli/subscribe.ts';
import { deliveries, enable, pause, subscriptions } from '../../src/cli/subscriptions.ts';
import { delivery } from '../api/fakeRelay.ts';
import { appOf, bodyOf, ORG, testParts } from '../api/parts.ts';

async function setUp() {
  const parts = testParts();
  const { app, post } = appOf(parts);
  const ask = async (path: string, body?: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const response = await app.request(
      path,
      body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) },
    );
    return { status: response.status, value: await response.json() };
  };
  const at = `/organisations/${ORG}/subscriptions`;
  const made = await bodyOf(await post(at, { url: 'https://ot.example.no/webhook', begins: 'now' }));
  const { id } = made.subscription as { id: string };
  await app.request(`${at}/${id}/verify`, { method: 'POST' });
  return { parts, ask, id };
}

test('subscriptions are listed with what they are and what is to be done', async () => {
  const { ask, id } = await setUp();
  expect(await subscriptions.run(ask, [ORG])).toBe(
    `${id} ot.example.no: status, alert til https://ot.example.no/webhook\n  I gang: endringer sendes.`,
  );
});

test('one is paused, and enabled with a reason when something is skipped', async () => {
  const { ask, id } = await setUp();
  expect(await pause.run(ask, [ORG, id])).toContain('Satt på pause');
  await expect(enable.run(ask, [ORG, id, 'siste'])).rejects.toThrow(CommandFailed);
  await expect(enable.run(ask, [ORG, id, 'alle'])).rejects.toThrow('alt, siste, nå');
  // As some keyboards write it: a letter and its ring.
  expect(await enable.run(ask, [ORG, id, 'na\u030a', 'ny mottaker'])).toBe(
    'I gang: endringer sendes. Ikke sendt før nå: 0, og 0 når bare det siste om hver sak teller.',
  );
});

test('deliveries are listed by state, all pages of them', async () => {
  const { parts, ask, id } = await setUp();
  for (let n = 0; n < 501; n += 1) parts.subscriptions.planned.push({ ...delivery(id), log: [] });
  parts.subscriptions.planned.push({ ...delivery(id, { state: 'exhausted', attempts: 10 }), log: [] });
  expect((await deliveries.run(ask, [ORG, id])).split('\n')).toHaveLength(502);
  const failed = await deliveries.run(ask, [ORG, id, 'feilet']);
  expect(failed.split('\n')).toHaveLength(1);
  expect(failed).toContain('forsøk: 10. Ikke tatt imot');
  await expect(deliveries.run(ask, [ORG, id, 'borte'])).rejects.toThrow(CommandFailed);
});

test('new keys are shown once, and those before sign for as long as was said', async () => {
  const { parts, ask, id } = await setUp();
  const text = await rotate.run(ask, [ORG, id, '--overlapp', '48']);
  expect(text).toMatch(/^Hemmelighet: whsec_\S+\nDen vises bare denne ene gangen\./);
  const now = new Date(parts.now()).toISOString();
  const [old] = await parts.subscriptions.signingKeys(id, now);
  expect(Date.parse(old?.to ?? '') - parts.now()).toBe(48 * 3_600_000);
  await expect(rotate.run(ask, [ORG, id, '--overlapp', 'lenge'])).rejects.toThrow('nye-nokler <org>');
  await expect(rotate.run(ask, [ORG, id, '--overlapp', '12'])).rejects.toThrow(CommandFailed);
});
