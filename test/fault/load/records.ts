import { addDays, type IsoDate } from '../../../src/core/time/date.ts';
import { schoolYearOf } from '../../../src/core/time/schoolYear.ts';
import type { Feed } from '../../../src/core/youth/statusEvent.ts';
import type { Random } from '../../../src/local/sample/random.ts';
import type { SourceEvent } from './input.ts';
import type { Person } from './people.ts';

// Records as the sources write them, about one person at a time, each named by its source.

export interface DrawnRecord {
  feed: Feed;
  record: Record<string, unknown>;
  event: SourceEvent;
  /** Written when it is taken back; some records cannot be. */
  annulment?: { feed: Feed; record: Record<string, unknown>; source: string };
}

const SCHOOLS = ['40014', '40021', '38007', '40032'];
const FIRMS = ['987654321', '912345678', '923456781'];
const UNITS = ['ot:40201', 'ot:40202', 'ot:otto'];
const STATUSES = ['OTUK', 'OTOV', 'OTOA', 'OTKO', 'OTNO', 'OTMI', 'OTSY', 'OTIF', 'OTFA_IM', 'FEIL'];
const ASKED = ['OTAR', 'OTEV', 'OTVF', 'OTLL'];
const WISHES = ['STRONT', 'STRLPO', 'INNTO', 'STROIT', 'TILBO', 'SBEHA', 'UAKTU', 'INNTLÆ'];

/** @param id a name that no other event has */
export function drawRecord(random: Random, person: Person, today: IsoDate, id: string): DrawnRecord {
  const date = addDays(today, -random.between(0, 70));
  const skolear = schoolYearOf(date);
  const school = random.pick(SCHOOLS);
  const firm = random.pick(FIRMS);
  const kilde = random.pick(UNITS);
  const base = { id, version: 1, fodselsnummer: person.number, fodselsdato: person.born };
  const bySchool = (record: Record<string, unknown>): DrawnRecord => ({
    feed: 'school-dropout',
    record: { ...base, skolenummer: school, ...record },
    event: { source: `skole:${school}`, id, version: 1 },
    annulment: { feed: 'school-dropout', record: { skolenummer: school }, source: `skole:${school}` },
  });
  const byIntake = (record: Record<string, unknown>): DrawnRecord => ({
    feed: 'vigo-intake',
    record: { ...base, fylkesnummer: '40', ...record },
    event: { source: 'vigo', id, version: 1 },
    annulment: { feed: 'vigo-intake', record: {}, source: 'vigo' },
  });
  const byOffice = (record: Record<string, unknown>): DrawnRecord => ({
    feed: 'apprenticeship',
    record: { ...base, bedriftsnummer: firm, ...record },
    event: { source: 'fagopplaring:40', id, version: 1 },
    annulment: { feed: 'apprenticeship', record: {}, source: 'fagopplaring:40' },
  });
  const byAdviser = (record: Record<string, unknown>): DrawnRecord => ({
    feed: 'ot-adviser',
    record: { ...base, kilde, dato: date, ...record },
    event: { source: kilde, id, version: 1 },
    annulment: { feed: 'ot-adviser', record: { kilde }, source: kilde },
  });

  const kind = random.weighted({
    avbrudd: 22,
    fare: 4,
    oppstart: 8,
    ikkesoker: 4,
    neisvar: 4,
    ikkemott: 4,
    tidligslutter: 4,
    sen: 3,
    plass: 4,
    onske: 4,
    heving: 6,
    kontrakt: 5,
    forsok: 9,
    kontakt: 8,
    status: 8,
    spurt: 4,
    omkoding: 2,
  });
  switch (kind) {
    case 'avbrudd':
      return bySchool({
        type: 'avbrudd',
        avbruddsdato: date,
        avbruddsarsak: random.pick(['FV', 'AR', 'AF', 'LA', 'FL', 'AS', 'TN', 'IM']),
        taptRett: random.chance(0.05),
      });
    case 'fare':
      return bySchool({ type: 'fare-for-avbrudd', dato: date });
    case 'oppstart':
      return bySchool({
        type: 'oppstart',
        startdato: date,
        skoletype: random.pick(['offentlig', 'privat']),
        hovedskole: random.pick([true, true, false]),
      });
    case 'ikkesoker':
      return byIntake({ type: 'ikkesoker', skolear, dato: date });
    case 'neisvar':
      return byIntake({ type: 'neisvar', skolear, dato: date, skolenummer: school });
    case 'ikkemott':
      return byIntake({ type: 'ikkemott', skolear, dato: date });
    case 'tidligslutter':
      return byIntake({ type: 'tidligslutter', dato: date, skolenummer: school });
    case 'sen':
      return byIntake({ type: 'sen-soknad', skolear, dato: date });
    case 'plass':
      return byIntake({ type: 'plass', dato: date, skolenummer: school });
    case 'onske':
      return byIntake({ type: 'onskestatus', skolear, dato: date, onskestatus: random.pick(WISHES) });
    case 'heving':
      return byOffice({
        type: 'heving',
        sluttdato: date,
        sluttaarsak: random.pick(['FV', 'AB', 'AR', 'ON', 'S1', 'UP']),
      });
    case 'kontrakt':
      return byOffice({ type: 'kontrakt', startdato: date });
    case 'forsok':
      return byAdviser({
        type: 'kontaktforsok',
        kanal: random.pick(['BREV', 'SMS', 'TELEFON']),
        besvart: random.chance(0.3),
      });
    case 'kontakt':
      return byAdviser({ type: 'kontakt', via: random.pick(['UNGDOM', 'UNGDOM', 'FORESATT']) });
    case 'status':
      return byAdviser({ type: 'status', kode: random.pick(STATUSES) });
    case 'spurt':
      return byAdviser({ type: 'status', kode: random.pick(ASKED), viaOT: random.pick(['JA', 'NEI']) });
    case 'omkoding':
      return byAdviser({
        type: 'omkoding',
        skolear,
        tilmeldingskode: random.pick(['AVBRUTT', 'ANDRE_GRUNNER']),
      });
  }
}

