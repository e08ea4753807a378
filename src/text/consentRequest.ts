import { ASKED_FOR, type AskedFor, type ConsentAsk } from '../core/consent/toAsk.ts';
import type { ConsentSide } from '../core/youth/statusEvent.ts';

// What a youth or a guardian is asked, in plain language and both written forms. It goes to one receiver and shows of no
// other that they are there (D01).

/** One question about consent, the same to all who have answered alike. */
export interface RequestText {
  /** Names the text in a worklist's rows, e.g. `FORESATT.A-UTLOPT.B-MANGLER`. */
  id: string;
  /** Bokmål. */
  nb: string;
  /** Nynorsk. */
  nn: string;
}

type Receiver = 'UNGDOM' | 'FORESATT';

/** Both guardians are asked the same. */
export function requestText({ party, sides }: ConsentAsk): RequestText {
  const receiver = party === 'UNGDOM' ? 'UNGDOM' : 'FORESATT';
  const id = [receiver, ...sides.map(({ side, state }) => `${side}-${state}`)].join('.');
  return { id, nb: written(NB, receiver, sides), nn: written(NN, receiver, sides) };
}

/** The text that an id names; undefined: none is. */
export function requestTextNamed(id: string): RequestText | undefined {
  const [receiver, ...named] = id.split('.');
  if (receiver !== 'UNGDOM' && receiver !== 'FORESATT') return undefined;
  const sides = (['A', 'B'] as const).flatMap((side) =>
    ASKED_FOR.filter((state) => named.includes(`${side}-${state}`)).map((state) => ({ side, state })),
  );
  const text = requestText({ party: receiver, sides });
  // A side twice, in another order or not at all is no text of ours.
  return sides.length > 0 && text.id === id && sides[0]?.side !== sides[1]?.side ? text : undefined;
}

/** The words of one written form. */
interface Words {
  opening: Record<Receiver, string>;
  /** One question and two. */
  count: readonly [string, string];
  question: Record<ConsentSide, Record<Receiver, string>>;
  /** What the receiver has said to it before. */
  before: Record<AskedFor, string>;
  closing: Record<Receiver, string>;
}

function written(words: Words, receiver: Receiver, sides: ConsentAsk['sides']): string {
  const questions = sides.map(({ side, state }, at) => {
    const known = words.before[state];
    return `${sides.length > 1 ? `${at + 1}. ` : ''}${words.question[side][receiver]}${known === '' ? '' : ` ${known}`}`;
  });
  const count = words.count[sides.length > 1 ? 1 : 0];
  return [`${words.opening[receiver]} ${count}`, ...questions, words.closing[receiver]].join('\n');
}

const NB: Words = {
  opening: {
    UNGDOM: 'Hei! Vi i oppfølgingstjenesten (OT) hjelper unge som ikke er i videregående opplæring.',
    FORESATT:
      'Hei! Vi i oppfølgingstjenesten (OT) hjelper unge som ikke er i videregående opplæring. Du har foreldreansvar for en ungdom som vi følger opp.',
  },
  count: ['Vi spør deg om én ting:', 'Vi spør deg om to ting:'],
  question: {
    A: {
      UNGDOM:
        'Kan vi spørre NAV om du er registrert der? Da får NAV vite hvem du er og at du er i kontakt med OT, og ikke noe mer. Si fra om vi også kan spørre om tiltak du er med i hos NAV.',
      FORESATT:
        'Kan vi spørre NAV om ungdommen er registrert der? Da får NAV vite hvem ungdommen er og at ungdommen er i kontakt med OT, og ikke noe mer. Si fra om vi også kan spørre om tiltak ungdommen er med i hos NAV.',
    },
    B: {
      UNGDOM:
        'Kan NAV svare oss? Da får vi vite om du er registrert hos NAV, og hvilket kontor du hører til. Vi får ikke vite noe om penger eller helse. Si fra om NAV også kan svare om tiltak du er med i.',
      FORESATT:
        'Kan NAV svare oss? Da får vi vite om ungdommen er registrert hos NAV, og hvilket kontor ungdommen hører til. Vi får ikke vite noe om penger eller helse. Si fra om NAV også kan svare om tiltak ungdommen er med i.',
    },
  },
  before: {
    MANGLER: '',
    UTLOPT: 'Du har sagt ja til dette før, men samtykket har gått ut på dato.',
    SVARFRIST_PASSERT: 'Vi har spurt deg før, men fristen gikk ut før du svarte. Det regnes ikke som et nei.',
    MOTSTRID: 'Vi har fått to ulike svar fra deg, og vil vite hva som er riktig.',
  },
  closing: {
    UNGDOM:
      'Du bestemmer selv om du svarer ja eller nei. Sier du nei, får du den samme hjelpen fra OT. Sier du ja, kan du ombestemme deg når du vil. Da slutter vi med en gang.',
    FORESATT:
      'Du bestemmer selv om du svarer ja eller nei. Ungdommen får den samme hjelpen fra OT om du sier nei, og kan også selv si nei. Sier du ja, kan du ombestemme deg når du vil. Da slutter vi med en gang. Samtykket ditt gjelder til ungdommen er gammel nok til å svare alene.',
  },
};

