import { texts } from '../language.ts';

/** What is wrong with a cell of a sheet, by the heading of its column, and what to do about it. */
export const CELL = texts({
  nb: {
    isDate: (heading: string) => `Cellen i «${heading}» er en dato.`,
    isFlag: (heading: string) => `Cellen i «${heading}» er sann eller usann.`,
    notFlag: (heading: string) => `Cellen i «${heading}» er verken ja eller nei.`,
    notWhole: (heading: string) => `Cellen i «${heading}» er ikke et helt tall.`,
    bareNumber: (heading: string) => `Cellen i «${heading}» er et tall uten datoformat.`,
    isNumber: (heading: string) => `Cellen i «${heading}» er et tall.`,
    noResult: (heading: string) => `Cellen i «${heading}» har en formel uten resultat.`,
    errorValue: (heading: string) => `Cellen i «${heading}» viser en feil.`,
    merged: (heading: string) => `Cellen i «${heading}» er slått sammen med andre celler.`,
    time: (heading: string) => `Cellen i «${heading}» har både dato og klokkeslett.`,
    noDate: (heading: string) => `Cellen i «${heading}» er ikke en dato som finnes.`,
    rounded: (heading: string) =>
      `Cellen i «${heading}» har flere sifre enn regnearket kan holde, så de siste er tapt.`,
    tooLong: (heading: string) => `Cellen i «${heading}» har for mye tekst.`,
    withoutColumn: 'Raden har en verdi i en kolonne uten overskrift.',

    digitsCure: 'Formater kolonnen som tekst, og skriv nummeret med alle sifrene.',
    textCure: 'Formater kolonnen som tekst, og skriv teksten på nytt.',
    codeCure: 'Skriv koden eller navnet på den som tekst.',
    dateCure: 'Skriv datoen som dag, måned og år, for eksempel 06.10.2026.',
    yearCure: 'Formater kolonnen som tekst, og skriv begge år, for eksempel 2026-27.',
    flagCure: 'Skriv ja eller nei, eller la cellen være tom.',
    numberCure: 'Skriv et helt tall.',
    typeCure: 'Skriv hva raden gjelder, slik det står i malen.',
    noResultCure: 'Åpne filen i regnearket og lagre den på nytt, eller skriv verdien i stedet for formelen.',
    errorValueCure: 'Rett formelen, eller skriv verdien i stedet.',
    mergedCure: 'Opphev sammenslåingen, og skriv verdien i hver rad den gjelder.',
    timeCure: 'Skriv bare datoen.',
    roundedCure: 'Formater kolonnen som tekst, og skriv tallet på nytt.',
    tooLongCure: 'Kort ned teksten.',
    withoutColumnCure:
      'Flytt verdien til riktig kolonne, eller slett den. Et skilletegn for mye i raden kan ha forskjøvet den.',
  },
  nn: {
    isDate: (heading) => `Cella i «${heading}» er ein dato.`,
    isFlag: (heading) => `Cella i «${heading}» er sann eller usann.`,
    notFlag: (heading) => `Cella i «${heading}» er verken ja eller nei.`,
    notWhole: (heading) => `Cella i «${heading}» er ikkje eit heilt tal.`,
    bareNumber: (heading) => `Cella i «${heading}» er eit tal utan datoformat.`,
    isNumber: (heading) => `Cella i «${heading}» er eit tal.`,
    noResult: (heading) => `Cella i «${heading}» har ein formel utan resultat.`,
    errorValue: (heading) => `Cella i «${heading}» viser ein feil.`,
    merged: (heading) => `Cella i «${heading}» er slegen saman med andre celler.`,
    time: (heading) => `Cella i «${heading}» har både dato og klokkeslett.`,
    noDate: (heading) => `Cella i «${heading}» er ikkje ein dato som finst.`,
    rounded: (heading) =>
      `Cella i «${heading}» har fleire siffer enn reknearket kan halde, så dei siste er tapte.`,
    tooLong: (heading) => `Cella i «${heading}» har for mykje tekst.`,
    withoutColumn: 'Rada har ein verdi i ein kolonne utan overskrift.',

    digitsCure: 'Formater kolonnen som tekst, og skriv nummeret med alle siffera.',
    textCure: 'Formater kolonnen som tekst, og skriv teksten på nytt.',
    codeCure: 'Skriv koden eller namnet på han som tekst.',
    dateCure: 'Skriv datoen som dag, månad og år, til dømes 06.10.2026.',
    yearCure: 'Formater kolonnen som tekst, og skriv begge år, til dømes 2026-27.',
    flagCure: 'Skriv ja eller nei, eller la cella vere tom.',
    numberCure: 'Skriv eit heilt tal.',
    typeCure: 'Skriv kva rada gjeld, slik det står i malen.',
    noResultCure: 'Opne fila i reknearket og lagre ho på nytt, eller skriv verdien i staden for formelen.',
    errorValueCure: 'Rett formelen, eller skriv verdien i staden.',
    mergedCure: 'Opphev samanslåinga, og skriv verdien i kvar rad han gjeld.',
    timeCure: 'Skriv berre datoen.',
    roundedCure: 'Formater kolonnen som tekst, og skriv talet på nytt.',
    tooLongCure: 'Kort ned teksten.',
    withoutColumnCure:
      'Flytt verdien til rett kolonne, eller slett han. Eit skiljeteikn for mykje i rada kan ha forskuva han.',
  },
});

/** What is wrong with the cell in the column of that heading. */
export type CellSentence = (heading: string) => string;
