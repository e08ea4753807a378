import { texts } from '../../core/language.ts';

/** Asking for consent. */
export const CONSENT_ASK = texts({
  nb: {
    heading: 'Spør om samtykke',
    column: 'Spør',
    and: ' og ',
    seeText: 'Se teksten',
    texts: 'Teksten du kan sende',
    textsMore: 'Send til én om gangen, og ikke nevn de andre. Velg målformen som passer.',
    textFor: (who: string) => `Til ${who}`,
    bokmal: 'På bokmål',
    nynorsk: 'På nynorsk',
    answer: 'Når du har spurt',
    answerMore:
      'Registrer at det er spurt, og fristen, der fylket har samtykkene sine: i OT-systemet, hos NAV eller i Fiks samtykke. Svaret registreres samme sted. Systemet sender det hit, og da blir listen kortere av seg selv. Her på siden kan svaret ikke registreres.',
    nothing: 'Ingen skal spørres om samtykke nå.',
    no: 'Den som har sagt nei, spørres ikke på nytt.',
  },
  nn: {
    heading: 'Spør om samtykke',
    column: 'Spør',
    and: ' og ',
    seeText: 'Sjå teksten',
    texts: 'Teksten du kan sende',
    textsMore: 'Send til éin om gongen, og ikkje nemn dei andre. Vel målforma som passar.',
    textFor: (who: string) => `Til ${who}`,
    bokmal: 'På bokmål',
    nynorsk: 'På nynorsk',
    answer: 'Når du har spurt',
    answerMore:
      'Registrer at det er spurt, og fristen, der fylket har samtykka sine: i OT-systemet, hos NAV eller i Fiks samtykke. Svaret blir registrert same staden. Systemet sender det hit, og då blir lista kortare av seg sjølv. Her på sida kan svaret ikkje registrerast.',
    nothing: 'Ingen skal spørjast om samtykke no.',
    no: 'Den som har sagt nei, blir ikkje spurd på nytt.',
  },
});

/** Those who are asked. */
export const ASKED_PARTY = texts({
  nb: { UNGDOM: 'ungdommen', FORESATT: 'foresatt', FORESATT2: 'foresatt nummer to' },
  nn: { UNGDOM: 'ungdommen', FORESATT: 'føresett', FORESATT2: 'føresett nummer to' },
});

/** The two sides of the exchange. */
export const ASKED_SIDE = texts({
  nb: { A: 'at OT spør NAV', B: 'at NAV svarer OT' },
  nn: { A: 'at OT spør NAV', B: 'at NAV svarer OT' },
});

/** Why the party is asked. */
export const ASKED_FOR_WHY = texts({
  nb: {
    MANGLER: 'er ikke spurt',
    UTLOPT: 'samtykket har gått ut',
    SVARFRIST_PASSERT: 'svarte ikke innen fristen',
    MOTSTRID: 'har gitt to ulike svar',
  },
  nn: {
    MANGLER: 'er ikkje spurd',
    UTLOPT: 'samtykket har gått ut',
    SVARFRIST_PASSERT: 'svara ikkje innan fristen',
    MOTSTRID: 'har gjeve to ulike svar',
  },
});
