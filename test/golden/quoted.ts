import type { Ask } from '../../src/cli/ask.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { type Stage, stageOver } from '../harness/stage.ts';
import { type Quotes, quotedInput } from './make/quotes.ts';

// What the papers show as answers: the README's own dropout, sent through the whole pipeline to the API, and the command
// line asked about it. Random tokens are the only thing made up.

const SENT = '2026-11-22T06:21:00.000Z';
const ORG = 'telemarkfylke-no';
/** In the order they first show. */
const TOKENS = [
  '235e8317-4bf3-4b06-a9b5-bfcd3b90af88',
  'ce5aeb9c-1afe-4e07-9a34-1cbedd8bd770',
  '2dfcc681-da3b-41a5-908d-f049a32e5089',
];
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** By page; and what the picture shows. */
export interface Quoted {
  readme: Quotes;
  integration: Quotes;
  screen: { command: string; output: string }[];
}

/** @param text the README, whose own example is sent */
export async function quoted(text: string): Promise<Quoted> {
  const stage = stageOver(await createTestPipeline({ org: ORG }), SENT);
  const dropout = quotedInput(text);
  const submitted = await stage.post('feeds/school-dropout', dropout);
  const alerts = await command(stage, 'varsler', ORG);
  const callFirst = await command(stage, 'arbeidsliste', ORG, 'no-contact');
  const again = await stage.post('feeds/school-dropout', dropout);
  const spoiled = await stage.post('feeds/school-dropout', {
    ...dropout,
    id: 'elevforhold-8813',
    fodselsnummer: dropout.fodselsnummer.slice(1),
    avbruddsarsak: 'FLYTT',
  });
  const receipt = await command(stage, 'kvittering', ORG, String(spoiled.body.receiptId));
  const repeated = await command(stage, 'kvittering', ORG, String(again.body.receiptId));
  const alertsAfter = await command(stage, 'varsler', ORG);
  if (alertsAfter !== alerts || !repeated.includes('1 duplikat'))
    throw new Error('the README says that the same record again has no second effect');
  await stage.stop();
  const shown = new Map<string, string>();
  const named = (output: string) =>
    output.replaceAll(UUID, (token) => {
      const name = shown.get(token) ?? TOKENS[shown.size];
      if (name === undefined) throw new Error('more tokens are shown than there are names for');
      shown.set(token, name);
      return name;
    });
  const submittedBody = named(JSON.stringify(submitted.body));
  const first = named(alerts);
  return {
    readme: {
      submitted: submittedBody,
      alerts: `$ npm run ot -- varsler ${ORG}\n${first}`,
    },
    integration: {
      receipt: named(`$ npm run ot -- kvittering ${ORG} ${String(spoiled.body.receiptId)}\n${receipt}`),
    },
    screen: [
      { command: `npm run ot -- varsler ${ORG}`, output: first },
      { command: `npm run ot -- arbeidsliste ${ORG} no-contact`, output: named(callFirst) },
    ],
  };
}

function command(stage: Stage, name: string, ...args: string[]): Promise<string> {
  const ask: Ask = async (path) => {
    const { status, body } = await stage.get(path.replace(`/organisations/${ORG}/`, ''));
    return { status, value: body };
  };
  const chosen = COMMANDS[name];
  if (chosen === undefined) throw new Error(`no command ${name}`);
  return chosen.run(ask, args);
}
