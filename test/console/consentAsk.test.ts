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

const TEXT = `/arbeidsliste/ask-consent/${ASKED.id}`;

describe('the worklist of consents to ask for', () => {
  test('says of each row whom to ask and about what, and leads to the text', async () => {
    const page = await text('/arbeidsliste/ask-consent');
    const row = page.split('<tr>').find((each) => each.includes(never)) ?? '';
    expect(row).toContain('ungdommen: at OT spør NAV og at NAV svarer OT (er ikke spurt)');
    expect(row).toContain(`<a href="ask-consent/${ASKED.id}">Se teksten</a>`);
    expect(page).not.toContain('blockquote');
    for (const { fodselsnummer } of YOUTHS) expect(page).not.toContain(fodselsnummer);
  });

  test('other lists have no column for it', async () => {
    expect(await text('/arbeidsliste/ask-consent')).toContain('scope="col">Spør<');
    expect(await text('/arbeidsliste/deadlines')).not.toContain('scope="col">Spør<');
  });
});

describe('the text to send', () => {
  test('has a page of its own, in both written forms, with where the answer is registered', async () => {
    const page = await text(TEXT);
    expect(page).toContain('<p class="lead">Til ungdommen</p>');
    for (const line of [...ASKED.nb.split('\n'), ...ASKED.nn.split('\n')])
      expect(page).toContain(`<p>${line}</p>`);
    expect(page).toContain('<blockquote lang="nn"');
    expect(page).toContain('Registrer at det er spurt, og fristen, der fylket har samtykkene sine');
    expect(page).toContain('Svaret registreres samme sted.');
    expect(await text(TEXT, NYNORSK)).toContain('Svaret blir registrert same staden.');
  });

  test('that no one is sent is not found', async () => {
    const pages = pagesOf(world, 'leder');
    for (const id of ['UNGDOM', 'UNGDOM.A-HOLDER', 'RADGIVER.A-MANGLER', 'UNGDOM.B-MANGLER.A-MANGLER'])
      expect((await pages.get(`/arbeidsliste/ask-consent/${id}`)).status, id).toBe(404);
  });

  test('is for those who read worklists', async () => {
    for (const role of ['drift', 'personvern', 'skole'] as const)
      expect((await pagesOf(world, role).get(TEXT)).status, role).toBe(403);
  });
});

describe('the page of a youth', () => {
  test('says whom to ask and why, and leads to what to send', async () => {
    const page = await text(`/ungdom/${never}`);
    expect(page).toContain('Svar fra NAV brukes bare når alle som skal samtykke, har sagt ja. (R48)');
    expect(page).toContain('<li>ungdommen: at OT spør NAV og at NAV svarer OT (er ikke spurt)');
    expect(page).toContain(`<a href="..${TEXT}">Se teksten</a>`);
  });

  test('says it in nynorsk too', async () => {
    const page = await text(`/ungdom/${never}`, NYNORSK);
    expect(page).toContain('<li>ungdommen: at OT spør NAV og at NAV svarer OT (er ikkje spurd)');
    expect(page).toContain('>Sjå teksten</a>');
  });

  test('asks none who has said no, nor one whose consents hold', async () => {
    for (const at of [0, 1]) {
      const page = await text(`/ungdom/${await world.refOf(at)}`);
      expect(page).toContain('Ingen skal spørres om samtykke nå.');
      expect(page).not.toContain('Se teksten');
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
    const guardians = /href="\.\.(\/arbeidsliste\/ask-consent\/FORESATT[^"]+)"/.exec(page)?.[1] ?? '';
    const asked = await pagesOf(own, 'leder').text(guardians);
    expect(asked).toContain('<p class="lead">Til foresatt</p>');
    expect(asked).toContain('Du har foreldreansvar for en ungdom som vi følger opp.');
  });

  test('a consent that has run out is said to have run out', async () => {
    const own = await navWorld(null);
    const who = YOUTHS[4];
    if (who === undefined) throw new Error('too small a crowd');
    const over = { gyldigTil: '2026-11-01T00:00:00.000Z' };
    await own.stage.send('2027-02-05T08:30:00.000Z', 'consent', {
      ...consent(who, 'A', 'SAMTYKKET', '2026-10-05T08:00:00.000Z', over),
    });
    const pages = pagesOf(own, 'leder');
    const page = await pages.text(`/ungdom/${await own.refOf(4)}`);
    expect(page).toContain('at OT spør NAV (samtykket har gått ut)');
    const asked = /href="\.\.(\/arbeidsliste\/ask-consent\/UNGDOM[^"]+)"/.exec(page)?.[1] ?? '';
    expect(await pages.text(asked)).toContain(
      'Du har sagt ja til dette før, men samtykket har gått ut på dato.',
    );
  });
});
