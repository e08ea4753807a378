import type { ComingOfAge } from '../age/majority.ts';
import type { IsoDate } from '../time/date.ts';
import type { Rule } from './rule.ts';

// What follows from NAV's own registers: facts for the adviser and suggestions, never a status.

/** Q24. `applies`: it may be kept. Asked before anything but the id is stored, and again before anything leaves. */
export const registersNeedConsent: Rule<{ may: boolean }, { kept: true }> = {
  id: 'Q24',
  kind: 'decides',
  text: 'Det NAVs registre melder om en ungdom, tas bare vare på når avtalen med NAV gjelder, begge samtykkene er gitt, ungdommen er innenfor aldersgrensen og adressen ikke er gradert.',
  nynorsk:
    'Det registera til NAV melder om ein ungdom, blir berre teke vare på når avtala med NAV gjeld, begge samtykka er gitt, ungdomen er innanfor aldersgrensa og adressa ikkje er gradert.',
  source: 'Domenereferansen, §1.9, §2.5 og W18; NAV, amt.deltaker-ekstern-v1',
  applies: ({ may }) => may,
  leadsTo: { kept: true },
};

/** Q25. */
export const programmeFromEighteen: Rule<{ from: IsoDate; age: ComingOfAge | null }, { kept: true }> = {
  id: 'Q25',
  kind: 'decides',
  text: 'Ungdomsprogrammet i NAV er for dem som har fylt 18 år; et tidligere opphold der tas ikke vare på.',
  nynorsk:
    'Ungdomsprogrammet i NAV er for dei som har fylt 18 år; eit tidlegare opphald der blir ikkje teke vare på.',
  source: 'Domenereferansen, W9; NAV, ung-deltakelse-opplyser',
  applies: ({ from, age }) => age !== null && from >= age.youthBegins,
  leadsTo: { kept: true },
};

type InMeasure = Rule<
  { contactBefore: boolean; countyTakesPart: boolean },
  { proposed: string; viaOt: 'JA' | 'NEI' | null }
>;

/** Q26. */
export const navMeasureAfterContact: InMeasure = {
  id: 'Q26',
  kind: 'proposes',
  text: 'Ungdommen deltar i et tiltak hos NAV som begynte etter at OT fikk kontakt: OTAP, med viaOT ja, foreslås.',
  nynorsk:
    'Ungdomen deltek i eit tiltak hos NAV som byrja etter at OT fekk kontakt: OTAP, med viaOT ja, blir foreslått.',
  source: 'K, kode 3.2 og om viaOT; domenereferansen, W9',
  applies: ({ contactBefore, countyTakesPart }) => contactBefore && !countyTakesPart,
  leadsTo: { proposed: 'OTAP', viaOt: 'JA' },
};

/** Q27. */
export const navMeasureBeforeContact: InMeasure = {
  id: 'Q27',
  kind: 'proposes',
  text: 'Ungdommen deltar i et tiltak hos NAV som ikke begynte etter at OT fikk kontakt: OTAP, med viaOT nei, foreslås.',
  nynorsk:
    'Ungdomen deltek i eit tiltak hos NAV som ikkje byrja etter at OT fekk kontakt: OTAP, med viaOT nei, blir foreslått.',
  source: 'K, innledningen og kode 3.2; domenereferansen, Q4',
  applies: ({ contactBefore, countyTakesPart }) => !contactBefore && !countyTakesPart,
  leadsTo: { proposed: 'OTAP', viaOt: 'NEI' },
};

/** Q28. */
export const navMeasureTogether: InMeasure = {
  id: 'Q28',
  kind: 'proposes',
  text: 'Ungdommen deltar i et tiltak hos NAV, og fylket eller kommunen har en del i det: OTKO foreslås.',
  nynorsk:
    'Ungdomen deltek i eit tiltak hos NAV, og fylket eller kommunen har ein del i det: OTKO blir foreslått.',
  source: 'K, kode 3.3; Udir, april 2021',
  applies: ({ countyTakesPart }) => countyTakesPart,
  // K does not say what viaOT means of it.
  leadsTo: { proposed: 'OTKO', viaOt: null },
};

/** Q29. */
export const navMeasureEnded: Rule<
  { code: string },
  { alert: 'STATUS_MA_ENDRES'; category: 'review'; proposed: string }
> = {
  id: 'Q29',
  kind: 'proposes',
  text: 'NAV melder at tiltaket er slutt, og koden sier at ungdommen er i det: OTOV foreslås til noe annet er avklart.',
  nynorsk:
    'NAV melder at tiltaket er slutt, og koden seier at ungdomen er i det: OTOV blir foreslått til noko anna er avklart.',
  source: 'K, kode 2.1 og 3.2',
  applies: ({ code }) => code === 'OTAP' || code === 'OTKO',
  leadsTo: { alert: 'STATUS_MA_ENDRES', category: 'review', proposed: 'OTOV' },
};

/** Which of the three it is. */
export function inNavMeasure(given: Parameters<InMeasure['applies']>[0]): InMeasure {
  if (navMeasureTogether.applies(given)) return navMeasureTogether;
  return navMeasureAfterContact.applies(given) ? navMeasureAfterContact : navMeasureBeforeContact;
}
