import { texts } from '../language.ts';

/** Why the address of a receiver is not called. */
export const RECEIVER_URL = texts({
  nb: {
    NOT_A_URL: 'Dette er ikke en adresse.',
    TOO_LONG: 'Adressen er lengre enn 2 000 tegn.',
    NOT_HTTPS: 'Adressen er ikke https.',
    PORT: 'Porten er ikke tillatt.',
    USERINFO: 'Adressen har brukernavn eller passord i seg.',
    FRAGMENT: 'Adressen har en del etter #, som aldri sendes.',
    IP_ADDRESS: 'Adressen er et IP-nummer.',
    LOCAL_NAME: 'Navnet finnes bare i et lokalt nett.',
    cure: (ports: string) => `Bruk en https-adresse med et navn som finnes i DNS, på port ${ports}.`,
  },
  nn: {
    NOT_A_URL: 'Dette er inga adresse.',
    TOO_LONG: 'Adressa er lengre enn 2 000 teikn.',
    NOT_HTTPS: 'Adressa er ikkje https.',
    PORT: 'Porten er ikkje tillaten.',
    USERINFO: 'Adressa har brukarnamn eller passord i seg.',
    FRAGMENT: 'Adressa har ein del etter #, som aldri blir send.',
    IP_ADDRESS: 'Adressa er eit IP-nummer.',
    LOCAL_NAME: 'Namnet finst berre i eit lokalt nett.',
    cure: (ports) => `Bruk ei https-adresse med eit namn som finst i DNS, på port ${ports}.`,
  },
});
