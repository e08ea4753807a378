import { z } from '@hono/zod-openapi';
import { type Organisation, organisationName } from '../../core/organisation.ts';
import { referenceDates } from '../../core/report/report.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { schoolYearOf } from '../../core/time/schoolYear.ts';

/** What this is, and where to go from here; nothing of persons. */
export const FrontSchema = z
  .object({
    name: z.literal('OT Bridge'),
    about: z.string(),
    openapi: z.string(),
    alive: z.string(),
    ready: z.string(),
    metrics: z.string(),
    me: z.string(),
    login: z.string().nullable().openapi({ description: 'Der folk logger inn; null der ingen kan det.' }),
    organisations: z.array(
      z.object({
        id: z.string(),
        name: z.string().openapi({ description: 'Navnet folk kjenner; id der fylket ikke har gitt et.' }),
        county: z.string(),
        virtualClock: z.boolean().openapi({ description: 'Eksempelfylke: klokken står til den stilles.' }),
        today: z.string().openapi({ format: 'date', description: 'I dag, etter organisasjonens klokke.' }),
        schoolYear: z.string(),
        alerts: z.string(),
        worklists: z.string(),
        wheel: z.string(),
        lists: z.string(),
        quarantine: z.string(),
        reports: z
          .array(z.string())
          .openapi({ description: 'Referansedatoene i skoleåret til og med i dag.' }),
      }),
    ),
  })
  .openapi('Front');
export type Front = z.infer<typeof FrontSchema>;

export const ABOUT =
  'OT Bridge tar imot meldinger om ungdom som slutter, bytter eller ikke søker videregående opplæring, avgjør hva de betyr etter navngitte regler, og gir oppfølgingstjenesten (OT) statuser og varsler med grunn.';

export function frontView(
  organisations: readonly { organisation: Organisation; today: IsoDate }[],
  login: boolean,
): Front {
  return {
    name: 'OT Bridge',
    about: ABOUT,
    openapi: '/openapi.json',
    alive: '/internal/isAlive',
    ready: '/internal/isReady',
    metrics: '/internal/metrics',
    me: '/me',
    login: login ? '/login' : null,
    organisations: organisations.map(({ organisation, today }) => {
      const { id, county, virtualClock } = organisation;
      const path = `/organisations/${encodeURIComponent(id)}`;
      const schoolYear = schoolYearOf(today);
      return {
        id,
        name: organisationName(organisation),
        county,
        virtualClock,
        today,
        schoolYear,
        alerts: `${path}/alerts`,
        worklists: `${path}/worklists`,
        wheel: `${path}/wheel/${schoolYear}`,
        lists: `${path}/lists`,
        quarantine: `${path}/quarantine`,
        reports: referenceDates(schoolYear)
          .filter((date) => date <= today)
          .map((date) => `${path}/reports/${date}`),
      };
    }),
  };
}
