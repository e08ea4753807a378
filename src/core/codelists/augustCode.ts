import { B01_CODES } from './data/reasonCodes.ts';

// Ajourholdskode (B01): what a school reports between the last machine intake and 31 August.

export interface AugustCode {
  code: string;
  /** Bokmål. */
  text: string;
  meaning: 'enrolled' | 'no-show' | 'left' | 'declined';
}

const MEANING = { I: 'enrolled', N: 'no-show', S: 'left', V: 'declined' } as const;

const CODES: ReadonlyMap<string, AugustCode> = new Map(
  B01_CODES.map(({ code, text }) => [code, { code, text, meaning: MEANING[code] }]),
);

export function augustCode(code: string): AugustCode | undefined {
  return CODES.get(code.trim().toUpperCase());
}
