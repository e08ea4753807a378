import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonRows } from '../../../src/api/body/jsonRows.ts';
import { LIMITS } from '../../../src/api/body/limits.ts';
import { parseJson } from '../../../src/api/body/parseJson.ts';
import { runs } from '../../harness/propertyRuns.ts';

/** The body cut at the given places. */
function split(body: Buffer, cuts: number[]) {
  const rows = createJsonRows({ ...LIMITS, depth: 1_000 }, LIMITS.document);
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (body.length + 1)).sort((a, b) => a - b), body.length]) {
    rows.push(body.subarray(from, cut));
    from = cut;
  }
  return rows.end();
}

const cuts = fc.array(fc.nat(), { maxLength: 20 });

test('a list is cut into its rows wherever the chunks are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue({ maxDepth: 4 })),
      fc.constantFrom(0, 1, '\t'),
      cuts,
      (list, indent, places) => {
        const body = split(Buffer.from(JSON.stringify(list, null, indent)), places);
        expect(body.kind).toBe('list');
        if (body.kind === 'list') {
          expect(body.rows.map((row) => JSON.parse(row.toString()))).toEqual(
            JSON.parse(JSON.stringify(list)),
          );
        }
      },
    ),
  );
});

test('a lone object keeps its bytes wherever the chunks are cut', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), cuts, (object, places) => {
      const text = JSON.stringify(object);
      const body = split(Buffer.from(` ${text}\n`), places);
      expect(body).toMatchObject({ kind: 'object', start: 1 });
      if (body.kind === 'object') expect(body.bytes.toString()).toBe(text);
    }),
  );
});

/** A valid body with one byte replaced: mostly broken, sometimes not. */
const damaged = fc
  .tuple(
    fc.array(fc.jsonValue({ maxDepth: 3 }), { minLength: 1 }),
    fc.nat(),
    fc.constantFrom(...'[]{},:"\\x1 \u0000'),
  )
  .map(([list, at, character]) => {
    const text = JSON.stringify(list);
    const place = at % text.length;
    return `${text.slice(0, place)}${character}${text.slice(place + 1)}`;
  });

test('accepts exactly the lists and objects that JSON.parse accepts', () => {
  fc.assert(
    fc.property(damaged, cuts, (text, places) => {
      const wanted = accepts(() => JSON.parse(text));
      const kind = wanted && JSON.parse(text);
      const given = accepts(() => {
        const body = split(Buffer.from(text), places);
        if (body.kind === 'object') parseJson(body.bytes, body.start);
      });
      expect(given).toBe(wanted && typeof kind === 'object' && kind !== null);
    }),
    runs(2_000),
  );
});

function accepts(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}
