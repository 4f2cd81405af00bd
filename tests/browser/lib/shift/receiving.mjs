// Receiving: what comes in is found, read, compared with what is known, taken, or rejected.

import assert from "node:assert/strict";
import { factOf } from "../story/page.mjs";
import * as mails from "./mails.mjs";

const main = (page) => page.getByRole("main");

export const receiving = {
  title: "Morning: what came in",
  intro: "The **duty officer** takes everything that comes in: looks whether it is real, whether it is known, and who should decide.",
  steps: [
    {
      name: "01-home",
      title: "Look at what waits",
      as: "dana",
      say: `
Sign in as \`dana\`. *At a glance* shows the new reports that belong to no incident yet, the incidents that are due next, yours and all, and how many tickets each
queue holds. Whatever is overdue is red and stands on top. A mail to \`reports@csirt.example\` appears here a moment after it arrived:
send in the report of Ray Ortiz (its text is in the next picture).`,
      act: async ({ tale, page, program, rest }) => {
        await mails.mail(program, { from: mails.RAY, subject: mails.SUBJECT, text: mails.TEXT });
        tale.report = await mails.numberOf(rest, mails.SUBJECT);
        await page.goto("/");
        const box = page.getByRole("region", { name: "New unlinked Incident Reports" });
        await box.getByRole("row").nth(1).waitFor();
        await page.getByRole("region", { name: "Most due incidents", exact: true }).waitFor();
      },
    },
    {
      name: "02-report",
      title: "Open a report and read it",
      as: "dana",
      say: `
Open the report (*Incident Reports*, or \`o\` on its line). The text is shown as text: nothing in it runs and nothing is fetched. Addresses, domains and CVE numbers were
found and stand under *Networking* and *Details*. The due date comes from the [service level](service-levels.md). The reporter has an automatic answer already.`,
      act: async ({ page, tale, sent }) => {
        await page.goto(`/tickets/${tale.report}`);
        await page.getByRole("heading", { level: 1, name: mails.SUBJECT }).waitFor();
        const networking = page.getByRole("region", { name: "Networking" });
        for (const value of ["192.0.2.77", "203.0.113.88", "pay.ransom.example"]) await networking.getByText(value).first().waitFor();
        assert.match(await factOf(page, "Dates", "Due"), /in \d+ (min|h|d)/);
        await sent.find(mails.RAY, `[csirt.example #${tale.report}]`);
      },
    },
    {
      name: "03-known",
      title: "Check for an earlier report",
      as: "dana",
      say: `
Have we met this address before? Open its menu, wherever it stands in a text or a field, and look it up: every ticket with this address, or with a network that contains it,
in one list. Widen the search to the neighbourhood with \`CF.{IP} = '192.0.2.0/24'\`.`,
      act: async ({ page, tale }) => {
        await page.goto(`/search?query=${encodeURIComponent("CF.{IP} = '192.0.2.0/24'")}&order=-Created`);
        await main(page).getByRole("link", { name: mails.SUBJECT }).first().waitFor();
        assert.ok(await main(page).getByRole("row").count() > 5, "the neighbourhood is known");
        assert.ok(tale.report);
      },
    },
    {
      name: "04-reject",
      title: "Reject what is none of our business",
      as: "dana",
      say: `
*You have won* is spam. **Quick Reject** (in *More*, or with *Reject* if you want to answer) takes the report for you and closes it; links and text stay, and it can be found and reopened.
Below the message that says so stands **Undo**.`,
      act: async ({ page, rest }) => {
        const [spam] = await rest.search("Subject = 'You have won'");
        await page.goto(`/tickets/${spam}`);
        const quick = main(page).getByRole("button", { name: "Quick Reject" });
        if (!await quick.isVisible()) await main(page).locator("details.button-menu > summary").click();
        await quick.click();
        await page.waitForLoadState();
        assert.match(await factOf(page, "The Basics", "Status"), /rejected/);
      },
    },
    {
      name: "05-bulk-reject",
      title: "Reject the rest of the spam at once",
      as: "dana",
      say: `
*Bulk Reject*, above the list of new reports, does it for many: tick them, see what will happen, reject. Reports that somebody else owns are left alone, and the result says so for each.
One **Undo** takes the whole batch back.`,
      act: async ({ page, rest }) => {
        await page.goto("/reports/bulk-reject");
        for (const subject of ["Toner at half the price", "Last chance"]) {
          await page.getByRole("row").filter({ hasText: subject }).getByRole("checkbox").check();
        }
        await page.getByRole("button", { name: "Reject", exact: true }).click();
        await page.waitForLoadState();
        const confirm = page.getByRole("button", { name: /^Reject (2|now|them)/ });
        if (await confirm.count()) await confirm.click();
        await page.getByText("2 done").first().waitFor();
        assert.equal((await rest.search("Status = 'rejected' AND (Subject = 'Last chance' OR Subject = 'Toner at half the price')")).length, 2);
      },
    },
    {
      name: "06-take",
      title: "Take the report",
      as: "dana",
      say: `
Ray's report is real: **Take** it (\`i\`). Everybody sees that it is yours now; only its owner changes a ticket. What somebody else owns has to be *stolen*, which is allowed and recorded.`,
      act: async ({ page, tale, rest }) => {
        await page.goto(`/tickets/${tale.report}`);
        await main(page).getByRole("button", { name: "Take" }).first().click();
        await page.getByText(`You own ticket ${tale.report} now.`).waitFor();
        assert.equal((await rest.ticket(tale.report)).Owner.id, "dana");
      },
    },
    {
      name: "07-telephone",
      title: "Write down what came by telephone",
      as: "dana",
      say: `
Not everything comes by mail. *Create → Incident Report* takes notes of a call, a fax or a letter: who called is the correspondent, *How Reported* says how, electronic copies are attachments. Tick *Don't
send any e-mails* if the caller needs no confirmation.`,
      act: async ({ page, tale, rest }) => {
        await page.goto("/reports/new");
        await page.getByRole("textbox", { name: "Correspondents" }).fill("it@school.example");
        await page.getByRole("textbox", { name: "Subject" }).fill("Encrypted files at the school");
        await page.getByRole("textbox", { name: "Message" }).first().fill("Called at 9:10. Files encrypted, the note names pay.ransom.example. First seen on 192.0.2.91.");
        await page.getByLabel("How Reported").selectOption("Telephone");
        await page.getByLabel("Don’t send any e-mails").check();
        await page.getByRole("button", { name: "Create", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: "Encrypted files at the school" }).waitFor();
        tale.telephone = await mails.numberOf(rest, "Encrypted files at the school");
      },
    },
  ],
};
