import type { Report } from '../../../src/core/report/report.ts';
import { TILMELDINGSKODER } from '../../../src/core/report/stock.ts';
import { sampleCutoffs } from '../../../src/local/sample/calendar.ts';
import {
  type DateIndex,
  MAIN_GROUPS,
  VESTFOLD_OG_TELEMARK as target,
} from '../../../src/local/sample/target.ts';

/** A report with exactly the published figures of one reference date. */
export function publishedReport(date: DateIndex): Report {
  const counts = <K extends string>(keys: readonly K[], table: Readonly<Record<K, readonly number[]>>) =>
    Object.fromEntries(keys.map((key) => [key, table[key][date] ?? 0])) as Record<K, number>;
  return {
    view: 'UDIR',
    follows: [],
    county: '38',
    schoolYear: '2020-21',
    referenceDate: target.referenceDates[date],
    cutoff: sampleCutoffs()[date]?.cutoff ?? '',
    list: 'OT-2016-07',
    tilmelding: counts(TILMELDINGSKODER, target.tilmelding),
    tilmeldingUnknown: 0,
    groups: counts(MAIN_GROUPS, target.groups),
    codes: {},
    targetGroup: target.targetGroup[date],
    outside: target.total[date] - target.targetGroup[date],
    total: target.total[date],
    everHad: { OTOV: target.everOtov },
    excluded: { OVER_ALDERSGRENSEN: 0, ANNET_FYLKE: 0, DOBBELT: 0 },
    ageUnknown: 0,
  };
}
