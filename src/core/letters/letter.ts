import type { Rule } from '../rules/rule.ts';
import * as wheel from '../rules/wheel.ts';
import { LETTER } from '../sentences/letters.ts';
import type { WheelId } from '../wheel/wheelId.ts';
import type { Happened } from '../youth/happened.ts';
import type { LetterId } from './letterId.ts';

// The letters of the yearly wheel. The bridge sends none of them: it lists who is to have one, and who is not.

export interface Letter {
  id: LetterId;
  /** Bokmål: what it is. */
  title: string;
  channel: 'BREV' | 'SMS';
  /** The wheel entry that says when. */
  wheel: WheelId;
  /** Which school year's registrations it is about, seen from the wheel's year. */
  about: 'this' | 'next';
  /** Which youths it is for, and why. */
  rule: Rule<{ happened: Happened | null }, unknown>;
  /** Goes only to those who were to have that letter and have not answered it. */
  reminds: LetterId | null;
  /** First written information (R45), which the youth and the guardians of a minor have whether or not OT has talked
   *  with the youth; `newcomers`: only for those who became known after the first letter had gone. */
  informs: 'everybody' | 'newcomers' | 'nobody';
  /** Guardians of a minor get it as well (R45). */
  guardians: boolean;
}

export const LETTERS: Readonly<Record<LetterId, Letter>> = {
  W13: {
    id: 'W13',
    title: LETTER.nb.nonApplicants,
    channel: 'BREV',
    wheel: 'W13',
    about: 'next',
    rule: wheel.nonApplicantsGetLetter,
    reminds: null,
    informs: 'everybody',
    guardians: true,
  },
  W14: {
    id: 'W14',
    title: LETTER.nb.remindNonApplicants,
    channel: 'BREV',
    wheel: 'W14',
    about: 'next',
    rule: wheel.nonApplicantsAreReminded,
    reminds: 'W13',
    informs: 'nobody',
    guardians: true,
  },
  W24: {
    id: 'W24',
    title: LETTER.nb.leavers,
    channel: 'BREV',
    wheel: 'W24',
    about: 'this',
    rule: wheel.leaversGetLetter,
    reminds: null,
    informs: 'everybody',
    guardians: true,
  },
  W25: {
    id: 'W25',
    title: LETTER.nb.remindLeavers,
    channel: 'BREV',
    wheel: 'W25',
    about: 'this',
    rule: wheel.leaversAreReminded,
    reminds: 'W24',
    informs: 'nobody',
    guardians: true,
  },
  W30: {
    id: 'W30',
    title: LETTER.nb.notReached,
    channel: 'BREV',
    wheel: 'W30',
    about: 'this',
    rule: wheel.unreachedGetLetter,
    reminds: null,
    informs: 'newcomers',
    guardians: true,
  },
  'W30-SMS': {
    id: 'W30-SMS',
    title: LETTER.nb.notReachedSms,
    channel: 'SMS',
    wheel: 'W30',
    about: 'this',
    rule: wheel.unreachedGetLetter,
    reminds: 'W30',
    informs: 'nobody',
    guardians: false,
  },
};
