import { beforeAll, describe, expect, test } from 'vitest';
import { requestText } from '../../src/text/consentRequest.ts';
import { consent, followed } from '../harness/navMonth.ts';
import { person } from '../harness/persons.ts';
import { pagesOf } from './adviserPages.ts';
import { type NavWorld, NOW, navWorld, YOUTHS } from './navWorld.ts';

let world: NavWorld;
let never: string;
let unit: string;
beforeAll(async () => {
  world = await navWorld();
  never = await world.refOf(4);
  const { youth } = (await world.pipeline.youth(YOUTHS[4]?.fodselsnummer ?? '')) ?? {};
  unit = youth?.registrations.at(-1)?.owner ?? '';
});
const text = (path: string, headers: Record<string, string> = {}) =>
  pagesOf(world, 'radgiver', { unit }).text(path, headers);
const NYNORSK = { cookie: 'ot-sprak=nn' };
/** Of a youth that has never been asked. */
const ASKED = requestText({
  party: 'UNGDOM',
  sides: [
    { side: 'A', state: 'MANGLER' },
    { side: 'B', state: 'MANGLER' },
  ],
});

describe('the worklist of consents to ask for', () => {
  test('says of each row whom to ask and about what, and has each text once, in both written forms', async () => {
    const page = await text('/arbeidsliste/ask-consent');
    const row = page.split('<tr>').find((each) => each.includes(never)) ?? '';
    expect(row).toContain('ungdommen: at OT spør NAV (er ikke spurt), at NAV svarer OT (er ikke spurt)');
    expect(row).toContain('<a href="#tekst-UNGDOM-A-MANGLER-B-MANGLER">Se teksten</a>');
    expect(page.match(/id="tekst-UNGDOM-A-MANGLER-B-MANGLER"/g)).toHaveLength(1);
    for (const line of [...ASKED.nb.split('\n'), ...ASKED.nn.split('\n')])
      expect(page).toContain(`<p>${line}</p>`);
    expect(page).toContain('<blockquote lang="nn"');
    expect(page).toContain('Registrer at det er spurt, og fristen, der fylket har samtykkene sine');
    for (const { fodselsnummer } of YOUTHS) expect(page).not.toContain(fodselsnummer);
  });

  test('other lists have no column for it, and no texts', async () => {
    const page = await text('/arbeidsliste/deadlines');
    expect(page).not.toContain('scope="col">Spør<');
    expect(page).not.toContain('blockquote');
  });
});

describe('the page of a youth', () => {
  test('says whom to ask, why, what to send and where the answer is registered', async () => {
    const page = await text(`/ungdom/${never}`);
    expect(page).toContain('Svar fra NAV brukes bare når alle som skal samtykke, har sagt ja. (R48)');
    expect(page).toContain('<li>ungdommen: at OT spør NAV (er ikke spurt)');
    expect(page).toContain(`<p>${ASKED.nb.split('\n')[0]}</p>`);
    expect(page).toContain('Svaret registreres samme sted.');
  });

  test('is in nynorsk all the way, with both texts to choose between', async () => {
    const page = await text(`/ungdom/${never}`, NYNORSK);
    expect(page).toContain('<li>ungdommen: at OT spør NAV (er ikkje spurd)');
    expect(page).toContain('Svaret blir registrert same staden.');
    expect(page).toContain(`<p>${ASKED.nb.split('\n')[0]}</p>`);
  });

  test('asks none who has said no, nor one whose consents hold', async () => {
    for (const at of [0, 1]) {
      const page = await text(`/ungdom/${await world.refOf(at)}`);
      expect(page).toContain('Ingen skal spørres om samtykke nå.');
      expect(page).not.toContain('Teksten du kan sende');
    }
  });

  test('is no task of operations or the officer', async () => {
    for (const role of ['drift', 'personvern'] as const)
      expect(await pagesOf(world, role).text(`/ungdom/${never}`)).not.toContain('Spør om samtykke');
  });

  test('of a minor the youth and the guardian are asked apart, each by a text of its own', async () => {
    const own = await navWorld(null);
    const minor = person('P01');
    await followed(own.stage, [minor], []);
    await own.pipeline.pass(NOW);
    const page = await pagesOf(own, 'leder').text(`/ungdom/${await own.stage.ref(minor.fodselsnummer)}`);
    expect(page).toContain('avklar med ungdommen først');
    expect(page).toContain('<li>ungdommen: at OT spør NAV');
    expect(page).toContain('<li>foresatt: at OT spør NAV');
    expect(page).toContain('<h4>Til ungdommen</h4>');
    expect(page).toContain('<h4>Til foresatt</h4>');
    expect(page).toContain('Du har foreldreansvar for en ungdom som vi følger opp.');
  });

  test('a consent that has run out is said to have run out', async () => {
    const own = await navWorld(null);
    const who = YOUTHS[4];
    if (who === undefined) throw new Error('too small a crowd');
    const over = { gyldigTil: '2026-11-01T00:00:00.000Z' };
    await own.stage.send('2027-02-05T08:30:00.000Z', 'consent', {
      ...consent(who, 'A', 'SAMTYKKET', '2026-10-05T08:00:00.000Z', over),
    });
    const page = await pagesOf(own, 'leder').text(`/ungdom/${await own.refOf(4)}`);
    expect(page).toContain('at OT spør NAV (samtykket har gått ut)');
    expect(page).toContain('Du har sagt ja til dette før, men samtykket har gått ut på dato.');
  });
});
