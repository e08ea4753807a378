import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Parts, type Signing, type Step, signingPair } from './bench.ts';
import { bodyOf, type ContractCase, flipped, good, parts, signingOf, without } from './contractCase.ts';

// What is signed, with what, and when.

const ACCEPTED = 'Svar 2xx.';
const REFUSED = 'Svar 4xx (ikke 410 eller 429), og ikke slå opp href.';

export const SIGNATURE_CASES: readonly ContractCase[] = [
  {
    name: 'v1-alene',
    sent: 'Et varsel med riktig signatur v1.',
    right: ACCEPTED,
    play: async (bench) => [await bench.send('accepted', good(bench))],
  },
  {
    name: 'v1a-alene',
    sent: 'Et varsel med riktig signatur v1a, og ingen v1.',
    right: 'Svar 2xx med offentlige nøkler; uten dem (--uten-v1a) 4xx.',
    play: (bench) =>
      signedBy(bench, bench.publicKeys ? 'accepted' : 'refused', (signing) => bench.v1a(signing)),
  },
  {
    name: 'v1-og-v1a',
    sent: 'Et varsel med riktig v1 og riktig v1a, som OT Bridge sender det.',
    right: ACCEPTED,
    play: (bench) => signedBy(bench, 'accepted', (signing) => `${bench.v1(signing)} ${bench.v1a(signing)}`),
  },
  {
    name: 'nokkelbytte-ny-forst',
    sent: 'To v1, den første med mottakerens nøkkel og den andre med en nøkkel den ikke har (bytte av nøkkel).',
    right: ACCEPTED,
    play: (bench) =>
      signedBy(bench, 'accepted', (signing) => `${bench.v1(signing)} ${bench.v1(signing, randomBytes(32))}`),
  },
  {
    name: 'nokkelbytte-gammel-forst',
    sent: 'To v1, den første med en nøkkel mottakeren ikke har og den andre med dens nøkkel (bytte av nøkkel).',
    right: ACCEPTED,
    play: (bench) =>
      signedBy(bench, 'accepted', (signing) => `${bench.v1(signing, randomBytes(32))} ${bench.v1(signing)}`),
  },
  {
    name: 'gal-nokkel',
    sent: 'v1 med en annen hemmelighet.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1(signing, randomBytes(32))),
  },
  {
    name: 'gal-nokkel-v1a',
    sent: 'v1a med en annen privat nøkkel.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1a(signing, signingPair().privateKey)),
  },
  {
    name: 'offentlig-nokkel-som-hemmelighet',
    sent: 'v1 regnet ut med den offentlige nøkkelen som hemmelighet.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1(signing, bench.publicBytes)),
  },
  {
    name: 'v1-kalt-v1a',
    sent: 'En riktig v1-signatur som er merket v1a.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1(signing).replace('v1,', 'v1a,')),
  },
  {
    name: 'ukjent-skjema-i-tillegg',
    sent: 'En v2 som ikke finnes, og en riktig v1.',
    right: ACCEPTED,
    play: (bench) => signedBy(bench, 'accepted', (signing) => `v2,bm9l ${bench.v1(signing)}`),
  },
  {
    name: 'ukjent-skjema-alene',
    sent: 'Den riktige v1-signaturen merket v2, og ingen annen.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1(signing).replace('v1,', 'v2,')),
  },
  {
    name: 'halv-signatur',
    sent: 'Den første halvdelen av en riktig v1.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', (signing) => bench.v1(signing).slice(0, 24)),
  },
  {
    name: 'tom-signatur',
    sent: '«v1,» uten noe etter kommaet.',
    right: REFUSED,
    play: (bench) => signedBy(bench, 'refused', () => 'v1,'),
  },
  {
    name: 'odelagt-signatur-i-tillegg',
    sent: 'En v1 som ikke er base64, og så en riktig v1.',
    right: ACCEPTED,
    play: (bench) => signedBy(bench, 'accepted', (signing) => `v1,%%% ${bench.v1(signing)}`),
  },
  {
    name: 'endret-bit-i-kroppen',
    sent: 'Åtte varsler med én endret bit i kroppen etter at de ble signert.',
    right: REFUSED,
    play: (bench) =>
      eight(async (turn) => {
        const call = good(bench);
        const bit = Math.floor(((turn + 0.5) * call.body.length * 8) / 8);
        return bench.send('refused', { ...call, body: flipped(call.body, bit) });
      }),
  },
  {
    name: 'ugyldig-utf8',
    sent: 'Et varsel der én byte i kroppen er byttet med 0xFF etter at det ble signert.',
    right: REFUSED,
    play: async (bench) => {
      const call = good(bench);
      const body = Buffer.from(call.body);
      body[40] = 0xff;
      return [await bench.send('refused', { ...call, body })];
    },
  },
  {
    name: 'endret-id',
    sent: 'Et varsel der webhook-id er byttet etter at det ble signert.',
    right: REFUSED,
    play: async (bench) => {
      const other = bench.message().id;
      const { headers, ...rest } = good(bench);
      const changed = headers.map(([name, value]) => [name, name === 'webhook-id' ? other : value] as const);
      return [await bench.send('refused', { ...rest, headers: changed })];
    },
  },
  {
    name: 'omskrevet-kropp',
    sent: 'Signaturen til én skrivemåte av JSON-en, og kroppen i en annen.',
    right: REFUSED,
    play: async (bench) => {
      const call = good(bench);
      const body = Buffer.from(JSON.stringify(JSON.parse(call.body.toString()), null, 2));
      return [await bench.send('refused', { ...call, body })];
    },
  },
  {
    name: 'uvanlig-skrevet-json',
    sent: 'JSON med mellomrom og \\u-koder, signert slik den er sendt.',
    right: `${ACCEPTED} Signaturen er over bytene, ikke over JSON som er skrevet på nytt.`,
    play: async (bench) => {
      const message = bench.message();
      const compact = bodyOf(message, { note: 'mellomrom' }).toString();
      const body = Buffer.from(
        `${JSON.stringify(JSON.parse(compact), null, 2).replace('mellomrom', '\\u00e6')}\n`,
      );
      return [await bench.send('accepted', good(bench, { message, signing: { body } }))];
    },
  },
  ...[-299, 299, -301, 301].map((offset): ContractCase => {
    const right = Math.abs(offset) > 300 ? 'refused' : 'accepted';
    return {
      name: `klokke${offset < 0 ? '-minus-' : '-pluss-'}${Math.abs(offset)}`,
      sent: `Et riktig signert varsel datert ${Math.abs(offset)} sekunder ${offset < 0 ? 'tilbake' : 'fram'}.`,
      right: right === 'refused' ? REFUSED : ACCEPTED,
      play: (bench) =>
        inOneSecond(() => bench.send(right, good(bench, { signing: { timestamp: bench.now() + offset } }))),
    };
  }),
  ...[
    { name: 'tid-med-bokstaver', says: 'der tiden har bokstaver', write: (now: number) => `${now}abc` },
    {
      name: 'tid-i-millisekunder',
      says: 'der tiden er i millisekunder',
      write: (now: number) => `${now}000`,
    },
    {
      name: 'tid-som-dato',
      says: 'der tiden er en dato',
      write: (now: number) => new Date(now * 1_000).toISOString(),
    },
  ].map(
    ({ name, says, write }): ContractCase => ({
      name,
      sent: `Et varsel, signert slik det er sendt, ${says}.`,
      right: REFUSED,
      play: async (bench) => [
        await bench.send('refused', good(bench, { signing: { timestamp: write(bench.now()) } })),
      ],
    }),
  ),
  ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (header): ContractCase => ({
      name: `uten-${header}`,
      sent: `Et riktig signert varsel uten headeren ${header}.`,
      right: REFUSED,
      play: async (bench) => [await bench.send('refused', without(good(bench), header))],
    }),
  ),
  {
    name: 'webhook-id-to-ganger',
    sent: 'Et riktig signert varsel med en falsk webhook-id foran den riktige.',
    right: REFUSED,
    play: async (bench) => {
      const call = good(bench);
      const headers = [['webhook-id', bench.message().id] as const, ...call.headers];
      return [await bench.send('refused', { ...call, headers })];
    },
  },
];

async function signedBy(bench: Bench, right: 'accepted' | 'refused', write: (signing: Signing) => string) {
  const message = bench.message();
  const signing = signingOf(bench, message);
  const call: Parts = parts(message, signing, write(signing));
  return [await bench.send(right, call)];
}

/** Both clocks read whole seconds: an answer from the next second may be right about another time. Asked again then. */
async function inOneSecond(play: () => Promise<Step>): Promise<Step[]> {
  for (let turn = 1; ; turn += 1) {
    if (Date.now() % 1_000 > 500) await sleep(1_000 - (Date.now() % 1_000));
    const second = Math.floor(Date.now() / 1_000);
    const step = await play();
    if (Math.floor(Date.now() / 1_000) === second || turn === 5) return [step];
  }
}

async function eight<Value>(play: (turn: number) => Promise<Value>): Promise<Value[]> {
  const played: Value[] = [];
  for (let turn = 0; turn < 8; turn += 1) played.push(await play(turn));
  return played;
}
