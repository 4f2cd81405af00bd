// Triage: the triage officer decides what is an incident, how grave it is, who handles it, and what belongs to it.

import assert from "node:assert/strict";
import { ticketNumber } from "../browser.mjs";
import { linked, values } from "../rest.mjs";
import { factOf, subject } from "../story/page.mjs";
import * as mails from "./mails.mjs";

const main = (page) => page.getByRole("main");

export const triage = {
  title: "Triage: what is an incident",
  intro: "The **triage officer** decides what is an incident, when and by whom it is handled, and keeps the whole in view.",
  steps: [
    {
      name: "08-assign",
      title: "Hand the report to the triage officer",
      as: "dana",
      say: `
*Edit* the report and choose Tariq as its **owner**. He gets a mail about it, and the history says who gave it to him.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.report}/edit`);
        await page.getByLabel("Owner").first().selectOption("tariq");
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.report}`);
        assert.equal((await rest.ticket(tale.report)).Owner.id, "tariq");
      },
    },
    {
      name: "09-incident-form",
      title: "Make an incident of it",
      as: "tariq",
      say: `
On the report, **New Incident**. Subject, text, addresses and domains are there already; nothing has to be copied. Set the *Classification* (it is needed) and the *Priority*.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.report}`);
        await main(page).getByRole("link", { name: "New Incident" }).first().click();
        await page.getByRole("heading", { name: "Create a new Incident" }).waitFor();
        assert.equal(await subject(page).inputValue(), mails.SUBJECT);
        await subject(page).fill("Ransomware on campus");
        await page.getByLabel("Classification").selectOption("System Compromise");
        await page.getByLabel("Priority", { exact: true }).first().fill("80");
      },
    },
    {
      name: "10-incident",
      title: "See what it ties together",
      as: "tariq",
      say: `
*Create*. The report is now a child of the incident and *open*; its addresses are the incident's, and the incident is due when the most urgent of its children is. Nobody outside sees an incident.`,
      act: async ({ page, tale, rest }) => {
        await page.getByRole("button", { name: "Create", exact: true }).first().click();
        await page.getByRole("heading", { level: 1, name: "Ransomware on campus" }).waitFor();
        tale.incident = ticketNumber(page);
        const incident = await rest.ticket(tale.incident);
        assert.deepEqual(linked(incident, "child"), [tale.report]);
        assert.ok(values(incident, "IP").includes("203.0.113.88"));
        assert.equal((await rest.ticket(tale.report)).Status, "open");
      },
    },
    {
      name: "11-link",
      title: "Link another report to it",
      as: "tariq",
      say: `
The school's call is the same gang. On that report, **Link** shows the active incidents; choose ours. The report is opened, and its addresses are added to the incident.
Whoever links a report of somebody else to an incident takes it over first.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.telephone}/link`);
        await page.getByRole("row").filter({ hasText: "Ransomware on campus" }).getByRole("radio").check();
        await page.getByRole("button", { name: "Link", exact: true }).click();
        await page.waitForURL((url) => /^\/tickets\/\d+$/.test(url.pathname));
        assert.deepEqual(linked(await rest.ticket(tale.telephone), "parent"), [tale.incident]);
        await page.goto(`/tickets/${tale.incident}`);
        await page.getByRole("region", { name: "Incident Reports" }).getByRole("link", { name: "Encrypted files at the school" }).waitFor();
      },
    },
    {
      name: "12-reply",
      title: "Answer the reporter",
      as: "tariq",
      say: `
**Reply** (\`r\`) on the report goes to its correspondents and to nobody else: each conversation is its own ticket. The form shows who will get mail. Quote a single message with the
arrow on it. For some seconds after sending, **Undo** stops the mail.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.report}/reply`);
        await page.getByRole("textbox", { name: "Message" }).first().fill("Dear Ray,\n\nplease take the server off the network and leave it switched on. We will call you within the hour.\n\nTariq");
        await page.getByRole("button", { name: "Send reply" }).click();
        await page.getByText(`Reply recorded on ticket ${tale.report}.`).waitFor();
        await page.getByRole("article").getByText("please take the server off the network").first().waitFor();
      },
    },
    {
      name: "13-split",
      title: "Break up a report about several things",
      as: "tariq",
      say: `
A report that complains of unrelated matters is **split** (in *More*): each matter becomes a report of its own, with the text, the correspondents and what else you leave in the form.`,
      act: async ({ page, tale, rest, program }) => {
        await mails.mail(program, { from: mails.SECOND, subject: "Two complaints", text: "1. 192.0.2.77 scans us for SMB.\n2. 198.51.100.9 sends spam for pills." });
        tale.double = await mails.numberOf(rest, "Two complaints");
        await rest.put(`ticket/${tale.double}/take`, {}).catch(() => {});
        await page.goto(`/tickets/${tale.double}`);
        await main(page).getByRole("button", { name: /^(Take|Steal)$/ }).first().click();
        await page.waitForLoadState();
        await page.goto(`/reports/new?split=${tale.double}`);
        await subject(page).fill("Spam for pills from 198.51.100.9");
        await page.getByRole("button", { name: "Split", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: "Spam for pills from 198.51.100.9" }).waitFor();
        tale.spam = ticketNumber(page);
        assert.notEqual(tale.spam, tale.double);
      },
    },
    {
      name: "14-merge",
      title: "Merge what came twice",
      as: "tariq",
      say: `
The same complaint, sent once more, without our tag in the subject? **Merge** it into the first one. Both numbers lead to the same ticket from then on, and mail to either lands there. Nothing is lost: *unmerge* parts them again at any time.`,
      act: async ({ page, tale, rest, program }) => {
        await mails.mail(program, { from: mails.SECOND, subject: "Two complaints, again", text: "Did you get our mail about 192.0.2.77?" });
        const again = await mails.numberOf(rest, "Two complaints, again");
        await page.goto(`/tickets/${again}`);
        await main(page).getByRole("button", { name: "Take" }).first().click();
        await page.waitForLoadState();
        await page.goto(`/tickets/${again}/merge`);
        await page.getByRole("row").filter({ hasText: `${tale.double}` }).getByRole("radio").first().check();
        await page.getByRole("button", { name: "Merge", exact: true }).click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.double}`);
        await page.getByText("Did you get our mail").first().waitFor();
      },
    },
    {
      name: "15-priority",
      title: "Say how urgent it is",
      as: "tariq",
      say: `
*Edit* the incident: priority, owner, what is known. Hana will handle it; she becomes the owner of the incident and of those of its children that Tariq may hand on (what Dana owns stays hers until it is stolen). Two people in one form do not overwrite each other: whoever saves
later is shown what changed.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.incident}/edit`);
        await page.getByLabel("Priority", { exact: true }).first().fill("90");
        await page.getByLabel("Owner").first().selectOption("hana");
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.waitForURL((url) => url.pathname === `/tickets/${tale.incident}`);
        assert.match(await factOf(page, "The Basics", "Owner"), /Hana/);
        assert.equal((await rest.ticket(tale.report)).Owner.id, "hana", "the report went with its incident");
      },
    },
  ],
};
