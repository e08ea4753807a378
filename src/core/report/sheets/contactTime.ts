import { contactsOf } from '../../derive/adviser/contact.ts';
import { ledgerOf } from '../../derive/facts/ledger.ts';
import { daysBetween } from '../../time/date.ts';
import { osloDate } from '../../time/oslo.ts';
import { DAYS_COLUMNS, daysCells } from '../daysTable.ts';
import type { Sum } from '../figures.ts';
import { livesHidden } from '../ownership.ts';
import type { Line } from '../register.ts';
import type { Sheet } from '../sheet.ts';
import { TILMELDINGSKODER } from '../stock.ts';
import { tally } from '../tally.ts';
import { viewOf } from '../view.ts';
import { TILMELDING_TITLES } from './labels.ts';
import { type SheetOrder, sheetScope, viewScope } from './order.ts';

/** Kinds of facts that the lines must carry. */
export const CONTACT_KINDS = ['Contact', 'ContactAttempt', 'Annulled'] as const;

const MEASURES = ['registrert', 'kontaktet', 'ikkeKontaktet', 'innenFristen', 'etterFristen'] as const;
const CAUSES = [...TILMELDINGSKODER, 'UKJENT'] as const;

/** Days from the tilmelding was known to OT until the youth was reached, among all who are registered. */
export function contactTimeSheet(lines: readonly Line[], order: SheetOrder): Sheet {
  const limit = order.policy.deadlineDays.contact;
  const waits = viewOf(lines, viewScope(order, 'VIGO')).counted.map(({ line, registration }) => ({
    line,
    cause: registration.tilmeldingskode ?? ('UKJENT' as const),
    days: daysToContact(line, order),
  }));
  const figures = tally(
    waits,
    ({ cause, days }) => {
      const within = days !== null && days <= limit ? 'innenFristen' : 'etterFristen';
      const measures = days === null ? ['ikkeKontaktet'] : ['kontaktet', within];
      return ['registrert', ...measures].flatMap((measure) => [`alle.${measure}`, `${cause}.${measure}`]);
    },
    ({ line }) => livesHidden(line, order.shownOn),
    ['alle', ...CAUSES].flatMap((cause) => MEASURES.map((measure) => `${cause}.${measure}`)),
  );
  const sums: Sum[] = [
    ...MEASURES.map((measure) => ({
      total: `alle.${measure}`,
      parts: CAUSES.map((cause) => `${cause}.${measure}`),
    })),
    ...['alle', ...CAUSES].flatMap((cause) => [
      { total: `${cause}.registrert`, parts: [`${cause}.kontaktet`, `${cause}.ikkeKontaktet`] },
      { total: `${cause}.kontaktet`, parts: [`${cause}.innenFristen`, `${cause}.etterFristen`] },
    ]),
  ];
  const row = (title: string, cause: string) => {
    const days = waits.flatMap((wait) =>
      wait.days !== null && (cause === 'alle' || wait.cause === cause) ? [wait.days] : [],
    );
    return {
      cells: [
        { text: title },
        { figure: `${cause}.registrert` },
        { figure: `${cause}.kontaktet` },
        { figure: `${cause}.innenFristen` },
        ...daysCells(`${cause}.kontaktet`, days),
      ],
    };
  };
  return {
    name: 'contact-time',
    title: 'Dager fra tilmelding til kontakt',
    scope: sheetScope(order, lines),
    follows: [
      `Fristen for kontakt er ${limit} dager fra mottak (R42, Q8).`,
      'Brev, SMS og e-post uten svar er ikke kontakt (R03).',
    ],
    figures: { figures, sums },
    tables: [
      {
        name: 'kontakttid',
        title: 'Kontakttid',
        columns: [
          { name: 'tilmeldingskode', title: 'Tilmeldingskode', kind: 'text' },
          { name: 'registrert', title: 'Tilmeldt', kind: 'number' },
          { name: 'kontaktet', title: 'Kontaktet', kind: 'number' },
          { name: 'innenFristen', title: 'Innen fristen', kind: 'number' },
          ...DAYS_COLUMNS,
        ],
        rows: [
          ...CAUSES.map((cause) => row(TILMELDING_TITLES[cause], cause)),
          { ...row('Alle', 'alle'), sum: true as const },
        ],
        personal: false,
      },
    ],
  };
}

/** Contact before the tilmelding was known is preventive work, or last year's; it is no answer to this one (Q13). */
function daysToContact(line: Line, { cutoff, policy }: SheetOrder): number | null {
  const opened = line.changes.find(({ open, recorded }) => open && recorded <= cutoff);
  if (opened === undefined) return null;
  const known = osloDate(opened.recorded);
  const reached = contactsOf({ ...ledgerOf(line.facts), born: line.born }, policy)
    .map(({ on }) => on)
    .filter((on) => on >= known)
    .sort()[0];
  return reached === undefined ? null : daysBetween(known, reached);
}
