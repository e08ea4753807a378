import { agreementAt, endingAgreement } from '../../core/nav/agreement.ts';
import type { Organisation } from '../../core/organisation.ts';
import { epochOf } from '../../core/time/date.ts';
import type { NavRecords } from '../../store/navPort.ts';
import { nowOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { type Standing, standing } from './standing.ts';

/** 20,000 youths are judged within a minute. */
const LIST_AFTER_MS = 15 * 60_000;

/** Agreements that lack or end, where NAV has ever been part of it; and lists to NAV that are not made. */
export async function navStanding(
  parts: Pick<DeskParts, 'operations' | 'now'> & { nav: NavRecords },
  organisation: Organisation,
): Promise<Standing[]> {
  const { id: org } = organisation;
  const [agreements, unfinished, now] = await Promise.all([
    parts.nav.agreements(org),
    parts.nav.unfinishedBatches(org),
    nowOf(parts, organisation),
  ]);
  const found: Standing[] = [];
  const ending = endingAgreement(agreements, now);
  if (agreements.length > 0 && agreementAt(agreements, now) === null)
    found.push(standing('AGREEMENT_MISSING', { since: lastEnd(agreements) }));
  else if (ending !== null) found.push(standing('AGREEMENT_ENDS', { count: ending.step, name: ending.last }));
  for (const { id, extracted } of unfinished)
    if (epochOf(now) - epochOf(extracted) > LIST_AFTER_MS)
      found.push(standing('NAV_LIST_STILL', { name: id, since: extracted }));
  return found;
}

/** When the last of them was revoked; null when none was: then a day ended it, or it has not begun. */
function lastEnd(agreements: Awaited<ReturnType<NavRecords['agreements']>>): string | null {
  const revoked = agreements.flatMap(({ revoked: each }) => each?.at ?? []);
  return revoked.length < agreements.length ? null : (revoked.sort().at(-1) ?? null);
}
