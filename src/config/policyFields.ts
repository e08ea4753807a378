import * as z from 'zod';
import { organisationNumber } from '../core/access/organisationNumber.ts';
import { OT_LISTS } from '../core/codelists/otStatus.ts';
import { ABOUT_YOUTH } from '../core/consent/altinn.ts';
import { countyNumber } from '../core/organisation.ts';
import { defaultPolicy, type PolicyChange } from '../core/policy.ts';
import { parseDate } from '../core/time/date.ts';
import { parseSchoolYear, schoolYearOf } from '../core/time/schoolYear.ts';
import { WHEEL_IDS } from '../core/wheel/wheelId.ts';
import { CHANNELS } from '../core/worklist/channel.ts';
import { CONSENT_SCOPES } from '../core/youth/statusEvent.ts';

// The fields a county may set, and their form. Messages name the field and never repeat the value.

interface Notes {
  text: string;
  /** Set when the default differs between counties. */
  fallback?: string;
}

const OBJECT = { error: 'skal være et objekt med navngitte felt' };
const LIST = { error: 'skal være en liste' };
const BEGINNING = '0000-01-01';

function whole(from: number, to: number, more = '') {
  const error = `skal være et helt tall fra ${from} til ${to}${more}`;
  return z.number({ error }).int(error).min(from, error).max(to, error);
}

const days = whole(0, 730);

function text(holds: (value: string) => boolean, error: string) {
  // Reported once, for the wrong part alone and not again for the object that contains it.
  return z.string({ error }).refine(holds, { error, abort: true });
}

function oneOf<const Names extends readonly [string, ...string[]]>(names: Names) {
  return z.enum(names, { error: `skal være en av ${names.join(', ')}` });
}

const date = text((value) => parseDate(value) !== undefined, 'skal være en dato som 2026-11-15');
/** A day that every year has. */
const monthDay = text(
  (value) => parseDate(`2001-${value}`) !== undefined,
  'skal være måned og dag som 06-01, og ikke 02-29',
);

/** Each row holds from its date until the next one's; the first from the beginning. */
function dated<Row extends { from: string }>(row: z.ZodType<Row>) {
  return z
    .array(row, LIST)
    .refine(
      (rows) =>
        rows[0]?.from === BEGINNING &&
        rows.every(({ from }, at) => at === 0 || from > (rows[at - 1]?.from ?? '')),
      `skal stå i rekkefølge etter from, hver dato én gang, og den første skal ha from ${BEGINNING}`,
    );
}

const move = z
  .strictObject(
    {
      id: oneOf(WHEEL_IDS),
      schoolYear: text((value) => parseSchoolYear(value) === value, 'skal være et skoleår som 2026-27'),
      from: date,
      to: date,
    },
    OBJECT,
  )
  .refine(({ from, to }) => from <= to, 'skal ha en to som ikke er før from')
  .refine(
    ({ from, schoolYear }) => schoolYearOf(from) === schoolYear,
    'skal begynne i det skoleåret den gjelder',
  );

const ORGNR = { error: 'skal være et gyldig organisasjonsnummer' };
const altinnResource = z.strictObject(
  {
    side: oneOf(['A', 'B']),
    resource: text((value) => /^[\w.-]{1,100}$/.test(value), 'skal være en ressurs-id i Altinn'),
    to: z.string(ORGNR).transform((value, context) => {
      const number = organisationNumber(value);
      if (number !== undefined) return number;
      context.addIssue(ORGNR.error);
      return z.NEVER;
    }),
    metadata: z.record(
      text((name) => name !== ABOUT_YOUTH, `skal ikke nevne ${ABOUT_YOUTH}, som broen krever selv`),
      z.string('skal være tekst'),
      OBJECT,
    ),
    omfang: z.array(oneOf(CONSENT_SCOPES), LIST).optional(),
  },
  OBJECT,
);

const field = <Schema extends z.ZodType>(schema: Schema, notes: Notes) =>
  z.exactOptional(schema).meta({ ...notes });

