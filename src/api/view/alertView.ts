import { z } from '@hono/zod-openapi';
import { alertIdOf } from '../../core/messages/alertId.ts';
import { placeIn, type Share } from '../../core/protection/share.ts';
import { priorityOf } from '../../core/rules/followUp.ts';
import { informsGuardians } from '../../core/rules/list.ts';
import type { RuleId } from '../../core/rules/ruleId.ts';
import { RULES } from '../../core/rules/rules.ts';
import { ALERT_STATES, type AlertState } from '../../core/worklist/alertState.ts';
import { FEEDS } from '../../core/youth/statusEvent.ts';
import { ALERT_KINDS, type Alert, DEADLINE_KINDS } from '../../core/youth/youthEvent.ts';

export const AlertSchema = z
  .object({
    id: z.string().openapi({
      description: 'Varselets navn, det samme i emnet alert (alertId): ingen to varsler har det felles.',
    }),
    kind: z.enum(ALERT_KINDS),
    category: z.enum(['alert', 'review', 'proposal']),
    state: z.enum(ALERT_STATES).openapi({
      description:
        'open: noen skal gjøre noe. met: det varselet ber om, er gjort. withdrawn: årsaken er trukket tilbake, eller spørsmålet er besvart.',
    }),
    schoolYear: z.string().openapi({ example: '2026-27' }),
    county: z.string().nullable().openapi({ description: 'null som owner.' }),
    rule: z.string().openapi({ example: 'R01' }),
    reason: z.string().nullable().openapi({ description: 'Hvorfor, i en setning.' }),
    ruleSource: z.string().nullable().openapi({ description: 'Hvor regelen står.' }),
    owner: z.string().nullable().openapi({
      description:
        'OT-enheten som har ansvaret; null i lister når adressen er strengt fortrolig, eller når ingen kan lese om den er det.',
    }),
    proposed: z.array(z.string()),
    minor: z.enum(['JA', 'NEI', 'UKJENT']).openapi({ description: 'Om ungdommen er mindreårig.' }),
    guardians: z.enum(['JA', 'NEI', 'UKJENT']).openapi({
      description:
        'Om varselet er en grunn til å informere foresatte. At en mindreårig selv tok kontakt, er det ikke.',
    }),
    timeBand: z.enum(['A', 'B', 'C']).nullable(),
    priority: z.enum(['HOY', 'VANLIG']).openapi({ description: 'Hvem som bør tas først (R49).' }),
    evidence: z
      .array(z.string())
      .openapi({ description: 'Opplysningene varselet bygger på, slik historikken kaller dem.' }),
    deadlines: z.array(
      z.object({
        what: z.enum(DEADLINE_KINDS),
        date: z.string(),
        rule: z.string(),
      }),
    ),
    effective: z.string(),
    feed: z.enum(FEEDS),
    lostRight: z.boolean(),
    toCounty: z
      .string()
      .nullable()
      .openapi({ description: 'Fylket ungdommen bor i nå (overlevering); null også som owner.' }),
  })
  .openapi('Alert');

/** Field by field, so that a field added to the core's alert does not leave by itself. NAV's office is left out:
 *  an alert stays in the history after the consents that let it be told are withdrawn. */
export function alertView(
  ref: string,
  alert: Alert,
  { state, share }: { state: AlertState; share: Share },
): z.infer<typeof AlertSchema> {
  return {
    id: alertIdOf(alert, ref),
    kind: alert.kind,
    category: alert.category,
    state,
    schoolYear: alert.schoolYear,
    county: placeIn(share, alert.county),
    ...ruleView(alert.rule),
    owner: placeIn(share, alert.owner),
    proposed: alert.proposed,
    minor: alert.minor,
    guardians: informsGuardians(alert),
    timeBand: alert.timeBand,
    priority: priorityOf(alert),
    evidence: [...alert.evidence],
    deadlines: alert.deadlines.map(({ what, date, rule }) => ({ what, date, rule })),
    effective: alert.effective,
    feed: alert.feed,
    lostRight: alert.lostRight,
    toCounty: placeIn(share, alert.toCounty),
  };
}

/** A rule's id with the sentence that says why. */
export function ruleView(id: RuleId) {
  const rule = RULE_BY_ID.get(id);
  return { rule: id, reason: rule?.text ?? null, ruleSource: rule?.source ?? null };
}

/** A rule of an earlier version of the program may be gone; its decisions are still shown. */
const RULE_BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));
