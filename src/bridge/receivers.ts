import { RECEIVER_URL } from '../core/sentences/receiverUrls.ts';
import { outcomeOf } from '../core/subscription/answer.ts';
import { instantOf } from '../core/time/date.ts';
import type { ReceiverAnswer, Receivers, UrlFault } from '../desk/subscriptions/receivers.ts';
import { type AddressFault, type AddressRules, judgeUrl } from '../relay/address.ts';
import type { Connect } from '../relay/connect.ts';
import { noticeRequest, proveReceiver } from '../relay/handshake.ts';
import { newSigningKeys, openKey } from '../relay/keys.ts';
import { countBacklog } from '../relay/planner.ts';
import { openExchange } from '../relay/send.ts';
import type { RelayQueue, SubscriptionRecords } from '../store/relayPort.ts';
import type { Vault } from '../store/vault.ts';

/** What the desk asks of the relay. */
export function createReceivers(parts: {
  queue: Pick<RelayQueue, 'look'>;
  records: SubscriptionRecords;
  vault: Vault;
  connect: Connect;
  rules: AddressRules;
  userAgent: string;
  /** Address of the API, without a slash at the end. */
  base(): string;
}): Receivers {
  const { queue, records, vault, connect, rules, userAgent } = parts;

  async function asking({ id, url }: { id: string; url: string }) {
    const now = instantOf(Date.now());
    const keys = (await records.signingKeys(id, now)).map((key) => openKey(vault, key));
    return { subscription: id, url: new URL(url), origin: new URL(parts.base()).host, keys, userAgent, now };
  }
  return {
    judgeUrl(url) {
      const judged = judgeUrl(url, rules);
      return typeof judged === 'string' ? textOf(judged, rules) : null;
    },
    async prove(subscription) {
      const began = performance.now();
      const { fault, httpStatus } = await proveReceiver(connect, await asking(subscription));
      return {
        at: instantOf(Date.now()),
        outcome: fault ?? 'delivered',
        httpStatus,
        ms: Math.round(performance.now() - began),
      };
    },
    async test(subscription): Promise<ReceiverAnswer> {
      const began = performance.now();
      const asked = await asking(subscription);
      const exchange = await openExchange(connect, asked.url);
      await exchange.handOver(noticeRequest(asked, 'test', { subscription: subscription.id }));
      const answer = await exchange.answer();
      return {
        at: instantOf(Date.now()),
        outcome: outcomeOf(answer),
        httpStatus: answer.kind === 'status' ? answer.status : null,
        ms: Math.round(performance.now() - began),
      };
    },
    newKeys: (at) => newSigningKeys(vault, at),
    async backlog(org, id) {
      return (await countBacklog(queue, records, org, id)) ?? { all: 0, latest: 0 };
    },
  };
}

function textOf(fault: AddressFault, { ports }: AddressRules): UrlFault {
  return { text: RECEIVER_URL.nb[fault], cure: RECEIVER_URL.nb.cure(ports.join(' eller ')) };
}
