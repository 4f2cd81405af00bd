//! The commands of LMTP and their answers (RFC 2033, RFC 5321; codes of RFC 3463).

use smtp_proto::{MailFrom, Request};
use tokio::time::timeout;

use super::receive::{NO_ROOM, explained};
use super::{Channel, Next, Session};
use crate::buffer::pages;

/// Smaller messages find room as they grow.
const LARGE: usize = 512 * 1024;

impl Session {
    pub(super) async fn command(&mut self, line: &[u8]) -> (String, Next) {
        let request = match Request::parse(&mut line.iter()) {
            Ok(request) => request,
            Err(error) => return (self.unparsed(&error), Next::Command),
        };
        let answer = match request {
            Request::Lhlo { .. } => self.greet(),
            Request::Ehlo { .. } | Request::Helo { .. } => self.mistake("500 5.5.1 This is LMTP, say LHLO"),
            Request::Mail { from } => self.mail(from),
            Request::Rcpt { to } => self.recipient(&to.address).await,
            Request::StartTls if self.channel == Channel::MayEncrypt => {
                return ("220 2.0.0 Go ahead".to_owned(), Next::Encrypt);
            }
            Request::StartTls => self.mistake("502 5.5.1 Not offered"),
            Request::Data => return self.data(line).await,
            Request::Rset => {
                self.forget_message();
                "250 2.0.0 Forgotten".to_owned()
            }
            Request::Noop { .. } => "250 2.0.0 Fine".to_owned(),
            Request::Vrfy { .. } => "252 2.5.0 Send some mail and see".to_owned(),
            Request::Help { .. } => "214 2.0.0 RFC 2033".to_owned(),
            Request::Quit => return ("221 2.0.0 Bye".to_owned(), Next::End),
            _ => self.mistake("502 5.5.1 Not implemented"),
        };
        (answer, Next::Command)
    }

    fn unparsed(&mut self, error: &smtp_proto::Error) -> String {
        match error {
            smtp_proto::Error::InvalidSenderAddress => self.mistake("501 5.1.7 Bad sender address"),
            smtp_proto::Error::InvalidRecipientAddress => self.mistake("501 5.1.3 Bad recipient address"),
            smtp_proto::Error::UnsupportedParameter { .. } => self.mistake("555 5.5.4 Parameter not supported"),
            smtp_proto::Error::UnknownCommand => self.mistake("500 5.5.1 Unknown command"),
            _ => self.mistake("501 5.5.4 Syntax error"),
        }
    }

    fn greet(&mut self) -> String {
        self.forget_message();
        self.state.greeted = true;
        let size = self.limits.max_message_bytes;
        let tls = if self.channel == Channel::MayEncrypt { "250-STARTTLS\r\n" } else { "" };
        format!(
            "250-watchbell\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n{tls}250-ENHANCEDSTATUSCODES\r\n250 SIZE {size}"
        )
    }

    fn mail(&mut self, from: MailFrom<std::borrow::Cow<'_, str>>) -> String {
        if !self.state.greeted {
            return self.mistake("503 5.5.1 Say LHLO first");
        }
        if self.state.announced {
            return self.mistake("503 5.5.1 One sender only");
        }
        if from.size > self.limits.max_message_bytes {
            return "552 5.3.4 Message too large".to_owned();
        }
        if !is_plain(&from.address) {
            return self.mistake("501 5.1.7 Bad sender address");
        }
        self.state.announced = true;
        self.state.size = from.size;
        self.state.sender = Some(from.address.into_owned()).filter(|address| !address.is_empty());
        "250 2.1.0 Sender ok".to_owned()
    }

    async fn recipient(&mut self, address: &str) -> String {
        if !self.state.announced {
            return self.mistake("503 5.5.1 Say MAIL first");
        }
        if self.state.recipients.len() >= self.limits.max_recipients {
            return "452 4.5.3 Too many recipients".to_owned();
        }
        if address.is_empty() || !is_plain(address) {
            return self.mistake("501 5.1.3 Bad recipient address");
        }
        match self.intake.knows(address).await {
            Ok(true) => {}
            Ok(false) => return "550 5.1.1 No such address here".to_owned(),
            Err(trouble) => return explained(&trouble),
        }
        self.state.recipients.push(address.to_owned());
        "250 2.1.5 Recipient ok".to_owned()
    }

    /// Without a valid recipient DATA fails (RFC 2033 section 4.2).
    /// Whoever tells that a large message comes waits for its room here, rather than coming again in some minutes.
    async fn data(&mut self, line: &[u8]) -> (String, Next) {
        if self.state.recipients.is_empty() {
            return (self.mistake("503 5.5.1 No valid recipient"), Next::Command);
        }
        if self.state.size > LARGE {
            let room = self.room.clone().acquire_many_owned(u32::try_from(pages(self.state.size)).unwrap_or(u32::MAX));
            let waited = tokio::select! {
                () = self.shutdown.cancelled() => None,
                waited = timeout(self.limits.room_timeout, room) => waited.ok().and_then(Result::ok),
            };
            if waited.is_none() {
                self.forget_message();
                return (NO_ROOM.to_owned(), Next::Command);
            }
            self.state.place = waited;
        }
        let bare_line_ends = !line.ends_with(b"\r\n");
        ("354 End with a dot on its own line".to_owned(), Next::Data { bare_line_ends })
    }
}

fn is_plain(address: &str) -> bool {
    !address.chars().any(|character| character.is_control() || character.is_whitespace())
}
