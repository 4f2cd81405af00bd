// REST 2 as somebody with a token: the second pair of eyes on whatever the browser shows.

export class Rest {
  constructor(url, token) {
    this.base = `${url}/REST/2.0/`;
    this.headers = { Authorization: `token ${token}` };
  }

  async get(path) {
    const answer = await fetch(this.base + path, { headers: this.headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  post(path, body) {
    return this.#send("POST", path, body);
  }

  put(path, body) {
    return this.#send("PUT", path, body);
  }

  async #send(method, path, body) {
    const headers = { ...this.headers, "Content-Type": "application/json" };
    const answer = await fetch(this.base + path, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  }

  ticket(id) {
    return this.get(`ticket/${id}`);
  }

  /** Numbers of the tickets that match. */
  async search(query) {
    const found = await this.get(`tickets?query=${encodeURIComponent(query)}&per_page=100`);
    return found.items.map((item) => Number(item.id)).sort((a, b) => a - b);
  }

  /** Types of the entries of a ticket's history, oldest first. */
  async history(id) {
    const found = await this.get(`ticket/${id}/history?fields=Type,Creator&per_page=100`);
    return found.items.map((item) => item.Type);
  }
}

/** The values of a custom field of a ticket as the API tells it. */
export function values(ticket, field) {
  const found = ticket.CustomFields.find((one) => one.name === field);
  if (!found) throw new Error(`no field ${field}: ${JSON.stringify(ticket.CustomFields)}`);
  return found.values;
}

/** Numbers of the tickets linked as "parent", "child" … */
export function linked(ticket, relation) {
  return ticket._hyperlinks.filter((link) => link.ref === relation).map((link) => Number(link.id)).sort((a, b) => a - b);
}
