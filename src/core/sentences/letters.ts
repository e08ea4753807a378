import { texts } from '../language.ts';

/** What a letter of the wheel is called. */
export const LETTER = texts({
  nb: {
    nonApplicants: 'Brev til ikkesøkere',
    remindNonApplicants: 'Purrebrev til ikkesøkere',
    leavers: 'Brev til dem som takket nei, ikke møtte eller sluttet',
    remindLeavers: 'Purrebrev til dem som takket nei, ikke møtte eller sluttet',
    notReached: 'Brev til dem OT ikke har fått tak i',
    notReachedSms: 'SMS til dem OT ikke har fått tak i',
  },
  nn: {
    nonApplicants: 'Brev til ikkjesøkjarar',
    remindNonApplicants: 'Purrebrev til ikkjesøkjarar',
    leavers: 'Brev til dei som takka nei, ikkje møtte eller slutta',
    remindLeavers: 'Purrebrev til dei som takka nei, ikkje møtte eller slutta',
    notReached: 'Brev til dei OT ikkje har fått tak i',
    notReachedSms: 'SMS til dei OT ikkje har fått tak i',
  },
});
