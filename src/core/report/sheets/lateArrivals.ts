import { daysBetween, type IsoDate, type IsoInstant } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import { daysTable } from '../daysTable.ts';
import { livesHidden } from '../ownership.ts';
import type { Line, RegistrationChange } from '../register.ts';
import type { Sheet } from '../sheet.ts';
import { tally } from '../tally.ts';
import { refCell, type SheetOrder, sheetScope } from './order.ts';

const WHATS = {
  TILMELDING: 'Ny tilmelding',
  STATUS: 'Ny status',
  OMKODING: 'Omkodet tilmelding',
  DATO: 'Rettet dato',
  ANNULLERT: 'Annullert',
} as const;
type What = keyof typeof WHATS;

interface Late {
  line: Line;
  what: What;
  effective: IsoDate;
  received: IsoDate;
  days: number;
}

/**
 * What came after the report was run with an earlier effective date: it changes the next report and not the published
 * one (S09). The lines are read without a cut-off; `order.cutoff` is the report's.
 */
export function lateArrivalsSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const late = lines.flatMap((line) => lateOf(line, order.cutoff));
  const whats = Object.keys(WHATS) as What[];
  const figures = tally(
    late.map((each, number) => ({ ...each, number })),
    ({ what }) => ['alle', what],
    ({ line }) => livesHidden(line, order.shownOn),
    ['alle', ...whats],
  );
  return {
    name: 'late-arrivals',
    title: 'Kommet etter at rapporten ble kjørt',
    scope: sheetScope(order, lines),
    follows: [
      'Gjelder fra en dato til og med dagen rapporten ble kjørt, og kom etter den; teller først i neste rapport.',
    ],
    figures: { figures, sums: [{ total: 'alle', parts: whats }] },
    tables: [
      daysTable(
        {
          name: 'etterslep',
          title: 'Etterslep i dager',
          columns: [
            { name: 'hva', title: 'Hva', kind: 'text' },
            { name: 'antall', title: 'Antall', kind: 'number' },
          ],
        },
        whats.map((what) => ({
          title: WHATS[what],
          figure: what,
          days: late.filter((each) => each.what === what).map(({ days }) => days),
        })),
      ),
      {
        name: 'liste',
        title: 'Hver for seg',
        columns: [
          { name: 'ungdom', title: 'Ungdom', kind: 'text' },
          { name: 'hva', title: 'Hva', kind: 'text' },
          { name: 'gjelderFra', title: 'Gjelder fra', kind: 'text' },
          { name: 'mottatt', title: 'Mottatt', kind: 'text' },
          { name: 'dager', title: 'Dager', kind: 'number' },
        ],
        rows: late.map(({ line, what, effective, received, days }) => ({
          cells: [
            refCell(line, order),
            { text: WHATS[what] },
            { text: effective },
            { text: received },
            { measure: days, of: [] },
          ],
        })),
        personal: true,
      },
    ],
  };
}

function lateOf(line: Line, cutoff: IsoInstant): Late[] {
  const lastDay = osloDate(cutoff);
  let before: RegistrationBefore = { open: false, tilmeldingskode: null, effective: null, code: null };
  const late: Late[] = [];
  for (const change of line.changes) {
    const told = whatIn(change, before);
    before = {
      open: change.open,
      tilmeldingskode: change.tilmeldingskode,
      effective: change.effective ?? before.effective,
      code: change.status?.code ?? before.code,
    };
    if (told === null || change.recorded <= cutoff || told.effective > lastDay) continue;
    const received = osloDate(change.recorded);
    late.push({ line, ...told, received, days: daysBetween(told.effective, received) });
  }
  return late;
}

/** A registration before a change. */
interface RegistrationBefore {
  open: boolean;
  tilmeldingskode: RegistrationChange['tilmeldingskode'];
  effective: IsoDate | null;
  code: string | null;
}

/** What a change did, and from when it holds; null when no report shows it. */
function whatIn(
  change: RegistrationChange,
  before: RegistrationBefore,
): { what: What; effective: IsoDate } | null {
  const { status } = change;
  const effective = change.effective ?? before.effective ?? status?.effective ?? null;
  if (effective === null) return null;
  if (!change.open) return { what: 'ANNULLERT', effective };
  if (!before.open) return { what: 'TILMELDING', effective };
  if (change.tilmeldingskode !== before.tilmeldingskode) return { what: 'OMKODING', effective };
  // A first status follows the date of the tilmelding: a new date alone is no new status.
  if (status !== null && (status.setBy === 'ADVISER' || status.code !== before.code))
    return { what: 'STATUS', effective: status.effective };
  return effective === before.effective ? null : { what: 'DATO', effective };
}
