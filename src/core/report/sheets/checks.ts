import {
  PRE_REPORT_FINDINGS,
  type PreReportKind,
  preReportFindings,
} from '../../derive/adviser/preReport.ts';
import { gradeOn } from '../../protection/grade.ts';
import { shareFor } from '../../protection/share.ts';
import { sameKey } from '../../youth/youth.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import type { KnownYouth } from '../youths.ts';
import type { SheetOrder } from './order.ts';

const TITLES: Readonly<Record<PreReportKind, string>> = {
  VIA_OT_UKJENT: 'Ingen har svart på om aktiviteten kom via OT',
  OTAP_UTEN_OT: 'NAV-tiltak som ikke kom via OT (OTAP med NEI)',
  OTUK_MED_KONTAKT: 'Står som ukjent, men OT har hatt kontakt',
  OPPLARING_MED_AVBRUDD: 'Koden sier i opplæring, men et avbrudd kom etter',
  UTENFOR_UTEN_KONTAKT: 'Ute av målgruppen uten at OT har hatt kontakt',
  STATUS_UAVKLART: 'En regel taler mot statusen, og ingen har svart',
};

export type FoundCheck = ReturnType<typeof checksOf>[number];

/** What ought to be looked at of one youth. */
export function checksOf({ ref, youth }: KnownYouth, order: SheetOrder) {
  const found = preReportFindings(youth, order.policy).filter((each) => sameKey(each, order));
  if (found.length === 0) return [];
  const hidden = shareFor(gradeOn(youth.facts, order.shownOn)).hidden;
  return found.map((each) => ({ ...each, ref, hidden }));
}

/** What an adviser ought to look at before the report is run; it is counted as it is (W03, W16, W27). */
export function checksSheet(found: readonly FoundCheck[], order: SheetOrder): Sheet {
  const { county, schoolYear, on, cutoff } = order;
  const figures = tally(
    found,
    ({ kind }) => ['alle', kind],
    ({ hidden }) => hidden,
    ['alle', ...PRE_REPORT_FINDINGS],
  );
  return {
    name: 'checks',
    title: 'Se over før rapporten kjøres',
    scope: { county, schoolYear, on, cutoff, list: null },
    follows: ['Rapporten teller statusene slik de står; listen endrer ingenting av seg selv.'],
    figures: { figures, sums: [{ total: 'alle', parts: PRE_REPORT_FINDINGS }] },
    tables: [
      {
        name: 'funn',
        title: 'Hva som bør ses over',
        columns: [
          { name: 'funn', title: 'Funn', kind: 'text' },
          { name: 'antall', title: 'Antall', kind: 'number' },
        ],
        rows: [
          ...PRE_REPORT_FINDINGS.map((kind) => ({ cells: [{ text: TITLES[kind] }, { figure: kind }] })),
          { cells: [{ text: 'Alle' }, { figure: 'alle' }], sum: true },
        ],
        personal: false,
      },
      {
        name: 'liste',
        title: 'Hver for seg',
        columns: [
          { name: 'ungdom', title: 'Ungdom', kind: 'text' },
          { name: 'funn', title: 'Funn', kind: 'text' },
          { name: 'kode', title: 'Kode', kind: 'text' },
          { name: 'gjelder-fra', title: 'Gjelder fra', kind: 'text' },
          { name: 'regel', title: 'Regel', kind: 'text' },
        ],
        rows: found.map(({ ref, hidden, kind, code, effective, rule }) => ({
          cells: [hidden ? null : ref, TITLES[kind], code, effective, rule].map((text) => ({ text })),
        })),
        personal: true,
      },
    ],
  };
}