const NN: Words = {
  opening: {
    UNGDOM: 'Hei! Vi i oppfølgingstenesta (OT) hjelper unge som ikkje er i vidaregåande opplæring.',
    FORESATT:
      'Hei! Vi i oppfølgingstenesta (OT) hjelper unge som ikkje er i vidaregåande opplæring. Du har foreldreansvar for ein ungdom som vi følgjer opp.',
  },
  count: ['Vi spør deg om éin ting:', 'Vi spør deg om to ting:'],
  question: {
    A: {
      UNGDOM:
        'Kan vi spørje NAV om du er registrert der? Då får NAV vite kven du er og at du er i kontakt med OT, og ikkje noko meir. Sei frå om vi òg kan spørje om tiltak du er med i hos NAV.',
      FORESATT:
        'Kan vi spørje NAV om ungdommen er registrert der? Då får NAV vite kven ungdommen er og at ungdommen er i kontakt med OT, og ikkje noko meir. Sei frå om vi òg kan spørje om tiltak ungdommen er med i hos NAV.',
    },
    B: {
      UNGDOM:
        'Kan NAV svare oss? Då får vi vite om du er registrert hos NAV, og kva kontor du høyrer til. Vi får ikkje vite noko om pengar eller helse. Sei frå om NAV òg kan svare om tiltak du er med i.',
      FORESATT:
        'Kan NAV svare oss? Då får vi vite om ungdommen er registrert hos NAV, og kva kontor ungdommen høyrer til. Vi får ikkje vite noko om pengar eller helse. Sei frå om NAV òg kan svare om tiltak ungdommen er med i.',
    },
  },
  before: {
    MANGLER: '',
    UTLOPT: 'Du har sagt ja til dette før, men samtykket har gått ut på dato.',
    SVARFRIST_PASSERT:
      'Vi har spurt deg før, men fristen gjekk ut før du svarte. Det blir ikkje rekna som eit nei.',
    MOTSTRID: 'Vi har fått to ulike svar frå deg, og vil vite kva som er rett.',
  },
  closing: {
    UNGDOM:
      'Du bestemmer sjølv om du svarer ja eller nei. Seier du nei, får du den same hjelpa frå OT. Seier du ja, kan du ombestemme deg når du vil. Då sluttar vi med ein gong.',
    FORESATT:
      'Du bestemmer sjølv om du svarer ja eller nei. Ungdommen får den same hjelpa frå OT om du seier nei, og kan òg sjølv seie nei. Seier du ja, kan du ombestemme deg når du vil. Då sluttar vi med ein gong. Samtykket ditt gjeld til ungdommen er gammal nok til å svare åleine.',
  },
};
