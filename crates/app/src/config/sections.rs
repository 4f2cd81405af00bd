//! One struct a section, with its defaults.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{net::SocketAddr, path::PathBuf};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Http {
    pub(crate) listen: SocketAddr,
    /// Largest request body, in bytes.
    pub(crate) max_upload_bytes: usize,
}

impl Default for Http {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), max_upload_bytes: 128 * 1024 * 1024 }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Lmtp {
    pub(crate) listen: SocketAddr,
    /// Larger messages are refused; announced as SIZE.
    pub(crate) max_message_bytes: usize,
    pub(crate) max_connections: usize,
    /// With both, mail servers may encrypt (STARTTLS): the certificate with those above it, and its key, as PEM.
    pub(crate) certificate_file: Option<PathBuf>,
    pub(crate) key_file: Option<PathBuf>,
}

impl Default for Lmtp {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8024)),
            max_message_bytes: 50 * 1024 * 1024,
            max_connections: 100,
            certificate_file: None,
            key_file: None,
        }
    }
}

impl Lmtp {
    /// The key is read by the program that serves alone: commands may be run by whoever cannot.
    pub(crate) fn tls(&self) -> Result<Option<mail_in::lmtp::Tls>> {
        let Some((certificate, key)) = self.certificate_file.as_ref().zip(self.key_file.as_ref()) else { return Ok(None) };
        mail_in::lmtp::Tls::read(certificate, key).context("lmtp").map(Some)
    }

    pub(super) fn check(&self) -> Result<()> {
        if self.certificate_file.is_some() == self.key_file.is_some() {
            return Ok(());
        }
        bail!("lmtp: certificate_file and key_file belong together; one of them is missing")
    }
}

/// How mail leaves. With one section, that one is used; `transport` chooses among several.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Mail {
    pub(crate) transport: Option<Transport>,
    pub(crate) smtp: Option<Smtp>,
    pub(crate) sendmail: Option<Sendmail>,
    pub(crate) maildir: Option<Maildir>,
    /// Letters on their way to one domain at the same time.
    pub(crate) per_domain_at_once: Option<std::num::NonZeroUsize>,
    /// Letters to one domain within a minute; not given, as many as there are.
    pub(crate) per_domain_per_minute: Option<std::num::NonZeroU32>,
    /// Keys that letters are signed with, by the domain they are from.
    pub(crate) dkim: Vec<super::dkim::Dkim>,
    /// The site's own program, which looks at every message before it is taken in.
    pub(crate) filter: Option<super::receiver::CommandSection>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Transport {
    Smtp,
    Sendmail,
    Maildir,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Smtp {
    pub(crate) host: String,
    #[serde(default = "default_port")]
    pub(crate) port: u16,
    #[serde(default)]
    pub(crate) encryption: Encryption,
    pub(crate) username: Option<String>,
    pub(crate) password: Option<String>,
    /// What we call ourselves in EHLO.
    pub(crate) hello_name: Option<String>,
}

fn default_port() -> u16 {
    25
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Encryption {
    /// Plain text, for a relay on the same machine.
    #[default]
    None,
    StartTls,
    Tls,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sendmail {
    #[serde(default = "default_sendmail")]
    pub(crate) path: PathBuf,
}

fn default_sendmail() -> PathBuf {
    PathBuf::from("/usr/sbin/sendmail")
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Maildir {
    pub(crate) path: PathBuf,
}

impl Mail {
    /// The one transport that is meant.
    pub(crate) fn chosen(&self) -> Option<Transport> {
        let given = [
            (Transport::Smtp, self.smtp.is_some()),
            (Transport::Sendmail, self.sendmail.is_some()),
            (Transport::Maildir, self.maildir.is_some()),
        ];
        let mut given = given.into_iter().filter(|(_, is)| *is).map(|(transport, _)| transport);
        self.transport.or(match (given.next(), given.next()) {
            (only, None) => only,
            _ => None,
        })
    }

    pub(crate) fn domain_limits(&self) -> jobs::DomainLimits {
        let usual = jobs::DomainLimits::default();
        jobs::DomainLimits {
            at_once: self.per_domain_at_once.map_or(usual.at_once, std::num::NonZeroUsize::get),
            a_minute: self.per_domain_per_minute.map(std::num::NonZeroU32::get).or(usual.a_minute),
        }
    }

    /// What every message passes on its way in.
    pub(crate) fn filter(&self) -> Result<Option<mail_in::Filter>> {
        let program = self.filter.as_ref().map(|filter| filter.program("mail.filter")).transpose()?;
        Ok(program.map(mail_in::Filter::new))
    }

    pub(super) fn check(&self) -> Result<()> {
        self.filter()?;
        let given = match self.chosen() {
            Some(Transport::Smtp) => self.smtp.is_some(),
            Some(Transport::Sendmail) => self.sendmail.is_some(),
            Some(Transport::Maildir) => self.maildir.is_some(),
            None if self.smtp.is_none() && self.sendmail.is_none() && self.maildir.is_none() => return Ok(()),
            None => bail!(
                "mail: several transports are given; choose one with mail.transport = \"smtp\", \"sendmail\" or \"maildir\""
            ),
        };
        if given { Ok(()) } else { bail!("mail.transport: the section of the chosen transport is missing") }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Log {
    pub(crate) format: LogFormat,
    /// What is logged, in the syntax of tracing's filters: `info`, `warn,actions=debug`.
    pub(crate) filter: String,
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, filter: "info".to_owned() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// A file whose missing keys come from the environment: the same sections, none of them required.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read to find errors in the file itself, with their lines")]
pub(super) struct Loose {
    database_url: Option<String>,
    public_url: Option<String>,
    trusted_proxies: Option<Vec<std::net::IpAddr>>,
    http: Option<Http>,
    lmtp: Option<Lmtp>,
    mail: Option<toml::Value>,
    firewall: Option<toml::Value>,
    imap: Option<toml::Value>,
    receivers: Option<toml::Value>,
    log: Option<Log>,
}
