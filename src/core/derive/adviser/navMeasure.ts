import { participationOf } from '../../codelists/navParticipation.ts';
import { inNavMeasure, navMeasureEnded } from '../../rules/nav.ts';
import { type Registration, sameKey } from '../../youth/youth.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { latest } from '../facts/order.ts';
import { dueOrWakeOn, type Findings, raise } from '../findings.ts';
import type { RegistrationFile } from '../registration/file.ts';

type AtNav = FactOf<'NavRegister'>;

/** Main group of those outside the target group: the county has nothing to propose for them. */
const OUTSIDE = 5;

/**
 * Suggestions from NAV's registers about the newest registration, each open until an adviser has reported since. Being a
 * job seeker or followed up, or waiting for a place, changes no code.
 */
export function proposeFromNav(
  findings: Findings,
  said: readonly AtNav[],
  files: readonly RegistrationFile[],
  registrations: readonly Registration[],
): void {
  if (said.length === 0) return;
  const registration = registrations.findLast((each) => files.some((file) => sameKey(file, each)));
  const file = files.find((each) => registration !== undefined && sameKey(each, registration));
  if (file === undefined || registration === undefined || registration.status.group === OUTSIDE) return;
  const taking = latest(said.filter((fact) => takesPart(findings, fact)));
  if (taking !== null) proposeMeasure(findings, file, registration, taking);
  else reviewEnded(findings, file, registration, said);
}

function proposeMeasure(
  findings: Findings,
  file: RegistrationFile,
  { status, schoolYear, county }: Registration,
  fact: AtNav,
): void {
  const rule = inNavMeasure({
    contactBefore: file.contacts.some(({ on }) => on < fact.effective),
    countyTakesPart: countyTakesPart(findings, file),
  });
  const { proposed, viaOt } = rule.leadsTo;
  // A combined measure is more than what NAV knows of.
  if (status.code === proposed || status.code === 'OTKO' || isAnswered(file, fact)) return;
  raise(findings, {
    kind: 'STATUS_FORSLAG',
    category: 'proposal',
    rule: rule.id,
    fact,
    schoolYear,
    county,
    about: `nav:${proposed}`,
    proposed: [proposed],
    viaOt,
  });
}

function reviewEnded(
  findings: Findings,
  file: RegistrationFile,
  { status, schoolYear, county }: Registration,
  said: readonly AtNav[],
): void {
  const ended = latest(said.filter((fact) => hasEnded(findings, fact)));
  if (ended === null || !navMeasureEnded.applies(status) || isAnswered(file, ended)) return;
  const { alert: kind, category, proposed } = navMeasureEnded.leadsTo;
  raise(findings, {
    kind,
    category,
    rule: navMeasureEnded.id,
    fact: ended,
    schoolYear,
    county,
    about: 'nav',
    proposed: [proposed],
  });
}

/** NAV's status of a measure says it; the youth programme has only its dates. */
function takesPart(findings: Findings, { about, state, effective, to }: AtNav): boolean {
  if (about === 'TILTAK') return state !== null && participationOf(state) === 'TAKES_PART';
  if (about !== 'UNGDOMSPROGRAM' || state !== 'AKTIV') return false;
  return dueOrWakeOn(findings, effective) && (to === null || !dueOrWakeOn(findings, to));
}

function hasEnded({ today }: Findings, { about, state, to }: AtNav): boolean {
  if (about === 'TILTAK') return state !== null && participationOf(state) === 'ENDED';
  return about === 'UNGDOMSPROGRAM' && state === 'AKTIV' && to !== null && to <= today;
}

/** By the county's own register, or by what the adviser has stated. */
function countyTakesPart(findings: Findings, { statuses }: RegistrationFile): boolean {
  const stated = statuses.current?.grounds ?? [];
  if (stated.includes('FYLKETS_TILTAK') || stated.includes('FYLKET_DELTAR')) return true;
  return findings.ledger.Measure.some(
    ({ provider, effective, to }) =>
      provider !== 'NAV' && dueOrWakeOn(findings, effective) && (to === null || !dueOrWakeOn(findings, to)),
  );
}

/** Has an adviser reported since NAV said this? */
function isAnswered({ statuses }: RegistrationFile, { received }: AtNav): boolean {
  return statuses.counted.some(({ firstReceived }) => firstReceived > received);
}
