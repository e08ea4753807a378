import { orgId } from '../../src/core/organisation.ts';
import type { Feed } from '../../src/core/youth/statusEvent.ts';
import { buildSnapshot } from '../../src/reports/snapshot.ts';
import { createMemoryStore } from '../../src/store/memory/store.ts';
import { createTestRiver, type TestRiver } from '../harness/memoryRiver.ts';

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
  return over(await twoRivers());
}

function over(rivers: { 39: TestRiver; 40: TestRiver }): Counties {
  const both = [rivers[39], rivers[40]];
  const youthIn = async (county: '39' | '40', number: string) => (await rivers[county].youth(number))?.youth;
  return {
    async send(records) {
      for (const { to, at, feed, record } of records)
        for (const county of to) {
          await rivers[county].send(feed, [record], { at });
          await rivers[county].settle();
        }
    },
    async pass(to) {
      for (const river of both) await river.pass(to);
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
      return { 39: await totalOf(rivers[39], referenceDate), 40: await totalOf(rivers[40], referenceDate) };
    },
    async again() {
      const fresh = await twoRivers();
      await fresh[39].replay(rivers[39].records());
      await fresh[40].replay(rivers[40].records());
      await fresh[39].settle();
      await fresh[40].settle();
      return over(fresh);
    },
  };
}

async function twoRivers(): Promise<{ 39: TestRiver; 40: TestRiver }> {
  const old = await createTestRiver({ org: orgId('vestfoldfylke-no'), county: '39' });
  const next = await createTestRiver({ org: orgId('telemarkfylke-no'), county: '40', store: old.store });
  return { 39: old, 40: next };
}

async function totalOf({ store: queries, org, policy }: TestRiver, referenceDate: string): Promise<number> {
  const operations = createMemoryStore();
  const { county } = policy;
  const { report } = await buildSnapshot({ queries, operations, org, county, referenceDate, policy });
  return report.total;
}
