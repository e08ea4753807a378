import { SET_BY_OUT, type SetByOut } from '../../core/messages/outCodes.ts';
import type { AgreementTerm } from '../../core/nav/agreement.ts';
import type { Policy } from '../../core/policy.ts';
import { shareFor } from '../../core/protection/share.ts';
import type { IsoInstant } from '../../core/time/date.ts';
import type { ProgressOf } from '../../core/worklist/alertProgress.ts';
import { standingState } from '../../core/worklist/alertState.ts';
import { caseOf } from '../../core/worklist/youthCase.ts';
import type { Registration } from '../../core/youth/youth.ts';
import type { LoadedYouth } from '../../store/port.ts';
import { type AlertView, alertView, ruleView } from '../alerts/alertView.ts';
import { type ConsentView, consentViews } from './consentView.ts';
import { type NavView, navOffice, navView } from './navView.ts';

interface RegistrationView {
  schoolYear: string;
  /** Null where personal data are masked. */
  county: string | null;
  tilmeldingskode: Registration['tilmeldingskode'];
  effective: string;
  owner: string | null;
  /** Null where personal data are masked. */
  status: {
    code: string;
    list: string;
    group: number;
    targetGroup: boolean;
    viaOt: Registration['status']['viaOt'];
    effective: string;
    setBy: SetByOut;
    rule: string;
    reason: string | null;
    ruleSource: string | null;
  } | null;
}

/** A youth as it is now. */
export interface YouthView {
  ref: string;
  version: number;
  /** New records wait until an operator has seen to the one that failed. */
  parked: boolean;
  registrations: RegistrationView[];
  /** Alerts, reviews and proposals that are open. */
  alerts: AlertView[];
  /** Of both sides of the exchange with NAV; none where personal data are masked. */
  consents: ConsentView[];
  /** What NAV's registers say, while that may be shown. */
  nav: NavView[];
  /** The NAV office that answered that it knows the youth, while that may be shown. */
  navOffice: string | null;
  /** When time alone changes something. */
  due: string | null;
}

/** Who reaches a youth in hiding is named for it, and sees where it is. */
const ON_THE_CASE = shareFor('UGRADERT');

/** As whom and when a youth is shown. */
interface YouthMoment {
  masked: boolean;
  progress: ProgressOf;
  at: IsoInstant;
  /** With NAV. */
  agreements: readonly AgreementTerm[];
}

/** What is known now. The facts themselves stay inside: they are shown one by one in the history. */
export function youthView(
  loaded: LoadedYouth,
  policy: Policy,
  { masked, progress, at, agreements }: YouthMoment,
): YouthView {
  const known = caseOf(loaded.ref, loaded.youth, policy);
  const { registrations, alerts, due } = known.youth;
  return {
    ref: loaded.ref,
    version: loaded.version,
    parked: loaded.parked,
    registrations: registrations.map((each) => registrationView(each, masked)),
    alerts: alerts.map((alert) =>
      alertView(loaded.ref, alert, {
        ...{ state: standingState(known, alert), share: ON_THE_CASE, masked, progress },
      }),
    ),
    consents: masked ? [] : consentViews(known, { policy, at }),
    nav: masked ? [] : navView(known.youth, { at, policy, agreements }),
    navOffice: masked ? null : navOffice(known.youth, { at, policy, agreements }),
    due,
  };
}

function registrationView(registration: Registration, masked: boolean): RegistrationView {
  const { status, schoolYear, effective } = registration;
  if (masked) {
    return { schoolYear, county: null, tilmeldingskode: null, effective, owner: null, status: null };
  }
  return {
    schoolYear: registration.schoolYear,
    county: registration.county,
    tilmeldingskode: registration.tilmeldingskode,
    effective: registration.effective,
    owner: registration.owner,
    status: {
      code: status.code,
      list: status.list,
      group: status.group,
      targetGroup: status.targetGroup,
      viaOt: status.viaOt,
      effective: status.effective,
      setBy: SET_BY_OUT[status.setBy],
      ...ruleView(status.rule),
    },
  };
}
