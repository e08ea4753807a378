import { type CountyNumber, countyNumber, type OrgId, orgId } from '../../src/core/organisation.ts';
import { personRef } from '../../src/core/person/reference.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import type { RecordedEvents } from '../../src/core/report/register.ts';
import { type Audience, showSheet } from '../../src/core/report/sheet.ts';
import type { SheetName } from '../../src/core/report/sheetName.ts';
import { type BuiltSheet, buildSheet, type SheetRequest } from '../../src/reports/buildSheet.ts';
import { sheetDocument } from '../../src/reports/sheetDocument.ts';
import type { SheetDocument } from '../../src/reports/sheetShape.ts';
import { packedRecord } from '../../src/store/form/packedRecord.ts';
import type { PackedRecord } from '../../src/store/queriesPort.ts';
import { type Story, story } from './story.ts';

// Reports over the stories of some youths, in one or more counties.

export interface Register {
  /** A new youth with a history; what is decided is recorded. */
  youth(ref: string, given?: Parameters<typeof story>[0]): Story;
  records(): RecordedEvents[];
}

export function registerOf(county = '40'): Register {
  const records: RecordedEvents[] = [];
  return {
    youth(ref, given = {}) {
      const plain = story({ county, ...given });
      let version = 0;
      const record = (recorded: string, events: ReturnType<Story['when']>) => {
        if (events.length === 0) return events;
        version += 1;
        records.push({ ref: personRef(ref), version, recorded: new Date(recorded).toISOString(), events });
        return events;
      };
      return {
        ...plain,
        when: (moment, body, more = {}) => record(moment, plain.when(moment, body, { county, ...more })),
        wait(moment) {
          const events = plain.wait(moment);
          return record(moment, events);
        },
      };
    },
    records: () => records,
  };
}

/** As a store gives them back. */
export function readerOf(byOrg: Readonly<Record<string, readonly RecordedEvents[]>>) {
  return {
    async *recordedUpto(org: OrgId, upto: string): AsyncGenerator<PackedRecord[]> {
      const there = (byOrg[org] ?? []).filter(({ recorded }) => recorded <= upto);
      const sorted = there.toSorted((one, other) =>
        one.ref === other.ref ? one.version - other.version : one.ref < other.ref ? -1 : 1,
      );
      yield sorted.map((record) => {
        const offset = BigInt(record.version);
        return packedRecord({
          lane: 1,
          topic: 't',
          partition: 0,
          offset,
          ...record,
          events: [...record.events],
        });
      });
    },
  };
}

export interface Asked {
  name: SheetName;
  on: string;
  county?: string;
  /** The number the report is asked under. */
  under?: CountyNumber;
  step?: SheetRequest['step'];
  today?: string;
  audience?: Audience;
  policy?: Partial<Policy>;
  others?: readonly string[];
}

/** The organisations are called by their counties. */
export async function built(
  byCounty: Readonly<Record<string, readonly RecordedEvents[]>>,
  asked: Asked,
): Promise<BuiltSheet> {
  const { name, on, county = '40', under = null, step = 'maaned', today = '2027-07-01', policy = {} } = asked;
  const reporting = (each: string) => ({
    id: orgId(each),
    county: countyNumber(each),
    policy: { ...defaultPolicy(countyNumber(each)), ...policy },
  });
  const others = (asked.others ?? [county]).map(reporting);
  return buildSheet(readerOf(byCounty), reporting(county), others, { name, on, county: under, step, today });
}

export async function shown(
  byCounty: Readonly<Record<string, readonly RecordedEvents[]>>,
  asked: Asked,
): Promise<SheetDocument> {
  const answer = await built(byCounty, asked);
  if (!answer.ok) throw new Error(answer.code);
  const smallCell = asked.policy?.smallCell ?? defaultPolicy(countyNumber('40')).smallCell;
  return sheetDocument(showSheet(answer.sheet, asked.audience ?? 'ot', smallCell));
}

export function rowsOf(sheet: SheetDocument, name: string) {
  const table = sheet.tables.find((each) => each.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const label = table.columns[0]?.name ?? '';
  return Object.fromEntries(table.rows.map((row) => [String(row.values[label]), row.values]));
}

export function listOf(sheet: SheetDocument, name: string) {
  return sheet.tables.find((each) => each.name === name)?.rows.map(({ values }) => values) ?? [];
}
