import { z } from 'zod';
import { AlertSchema } from '../api/schema/alertSchema.ts';
import { alertLines } from '../text/alertLines.ts';
import { found, told } from './answer.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { organisationMeant } from './present.ts';
import { USAGE } from './usage.ts';

const SHOWN_ALERTS = 10;
const raised = z.object({ ref: z.string(), recorded: z.string(), alert: AlertSchema });
const page = z.object({ alerts: z.array(raised), next: z.string().nullable() });

/** The newest alerts, with why. */
export const alerts: Command = {
  ...USAGE.varsler,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const org = await organisationMeant(ask, words[0]);
    const answer = await ask(`/organisations/${encodeURIComponent(org)}/alerts?limit=${SHOWN_ALERTS}`);
    return told(json, found(page, answer, org), (all) => alertLines(all.alerts));
  },
};
