import { spawnSync } from 'node:child_process';
import { auditVerdict } from './auditVerdict.ts';
import { ROOT } from './sources.ts';

const { stdout, error } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0'], {
  cwd: ROOT,
  encoding: 'utf8',
  timeout: 60_000,
});
const { failed, text } = auditVerdict(stdout ?? '');
console.log(`known vulnerabilities: ${text}${error ? ` (${error.message})` : ''}`);
process.exitCode = failed ? 1 : 0;
