import { describe, expect, it } from 'vitest';
import { CODES } from '../../../src/core/codelists/data/otLists.ts';
import { schoolReason } from '../../../src/core/codelists/leaveReason.ts';
import { lookupStatus } from '../../../src/core/codelists/otStatus.ts';
import { joints } from '../../architecture/imTwice.ts';
import { sources } from '../../architecture/sources.ts';
import { contact, left, status, story } from '../../harness/story.ts';

describe('S10 IM twice', () => {
  it('S10 no code path joins IM to a code or cuts it from one', () => {
    expect(joints(sources(['src', 'adapters']))).toEqual([]);
  });

  it.each([
    "const other = code + '_IM';",
    'const other = `%{code}_IM`;'.replace('%', '$'),
    "const stem = code.replace('_IM', '');",
    'const stem = code.replace(/_?IM$/, "");',
    "if (code.endsWith('IM')) return null;",
    "const status = 'OT' + reason;",
    'const status = `OT%{reason}`;'.replace('%', '$'),
  ])('S10 such a line is reported: %s', (text) => {
    expect(joints([{ path: 'src/core/derive/cause.ts', text }])).not.toEqual([]);
  });

  it('S10 whole codes may be named', () => {
    const text = "const codes = ['OTAR', 'OTAR_IM']; // never code + '_IM'";
    expect(joints([{ path: 'src/core/derive/cause.ts', text }])).toEqual([]);
  });

  it('S10 neither vocabulary understands the other', () => {
    expect(lookupStatus('IM', '2026-10-06').ok).toBe(false);
    for (const { code } of CODES) expect(schoolReason(code, '2026-10-06'), code).toBeUndefined();
    for (const raw of ['AP', 'AR', 'FV', 'MI', 'UK', 'PS', 'TN']) {
      expect(lookupStatus(raw, '2026-10-06').ok, raw).toBe(false);
      expect(lookupStatus(`OT${raw}`, '2011-01-01')).not.toMatchObject({ code: raw });
    }
  });

  it('S10 a non-show and OTAR-IM in the same hour stay what they are', () => {
    const youth = story();
    const written = lookupStatus('OTAR-IM', '2026-09-08');
    if (!written.ok) throw new Error('OTAR-IM is not read');
    youth.when('2026-09-08T08:00:00Z', left('40014', 'IM'), { effective: '2026-08-17' });
    youth.when('2026-09-08T08:10:00Z', contact, { effective: '2026-09-08' });
    youth.when('2026-09-08T08:20:00Z', status('2026-27', written.code), { effective: '2026-09-08' });
    expect(youth.registrations()).toEqual(['ANDRE_GRUNNER OTAR_IM 2026-27']);
    expect(youth.youth().registrations[0]?.status).toMatchObject({ group: 5, targetGroup: false });
  });
});
