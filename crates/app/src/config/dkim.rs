//! Keys that letters are signed with: `[[mail.dkim]]`.

use super::Mail;
use anyhow::{Context, Error, Result, bail};
use mail_out::dkim::{Key, Signer};
use serde::Deserialize;
use std::{os::unix::fs::PermissionsExt, path::PathBuf};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dkim {
    domain: String,
    selector: String,
    /// A file of its own, so that the key stands in no configuration, environment or error.
    key_file: PathBuf,
    /// Those that are signed; not given, the usual ones.
    #[serde(default)]
    headers: Vec<String>,
}

impl Mail {
    /// Ready to sign; what cannot be used is told with its place.
    pub(crate) fn signers(&self) -> Result<Vec<Signer>> {
        let one = |(number, section): (usize, &Dkim)| section.read().with_context(|| format!("mail.dkim[{number}]"));
        self.dkim.iter().enumerate().map(one).collect()
    }
}

impl Dkim {
    fn read(&self) -> Result<Signer> {
        let key = self.key().with_context(|| format!("key_file: {}", self.key_file.display()))?;
        let record = key.record();
        let signer = Signer::new(&self.domain, &self.selector, &self.headers, key).map_err(Error::msg)?;
        tracing::info!(
            name = format!("{}._domainkey.{}", self.selector, self.domain),
            record,
            "letters are signed; the DNS needs this"
        );
        Ok(signer)
    }

    fn key(&self) -> Result<Key> {
        let mode = std::fs::metadata(&self.key_file)?.permissions().mode();
        if mode & 0o007 != 0 {
            bail!("everybody may open it; chmod 640 helps");
        }
        Key::parse(&std::fs::read_to_string(&self.key_file)?).map_err(Error::msg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    const KEY: &str = include_str!("../../../mail_out/tests/keys/ed25519.pem");

    #[test]
    fn a_key_that_cannot_be_used_is_told_with_its_place() {
        let folder = TempDir::new().unwrap();
        let file = |name: &str, text: &str, mode: u32| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            path.display().to_string()
        };
        let read = |domain: &str, key: &str, more: &str| {
            let text = format!("[[dkim]]\ndomain = \"{domain}\"\nselector = \"wb1\"\nkey_file = \"{key}\"\n{more}");
            let mail: Mail = toml::from_str(&text).map_err(|error| error.to_string())?;
            mail.signers().map(|signers| signers.len()).map_err(|error| format!("{error:#}"))
        };
        let good = file("good", KEY, 0o640);
        assert_eq!(read("csirt.example", &good, ""), Ok(1));
        assert_eq!(read("csirt.example", &good, "headers = [\"from\", \"subject\"]"), Ok(1));
        let (open, broken) = (file("open", KEY, 0o644), file("broken", "nonsense", 0o600));
        for (found, told) in [
            (read("csirt.example", "/nowhere", ""), "mail.dkim[0]: key_file: /nowhere"),
            (read("csirt.example", &open, ""), "chmod 640"),
            (read("csirt.example", &broken, ""), "it is no key in PEM"),
            (read("nonsense", &good, ""), "mail.dkim[0]: domain:"),
            (read("csirt.example", &good, "headers = [\"Subject\"]"), "mail.dkim[0]: headers: From"),
            (read("csirt.example", &good, "colour = 1"), "colour"),
        ] {
            let error = found.unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
    }
}
