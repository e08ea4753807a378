import { expect, it } from 'vitest';
import type { Choice } from '../../../src/core/rules/choice.ts';
import { judge } from '../../../src/core/rules/judgement.ts';
import { judged } from './choice.ts';
import { GROUP, PAIRS, SPEAKS } from './tables.ts';

const GROUNDS = SPEAKS.map(([ground]) => ground);
const ASKED = new Set(PAIRS.map(([yes]) => yes));

/** None, one, two and three of the grounds. */
function* subsets(): Generator<string[]> {
  yield [];
  for (const [a, one] of GROUNDS.entries()) {
    yield [one];
    for (const [b, two] of GROUNDS.slice(a + 1).entries()) {
      yield [one, two];
      for (const three of GROUNDS.slice(a + b + 2)) yield [one, two, three];
    }
  }
}

function* choices(): Generator<Choice> {
  for (const code of Object.keys(GROUP)) {
    const answers = ASKED.has(code) ? (['JA', 'UKJENT'] as const) : (['UKJENT'] as const);
    for (const viaOt of answers)
      for (const grounds of subsets()) yield { code, viaOt, grounds, contacted: true };
  }
}

const VERDICT = { ALLOWED: 'ok', WARNED: 'warned', REFUSED: 'refused', UPHELD: 'ok' } as const;

it('every code with every one, two and three grounds is judged as the table says, with its rule and code', () => {
  const wrong: string[] = [];
  const counts = { ok: 0, warned: 0, refused: 0 };
  for (const choice of choices()) {
    const verdict = judge(choice, null);
    const { code, viaOt: via, grounds: stated } = choice;
    const wanted = judged({ code, via, stated, known: [], contacted: true, reasoned: false });
    counts[VERDICT[verdict.kind]] += 1;
    const said = 'rule' in verdict ? [verdict.rule, ...[...verdict.proposed].sort()] : [];
    const asked = wanted.rule === undefined ? [] : [wanted.rule, ...[...(wanted.proposed ?? [])].sort()];
    const [one, other] = [[VERDICT[verdict.kind], ...said].join(' '), [wanted.verdict, ...asked].join(' ')];
    if (one !== other) wrong.push(`${code} ${via} + ${stated.join(' + ')}: ${one}, and not ${other}`);
  }
  expect(wrong.slice(0, 20)).toEqual([]);
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(10_000);
});

it('an adviser who does as a rule says is led to a code that is accepted, and not round in a ring', () => {
  const lost: string[] = [];
  let stated: readonly string[] = [];
  let stand = new Map<string, boolean>();
  for (const choice of choices()) {
    if (choice.grounds !== stated) stand = new Map();
    stated = choice.grounds;
    if (!leadsOut(choice, new Set(), stand))
      lost.push(`${choice.code} ${choice.viaOt} + ${choice.grounds.join(' + ')}`);
  }
  expect(lost.slice(0, 20)).toEqual([]);
});

/** Is there a way from the choice, by the codes that are proposed, to one that no rule speaks against? */
function leadsOut(choice: Choice, seen: Set<string>, stand: Map<string, boolean>): boolean {
  const { code, viaOt, grounds } = choice;
  // Silence together with anything else is a contradiction that no code resolves: OT has not talked to the youth.
  if (grounds.includes('IKKE_SVART')) return true;
  const key = `${code} ${viaOt}`;
  const verdict = judge(choice, null);
  if (verdict.kind === 'ALLOWED' || stand.get(key) === true) return true;
  if (verdict.kind === 'UPHELD' || seen.has(key)) return false;
  seen.add(key);
  const found = verdict.proposed.some((next) => {
    const no = PAIRS.some(([, outside]) => outside === next);
    const yes = viaOt === 'JA' || !ASKED.has(next) ? viaOt : 'UKJENT';
    return leadsOut({ ...choice, code: next, viaOt: no ? 'NEI' : yes }, seen, stand);
  });
  stand.set(key, found);
  return found;
}
