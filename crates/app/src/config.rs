//! What the machine decides: addresses, database, mail transports, limits. Read once, from a file and the environment; an
//! unknown key or a bad value stops the start and says where.

mod dkim;
mod environment;
mod mailbox;
mod receiver;
mod sections;

pub(crate) use sections::{Encryption, Log, LogFormat, Mail, Transport};

use anyhow::{Context, Result, bail};
use receiver::Receiver;
use sections::{Http, Lmtp};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Read when no file is named on the command line, if it is there.
const DEFAULT_FILE: &str = "/etc/watchbell/watchbell.toml";

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// `sqlite://PATH` or `postgres://…`.
    pub(crate) database_url: String,
    /// Where browsers reach us; decides links in mails, cookies, and which origin is ours.
    pub(crate) public_url: String,
    /// Reverse proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub(crate) trusted_proxies: Vec<std::net::IpAddr>,
    #[serde(default)]
    pub(crate) http: Http,
    #[serde(default)]
    pub(crate) lmtp: Lmtp,
    #[serde(default)]
    pub(crate) mail: Mail,
    #[serde(default)]
    pub(crate) firewall: Receiver,
    /// Whom rules may call, by name.
    #[serde(default)]
    receivers: BTreeMap<String, Receiver>,
    /// Mailboxes to empty, by name.
    #[serde(default)]
    imap: BTreeMap<String, mailbox::Mailbox>,
    #[serde(default)]
    pub(crate) log: Log,
}

impl Config {
    /// From a file, if there is one, with the environment on top.
    pub(crate) fn read(file: Option<&Path>) -> Result<Self> {
        let default = Path::new(DEFAULT_FILE);
        let file = file.or_else(|| default.exists().then_some(default));
        let text = match file {
            Some(file) => {
                std::fs::read_to_string(file).with_context(|| format!("cannot read the configuration {}", file.display()))?
            }
            None => String::new(),
        };
        let name = file.map_or_else(|| "the environment".to_owned(), |file| file.display().to_string());
        let config = Self::parse(&text, &name, &environment::variables())?;
        config.check()?;
        Ok(config)
    }

    fn parse(text: &str, name: &str, variables: &[(String, String)]) -> Result<Self> {
        let mut table: toml::Table = toml::from_str(text).with_context(|| format!("in {name}"))?;
        if variables.is_empty() && !text.is_empty() {
            // straight from the text, so that an error shows its line
            return toml::from_str(text).with_context(|| format!("in {name}"));
        }
        if !text.is_empty() {
            // the environment may only add what the file lacks or replace what it has; the file's own errors come first
            let _: sections::Loose = toml::from_str(text).with_context(|| format!("in {name}"))?;
        }
        for (variable, value) in variables {
            environment::set(&mut table, variable, value)?;
        }
        table.try_into().with_context(|| format!("in {name} and the WATCHBELL_ variables of the environment"))
    }

    fn check(&self) -> Result<()> {
        let known = ["sqlite:", "postgres:", "postgresql:"];
        if !known.iter().any(|scheme| self.database_url.starts_with(scheme)) {
            bail!("database_url: expected sqlite://PATH or postgres://…, found “{}”", self.database_url_without_password());
        }
        if !self.public_url.starts_with("http://") && !self.public_url.starts_with("https://") {
            bail!("public_url: expected an address beginning with https:// or http://, found “{}”", self.public_url);
        }
        self.lmtp.check()?;
        self.mail.check()?;
        self.firewall.chosen("firewall")?;
        self.mailboxes()?;
        self.receivers().map(drop)
    }

    pub(crate) fn mailboxes(&self) -> Result<Vec<mail_in::imap::ImapMailbox>> {
        mailbox::all(&self.imap, self.lmtp.max_message_bytes)
    }

    pub(crate) fn receivers(&self) -> Result<BTreeMap<String, jobs::Receiver>> {
        receiver::named(&self.receivers)
    }

