import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADAPTERS } from '../../adapters/index.ts';
import type { Text } from '../../src/core/language.ts';
import { PROBLEM_CODES, type Problem } from '../../src/core/problem.ts';
import { RULES } from '../../src/core/rules/rules.ts';
import { PROBLEM_CODE } from '../../src/core/sentences/problemCodes.ts';
import { inNynorsk, judgedIn, problemIn, SENTENCES } from '../../src/text/nynorsk.ts';

const said = (text: Text | undefined, about: readonly string[]) =>
  typeof text === 'function' ? (text as (...parts: readonly string[]) => string)(...about) : (text ?? '');

/** What sentences are made of, as it may look: names, lists with codes' official names, counts with a word. */
const ABOUT = [
  ['fodselsnummer', 'dato', 'skolear'],
  ['elev.avbruddsarsak', 'FV (Feilvalg), BO (Bortvalg)', '2026-27'],
  ['1 rad', '12 rader', '«Ny tilmelding» (OTOV eller OTAR)'],
];

/** Sentences that are the same in both written forms. */
const ALIKE = new Set([
  ...['FIELD.tooLong', 'FIELD.beforeBirth', 'FIELD.beforeStart', 'FIELD.ownCounty'],
  ...['CURE.shorten', 'CURE.sendFlag', 'CURE.grades', 'CURE.bothNumbers', 'CURE.twoGuardians'],
