import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { NavDisclosure } from '../../store/navPort.ts';
import { currentRef } from '../audit/seenBy.ts';
import type { NavParts } from './agreements.ts';

/** That NAV was given a row about a youth, and what that rested on. Being in the list shows NAV that the youth is with OT. */
export interface DisclosureView {
  id: string;
  /** When NAV was given it. */
  at: IsoInstant;
  /** `extract`: put into the month's list. `fetch`: the row was fetched. */
  how: NavDisclosure['how'];
  /** The list. */
  batch: string;
  ref: PersonRef;
  /** As NAV knows the youth in the list. */
  matchId: string;
  /** NAV's organisation number in the agreement. */
  recipient: string;
  /** The decision to ask about the youth; the same for each time the row is given. */
  decision: string;
  legalBasis: string;
  /** Names the consents as they were when the row was given. */
  consentVersion: string;
}

export interface DisclosurePage {
  disclosures: DisclosureView[];
  /** Of the next page; null: this was the last. */
  next: string | null;
}

interface PageAsked {
  after: number | null;
  limit: number;
}

/** What NAV has been given about a youth, newest first. `ref`: the reference the youth has now. @throws DeskRefusal UNKNOWN_YOUTH */
export async function disclosuresOf(
  parts: Pick<NavParts, 'nav' | 'queries'>,
  organisation: Organisation,
  asked: PageAsked & { ref: PersonRef },
): Promise<DisclosurePage & { ref: PersonRef }> {
  const ref = await currentRef(parts, organisation.id, asked.ref);
  return { ref, ...(await page(parts, organisation, { ...asked, ref, batch: null })) };
}

/** What NAV has been given by the list of a month, or by all, newest first: about youths that the caller may read. */
export async function disclosuresIn(
  parts: Pick<NavParts, 'nav' | 'queries'>,
  organisation: Organisation,
  asked: PageAsked & { batch: string | null },
): Promise<DisclosurePage> {
  const { disclosures, next } = await page(parts, organisation, { ...asked, ref: null });
  const known = await parts.queries.youthsNamed(organisation.id, [
    ...new Set(disclosures.map(({ ref }) => ref)),
  ]);
  return { disclosures: disclosures.filter(({ ref }) => known.has(ref)), next };
}

async function page(
  { nav }: Pick<NavParts, 'nav'>,
  { id: org }: Organisation,
  { ref, batch, after, limit }: PageAsked & { ref: PersonRef | null; batch: string | null },
): Promise<DisclosurePage> {
  const found = await nav.navDisclosures(org, { ref, batch, before: after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  return {
    disclosures: shown.map(({ seq, ...each }) => ({ id: String(seq), ...each })),
    next: found.length > shown.length ? String(shown.at(-1)?.seq) : null,
  };
}
