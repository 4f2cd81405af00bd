// Where things stand on the pages of the story.

/** The subject of the ticket that a form makes; an Incident's form has a second one for its Investigation. */
export function subject(page) {
  return page.getByRole("textbox", { name: "Subject" }).first();
}

/** What stands beside a name in one of the boxes of a ticket's page. */
export async function factOf(page, box, name) {
  const facts = page.getByRole("region", { name: box }).locator("dl > div");
  return facts.filter({ has: page.getByText(name, { exact: true }) }).locator("dd").first().innerText();
}
