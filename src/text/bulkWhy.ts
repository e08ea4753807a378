import type { Written } from '../core/language.ts';
import type { FailedWhy, LeftWhy } from '../store/bulkPort.ts';

// Why a youth did not get what many got, and what to do about it: for pages, the API and a terminal.

interface Said {
  text: string;
  cure: string;
}

export const BULK_WHY: Written<Record<FailedWhy | LeftWhy, Said>> = {
  nb: {
    CAME_AFTER: {
      text: 'Ungdommen kom til, eller ble endret, etter at listen ble laget.',
      cure: 'Lag en ny jobb om det samme skal gjelde denne ungdommen.',
    },
    NO_PROPOSAL: {
      text: 'Det er ikke noe forslag til status å ta imot.',
      cure: 'Åpne ungdommen, og sett status der om det trengs.',
    },
    OTHER_PROPOSAL: {
      text: 'Regelen foreslår en annen status enn den som er valgt.',
      cure: 'Åpne varselet, og ta stilling til forslaget der.',
    },
    SEVERAL_PROPOSALS: {
      text: 'Regelen foreslår flere statuser.',
      cure: 'Åpne varselet og velg, eller lag en jobb for én av statusene.',
    },
    SEVERAL_ROWS: {
      text: 'Ungdommen har flere linjer i listen, for flere skoleår.',
      cure: 'Åpne ungdommen, og gjør det for ett skoleår om gangen.',
    },
    CHANGED: {
      text: 'Ungdommen er endret etter at jobben ble laget. Ingenting er skrevet over.',
      cure: 'Åpne ungdommen, og se om det fortsatt skal gjøres.',
    },
    UNKNOWN_YOUTH: {
      text: 'Ungdommen finnes ikke lenger under denne referansen.',
      cure: 'Finn ungdommen på nytt i arbeidslisten.',
    },
    NO_NUMBER: {
      text: 'Broen har ikke noe fødselsnummer for ungdommen.',
      cure: 'Meld fra til driften.',
    },
    TURNED_AWAY: {
      text: 'Meldingen ville ikke blitt godtatt. Ingenting er sendt.',
      cure: 'Åpne ungdommen, og rett det som er galt.',
    },
    QUARANTINED: {
      text: 'Meldingen ble sendt, men kunne ikke brukes.',
      cure: 'Be driften se på den i karantenen.',
    },
    PARKED: {
      text: 'Meldingen venter på en tidligere melding om ungdommen.',
      cure: 'Be driften se på dem som venter.',
    },
  },
  nn: {
    CAME_AFTER: {
      text: 'Ungdommen kom til, eller vart endra, etter at lista vart laga.',
      cure: 'Lag ein ny jobb om det same skal gjelde denne ungdommen.',
    },
    NO_PROPOSAL: {
      text: 'Det er ikkje noko framlegg til status å ta imot.',
      cure: 'Opne ungdommen, og set status der om det trengst.',
    },
    OTHER_PROPOSAL: {
      text: 'Regelen foreslår ein annan status enn den som er vald.',
      cure: 'Opne varselet, og ta stilling til framlegget der.',
    },
    SEVERAL_PROPOSALS: {
      text: 'Regelen foreslår fleire statusar.',
      cure: 'Opne varselet og vel, eller lag ein jobb for éin av statusane.',
    },
    SEVERAL_ROWS: {
      text: 'Ungdommen har fleire linjer i lista, for fleire skuleår.',
      cure: 'Opne ungdommen, og gjer det for eitt skuleår om gongen.',
    },
    CHANGED: {
      text: 'Ungdommen er endra etter at jobben vart laga. Ingenting er skrive over.',
      cure: 'Opne ungdommen, og sjå om det framleis skal gjerast.',
    },
    UNKNOWN_YOUTH: {
      text: 'Ungdommen finst ikkje lenger under denne referansen.',
      cure: 'Finn ungdommen på nytt i arbeidslista.',
    },
    NO_NUMBER: {
      text: 'Brua har ikkje noko fødselsnummer for ungdommen.',
      cure: 'Meld frå til drifta.',
    },
    TURNED_AWAY: {
      text: 'Meldinga ville ikkje blitt godteken. Ingenting er sendt.',
      cure: 'Opne ungdommen, og rett det som er gale.',
    },
    QUARANTINED: {
      text: 'Meldinga vart send, men kunne ikkje brukast.',
      cure: 'Be drifta sjå på ho i karantenen.',
    },
    PARKED: {
      text: 'Meldinga ventar på ei tidlegare melding om ungdommen.',
      cure: 'Be drifta sjå på dei som ventar.',
    },
  },
};
