import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AgreementActedSchema, AgreementListSchema } from '../api/schema/navSchema.ts';
import { found, told, understand } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import { parseFlags } from './flags.ts';

const REGISTER =
  'nav avtale <org> registrer --motpart <orgnr> --grunnlag <SAMTYKKE> --fra <dato> --til <dato> --referanse <saksnummer> --begrunnelse <tekst>';
const ACTS: Readonly<Record<string, string>> = {
  godkjenn: 'approve',
  avslå: 'turn-down',
  trekk: 'revoke',
};
const FORM = `nav avtale <org> [godkjenn <id> | avslå <id> | trekk <id> <begrunnelse>], eller npm run ot -- ${REGISTER}`;

/** Agreements with NAV: those there are and those that wait; register, approve, turn down, revoke.
 *  @param args what follows the organisation */
export async function agreements(
  ask: Ask,
  { org, json }: { org: string; json: boolean },
  args: readonly string[],
): Promise<string> {
  const at = `/organisations/${encodeURIComponent(org)}/nav/agreements`;
  const [what, id, reason, ...more] = args;
  if (what === undefined)
    return told(json, found(AgreementListSchema, await ask(at), org), (all) => listed(all, org));
  if (what === 'registrer') return registered(ask, { at, json }, args.slice(1));
  const act = Object.hasOwn(ACTS, what) ? ACTS[what] : undefined;
  const wants = act === 'revoke' ? reason !== undefined : reason === undefined;
  if (act === undefined || id === undefined || !wants || more.length > 0)
    throw new CommandFailed(`Bruk: npm run ot -- ${FORM}`, EXIT.usage);
  const path = `${at}/${encodeURIComponent(id)}/${act}`;
  const acted = found(AgreementActedSchema, await ask(path, reason === undefined ? {} : { reason }), org);
  return told(json, acted, ({ text }) => text);
}

function listed({ agreements: all, proposals }: List, org: string): string {
  const lines = [...all.map(agreementLine), ...proposals.map(proposalLine)];
  return lines.length === 0
    ? `${org} har ingen avtale med NAV. Uten avtale spørres det ikke om noen.`
    : lines.join('\n');
}

async function registered(
  ask: Ask,
  { at, json }: { at: string; json: boolean },
  args: readonly string[],
): Promise<string> {
  const text = { type: 'string' } as const;
  const { values } = parseFlags(REGISTER, () =>
    parseArgs({
      args: [...args],
      options: {
        ...{ motpart: text, grunnlag: text, fra: text, til: text },
        ...{ referanse: text, begrunnelse: text },
      },
    }),
  );
  const { motpart: party, grunnlag: legalBasis, fra: from, til: to, referanse: reference } = values;
  const { begrunnelse: reason } = values;
  const given = { party, legalBasis, from, to, reference, reason };
  if (Object.values(given).includes(undefined))
    throw new CommandFailed(`Bruk: npm run ot -- ${REGISTER}`, EXIT.usage);
  const answer = await ask(at, { ...given, purpose: 'NAV_UTVEKSLING' });
  return told(json, understand(AgreementActedSchema, answer.value), (acted) => `${acted.id}: ${acted.text}`);
}

type List = z.infer<typeof AgreementListSchema>;
type Terms = Pick<List['agreements'][number], 'id' | 'party' | 'from' | 'to' | 'legalBasis' | 'reference'>;

function agreementLine(each: List['agreements'][number]): string {
  const { revoked, inForce } = each;
  const state =
    revoked === null ? (inForce ? 'gjelder' : 'gjelder ikke nå') : `trukket ${revoked.at.slice(0, 10)}`;
  return `${termsText(each)}: ${state}`;
}

function proposalLine(each: List['proposals'][number]): string {
  const who = each.byOfficer ? 'en leder eller et annet personvernombud' : 'personvernombudet';
  return `${termsText(each)}: venter på ${who}, foreslått av ${each.proposedBy}`;
}

function termsText({ id, party, from, to, legalBasis, reference }: Terms): string {
  return `${id} ${party} ${from}–${to} ${legalBasis} (${reference})`;
}
