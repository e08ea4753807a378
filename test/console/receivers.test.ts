import { describe, expect, test } from 'vitest';
import type { Subscription } from '../../src/core/subscription/subscription.ts';
import type { ChainedEntry } from '../../src/store/auditPort.ts';
import { delivery } from '../api/fakeRelay.ts';
import { ORG, testParts } from '../api/parts.ts';
import {
  ago,
  countyWithoutFaults,
  type FaultyCounty,
  HOUR,
  withReceiver,
} from '../harness/standingFaults.ts';
import { BASE, pagesAs } from './rolePages.ts';

const NOW = '2026-10-07T07:12:00.000Z';

async function receiver(changes: Partial<Subscription> = {}, waiting = 0) {
  const county: FaultyCounty = countyWithoutFaults();
  await withReceiver(county, changes, waiting === 0 ? null : { waiting, oldestWaiting: ago(HOUR) });
  const { parts } = county;
  const [{ id }] = [...parts.subscriptions.made.values()] as [Subscription];
  const at = `/mottakere/${id}`;
  const drift = pagesAs(parts, 'drift');
  const now = () => parts.subscriptions.made.get(id);
  return { parts, id, at, drift, now };
}

describe('Mottakere', () => {
  test('lists who is told, about what, and whether they take it', async () => {
    const { at, drift } = await receiver({ failingSince: ago(HOUR) });
    const page = await drift.text('/mottakere');
    expect(page).toContain(`<a href="${BASE}${at}">Fagsystemet</a>`);
    expect(page).toContain('Tar ikke imot');
    expect(await pagesAs(testParts(), 'drift').text('/mottakere')).toContain(
      'Ingen mottar endringer her ennå.',
    );
  });

  test('is seen and not changed by those who may not', async () => {
    const { parts, at, now } = await receiver();
    const leader = pagesAs(parts, 'leder');
    expect(await leader.text(at)).toContain('Rollen din kan se mottakeren, men ikke endre den.');
    expect((await leader.post(`${at}/pause`, {}, at)).status).toBe(403);
    expect(now()?.state).toBe('active');
    expect((await pagesAs(parts, 'radgiver').get('/mottakere')).status).toBe(403);
  });

  test('what is no receiver of the county is no page', async () => {
    const { parts, drift } = await receiver();
    expect((await drift.get('/mottakere/finnes-ikke')).status).toBe(404);
    expect((await drift.get('/mottakere/00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect(parts.problems).toEqual([]);
  });

  test('a test is sent once, and what was answered is said by its code alone', async () => {
    const { parts, at, drift } = await receiver();
    parts.relay.outcome = 'timeout';
    const sent = await drift.post(`${at}/prove`, {}, at);
    expect(sent.headers.get('location')).toBe(`${BASE}${at}?svar=timeout#tittel`);
    expect(parts.relay.called).toEqual([{ act: 'test', url: 'https://ot.example.no/' }]);
    expect(await drift.text(`${at}?svar=timeout`)).toContain('Mottakeren svarte: svarte ikke i tide.');
    for (const made of ['<b>x</b>', 'toString', 'constructor'])
      expect(await drift.text(`${at}?svar=${encodeURIComponent(made)}`)).not.toContain('Mottakeren svarte');
  });

  test('one that is not proven stays so, and the page says what was answered', async () => {
    const { parts, at, drift, now } = await receiver({ state: 'pending', reason: 'NEW' });
    parts.relay.outcome = 'not-proven';
    const refused = await drift.post(`${at}/bekreft`, {}, at);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('class="faults"');
    expect(now()?.state).toBe('pending');
    parts.relay.outcome = 'delivered';
    expect((await drift.post(`${at}/bekreft`, {}, at)).status).toBe(303);
    expect(now()?.state).toBe('active');
  });

  test('is paused, and enabled with a choice of what was not sent; what is skipped needs a reason', async () => {
    const { at, drift, now } = await receiver({}, 4);
    expect((await drift.post(`${at}/pause`, {}, at)).status).toBe(303);
    expect(now()).toMatchObject({ state: 'paused', reason: 'OWNER' });
    const nothing = await drift.post(`${at}/aktiver`, {}, at);
    expect(nothing.status).toBe(422);
    expect(await nothing.text()).toContain('Velg hva som skal skje med det som ikke er sendt.');
    const skipped = await drift.post(`${at}/aktiver`, { fra: 'now', begrunnelse: '' }, at);
    expect(await skipped.text()).toContain(
      'Skriv en begrunnelse på minst tre tegn når noe blir hoppet over.',
    );
    expect(now()?.state).toBe('paused');
    await drift.post(`${at}/aktiver`, { fra: 'now', begrunnelse: 'Mottakeren har hentet alt selv.' }, at);
    expect(now()?.state).toBe('active');
  });

  test('what could not be delivered is sent again by a job that is begun apart, with its count before', async () => {
    const { parts, id, at, drift } = await receiver();
    for (const state of ['exhausted', 'exhausted', 'delivered'] as const)
      parts.subscriptions.planned.push({ ...delivery(id, { state, attempts: 9 }), log: [] });
    const page = await drift.text(at);
    expect(page).toContain('De første kallene som broen har gitt opp');
    expect((await drift.post(`${at}/send-igjen`, { hvorfor: '' }, at)).status).toBe(422);
    await drift.post(`${at}/send-igjen`, { hvorfor: 'Feilen hos mottakeren er rettet.' }, at);
    const [job] = [...parts.subscriptions.jobs.values()];
    expect(job).toMatchObject({ state: 'paused', total: 2, sent: 0, org: ORG });
    const path = `${at}/omsending/${job?.id}`;
    await drift.post(`${path}/start`, {}, at);
    expect(parts.subscriptions.jobs.get(job?.id ?? '')?.state).toBe('running');
    await drift.post(`${path}/stopp`, {}, at);
    expect(parts.subscriptions.jobs.get(job?.id ?? '')?.state).toBe('stopped');
  });
});

describe('new keys of a receiver', () => {
  test('are made once by a form, the secret is in its answer alone, and those before sign for the time chosen', async () => {
    const { parts, id, at } = await receiver();
    const recorded: ChainedEntry[] = [];
    const audit = { append: async (entries: readonly ChainedEntry[]) => void recorded.push(...entries) };
    const drift = pagesAs({ ...parts, audit }, 'drift');
    const before = await parts.subscriptions.signingKeys(id, NOW);
    const none = await drift.post(`${at}/nye-nokler`, {}, at);
    expect(none.status).toBe(422);
    expect(await none.text()).toContain('Velg hvor lenge de forrige nøklene også skal signere.');
    const skjema = /name="skjema" value="([^"]+)"/.exec(await drift.text(at))?.[1] ?? '';
    const send = () => drift.post(`${at}/nye-nokler`, { overlapp: '168', skjema }, at);
    const made = await send();
    expect(made.status).toBe(200);
    expect(made.headers.get('cache-control')).toBe('no-store');
    expect(made.headers.get('location')).toBeNull();
    const page = await made.text();
    const [secret = ''] = /whsec_[\w+/=]+/.exec(page) ?? [];
    expect(secret).not.toBe('');
    // Sent a second time: no other keys, and no secret.
    const keys = await parts.subscriptions.signingKeys(id, NOW);
    expect(keys.length).toBeGreaterThan(before.length);
    const again = await send();
    expect(again.status).toBe(303);
    expect(again.headers.get('location')).toBe(`${BASE}${at}?igjen=1#tittel`);
    expect(await parts.subscriptions.signingKeys(id, NOW)).toEqual(keys);
    expect(await drift.text(at)).not.toContain(secret);
    expect((await drift.get(`${at}/nye-nokler`)).status).toBe(405);
    // On record, without it.
    const entries = recorded.filter(({ entry }) => entry.operation.endsWith('/nye-nokler'));
    expect(entries.map(({ entry }) => entry.outcome)).toContain('OK');
    expect(JSON.stringify(entries)).not.toContain(secret);
    expect(JSON.stringify(parts.logged)).not.toContain(secret);
  });

  test('are not for those who may not change the receiver', async () => {
    const { parts, at, id } = await receiver();
    const before = await parts.subscriptions.signingKeys(id, NOW);
    const leader = pagesAs(parts, 'leder');
    expect(await leader.text(at)).not.toContain('nye-nokler');
    expect((await leader.post(`${at}/nye-nokler`, { overlapp: '24' }, at)).status).toBe(403);
    expect(await parts.subscriptions.signingKeys(id, NOW)).toEqual(before);
  });
});
