import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causeIdOf } from '../../../src/core/derive/causeId.ts';
import { countyInName } from '../../../src/core/derive/county/restructuring.ts';
import { digest } from '../../../src/core/digest.ts';
import { countyNumber } from '../../../src/core/organisation.ts';
import type { AlertKind } from '../../../src/core/youth/youthEvent.ts';
import { runs } from '../../harness/propertyRuns.ts';

test('an id depends on what it is made of alone, whatever was named before', () => {
  const cause = fc.record({
    kind: fc.constantFrom<AlertKind[]>('NY_TILMELDING', 'FRIST_UTLOPT'),
    schoolYear: fc.constantFrom('2019-20', '2026-27'),
    county: fc.constantFrom('40', '38', '08').map(countyNumber),
    about: fc.constantFrom('', 'KONTAKT', '40014'),
  });
  fc.assert(
    fc.property(fc.array(cause, { maxLength: 12 }), (causes) => {
      for (const { kind, schoolYear, county, about } of causes) {
        const whole = `${kind}:${schoolYear}:${countyInName(schoolYear, county)}:${about}`;
        expect(causeIdOf(kind, schoolYear, county, about)).toBe(digest(whole));
      }
    }),
    runs(300),
  );
});
