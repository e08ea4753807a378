/** Ways to reach a youth, as advisers register them. */
export const CHANNELS = [
  'BREV',
  'SMS',
  'EPOST',
  'TELEFON',
  'HJEMMEBESOK',
  'SOSIALE_MEDIER',
  'OPPMOTE',
] as const;
export type Channel = (typeof CHANNELS)[number];
