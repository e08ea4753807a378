import type { Problem } from '../problem.ts';
import { takesBackWhatWasTold } from '../rules/annulment.ts';
import { ROW } from '../sentences/rows.ts';
import { targetOf } from './recordRow.ts';
import type { StatusEvent } from './statusEvent.ts';
import type { Fact } from './youthEvent.ts';

/**
 * Problem for the sender of an annulment that took nothing back (A11). It is kept, and takes its event back should that
 * only be late.
 * @param facts of the youth, with the annulment
 */
export function unmetAnnulment(event: StatusEvent, facts: readonly Fact[]): Problem[] {
  if (event.kind !== 'Annulled') return [];
  const target = targetOf(event, facts);
  if (target === undefined) return [NOT_TOLD];
  const annulments = facts.filter(
    (fact) => fact.kind === 'Annulled' && fact.source === event.source && fact.annuls === event.annuls,
  );
  const met = annulments.some((annulment) => takesBackWhatWasTold.applies({ event: target, annulment }));
  return met ? [] : [TOLD_AGAIN];
}

const NOT_TOLD: Problem = {
  code: 'ANNULS_NOTHING',
  field: 'annullerer',
  text: ROW.nb.annulsNothing,
  cure: ROW.nb.annulsNothingCure,
};

const TOLD_AGAIN: Problem = {
  code: 'ANNULS_NOTHING',
  field: 'annullerer',
  text: ROW.nb.toldAgain,
  cure: ROW.nb.toldAgainCure,
};
