import type { ApiParts } from '../../../api/parts.ts';
import { ReasonText } from '../../../api/routes/reason.ts';
import { DeskRefusal } from '../../../desk/refusal.ts';
import {
  enableSubscription,
  pauseSubscription,
  rotateSubscription,
  testSubscription,
  verifySubscription,
} from '../../../desk/subscriptions/acts.ts';
import type { ReceiverAnswer } from '../../../desk/subscriptions/receivers.ts';
import { addReplay, moveReplay } from '../../../desk/subscriptions/replays.ts';
import type { FormBody } from '../../frame/formBody.ts';
import { worded } from '../../frame/fragments.ts';
import type { Done, Frame, Shown, ShownOnce } from '../../frame/frame.ts';
import { idIn } from '../../frame/idIn.ts';
import type { Visit } from '../../frame/visit.ts';
import { RECEIVERS } from '../../text/receivers.ts';
import { newKeysPage, OVERLAPS } from './newKeys.ts';
import { receiverPage } from './receiverPage.ts';

const ON = '/mottakere/{id}';
const FROM = ['all', 'latest', 'now'] as const;

/** What the receiver or the subscription is not ready for: said on the page. */
const SAID_ON_PAGE: ReadonlySet<string> = new Set([
  'RECEIVER_NOT_PROVEN',
  'SUBSCRIPTION_STATE',
  'INVALID_REQUEST',
  'TOO_MANY_KEYS',
]);

type Act = (visit: Visit, form: FormBody) => Promise<Done | Shown | ShownOnce>;

/** One receiver, and what is done with it. */
export function receiverPages(frame: Frame, parts: ApiParts): void {
  frame.page({ access: 'subscription:read', path: ON, show: (visit) => receiverPage(visit, parts) });
  act('bekreft', async (visit) => {
    const { answer } = await verifySubscription(parts, visit.organisation, asked(visit));
    return done(visit, answer);
  });
  act('prove', async (visit) => {
    const { answer } = await testSubscription(parts, visit.organisation, asked(visit));
    return done(visit, answer);
  });
  act('pause', async (visit) => {
    await pauseSubscription(parts, visit.organisation, asked(visit));
    return done(visit);
  });
  act('aktiver', async (visit, form) => {
    const t = RECEIVERS[visit.language];
    const from = FROM.find((each) => each === form.text('fra'));
    const written = form.text('begrunnelse');
    const reason = ReasonText.safeParse(written);
    const faults = [
      ...(from === undefined ? [{ field: 'fra', text: t.howMissing }] : []),
      ...((from !== undefined && from !== 'all') || written !== ''
        ? reason.success
          ? []
          : [{ field: 'begrunnelse', text: t.reasonMissing }]
        : []),
    ];
    if (from === undefined || faults.length > 0)
      return receiverPage(visit, parts, faults, { from: form.text('fra'), reason: written });
    const how = { ...asked(visit), from, reason: reason.data ?? null };
    await enableSubscription(parts, visit.organisation, how);
    return done(visit);
  });
  act('nye-nokler', async (visit, form) => {
    const overlapHours = OVERLAPS.find((each) => String(each) === form.text('overlapp'));
    if (overlapHours === undefined) {
      const fault = { field: 'overlapp', text: RECEIVERS[visit.language].overlapMissing };
      return receiverPage(visit, parts, [fault]);
    }
    const wanted = { ...asked(visit), overlapHours };
    const rotated = await rotateSubscription(parts, visit.organisation, wanted);
    return { to: done(visit).to, once: newKeysPage(visit, rotated) };
  });
  act('send-igjen', async (visit, form) => {
    const reason = ReasonText.safeParse(form.text('hvorfor'));
    if (!reason.success) {
      const fault = { field: 'hvorfor', text: RECEIVERS[visit.language].reasonMissing };
      return receiverPage(visit, parts, [fault], { againReason: form.text('hvorfor') });
    }
    await addReplay(parts, visit.organisation, {
      ...asked(visit),
      ...{ filter: { failure: 'exhausted' as const }, testUrl: null, reason: reason.data },
    });
    return done(visit);
  });
  for (const [name, to] of [
    ['start', 'running'],
    ['stopp', 'stopped'],
  ] as const)
    act(`omsending/{replay}/${name}`, async (visit) => {
      await moveReplay(parts, visit.organisation, { ...asked(visit), replay: idIn(visit, 'replay'), to });
      return done(visit);
    });

  function act(name: string, perform: Act): void {
    frame.act({
      access: 'subscription:act',
      path: `${ON}/${name}`,
      on: ON,
      async perform(visit, form) {
        try {
          return await perform(visit, form);
        } catch (error) {
          if (!(error instanceof DeskRefusal) || !SAID_ON_PAGE.has(error.code)) throw error;
          return receiverPage(visit, parts, [{ field: null, ...worded(visit.language, error.message) }]);
        }
      },
    });
  }
}

function asked(visit: Visit) {
  return { principal: visit.c.get('principal'), id: idIn(visit) };
}

function done({ base, param }: Visit, answer?: ReceiverAnswer): Done {
  const id = param('id');
  const said =
    answer === undefined
      ? ''
      : `?svar=${answer.outcome}${answer.httpStatus === null ? '' : `&kode=${answer.httpStatus}`}`;
  return { to: `${base}/mottakere/${id}${said}`, subjects: [], item: `subscription:${id}` };
}
