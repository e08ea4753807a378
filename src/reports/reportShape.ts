import { z } from 'zod';
import type { Report } from '../core/report/report.ts';
import { VIEWS } from '../core/report/view.ts';

// The report read back from its JSON bytes: the shape of core/report/report.ts, checked.

const counts = z.record(z.string(), z.number().int());
const count = z.number().int();

export const ReportSchema: z.ZodType<Report> = z.object({
  view: z.enum(VIEWS),
  follows: z.array(z.string()),
  county: z.string(),
  schoolYear: z.string(),
  referenceDate: z.string(),
  cutoff: z.string(),
  list: z.string().nullable(),
  tilmelding: z.object({ IKKE_SOKT: count, TAKKET_NEI: count, AVBRUTT: count, ANDRE_GRUNNER: count }),
  tilmeldingUnknown: count,
  groups: counts,
  codes: counts,
  targetGroup: count,
  outside: count,
  total: count,
  everHad: counts,
  excluded: z.object({ OVER_ALDERSGRENSEN: count, ANNET_FYLKE: count, DOBBELT: count }),
  ageUnknown: count,
});
