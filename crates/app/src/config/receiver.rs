//! Who is told of Countermeasures (IR-223), and whom rules may call: an address of the web or a program. Only here, never on a page: whoever names
//! a program runs code, and whoever names an address reaches what this machine reaches.

use anyhow::{Context, Error, Result, bail};
use jobs::{Authorities, Secret, Webhook, check_url};
use program::Program;
use serde::Deserialize;
use std::{collections::BTreeMap, ops::RangeInclusive, path::PathBuf, time::Duration};

/// A call ends well before it would be made again.
const SECONDS: RangeInclusive<u64> = 1..=120;

/// Nobody, unless one of them is given.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Receiver {
    webhook: Option<WebhookSection>,
    command: Option<CommandSection>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WebhookSection {
    url: String,
    /// Holds the secret that calls are signed with, so that it stands in no configuration, environment or error.
    secret_file: PathBuf,
    /// Certificates in PEM of who vouches for the receiver, in place of the public authorities.
    ca_file: Option<PathBuf>,
    #[serde(default = "default_timeout")]
    timeout_seconds: u64,
}

/// A program and how long it may take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommandSection {
    path: PathBuf,
    #[serde(default = "default_timeout")]
    timeout_seconds: u64,
}

fn default_timeout() -> u64 {
    20
}

impl Receiver {
    /// The one that is meant, ready to be called; what cannot be used is told with its key.
    pub(crate) fn chosen(&self, section: &str) -> Result<Option<jobs::Receiver>> {
        Ok(match (&self.webhook, &self.command) {
            (None, None) => None,
            (Some(webhook), None) => Some(jobs::Receiver::Webhook(webhook.read(section)?)),
            (None, Some(command)) => Some(jobs::Receiver::Program(command.program(&format!("{section}.command"))?)),
            (Some(_), Some(_)) => bail!("{section}: both {section}.webhook and {section}.command are given; keep one"),
        })
    }
}

impl CommandSection {
    /// Ready to be run; what cannot be used is told with its key.
    pub(super) fn program(&self, section: &str) -> Result<Program> {
        let key = |key: &str| format!("{section}.{key}");
        let timeout = seconds(self.timeout_seconds).context(key("timeout_seconds"))?;
        Program::new(&self.path, timeout).map_err(Error::msg).context(key("path"))
    }
}

impl WebhookSection {
    fn read(&self, section: &str) -> Result<Webhook> {
        let key = |key: &str| format!("{section}.webhook.{key}");
        check_url(&self.url).map_err(Error::msg).context(key("url"))?;
        let timeout = seconds(self.timeout_seconds).context(key("timeout_seconds"))?;
        let secret = self.secret().with_context(|| format!("{}: {}", key("secret_file"), self.secret_file.display()))?;
        let authorities = self.ca_file.as_ref().map_or_else(
            || Ok(Authorities::default()),
            |file| {
                let pem = std::fs::read(file).map_err(|error| error.to_string());
                let authorities = pem.and_then(|pem| Authorities::parse(&pem)).map_err(Error::msg);
                authorities.with_context(|| format!("{}: {}", key("ca_file"), file.display()))
            },
        )?;
        Ok(Webhook::new(&self.url, secret, timeout, authorities))
    }

    fn secret(&self) -> Result<Secret> {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&self.secret_file)?.permissions().mode();
        if mode & 0o007 != 0 {
            bail!("everybody may open it; chmod 640 helps");
        }
        Secret::parse(&std::fs::read_to_string(&self.secret_file)?).map_err(Error::msg)
    }
}

/// Those that are named, ready to be called; a name is what may stand in a key of the file without quotes.
pub(crate) fn named(receivers: &BTreeMap<String, Receiver>) -> Result<BTreeMap<String, jobs::Receiver>> {
    let one = |(name, receiver): (&String, &Receiver)| {
        let section = format!("receivers.{name}");
        let sound = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        if !sound {
            bail!("{section}: a receiver’s name is made of letters, digits, - and _");
        }
        let Some(chosen) = receiver.chosen(&section)? else { bail!("{section}: neither webhook nor command is given") };
        Ok((name.clone(), chosen))
    };
    receivers.iter().map(one).collect()
}

