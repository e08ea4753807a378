import type { Addition } from '../api/addition.ts';
import { organisationOf } from '../api/organisationOf.ts';
import type { ApiParts } from '../api/parts.ts';
import { createTrials } from '../desk/dryRun/trials.ts';
import { createForms } from '../desk/forms/forms.ts';
import { peopleOnly, refusalsAsPages } from './frame/around.ts';
import { assetRoutes } from './frame/assets.ts';
import { createFormKeys } from './frame/formKeys.ts';
import { createFrame, type FrameRoute } from './frame/frame.ts';
import { accessPages } from './pages/accesses/accessesPage.ts';
import { alertPages } from './pages/alert/alertPages.ts';
import { choosePage } from './pages/bulk/choose.ts';
import { jobPages } from './pages/bulk/job.ts';
import { previewPages } from './pages/bulk/preview.ts';
import { clockPage } from './pages/clock.ts';
import { requestTextPage } from './pages/consentAsk.ts';
import { findPages } from './pages/find.ts';
import { flowPage } from './pages/flow.ts';
import { letterPages } from './pages/letters.ts';
import { listDecisionPages } from './pages/listDecision.ts';
import { listsPage } from './pages/lists.ts';
import { navPages } from './pages/nav/navPages.ts';
import { operationPage } from './pages/operation/operationPage.ts';
import { organisationRoutes } from './pages/organisations.ts';
import { logWeekPages } from './pages/privacy/logWeekPage.ts';
import { privacyPage } from './pages/privacy/privacyPage.ts';
import { quarantineGroupPages } from './pages/quarantine/group.ts';
import { quarantineItemPages } from './pages/quarantine/item.ts';
import { quarantineOverview } from './pages/quarantine/overview.ts';
import { workPages } from './pages/quarantine/work.ts';
import { receiptPage } from './pages/receipt.ts';
import { receiverPages } from './pages/receivers/receiverActs.ts';
import { receiversPage } from './pages/receivers/receiversPage.ts';
import { repairPages } from './pages/repair/repair.ts';
import { reportPages } from './pages/report/pages.ts';
import { reportListPage } from './pages/reports/reportList.ts';
import { reportPage } from './pages/reports/reportPage.ts';
import { codeListPages } from './pages/rules/codeListPages.ts';
import { rulePages } from './pages/rules/rulePages.ts';
import { tryPages } from './pages/rules/tryPages.ts';
import { checkPages } from './pages/sendList/check.ts';
import { choosePages } from './pages/sendList/choose.ts';
import { columnPages } from './pages/sendList/columns.ts';
import { todayPage } from './pages/today.ts';
import { waitingPages } from './pages/waiting.ts';
import { wheelPage } from './pages/wheel.ts';
import { worklistPages } from './pages/worklist.ts';
import { youthPages } from './pages/youth/youthPages.ts';

export interface Console extends Addition {
  /** Every page and act with the access it needs, once they have been added. */
  routes: readonly FrameRoute[];
}

/** Pages for the county's people, below `/k/<org>/`: rendered here, usable without a script. */
export function createConsole(parts: ApiParts): Console {
  const routes: FrameRoute[] = [];
  const sign = (text: string) => parts.vault.loginTag('session', 'urn:ot-bridge:form', text);
  const keys = createFormKeys(sign, parts.now);
  return {
    routes,
    around: refusalsAsPages(parts),
    add(api, { uploads }) {
      assetRoutes(api);
      for (const path of ['/k', '/k/', '/k/:org/*']) api.use(path, peopleOnly(parts));
      api.use('/k/:org/*', organisationOf(parts.organisations));
      organisationRoutes(api, parts);
      const frame = createFrame(api, parts, keys, routes);
      todayPage(frame, parts);
      const sending = { uploads, api: parts };
      choosePages(frame, sending);
      columnPages(frame, sending);
      checkPages(frame, sending);
      listsPage(frame, parts);
      reportPages(frame, { forms: createForms(parts), api: parts });
      // Below the addresses of new lists, which look like those of receipts.
      receiptPage(frame, parts, uploads);
      flowPage(frame, parts);
      listDecisionPages(frame, parts);
      repairPages(frame, parts);
      receiversPage(frame, parts);
      receiverPages(frame, parts);
      wheelPage(frame, parts);
      rulePages(frame, parts);
      codeListPages(frame);
      tryPages(frame, { trials: createTrials(parts), api: parts });
      reportListPage(frame, parts);
      reportPage(frame, parts);
      alertPages(frame, parts);
      worklistPages(frame, parts);
      requestTextPage(frame);
      // Before the pages of single jobs, whose addresses look alike.
      choosePage(frame, parts);
      previewPages(frame, parts);
      jobPages(frame, parts);
      letterPages(frame, parts);
      youthPages(frame, parts);
      findPages(frame, parts);
      quarantineOverview(frame, parts);
      quarantineGroupPages(frame, parts);
      quarantineItemPages(frame, parts);
      workPages(frame, parts);
      waitingPages(frame, parts);
      navPages(frame, parts);
      privacyPage(frame, parts);
      logWeekPages(frame, parts);
      accessPages(frame, parts);
      operationPage(frame, parts);
      clockPage(frame, parts);
    },
  };
}
