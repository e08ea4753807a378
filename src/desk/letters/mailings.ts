import { LETTERS } from '../../core/letters/letter.ts';
import type { LetterId } from '../../core/letters/letterId.ts';
import { type Mailing, startMailing } from '../../core/letters/mailing.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { SchoolYear } from '../../core/time/schoolYear.ts';
import { todayOf } from '../organisationToday.ts';
import type { PageAsked } from '../page.ts';
import type { DeskParts } from '../parts.ts';
import { forEachYouth } from '../youths/readableYouth.ts';
import { type MailingView, mailingPage, mailingView } from './letterView.ts';

type Parts = Pick<DeskParts, 'queries' | 'operations' | 'now' | 'policyOf'>;

interface MailingQuery {
  id: LetterId;
  /** Of the registrations. */
  schoolYear: SchoolYear;
  /** Only what the OT unit is in charge of. */
  owner?: string | undefined;
  /** Null: all lines. */
  page: PageAsked | null;
}

/** Who is to have a letter, and who is not and why. */
export async function mailingOf(
  parts: Parts,
  organisation: Organisation,
  { id, schoolYear, owner, page }: MailingQuery,
): Promise<MailingView> {
  const { mailing, unreadable } = await makeMailing(parts, organisation, { id, schoolYear });
  const whole = mailingView(mailing, { unreadable, owner });
  return page === null ? whole : mailingPage(whole, page);
}

/** A letter's lists, made now over all youths of the organisation. */
export async function makeMailing(
  parts: Parts,
  organisation: Organisation,
  { id, schoolYear }: Pick<MailingQuery, 'id' | 'schoolYear'>,
): Promise<{ mailing: Mailing; unreadable: number }> {
  const making = startMailing(LETTERS[id], {
    schoolYear,
    today: await todayOf(parts, organisation),
    policy: parts.policyOf(organisation.id),
  });
  const unreadable = await forEachYouth(parts.queries, organisation.id, ({ ref, parked }, youth) =>
    making.add(ref, youth, parked),
  );
  return { mailing: making.finish(), unreadable };
}
