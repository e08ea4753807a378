import { expect, test } from 'vitest';
import { joinings } from '../../../src/core/derive/person/joined.ts';
import { numberRef } from '../../../src/core/person/reference.ts';
import { FEEDS } from '../../../src/core/youth/statusEvent.ts';
import { ALERT_KINDS } from '../../../src/core/youth/youthEvent.ts';
import { packEvents, unpackEvents } from '../../../src/store/form/storedEvents.ts';
import { packFact, unpackFact } from '../../../src/store/form/storedFact.ts';
import { packYouth } from '../../../src/store/form/storedYouth.ts';
import { factOf, left, status, story } from '../../harness/story.ts';

// What is stored is read for years: these texts change only together with a new form number.

function filled() {
  const tale = story({ born: '2009-03-14' });
  tale.when('2026-10-07T07:12:00Z', left('40014', 'FV'), {
    source: 'skole:40014',
    id: 'a-1',
    effective: '2026-10-06',
  });
  tale.when(
    '2026-10-08T07:12:00Z',
    { kind: 'Contact', via: 'UNGDOM', reason: null },
    {
      source: 'ot:40201',
      id: 'k-1',
      effective: '2026-10-08',
    },
  );
  tale.when('2026-10-09T07:12:00Z', status('2026-27', 'OTOV'), {
    source: 'ot:40201',
    id: 's-1',
    effective: '2026-10-09',
  });
  return tale;
}

test('the stored form of a youth is as it has always been', () => {
  expect(packYouth(filled().youth())).toMatchInlineSnapshot(
    `"[1,[[10,4,"ot:40201","k-1",1,0,null,"40","2009-03-14",null,"2026-10-08T07:12:00.000Z",0,"UNGDOM",null],[11,4,0,"s-1",1,0,0,0,0,0,"2026-10-09T07:12:00.000Z",0,"2026-27","OTOV","OT-2016-07","UKJENT",[],null,null],[5,1,"skole:40014","a-1",1,"2026-10-06",0,0,0,0,"2026-10-07T07:12:00.000Z",0,"school","40014","FV","B06-2023-05",false]],[["2026-27","40","AVBRUTT","2026-10-06","40200",["OTOV","OT-2016-07",2,true,"UKJENT","2026-10-09","ADVISER","R06"]]],[["eaec0f189ff4cb3e",0,"alert","R01","2026-27","40","40200",[],"JA","A",[["KONTAKT","2026-10-14","Q8"],["VEILEDNINGSTIME","2026-10-28","Q8"]],"2026-10-06",1,false,null,["e6ea58d937348f18"],null]],0,"2027-03-13T23:00:00.000Z"]"`,
  );
});

test('the stored form of events is as it has always been', () => {
  expect(packEvents(filled().events())).toMatchInlineSnapshot(
    `"[1,["FactRecorded",[5,1,"skole:40014","a-1",1,"2026-10-06",null,"40","2009-03-14",null,"2026-10-07T07:12:00.000Z",0,"school","40014","FV","B06-2023-05",false]],{"type":"TilmeldingOpened","schoolYear":"2026-27","county":"40","tilmeldingskode":"AVBRUTT","effective":"2026-10-06","owner":"40200","rule":"R01"},["StatusSet","2026-27","40",["OTUK","OT-2016-07",1,true,"UKJENT","2026-10-06","RULE","R01"],"AVBRUTT","40200",null],["AlertRaised",["eaec0f189ff4cb3e",0,"alert","R01","2026-27","40","40200",[],"JA","A",[["KONTAKT","2026-10-14","Q8"],["VEILEDNINGSTIME","2026-10-28","Q8"]],"2026-10-06",1,false,null,["e6ea58d937348f18"],null]],{"type":"DueMoved","due":"2026-10-14T22:00:00.000Z"},["FactRecorded",[10,4,"ot:40201","k-1",1,0,null,"40","2009-03-14",null,"2026-10-08T07:12:00.000Z",0,"UNGDOM",null]],{"type":"DueMoved","due":"2026-10-28T23:00:00.000Z"},["FactRecorded",[11,4,"ot:40201","s-1",1,0,null,"40","2009-03-14",null,"2026-10-09T07:12:00.000Z",0,"2026-27","OTOV","OT-2016-07","UKJENT",[],null,null]],["StatusSet","2026-27","40",["OTOV","OT-2016-07",2,true,"UKJENT","2026-10-09","ADVISER","R06"],"AVBRUTT","40200",["OT-2016-07",1,true]],{"type":"DueMoved","due":"2027-03-13T23:00:00.000Z"}]"`,
  );
});

