// Handling: outside parties are asked, traffic is blocked, answers come back, calls are noted.

import assert from "node:assert/strict";
import { ticketNumber } from "../browser.mjs";
import { linked } from "../rest.mjs";
import { factOf } from "../story/page.mjs";
import { until } from "../until.mjs";
import * as mails from "./mails.mjs";

const main = (page) => page.getByRole("main");
const message = (page) => page.getByRole("textbox", { name: "Message" }).first();

export const investigating = {
  title: "Handling: asking and blocking",
  intro: "The **incident handler** works the incident: asks those who can do something, has traffic blocked, and keeps it moving.",
  steps: [
    {
      name: "16-launch",
      title: "Launch an investigation",
      as: "hana",
      say: `
On the incident, **Launch Investigation**: whom to ask, and what. The text of the incident is quoted. Creating it sends the mail; the answer comes back into this investigation, and
nobody else's mail does.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.incident}`);
        await main(page).getByRole("link", { name: "Launch Investigation" }).click();
        await page.getByRole("heading", { name: "Launch a new investigation" }).waitFor();
        await page.getByRole("textbox", { name: "Correspondents" }).fill(mails.NOC);
        await message(page).press("Control+End");
        await message(page).pressSequentially("\n\nWho used 203.0.113.88 last night? Please keep the logs.\n\nHana");
      },
    },
    {
      name: "17-investigation",
      title: "See that it went out",
      as: "hana",
      say: `
The investigation is *open*, a child of the incident, and due in some days. What was sent, and whether it arrived, stands in its history.`,
      act: async ({ page, tale, rest, sent }) => {
        await main(page).getByRole("button", { name: "Launch", exact: true }).click();
        await page.getByText("Please keep the logs.").first().waitFor();
        tale.investigation = ticketNumber(page);
        assert.deepEqual(linked(await rest.ticket(tale.investigation), "parent"), [tale.incident]);
        await sent.find(mails.NOC, `[csirt.example #${tale.investigation}]`, "Please keep the logs.");
      },
    },
    {
      name: "18-countermeasure",
      title: "Ask for a block",
      as: "hana",
      say: `
**Create a countermeasure** from the incident, with what to block and where; the network operators are its correspondents. It is *pending activation* until they answer.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/countermeasures/new?incident=${tale.incident}`);
        await page.getByRole("textbox", { name: "Subject" }).first().fill("Block 203.0.113.88");
        await page.getByRole("textbox", { name: "Correspondents" }).fill(mails.OPERATORS);
        await page.getByLabel("Where Blocked").fill("border routers");
        await message(page).fill("Please block 203.0.113.88 at the border.\n\nHana");
        await main(page).getByRole("button", { name: "Create", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: "Block 203.0.113.88" }).waitFor();
        tale.block = ticketNumber(page);
        assert.equal((await rest.ticket(tale.block)).Status, "pending activation");
      },
    },
    {
      name: "19-active",
      title: "The operators confirm",
      as: "hana",
      say: `
Their answer makes the block *active* by itself. (A pattern in the settings can demand certain words.)`,
      act: async ({ page, tale, rest, program }) => {
        const subject = `Re: [csirt.example #${tale.block}] Block 203.0.113.88`;
        await mails.mail(program, { from: mails.OPERATORS, to: mails.COUNTERMEASURES, subject, text: "Done, at all three borders." });
        await until("the block to be active", async () => (await rest.ticket(tale.block)).Status === "active");
        await page.goto(`/tickets/${tale.block}`);
        assert.match(await factOf(page, "The Basics", "Status"), /active/);
      },
    },
    {
      name: "20-answer",
      title: "An answer comes in",
      as: "hana",
      say: `
The provider answers. The investigation has a new message and is due at once, and so is the incident: it moves up in the lists. *Jump to it*, read, *mark as seen*.`,
      act: async ({ page, tale, rest, program }) => {
        const subject = `Re: [csirt.example #${tale.investigation}] Ransomware on campus`;
        await mails.mail(program, { from: mails.NOC, to: mails.INVESTIGATIONS, subject, text: "That was a customer's hacked machine. It is off, the logs are kept." });
        await until("the answer", async () => (await rest.history(tale.investigation)).includes("Correspond"));
        await page.goto(`/tickets/${tale.investigation}`);
        await page.getByText("It is off, the logs are kept.").first().waitFor();
        await page.getByText("new message").first().waitFor();
      },
    },
    {
      name: "21-call",
      title: "Write down a call",
      as: "hana",
      say: `
What was said on the telephone is a **Comment** (\`c\`): it stays inside. The time it took can be booked with it.`,
      act: async ({ page, tale }) => {
        await page.goto(`/tickets/${tale.investigation}/comment`);
        await message(page).fill("Called the provider: the customer will be named to the police only.");
        await page.getByRole("button", { name: "Save comment" }).click();
        await page.getByRole("article").getByText("will be named to the police only").first().waitFor();
      },
    },
    {
      name: "22-both",
      title: "Incident and investigation in one step",
      as: "hana",
      say: `
When it is clear from the start whom to ask, *Create → Incident* opens both at once: fill in the correspondents under *Launch Investigation*, and what you leave empty there is taken from the incident.`,
      act: async ({ page, rest }) => {
        await page.goto("/incidents/new");
        await page.getByRole("textbox", { name: "Subject" }).first().fill("Phishing page on www.museum.example");
        await page.getByLabel("Classification").selectOption("Spam");
        await message(page).fill("A phishing page lies under /wp-content/x/. Please remove it.");
        await page.getByRole("textbox", { name: "Correspondents" }).fill("webmaster@museum.example");
        await page.getByRole("button", { name: "Create Incident and run Investigation" }).click();
        await page.getByRole("heading", { level: 1, name: "Phishing page on www.museum.example" }).waitFor();
        assert.equal(linked(await rest.ticket(ticketNumber(page)), "child").length, 1);
      },
    },
  ],
};
