import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import type {
  AdapterContext,
  FeedAdapter,
  ListEnvelope,
  PersonClaim,
  Verdict,
} from '../../src/core/feedAdapter.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { askedRef, nameTag, pseudonym } from '../harness/pseudonym.ts';

/** One record in and its verdict out, as it lies in test/adapters/<feed>/. */
export interface Fixture {
  title: string;
  context: Pick<AdapterContext, 'county' | 'environment'>;
  received: string;
  envelope: ListEnvelope | null;
  value: unknown;
  /** Persons by number and name in plain text. */
  verdict: unknown;
}

export function adapterOf(feed: Feed): FeedAdapter {
  const adapter = ADAPTERS.find((each) => each.feed === feed);
  if (adapter === undefined) throw new Error(`no adapter reads ${feed}`);
  return adapter;
}

export function fixturesOf(feed: Feed): Map<string, Fixture> {
  const folder = new URL(`./${feed}/`, import.meta.url);
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]),
  );
}

export function readFixture(feed: Feed, fixture: Fixture): Verdict {
  const { value, received, envelope, context } = fixture;
  return adapterOf(feed).read(
    { value, received, envelope },
    { activations: {}, ...context, pseudonym, nameTag, askedRef },
  );
}

/** Every fixture of the feed, and that the examples of its README are fixtures. */
export function judgesItsFixtures(feed: Feed): void {
  const fixtures = fixturesOf(feed);
  describe(`${feed}`, () => {
    test.each([...fixtures])('%s', (_name, fixture) => {
      expect(judged(readFixture(feed, fixture))).toEqual(fixture.verdict);
    });

    test('shows only records in its README that are judged here', () => {
      const readme = readFileSync(new URL(`../../adapters/${feed}/README.md`, import.meta.url), 'utf8');
      const examples = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) =>
        JSON.parse(text ?? ''),
      );
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect([...fixtures.values()].map((fixture) => fixture.value)).toContainEqual(example);
      }
    });
  });
}

/**
 * A verdict as fixtures write it, without the other fields of a broken row: test/adapters/brokenRows.test.ts covers
 * those.
 */
export function judged(verdict: Verdict): unknown {
  switch (verdict.kind) {
    case 'malformed':
      return { kind: 'malformed', problems: verdict.problems };
    case 'event':
    case 'listed':
      return { ...verdict, person: plain(verdict.person) };
    case 'renumbered':
      return { ...verdict, person: plain(verdict.person), former: plain(verdict.former) };
    case 'manifest':
    case 'notOurs':
      return verdict;
  }
}

function plain(claim: PersonClaim): unknown {
  if (!('fodselsnummer' in claim)) return claim;
  const { fodselsnummer, name } = claim;
  return { number: fodselsnummer.reveal(), ...(name && { name: name.reveal() }) };
}
