import type { MeasureContent } from '../youth/statusEvent.ts';
import type { Rule } from './rule.ts';

// What the calendar brings, without a report.

/** R27. `applies`: the latest status was no, and a later school year has opened. */
export const offerAgain: Rule<
  { code: string; said: number; opened: number },
  { alert: 'TILBUD_PA_NYTT'; category: 'alert' }
> = {
  id: 'R27',
  kind: 'decides',
  text: 'Den som har takket nei til oppfølging, skal få tilbudet på nytt hvert skoleår i målgruppen.',
  nynorsk: 'Den som har takka nei til oppfølging, skal få tilbodet på nytt kvart skuleår i målgruppa.',
  source: 'K, kode 4.1',
  applies: ({ code, said, opened }) => code === 'OTNO' && opened > said,
  leadsTo: { alert: 'TILBUD_PA_NYTT', category: 'alert' },
};

/** R28. The service does not follow the school year; its length is policy. */
export const helpAfterService: Rule<{ code: string }, { alert: 'TJENESTE_SLUTT'; category: 'alert' }> = {
  id: 'R28',
  kind: 'decides',
  text: 'Ungdom i førstegangstjeneste skal få vite om retten til hjelp fra OT når tjenesten er over.',
  nynorsk: 'Ungdom i førstegongsteneste skal få vite om retten til hjelp frå OT når tenesta er over.',
  source: 'K, kode 4.2',
  applies: ({ code }) => code === 'OTMI',
  leadsTo: { alert: 'TJENESTE_SLUTT', category: 'alert' },
};

/** R44. Days are the county's policy, and most counties have none. `during`: statuses that go with the practice; any
 *  later one shows that it is over. */
export const practiceFollowUp: Rule<
  { content: MeasureContent },
  { alert: 'OPPFOLGING_I_TILTAK'; category: 'alert'; during: ReadonlySet<string> }
> = {
  id: 'R44',
  kind: 'decides',
  text: 'Ungdom i arbeidspraksis og arbeidsgiveren skal følges opp av OT minst så ofte som fylket har bestemt.',
  nynorsk:
    'Ungdom i arbeidspraksis og arbeidsgivaren skal følgjast opp av OT minst så ofte som fylket har bestemt.',
  source: 'V, arbeidspraksis',
  applies: ({ content }) => content === 'ARBEIDSPRAKSIS',
  leadsTo: {
    alert: 'OPPFOLGING_I_TILTAK',
    category: 'alert',
    during: new Set(['OTOA', 'OTAP', 'OTKO']),
  },
};

/** For R49: statuses of youths that are outside training, work and measures, in any list. All others interrupt the time
 *  outside or say that OT does not work with the youth now (R32). */
export const OUTSIDE: ReadonlySet<string> = new Set(['OTUK', 'OTOV', 'OTHL', 'OTOI']);

/** For R49: the alert when B becomes C. */
export const LONG_OUTSIDE = { kind: 'PRIORITET_ENDRET', category: 'alert' } as const;

/** For R42 and Q8: the alert when a deadline has passed. It carries the deadline's own rule. */
export const LATE = { kind: 'FRIST_UTLOPT', category: 'alert' } as const;
