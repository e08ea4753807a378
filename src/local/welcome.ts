import { join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { SAMPLE_ORG } from './sample/target.ts';

/** What to try next, with the addresses of this process. */
export function welcome(
  { organisations, dataDir }: Pick<Config, 'organisations' | 'dataDir'>,
  url: string | null,
  embedded: boolean,
): string {
  const [first] = organisations;
  const lines = [
    '',
    `Organisasjoner: ${organisations.map(({ id, county }) => `${id} (fylke ${county})`).join(', ')}`,
  ];
  if (url !== null && first) {
    const ot = `${commandFor(dataDir, url)} --`;
    lines.push(
      'Prøv videre:',
      `  ${url}/k/      konsollen i en nettleser; velg hvem du vil være`,
      `  ${url}/      hvor alt står; også i en nettleser`,
      `  curl -s ${url}/organisations/${first.id}/alerts      de siste varslene`,
      ...(embedded
        ? [
            `  ${ot} tabeller ${SAMPLE_ORG}      tabell 1 og 2 for eksempelfylket, ved siden av de publiserte`,
            `  ${ot} varsler ${SAMPLE_ORG}      eksempelfylkets siste varsler, med grunn`,
            `  ${ot} klokke ${SAMPLE_ORG} 2021-08-01      flytter eksempelfylkets klokke`,
          ]
        : []),
    );
  }
  if (embedded) lines.push(`  Loggen: ${join(dataDir, 'ot-bridge.log')}`);
  lines.push('Ctrl-C stopper. Neste start fortsetter der denne slapp.');
  return lines.join('\n');
}

/** The command line finds a bridge by its data folder; another folder has to be named. */
function commandFor(dataDir: string, url: string): string {
  return dataDir === resolve('./.data') ? 'npm run ot' : `OT_BRIDGE_URL=${url} npm run ot`;
}
