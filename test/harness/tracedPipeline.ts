import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RealPipeline, startRealPipeline } from './realPipeline.ts';

/**
 * A real pipeline whose spans are kept, and every HTTP answer that is given to `keep`: all that could disclose a
 * person.
 */
export async function startTracedPipeline(clock: string) {
  const spans: Buffer[] = [];
  const answers: string[] = [];
  const collector = createServer((asked, answer) => {
    asked.on('data', (chunk: Buffer) => spans.push(chunk));
    asked.on('end', () => answer.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  const pipeline: RealPipeline = await startRealPipeline({ clock, otlpEndpoint: `http://127.0.0.1:${port}` });
  return {
    pipeline,
    spans,
    answers,
    async keep(answer: Response): Promise<string> {
      const text = await answer.text();
      answers.push(JSON.stringify([answer.status, [...answer.headers]]), text);
      return text;
    },
    async stop() {
      await pipeline.stop();
      collector.close();
    },
  };
}
