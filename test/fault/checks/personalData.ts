import type { Evidence } from '../evidence.ts';
import type { LogRecord } from '../kafkaLog.ts';

const DIGITS = 11;
/** Of a number inside base64, the part that does not depend on the text around it. */
const CORE = 12;

/** No identity number in what leaves or is shown: out and error topics, quarantine's problems, the app's log. */
export function checkPersonalData(evidence: Evidence): string[] {
  const numbers = new Set(evidence.people.map(({ number }) => number));
  const encoded = new Set([...numbers].flatMap(base64Cores));
  const findings: string[] = [];
  const search = (where: string, text: string) => {
    if (holds(text, /\d{11,}/g, DIGITS, numbers)) findings.push(`${where} holds an identity number`);
    if (holds(text, /[A-Za-z0-9+/]{12,}/g, CORE, encoded))
      findings.push(`${where} holds an identity number in base64`);
  };
  const searchRecord = (record: LogRecord) => {
    const value = record.value?.toString('latin1') ?? '';
    search(
      `${record.topic}/${record.partition}/${record.offset}`,
      [record.key, JSON.stringify(record.headers), value].join('\n'),
    );
  };
  for (const record of evidence.outLog) searchRecord(record);
  for (const record of evidence.errorLog) searchRecord(record);
  for (const record of evidence.feedLog) if (record.input === null) searchRecord(record);
  for (const { lane, offset, problems } of evidence.quarantine)
    search(`quarantine of ${lane}/${offset}`, problems);
  search("the app's log", evidence.appLog);
  if (evidence.appLog.length === 0) findings.push('the app has logged nothing: nothing was searched');
  return findings;
}

function holds(text: string, runs: RegExp, length: number, wanted: ReadonlySet<string>): boolean {
  for (const [run] of text.matchAll(runs)) {
    for (let at = 0; at + length <= run.length; at += 1)
      if (wanted.has(run.slice(at, at + length))) return true;
  }
  return false;
}

/** In all three alignments. */
export function base64Cores(number: string): string[] {
  return [0, 2, 3].map((skipped, before) => {
    const text = Buffer.from('x'.repeat(before) + number).toString('base64');
    return text.slice(skipped, skipped + CORE);
  });
}
