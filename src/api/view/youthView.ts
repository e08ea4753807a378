import { z } from '@hono/zod-openapi';
import type { Policy } from '../../core/policy.ts';
import { shareFor } from '../../core/protection/share.ts';
import { standingState } from '../../core/worklist/alertState.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import type { Registration } from '../../core/youth/youth.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { AlertSchema, alertView, ruleView } from './alertView.ts';

const ViaOtSchema = z.enum(['JA', 'NEI', 'UKJENT']);

const RegistrationSchema = z
  .object({
    schoolYear: z.string(),
    county: z.string(),
    tilmeldingskode: z.enum(['IKKE_SOKT', 'TAKKET_NEI', 'AVBRUTT', 'ANDRE_GRUNNER']).nullable(),
    effective: z.string(),
    owner: z.string(),
    status: z.object({
      code: z.string().openapi({ example: 'OTUK' }),
      list: z.string().openapi({ example: 'OT-2016-07' }),
      group: z.number().int(),
      targetGroup: z.boolean(),
      viaOt: ViaOtSchema,
      effective: z.string(),
      setBy: z.enum(['RULE', 'ADVISER']),
      rule: z.string(),
      reason: z.string().nullable(),
      ruleSource: z.string().nullable(),
    }),
  })
  .openapi('Registration');

export const YouthSchema = z
  .object({
    ref: z.string(),
    version: z.number().int(),
    parked: z
      .boolean()
      .openapi({ description: 'Nye meldinger venter til noen har sett på den som stoppet.' }),
    registrations: z.array(RegistrationSchema),
    alerts: z.array(AlertSchema).openapi({ description: 'Varsler, kontroller og forslag som står.' }),
    due: z.string().nullable().openapi({ description: 'Når tiden alene endrer noe.' }),
  })
  .openapi('Youth');

/** Whoever asks for one youth by reference follows them, and sees who answers for them in the registrations too. */
const ON_THE_CASE = shareFor('UGRADERT');

/** What is known now. The facts themselves stay inside: they are shown one by one in the history. */
export function youthView(loaded: LoadedYouth, policy: Policy): z.infer<typeof YouthSchema> {
  const known = caseOf(loaded.ref, loaded.youth, policy);
  const { registrations, alerts, due } = known.youth;
  return {
    ref: loaded.ref,
    version: loaded.version,
    parked: loaded.parked,
    registrations: registrations.map(registrationView),
    alerts: alerts.map((alert) =>
      alertView(loaded.ref, alert, { state: standingState(known, alert), share: ON_THE_CASE }),
    ),
    due,
  };
}

function registrationView(registration: Registration) {
  const { status } = registration;
  return {
    schoolYear: registration.schoolYear,
    county: registration.county,
    tilmeldingskode: registration.tilmeldingskode,
    effective: registration.effective,
    owner: registration.owner,
    status: {
      code: status.code,
      list: status.list,
      group: status.group,
      targetGroup: status.targetGroup,
      viaOt: status.viaOt,
      effective: status.effective,
      setBy: status.setBy,
      ...ruleView(status.rule),
    },
  };
}
