import { z } from 'zod';
import { DeliveriesSchema } from '../api/schema/deliverySchema.ts';
import { SubscriptionSchema } from '../api/schema/subscriptionSchema.ts';
import { found } from './answer.ts';
import { type Ask, CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { everyPage } from './pages.ts';
import { organisationMeant } from './present.ts';

// Subscriptions that exist: how they are, what was sent, and how one is paused and enabled.

const at = (org: string, id: string) =>
  `/organisations/${encodeURIComponent(org)}/subscriptions/${encodeURIComponent(id)}`;

export const subscriptions: Command = {
  form: 'abonnementer [org]',
  help: 'abonnementene, hvordan de er, og hva som må gjøres',
  takes: [0, 1],
  async run(ask, [given]) {
    const org = await organisationMeant(ask, given);
    const answer = await ask(`/organisations/${encodeURIComponent(org)}/subscriptions`);
    const all = found(z.object({ subscriptions: z.array(SubscriptionSchema) }), answer, org).subscriptions;
    if (all.length === 0) return `Ingen abonnerer på endringer hos ${org}.`;
    return all
      .map(({ id, name, url, kinds, text }) => `${id} ${name}: ${kinds.join(', ')} til ${url}\n  ${text}`)
      .join('\n');
  },
};

const STATES: ReadonlyMap<string, string> = new Map([
  ['venter', 'waiting'],
  ['levert', 'delivered'],
  ['feilet', 'exhausted'],
  ['holdt-tilbake', 'withheld'],
  ['hoppet-over', 'superseded'],
]);

export const deliveries: Command = {
  form: 'leveringer <org> <abonnement> [venter|levert|feilet|holdt-tilbake|hoppet-over]',
  help: 'kallene som er sendt, venter eller ikke kunne sendes',
  takes: [2, 3],
  async run(ask, [org = '', id = '', named]) {
    const state = named === undefined ? undefined : STATES.get(named);
    if (named !== undefined && state === undefined) {
      throw new CommandFailed(
        `«${named}» finnes ikke. Velg av: ${[...STATES.keys()].join(', ')}.`,
        EXIT.usage,
      );
    }
    const path = `${at(org, id)}/deliveries?limit=500${state === undefined ? '' : `&state=${state}`}`;
    const pages = await everyPage(ask, { schema: DeliveriesSchema, path, org });
    const all = pages.flatMap((page) => page.deliveries);
    if (all.length === 0) return 'Ingen slike leveringer.';
    return all
      .map(
        ({ webhookId, kind, recorded, attempts, text }) =>
          `${recorded} ${webhookId} ${kind}, forsøk: ${attempts}. ${text}`,
      )
      .join('\n');
  },
};

export const pause: Command = {
  form: 'pause <org> <abonnement>',
  help: 'sett et abonnement på pause: ingenting sendes, og ingenting går tapt',
  takes: [2, 2],
  run: async (ask: Ask, [org = '', id = '']) =>
    found(SubscriptionSchema, await ask(`${at(org, id)}/pause`, {}), org).text,
};

const FROM: ReadonlyMap<string, string> = new Map([
  ['alt', 'all'],
  ['siste', 'latest'],
  ['nå', 'now'],
]);

export const enable: Command = {
  form: 'aktiver <org> <abonnement> <alt|siste|nå> [begrunnelse]',
  help: 'slå på et abonnement: send alt, bare det siste om hver ungdom, eller begynn nå',
  takes: [3, 4],
  async run(ask, [org = '', id = '', named = '', reason]) {
    const from = FROM.get(named.normalize('NFC'));
    if (from === undefined) {
      throw new CommandFailed(`«${named}» finnes ikke. Velg av: ${[...FROM.keys()].join(', ')}.`, EXIT.usage);
    }
    if (from !== 'all' && reason === undefined) {
      throw new CommandFailed('Noe blir ikke sendt: skriv hvorfor, i anførselstegn.', EXIT.usage);
    }
    const answer = await ask(`${at(org, id)}/enable`, { from, ...(reason !== undefined && { reason }) });
    const { subscription, backlog } = found(
      z.object({
        subscription: SubscriptionSchema,
        backlog: z.object({ all: z.number(), latest: z.number() }),
      }),
      answer,
      org,
    );
    return `${subscription.text} Ikke sendt før nå: ${backlog.all}, og ${backlog.latest} når bare det siste om hver sak teller.`;
  },
};
