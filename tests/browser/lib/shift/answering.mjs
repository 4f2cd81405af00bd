// Answering all who reported, and setting when to look again.

import assert from "node:assert/strict";
import { factOf } from "../story/page.mjs";
import * as mails from "./mails.mjs";

const main = (page) => page.getByRole("main");

export const answering = {
  title: "Answering everybody",
  intro: "One message to many, each in their own conversation.",
  steps: [
    {
      name: "23-reporters",
      title: "Tell all reporters how it stands",
      as: "hana",
      say: `
**Reply to Reporters** on the incident lists its open reports, all ticked. Each gets the message in its own ticket, under its own subject; no reporter learns of another.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.incident}/reply-reporters`);
        for (const child of [tale.report, tale.telephone]) assert.ok(await page.getByLabel(`#${child} `).first().isChecked(), `#${child} is ticked`);
        await page.getByRole("textbox", { name: "Message" }).first().fill("The machine that attacked you is off the network. Please restore from your backups.\n\nHana");
      },
    },
    {
      name: "24-sent",
      title: "See that each got it",
      as: "hana",
      say: "The message stands in each report; what went out is in its history.",
      act: async ({ page, tale, sent }) => {
        await main(page).getByRole("button", { name: /^Send/ }).first().click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.incident}`);
        await page.goto(`/tickets/${tale.report}`);
        await page.getByRole("article").getByText("is off the network").first().waitFor();
        await sent.find(mails.RAY, "is off the network");
      },
    },
    {
      name: "25-due",
      title: "Set when to look again",
      as: "hana",
      say: `
Nothing to do until the backups are in? On the *Due* line, set it some days ahead. The incident follows the earliest of its children by itself.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.report}`);
        await main(page).getByRole("button", { name: /days from now/ }).first().click();
        await page.waitForLoadState();
        assert.match(await factOf(page, "Dates", "Due"), /in \d+ (h|d)/);
      },
    },
  ],
};
