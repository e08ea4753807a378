import { texts } from '../language.ts';

/** What a row would lead to, as a dry run says it, or has led to. */
export const TRIED = texts({
  nb: {
    mend: 'Må rettes: raden ville havnet i karantene.',
    cell: 'Må rettes: en celle kan ikke leses.',
    notOurs: 'Gjelder ikke denne strømmen.',
    parked: 'Ville ventet: en tidligere melding om samme person kan ikke behandles ennå.',
    known: 'Kjent fra før: endrer ingenting.',
    repeats: (row: string) => `Sier det samme som rad ${row}.`,
    accepted: 'Ville blitt godtatt.',
    butWrong: 'Godtatt, men noe annet i raden er galt.',
    waits: 'Ville ventet til hele leveransen var kommet.',
    stored: 'Ville blitt lagret; endrer verken tilmelding, status eller varsler.',
    opened: (code: string, year: string, status: string) =>
      `Ny tilmelding ${code} for ${year} med status ${status}.`,
    openedBare: (year: string, status: string) => `Ny tilmelding uten kode for ${year} med status ${status}.`,
    openedUnknown: (code: string, year: string) => `Ny tilmelding ${code} for ${year} med ukjent status.`,
    changed: (year: string, code: string) => `Tilmeldingen for ${year} endres til ${code}.`,
    changedBare: (year: string) => `Tilmeldingen for ${year} endres og er uten kode.`,
    annulled: (year: string) => `Tilmeldingen for ${year} annulleres.`,
    status: (code: string, year: string) => `Status ${code} settes for ${year}.`,
    alert: (alert: string) => `Varsel ${alert}.`,
    alertChanged: (alert: string) => `Endret varsel ${alert}.`,
    alertWithdrawn: (alert: string) => `Trukket varsel ${alert}.`,
    older: 'En nyere versjon er kjent: endrer ingenting.',
    withheld: 'Svaret holdes tilbake: samtykkene det krever, gjelder ikke nå.',
    joined: 'To numre regnes som samme person.',

    listSame: 'Ingen mangler i listen sammenlignet med de forrige.',
    listGone: (count: string) =>
      `${count} som sto i de forrige listene, mangler i denne og ville blitt meldt som borte. Ingen regnes som sluttet av den grunn.`,
    listShrunk: (count: string) =>
      `${count} som sto i forrige liste, mangler i denne. Det er så mange at listen må bekreftes før noe sluttes av den.`,
    listBroken: 'Listen er ikke hel: rader mangler eller må rettes. Ingen ville blitt regnet som borte.',
    listWaits: 'Radene ville ventet til hele leveransen var kommet.',
  },
  nn: {
    mend: 'Må rettast: rada ville hamna i karantene.',
    cell: 'Må rettast: ei celle kan ikkje lesast.',
    notOurs: 'Gjeld ikkje denne straumen.',
    parked: 'Ville venta: ei tidlegare melding om same person kan ikkje behandlast enno.',
    known: 'Kjent frå før: endrar ingenting.',
    repeats: (row) => `Seier det same som rad ${row}.`,
    accepted: 'Ville blitt godteken.',
    butWrong: 'Godteken, men noko anna i rada er gale.',
    waits: 'Ville venta til heile leveransen var komen.',
    stored: 'Ville blitt lagra; endrar verken tilmelding, status eller varsel.',
    opened: (code, year, status) => `Ny tilmelding ${code} for ${year} med status ${status}.`,
    openedBare: (year, status) => `Ny tilmelding utan kode for ${year} med status ${status}.`,
    openedUnknown: (code, year) => `Ny tilmelding ${code} for ${year} med ukjend status.`,
    changed: (year, code) => `Tilmeldinga for ${year} blir endra til ${code}.`,
    changedBare: (year) => `Tilmeldinga for ${year} blir endra og er utan kode.`,
    annulled: (year) => `Tilmeldinga for ${year} blir annullert.`,
    status: (code, year) => `Status ${code} blir sett for ${year}.`,
    alert: (alert) => `Varsel ${alert}.`,
    alertChanged: (alert) => `Endra varsel ${alert}.`,
    alertWithdrawn: (alert) => `Trekt varsel ${alert}.`,
    older: 'Ein nyare versjon er kjend: endrar ingenting.',
    withheld: 'Svaret blir halde tilbake: samtykka det krev, gjeld ikkje no.',
    joined: 'To nummer blir rekna som same person.',

    listSame: 'Ingen manglar i lista samanlikna med dei førre.',
    listGone: (count) =>
      `${count} som stod i dei førre listene, manglar i denne og ville blitt melde som borte. Ingen blir rekna som slutta av den grunn.`,
    listShrunk: (count) =>
      `${count} som stod i førre lista, manglar i denne. Det er så mange at lista må stadfestast før noko blir slutta av ho.`,
    listBroken: 'Lista er ikkje heil: rader manglar eller må rettast. Ingen ville blitt rekna som borte.',
    listWaits: 'Radene ville venta til heile leveransen var komen.',
  },
});
