// Every page of the full demo world, as addresses; and what has to be done on a page to see its other faces.

/** A ticket of each type from the demo world, by the lifecycle of its queue; those of the asker's own to work with. */
export async function tickets(rest) {
  const first = async (query) => {
    const [id] = await rest.search(query);
    if (!id) throw new Error(`the demo world has no ${query}`);
    return id;
  };
  const open = (lifecycle) => first(`Lifecycle = '${lifecycle}' AND Status = '__Active__'`);
  const own = async (lifecycle) => {
    const id = await open(lifecycle);
    const owner = (await rest.ticket(id)).Owner.id;
    if (owner !== "dana") await rest.put(`ticket/${id}/${owner === "Nobody" ? "take" : "steal"}`, {});
    return id;
  };
  return {
    report: await first("Lifecycle = 'incident_reports' AND Status = 'new' AND Queue = 'Incident Reports' AND Owner = 'Nobody'"),
    incident: await own("incidents"),
    investigation: await own("investigations"),
    countermeasure: await open("countermeasures"),
    general: await open("default"),
    closed: await first("Lifecycle = 'incidents' AND Status = 'resolved'"),
  };
}

function chart(parameters) {
  return `/search/chart?${new URLSearchParams({ query: "id > 0", ...parameters })}`;
}

/** `[name, address, status]` of what a member of the team can open; the status is 200 where none is given. */
export async function teamPages(rest) {
  const known = await tickets(rest);
  const at = (kind, part, parameters = "") => `/tickets/${known[kind]}/${part}${parameters}`;
  const kinds = ["report", "incident", "investigation", "countermeasure"];
  return [
    ["home", "/"],
    ["home of a constituency", "/?constituency=GOVNET"],
    ...kinds.map((kind) => [`list of ${kind}s`, `/${kind}s`]),
    ["search", "/search"],
    ["search with results", `/search?query=${encodeURIComponent("id > 0")}`],
    ["search with an error", `/search?query=${encodeURIComponent("Nonsense = = 1")}`, 422],
    ["search in groups", `/search?query=${encodeURIComponent("id > 0")}&group=Status&density=compact&rows=10`],
    ["search builder", "/search/build"],
    ["search builder with groups", `/search/build?query=${encodeURIComponent("Queue = 'Incident Reports' AND (Status = 'new' OR NOT Owner = 'Nobody')")}&edited=1.0`],
    ["search builder with an error", `/search/build?query=${encodeURIComponent("Subject LIKE AND x")}`, 422],
    ["search without results", `/search?query=${encodeURIComponent("id = 0")}`],
    ...Object.entries(known).map(([kind, id]) => [`ticket, ${kind}`, `/tickets/${id}`]),
    ...kinds.map((kind) => [`new ${kind}`, `/${kind}s/new`]),
    ["new ticket", "/tickets/new"],
    ["new incident from a report not taken", `/incidents/new?from=${known.report}`],
    ["new investigation from an incident", `/investigations/new?incident=${known.incident}`],
    ["reply", at("investigation", "reply")],
    ["comment", at("incident", "comment")],
    ["edit of an incident", at("incident", "edit")],
    ["edit of an investigation", at("investigation", "edit")],
    ["link to an incident", at("investigation", "link")],
    ["link from an incident", at("incident", "link-children", "?kind=incident_reports")],
    ["reply to reporters", at("incident", "reply-reporters")],
    ["reply to all", at("incident", "reply-all")],
    ["close", at("incident", "close", "?status=resolved")],
    ["merge", at("investigation", "merge")],
    ["forward", at("investigation", "forward")],
    ["snooze", at("report", "snooze")],
    ["advanced", at("investigation", "advanced")],
    ["people", at("investigation", "people")],
    ["links", at("incident", "links")],
    ["children", at("incident", "children")],
    ["history alone", at("incident", "history")],
    ["one entry", at("incident", "history/1")],
    ["one box to edit", at("incident", "edit", "?box=basics")],
    ["bulk reject", "/reports/bulk-reject"],
    ["bulk abandon", "/incidents/bulk-abandon"],
    ["acts", "/acts"],
    ["at hand", "/at-hand"],
    ["dashboards", "/dashboards"],
    ["saved searches", "/searches"],
    ["a new saved search", "/searches/new"],
    ["charts and ready reports", "/search/chart"],
    ...["bar", "stacked", "line", "pie"].map((style) => [`chart, ${style}`, chart({ group: "Queue", within: "Status", style })]),
    ["chart of times", chart({ group: "Created.Daily", measure: "AVG.Created-LastUpdated", measure2: "COUNT", style: "line" })],
    ["chart refused", chart({ group: "Nonsense", top: "x" }), 422],
    ["feeds", "/feeds?query=id"],
    ["dashboards by mail", "/subscriptions"],
    ["a dashboard by mail", "/dashboards/1/subscribe"],
    ["people and their tickets", "/people?q=isp"],
    ["preferences", "/preferences"],
    ["own keys", "/preferences/bindings"],
    ["drafts", "/drafts"],
    ["my locks", "/locks"],
    ["palette", "/palette?q=report"],
    ["about", "/about"],
    ["nothing here", "/nowhere", 404],
    ["no such ticket", "/tickets/999999", 404],
    ["not allowed", "/admin/mail", 403],
  ];
}