export const POLICY_FIELDS = {
  defaultOwner: field(
    text((value) => /^\d{5}$/.test(value), 'skal være et enhetsnummer med fem sifre'),
    {
      fallback: 'fylkesnummeret og 200',
      text: 'OT-enheten som eier en ungdom til en annen er oppgitt (R50).',
    },
  ),
  graceDays: field(
    z.strictObject({ school: z.exactOptional(days), apprenticeship: z.exactOptional(days) }, OBJECT),
    { text: 'Dager fra en slutt er mottatt til den blir et varsel, om ikke noe nytt er meldt (Q11).' },
  ),
  sameMoveDays: field(days, { text: 'Dager etter en slutt da en ny start gjør den til et bytte (Q11).' }),
  justLeftDays: field(days, {
    text: 'Dager etter slutt da ungdommen nettopp har sluttet, tidsbånd A (R49).',
  }),
  watchDays: field(days, { text: 'Dager en varslet start kan utebli før det blir en kontroll (Q11).' }),
  annulmentHours: field(whole(0, 8760), {
    text: 'Timer før annullering av en ukjent melding blir en kontroll (S04).',
  }),
  absencesBeforeReview: field(whole(1, 31), {
    text: 'Hele lister på rad uten ungdommen før det blir en kontroll (F03).',
  }),
  schoolAbsencesBeforeReview: field(whole(1, 31), {
    text: 'Det samme for listen til en privat skole (I03).',
  }),
  listHours: field(whole(1, 8760), {
    text: 'Timer fra første rad i en liste til det blir et driftsvarsel at den fortsatt ikke er hel (N04).',
  }),
  teachingEnds: field(monthDay, {
    text: 'Siste dag i en privat skoles liste fra denne dagen av er slutten på skoleåret, ikke et avbrudd (I03).',
  }),
  meetingWithoutPlans: field(monthDay, {
    text: 'Siste dag for avklaringsmøte med tiendeklassinger uten planer (W08).',
  }),
  deadlineDays: field(
    z.strictObject({ contact: z.exactOptional(days), guidance: z.exactOptional(days) }, OBJECT),
    { text: 'Dager fra mottak til frist for kontakt og for veiledningstime (R42, Q8).' },
  ),
  noShowCode: field(oneOf(['ANDRE_GRUNNER', 'AVBRUTT']), { text: 'Tilmeldingskode for ikkemøtte (Q6).' }),
  ageLimits: field(dated(z.strictObject({ from: date, limit: whole(15, 30) }, OBJECT)), {
    text: 'Aldersgrensen: til og med kalenderåret ungdommen fyller limit, for datoer fra og med from (Q1).',
  }),
  majority: field(dated(z.strictObject({ from: date, age: whole(15, 20) }, OBJECT)), {
    text: 'Alderen da foresatte ikke lenger orienteres eller høres, for datoer fra og med from (R04, R45).',
  }),
  consentAge: field(dated(z.strictObject({ from: date, age: whole(15, 20) }, OBJECT)), {
    text: 'Alderen da ungdommen samtykker alene til utveksling med NAV, for datoer fra og med from (Q7).',
  }),
  altinnConsents: field(z.array(altinnResource, LIST), {
    text: 'Samtykkeressursene i Altinn som godtas som bevis: side (A: OT spør NAV, B: NAV svarer OT), resource, to (organisasjonsnummeret som får opplysningene) og metadata, ord for ord. Med omfang TILTAK sier fylket at teksten i ressursen nevner tiltak hos NAV; uten gjelder samtykket ikke tiltak (Q30).',
  }),
  helpline: field(
    z
      .strictObject(
        {
          name: text(
            (value) => /^[\p{L}\p{N}][\p{L}\p{N} .,&/-]{1,79}$/u.test(value),
            'skal være navnet på et kontor, 2–80 tegn',
          ),
          phone: text(
            (value) => /^\+?\d[\d ]{4,18}\d$/.test(value),
            'skal være et telefonnummer, siffer og mellomrom',
          ),
        },
        OBJECT,
      )
      .nullable(),
    {
      text: 'Kontoret avsendere ringer til om det de har sendt: name og phone; null: ingen er oppgitt. Står på kvitteringene. Aldri en persons navn.',
    },
  ),
  navListDay: field(whole(1, 28, ', eller null').nullable(), {
    text: 'Dagen i måneden da listen til NAV lages av seg selv; null: bare når noen ber om den (`ot nav uttrekk`).',
  }),
  closingDays: field(whole(1, 365), {
    text: 'Dager før nyttår i det siste året da saken skal avsluttes (Y05).',
  }),
  practiceDays: field(whole(1, 730, ', eller null').nullable(), {
    fallback: '14 i fylke 38, 39 og 40, ellers null',
    text: 'Dager mellom oppfølgingene av en ungdom i arbeidspraksis; null der fylket ikke har regelen (R44).',
  }),
  serviceMonths: field(dated(z.strictObject({ from: date, months: whole(1, 36) }, OBJECT)), {
    text: 'Måneder i førstegangstjenesten, for tjeneste som begynner fra og med from (R28).',
  }),
  schoolYearOpens: field(monthDay, { text: 'Dagen de som har takket nei, får tilbud på nytt (R27, Q10).' }),
  activations: field(
    z.record(
      text(
        (value) => OT_LISTS.some(({ id }) => id === value),
        `nevner et kodeverk som ikke finnes; de er ${OT_LISTS.map(({ id }) => id).join(', ')}`,
      ),
      date,
      OBJECT,
    ),
    { text: 'Når registeret tok et kodeverk i bruk, om det var senere enn kodeverkets første dag (Q12).' },
  ),
  deviatingNames: field(oneOf(['VENTER', 'TELLER']), {
    text: 'Om en melding med et annet navn enn det kjente venter eller teller til noen har sett på den (Y03).',
  }),
  keepNames: field(z.boolean('skal være true eller false'), {
    text: 'Om navn som følger med meldinger, oppbevares forseglet, så oppslag på en referanse gir navn og ikke bare nummer; false sletter dem som er lagret.',
  }),
  reportDaysBefore: field(whole(0, 60), { text: 'Dager før referansedatoen rapporten kjøres (W04).' }),
  smallCell: field(
    whole(0, 100, ', og ikke 1 eller 2').refine(
      (value) => value === 0 || value >= 3,
      'skal være 0, eller 3 eller mer',
    ),
    { text: 'Tall over 0 og under dette skjules for andre enn OT; 0 skjuler ingen.' },
  ),
  countedOnceBy: field(oneOf(['NAME_AND_BIRTH', 'NUMBER']), {
    text: 'Hva som gjør to referanser til én person i tallene: samme navn og fødselsdato, eller bare nummeret.',
  }),
  wheel: field(z.array(move, LIST), {
    text: 'Egne datoer i årshjulet: id (W01–W33), schoolYear, from, to; de står i stedet for de beregnede (I06).',
  }),
  channels: field(
    z
      .array(oneOf(CHANNELS), LIST)
      .min(1, 'skal nevne minst én kanal')
      .refine((all) => new Set(all).size === all.length, 'nevner den samme kanalen to ganger'),
    { text: 'Måter å nå en ungdom på, i den rekkefølgen fylket prøver dem (O01).' },
  ),
  letterSmsDays: field(whole(1, 60), {
    text: 'Dager fra brevet i oktober til SMS til dem som ikke har svart (W30).',
  }),
} satisfies { [Name in keyof Required<PolicyChange>]: z.ZodType<PolicyChange[Name]> };

/** The fields as a Markdown table, for docs/drift.md. */
export function describePolicy(): string {
  const policy = defaultPolicy(countyNumber('03'));
  const rows = Object.entries(POLICY_FIELDS).map(([name, schema]) => {
    const { fallback, text: description } = schema.meta() ?? {};
    const value = Object.entries(policy).find(([each]) => each === name)?.[1];
    return `| \`${name}\` | ${fallback ?? `\`${JSON.stringify(value)}\``} | ${description} |`;
  });
  return [
    '| felt i policy | når det ikke er satt | hva det bestemmer |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
