//! A call over HTTP, signed as Standard Webhooks (standardwebhooks.com) has it: `webhook-id`, `webhook-timestamp` and `webhook-signature` hold
//! the delivery number, the time of this try and `v1,` with the HMAC-SHA256 over both and the body.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use actions::hook::Fate;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;
use tokio::sync::oneshot;
use ureq::http::{Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::LONGEST_ANSWER;

const PREFIX: &str = "whsec_";
const SHORTEST_SECRET: usize = 24;
/// Refusals that pass: too slow, in use, too early, too many.
const PASSING: [u16; 4] = [408, 409, 425, 429];

/// What both sides know. It prints as nothing.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// `whsec_` and Base64, or any other text as it is; without the spaces around it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let bytes = match text.strip_prefix(PREFIX) {
            Some(encoded) => STANDARD.decode(encoded).map_err(|_| format!("what follows {PREFIX} is no Base64"))?,
            None => text.as_bytes().to_vec(),
        };
        if bytes.len() < SHORTEST_SECRET {
            return Err(format!("a secret has at least {SHORTEST_SECRET} bytes; `openssl rand -base64 32` makes one"));
        }
        Ok(Self(bytes))
    }

    fn signature(&self, delivery: &str, at: i64, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(format!("{delivery}.{at}.").as_bytes());
        mac.update(body.as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

/// Whom to believe who the firewall is: the public authorities, or our own.
#[derive(Clone, Debug, Default)]
pub struct Authorities(Option<Vec<Certificate<'static>>>);

impl Authorities {
    pub fn parse(pem: &[u8]) -> Result<Self, String> {
        let items = parse_pem(pem).collect::<Result<Vec<_>, _>>().map_err(|error| format!("no certificates in PEM: {error}"))?;
        let certificate = |item| if let PemItem::Certificate(certificate) = item { Some(certificate) } else { None };
        let certificates: Vec<_> = items.into_iter().filter_map(certificate).collect();
        if certificates.is_empty() { Err("no certificates in PEM".to_owned()) } else { Ok(Self(Some(certificates))) }
    }
}

#[derive(Clone, Debug)]
pub struct Webhook {
    agent: ureq::Agent,
    url: String,
    secret: Secret,
}

/// Why a text is no address to call.
pub fn check_url(url: &str) -> Result<(), String> {
    let uri: Uri = url.parse().map_err(|error| format!("no address of the web: {error}"))?;
    let has_host = uri.host().is_some_and(|host| !host.is_empty());
    if !matches!(uri.scheme_str(), Some("http" | "https")) || !has_host {
        return Err("expected an address beginning with https:// or http:// and a host".to_owned());
    }
    if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) {
        return Err("no name and password in the address; calls are signed".to_owned());
    }
    Ok(())
}

impl Webhook {
    #[must_use]
    pub fn new(url: &str, secret: Secret, timeout: Duration, authorities: Authorities) -> Self {
        let roots = authorities.0.map_or(RootCerts::WebPki, |own| RootCerts::new_with_certs(&own));
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .user_agent("watchbell")
            .build()
            .into();
        Self { agent, url: url.to_owned(), secret }
    }

    pub(super) async fn call(&self, delivery: &str, body: &str, now: Timestamp) -> Fate {
        let (webhook, delivery, body) = (self.clone(), delivery.to_owned(), body.to_owned());
        let (tell, told) = oneshot::channel();
        // a thread of its own, because the end of the program waits for those of the runtime
        let thread = std::thread::Builder::new().name("call firewall".to_owned());
        let started = thread.spawn(move || drop(tell.send(webhook.post(&delivery, &body, now.as_second()))));
        match started {
            Ok(_) => told.await.unwrap_or_else(|_| Fate::Deferred("The call broke down.".to_owned())),
            Err(error) => Fate::Deferred(format!("The call cannot be made now: {error}")),
        }
    }

    fn post(&self, delivery: &str, body: &str, at: i64) -> Fate {
        let sent = self
            .agent
            .post(&self.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", delivery)
            .header("webhook-timestamp", at.to_string())
            .header("webhook-signature", self.secret.signature(delivery, at, body))
            .send(body.as_bytes());
        match sent {
            Ok(mut answer) => {
                let mut said = Vec::new();
                // an answer that breaks off still told its status
                let _ = answer.body_mut().as_reader().take(LONGEST_ANSWER).read_to_end(&mut said);
                judged(answer.status().as_u16(), String::from_utf8_lossy(&said).into_owned())
            }
            Err(error) => Fate::Deferred(trouble(&error)),
        }
    }
}

fn judged(status: u16, said: String) -> Fate {
    match status {
        200..=299 => Fate::Done(said),
        300..=399 => Fate::Refused(format!("It answered {status}, and redirects are not followed.")),
        400..=499 if !PASSING.contains(&status) => Fate::Refused(format!("It answered {status}.\n{said}")),
        _ => Fate::Deferred(format!("It answered {status}.\n{said}")),
    }
}

/// In words that do not repeat the address, which may hold a key.
fn trouble(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => "It did not answer in time.".to_owned(),
        ureq::Error::HostNotFound => "Its host is not known.".to_owned(),
        ureq::Error::Io(error) => format!("It cannot be reached: {error}"),
        ureq::Error::Rustls(error) => format!("It cannot be reached securely: {error}"),
        _ => "It cannot be reached.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ir223_a_signature_is_that_of_standard_webhooks() {
        let secret = Secret::parse(" whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
        let signature = secret.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert!(Secret::parse("short").is_err() && Secret::parse("whsec_!").is_err());
    }

    #[test]
    fn an_address_is_one_of_the_web_without_a_password() {
        for good in ["https://fw.example/hook?x=1", "http://127.0.0.1:9000/", "http://[::1]/"] {
            assert_eq!(check_url(good), Ok(()), "{good}");
        }
        for bad in ["", "/hook", "fw.example", "ftp://fw.example/", "https://", "https://u:p@fw.example/", "https://fw example/"]
        {
            assert!(check_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_passes_is_tried_again_and_what_does_not_is_told_at_once() {
        assert!(matches!(judged(204, String::new()), Fate::Done(_)));
        assert!(matches!(judged(302, String::new()), Fate::Refused(_)));
        assert!(matches!(judged(404, String::new()), Fate::Refused(_)));
        assert!(matches!(judged(429, String::new()), Fate::Deferred(_)));
        assert!(matches!(judged(503, String::new()), Fate::Deferred(_)));
    }
}
