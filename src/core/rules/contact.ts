import type { Answerer, ViaOt, YesNoUnknown } from '../youth/statusEvent.ts';
import { isContactReason } from './contactReason.ts';
import { speaksFor } from './ground.ts';
import type { Rule } from './rule.ts';

// Contact comes first: what counts as contact, and what may be said without it.

/** Codes about where the youth lives or belongs in the register: they can be known without talking to the youth, if their
 *  grounds are stated. OTUK means that OT has not talked to the youth. */
const NEEDS_NO_CONTACT: ReadonlySet<string> = new Set([
  'OTUK',
  'FEIL',
  'OTFA_IM',
  'OTFU_IM',
  'ELVG_IM',
  'ELGS_IM',
]);

export function mayBeKnown(code: string): boolean {
  return NEEDS_NO_CONTACT.has(code);
}

/** R02. Applies to a status that is not allowed yet. */
export const statusNeedsContact: Rule<
  { code: string; contacted: boolean; grounds?: readonly string[] },
  { alert: 'STATUS_UTEN_KONTAKT'; category: 'review' }
> = {
  id: 'R02',
  kind: 'decides',
  text: 'OTUK blir stående til OT har fått kontakt med ungdommen; en kode utenfor målgruppen kan settes uten kontakt bare når grunnlaget for den er oppgitt eller kjent.',
  nynorsk:
    'OTUK blir ståande til OT har fått kontakt med ungdomen; ein kode utanfor målgruppa kan setjast utan kontakt berre når grunnlaget for han er oppgitt eller kjent.',
  source: 'K, kode 1.1 og 5.1–5.5; H, om OTOV',
  applies: ({ code, contacted, grounds = [] }) =>
    !contacted && code !== 'OTUK' && !(NEEDS_NO_CONTACT.has(code) && speaksFor(code, grounds)),
  leadsTo: { alert: 'STATUS_UTEN_KONTAKT', category: 'review' },
};

/** R03. Applies to an attempt that is not contact. */
export const silenceIsNotContact: Rule<{ answered: boolean }, { contact: false }> = {
  id: 'R03',
  kind: 'decides',
  text: 'Brev, SMS og e-post uten svar er ikke kontakt.',
  nynorsk: 'Brev, SMS og e-post utan svar er ikkje kontakt.',
  source: 'K, kode 1.1',
  applies: ({ answered }) => !answered,
  leadsTo: { contact: false },
};

/** Who has answered when the source does not say: the youth, on its own number or address, or by turning up (H: OT has the
 *  mobile number that the youth has given). At home any member of the household may answer, and the guardian of a minor has
 *  the same letter (R45): there the answer does not count until the source says whose it is. */
export function whoAnswered(
  { channel, answeredBy }: { channel: string; answeredBy?: Answerer },
  minor: YesNoUnknown,
): Answerer | null {
  if (answeredBy !== undefined) return answeredBy;
  const shared = channel === 'HJEMMEBESOK' || (channel === 'BREV' && minor === 'JA');
  return shared ? null : 'UNGDOM';
}

/** R04. Applies to a guardian's answer that counts as contact. */
export const guardianMayAnswer: Rule<
  { reason: string | null; minor: YesNoUnknown },
  { contact: true; otherwise: 'KONTAKT_AVVIST' }
> = {
  id: 'R04',
  kind: 'validates',
  text: 'Svar fra foresatte teller bare som kontakt når ungdommen er under 18 år og det er oppgitt hva som hindrer kontakt (sykdom, soning, institusjon eller rus); svarte noen andre, eller er det ikke sagt hvem som svarte på døren eller på brevet til en mindreårig, er det ikke kontakt.',
  nynorsk:
    'Svar frå føresette tel berre som kontakt når ungdomen er under 18 år og det er oppgitt kva som hindrar kontakt (sjukdom, soning, institusjon eller rus); svara andre, eller er det ikkje sagt kven som svara på døra eller på brevet til ein mindreårig, er det ikkje kontakt.',
  source: 'K, kode 1.1',
  applies: ({ reason, minor }) => isContactReason(reason) && minor === 'JA',
  leadsTo: { contact: true, otherwise: 'KONTAKT_AVVIST' },
};

/** R24. Applies to an OTNO based on silence alone. */
export const silenceIsNotNo: Rule<
  { code: string; grounds: readonly string[] },
  { alert: 'STATUS_AVVIST'; category: 'review' }
> = {
  id: 'R24',
  kind: 'decides',
  text: 'Den som ikke svarer på brev, SMS eller e-post, har ikke takket nei til oppfølging (se også R03); OTNO krever at ungdommen har sagt nei.',
  nynorsk:
    'Den som ikkje svarar på brev, SMS eller e-post, har ikkje takka nei til oppfølging (sjå òg R03); OTNO krev at ungdomen har sagt nei.',
  source: 'K, kode 4.1',
  applies: ({ code, grounds }) => code === 'OTNO' && grounds.includes('IKKE_SVART'),
  leadsTo: { alert: 'STATUS_AVVIST', category: 'review' },
};

/** R06. A status comes from an adviser's fact and from no other. */
export const contactDecides: Rule<{ kind: string }, { setBy: 'ADVISER' }> = {
  id: 'R06',
  kind: 'validates',
  text: 'Det ungdommen gjør når OT tar kontakt, avgjør statusen; bare en rådgiver kan sette den.',
  nynorsk: 'Det ungdomen gjer når OT tek kontakt, avgjer statusen; berre ein rådgjevar kan setje han.',
  source: 'K, innledningen',
  applies: ({ kind }) => kind === 'AdviserStatus',
  leadsTo: { setBy: 'ADVISER' },
};

/** R11. «Nei» has codes of its own; a table, because no code may be made by adding to another. */
export const alreadyInActivity: Rule<{ viaOt: ViaOt }, { instead: ReadonlyMap<string, string> }> = {
  id: 'R11',
  kind: 'validates',
  text: 'Ungdommen var allerede i aktivitet da OT tok kontakt, og er tilmeldt, men ikke i målgruppen.',
  nynorsk: 'Ungdomen var alt i aktivitet då OT tok kontakt, og er tilmeld, men ikkje i målgruppa.',
  source: 'K, om viaOT',
  applies: ({ viaOt }) => viaOt === 'NEI',
  leadsTo: {
    instead: new Map([
      ['OTAR', 'OTAR_IM'],
      ['OTEV', 'OTEV_IM'],
      ['OTVF', 'OTVF_IM'],
      ['OTLL', 'OTLL_IM'],
    ]),
  },
};

/** R12. The code stays as the adviser set it. */
export const cameThroughOt: Rule<{ viaOt: ViaOt }, { targetGroup: true }> = {
  id: 'R12',
  kind: 'validates',
  text: 'Ungdommen kom i aktivitet etter tilmeldingen til OT, og er i målgruppen.',
  nynorsk: 'Ungdomen kom i aktivitet etter tilmeldinga til OT, og er i målgruppa.',
  source: 'K, om viaOT',
  applies: ({ viaOt }) => viaOt === 'JA',
  leadsTo: { targetGroup: true },
};
