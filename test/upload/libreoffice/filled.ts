import { VIGO_INTAKE_COLUMNS } from '../../../adapters/vigo-intake/columns.ts';
import { crowd } from '../../harness/schoolDropouts.ts';

// What is typed into the template: 42 who did not show up (S11). The 17th has ten digits, and the 30th is the 3rd.

export const FEED = 'vigo-intake';
/** The row of the sheet is so much more than the row of the list: the edition, the headings, and an example of each kind. */
export const ROWS_ABOVE = 2 + VIGO_INTAKE_COLUMNS.types.length;

const NAMES = ['Ærlig Ødegård', 'Åse Bjørk', 'Zoë Ünsal', 'Ola; Nordli', 'Kari "Kaia" Li'];
const people = crowd(11, 41).map(({ fodselsnummer }, at) => ({
  number: fodselsnummer,
  name: `${NAMES[at % NAMES.length]} ${at + 1}`,
}));
const listed = people.toSpliced(29, 0, people[2]!);

/** The number that the 17th should have had. */
export const WHOLE = listed[16]!.number;

export const FILLED = listed.map(
  ({ number, name }, at): Readonly<Record<string, string>> => ({
    type: 'Ikke møtt',
    fodselsnummer: at === 16 ? number.slice(0, 10) : number,
    navn: name,
    skolear: '2026-27',
    dato: '17.08.2026',
    skolenummer: '40014',
  }),
);
