import type { ProtectionGrade } from '../youth/statusEvent.ts';
import type { Rule } from './rule.ts';

/** D01. `applies`: the youth's whereabouts must be known to named, authorised advisers only. */
export const hiddenAddress: Rule<{ grade: ProtectionGrade }, { shared: 'nothing that tells where' }> = {
  id: 'D01',
  kind: 'decides',
  text: 'Er adressen strengt fortrolig, deles verken fylke, kommune, OT-enhet eller skole, og bare navngitte rådgivere med fullmakt får varsler.',
  nynorsk:
    'Er adressa strengt fortruleg, blir verken fylke, kommune, OT-eining eller skule delt, og berre namngjevne rådgjevarar med fullmakt får varsel.',
  source: 'Domenereferansen, D01',
  applies: ({ grade }) => grade === 'STRENGT_FORTROLIG',
  leadsTo: { shared: 'nothing that tells where' },
};

/** `applies`: the identity behind a reference is only for advisers authorised for the case. */
export const hiddenIdentity: Rule<{ grade: ProtectionGrade }, { shared: 'no identity' }> = {
  id: 'D04',
  kind: 'decides',
  text: 'Er adressen gradert, gir ikke en referanse navn og nummer: bare rådgivere som er gitt fullmakt for saken, skal vite hvem det er.',
  nynorsk:
    'Er adressa gradert, gir ikkje ein referanse namn og nummer: berre rådgjevarar som har fått fullmakt for saka, skal vite kven det er.',
  source: 'Domenereferansen, D01',
  applies: ({ grade }) => grade !== 'UGRADERT',
  leadsTo: { shared: 'no identity' },
};
