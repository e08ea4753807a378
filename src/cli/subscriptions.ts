import { z } from 'zod';
import { DeliveriesSchema, DeliveryDetailsSchema } from '../api/schema/deliverySchema.ts';
import { AnsweredSchema, SubscriptionSchema } from '../api/schema/subscriptionSchema.ts';
import { found, told } from './answer.ts';
import { CommandFailed, EXIT } from './ask.ts';
import type { Command } from './command.ts';
import { withoutJson } from './flags.ts';
import { everyPage } from './pages.ts';
import { organisationMeant } from './present.ts';
import { USAGE, type Usage } from './usage.ts';

// Subscriptions that exist: how they are, what was sent, and how one is paused and enabled.

const at = (org: string, id: string) =>
  `/organisations/${encodeURIComponent(org)}/subscriptions/${encodeURIComponent(id)}`;

export const subscriptions: Command = {
  ...USAGE.abonnementer,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const org = await organisationMeant(ask, words[0]);
    const answer = await ask(`/organisations/${encodeURIComponent(org)}/subscriptions`);
    const read = found(z.object({ subscriptions: z.array(SubscriptionSchema) }), answer, org);
    if (json) return JSON.stringify(read, null, 2);
    const all = read.subscriptions;
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
  ...USAGE.leveringer,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = '', named] = words;
    if (named !== undefined && /^\d+$/.test(named)) {
      const one = found(DeliveryDetailsSchema, await ask(`${at(org, id)}/deliveries/${named}`), org);
      return told(json, one, ({ webhookId, kind, recorded, text }) =>
        [`${recorded} ${webhookId} ${kind}. ${text}`].join('\n'),
      );
    }
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
    if (json) return JSON.stringify({ ...pages[0], deliveries: all, next: null }, null, 2);
    if (all.length === 0) return 'Ingen slike leveringer.';
    return all
      .map(
        ({ webhookId, kind, recorded, attempts, text }) =>
          `${recorded} ${webhookId} ${kind}, forsøk: ${attempts}. ${text}`,
      )
      .join('\n');
  },
};

const act = (usage: Usage, path: string): Command => ({
  ...usage,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = ''] = words;
    return told(json, found(AnsweredSchema, await ask(`${at(org, id)}/${path}`, {}), org), answerLine);
  },
});

/** The receiver is asked whether its address is its own. */
export const verify = act(USAGE.bekreft, 'verify');

/** One signed call that is about no one. */
export const trial = act(USAGE.provekall, 'test');

function answerLine({ subscription, answer }: z.infer<typeof AnsweredSchema>): string {
  const status = answer.httpStatus === null ? '' : `, HTTP ${answer.httpStatus}`;
  return `Mottakeren svarte: ${answer.outcome}${status}. ${subscription.text}`;
}

export const pause: Command = {
  ...USAGE.pause,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = ''] = words;
    const paused = found(SubscriptionSchema, await ask(`${at(org, id)}/pause`, {}), org);
    return told(json, paused, ({ text }) => text);
  },
};

const FROM: ReadonlyMap<string, string> = new Map([
  ['alt', 'all'],
  ['siste', 'latest'],
  ['nå', 'now'],
]);

export const enable: Command = {
  ...USAGE.aktiver,
  async run(ask, args) {
    const { words, json } = withoutJson(args);
    const [org = '', id = '', named = '', reason] = words;
    const from = FROM.get(named.normalize('NFC'));
    if (from === undefined) {
      throw new CommandFailed(`«${named}» finnes ikke. Velg av: ${[...FROM.keys()].join(', ')}.`, EXIT.usage);
    }
    if (from !== 'all' && reason === undefined) {
      throw new CommandFailed('Noe blir ikke sendt: skriv hvorfor, i anførselstegn.', EXIT.usage);
    }
    const answer = await ask(`${at(org, id)}/enable`, { from, ...(reason !== undefined && { reason }) });
    const enabled = found(
      z.object({
        subscription: SubscriptionSchema,
        backlog: z.object({ all: z.number(), latest: z.number() }),
      }),
      answer,
      org,
    );
    return told(
      json,
      enabled,
      ({ subscription, backlog }) =>
        `${subscription.text} Ikke sendt før nå: ${backlog.all}, og ${backlog.latest} når bare det siste om hver sak teller.`,
    );
  },
};
