import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { deployed, filesOf, ROOT } from './manifests.ts';

// What others' tools say of deploy/. They are in Python and installed by .ci/run: where they are not, and it is not CI,
// these are left out.

const TOOLS = join(ROOT, '.cache/deploy/bin');
const present = process.env.CI === 'true' || existsSync(TOOLS);

async function examine(tool: string, args: readonly string[]): Promise<{ code: number; text: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(join(TOOLS, tool), args, { cwd: ROOT });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && typeof error.code === 'number')) throw error;
    const { stdout, stderr } = error as Error & { stdout?: string; stderr?: string };
    return { code: error.code, text: `${stdout}${stderr}` };
  }
}

test.skipIf(!present)('hadolint finds nothing in the Dockerfile', async () => {
  expect(await examine('hadolint', ['deploy/Dockerfile'])).toEqual({ code: 0, text: '' });
  expect((await examine('hadolint', ['package.json'])).code).not.toBe(0);
});

test.skipIf(!present)(
  'every Kubernetes manifest is one, with no field that Kubernetes does not know',
  async () => {
    const manifests = filesOf('kubernetes').filter(
      (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
    );
    const files = manifests.map((name) => join('deploy/kubernetes', name));
    const { code, text } = await examine('kubernetes-validate', ['--strict', ...files]);
    expect([code, text]).toEqual([0, expect.stringContaining('deployment/ot-bridge-api')]);

    const folder = mkdtempSync(join(tmpdir(), 'ot-bridge-manifest-'));
    try {
      const service = deployed('kubernetes/service.yaml').replace('targetPort', 'targetDoor');
      writeFileSync(join(folder, 'service.yaml'), service);
      const bad = await examine('kubernetes-validate', ['--strict', join(folder, 'service.yaml')]);
      expect(bad.code).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
