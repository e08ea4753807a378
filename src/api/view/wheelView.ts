import { z } from '@hono/zod-openapi';
import { LETTER_IDS } from '../../core/letters/letterId.ts';
import type { SchoolYear } from '../../core/time/schoolYear.ts';
import { WHEEL_KINDS } from '../../core/wheel/entry.ts';
import type { WheelDate } from '../../core/wheel/wheel.ts';
import { WHEEL_IDS } from '../../core/wheel/wheelId.ts';
import { WORKLIST_IDS } from '../../core/worklist/worklistId.ts';

/** The dates of a school year, with the county's own. */
export interface WheelView {
  county: string;
  schoolYear: string;
  dates: WheelDate[];
}

export function wheelView(county: string, schoolYear: SchoolYear, dates: readonly WheelDate[]): WheelView {
  return { county, schoolYear, dates: dates.map((date) => ({ ...date })) };
}
