import type { ConsentAsk } from '../../core/consent/toAsk.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PersonRef } from '../../core/person/reference.ts';
import type { IsoDate } from '../../core/time/date.ts';
import { startWorklist, WORKLISTS } from '../../core/worklist/worklists.ts';
import { readable } from '../../store/readable.ts';
import { type RequestText, requestText } from '../../text/consentRequest.ts';
import type { DeskParts } from '../parts.ts';

/** That consent is to be asked for about a youth. */
export interface ConsentTask {
  /** Bokmål: why, and in which order. */
  reason: string | null;
  rule: string;
  asks: (ConsentAsk & { text: RequestText })[];
}

/** What the worklist `ask-consent` has about one youth on a day; null: nothing is to be asked. */
export async function consentTask(
  { queries, policyOf }: Pick<DeskParts, 'queries' | 'policyOf'>,
  { id }: Organisation,
  { ref, today }: { ref: PersonRef; today: IsoDate },
): Promise<ConsentTask | null> {
  const loaded = await queries.youth(id, ref);
  const youth = loaded === undefined ? undefined : readable(loaded);
  if (loaded === undefined || youth === undefined) return null;
  const list = startWorklist(WORKLISTS['ask-consent'], { today, policy: policyOf(id) });
  list.add(loaded.ref, youth);
  const [row] = list.finish().rows;
  if (row === undefined) return null;
  const { reason, rule, ask } = row;
  return { reason, rule, asks: ask.map((each) => ({ ...each, text: requestText(each) })) };
}
