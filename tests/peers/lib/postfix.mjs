// Debian's Postfix in a folder and on ports of its own: hands mail for test.example to Watchbell over LMTP, and everything else to
// the sink. Nothing of the machine's own mail system is touched.

import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { must, run } from "./run.mjs";

const SERVICES = `
pickup    unix  n       -       n       60      1       pickup
cleanup   unix  n       -       n       -       0       cleanup
qmgr      unix  n       -       n       1       1       qmgr
rewrite   unix  -       -       n       -       -       trivial-rewrite
bounce    unix  -       -       n       -       0       bounce
defer     unix  -       -       n       -       0       bounce
trace     unix  -       -       n       -       0       bounce
verify    unix  -       -       n       -       1       verify
flush     unix  n       -       n       1000?   0       flush
proxymap  unix  -       -       n       -       -       proxymap
smtp      unix  -       -       n       -       -       smtp
relay     unix  -       -       n       -       -       smtp
showq     unix  n       -       n       -       -       showq
error     unix  -       -       n       -       -       error
retry     unix  -       -       n       -       -       error
lmtp      unix  -       -       n       -       -       lmtp
anvil     unix  -       -       n       -       1       anvil
scache    unix  -       -       n       -       1       scache
postlog   unix-dgram n  -       n       -       1       postlogd
`;

const settings = ({ folder, lmtp, sink }) => `
compatibility_level = 3.6
queue_directory = ${folder}/spool
data_directory = ${folder}/data
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = mx.test.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
smtp_dns_support_level = disabled
smtp_host_lookup = native
virtual_mailbox_domains = test.example
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
relayhost = [127.0.0.1]:${sink}
smtpd_relay_restrictions = permit_mynetworks, reject
message_size_limit = 60000000
mailbox_size_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
`;

export class Postfix {
  async start({ port, lmtp, sink }) {
    this.port = port;
    this.folder = await mkdtemp(join(tmpdir(), "watchbell-postfix-"));
    // its daemons are another user
    await chmod(this.folder, 0o755);
    this.etc = join(this.folder, "etc");
    for (const part of ["etc", "spool", "data"]) await mkdir(join(this.folder, part));
    const user = Number((await must("id", ["-u", "postfix"])).trim());
    await chown(join(this.folder, "data"), user, -1);
    await writeFile(join(this.etc, "main.cf"), settings({ folder: this.folder, lmtp, sink }));
    await writeFile(join(this.etc, "master.cf"), `127.0.0.1:${port} inet n - n - - smtpd${SERVICES}`);
    await must("postfix", ["-c", this.etc, "start"]);
    return this;
  }

  /** Tries everything that waits once more, at once. */
  flush() {
    return must("postqueue", ["-c", this.etc, "-f"]);
  }

  log() {
    return readFile(join(this.folder, "log"), "utf8").catch(() => "");
  }

  async stop() {
    await run("postfix", ["-c", this.etc, "stop"]);
    await rm(this.folder, { recursive: true, force: true });
  }
}
