import { texts } from './texts.ts';

export const TODAY = texts({
  nb: {
    canOpen: 'Dette kan du gjøre her',
    nothing:
      'Rollen din har ingen egne sider i konsollen ennå. Du finner det du trenger i API-et og på kommandolinjen.',
    notAll: 'Konsollen er under bygging. Det som ikke står her, finnes i API-et og på kommandolinjen.',
    apiLink: 'Se hva broen svarer på',
    lists: 'Hva venter på deg?',
    list: 'Arbeidsliste',
    rows: 'Rader',
    urgent: 'Haster',
    overdue: 'Frist ute',
    soon: 'Frist denne uken',
    nothingWaits: 'Ingen arbeidslister har noen i seg nå.',
    unreadable: (count: number) => `${count} kan ikke leses, og er ikke talt med. Meld fra til driften.`,
    wheel: 'Hva skal skje nå etter årshjulet?',
    noWheel: (date: string) => `Ingenting akkurat nå. Det neste begynner ${date}:`,
    what: 'Hva',
    who: 'Hvem',
    until: 'Til',
    due: 'Frist',
    arrivals: 'Er alt kommet?',
    arrived: 'Siste hele liste',
    never: 'Ingen hel liste er kommet',
    state: 'Tilstand',
    late: 'Er ikke kommet som ventet',
    lateUnderWay: 'Er ikke kommet som ventet. En ny er på vei',
    inTime: 'Kommet som ventet',
    noArrivals: 'Ingen faste lister har kommet ennå.',
    lateOnes: (count: number) =>
      count === 1 ? '1 liste er ikke kommet.' : `${count} lister er ikke kommet.`,
    allArrived: 'Ja, alle faste lister er kommet som ventet.',
  },
  nn: {
    canOpen: 'Dette kan du gjere her',
    nothing:
      'Rolla di har inga eiga side i konsollen enno. Du finn det du treng i API-et og på kommandolinja.',
    notAll: 'Konsollen er under bygging. Det som ikkje står her, finst i API-et og på kommandolinja.',
    apiLink: 'Sjå kva brua svarer på',
    lists: 'Kva ventar på deg?',
    list: 'Arbeidsliste',
    rows: 'Rader',
    urgent: 'Hastar',
    overdue: 'Frist ute',
    soon: 'Frist denne veka',
    nothingWaits: 'Ingen arbeidslister har nokon i seg no.',
    unreadable: (count: number) => `${count} kan ikkje lesast, og er ikkje talde med. Meld det til drifta.`,
    wheel: 'Kva skal skje no etter årshjulet?',
    noWheel: (date: string) => `Ingenting akkurat no. Det neste byrjar ${date}:`,
    what: 'Kva',
    who: 'Kven',
    until: 'Til',
    due: 'Frist',
    arrivals: 'Er alt kome?',
    arrived: 'Siste heile liste',
    never: 'Inga heil liste er komen',
    state: 'Tilstand',
    late: 'Er ikkje komen som venta',
    lateUnderWay: 'Er ikkje komen som venta. Ei ny er på veg',
    inTime: 'Komen som venta',
    noArrivals: 'Ingen faste lister har kome enno.',
    lateOnes: (count: number) =>
      count === 1 ? '1 liste er ikkje komen.' : `${count} lister er ikkje komne.`,
    allArrived: 'Ja, alle faste lister er komne som venta.',
  },
});

/** Lists that come on their own. */
export const LIST_NAMES = texts({
  nb: {
    laktiv: 'Lærekontrakter fra VIGO, hver natt',
    ot: 'OT-listen fra VIGO, hver natt',
    nav: 'Svar fra NAV, hver måned',
  },
  nn: {
    laktiv: 'Lærekontraktar i VIGO, kvar natt',
    ot: 'OT-lista i VIGO, kvar natt',
    nav: 'NAV-svara, kvar månad',
  },
});
