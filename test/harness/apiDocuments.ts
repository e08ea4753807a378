import { expect } from 'vitest';
import { MailingSchema } from '../../src/api/schema/letterSchema.ts';
import { WheelSchema } from '../../src/api/schema/wheelSchema.ts';
import type { LetterId } from '../../src/core/letters/letterId.ts';
import type { SheetName } from '../../src/core/report/sheetName.ts';
import { SheetSchema } from '../../src/reports/sheetShape.ts';
import type { Stage } from './stage.ts';

// What OT's office has from the API, at the time of the clock: letters, reports, the wheel.

async function shown(stage: Stage, path: string): Promise<unknown> {
  const { status, body } = await stage.get(path);
  expect(status, path).toBe(200);
  return body;
}

/** Who is to have a letter about the registrations of a school year, and who is not and why. */
export async function letter(stage: Stage, id: LetterId, schoolYear: string) {
  const body = MailingSchema.parse(await shown(stage, `letters/${id}?schoolYear=${schoolYear}`));
  return { ...body, holds: body.suppressed.map(({ holds }) => holds.map(({ code }) => code)) };
}

/** A report as OT sees it. */
export async function sheet(stage: Stage, name: SheetName, on: string) {
  return SheetSchema.parse(await shown(stage, `reports/${on}/${name}`));
}

/** The wheel of a school year. */
export async function wheel(stage: Stage, schoolYear: string) {
  return WheelSchema.parse(await shown(stage, `wheel/${schoolYear}`)).dates;
}
