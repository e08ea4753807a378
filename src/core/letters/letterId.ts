/** The letters of the yearly wheel. */
export const LETTER_IDS = ['W13', 'W14', 'W24', 'W25', 'W30', 'W30-SMS'] as const;
export type LetterId = (typeof LETTER_IDS)[number];
