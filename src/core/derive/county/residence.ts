import { countyOn } from '../../codelists/county.ts';
import type { CountyNumber } from '../../organisation.ts';
import { hasEmigrated, livesElsewhere, residenceDecides } from '../../rules/residence.ts';
import { firstDayAfter, schoolYearOf } from '../../time/schoolYear.ts';
import { type Registration, sameKey } from '../../youth/youth.ts';
import type { FactOf } from '../../youth/youthEvent.ts';
import { type Findings, raise } from '../findings.ts';
import { answeredSince, type RegistrationFile } from '../registration/file.ts';
import { offerHandover } from './handover.ts';
import { heirsOf } from './restructuring.ts';
import { countiesOf, type Stay, staysOf } from './stay.ts';

/** Where the youth lives compared with where it is registered: proposals and questions, never a status (O06, O08). */
export function reviewResidence(
  findings: Findings,
  files: readonly RegistrationFile[],
  registrations: readonly Registration[],
): void {
  const { Residence: residences, Emigrated: emigrations } = findings.ledger;
  if (residences.length === 0 && emigrations.length === 0) return;
  const stays = staysOf(findings);
  let offered = false;
  let newest: Registration | null = null;
  for (const file of files) {
    if (file.foreign) continue;
    const registration = registrations.find((known) => sameKey(known, file));
    if (registration === undefined) continue;
    newest = registration;
    const stay = lastWithin(stays, file);
    if (stay === null) continue;
    if (stay.kind === 'Emigrated') {
      proposeAbroad(findings, file, registration, stay);
    } else if (!stay.municipality.startsWith(file.county)) {
      const lives = countiesOf(stay);
      if (lives.length === 0) reviewUnknownPlace(findings, file, stay);
      if (!isElsewhere(lives, file.county)) continue;
      proposeMoved(findings, file, registration, stay);
      // One offer for the youth, by the first registration not taken over, however many there are.
      if (!offered) offered = offerHandover(findings, file, stay, lives);
    }
  }
  if (newest !== null) reviewReturn(findings, files, newest, stays);
}

/** Where the youth was when the school year ended, or is now. */
function lastWithin(stays: readonly Stay[], { schoolYear }: RegistrationFile): Stay | null {
  const ends = firstDayAfter(schoolYear);
  return stays.findLast(({ effective }) => effective < ends) ?? null;
}

/** The number may be one of a former county: its successors are then no other county (O07). */
function isElsewhere(lives: readonly CountyNumber[], registered: CountyNumber): boolean {
  if (!livesElsewhere.applies({ lives, registered })) return false;
  if (countyOn(registered, '9999-12-31')) return true;
  return !heirsOf(registered).some((heir) => lives.includes(heir));
}

function proposeMoved(
  findings: Findings,
  file: RegistrationFile,
  { status }: Registration,
  stay: FactOf<'Residence'>,
): void {
  const { proposed } = livesElsewhere.leadsTo;
  if (status.code === proposed || status.code === 'FEIL') return;
  propose(findings, file, stay, livesElsewhere.id, proposed);
}

/** R38: an adviser's later status holds. A pupil abroad is a pupil (R21), and exchange is no emigration. */
function proposeAbroad(
  findings: Findings,
  file: RegistrationFile,
  { status }: Registration,
  stay: FactOf<'Emigrated'>,
): void {
  const { proposed, pupil, exchange } = hasEmigrated.leadsTo;
  if (status.code === proposed || status.code === 'FEIL' || pupil.includes(status.code)) return;
  const away = findings.ledger.ends.some(
    ({ fact, annulledBy }) =>
      annulledBy === null && fact.reason === exchange && schoolYearOf(fact.effective) === file.schoolYear,
  );
  if (!away) propose(findings, file, stay, hasEmigrated.id, proposed);
}

function propose(
  findings: Findings,
  file: RegistrationFile,
  fact: Stay,
  rule: typeof livesElsewhere.id,
  proposed: string,
): void {
  if (answeredSince(file, fact)) return;
  const { schoolYear, county } = file;
  raise(findings, {
    kind: 'STATUS_FORSLAG',
    category: 'proposal',
    rule,
    fact,
    schoolYear,
    county,
    about: proposed,
    proposed: [proposed],
  });
}

/** A municipality that lies in two counties, or in none. */
function reviewUnknownPlace(findings: Findings, file: RegistrationFile, fact: FactOf<'Residence'>): void {
  if (answeredSince(file, fact)) return;
  const { alert: kind, category } = residenceDecides.leadsTo;
  const { schoolYear, county } = file;
  raise(findings, { kind, category, rule: residenceDecides.id, fact, schoolYear, county });
}

/** Back from abroad to the county that knows the youth: a review, and no status (O08). */
function reviewReturn(
  findings: Findings,
  files: readonly RegistrationFile[],
  { county }: Registration,
  stays: readonly Stay[],
): void {
  const away = stays.findLastIndex(hasEmigrated.applies);
  const fact = stays[away + 1];
  if (away < 0 || fact === undefined || fact.kind === 'Emigrated') return;
  const last = stays.at(-1);
  if (last === undefined || last.kind === 'Emigrated' || isElsewhere(countiesOf(last), county)) return;
  if (files.some((file) => answeredSince(file, fact))) return;
  raise(findings, {
    kind: hasEmigrated.leadsTo.back,
    category: 'review',
    rule: hasEmigrated.id,
    fact,
    evidence: stays.slice(away, away + 1),
    schoolYear: schoolYearOf(fact.effective),
    county,
  });
}
