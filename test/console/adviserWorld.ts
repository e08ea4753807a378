import type { IsoInstant } from '../../src/core/time/date.ts';
import { partsInMemory } from '../harness/apiInMemory.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';
import { type Person, person } from '../harness/persons.ts';

// A county with a few youths whose alerts an adviser works with. What a page sends flows in its pipeline.

export const NOW: IsoInstant = '2026-10-07T07:12:00.000Z';
/** Synthetic: P01 has left school, P02 may leave, P03 has left and is in training again. */
export const LEFT = person('P01');
export const AT_RISK = person('P02');
export const NAME = { fornavn: 'Eira', etternavn: 'Prøvland' };

export interface AdviserWorld {
  pipeline: TestPipeline;
  parts: ReturnType<typeof partsInMemory>;
  /** Lets what pages have sent through, to a moment when one is given. */
  settle(to?: IsoInstant): Promise<void>;
  /** Reference of the youth with the number. */
  refOf(number: string): Promise<string>;
  /** Id of the youth's alert of the kind. */
  alertOf(number: string, kind: string): Promise<string>;
}

export async function adviserWorld(
  county: { org?: string; county?: string; store?: TestPipeline['store'] } = {},
): Promise<AdviserWorld> {
  const pipeline = await createTestPipeline(county);
  let now = NOW;
  const parts = partsInMemory(pipeline, () => now);
  await pipeline.send('school-dropout', [leaving(LEFT), riskOf(AT_RISK)], { at: '2026-10-02T08:00:00.000Z' });
  await pipeline.pass(NOW);
  const youth = async (number: string) => {
    const loaded = await pipeline.youth(number);
    if (loaded === undefined) throw new Error('no such youth');
    return loaded;
  };
  return {
    pipeline,
    parts,
    async settle(to) {
      if (to === undefined) return pipeline.settle();
      await pipeline.pass(to);
      now = to;
    },
    refOf: async (number) => (await youth(number)).ref,
    async alertOf(number, kind) {
      const loaded = await youth(number);
      const alert = loaded.youth.alerts.find((each) => each.kind === kind);
      if (alert === undefined)
        throw new Error(`no ${kind} among ${loaded.youth.alerts.map((each) => each.kind).join(', ')}`);
      return `${alert.id}-${loaded.ref}`;
    },
  };
}

const school = { version: 1, skolenummer: '40014' };

export function leaving(
  { fodselsnummer, fodselsdato }: typeof LEFT,
  id = `slutt-${fodselsnummer.slice(0, 4)}`,
) {
  const who = { id, type: 'avbrudd', fodselsnummer, fodselsdato, ...NAME };
  return { ...who, ...school, avbruddsdato: '2026-09-25', avbruddsarsak: 'AF' };
}

function riskOf({ fodselsnummer, fodselsdato }: Person) {
  const who = { id: 'fare-1', type: 'fare-for-avbrudd', fodselsnummer, fodselsdato, ...NAME };
  return { ...who, ...school, dato: '2026-10-01', motedato: '2026-10-09' };
}