test('a change of number is stored with the numbers it joined, and one from before is still read', () => {
  const fact = {
    ...factOf(
      { kind: 'Renumbered' },
      { id: 'n-1', effective: '2026-10-05' },
      null,
      '2026-10-05T07:00:00.000Z',
      1,
    ),
    kind: 'Renumbered' as const,
    numberRefs: [
      { ref: numberRef('a'), told: '2026-10-05T07:00:00.000Z', since: '2026-09-01T07:00:00.000Z' },
      { ref: numberRef('b'), told: '2026-10-05T07:00:00.000Z', since: null },
    ],
    received: '2026-10-05T07:00:00.000Z',
    firstReceived: '2026-10-05T07:00:00.000Z',
    firstReceivedOn: '2026-10-05',
    versions: [1],
  };
  const stored = JSON.stringify(packFact(fact, null));
  expect(stored).toMatchInlineSnapshot(
    `"[26,7,"folkeregister","n-1",1,0,null,"40",null,null,"2026-10-05T07:00:00.000Z",0,[{"ref":"a","told":"2026-10-05T07:00:00.000Z","since":"2026-09-01T07:00:00.000Z"},{"ref":"b","told":"2026-10-05T07:00:00.000Z","since":null}]]"`,
  );
  expect(unpackFact(JSON.parse(stored), null)).toEqual(fact);

  const before = (merged: boolean) => {
    const row = [...JSON.parse(stored).slice(0, -1), merged];
    const read = unpackFact(row, null);
    return read.kind === 'Renumbered' ? joinings([read]).map(({ told }) => told) : null;
  };
  expect([before(true), before(false)]).toEqual([['2026-10-05T07:00:00.000Z'], []]);
  // Of two in a row the second was stored as the same as the first.
  const first = unpackFact([...JSON.parse(stored).slice(0, -1), true], null);
  const second = unpackFact([...JSON.parse(stored).slice(0, -1), 0], first);
  expect(second).toEqual(first);
});

test('since when a number is known is stored under the name it has always had', () => {
  const event = {
    type: 'NumberSeen' as const,
    numberRef: numberRef('a1b2'),
    since: '2026-09-01T07:00:00.000Z',
  };
  const stored = packEvents([event]);
  expect(stored).toMatchInlineSnapshot(
    `"[1,{"type":"NumberSeen","number":"a1b2","since":"2026-09-01T07:00:00.000Z"}]"`,
  );
  expect(unpackEvents(JSON.parse(stored))).toEqual([event]);
});

test('a wish is stored with its school, and one from before there were wishes is still read as one', () => {
  const head = [
    0,
    0,
    'vigo',
    'onske-1',
    1,
    '2026-08-01',
    null,
    '40',
    null,
    null,
    '2026-08-02T07:00:00.000Z',
    0,
  ];
  const stored = (kind: number, ...own: unknown[]) => unpackFact([kind, ...head.slice(1), ...own], null);
  const wish = stored(28, '2026-27', 'STRLPO', '40014');
  expect(wish).toMatchObject({ kind: 'Wish', code: 'STRLPO', institution: '40014' });
  expect(unpackFact(packFact(wish, null), null)).toEqual(wish);
  expect(stored(2, '2026-27', 'STRLPO')).toMatchObject({ kind: 'Wish', code: 'STRLPO', institution: null });
  expect(stored(1, '2026-27', 'STRONT')).toMatchObject({ kind: 'Wish', code: 'STRONT', institution: null });
  expect(stored(1, '2026-27', 'TN')).toMatchObject({ kind: 'PlaceDeclined', code: 'TN', institution: null });
  const first = stored(2, '2026-27', 'STRLPO');
  expect(unpackFact([2, ...head.slice(1), 0, 0], first)).toEqual(first);
});

