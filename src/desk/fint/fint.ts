import type { Permission } from '../../core/access/permission.ts';
import { type OtEnhetResource, otEnhet } from '../../core/fint/otEnhet.ts';
import { type OtStatusResource, otStatuses } from '../../core/fint/otStatus.ts';
import { type OtUngdomResource, otUngdom } from '../../core/fint/otUngdom.ts';
import type { FintAddress } from '../../core/fint/resource.ts';
import type { Organisation, OrgId } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import { REFUSAL } from '../../core/sentences/refusals.ts';
import { schoolYearOf } from '../../core/time/schoolYear.ts';
import { followFint, standingOf } from '../../relay/fint/followFint.ts';
import type { FintEntry, FintProjection, FintReading, FintSummary } from '../../store/fintPort.ts';
import { todayOf } from '../organisationToday.ts';
import type { DeskParts } from '../parts.ts';
import { DeskRefusal } from '../refusal.ts';
import { unknownYouth } from '../youths/youths.ts';

/** What requests about FINT's view work with. */
export interface FintParts extends Pick<DeskParts, 'queries' | 'operations' | 'now' | 'policyOf'> {
  fint: { projection: Pick<FintProjection, 'projectFint'>; reading: FintReading };
}

/** What a youth is called to the caller, and back. */
export interface FintNames {
  nameOf(ref: PersonRef): string;
  refOf(name: string): PersonRef | undefined;
}

export interface FintPage {
  /** Null: all from `offset` on. */
  size: number | null;
  offset: number;
  /** Epoch milliseconds. */
  since: number;
}

/** A page of FINT's answer. */
export interface FintAnswer<Resource> {
  entries: Resource[];
  total: number;
}

/** Steps of one request: more than a day's changes. A county that is read for the first time asks again. */
const MOST_STEPS = 200;

/** What of FINT's view a permission lets through: it is a county's, or none. The second fence is the database's. */
export function reachedFint(reading: FintReading, { organisations, reach }: Permission): FintReading {
  const covers = (org: OrgId) =>
    reach.kind === 'county' && (organisations === null || organisations.includes(org));
  return {
    fintPage: async (org, page) => (covers(org) ? reading.fintPage(org, page) : { entries: [], total: 0 }),
    fintEntry: async (org, ref) => (covers(org) ? reading.fintEntry(org, ref) : undefined),
    fintSummary: async (org) => (covers(org) ? reading.fintSummary(org) : { total: 0, lastModified: 0 }),
    fintUnits: async (org) => (covers(org) ? reading.fintUnits(org) : []),
  };
}

/** The youths in FINT's form, as all committed records have them. */
export async function otUngdomPage(
  parts: FintParts,
  organisation: Organisation,
  page: FintPage,
  { names, to }: { names: Pick<FintNames, 'nameOf'>; to: FintAddress },
): Promise<FintAnswer<OtUngdomResource> & { refs: PersonRef[] }> {
  await follow(parts, organisation);
  const { entries, total } = await parts.fint.reading.fintPage(organisation.id, page);
  const there = await current(parts, organisation, entries);
  return {
    entries: there.map(({ ref, standing }) => otUngdom(names.nameOf(ref), standing, to)),
    total,
    refs: there.map(({ ref }) => ref),
  };
}

/** @throws DeskRefusal UNKNOWN_YOUTH */
export async function otUngdomNamed(
  parts: FintParts,
  organisation: Organisation,
  name: string,
  { names, to }: { names: FintNames; to: FintAddress },
): Promise<{ resource: OtUngdomResource; ref: PersonRef }> {
  const ref = names.refOf(name);
  if (ref === undefined) throw unknownYouth();
  await follow(parts, organisation);
  const entry = await parts.fint.reading.fintEntry(organisation.id, ref);
  const [there] = entry === undefined ? [] : await current(parts, organisation, [entry]);
  if (there === undefined) throw unknownYouth();
  return { resource: otUngdom(name, there.standing, to), ref };
}

export async function fintSummary(parts: FintParts, organisation: Organisation): Promise<FintSummary> {
  await follow(parts, organisation);
  return parts.fint.reading.fintSummary(organisation.id);
}

export function otStatusPage(page: FintPage, to: FintAddress): FintAnswer<OtStatusResource> {
  return paged(
    otStatuses((id) => to('otstatus', id)),
    page,
  );
}

/** @throws DeskRefusal NOT_FOUND */
export function otStatusNamed(id: string, to: FintAddress): OtStatusResource {
  return named(
    otStatuses((each) => to('otstatus', each)),
    id,
  );
}

export async function otEnhetPage(
  parts: FintParts,
  organisation: Organisation,
  page: FintPage,
  to: FintAddress,
): Promise<FintAnswer<OtEnhetResource>> {
  return paged(await units(parts, organisation, to), page);
}

/** @throws DeskRefusal NOT_FOUND */
export async function otEnhetNamed(
  parts: FintParts,
  organisation: Organisation,
  id: string,
  to: FintAddress,
): Promise<OtEnhetResource> {
  return named(await units(parts, organisation, to), id);
}

async function units(parts: FintParts, organisation: Organisation, to: FintAddress) {
  await follow(parts, organisation);
  const used = await parts.fint.reading.fintUnits(organisation.id);
  const { defaultOwner } = parts.policyOf(organisation.id);
  return [...new Set([...used, defaultOwner])]
    .sort()
    .map((unit) => otEnhet(unit, true, (id) => to('otenhet', id)));
}

async function follow(parts: FintParts, organisation: Organisation): Promise<void> {
  const today = await todayOf(parts, organisation);
  await followFint(parts.fint.projection, organisation, { today, now: parts.now, most: MOST_STEPS });
}

/** Those that the caller may read, and that are in FINT as they are at this moment. */
async function current(
  parts: FintParts,
  organisation: Organisation,
  entries: readonly FintEntry[],
): Promise<FintEntry[]> {
  const schoolYear = schoolYearOf(await todayOf(parts, organisation));
  const youths = await parts.queries.youthsNamed(
    organisation.id,
    entries.map(({ ref }) => ref),
  );
  return entries.filter(({ ref }) => {
    const youth = youths.get(ref);
    return youth?.ref === ref && standingOf(youth, organisation, schoolYear) !== null;
  });
}

function paged<T>(all: readonly T[], { size, offset }: FintPage): FintAnswer<T> {
  return { entries: all.slice(offset, size === null ? undefined : offset + size), total: all.length };
}

function named<T extends { systemId: { identifikatorverdi: string } }>(all: readonly T[], id: string): T {
  const found = all.find(({ systemId }) => systemId.identifikatorverdi === id);
  if (found === undefined) throw new DeskRefusal('NOT_FOUND', REFUSAL.nb.noCode);
  return found;
}
