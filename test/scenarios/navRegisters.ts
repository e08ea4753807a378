import { expect } from 'vitest';
import { dropout } from '../harness/feedRecords.ts';
import { bothSides, consent } from '../harness/navMonth.ts';
import {
  AGREED,
  DROPPED,
  followUp,
  jobSeeker,
  participation,
  programme,
  uuid,
} from '../harness/navRegisters.ts';
import { type Person, person } from '../harness/persons.ts';
import { staged, statesOf } from '../harness/published.ts';
import type { Scenarios } from '../harness/scenario.ts';
import type { Stage } from '../harness/stage.ts';

// NAV's own registers: facts on the card and proposals, of those who have consented, for as long as they have.

const P02: Person = person('P02');
const P10: Person = person('P10');
const SAID = '2026-11-03T08:00:00.000Z';
const SETTING = { county: '40' };

/** Both are in OT; only the first has consented. */
async function known(stage: Stage): Promise<void> {
  const left = [P02, P10].map((who, at) => dropout(who, '2026-10-01', { id: `slutt-${at}` }));
  await stage.send('2026-10-06T08:00:00.000Z', 'school-dropout', ...left);
  await stage.send('2026-10-06T09:00:00.000Z', 'consent', ...bothSides(P02, AGREED, { omfang: ['TILTAK'] }));
}

async function card(stage: Stage, { fodselsnummer }: Person): Promise<unknown> {
  const { body } = await stage.get(`youths/${await stage.ref(fodselsnummer)}`);
  return body.nav;
}

