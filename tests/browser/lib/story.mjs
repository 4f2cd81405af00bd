// The story: one case from a mail to its end and back again, with real mail in and out, Dana in the browser, and the API asked
// after each act. Acts share a tale: the program, Dana's page, the API, the sent mail, and the numbers of the tickets.

import { windowOf } from "./browser.mjs";
import { step } from "./step.mjs";
import * as incident from "./story/incident.mjs";
import * as investigation from "./story/investigation.mjs";
import * as report from "./story/report.mjs";

const ACTS = [
  report.aReportArrives,
  report.danaFindsItAtHome,
  report.danaReadsIt,
  report.danaTakesIt,
  incident.danaMakesAnIncident,
  investigation.danaLaunchesAnInvestigation,
  investigation.theProviderAnswersByTag,
  investigation.theProviderAnswersByReferenceOnly,
  report.danaRepliesToTheReporter,
  incident.danaResolvesWithChildren,
  incident.theReporterWritesAgain,
];

/** Plays all of it; `options` are those of the browser's window. */
export async function play(browser, program, name, options = {}) {
  const page = await windowOf(browser, program, "dana", options);
  const tale = { program, page, rest: program.rest("dana"), sent: program.sent };
  for (const act of ACTS) await step(page, `${name}-${act.name}`, () => act(tale));
  await page.context().close();
}
