import type { Policy } from '../../core/policy.ts';
import { daysAfter } from '../../core/time/calendar.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { osloDate } from '../../core/time/oslo.ts';
import { schoolYearOf, yearAfter } from '../../core/time/schoolYear.ts';
import { type WheelDate, wheelFor } from '../../core/wheel/wheel.ts';
import type { WheelId } from '../../core/wheel/wheelId.ts';
import type { Feed } from '../../core/youth/statusEvent.ts';
import type { Receipt, ReceiptSummary } from '../../store/queriesPort.ts';

// What is due because of what was sent, and when a list is waited for.

/** What a receipt says is due. `contact`, `guidance`: by OT, for those for whom a row starts it. `mend`: by the sender, if the
 *  row is to be in the next figures to Udir. */
export interface ReceiptDeadline {
  kind: 'contact' | 'guidance' | 'mend';
  /** The rule, or the entry of the year wheel, that sets it. */
  by: 'R42' | WheelId;
  date: IsoDate;
  /** Reference date of the figures; null where it is about none. */
  figures: IsoDate | null;
}

type Deciding = Pick<Policy, 'deadlineDays' | 'wheel' | 'reportDaysBefore'>;

/** Feeds by which a youth is reported to be without training. */
const STARTS_DEADLINES: ReadonlySet<Feed> = new Set(['school-dropout', 'vigo-intake', 'apprenticeship']);

/** Rows that are known already, or must be mended, start nothing. */
export function mayStart({ feed, counts }: Pick<ReceiptSummary, 'feed' | 'counts'>): boolean {
  return STARTS_DEADLINES.has(feed) && counts.applied + counts.parked + counts.waiting > 0;
}

/** @param today by the organisation's clock */
export function deadlinesOf(
  receipt: Pick<Receipt, 'feed' | 'counts' | 'received' | 'resent'>,
  policy: Deciding,
  today: IsoDate,
): ReceiptDeadline[] {
  const { counts, resent } = receipt;
  const { contact, guidance } = policy.deadlineDays;
  const came = osloDate(receipt.received);
  const started: ReceiptDeadline[] = mayStart(receipt)
    ? [
        { kind: 'contact', by: 'R42', date: daysAfter(came, contact), figures: null },
        { kind: 'guidance', by: 'R42', date: daysAfter(came, guidance), figures: null },
      ]
    : [];
  const figures = counts.quarantined > resent ? nextFigures(policy, today) : null;
  return figures === null ? started : [...started, figures];
}

/** The day on which the next figures are counted. */
function nextFigures(policy: Deciding, today: IsoDate): ReceiptDeadline | null {
  const [next] = ahead(policy, today).flatMap(({ id, reference }) =>
    reference === null || reference.reportRun < today
      ? []
      : [{ kind: 'mend' as const, by: id, date: reference.reportRun, figures: reference.date }],
  );
  return next ?? null;
}

/** Entries of the year wheel at which a feed's lists are loaded or received. */
const WAITED_FOR: Readonly<Partial<Record<Feed, readonly WheelId[]>>> = {
  'vigo-intake': ['W11', 'W21', 'W23'],
  'private-school': ['W29'],
  'lower-secondary': ['W08'],
};

/** When a list of the feed is waited for next, or is now; null for what is sent as it happens. */
export function listDeadline(
  feed: Feed,
  policy: Deciding,
  today: IsoDate,
): Pick<WheelDate, 'id' | 'what' | 'from' | 'to'> | null {
  const entries = WAITED_FOR[feed] ?? [];
  return ahead(policy, today).find(({ id, to }) => entries.includes(id) && to >= today) ?? null;
}

function ahead(policy: Deciding, today: IsoDate): WheelDate[] {
  const year = schoolYearOf(today);
  return [year, yearAfter(year)].flatMap((each) => wheelFor(each, policy));
}

/** A list of it is late as soon as it is known. */
export function isSentAsItHappens(feed: Feed): boolean {
  return STARTS_DEADLINES.has(feed) && WAITED_FOR[feed] === undefined;
}
