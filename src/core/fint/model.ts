// FINT's information model 4.1.0 of OT, written as data: what it has, and what becomes of each field here. The shape of what
// is sent is held to it, and the table of differences in docs/integration.md is printed from it.

export type Cardinality = '1' | '0..1' | '0..*';

export interface FintField {
  name: string;
  type: string;
  cardinality: Cardinality;
  /** A relation, in `_links`. */
  relation: boolean;
  /** Why it differs here, in English; absent where it is sent as FINT has it. */
  difference?: string;
}

export interface FintClass {
  name: 'OtUngdom' | 'OtStatus' | 'OtEnhet';
  component: 'utdanning/ot' | 'utdanning/kodeverk';
  fields: readonly FintField[];
}

const PASSIVE: FintField = { name: 'passiv', type: 'boolean', cardinality: '0..1', relation: false };

export const FINT_MODEL: readonly FintClass[] = [
  {
    name: 'OtUngdom',
    component: 'utdanning/ot',
    fields: [
      {
        name: 'systemId',
        type: 'Identifikator',
        cardinality: '1',
        relation: false,
        difference:
          'Sent. A person reference, never an identity number: VIGO’s own adapter has the identity number here. Over HTTP it is the caller’s own form of the reference.',
      },
      {
        name: 'person',
        type: 'felles.Person',
        cardinality: '1',
        relation: true,
        difference:
          'Never sent: FINT names a person by the identity number in the address, which must not be in addresses, keys or logs.',
      },
      {
        name: 'status',
        type: 'OtStatus',
        cardinality: '0..1',
        relation: true,
        difference:
          'Sent. Of several registrations the newest school year’s in the county; those of before last school year are not sent.',
      },
      {
        name: 'enhet',
        type: 'OtEnhet',
        cardinality: '0..1',
        relation: true,
        difference: 'Sent. Of the same registration as the status.',
      },
      {
        name: 'programomrade',
        type: 'Programomrade',
        cardinality: '0..1',
        relation: true,
        difference: 'Not sent: no feed of the bridge carries it.',
      },
    ],
  },
  {
    name: 'OtStatus',
    component: 'utdanning/kodeverk',
    fields: [
      {
        name: 'systemId',
        type: 'Identifikator',
        cardinality: '1',
        relation: false,
        difference:
          'Sent. The code; of an older list `<list>.<code>`, since the same code may mean something else there.',
      },
      { name: 'kode', type: 'string', cardinality: '1', relation: false },
      { name: 'navn', type: 'string', cardinality: '1', relation: false },
      {
        name: 'gyldighetsperiode',
        type: 'Periode',
        cardinality: '0..1',
        relation: false,
        difference: 'Sent where the first day of the list is known.',
      },
      PASSIVE,
      {
        name: 'beskrivelse',
        type: 'string',
        cardinality: '0..1',
        relation: false,
        difference: 'Not sent: the published lists have no description besides the name.',
      },
      {
        name: 'type',
        type: 'string',
        cardinality: '1',
        relation: false,
        difference: 'Always `O` (OT). VIGO’s own codes, `V`, are not published.',
      },
    ],
  },
  {
    name: 'OtEnhet',
    component: 'utdanning/kodeverk',
    fields: [
      { name: 'systemId', type: 'Identifikator', cardinality: '1', relation: false },
      { name: 'kode', type: 'string', cardinality: '1', relation: false },
      {
        name: 'navn',
        type: 'string',
        cardinality: '1',
        relation: false,
        difference: 'Sent as «OT-enhet» and the code: the bridge knows units by code alone.',
      },
      {
        name: 'gyldighetsperiode',
        type: 'Periode',
        cardinality: '0..1',
        relation: false,
        difference: 'Not sent: not known.',
      },
      PASSIVE,
      {
        name: 'kommune',
        type: 'felles.Kommune',
        cardinality: '1',
        relation: true,
        difference: 'Not sent, though mandatory: not known. VIGO’s own code list adapter leaves it out too.',
      },
    ],
  },
];

/** Markdown, for the papers. */
export function differencesTable(): string {
  const rows = FINT_MODEL.flatMap(({ name, fields }) =>
    fields.map(
      ({ name: field, cardinality, relation, difference }) =>
        `| ${name} | \`${field}\`${relation ? ' (link)' : ''} | ${cardinality} | ${difference ?? 'Sent.'} |`,
    ),
  );
  return ['| class | field | FINT | here |', '|---|---|---|---|', ...rows].join('\n');
}