/** The values of the input `n` that no adapter may let through, in many shapes. */
export function broken(
  random: Random,
  person: Person,
  today: IsoDate,
  id: string,
): { feed: Feed; value: string } {
  const number = person.number;
  const school = {
    id,
    type: 'avbrudd',
    fodselsnummer: number,
    skolenummer: '40014',
    avbruddsdato: today,
    avbruddsarsak: 'FV',
  };
  const json = (feed: Feed, record: unknown) => ({ feed, value: JSON.stringify(record) });
  return random.pick([
    () => ({
      feed: 'school-dropout' as const,
      value: `{"id":"${id}","type":"avbrudd","fodselsnummer":"${number}"`,
    }),
    () => json('school-dropout', { ...school, avbruddsarsak: 'ZZ' }),
    () => json('school-dropout', { ...school, fodselsnummer: number.slice(1) }),
    () => json('school-dropout', { ...school, merknad: `se sak om ${number}` }),
    () => json('school-dropout', { ...school, avbruddsdato: '2026-02-31' }),
    () => json('school-dropout', { ...school, skolenummer: '4001\u0000' }),
    () => json('vigo-intake', { id, type: 'ikkesoker', fodselsnummer: number, skolear: '2026', dato: today }),
    () =>
      json('apprenticeship', {
        type: 'heving',
        fodselsnummer: number,
        bedriftsnummer: '987654321',
        sluttdato: today,
        sluttaarsak: 'FV',
      }),
    () =>
      json('ot-adviser', {
        id,
        type: 'kontakt',
        fodselsnummer: number,
        kilde: 'ot:40201',
        dato: today,
        via: number,
      }),
    () =>
      json('consent', {
        fodselsnummer: number,
        side: 'C',
        part: 'UNGDOM',
        tilstand: 'JA',
        tidspunkt: today,
        rettsgrunnlag: 'LOV',
        kilde: 'ot:otto',
      }),
    () =>
      json('nav-match', {
        type: 'svar',
        batchId: 'B-2026-01',
        maaned: '2026-01',
        id,
        fodselsnummer: number,
        registrert: 'JA',
        ytelse: 'AAP',
      }),
    () => json('school-dropout', [number]),
  ])();
}
