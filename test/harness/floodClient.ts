import { connect } from 'node:net';

// A caller of many reads, as a process of its own (flood.ts): each on a connection of its own, as many at the same
// time as asked for. Prints what became of them as JSON.

const [base = '', path = '/', total = '0', atOnce = total] = process.argv.slice(2);
const { hostname, port, host } = new URL(base);
const ASKED = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

const outcomes: Record<string, number> = {};
let left = Number(total);
let ended = 0;
const began = performance.now();

function next(): void {
  if (left === 0) return;
  left -= 1;
  let head = '';
  let failure = 'cut';
  const socket = connect({ port: Number(port), host: hostname }, () => socket.write(ASKED));
  socket.on('data', (chunk) => {
    if (head.length < 2_000) head += chunk.toString('latin1');
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    failure = error.code ?? error.message;
  });
  socket.on('close', () => {
    const outcome = outcomeOf(head) ?? failure;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    ended += 1;
    if (ended === Number(total)) report();
    else next();
  });
}

/** The status; that of a refusal without Retry-After is marked. */
function outcomeOf(head: string): string | undefined {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  if (status === undefined || status === '200') return status;
  return /\r\nretry-after: [1-9]/i.test(head) ? status : `${status} without Retry-After`;
}

function report(): void {
  const seconds = (performance.now() - began) / 1_000;
  process.stdout.write(`${JSON.stringify({ outcomes, seconds })}\n`);
}

for (let started = 0; started < Number(atOnce); started += 1) next();
