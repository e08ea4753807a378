import { z } from '@hono/zod-openapi';
import { SET_BY_OUT } from '../../core/messages/outCodes.ts';
import {
  CONSENT_PARTIES,
  CONSENT_SCOPES,
  CONSENT_STATES,
  NAV_REGISTERS,
} from '../../core/youth/statusEvent.ts';
import type { KnownThen } from '../../desk/youths/asKnown.ts';
import type { NavView } from '../../desk/youths/navView.ts';
import type { YouthView } from '../../desk/youths/youthView.ts';
import { AlertSchema } from './alertSchema.ts';
import type { FieldsOf } from './fieldsOf.ts';
import { EntrySchema } from './historySchema.ts';

const ViaOtSchema = z.enum(['JA', 'NEI', 'UKJENT']);

const RegistrationSchema = z
  .object({
    schoolYear: z.string(),
    county: z.string().nullable(),
    tilmeldingskode: z.enum(['IKKE_SOKT', 'TAKKET_NEI', 'AVBRUTT', 'ANDRE_GRUNNER']).nullable(),
    effective: z.string(),
    owner: z.string().nullable(),
    status: z
      .object({
        code: z.string().openapi({ example: 'OTUK' }),
        list: z.string().openapi({ example: 'OT-2016-07' }),
        group: z.number().int(),
        targetGroup: z.boolean(),
        viaOt: ViaOtSchema,
        effective: z.string(),
        setBy: z.enum(SET_BY_OUT),
        rule: z.string(),
        reason: z.string().nullable(),
        ruleSource: z.string().nullable(),
      } satisfies FieldsOf<NonNullable<YouthView['registrations'][number]['status']>>)
      .nullable()
      .openapi({ description: 'Null der personopplysninger er maskert.' }),
  } satisfies FieldsOf<YouthView['registrations'][number]>)
  .openapi('Registration');

const StandingSchema = z.enum([...CONSENT_STATES, 'MANGLER', 'MOTSTRID']).openapi({
  description:
    'IKKE_SAMTYKKET og TRUKKET er nei. UTLOPT og SVARFRIST_PASSERT er gått ut, og er ikke nei. MANGLER: ikke spurt. MOTSTRID: to ulike svar på samme tidspunkt.',
});

const SideStandingSchema = z.enum([...StandingSchema.options, 'FORESATTE_UKJENT']).openapi({
  description:
    'Som for partene. FORESATTE_UKJENT: alle som er spurt, har samtykket, men det er ikke kjent om én eller to har foreldreansvar.',
});

const ScopeSchema = z.array(z.enum(CONSENT_SCOPES)).openapi({
  description:
    'Det samtykket nevner utover om ungdommen er registrert hos NAV, og hvor. Uten TILTAK gjelder det ikke tiltak.',
});

const ConsentSchema = z
  .object({
    side: z.enum(['A', 'B']).openapi({ description: 'A: at OT spør NAV. B: at NAV svarer OT.' }),
    holds: z.boolean(),
    samtykke: SideStandingSchema,
    antallForesatte: z.number().int().min(1).max(2).nullable().openapi({
      description:
        'Hvor mange med foreldreansvar som må svare; null når ingen må, eller når det ikke er kjent.',
    }),
    omfang: ScopeSchema,
    text: z.string(),
    parties: z.array(
      z.object({
        part: z.enum(CONSENT_PARTIES),
        needed: z
          .boolean()
          .openapi({ description: 'Må ha samtykket; ellers må parten bare ikke være imot.' }),
        samtykke: StandingSchema,
        omfang: ScopeSchema,
        text: z.string(),
      } satisfies FieldsOf<YouthView['consents'][number]['parties'][number]>),
    ),
  } satisfies FieldsOf<YouthView['consents'][number]>)
  .openapi('Consent');

const NavSchema = z
  .object({
    register: z.enum(NAV_REGISTERS),
    status: z.string().openapi({
      example: 'DELTAR',
      description: 'Statusen til NAV for et tiltak, også en ukjent; AKTIV i de andre registrene.',
    }),
    tiltakskode: z
      .string()
      .nullable()
      .openapi({ example: 'ARBEIDSTRENING', description: 'En ukjent kode står som den kom.' }),
    arenakode: z
      .string()
      .nullable()
      .openapi({ example: 'ARBTREN', description: 'Null også for et tiltak Arena ikke har.' }),
    fra: z.string(),
    til: z.string().nullable().openapi({ description: 'Siste dag.' }),
    kontor: z.string().nullable().openapi({ description: 'Enhetsnummeret til NAV-kontoret.' }),
  } satisfies FieldsOf<NavView>)
  .openapi('Nav');

export const YouthSchema = z
  .object({
    ref: z.string(),
    version: z.number().int(),
    parked: z
      .boolean()
      .openapi({ description: 'Nye meldinger venter til noen har sett på den som stoppet.' }),
    registrations: z.array(RegistrationSchema),
    alerts: z.array(AlertSchema).openapi({ description: 'Varsler, kontroller og forslag som står.' }),
    consents: z.array(ConsentSchema).openapi({
      description: 'Samtykkene til utveksling med NAV, per side; tom der personopplysninger er maskert.',
    }),
    nav: z.array(NavSchema).openapi({
      description:
        'Det NAVs registre melder om ungdommen. Tom når avtalen eller et samtykke ikke gjelder nå, og der personopplysninger er maskert.',
    }),
    navOffice: z.string().nullable().openapi({
      example: '4601',
      description:
        'NAV-kontoret som har svart at det kjenner ungdommen. Null når det ikke er svart ja, og når avtalen eller et samtykke ikke gjelder nå.',
    }),
    due: z.string().nullable().openapi({ description: 'Når tiden alene endrer noe.' }),
  } satisfies FieldsOf<YouthView>)
  .openapi('Youth');

/** Of a moment that has passed. */
export const KnownSchema = z
  .object({
    ref: z.string(),
    youth: z
      .object({ registrations: z.array(RegistrationSchema), alerts: z.array(AlertSchema) })
      .nullable()
      .openapi({ description: 'Null: ingenting var kjent ennå.' }),
    entries: z.array(EntrySchema).openapi({ description: 'Det som var kommet da, eldst først.' }),
  } satisfies FieldsOf<KnownThen & { ref: string }>)
  .openapi('YouthAsKnown', {
    description:
      'NAVs svar og samtykkene vises aldri slik de var: det som kan vises av dem, kan være tatt tilbake.',
  });
