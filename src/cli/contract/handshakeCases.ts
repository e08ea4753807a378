import type { Answer, Bench, Step } from './bench.ts';
import { type ContractCase, good } from './contractCase.ts';

// Before the first call, the receiver shows that the address is its own.

const VERIFICATION = 'no.otbridge.subscription.verification.v1';

export const HANDSHAKE_CASES: readonly ContractCase[] = [
  {
    name: 'handtrykk',
    sent: 'OPTIONS med WebHook-Request-Origin.',
    right:
      'Svar 2xx med WebHook-Allowed-Origin. Eller svar 404, 405 eller 501, og svar på et bekreftelseskall med data.challenge, alene eller som {"challenge": …}.',
    play: async (bench) => {
      const answer = await bench.handshake('otbridge.example');
      if ([404, 405, 501].includes(answer.status ?? 0)) return [await challenged(bench)];
      return [{ answer, wrong: wrongOf(answer) }];
    },
  },
  {
    name: 'bekreftelseskall',
    sent: 'Et riktig signert bekreftelseskall med data.challenge.',
    right: 'Svar 2xx.',
    play: async (bench) => [await bench.send('accepted', verification(bench, bench.token()))],
  },
  {
    name: 'falskt-bekreftelseskall',
    sent: 'Et bekreftelseskall med gal signatur.',
    right: 'Svar 4xx (ikke 410 eller 429).',
    play: async (bench) => {
      const call = verification(bench, bench.token());
      const headers = call.headers.map(
        ([name, value]) => [name, name === 'webhook-signature' ? `v1,${'A'.repeat(43)}=` : value] as const,
      );
      return [await bench.send('refused', { ...call, headers })];
    },
  },
];

async function challenged(bench: Bench): Promise<Step> {
  const challenge = bench.token();
  const step = await bench.send('accepted', verification(bench, challenge));
  if (step.wrong !== undefined || repeats(step.answer.text, challenge)) return step;
  return {
    ...step,
    wrong: 'svaret på bekreftelseskallet er verken data.challenge alene eller JSON med feltet challenge',
  };
}

/** As text alone, or as the member `challenge` of a JSON object: what the bridge takes. */
function repeats(text: string, challenge: string): boolean {
  if (text.trim() === challenge) return true;
  try {
    return JSON.parse(text)?.challenge === challenge;
  } catch {
    return false;
  }
}

function verification(bench: Bench, challenge: string) {
  const data = { subscription: '1c6d2f0e-5d0b-4c55-9d36-0e4d3b0f8a11', challenge };
  return good(bench, { message: bench.message({ type: VERIFICATION, data }) });
}

function wrongOf({ status, headers }: Answer): string | undefined {
  if (status === undefined || status < 200 || status > 299) return `HTTP ${status ?? 'uten svar'}`;
  const allowed = headers['webhook-allowed-origin'];
  const names = [allowed ?? []]
    .flat()
    .flatMap((names) => names.split(',').map((name) => name.trim().toLowerCase()));
  if (names.includes('otbridge.example') || names.includes('*')) return undefined;
  return allowed === undefined
    ? 'WebHook-Allowed-Origin mangler'
    : 'WebHook-Allowed-Origin er noe annet enn det som ble spurt om, eller *';
}
