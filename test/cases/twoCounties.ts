import { orgId } from '../../src/core/organisation.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { buildSnapshot } from '../../src/reports/snapshot.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { createTestPipeline, type TestPipeline } from '../harness/memoryPipeline.ts';

// Two organisations that know the same youth: each by the records that it received itself.

export interface Record {
  /** Which county's OT it is sent to; both when a handover is sent to the one that gives and the one that receives. */
  to: readonly ('39' | '40')[];
  at: string;
  feed: Feed;
  record: object;
}

export interface Counties {
  send(records: readonly Record[]): Promise<void>;
  pass(to: string): Promise<void>;
  /** `IKKE_SOKT 2027-28 39`: the county's own, from the county's own organisation. */
  registrations(number: string): Promise<string[]>;
  open(county: '39' | '40', number: string): Promise<string[]>;
  /** How many each county's report of the date counts. */
  counted(referenceDate: string): Promise<{ 39: number; 40: number }>;
  /** Both, rebuilt from the topics alone. */
  again(): Promise<Counties>;
}

export async function twoCounties(): Promise<Counties> {
  return over(await twoPipelines());
}

function over(pipelines: { 39: TestPipeline; 40: TestPipeline }): Counties {
  const both = [pipelines[39], pipelines[40]];
  const youthIn = async (county: '39' | '40', number: string) =>
    (await pipelines[county].youth(number))?.youth;
  return {
    async send(records) {
      for (const { to, at, feed, record } of records)
        for (const county of to) {
          await pipelines[county].send(feed, [record], { at });
          await pipelines[county].settle();
        }
    },
    async pass(to) {
      for (const pipeline of both) await pipeline.pass(to);
    },
    async registrations(number) {
      const own = async (county: '39' | '40') =>
        ((await youthIn(county, number))?.registrations ?? [])
          .filter((known) => known.county === county)
          .map(({ tilmeldingskode, schoolYear }) => `${tilmeldingskode} ${schoolYear} ${county}`);
      return [...(await own('39')), ...(await own('40'))];
    },
    open: async (county, number) =>
      ((await youthIn(county, number))?.alerts ?? []).map(({ kind }) => kind).sort(),
    async counted(referenceDate) {
      return {
        39: await totalOf(pipelines[39], referenceDate),
        40: await totalOf(pipelines[40], referenceDate),
      };
    },
    async again() {
      const fresh = await twoPipelines();
      await fresh[39].replay(pipelines[39].records());
      await fresh[40].replay(pipelines[40].records());
      await fresh[39].settle();
      await fresh[40].settle();
      return over(fresh);
    },
  };
}

async function twoPipelines(): Promise<{ 39: TestPipeline; 40: TestPipeline }> {
  const old = await createTestPipeline({ org: orgId('vestfoldfylke-no'), county: '39' });
  const next = await createTestPipeline({ org: orgId('telemarkfylke-no'), county: '40', store: old.store });
  return { 39: old, 40: next };
}

async function totalOf(
  { store: queries, org, policy }: TestPipeline,
  referenceDate: string,
): Promise<number> {
  const operations = createMemoryStore();
  const { county } = policy;
  const { report } = await buildSnapshot({ queries, operations, org, county, referenceDate, policy });
  return report.total;
}
