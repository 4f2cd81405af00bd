// Debian's Dovecot in a folder and on ports of its own, with one mailbox whose password is "secret".

import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { background, must, run } from "./run.mjs";
import { until } from "../../browser/lib/until.mjs";

const CERTIFICATE = `
[req]
prompt = no
distinguished_name = name
x509_extensions = use
[name]
CN = localhost
[use]
basicConstraints = critical,CA:FALSE
subjectAltName = DNS:localhost,IP:127.0.0.1
`;

const settings = ({ folder, imap, imaps }) => `
protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
ssl = yes
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:${folder}/mail
first_valid_uid = 1
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = ${imaps}
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/mail
}
`;

export class Dovecot {
  delivered = 0;

  async prepare({ imap, imaps }) {
    this.folder = await mkdtemp(join(tmpdir(), "watchbell-dovecot-"));
    await chmod(this.folder, 0o755);
    this.certificate = join(this.folder, "certificate.pem");
    this.config = join(this.folder, "dovecot.conf");
    for (const part of ["run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"]) await mkdir(join(this.folder, part));
    await must("chown", ["-R", "nobody:nogroup", join(this.folder, "mail")]);
    await writeFile(join(this.folder, "openssl.cnf"), CERTIFICATE);
    const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", join(this.folder, "key.pem")];
    await must("openssl", ["req", "-x509", ...key, "-days", "2", "-config", join(this.folder, "openssl.cnf"), "-out", this.certificate]);
    await writeFile(this.config, settings({ folder: this.folder, imap, imaps }));
    return this;
  }

  start() {
    return background("dovecot", ["-c", this.config]);
  }

  stop() {
    return run("doveadm", ["-c", this.config, "stop"]);
  }

  async addFolder(name) {
    const path = join(this.folder, "mail", `.${name}`);
    for (const part of ["", "new", "cur", "tmp"]) await mkdir(join(path, part));
    await must("chown", ["-R", "nobody:nogroup", path]);
  }

  /** As a mail server does: written beside, then moved in. */
  async deliver(raw, folder = "") {
    this.delivered += 1;
    const name = `${Date.now()}.${this.delivered}.peers`;
    const beside = join(this.folder, "mail/tmp", name);
    await writeFile(beside, raw);
    await must("chown", ["nobody:nogroup", beside]);
    await rename(beside, join(this.folder, "mail", folder, "new", name));
  }

  /** What a folder holds, as file names with their flags. */
  async files(folder = "") {
    const of = (part) => readdir(join(this.folder, "mail", folder, part)).catch(() => []);
    return [...(await of("new")), ...(await of("cur"))];
  }

  empty(folder) {
    return until("the mailbox to be empty", async () => (await this.files(folder)).length === 0);
  }

  log() {
    return readFile(join(this.folder, "log"), "utf8").catch(() => "");
  }

  async remove() {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
