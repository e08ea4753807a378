import { expect } from 'vitest';
import { canariesIn } from '../harness/canary.ts';
import { renumbered } from '../harness/feedRecords.ts';
import { createTestPipeline } from '../harness/memoryPipeline.ts';
import { asked } from '../harness/navMonth.ts';
import { person } from '../harness/persons.ts';
import type { Scenarios } from '../harness/scenario.ts';
import {
  everyAnswer,
  NAMED,
  REMARK,
  SECRETS,
  SENSITIVE,
  STREET,
  sensitiveRows,
} from '../harness/sensitiveRecords.ts';
import { stageOver } from '../harness/stage.ts';

export const PRIVACY_CANARY: Scenarios = {
  'D03 after a year with all persons in it no key, header, error or message has a number, a name, a remark or a reason':
    async () => {
      const pipeline = await createTestPipeline();
      const stage = stageOver(pipeline, '2026-10-08T06:00:00.000Z');
      for (const { feed, rows } of sensitiveRows())
        await stage.send('2026-10-08T07:00:00.000Z', feed, ...rows);
      const poison = NAMED.map(([id, navn]) =>
        Buffer.from(`{"fodselsnummer":"${person(id).fodselsnummer}" "navn":"${navn}", "merknad":"${REMARK}"`),
      );
      await stage.send('2026-10-08T08:00:00.000Z', 'school-dropout', ...poison);
      const changed = renumbered(person('P06f'), person('P06'), '2026-10-09', { navn: 'REISENDE RYPE' });
      await stage.send('2026-10-09T08:00:00.000Z', 'folkeregister', changed);
      expect((await asked(stage, '2026-11-02T09:00:00.000Z', '2026-11')).size).toBe(0);
      await stage.rows('2026-11-03T09:00:00.000Z', 'nav-match', everyAnswer());
      await stage.pass('2027-08-02T00:00:00.000Z');
      expect(pipeline.parked).toEqual([]);

      // The run is worth searching: all are registered with a code that is sensitive, and much was refused.
      for (const [id] of NAMED)
        expect(JSON.stringify(await stage.registered(person(id).fodselsnummer))).toMatch(/OT(SY|BA)/);
      const records = pipeline.written();
      const errors = records.filter(({ topic }) => topic.includes('.error.'));
      expect(errors.length).toBeGreaterThan(7 * NAMED.length);
      expect(new Set(records.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(12);

      for (const { topic, key, headers } of records) {
        // A pseudonym; or, of an error, the place of the record it is about.
        expect(key, topic).toMatch(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z.-]+\/\d\/\d+)$/);
        const shown = JSON.stringify([key, headers]);
        expect(
          SENSITIVE.filter((code) => shown.includes(code)),
          topic,
        ).toEqual([]);
      }
      const all = records.map(({ topic, key, value, headers }) => [
        topic,
        key,
        headers,
        value?.toString('latin1'),
      ]);
      expect(canariesIn(JSON.stringify(all), [...SECRETS, STREET])).toEqual([]);
      for (const { value } of errors) expect(SENSITIVE.filter((code) => value?.includes(code))).toEqual([]);
      // No reason for leaving reaches any message, and no code those who are not OT.
      for (const topic of ['status', 'alert', 'ot-ungdom', 'status-group'] as const)
        expect(JSON.stringify(await stage.out(topic)), topic).not.toMatch(
          /"(PS|SV|FV)"|40014|987654321|974565781/,
        );
      const groups = await stage.out('status-group');
      expect(groups.length).toBeGreaterThan(NAMED.length);
      expect(JSON.stringify(groups)).not.toMatch(/OT(SY|BA|UK)|AVBRUTT|TAKKET/);
    },
};
