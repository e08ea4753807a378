import { beforeEach, describe, expect, test } from 'vitest';
import { personRef } from '../../src/core/person/reference.ts';
import { fold } from '../../src/core/youth/evolve.ts';
import { evidenceKey } from '../../src/core/youth/youth.ts';
import { without } from '../../src/desk/alerts/alternatives.ts';
import { whyAlert } from '../../src/desk/alerts/why.ts';
import { alertAsked } from '../../src/desk/subscriptions/names.ts';
import { type AdviserWorld, AT_RISK, adviserWorld, LEFT, leaving, NOW } from '../console/adviserWorld.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { person as personOf } from '../harness/persons.ts';

let world: AdviserWorld;
beforeEach(async () => {
  world = await adviserWorld();
});

async function why(id: string, masked = false) {
  const { parts } = world;
  const [organisation] = parts.organisations;
  if (organisation === undefined) throw new Error('no organisation');
  const asked = alertAsked(parts, organisation, { kind: 'local', name: 'l', key: 'l' }, id);
  return whyAlert(parts, organisation, { asked, masked });
}

describe('why an alert was raised', () => {
  test('its sources, its deadlines, what ends it, and what would be without a message', async () => {
    const told = await why(await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING'));
    expect(told.sources.map(({ entry }) => [entry.source, entry.codes.hendelse])).toEqual([
      ['skole:40014', 'Left'],
    ]);
    const [source] = told.sources;
    expect(source?.without?.state).toBe('withdrawn');
    expect(source?.without?.effects.map(({ what }) => what)).toEqual(['TILMELDING_ANNULLERES']);
    expect(told.deadlines.map(({ what, met }) => [what, met])).toEqual([
      ['KONTAKT', false],
      ['VEILEDNINGSTIME', false],
    ]);
    expect(told.endings).toContainEqual({ how: 'STATUS', code: 'OTOV', contact: true });
    expect(told.ended).toBeNull();
  });

  test('a meeting with a pupil at risk: contact is not what it asks for', async () => {
    const told = await why(await world.alertOf(AT_RISK.fodselsnummer, 'AVKLARINGSSAMTALE'));
    expect(told.endings?.some(({ how }) => how === 'CONTACT')).toBe(false);
    expect(told.endings?.length).toBeGreaterThan(0);
  });

  test('an alert that two schools have caused stays without one of them', async () => {
    const other = { ...leaving(LEFT, 'slutt-annen'), skolenummer: '40015', avbruddsdato: '2026-09-28' };
    await world.pipeline.send('school-dropout', [other], { at: NOW });
    await world.settle('2026-10-20T07:00:00.000Z');
    const told = await why(await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING'));
    expect(told.sources.map(({ without: alternative }) => alternative?.state)).toEqual(['open']);
    expect(told.sources[0]?.without?.effects.length).toBeGreaterThan(0);
  });

  test('one that was taken back says by whom, and by which rule', async () => {
    const id = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
    const { id: annullerer, fodselsnummer, skolenummer } = leaving(LEFT);
    const annulment = { id: 'tilbake-1', type: 'annullering', fodselsnummer, skolenummer, annullerer };
    await world.pipeline.send('school-dropout', [annulment], { at: '2026-10-08T08:00:00.000Z' });
    await world.settle('2026-10-08T09:00:00.000Z');
    const told = await why(id);
    expect(told.alert.state).toBe('withdrawn');
    expect(told.ended).toMatchObject({ recorded: '2026-10-08T08:00:00.000Z', source: 'skole:40014' });
    expect(told.endings).toBeNull();
  });

  test('masked it has the rule and the deadlines, and nothing that a message says', async () => {
    const told = await why(await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING'), true);
    expect(told).toMatchObject({ sources: [], endings: null, ended: null });
    expect(told.alert.rule).toBe('R01');
    expect(told.deadlines).toHaveLength(2);
  });

  test('of a youth that cannot be read only what was raised', async () => {
    const id = await world.alertOf(LEFT.fodselsnummer, 'NY_TILMELDING');
    const { parts } = world;
    const broken = (loaded: object) =>
      Object.defineProperty({ ...loaded }, 'youth', {
        get() {
          throw new Error('unreadable');
        },
      });
    const youth = async (...asked: Parameters<typeof parts.queries.youth>) => {
      const loaded = await world.pipeline.store.youth(...asked);
      return loaded && (broken(loaded) as typeof loaded);
    };
    world = { ...world, parts: { ...parts, queries: { ...parts.queries, youth } } };
    const told = await why(id);
    expect(told.endings).toBeNull();
    expect(told.sources.map(({ without: alternative }) => alternative)).toEqual([null]);
  });
});

test('the alternative is what would have been decided had the message not come', async () => {
  const messages = [
    leaving(LEFT),
    { ...leaving(LEFT, 'slutt-annen'), skolenummer: '40015', avbruddsdato: '2026-09-28' },
    { ...risk(), id: 'fare-9' },
  ];
  const told = async (sent: readonly object[]) => {
    const pipeline = await createTestPipeline();
    await pipeline.send('school-dropout', sent, { at: '2026-10-02T08:00:00.000Z' });
    await pipeline.pass('2026-11-20T08:00:00.000Z');
    const loaded = await pipeline.youth(LEFT.fodselsnummer);
    if (loaded === undefined) throw new Error('no youth');
    return { pipeline, loaded };
  };
  const { loaded, pipeline } = await told(messages);
  const { facts } = loaded.youth;
  expect(facts.length).toBeGreaterThan(2);
  for (const message of messages) {
    const rest = await told(messages.filter((each) => each !== message));
    const fact = facts.find(({ id }) => id === message.id);
    if (fact === undefined) throw new Error('no fact');
    const asOf = '2026-11-20T08:00:00.000Z';
    const given = { ref: personRef(loaded.ref), policy: pipeline.policy, now: asOf };
    // Both are judged at the same moment.
    const youth = { ...loaded.youth, asOf };
    const alternative = without({ ...given, youth }, { id: 'none' }, evidenceKey(fact));
    const without1 = fold(
      { ...youth, facts: facts.filter((each) => each !== fact) },
      alternative?.events ?? [],
    );
    const { registrations, alerts } = rest.loaded.youth;
    expect(without1.registrations).toEqual(registrations);
    expect(without1.alerts.map(({ id }) => id)).toEqual(alerts.map(({ id }) => id));
  }
});

function risk() {
  const { fodselsnummer, skolenummer, fodselsdato } = leaving(LEFT);
  return {
    id: '',
    type: 'fare-for-avbrudd',
    version: 1,
    fodselsnummer,
    fodselsdato,
    skolenummer,
    dato: '2026-09-20',
  };
}

test('what ends by itself does so on the day, and no earlier', async () => {
  const old = personOf('P05a');
  await world.pipeline.send('school-dropout', [leaving(old, 'slutt-gammel')], {
    at: '2026-10-02T08:00:00.000Z',
  });
  await world.settle('2026-12-01T08:00:00.000Z');
  const loaded = await world.pipeline.youth(old.fodselsnummer);
  const ids = (loaded?.youth.alerts ?? []).map(({ id }) => `${id}-${loaded?.ref}`);
  const told = await Promise.all(ids.map((id) => why(id)));
  const ending = told.filter(({ endings }) => endings?.some(({ how }) => how === 'TIME'));
  // The last year in the age range: OT is late, until the duty ends.
  expect(ending.map(({ alert, endings }) => [alert.kind, endings?.at(-1)])).toEqual([
    ['FRIST_UTLOPT', { how: 'TIME', on: '2027-01-01' }],
    ['FRIST_UTLOPT', { how: 'TIME', on: '2027-01-01' }],
  ]);
  const states = () => Promise.all(ending.map(async ({ alert }) => (await why(alert.id)).alert.state));
  await world.settle('2026-12-31T22:59:00.000Z');
  expect(await states()).toEqual(['open', 'open']);
  await world.settle('2026-12-31T23:01:00.000Z');
  expect(await states()).toEqual(['withdrawn', 'withdrawn']);
  const others = told.filter((each) => !ending.includes(each));
  expect(
    (await Promise.all(others.map(({ alert }) => why(alert.id)))).map(({ alert }) => alert.state),
  ).toEqual(others.map(() => 'open'));
});
