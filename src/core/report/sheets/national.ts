import { inAgeRange } from '../../age/ageLimit.ts';
import { by } from '../../order.ts';
import type { CountyNumber } from '../../organisation.ts';
import type { PersonRef } from '../../person/reference.ts';
import type { Policy } from '../../policy.ts';
import type { Counted } from '../counted.ts';
import type { Sum } from '../figures.ts';
import { livesHidden, ownedElsewhere } from '../ownership.ts';
import type { Line } from '../register.ts';
import { isFirst, onePerson } from '../samePerson.ts';
import type { Sheet, SheetRow } from '../sheet.ts';
import { listOf } from '../stock.ts';
import { tally } from '../tally.ts';
import { followsOf, viewOf } from '../view.ts';
import type { SheetOrder } from './order.ts';

export interface CountyLines {
  county: CountyNumber;
  lines: readonly Line[];
  policy: Policy;
}

interface Entry extends Counted {
  county: CountyNumber;
  fate: 'talt' | 'andreSteder' | 'overGrensen';
}

const MEASURES = ['registrert', 'talt', 'andreSteder', 'overGrensen', 'malgruppe', 'utenfor'] as const;

/**
 * Several counties in one figure, each youth once (U03). A youth who is registered in two is counted in the one that owns
 * the youth on the day; the sum of the counties less those counted elsewhere is the country's.
 */
export function nationalSheet(counties: readonly CountyLines[], order: SheetOrder): Sheet {
  const entries = entriesOf(counties, order);
  const figures = tally(
    entries,
    ({ county, fate, registration }) => {
      const side = registration.status.targetGroup ? 'malgruppe' : 'utenfor';
      const measures = fate === 'talt' ? ['registrert', fate, side] : ['registrert', fate];
      return measures.flatMap((measure) => [`alle.${measure}`, `${county}.${measure}`]);
    },
    ({ line }) => livesHidden(line, order.shownOn),
    ['alle', ...counties.map(({ county }) => county)].flatMap((county) =>
      MEASURES.map((measure) => `${county}.${measure}`),
    ),
  );
  const names = counties.map(({ county }) => county).sort();
  const sums: Sum[] = [
    ...MEASURES.map((measure) => ({
      total: `alle.${measure}`,
      parts: names.map((county) => `${county}.${measure}`),
    })),
    ...['alle', ...names].flatMap((county) => [
      {
        total: `${county}.registrert`,
        parts: ['talt', 'andreSteder', 'overGrensen'].map((measure) => `${county}.${measure}`),
      },
      { total: `${county}.talt`, parts: [`${county}.malgruppe`, `${county}.utenfor`] },
    ]),
  ];
  const { county, schoolYear, on, cutoff } = order;
  return {
    name: 'national',
    title: 'Fylkene samlet, hver ungdom én gang',
    scope: { county, schoolYear, on, cutoff, list: listOf(entries) },
    follows: followsOf({ ...order, view: 'UDIR' }),
    figures: { figures, sums },
    otherCounties: true,
    tables: [
      {
        name: 'fylker',
        title: 'Registrerte, og hvor de telles',
        columns: [
          { name: 'fylke', title: 'Fylke', kind: 'text' },
          { name: 'registrert', title: 'Registrert', kind: 'number' },
          { name: 'andreSteder', title: 'Telt et annet sted', kind: 'number' },
          { name: 'overGrensen', title: 'Over aldersgrensen', kind: 'number' },
          { name: 'talt', title: 'Talt her', kind: 'number' },
          { name: 'malgruppe', title: 'I målgruppen', kind: 'number' },
        ],
        rows: [
          ...names.map((name) => figuresRow(name, name)),
          { ...figuresRow('Alle', 'alle'), sum: true as const },
        ],
        personal: false,
      },
    ],
  };
}

function figuresRow(title: string, county: string): SheetRow {
  const shown = ['registrert', 'andreSteder', 'overGrensen', 'talt', 'malgruppe'];
  return { cells: [{ text: title }, ...shown.map((measure) => ({ figure: `${county}.${measure}` }))] };
}

function entriesOf(counties: readonly CountyLines[], order: SheetOrder): Entry[] {
  const inOrder = counties.toSorted(by(({ county }) => county));
  const all = inOrder.flatMap(({ county, lines, policy }) => {
    const { counted } = viewOf(lines, { ...order, county, policy, view: 'VIGO' });
    return counted.map((each) => {
      const { born } = each.line;
      const inRange = born === null || inAgeRange(born, order.on, policy);
      return { ...each, county, inRange, owns: !ownedElsewhere(each.line, { ...order, county }) };
    });
  });
  // The county that has taken over counts the youth; another only when no county has the youth at all.
  const owners = all
    .filter(({ inRange }) => inRange)
    .sort((one, other) => Number(other.owns) - Number(one.owns));
  const byRef = new Map<PersonRef, (typeof owners)[number]>();
  for (const each of owners) {
    const known = byRef.get(each.line.ref);
    // Two counties that both claim the youth: by the same rule, in whatever order they are read.
    if (known === undefined || (known.owns === each.owns && isFirst(each, known)))
      byRef.set(each.line.ref, each);
  }
  const once = new Set(onePerson([...byRef.values()], order.policy.countedOnceBy).first);
  return all.map((each) => ({
    ...each,
    fate: !each.inRange ? 'overGrensen' : once.has(each) ? 'talt' : 'andreSteder',
  }));
}
