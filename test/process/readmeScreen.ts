import { readFileSync } from 'node:fs';

// What the README shows of a start, against a screen: everything but what differs from one start to the next.

const README = new URL('../../README.md', import.meta.url);
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Lines of the README's first screen that the screen does not hold, in that order. */
export function linesNotShown(screen: string): string[] {
  const shown = lines(screen);
  let at = 0;
  return shownInReadme().filter((line) => {
    const found = shown.indexOf(line, at);
    if (found < 0) return true;
    at = found + 1;
    return false;
  });
}

/** @throws when the README shows no start */
function shownInReadme(): string[] {
  const block = /^ {4}OT Bridge starter …\n(?:(?: {4}.*)?\n)*?(?= {4}Ctrl-C stopper).*\n/m.exec(
    readFileSync(README, 'utf8'),
  )?.[0];
  if (block === undefined) throw new Error('README.md has lost the screen of its first start');
  return lines(block.replaceAll(/^ {4}/gm, '')).filter((line) => line !== '…');
}

function lines(text: string): string[] {
  return text
    .replaceAll(UUID, '<token>')
    .replaceAll(/OT_BRIDGE_URL=\S+ /g, '')
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replaceAll(/etter [\d,]+ s/g, 'etter <time>')
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
