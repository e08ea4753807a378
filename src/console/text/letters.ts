import { texts } from '../../core/language.ts';

export const LETTERS_PAGE = texts({
  nb: {
    title: 'Brev',
    about: 'hvem som skal ha et brev, og hvem som ikke skal ha det og hvorfor',
    intro: 'Broen lager listene. Brevene sender fylket selv.',
    caption: 'Brev i årshjulet, etter når de går',
    letter: 'Brev',
    goes: 'Sendes',
    aboutYear: 'Gjelder skoleåret',
    channel: 'Kanal',
    now: 'Sendes nå',
    past: 'Perioden er over',
    year: (year: string) => `Skoleåret ${year}`,
    earlier: 'Forrige skoleår',
    later: 'Neste skoleår',
    unknownYear: 'Det er ikke et skoleår. Her er det brevet gjelder nå.',
    sends: (days: string, week: string) => `Sendes ${days} (${week}).`,
    concerns: (year: string) => `Gjelder registreringer i skoleåret ${year}.`,
    counts: (send: number, hold: number) => `${lettersNb(send)} ${heldNb(hold)}`,
    unit: 'OT-enhet',
    allUnits: 'Alle enheter',
    show: 'Vis',
    gets: 'Skal ha brevet',
    getsCaption: 'De som skal ha brevet, ett brev til hver mottaker',
    not: 'Skal ikke ha brevet',
    notCaption: 'De som ikke skal ha brevet, og hvorfor',
    youth: (ref: string) => `Ungdom ${ref}`,
    who: 'Ungdom',
    recipient: 'Til',
    everyone: 'Ingen av mottakerne',
    why: 'Hvorfor',
    owner: 'Ansvar',
    hiddenOwner: 'Navngitt rådgiver',
    minor: 'Under 18 år',
    yes: 'Ja',
    no: 'Nei',
    unknown: 'Ikke kjent',
    empty: 'Brevet gjelder ingen i dette skoleåret.',
    emptyFilter: 'Brevet gjelder ingen for denne enheten. Velg alle enheter for å se resten.',
    noneHere: 'Ingen på denne siden. De som skal ha brevet, står først i listen.',
    download: 'Last ned listen som regneark',
    downloadHelp:
      'Regnearket har begge listene, med referanser og uten navn. Brevsystemet slår opp navn og adresse.',
    range: (from: number, to: number, total: number) => `Linje ${from} til ${to} av ${total}`,
    nextPage: 'Neste side',
    firstPage: 'Til første side',
    pages: 'Sider',
    unreadable: (count: number) => `${count} kan ikke leses, og mangler her. Meld fra til driften.`,
    behind: 'Det kommer mange meldinger akkurat nå. De siste er ikke med her ennå.',
    back: 'Alle brev',
    rule: (rule: string) => `(regel ${rule})`,
  },
  nn: {
    title: 'Brev',
    about: 'kven som skal ha eit brev, og kven som ikkje skal ha det og kvifor',
    intro: 'Brua lagar listene. Breva sender fylket sjølv.',
    caption: 'Brev i årshjulet, etter når dei går',
    letter: 'Brev',
    goes: 'Vert sende',
    aboutYear: 'Gjeld skuleåret',
    channel: 'Kanal',
    now: 'Vert sende no',
    past: 'Perioden er over',
    year: (year: string) => `Skuleåret ${year}`,
    earlier: 'Førre skuleår',
    later: 'Neste skuleår',
    unknownYear: 'Det er ikkje eit skuleår. Her er det brevet gjeld no.',
    sends: (days: string, week: string) => `Vert sendt ${days} (${week}).`,
    concerns: (year: string) => `Gjeld registreringar i skuleåret ${year}.`,
    counts: (send: number, hold: number) => `${lettersNn(send)} ${heldNn(hold)}`,
    unit: 'OT-eining',
    allUnits: 'Alle einingar',
    show: 'Vis',
    gets: 'Skal ha brevet',
    getsCaption: 'Dei som skal ha brevet, eitt brev til kvar mottakar',
    not: 'Skal ikkje ha brevet',
    notCaption: 'Dei som ikkje skal ha brevet, og kvifor',
    youth: (ref: string) => `Ungdom ${ref}`,
    who: 'Ungdom',
    recipient: 'Til',
    everyone: 'Ingen av mottakarane',
    why: 'Kvifor',
    owner: 'Ansvar',
    hiddenOwner: 'Namngjeven rådgjevar',
    minor: 'Under 18 år',
    yes: 'Ja',
    no: 'Nei',
    unknown: 'Ikkje kjent',
    empty: 'Brevet gjeld ingen i dette skuleåret.',
    emptyFilter: 'Brevet gjeld ingen for denne eininga. Vel alle einingar for å sjå resten.',
    noneHere: 'Ingen på denne sida. Dei som skal ha brevet, står først i lista.',
    download: 'Last ned lista som rekneark',
    downloadHelp:
      'Reknearket har begge listene, med referansar og utan namn. Brevsystemet slår opp namn og adresse.',
    range: (from: number, to: number, total: number) => `Linje ${from} til ${to} av ${total}`,
    nextPage: 'Neste side',
    firstPage: 'Til første side',
    pages: 'Sider',
    unreadable: (count: number) => `${count} kan ikkje lesast, og manglar her. Meld det til drifta.`,
    behind: 'Det kjem mange meldingar akkurat no. Dei siste er ikkje med her enno.',
    back: 'Alle brev',
    rule: (rule: string) => `(regel ${rule})`,
  },
});

/** To whom a letter goes. */
export const RECIPIENT = texts({
  nb: { UNGDOM: 'Ungdommen', FORESATT: 'Foresatt', FORESATT2: 'Foresatt nummer to' },
  nn: { UNGDOM: 'Ungdommen', FORESATT: 'Føresett', FORESATT2: 'Føresett nummer to' },
});

function lettersNb(count: number): string {
  return count === 1 ? '1 brev skal sendes.' : `${count} brev skal sendes.`;
}

function heldNb(count: number): string {
  return count === 1 ? '1 ungdom er holdt utenfor.' : `${count} er holdt utenfor.`;
}

function lettersNn(count: number): string {
  return count === 1 ? '1 brev skal sendast.' : `${count} brev skal sendast.`;
}

function heldNn(count: number): string {
  return count === 1 ? '1 ungdom er halden utanfor.' : `${count} er haldne utanfor.`;
}
