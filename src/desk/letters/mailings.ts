import { type Line, letterList, numbered, placeOfLine } from '../../core/letters/keptLetters.ts';
import { LETTERS } from '../../core/letters/letter.ts';
import type { LetterId } from '../../core/letters/letterId.ts';
import { type Mailing, mailingScope, ownLines, startMailing } from '../../core/letters/mailing.ts';
import { by } from '../../core/order.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { SchoolYear } from '../../core/time/schoolYear.ts';
import { placeOf, type RowPlace } from '../../core/worklist/row.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import { readable } from '../../store/readable.ts';
import { todayOf } from '../organisationToday.ts';
import { type PageAsked, pageOf } from '../page.ts';
import { currentWork, type WorkParts } from '../worklists/keptPage.ts';
import { cursorOf, placeAfter } from '../worklists/workPlace.ts';
import { forEachYouth } from '../youths/readableYouth.ts';
import { type MailingPart, mailingView } from './letterView.ts';

interface MailingQuery {
  id: LetterId;
  /** Of the registrations. */
  schoolYear: SchoolYear;
  /** Only what the OT unit is in charge of. */
  owner?: string | undefined;
}

/** Who is to have a letter, and who is not and why: a page of both, those who get it first.
 *  @throws DeskRefusal INVALID_REQUEST */
export async function mailingPage(
  parts: WorkParts,
  organisation: Organisation,
  { page, ...query }: MailingQuery & { page: PageAsked },
): Promise<MailingPart> {
  const after = placeAfter(page, 'urgency');
  const asked = { ...query, after, limit: page.limit };
  return (await keptMailing(parts, organisation, asked)) ?? mailingOfAll(parts, organisation, asked);
}

const LINES_AT_ONCE = 500;

/** All of both lists, a part at a time: no more than some hundred youths are in memory. Only while lines are not kept it
 *  comes as one part. */
export async function* mailingParts(
  parts: WorkParts,
  organisation: Organisation,
  query: MailingQuery,
): AsyncGenerator<MailingPart> {
  for (let page: PageAsked = { limit: LINES_AT_ONCE }; ; ) {
    const asked = { ...query, after: placeAfter(page, 'urgency'), limit: page.limit };
    const all = { ...asked, limit: Number.POSITIVE_INFINITY };
    const part =
      (await keptMailing(parts, organisation, asked)) ?? (await mailingOfAll(parts, organisation, all));
    yield part;
    if (part.view.next === null) return;
    page = { after: part.view.next, limit: LINES_AT_ONCE };
  }
}

type PartAsked = MailingQuery & { after: RowPlace | null; limit: number };

/** From the kept rows, each of which says what its youth leads to now. Null while they are not all there. */
async function keptMailing(
  parts: WorkParts,
  organisation: Organisation,
  { id, schoolYear, owner, after, limit }: PartAsked,
): Promise<MailingPart | null> {
  const { asked, behind } = await currentWork(parts, organisation);
  const list = letterList(id, schoolYear);
  const page = await parts.queries.workPage(organisation.id, {
    ...{ ...asked, list, owner: owner ?? null, hidden: true, without: [], order: 'urgency' },
    ...{ after, limit },
  });
  if (page === null) return null;
  const policy = parts.policyOf(organisation.id);
  const scope = mailingScope(LETTERS[id], { schoolYear, today: asked.today, policy });
  const { places } = page;
  const lines = new Map<PersonRef, Line[]>();
  const youths = await parts.queries.youthsNamed(organisation.id, [...new Set(places.map(({ ref }) => ref))]);
  for (const [ref, loaded] of youths) {
    const youth = loaded.ref === ref ? readable(loaded) : undefined;
    if (youth !== undefined)
      lines.set(ref, numbered(ownLines(scope, caseOf(ref, youth, policy), loaded.parked)));
  }
  const last = places.at(-1);
  return {
    view: mailingView(scope, {
      // A youth may have moved on since the page was read.
      lines: places.flatMap(({ ref, number }) => lines.get(ref)?.[number] ?? []),
      next: page.more && last !== undefined ? cursorOf(last, 'urgency') : null,
      ...{ total: page.total, sending: page.urgent, unreadable: page.unreadable, behind },
    }),
    before: page.before,
    owners: page.owners.filter((each) => each !== ''),
  };
}

/** The same from all youths. */
async function mailingOfAll(
  parts: WorkParts,
  organisation: Organisation,
  { id, schoolYear, owner, after, limit }: PartAsked,
): Promise<MailingPart> {
  const { mailing, unreadable } = await makeMailing(parts, organisation, { id, schoolYear });
  const all = placed(mailing);
  // A youth in hiding is in no unit's list.
  const own = all.filter((line) => owner === undefined || line.owner === owner);
  const { lines, next } = pageOf(own, ({ place }) => place, {
    limit,
    ...(after === null ? {} : { after: cursorOf(after, 'urgency') }),
  });
  const [first] = lines;
  return {
    view: mailingView(mailing, {
      lines: lines.map(({ line }) => line),
      ...{ next, total: own.length, sending: own.filter(({ line }) => 'trigger' in line).length },
      ...{ unreadable, behind: false },
    }),
    before: first === undefined ? own.length : own.indexOf(first),
    owners: [...new Set(all.flatMap((line) => line.owner ?? []))].sort(),
  };
}

/** Each line with its place: a youth's lines are numbered by themselves. */
function placed({ triggers, suppressed }: Mailing) {
  const known = new Map<PersonRef, number>();
  return numbered({ triggers, suppressed })
    .map((line) => {
      const { ref, owner } = 'trigger' in line ? line.trigger : line.suppressed;
      const number = known.get(ref) ?? 0;
      known.set(ref, number + 1);
      return { line, owner, place: placeOf(placeOfLine(line, number)) };
    })
    .sort(by(({ place }) => place));
}

/** A letter's lists, made now over all youths of the organisation. */
export async function makeMailing(
  parts: Pick<WorkParts, 'queries' | 'operations' | 'now' | 'policyOf'>,
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
