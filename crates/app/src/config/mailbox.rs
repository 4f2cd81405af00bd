//! Mailboxes to empty over IMAP, by name: `[imap.reports]`.

use super::Encryption;
use anyhow::{Result, bail};
use mail_in::imap::{Afterwards, ImapEncryption, ImapMailbox, ImapSecret, OAuth2};
use serde::Deserialize;
use std::{collections::BTreeMap, num::NonZeroU64, path::PathBuf, time::Duration};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mailbox {
    host: String,
    /// 993, or 143 without TLS from the first byte.
    port: Option<u16>,
    #[serde(default = "tls")]
    encryption: Encryption,
    /// Certificates (PEM) to believe besides the usual ones.
    ca_file: Option<PathBuf>,
    username: String,
    password: Option<String>,
    oauth2: Option<OAuth>,
    #[serde(default = "inbox")]
    folder: String,
    /// Name or number.
    queue: String,
    #[serde(default)]
    action: Action,
    /// Where messages go that were taken in; without it they are deleted.
    move_to: Option<String>,
    /// Where the server cannot tell of new messages.
    poll_seconds: Option<NonZeroU64>,
}

/// A mailbox is somewhere else, more often than a relay.
fn tls() -> Encryption {
    Encryption::Tls
}

fn inbox() -> String {
    "INBOX".to_owned()
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    #[default]
    Correspond,
    Comment,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct OAuth {
    token_url: String,
    client_id: String,
    client_secret: Option<String>,
    refresh_token: String,
    scope: Option<String>,
}

impl std::fmt::Debug for OAuth {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "OAuth 2.0 at {}", self.token_url)
    }
}

/// As the door wants them; errors name the section.
pub(super) fn all(sections: &BTreeMap<String, Mailbox>, max_message_bytes: usize) -> Result<Vec<ImapMailbox>> {
    sections.iter().map(|(name, section)| section.read(name, max_message_bytes)).collect()
}

impl Mailbox {
    fn read(&self, name: &str, max_message_bytes: usize) -> Result<ImapMailbox> {
        let secret = match (&self.password, &self.oauth2) {
            (Some(password), None) => ImapSecret::Password(password.clone()),
            (None, Some(oauth)) if oauth.token_url.starts_with("https://") => ImapSecret::OAuth2(OAuth2 {
                token_url: oauth.token_url.clone(),
                client_id: oauth.client_id.clone(),
                client_secret: oauth.client_secret.clone(),
                refresh_token: oauth.refresh_token.clone(),
                scope: oauth.scope.clone(),
            }),
            (None, Some(_)) => bail!("imap.{name}.oauth2.token_url: expected an address beginning with https://"),
            _ => bail!("imap.{name}: give either password or oauth2"),
        };
        let (usual_port, encryption) = match self.encryption {
            Encryption::None => (143, ImapEncryption::None),
            Encryption::StartTls => (143, ImapEncryption::StartTls),
            Encryption::Tls => (993, ImapEncryption::Tls),
        };
        Ok(ImapMailbox {
            name: name.to_owned(),
            host: self.host.clone(),
            port: self.port.unwrap_or(usual_port),
            encryption,
            ca_file: self.ca_file.clone(),
            username: self.username.clone(),
            secret,
            folder: self.folder.clone(),
            queue: self.queue.clone(),
            action: if self.action == Action::Comment { "comment" } else { "correspond" }.to_owned(),
            afterwards: self.move_to.clone().map_or(Afterwards::Delete, Afterwards::MoveTo),
            poll: Duration::from_secs(self.poll_seconds.map_or(60, NonZeroU64::get)),
            max_message_bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = "host = \"imap.example\"\nusername = \"reports\"\nqueue = \"Incident Reports\"\n";

    fn read(more: &str) -> Result<ImapMailbox, String> {
        let section: Mailbox = toml::from_str(&format!("{MINIMAL}{more}")).map_err(|error| error.to_string())?;
        section.read("reports", 1_000).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn a_mailbox_needs_little_and_is_encrypted_unless_told_otherwise() {
        let mailbox = read("password = \"secret\"\n").unwrap();
        assert_eq!((mailbox.port, mailbox.encryption, mailbox.afterwards), (993, ImapEncryption::Tls, Afterwards::Delete));
        assert_eq!((mailbox.folder.as_str(), mailbox.action.as_str(), mailbox.max_message_bytes), ("INBOX", "correspond", 1_000));
        assert_eq!(read("password = \"secret\"\nencryption = \"starttls\"\n").unwrap().port, 143);
        assert!(!format!("{:?}", read("password = \"hunter2\"\n").unwrap()).contains("hunter2"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_key() {
        let oauth = |url: &str| format!("[oauth2]\ntoken_url = \"{url}\"\nclient_id = \"c\"\nrefresh_token = \"r\"\n");
        assert!(matches!(read(&oauth("https://login.example/token")).unwrap().secret, ImapSecret::OAuth2(_)));
        let both = format!("password = \"secret\"\n{}", oauth("https://login.example/token"));
        for (text, told) in [
            ("", "imap.reports: give either password or oauth2"),
            (both.as_str(), "imap.reports: give either password or oauth2"),
            (&oauth("http://login.example/token"), "imap.reports.oauth2.token_url"),
            ("password = \"x\"\naction = \"reply\"\n", "action"),
            ("password = \"x\"\npoll_seconds = 0\n", "poll_seconds"),
            ("password = \"x\"\ncolour = 1\n", "colour"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{error}");
        }
    }
}
