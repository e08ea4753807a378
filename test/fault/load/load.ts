import { addDays, instantOf } from '../../../src/core/time/date.ts';
import { osloDate } from '../../../src/core/time/oslo.ts';
import type { Feed } from '../../../src/core/youth/statusEvent.ts';
import type { Random } from '../../../src/local/sample/random.ts';
import { consentsOf, NOW } from './consents.ts';
import type { Input, SentConsent, Step } from './input.ts';
import type { Person } from './people.ts';
import { broken, type DrawnRecord, drawRecord } from './records.ts';

const AGAIN = 0.1;
const BROKEN = 0.01;
/** How far back a re-send usually reaches; every fifth reaches anywhere. */
const RECENT = 60;

/**
 * The sender's side of a run, without end: what it sends and in which order follows from the seed and from whom NAV is
 * asked about, what happens when from the part of `size` that has been sent. NAV answers wait until the consents before them are decided, and
 * no consent changes while they are: then it is certain which of them may be known.
 */
export function* load(parts: {
  random: Random;
  people: readonly Person[];
  size: number;
  start: number;
}): Generator<Step> {
  const { random, people, size, start } = parts;
  const today = osloDate(instantOf(start));
  const sent: Input[] = [];
  const rewritable: { drawn: DrawnRecord; person: Person; version: number }[] = [];
  const often: { input: Input; left: number }[] = [];
  let n = 0;

  const add = (input: Omit<Input, 'n'>): Step => {
    const made = { ...input, n: n++ };
    sent.push(made);
    if (made.n % 100 === 99) often.push({ input: made, left: 4 });
    return { do: 'send', input: made, again: false };
  };
  const addDrawn = (drawn: DrawnRecord, person: Person): Step => {
    if (drawn.annulment) rewritable.push({ drawn, person, version: drawn.event.version });
    return add({
      feed: drawn.feed,
      person: person.index,
      value: JSON.stringify(drawn.record),
      kind: 'event',
      event: drawn.event,
    });
  };
  const consent = (person: Person, drawn: SentConsent): Step => {
    const said = { ...drawn, at: drawn.at === NOW ? instantOf(Date.now()) : drawn.at };
    const id = `samtykke-${n}`;
    const record = {
      id,
      fodselsnummer: person.number,
      fodselsdato: person.born,
      side: said.side,
      part: said.party,
      tilstand: said.state,
      tidspunkt: said.at,
      gyldigTil: said.validTo ?? undefined,
      antallForesatte: said.guardians,
      rettsgrunnlag: 'SAMTYKKE',
      kilde: 'fiks-samtykke',
    };
    const event = { source: 'fiks-samtykke', id, version: 1 };
    return add({
      feed: 'consent',
      person: person.index,
      value: JSON.stringify(record),
      kind: 'event',
      event,
      consent: said,
    });
  };

  function* ordinary(): Generator<Step> {
    for (const entry of often) {
      if (entry.left === 0 || !random.chance(0.02)) continue;
      entry.left -= 1;
      yield { do: 'send', input: entry.input, again: true };
    }
    if (sent.length > 0 && random.chance(AGAIN)) {
      const from = random.chance(0.2) ? 0 : Math.max(0, sent.length - RECENT);
      const input = sent[random.between(from, sent.length - 1)];
      if (input) yield { do: 'send', input, again: true };
      return;
    }
    const person = random.pick(people);
    const id = `h-${n}`;
    if (random.chance(BROKEN)) {
      yield add({ ...broken(random, person, today, id), person: null, kind: 'broken' });
    } else if (rewritable.length > 0 && random.chance(0.12)) {
      yield* rewritten(random.pick(rewritable.slice(-200)), id);
    } else {
      yield addDrawn(drawRecord(random, person, today, id), person);
    }
  }

  /** A correction, at times with the newer version first; or an annulment. */
  function* rewritten(entry: (typeof rewritable)[number], id: string): Generator<Step> {
    const { drawn, person } = entry;
    if (random.chance(0.3)) {
      const { feed, record, source } = drawn.annulment ?? { feed: drawn.feed, record: {}, source: '' };
      const value = {
        id,
        type: 'annullering',
        fodselsnummer: person.number,
        annullerer: drawn.event.id,
        ...record,
      };
      yield add({
        feed,
        person: person.index,
        value: JSON.stringify(value),
        kind: 'event',
        event: { source, id, version: 1 },
      });
      return;
    }
    const next = entry.version + 1;
    const versions = random.chance(0.3) ? [next + 1, next] : [next];
    entry.version = Math.max(...versions);
    const field = ['avbruddsdato', 'startdato', 'sluttdato', 'dato'].find((name) => name in drawn.record);
    for (const version of versions) {
      const change = field ? { [field]: addDays(String(drawn.record[field]), -random.between(1, 3)) } : {};
      yield addVersion(drawn, person, version, change);
    }
  }
  function addVersion(
    drawn: DrawnRecord,
    person: Person,
    version: number,
    change: Record<string, unknown>,
  ): Step {
    const record = { ...drawn.record, ...change, version };
    return add({
      feed: drawn.feed,
      person: person.index,
      value: JSON.stringify(record),
      kind: 'event',
      event: { ...drawn.event, version },
    });
  }

  function* batch(month: string): Generator<Step> {
    const id = `B-${month}`;
    yield { do: 'settle' };
    let matchIds: ReadonlyMap<string, string> = new Map();
    yield {
      do: 'ask',
      list: id,
      fetched(rows) {
        matchIds = rows;
      },
    };
    const asked = people.filter(({ number }) => matchIds.has(number));
    for (const person of asked) {
      const registrert = random.weighted({ JA: 7, NEI: 2, IKKE_SVART: 1 });
      const record = {
        type: 'svar',
        batchId: id,
        maaned: month,
        id: matchIds.get(person.number),
        registrert,
        ...(registrert === 'JA' ? { kontor: '1201' } : {}),
      };
      yield add({
        feed: 'nav-match',
        person: person.index,
        value: JSON.stringify(record),
        kind: 'answer',
        answer: { batch: id, month },
      });
      yield* ordinary();
    }
    const manifest = { type: 'manifest', batchId: id, maaned: month, antall: asked.length };
    yield add({
      feed: 'nav-match' satisfies Feed,
      person: null,
      value: JSON.stringify(manifest),
      kind: 'manifest',
      answer: { batch: id, month },
    });
    for (let more = 0; more < size / 50; more += 1) yield* ordinary();
    yield { do: 'settle' };
  }

  const firsts = random.shuffled(people).map((person) => ({ person }));
  const said = random.shuffled(
    people.flatMap((person) => consentsOf(random, person, start).map((each) => ({ person, ...each }))),
  );
  const before = said.filter(({ phase }) => phase === 'before');
  const after = said.filter(({ phase }) => phase === 'after');
  // Who has taken back what was given said so in that order.
  before.sort((one, other) =>
    one.consent.at < other.consent.at ? -1 : one.consent.at > other.consent.at ? 1 : 0,
  );
  const share = () => n / size;

  for (const { person } of firsts) {
    yield addDrawn(drawRecord(random, person, today, `h-${n}`), person);
    const next = before.shift();
    if (next) yield consent(next.person, next.consent);
  }
  for (const next of before) {
    yield consent(next.person, next.consent);
    if (n % 2 === 0) yield* ordinary();
  }
  while (share() < 0.4) yield* ordinary();
  yield* batch(monthBefore(today, 2));
  for (const next of after) {
    yield consent(next.person, next.consent);
    yield* ordinary();
  }
  while (share() < 0.75) yield* ordinary();
  yield* batch(monthBefore(today, 1));
  for (;;) yield* ordinary();
}

function monthBefore(today: string, months: number): string {
  return addDays(`${today.slice(0, 7)}-15`, -31 * months).slice(0, 7);
}