/** What an administrator sees beyond that. */
export const ADMIN_PAGES = [
  ["administration", "/admin"],
  ["mail in trouble", "/admin/mail"],
  ["outgoing mail", "/admin/outbox"],
  ["settings", "/admin/settings"],
  ["constituencies", "/admin/constituencies"],
  ["queues", "/admin/queues"],
  ["a queue", "/admin/queues/1"],
  ["lifecycles", "/admin/lifecycles"],
  ["a lifecycle", "/admin/lifecycles/incidents"],
  ["a lifecycle to edit", "/admin/lifecycles/incidents/edit"],
  ["service levels", "/admin/service-levels"],
  ["fields", "/admin/fields"],
  ["a field", "/admin/fields/1"],
  ["rules", "/admin/rules"],
  ["a new rule", "/admin/rules/new"],
  ["a rule", "/admin/rules/1"],
  ["rules from a file", "/admin/rules/import"],
  ["templates", "/admin/templates"],
  ["a new template", "/admin/templates/new"],
  ["a template, tried", "/admin/templates/1?ticket=1"],
  ["a template to delete", "/admin/templates/1/delete"],
];

/** Forms that come back with errors when sent as they open, and the button that sends them. */
export async function refusedForms(rest) {
  const { incident, investigation } = await tickets(rest);
  return [
    ["new report, refused", "/reports/new", "Create", { requestors: "not an address <", due: "", subject: "" }],
    ["new incident, refused", "/incidents/new", "Create Incident and run Investigation", {}],
    ["new investigation, refused", "/investigations/new", "Launch", { incident: "999999" }],
    ["new countermeasure, refused", "/countermeasures/new", "Create", {}],
    ["new ticket, refused", "/tickets/new", "Create", { ccs: "nobody-here" }],
    ["reply, refused", `/tickets/${investigation}/reply`, "Send reply", { cc: "not an address <" }],
    ["comment, refused", `/tickets/${incident}/comment`, "Save comment", {}],
    ["close, refused", `/tickets/${incident}/close?status=resolved`, "Close the Incident", { cc: "not an address <" }],
    ["link, refused", `/tickets/${investigation}/link`, "Link", { number: "999999" }],
    ["edit, refused", `/tickets/${investigation}/edit`, "Save", { subject: "", "[class~=code], textarea[id^=field-cf]": "not an address" }],
  ];
}

/** Sends a form with these values, past the browser's own checks. */
export async function sendRefused(page, button, typed) {
  for (const [name, value] of Object.entries(typed)) {
    const input = /^[a-z_]+$/.test(name) ? page.locator(`[name="${name}"]`) : page.locator(name);
    await input.first().fill(value);
  }
  await page.evaluate(() => { for (const form of document.forms) form.noValidate = true; });
  await page.getByRole("main").getByRole("button", { name: button, exact: true }).click();
  await page.locator(".error-summary").waitFor();
}