test('lists that are stored by number are only appended to', () => {
  expect(FEEDS).toMatchInlineSnapshot(`
    [
      "vigo-intake",
      "school-dropout",
      "apprenticeship",
      "nav-match",
      "ot-adviser",
      "consent",
      "bridge",
      "folkeregister",
      "private-school",
      "lower-secondary",
      "nav-arbeidssoker",
      "nav-oppfolging",
      "nav-deltaker",
      "nav-ungdomsprogram",
    ]
  `);
  expect(ALERT_KINDS).toMatchInlineSnapshot(`
    [
      "NY_TILMELDING",
      "AVKLARINGSSAMTALE",
      "FORVENTET_START_UTEBLITT",
      "PERMISJON_ELLER_UTVEKSLING",
      "KONTRAKT_UTEN_FULLFORING",
      "MULIG_HEVING",
      "KJENT_HOS_NAV",
      "STATUS_MA_ENDRES",
      "STATUS_UTEN_KONTAKT",
      "STATUS_AVVIST",
      "STATUS_FORSLAG",
      "AVVIK_MOT_REGISTER",
      "BORTE_FRA_REGISTER",
      "SLUTT_OG_START",
      "FLERE_SLUTTDATOER",
      "ANNULLERT_ETTER_KONTAKT",
      "ANNULLERING_UTEN_TREFF",
      "ALDER_UKJENT",
      "KONTAKT_AVVIST",
      "UGYLDIG_SAMTYKKEENDRING",
      "STATUS_ADVARSEL",
      "FRIST_UTLOPT",
      "TILBUD_PA_NYTT",
      "ALDERSGRENSE",
      "PRIORITET_ENDRET",
      "TJENESTE_SLUTT",
      "OPPFOLGING_I_TILTAK",
      "NYTT_SAMTYKKE",
      "OVERLEVERING",
      "INNVANDRET",
      "KOMMUNE_MANGLER",
      "BORTE_FRA_SKOLELISTE",
      "UTEN_PLANER",
      "HENVENDELSE",
      "NAVN_AVVIK",
      "NUMRE_SLATT_SAMMEN",
      "UTENFOR_ALDERSGRENSEN",
      "MULIG_FLYTTING",
    ]
  `);
});

test('an annulment is stored as before, and the version it covers only where that is known', () => {
  const received = '2026-10-08T07:00:00.000Z';
  const head = { id: 'n-1', effective: '2026-10-08' };
  const kept = { received, firstReceived: received, firstReceivedOn: '2026-10-08', versions: [1] };
  const annulled = (upTo?: number) => ({
    ...factOf({ kind: 'Annulled', annuls: 'a-1' }, head, null, received, 1),
    kind: 'Annulled' as const,
    annuls: 'a-1',
    ...(upTo !== undefined && { upTo }),
    ...kept,
  });
  const stored = JSON.stringify(packFact(annulled(), null));
  expect(stored).toMatchInlineSnapshot(
    `"[8,1,"school-dropout","n-1",1,0,null,"40",null,null,"2026-10-08T07:00:00.000Z",0,"a-1"]"`,
  );
  expect(JSON.stringify(packFact(annulled(3), null))).toMatchInlineSnapshot(
    `"[8,1,"school-dropout","n-1",1,0,null,"40",null,null,"2026-10-08T07:00:00.000Z",0,"a-1",3]"`,
  );
  expect(unpackFact(JSON.parse(stored), null)).toStrictEqual(annulled());
  for (const upTo of [undefined, 3]) {
    const row = JSON.parse(JSON.stringify(packFact(annulled(upTo), annulled(3))));
    expect(unpackFact(row, annulled(3))).toStrictEqual(annulled(upTo));
  }
});
