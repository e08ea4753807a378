import { schoolYearOf } from '../../core/time/schoolYear.ts';
import type { BulkAct, BulkMember } from '../../store/bulkPort.ts';
import { type AdviserRecord, adviserRow } from '../adviser/adviserRecord.ts';

/** What the act reports of one youth: the same record as when an adviser reports it of this one alone. */
export function recordOf(
  act: BulkAct,
  { schoolYear, code }: Pick<BulkMember, 'schoolYear' | 'code'>,
): AdviserRecord {
  switch (act.type) {
    case 'contact':
      return {
        ...{ type: 'kontaktforsok', dato: act.date, kanal: act.channel, besvart: false },
        // Said only where it is another than that of the date.
        ...(schoolYear !== null && schoolYear !== schoolYearOf(act.date) && { skolear: schoolYear }),
      };
    case 'accept':
      if (code === null) throw new Error('a youth was chosen for a status without one');
      return {
        ...{ type: 'status', dato: act.date, kode: code },
        ...(act.viaOT !== null && { viaOT: act.viaOT }),
        ...(schoolYear !== null && { skolear: schoolYear }),
        ...(act.ground !== null && { grunnlag: [act.ground] }),
      };
  }
}

/** The record's bytes, the same each time: a job that is taken up again reports nothing twice.
 *  @param number identity number of the youth */
export function rowOf(
  { id, act }: { id: string; act: BulkAct },
  member: Pick<BulkMember, 'ref' | 'schoolYear' | 'code'>,
  number: string,
): Buffer {
  return adviserRow(recordOf(act, member), `samlet ${id} ${member.ref}`, number);
}
