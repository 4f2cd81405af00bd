// Closing: the block is lifted, the incident resolved with its children, and what comes later opens it again.

import assert from "node:assert/strict";
import { factOf } from "../story/page.mjs";
import { until } from "../until.mjs";
import * as mails from "./mails.mjs";

const main = (page) => page.getByRole("main");

export const closing = {
  title: "Evening: closing",
  intro: "An incident is closed with everything that hangs on it; closing early does no harm.",
  steps: [
    {
      name: "26-removal",
      title: "Ask for the block to be lifted",
      as: "hana",
      say: `
**Pending Removal** on the countermeasure opens a message to the operators. When they answer, the block is *removed*. Resolving the incident would remove it as well.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.block}`);
        await main(page).getByRole("link", { name: "Pending Removal" }).first().click();
        await page.getByRole("textbox", { name: "Message" }).first().fill("The machine is clean. Please lift the block.");
        await main(page).getByRole("button", { name: /^(Save comment|Send reply)/ }).first().click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.block}`);
        assert.equal((await rest.ticket(tale.block)).Status, "pending removal");
      },
    },
    {
      name: "27-resolve-form",
      title: "Resolve the incident",
      as: "hana",
      say: `
**Resolve** lists the open children, all ticked: they close with the incident, and one message can go to all of their correspondents. A child that also belongs to another open incident stays open and is
told so. **Quick Resolve** asks nothing.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.incident}`);
        await main(page).getByRole("link", { name: "Resolve", exact: true }).click();
        await page.getByRole("heading", { name: `Resolve Incident #${tale.incident}` }).waitFor();
        for (const child of [tale.report, tale.investigation, tale.block]) assert.ok(await page.getByLabel(`#${child} `).first().isChecked(), `#${child}`);
        await page.getByRole("textbox", { name: "Message" }).first().fill("All machines are clean. Case closed.");
      },
    },
    {
      name: "28-resolved",
      title: "Everything is closed",
      as: "hana",
      say: "The incident has its *Resolution*; the reports and the investigation are resolved, the block is removed.",
      act: async ({ page, tale, rest }) => {
        await page.getByRole("button", { name: "Close the Incident" }).click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.incident}`);
        assert.match(await factOf(page, "The Basics", "Status"), /resolved/);
        for (const [id, status] of [[tale.report, "resolved"], [tale.investigation, "resolved"], [tale.block, "removed"]]) {
          assert.equal((await rest.ticket(id)).Status, status, `#${id}`);
        }
      },
    },
    {
      name: "29-late",
      title: "A late answer opens it again",
      as: "hana",
      say: `
Ray writes once more. His report reopens, and with it the incident: nothing gets lost because a case was closed early.`,
      act: async ({ page, tale, rest, program }) => {
        await mails.mail(program, { from: mails.RAY, subject: `Re: [csirt.example #${tale.report}] ${mails.SUBJECT}`, text: "It is back, on 192.0.2.78." });
        await until("the incident to be open again", async () => (await rest.ticket(tale.incident)).Status === "open");
        await page.goto(`/tickets/${tale.incident}`);
        assert.match(await factOf(page, "The Basics", "Status"), /open/);
      },
    },
    {
      name: "30-abandon",
      title: "Give up what was made in error",
      as: "hana",
      say: `
**Abandon** is for incidents that were none: its reports are rejected, its investigations resolved, its countermeasures removed. The page says what will happen before it does.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.incident}`);
        await main(page).getByRole("link", { name: "Abandon", exact: true }).click();
        await page.getByRole("heading", { name: `Abandon Incident #${tale.incident}` }).waitFor();
        await page.getByLabel(`#${tale.report} `).first().waitFor();
      },
    },
    {
      name: "31-history",
      title: "Look back",
      as: "hana",
      say: `
The history of each ticket shows every step with who and when. It can only be added to: entries are chained by their hashes, and \`watchbell verify\` proves it.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.report}`);
        const history = page.locator("#history, [aria-label=History]").first();
        await history.scrollIntoViewIfNeeded().catch(() => {});
        const told = await rest.history(tale.report);
        for (const type of ["Create", "Correspond", "Status"]) assert.ok(told.includes(type), `${type} in ${told}`);
      },
    },
  ],
};
