import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { buildContext, imageSteps, readStages } from './dockerfile.ts';
import { ROLES, ROOT, readCompose, readDeployment } from './manifests.ts';

const manifest = z
  .object({
    version: z.string(),
    optionalDependencies: z.record(z.string(), z.string()),
    dependencies: z.record(z.string(), z.string()),
    scripts: z.object({ start: z.string() }),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
const [dependencies, image] = readStages();
const textOf = (instruction: string) =>
  imageSteps()
    .filter((step) => step.instruction === instruction)
    .map(({ text }) => text);

test('the image has the Node that the tests run on', () => {
  const versions = new Set(Object.values(manifest.optionalDependencies));
  expect(versions.size).toBe(1);
  const [version] = versions;
  expect(dependencies?.from).toMatch(new RegExp(`^node:${version}-\\w+-slim$`));
  expect(image?.from).toBe(dependencies?.from);
});

test('its user has a number and is not root, so that a cluster can see it', () => {
  expect(textOf('USER')).toEqual(['10001:10001']);
  for (const role of ROLES) {
    const { runAsUser, runAsGroup } = readDeployment(role).spec.template.spec.securityContext;
    expect(`${runAsUser}:${runAsGroup}`).toBe('10001:10001');
  }
});

test('nothing is installed that only builds or tests, and no package runs a script', () => {
  const installed = dependencies?.steps.filter(({ text }) => text.includes('npm ci')).map(({ text }) => text);
  expect(installed).toHaveLength(1);
  expect(installed?.[0]).toMatch(/npm ci --omit=dev --ignore-scripts /);
});

test('it starts as npm start does, without a shell between', () => {
  const [entry = '[]'] = textOf('ENTRYPOINT');
  const command: string[] = z.array(z.string()).parse(JSON.parse(entry));
  expect(manifest.scripts.start.endsWith(` && ${command.join(' ')}`)).toBe(true);
  expect(textOf('CMD')).toEqual([]);
});

test('a build sees what it copies and nothing else', () => {
  const copied = [...(dependencies?.steps ?? []), ...imageSteps()]
    .filter(({ instruction, text }) => instruction === 'COPY' && !text.startsWith('--from'))
    .flatMap(({ text }) => text.split(' ').slice(0, -1));
  expect([...new Set(copied)].toSorted()).toEqual(buildContext().toSorted());
});

test('Compose builds the image under the version of the program', () => {
  expect(readCompose().services.bridge?.image).toBe(`ot-bridge:${manifest.version}`);
});

const platforms = z.union([z.string(), z.array(z.string())]).optional();
const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        dev: z.boolean().optional(),
        os: platforms,
        cpu: platforms,
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')));
const MOST = 50;

test('at most fifty packages are installed for production, and none starts a database', () => {
  const production = Object.entries(locked.packages).filter(
    ([place, { dev, os, cpu }]) =>
      place !== '' && !dev && (os?.includes('linux') ?? true) && (cpu?.includes('x64') ?? true),
  );
  const names = production.map(([place]) => place.replace(/^.*node_modules\//, ''));
  // One for each C library, of which one is installed.
  const installed = names.filter((name) => !name.endsWith('-musl'));
  expect(installed.length, installed.join('\n')).toBeLessThanOrEqual(MOST);
  expect(installed.filter((name) => /postgres$|oidc-provider|embedded/.test(name))).toEqual([]);
});
