import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { readAccesses } from '../../src/config/accessFile.ts';
import { loadPolicies } from '../../src/config/policy.ts';
import { SCOPES } from '../../src/core/access/scope.ts';
import { countyNumber, orgId } from '../../src/core/organisation.ts';
import { NAIS_TOPICS, naisTopics } from '../golden/make/naisTopics.ts';
import {
  deployed,
  documentsOf,
  filesOf,
  ROLES,
  readApplication,
  readDeployment,
  wayNamed,
} from './manifests.ts';

const kustomization = z
  .object({
    resources: z.array(z.string()),
    configMapGenerator: z.array(
      z.object({
        name: z.string(),
        envs: z.array(z.string()).default([]),
        files: z.array(z.string()).default([]),
      }),
    ),
  })
  .parse(parse(deployed('kubernetes/kustomization.yaml')));

test('the kustomization names every file of its folder, and none besides', () => {
  const named = [
    'kustomization.yaml',
    ...kustomization.resources,
    ...kustomization.configMapGenerator.flatMap(({ envs, files }) => [...envs, ...files]),
  ];
  expect(named.toSorted()).toEqual(filesOf('kubernetes'));
});

test('the files it comes with are ones the bridge takes', () => {
  const organisations = [{ id: orgId('telemarkfylke-no'), county: countyNumber('40'), virtualClock: false }];
  const accesses = readAccesses(deployed('kubernetes/access.json'), organisations);
  expect(accesses.ok ? '' : accesses.message).toBe('');
  const policy = { from: 'value' as const, text: deployed('kubernetes/policy.json') };
  const policies = loadPolicies(policy, organisations);
  expect(policies.ok ? '' : policies.message).toBe('');
});

const matched = z.object({
  spec: z.object({ podSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }),
});

describe.each(ROLES)('the deployment of %s', (role) => {
  const { spec } = readDeployment(role);
  const [container] = spec.template.spec.containers;

  test('has at least two replicas, found by its labels', () => {
    expect(spec.replicas).toBeGreaterThanOrEqual(2);
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    expect(container.env).toEqual([{ name: 'ROLES', value: role === 'consume' ? 'consume,relay' : role }]);
  });

  test('is asked on the internal port, which is the image’s', () => {
    const { variables } = wayNamed(`kubernetes ${role}`);
    const ports = new Map(container.ports.map(({ name, containerPort }) => [name, String(containerPort)]));
    expect(ports.get('internal')).toBe(variables.INTERNAL_PORT);
    if (role === 'api') expect(ports.get('http')).toBe(variables.HTTP_PORT);
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      expect(probe.httpGet.port).toBe('internal');
  });

  test('can write to its own temporary folder and the audit volume, and nowhere else', () => {
    const writable = container.volumeMounts
      .filter(({ readOnly }) => !readOnly)
      .map(({ mountPath }) => mountPath);
    expect(writable.toSorted()).toEqual(['/tmp', '/var/lib/ot-bridge/audit']);
    expect(container.volumeMounts.map(({ name }) => name).toSorted()).toEqual(
      spec.template.spec.volumes.map(({ name }) => name).toSorted(),
    );
  });

  test('reads each file its variables name from what is mounted', () => {
    const { variables } = wayNamed(`kubernetes ${role}`);
    const mounts = container.volumeMounts.map(({ mountPath }) => mountPath);
    for (const [name, path] of Object.entries(variables).filter(([each]) => /_(FILE|DIR)$/.test(each)))
      expect(
        mounts.some((mount) => path === mount || path.startsWith(`${mount}/`)),
        `${name}=${path}`,
      ).toBe(true);
  });

  test('is let in by no one but those the network policies name', () => {
    const labels = spec.template.metadata.labels;
    const policies = documentsOf('kubernetes/network.yaml').map((each) => matched.parse(each));
    const mine = policies.filter(({ spec: { podSelector } }) =>
      Object.entries(podSelector.matchLabels).every(([name, value]) => labels[name] === value),
    );
    expect(mine.length).toBe(role === 'api' ? 2 : 1);
  });
});

describe('NAIS', () => {
  test('topics.yaml is what npm run golden writes', () => {
    expect(readFileSync(NAIS_TOPICS, 'utf8')).toBe(naisTopics());
  });

  test('what an alert, a status or a youth is read from has no reader but OT systems', () => {
    const topic = z.object({
      metadata: z.object({ name: z.string() }),
      spec: z.object({ acl: z.array(z.object({ application: z.string(), access: z.string() })) }),
    });
    for (const { metadata, spec } of documentsOf('nais/topics.yaml').map((each) => topic.parse(each))) {
      if (!/^ot\.(event\.(status|alert)$|entity)/.test(metadata.name)) continue;
      const others = spec.acl.filter(({ application }) => !application.startsWith('ot-bridge-'));
      expect(others, metadata.name).toEqual(
        [{ application: 'ot-system', access: 'read' }].map((each) => expect.objectContaining(each)),
      );
    }
  });

  test('the API exposes every scope, and the process that reads feeds none', () => {
    const exposed = (role: (typeof ROLES)[number]) =>
      readApplication(role).spec.maskinporten?.scopes.exposes.map(
        ({ product, name }) => `${product}/${name}`,
      ) ?? [];
    expect(exposed('api').toSorted()).toEqual([...SCOPES].toSorted());
    expect(exposed('consume')).toEqual([]);
  });
});