export const NAV_REGISTERS: Scenarios = {
  'W18 a youth who takes part in a measure at NAV: on the card, a proposal, and no status until the adviser sets one':
    staged(SETTING, async (stage) => {
      await known(stage);
      const contact = {
        id: 'k-1',
        type: 'kontakt',
        kilde: 'ot:40201',
        ...P02,
        dato: '2026-10-20',
        via: 'UNGDOM',
      };
      await stage.send('2026-10-20T10:00:00.000Z', 'ot-adviser', contact);
      await stage.send(SAID, 'nav-deltaker', participation(P02));
      await stage.send(SAID, 'nav-oppfolging', followUp(P02));
      await stage.send(SAID, 'nav-arbeidssoker', jobSeeker(P02));
      expect(await stage.registrations(P02.fodselsnummer)).toEqual(['AVBRUTT OTUK 2026-27 40']);
      expect(await stage.alert(P02.fodselsnummer, 'STATUS_FORSLAG')).toMatchObject({
        ...{ category: 'FORSLAG', proposed: ['OTAP'], viaOt: 'JA', rule: 'Q26', feed: 'nav-deltaker' },
      });
      expect(await stage.out('alert', P02.fodselsnummer)).toContainEqual(
        expect.objectContaining({ kind: 'STATUS_FORSLAG', state: 'REIST', proposed: ['OTAP'], viaOt: 'JA' }),
      );
      expect(await card(stage, P02)).toEqual([
        {
          ...{ register: 'ARBEIDSSOKER', status: 'AKTIV', tiltakskode: null, arenakode: null },
          ...{ fra: '2026-10-12', til: null, kontor: null },
        },
        {
          ...{ register: 'TILTAK', status: 'DELTAR', tiltakskode: 'ARBEIDSTRENING', arenakode: 'ARBTREN' },
          ...{ fra: '2026-11-02', til: '2027-02-26', kontor: '1201' },
        },
        {
          ...{ register: 'OPPFOLGING', status: 'AKTIV', tiltakskode: null, arenakode: null },
          ...{ fra: '2026-10-12', til: null, kontor: '1201' },
        },
      ]);
      const history = await stage.get(`youths/${await stage.ref(P02.fodselsnummer)}/history`);
      expect(JSON.stringify(history.body)).not.toMatch(/ARBEIDSTRENING|DELTAR|1201|2027-02/);
      await stage.send('2026-11-05T08:00:00.000Z', 'nav-deltaker', { id: uuid(P02, 1), slettet: true });
      expect(await statesOf(stage, P02.fodselsnummer, 'STATUS_FORSLAG')).toEqual(['REIST', 'TRUKKET']);
      expect(await card(stage, P02)).toHaveLength(2);
    }),

  'W17 a renamed measure is shown under its present name, one without a code in Arena without it, an unknown one as it came':
    staged(SETTING, async (stage) => {
      await known(stage);
      const codes = ['TILPASSET_JOBBSTOTTE', 'FIREARIG_LONNSTILSUDD', 'GRUPPEAMO', 'ET_HELT_NYTT_TILTAK'];
      const records = codes.map((tiltakskode, at) =>
        participation(P02, { id: uuid(P02, 5 + at), tiltakskode }),
      );
      await stage.send(SAID, 'nav-deltaker', ...records);
      const shown = (await card(stage, P02)) as { tiltakskode: string; arenakode: string | null }[];
      expect(shown.map(({ tiltakskode, arenakode }) => [tiltakskode, arenakode])).toEqual([
        ['TILRETTELAGT_ARBEID_ORDINAER', null],
        ['FIREARIG_LONNSTILSUDD', null],
        ['GRUPPEAMO', null],
        ['ET_HELT_NYTT_TILTAK', null],
      ]);
    }),

  'W9 the youth programme proposes from its first day, and is never kept of time before the eighteenth birthday':
    staged(SETTING, async (stage) => {
      await known(stage);
      await stage.send(SAID, 'nav-ungdomsprogram', programme(P02, { fraOgMed: '2025-11-01' }));
      expect(await card(stage, P02)).toEqual([]);
      const later = { endretTidspunkt: '2026-11-04T08:00:00', fraOgMed: '2026-12-01' };
      await stage.send('2026-11-04T08:00:00.000Z', 'nav-ungdomsprogram', programme(P02, later));
      expect(await stage.open(P02.fodselsnummer)).not.toContain('STATUS_FORSLAG');
      await stage.pass('2026-12-01T06:00:00.000Z');
      expect(await stage.alert(P02.fodselsnummer, 'STATUS_FORSLAG')).toMatchObject({
        ...{ proposed: ['OTAP'], rule: 'Q27', feed: 'nav-ungdomsprogram' },
      });
    }),

  'Q30 without measures named an answer comes as before, the card has no measure, and nothing is proposed':
    staged(SETTING, async (stage) => {
      await known(stage);
      await stage.send('2026-10-07T08:00:00.000Z', 'consent', ...bothSides(P10, '2026-10-07T07:00:00.000Z'));
      await stage.send(SAID, 'nav-deltaker', participation(P10));
      await stage.send(SAID, 'nav-ungdomsprogram', programme(P10));
      await stage.send(SAID, 'nav-oppfolging', followUp(P10));
      expect(await card(stage, P10)).toMatchObject([{ register: 'OPPFOLGING', kontor: '1201' }]);
      expect(await stage.open(P10.fodselsnummer)).not.toContain('STATUS_FORSLAG');
      const { body } = await stage.get(`youths/${await stage.ref(P10.fodselsnummer)}`);
      expect(body.consents).toMatchObject([
        {
          side: 'A',
          holds: true,
          omfang: [],
          text: 'At OT spør NAV: samtykket gjelder, men ikke for tiltak.',
        },
        { side: 'B', holds: true, omfang: [], parties: [{ part: 'UNGDOM', omfang: [] }] },
      ]);
      // Named on one side only is not named.
      const wide = consent(P10, 'B', 'SAMTYKKET', '2026-11-04T07:00:00.000Z', { omfang: ['TILTAK'] });
      await stage.send('2026-11-04T08:00:00.000Z', 'consent', wide);
      await stage.send('2026-11-05T08:00:00.000Z', 'nav-deltaker', participation(P10));
      expect(await card(stage, P10)).toHaveLength(1);
      const other = consent(P10, 'A', 'SAMTYKKET', '2026-11-06T07:00:00.000Z', { omfang: ['TILTAK'] });
      await stage.send('2026-11-06T08:00:00.000Z', 'consent', other);
      await stage.send('2026-11-07T08:00:00.000Z', 'nav-deltaker', participation(P10));
      expect(await stage.open(P10.fodselsnummer)).toContain('STATUS_FORSLAG');
      const shown = await stage.get(`youths/${await stage.ref(P10.fodselsnummer)}`);
      expect(shown.body.consents).toMatchObject([
        { side: 'A', omfang: ['TILTAK'], text: 'At OT spør NAV: samtykket gjelder, også for tiltak.' },
        { side: 'B', omfang: ['TILTAK'] },
      ]);
    }),

  'R48 neither a receipt nor a dry run says who has consented': staged(SETTING, async (stage) => {
    await known(stage);
    await stage.pass(SAID);
    const stranger = person('P16');
    const answers = new Set<string>();
    for (const who of [P02, P10, stranger]) {
      const tried = await stage.post('feeds/nav-deltaker/dry-run', [participation(who)]);
      expect(tried.body).toMatchObject({ counts: { applied: 1 } });
      answers.add(JSON.stringify(tried.body));
      const { body } = await stage.post('feeds/nav-deltaker', [participation(who)]);
      const receipt = await stage.get(`receipts/${String(body.receiptId)}`);
      expect(receipt.body).toMatchObject({ counts: { applied: 1, rejected: 0, duplicate: 0 }, final: true });
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).not.toMatch(/VARSEL|OTAP/);
    expect(await card(stage, P02)).toHaveLength(1);
    expect(await card(stage, P10)).toEqual([]);
    await expect(stage.ref(stranger.fodselsnummer)).rejects.toThrow();
    // Sent again, by the same key as the first time: nothing new, and no other word of it.
    const again = await stage.post('feeds/nav-deltaker', [participation(P02)]);
    const receipt = await stage.get(`receipts/${String(again.body.receiptId)}`);
    expect(receipt.body).toMatchObject({ counts: { applied: 1, duplicate: 0 } });
  }),

  'R48 a withdrawn consent takes the card and the proposal away, and the agreement’s end hides the card':
    staged({ ...SETTING, agreedTo: '2026-12-31' }, async (stage) => {
      await known(stage);
      await stage.send(
        '2026-10-07T08:00:00.000Z',
        'consent',
        ...bothSides(P10, '2026-10-07T07:00:00.000Z', { omfang: ['TILTAK'] }),
      );
      await stage.send(SAID, 'nav-deltaker', participation(P02), participation(P10));
      const no = consent(P02, 'B', 'TRUKKET', '2026-11-10T07:00:00.000Z');
      await stage.send('2026-11-10T08:00:00.000Z', 'consent', no);
      expect(await card(stage, P02)).toEqual([]);
      expect(await statesOf(stage, P02.fodselsnummer, 'STATUS_FORSLAG')).toEqual(['REIST', 'TRUKKET']);
      expect(JSON.stringify((await stage.youth(P02.fodselsnummer))?.facts)).not.toMatch(
        /DELTAR|ARBEIDSTRENING/,
      );
      expect(await card(stage, P10)).toHaveLength(1);
      await stage.pass('2027-01-01T08:00:00.000Z');
      expect(await card(stage, P10)).toEqual([]);
      const out = JSON.stringify(await stage.out('alert'));
      expect(DROPPED.filter((each) => out.includes(each))).toEqual([]);
    }),
};
