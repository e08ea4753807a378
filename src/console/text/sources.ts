import { type Language, texts } from '../../core/language.ts';

/** Who a message is from, as each adapter names its sources: one of a kind by what is after the colon. */
const SOURCE = texts({
  nb: {
    skole: (number: string) => `skole ${number}`,
    privatskole: (number: string) => `privat skole ${number}`,
    grunnskole: (number: string) => `ungdomsskole ${number}`,
    fagopplaring: (county: string) => `fagopplæringen i fylke ${county}`,
    ot: (unit: string) => (unit === 'konsoll' ? 'konsollen' : `OT-enhet ${unit}`),
    nav: 'NAV',
    altinn: 'Altinn',
    folkeregisteret: 'Folkeregisteret',
    vigo: 'VIGO',
    bridge: 'broen',
    'vigo-ot': 'OT-listen i VIGO',
    'vigo-laktiv': 'lærekontraktene i VIGO',
  },
  nn: {
    skole: (number) => `skule ${number}`,
    privatskole: (number) => `privat skule ${number}`,
    grunnskole: (number) => `ungdomsskule ${number}`,
    fagopplaring: (county) => `fagopplæringa i fylke ${county}`,
    ot: (unit) => (unit === 'konsoll' ? 'konsollen' : `OT-eining ${unit}`),
    nav: 'NAV',
    altinn: 'Altinn',
    folkeregisteret: 'Folkeregisteret',
    vigo: 'VIGO',
    bridge: 'brua',
    'vigo-ot': 'OT-lista i VIGO',
    'vigo-laktiv': 'lærekontraktane i VIGO',
  },
});

/** One that is not known by its own name. */
export function sourceText(language: Language, source: string): string {
  const [kind = '', about] = source.split(':', 2);
  if (!Object.hasOwn(SOURCE.nb, kind)) return source;
  const text = SOURCE[language][kind as keyof (typeof SOURCE)['nb']];
  if (typeof text === 'string') return about === undefined ? text : source;
  return about === undefined ? source : text(about);
}
