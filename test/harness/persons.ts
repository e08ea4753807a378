// The cast of the domain reference §3.0 (data/syntetiske-personer.json): synthetic persons, month + 80, and one fictive
// VIGO number (P07) that fails the check digits and is right. Names are made up.

export interface Person {
  fodselsnummer: string;
  fodselsdato: string;
}

const CAST = {
  P01: { fodselsnummer: '14830989960', fodselsdato: '2009-03-14' },
  P02: { fodselsnummer: '02910788054', fodselsdato: '2007-11-02' },
  P03a: { fodselsnummer: '21860876016', fodselsdato: '2008-06-21' },
  P03b: { fodselsnummer: '21860875818', fodselsdato: '2008-06-21' },
  P04: { fodselsnummer: '29820869980', fodselsdato: '2008-02-29' },
  P05a: { fodselsnummer: '31920282000', fodselsdato: '2002-12-31' },
  P05b: { fodselsnummer: '01810382070', fodselsdato: '2003-01-01' },
  P06: { fodselsnummer: '45850864989', fodselsdato: '2008-05-05' },
  P06f: { fodselsnummer: '05850863778', fodselsdato: '2008-05-05' },
  P06r: { fodselsnummer: '55810862636', fodselsdato: '2008-03-02' },
  P07: { fodselsnummer: '50900999111', fodselsdato: '2009-10-10' },
  P07f: { fodselsnummer: '10900969967', fodselsdato: '2009-10-10' },
  P08: { fodselsnummer: '17890761240', fodselsdato: '2007-09-17' },
  P09: { fodselsnummer: '08810860163', fodselsdato: '2008-01-08' },
  P10: { fodselsnummer: '23840672131', fodselsdato: '2006-04-23' },
  P11: { fodselsnummer: '11870873311', fodselsdato: '2008-07-11' },
  P12: { fodselsnummer: '30900674437', fodselsdato: '2006-10-30' },
  P13: { fodselsnummer: '19820775425', fodselsdato: '2007-02-19' },
  P14: { fodselsnummer: '06860776543', fodselsdato: '2007-06-06' },
  P15: { fodselsnummer: '12880877605', fodselsdato: '2008-08-12' },
  P16: { fodselsnummer: '25850578535', fodselsdato: '2005-05-25' },
  P17: { fodselsnummer: '03830779875', fodselsdato: '2007-03-03' },
  P18: { fodselsnummer: '09899839924', fodselsdato: '1998-09-09' },
  P19: { fodselsnummer: '16841080738', fodselsdato: '2010-04-16' },
  P20: { fodselsnummer: '20920483098', fodselsdato: '2004-12-20' },
  G01: { fodselsnummer: '04907530030', fodselsdato: '1975-10-04' },
  G04: { fodselsnummer: '22887830987', fodselsdato: '1978-08-22' },
} as const satisfies Readonly<Record<string, Person>>;

export function person(id: keyof typeof CAST): Person {
  return CAST[id];
}