fn seconds(number: u64) -> Result<Duration> {
    if SECONDS.contains(&number) {
        return Ok(Duration::from_secs(number));
    }
    bail!("expected a number from {} to {}, found {number}", SECONDS.start(), SECONDS.end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};
    use tempfile::TempDir;

    fn chosen(text: &str) -> Result<Option<jobs::Receiver>, String> {
        let firewall: Receiver = toml::from_str(text).map_err(|error| error.to_string())?;
        firewall.chosen("firewall").map_err(|error| format!("{error:#}"))
    }

    fn file(folder: &TempDir, name: &str, text: &str, mode: u32) -> String {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path.display().to_string()
    }

    #[test]
    fn ir223_nobody_is_told_unless_one_is_named_and_a_bad_value_is_told_with_its_key() {
        let folder = TempDir::new().unwrap();
        assert!(chosen("").unwrap().is_none());
        let secret = file(&folder, "secret", "0123456789abcdef0123456789abcdef\n", 0o600);
        let webhook = |url: &str, secret: &str| chosen(&format!("[webhook]\nurl = \"{url}\"\nsecret_file = \"{secret}\"\n"));
        let found = format!("{:?}", webhook("https://fw.example/hook", &secret).unwrap());
        assert!(found.contains("Webhook") && !found.contains("0123456789"), "{found}");
        let open = file(&folder, "open", "0123456789abcdef0123456789abcdef", 0o644);
        let short = file(&folder, "short", "secret", 0o600);
        let program = file(&folder, "program", "#!/bin/sh\n", 0o755);
        let text = file(&folder, "text", "words", 0o644);
        let anybodys = file(&folder, "anybodys", "#!/bin/sh\n", 0o777);
        let command = |path: &str, more: &str| chosen(&format!("[command]\npath = \"{path}\"\n{more}"));
        assert!(matches!(command(&program, ""), Ok(Some(jobs::Receiver::Program(_)))));
        for (found, key) in [
            (webhook("fw.example", &secret), "firewall.webhook.url"),
            (webhook("https://fw.example/", "/nowhere"), "firewall.webhook.secret_file"),
            (webhook("https://fw.example/", &open), "firewall.webhook.secret_file"),
            (webhook("https://fw.example/", &short), "firewall.webhook.secret_file"),
            (command("bin/program", ""), "firewall.command.path"),
            (command("/nowhere", ""), "firewall.command.path"),
            (command(&text, ""), "firewall.command.path"),
            (command(&anybodys, ""), "firewall.command.path"),
            (command(&program, "timeout_seconds = 0"), "firewall.command.timeout_seconds"),
            (chosen("[webhook]\nurl = \"https://fw.example/\"\n"), "secret_file"),
            (chosen("[command]\npath = \"/bin/true\"\narguments = []\n"), "arguments"),
        ] {
            let error = found.expect_err(key);
            assert!(error.contains(key) && !error.contains("0123456789"), "{key}: {error}");
        }
    }

    #[test]
    fn whom_rules_may_call_stands_in_the_file_under_sound_names() {
        let folder = TempDir::new().unwrap();
        let program = file(&folder, "program", "#!/bin/sh\n", 0o755);
        let read = |name: &str, inside: &str| {
            let text = format!("[{name}.command]\n{inside}");
            let receivers: BTreeMap<String, Receiver> = toml::from_str(&text).map_err(|error| error.to_string())?;
            named(&receivers).map_err(|error| format!("{error:#}"))
        };
        let found = read("siem-1", &format!("path = \"{program}\"")).unwrap();
        assert!(matches!(found.get("siem-1"), Some(jobs::Receiver::Program(_))));
        assert!(read("siem", "path = \"/nowhere\"").unwrap_err().contains("receivers.siem.command.path"));
        assert!(read("\"a b\"", &format!("path = \"{program}\"")).unwrap_err().contains("letters, digits"));
    }
}
