import { describe, expect, test } from 'vitest';
import { WISH_STATUSES } from '../../src/core/codelists/data/wishStatuses.ts';
import { seededRandom } from '../../src/local/sample/random.ts';
import { crowd } from '../harness/manyPersons.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';

// The two conversions of the year on a whole cohort of applicants, held against a reckoning of our own: nothing of the
// program's reading of the codes is used for it, so that a mistake has to be made twice to go unseen.

const APPLICANTS = 5_000;
const WEEK_18 = '2027-05-03';
const AUGUST = '2027-08-12';

const PLACE = 'INNTO INNTLÆ LANNET INNTLI PRØVE INNTS INNTF'.split(' ');
const OPEN = 'TILBSK TILBO TATTIN TILBLÆ TILBS FANNET TILBPR INNTOI INNTSI'.split(' ');
const DECLINED = 'STRONT STRONV STRSNT STRNLÆ STRNLV TNLPR MANON MANOK MANSN TRUKK'.split(' ');
const NONE =
  'STROIT STROIV STRSIT STRILÆ STRLPO STRSAV STRGJE UKVAL UKVAL2 NEDL STOPP VENTO VENTOJ VENTOI'.split(' ');
const ALL = WISH_STATUSES.map(({ code }) => code);

interface Wish {
  who: number;
  id: string;
  version: number;
  date: string;
  code: string;
}

/** Up to three wishes each; in August some of them have another status. */
function drawn(seed: number): { spring: Wish[]; august: Wish[] } {
  const random = seededRandom(seed);
  const ordinary = { any: 25, place: 25, open: 10, declined: 15, none: 25 } as const;
  const code = () => {
    const kind = random.weighted(ordinary);
    return random.pick({ any: ALL, place: PLACE, open: OPEN, declined: DECLINED, none: NONE }[kind]);
  };
  const spring: Wish[] = [];
  const august: Wish[] = [];
  for (let who = 0; who < APPLICANTS; who += 1)
    for (let n = random.between(1, 3); n > 0; n -= 1) {
      const wish = { who, id: `onske-${who}-${n}`, version: 1, date: WEEK_18, code: code() };
      spring.push(wish);
      if (random.chance(0.4)) august.push({ ...wish, version: 2, date: AUGUST, code: code() });
    }
  return { spring, august };
}

/** Whom the wishes leave without a place, and why. */
function reckoned(wishes: readonly Wish[]): Map<number, string> {
  const newest = new Map<string, Wish>();
  for (const wish of wishes)
    if ((newest.get(wish.id)?.version ?? 0) < wish.version) newest.set(wish.id, wish);
  const codes = new Map<number, string[]>();
  for (const { who, code } of newest.values()) codes.set(who, [...(codes.get(who) ?? []), code]);
  const without = new Map<number, string>();
  for (const [who, own] of codes) {
    if (own.some((code) => PLACE.includes(code) || OPEN.includes(code))) continue;
    if (own.some((code) => DECLINED.includes(code))) without.set(who, 'TAKKET_NEI');
    else if (own.some((code) => NONE.includes(code))) without.set(who, 'ANDRE_GRUNNER');
  }
  return without;
}

const people = crowd(APPLICANTS, { first: '2008-01-01', last: '2011-12-31' });

async function send(pipeline: TestPipeline, at: string, wishes: readonly Wish[]): Promise<void> {
  const rows = wishes.map(({ who, id, version, date, code }) => ({
    ...people[who],
    type: 'onskestatus',
    id,
    version,
    skolear: '2027-28',
    dato: date,
    onskestatus: code,
  }));
  await pipeline.send('vigo-intake', rows, { at });
  await pipeline.settle();
}

async function registered(pipeline: TestPipeline): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const place = new Map(people.map(({ fodselsnummer }, who) => [fodselsnummer, who]));
  for (const [number, who] of place) {
    const { registrations = [] } = (await pipeline.youth(number))?.youth ?? {};
    const [first, ...more] = registrations;
    expect(more).toEqual([]);
    if (first !== undefined) found.set(who, String(first.tilmeldingskode));
  }
  return found;
}

const inOrder = (outcome: ReadonlyMap<number, string>) => [...outcome].sort(([one], [other]) => one - other);

describe('the conversion of a cohort’s wishes', () => {
  test('every status of the list is drawn, and each is in one of the reckoning’s sides or none', () => {
    const { spring, august } = drawn(18);
    expect(new Set([...spring, ...august].map(({ code }) => code))).toEqual(new Set(ALL));
    const sides = [...PLACE, ...OPEN, ...DECLINED, ...NONE];
    expect(new Set(sides).size).toBe(sides.length);
    for (const code of sides) expect(ALL).toContain(code);
  });

  test('case A8: conversion in week 18 and in August registers exactly those without a place, in any order of arrival', async () => {
    const { spring, august } = drawn(18);
    const random = seededRandom(31);
    const pipeline = await createTestPipeline();
    await send(pipeline, `${WEEK_18}T08:00:00.000Z`, random.shuffled(spring));
    const inSpring = reckoned(spring);
    expect(inSpring.size).toBeGreaterThan(APPLICANTS / 10);
    expect(inOrder(await registered(pipeline))).toEqual(inOrder(inSpring));
    await send(pipeline, `${AUGUST}T08:00:00.000Z`, random.shuffled(august));
    const inAugust = reckoned([...spring, ...august]);
    expect(inOrder(await registered(pipeline))).toEqual(inOrder(inAugust));

    // All records of some of them sent in August, the newer versions among the older ones.
    const few = ({ who }: Wish) => who < APPLICANTS / 4;
    const all = [...spring, ...august].filter(few);
    const late = await createTestPipeline();
    await send(late, `${AUGUST}T08:00:00.000Z`, random.shuffled(all));
    expect(inOrder(await registered(late))).toEqual(inOrder(reckoned(all)));
  }, 120_000);
});