    /// What the machine decides and verbs need to know.
    pub(crate) fn surroundings(&self) -> actions::Surroundings {
        actions::Surroundings { public_url: self.public_url.clone(), receivers: self.receivers.keys().cloned().collect() }
    }

    /// For the demo: everything beneath one folder.
    pub(crate) fn demo(http: SocketAddr, lmtp: SocketAddr, database_url: String, sent: PathBuf) -> Self {
        Self {
            database_url,
            public_url: format!("http://{http}"),
            trusted_proxies: vec![],
            http: Http { listen: http, ..Http::default() },
            lmtp: Lmtp { listen: lmtp, ..Lmtp::default() },
            mail: Mail {
                transport: Some(Transport::Maildir),
                maildir: Some(sections::Maildir { path: sent }),
                ..Mail::default()
            },
            firewall: Receiver::default(),
            receivers: BTreeMap::new(),
            imap: BTreeMap::new(),
            log: Log { filter: "warn".to_owned(), ..Log::default() },
        }
    }

    /// Fit for logs and errors.
    pub(crate) fn database_url_without_password(&self) -> String {
        match (self.database_url.find("://"), self.database_url.rfind('@')) {
            (Some(start), Some(end)) if end > start => match self.database_url[start + 3..end].split_once(':') {
                Some((user, _)) => format!("{}{user}:…{}", &self.database_url[..start + 3], &self.database_url[end..]),
                None => self.database_url.clone(),
            },
            _ => self.database_url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = "database_url = \"sqlite:///x.db\"\npublic_url = \"https://w.example\"\n";

    fn parse(text: &str, variables: &[(&str, &str)]) -> Result<Config> {
        let variables: Vec<_> = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let config = Config::parse(text, "watchbell.toml", &variables)?;
        config.check()?;
        Ok(config)
    }

    #[test]
    fn an_error_says_the_file_the_line_and_what_was_expected() {
        let unknown = format!("{:#}", parse(&format!("{MINIMAL}\ncolour = 1\n"), &[]).unwrap_err());
        assert!(unknown.contains("watchbell.toml") && unknown.contains("line 4") && unknown.contains("colour"), "{unknown}");
        let wrong = format!("{:#}", parse(&format!("{MINIMAL}[http]\nlisten = \"nowhere\"\n"), &[]).unwrap_err());
        assert!(wrong.contains("line 4") && wrong.contains("socket address"), "{wrong}");
        let scheme = format!(
            "{:#}",
            parse("database_url = \"mysql://u:secret@h/d\"\npublic_url = \"https://w.example\"\n", &[]).unwrap_err()
        );
        assert!(scheme.contains("database_url") && !scheme.contains("secret"), "{scheme}");
    }

    #[test]
    fn a_certificate_without_its_key_is_refused() {
        let half = format!("{:#}", parse(&format!("{MINIMAL}[lmtp]\ncertificate_file = \"/x.pem\"\n"), &[]).unwrap_err());
        assert!(half.contains("key_file"), "{half}");
        let both = parse(&format!("{MINIMAL}[lmtp]\ncertificate_file = \"/x.pem\"\nkey_file = \"/x.key\"\n"), &[]).unwrap();
        let error = both.lmtp.tls().err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert!(error.contains("/x.pem"), "{error}");
    }

    #[test]
    fn the_environment_is_on_top_of_the_file() {
        let config = parse(
            MINIMAL,
            &[
                ("WATCHBELL_DATABASE_URL", "postgres://h/d"),
                ("WATCHBELL_MAIL__SMTP__HOST", "relay.example"),
                ("WATCHBELL_MAIL__SMTP__PORT", "2525"),
            ],
        )
        .unwrap();
        assert_eq!(config.database_url, "postgres://h/d");
        let smtp = config.mail.smtp.expect("given");
        assert_eq!((smtp.host.as_str(), smtp.port), ("relay.example", 2525));
        let error = format!("{:#}", parse(MINIMAL, &[("WATCHBELL_COLOUR", "red")]).unwrap_err());
        assert!(error.contains("colour") && error.contains("environment"), "{error}");
    }
}
