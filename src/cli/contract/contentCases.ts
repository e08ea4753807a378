import type { Bench } from './bench.ts';
import { type ContractCase, good } from './contractCase.ts';

// What is in the call, how often it comes, and in which order.

const ACCEPTED = 'Svar 2xx.';

export const CONTENT_CASES: readonly ContractCase[] = [
  {
    name: 'gjentatt-id',
    sent: 'Det samme varselet tre ganger, med ny tid og ny signatur.',
    right: 'Svar 2xx alle gangene, og slå opp href én gang.',
    play: (bench) => repeated(bench, 'one after the other'),
  },
  {
    name: 'gjentatt-id-samtidig',
    sent: 'Det samme varselet tre ganger på én gang.',
    right: 'Svar 2xx alle gangene, og slå opp href én gang.',
    play: (bench) => repeated(bench, 'in parallel'),
  },
  {
    name: 'falsk-for-ekte',
    sent: 'Et falskt kall med samme webhook-id som det ekte, som kommer etterpå.',
    right: 'Svar 4xx på det falske og 2xx på det ekte: en id er ikke brukt før signaturen stemmer.',
    play: async (bench) => {
      const real = bench.message();
      bench.awaits(real);
      const forged = good(bench, { message: bench.message({ id: real.id }) });
      const headers = forged.headers.map(
        ([name, value]) => [name, name === 'webhook-signature' ? `v1,${'A'.repeat(43)}=` : value] as const,
      );
      return [
        await bench.send('refused', { ...forged, headers }),
        await bench.send('accepted', good(bench, { message: real })),
      ];
    },
  },
  {
    name: 'versjoner-i-uorden',
    sent: 'Versjon 9 og så versjon 8 av den samme ungdommen.',
    right: 'Svar 2xx på begge. Den eldre er ikke en feil; den trengs ikke.',
    play: async (bench) => {
      const ref = `pw_${bench.token()}`;
      return [
        await bench.send('accepted', good(bench, { message: bench.message({ ref }), more: { version: 9 } })),
        await bench.send('accepted', good(bench, { message: bench.message({ ref }), more: { version: 8 } })),
      ];
    },
  },
  ...[
    ['status', 'En endret status.', 'no.otbridge.ot.status.v1'],
    ['hovedgruppe', 'En endret hovedgruppe.', 'no.otbridge.ot.status-group.v1'],
  ].map(
    ([name = '', sent = '', type = '']): ContractCase => ({
      name,
      sent,
      right: ACCEPTED,
      play: async (bench) => [
        await bench.send('accepted', good(bench, { message: bench.message({ type }) })),
      ],
    }),
  ),
  {
    name: 'kvittering',
    sent: 'En kvittering. Den har verken ref eller version.',
    right: ACCEPTED,
    play: (bench) =>
      bare(bench, 'no.otbridge.ot.receipt.v1', ({ base }, id) => ({
        org: 'telemarkfylke-no',
        id,
        href: `${base}/organisations/telemarkfylke-no/receipts/235e8317-4bf3-4b06-a9b5-bfcd3b90af88`,
      })),
  },
  {
    name: 'prove',
    sent: 'Et prøvekall, som bare har navnet på abonnementet.',
    right: ACCEPTED,
    play: (bench) => bare(bench, 'no.otbridge.subscription.test.v1', () => ({ subscription: 'a3f1' })),
  },
  {
    name: 'slatt-av',
    sent: 'Beskjed om at et annet abonnement er slått av.',
    right: ACCEPTED,
    play: (bench) =>
      bare(bench, 'no.otbridge.subscription.disabled.v1', () => ({
        subscription: 'b4e2',
        reason: 'FAILING',
      })),
  },
  {
    name: 'ukjent-type',
    sent: 'Et riktig signert kall av en type som ikke finnes ennå.',
    right: 'Svar 2xx og se bort fra det: ellers sendes det ti ganger.',
    play: async (bench) => [
      await bench.send('accepted', good(bench, { message: bench.message({ type: 'no.otbridge.ot.ny.v1' }) })),
    ],
  },
  {
    name: 'ukjent-felt',
    sent: 'Et varsel med et felt som ikke finnes ennå.',
    right: ACCEPTED,
    play: async (bench) => [
      await bench.send('accepted', good(bench, { more: { nytt: { felt: [1, null] } } })),
    ],
  },
  {
    name: 'utf8',
    sent: 'Et varsel med æ, ø, å, et kinesisk tegn og en emoji.',
    right: ACCEPTED,
    play: async (bench) => [await bench.send('accepted', good(bench, { more: { note: 'æøå Æ 漢 🙂' } }))],
  },
  {
    name: 'stor-kropp',
    sent: 'Et varsel på nesten 20 kB.',
    right: ACCEPTED,
    play: async (bench) => [
      await bench.send('accepted', good(bench, { more: { note: 'x'.repeat(19_500) } })),
    ],
  },
  {
    name: 'tom-kropp',
    sent: 'En tom kropp, riktig signert.',
    right: 'Svar 2xx eller 4xx, ikke 5xx.',
    play: async (bench) => [
      await bench.send('survived', good(bench, { signing: { body: Buffer.alloc(0) } })),
    ],
  },
  {
    name: 'ikke-json',
    sent: 'En kropp som ikke er JSON, riktig signert.',
    right: 'Svar 2xx eller 4xx, ikke 5xx.',
    play: async (bench) => [
      await bench.send('survived', good(bench, { signing: { body: Buffer.from('{"type":') } })),
    ],
  },
  {
    name: 'json-uten-objekt',
    sent: 'Kroppen «null», riktig signert.',
    right: 'Svar 2xx eller 4xx, ikke 5xx.',
    play: async (bench) => [
      await bench.send('survived', good(bench, { signing: { body: Buffer.from('null') } })),
    ],
  },
  {
    name: 'annen-content-type',
    sent: 'Et riktig signert varsel med content-type text/plain.',
    right: 'Svar 2xx eller 4xx, ikke 5xx.',
    play: async (bench) => [await bench.send('survived', good(bench, { contentType: 'text/plain' }))],
  },
  {
    name: 'trukket-tilbake',
    sent: 'Et varsel der href svarer 404, og så et nytt varsel.',
    right: 'Svar 2xx på begge: det varselet gjaldt, er trukket tilbake.',
    play: async (bench) => [
      await bench.send('accepted', good(bench, { message: bench.message({ withdrawn: true }) })),
      await bench.send('accepted', good(bench)),
    ],
  },
  {
    name: 'href-til-annen-adresse',
    sent: 'Et riktig signert varsel der href er på en annen adresse enn OT Bridge.',
    right: 'Svar 2xx eller 4xx, og ikke slå opp der: tokenet er til OT Bridge alene.',
    play: async (bench) => [
      await bench.send(
        'survived',
        good(bench, { message: bench.message({ base: bench.counterpart.elsewhere }) }),
      ),
    ],
  },
  {
    name: 'atte-samtidig',
    sent: 'Åtte ulike varsler på én gang.',
    right: ACCEPTED,
    play: (bench) => Promise.all(Array.from({ length: 8 }, () => bench.send('accepted', good(bench)))),
  },
];

async function repeated(bench: Bench, how: 'one after the other' | 'in parallel') {
  const message = bench.message();
  bench.repeats(message);
  const sent = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const step = bench.send('accepted', good(bench, { message }));
    if (how === 'one after the other') await step;
    sent.push(step);
  }
  return Promise.all(sent);
}

/** A call that is about no youth. */
async function bare(
  bench: Bench,
  type: string,
  data: (counterpart: Bench['counterpart'], id: string) => Record<string, unknown>,
) {
  const id = `msg_${bench.token()}`;
  const message = bench.message({ id, type, data: data(bench.counterpart, id) });
  return [await bench.send('accepted', good(bench, { message }))];
}
