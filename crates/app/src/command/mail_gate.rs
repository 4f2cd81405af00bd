//! `watchbell mail-gate`: the pipe for a mail server. Exit 0 when the message was taken or refused for good, 75 when the mail
//! server shall keep it and try again.

use clap::Args;
use std::process::ExitCode;

#[derive(Args)]
pub(crate) struct MailGate {
    /// Queue for new tickets: name or number.
    #[arg(long)]
    queue: String,
    /// correspond or comment.
    #[arg(long, default_value = "correspond")]
    action: String,
    /// Where Watchbell listens.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// A ticket's number; wins over the subject tag.
    #[arg(long)]
    ticket: Option<String>,
    /// What followed the + in the address.
    #[arg(long, env = "EXTENSION")]
    extension: Option<String>,
}

pub(crate) fn run(input: &MailGate) -> ExitCode {
    let mut delivery = mail_in::pipe::Delivery::new(input.url.as_str(), input.queue.as_str(), input.action.as_str());
    delivery.ticket.clone_from(&input.ticket);
    delivery.extension.clone_from(&input.extension);
    let code = mail_in::pipe::deliver(&delivery, std::io::stdin().lock(), std::io::stderr());
    ExitCode::from(u8::try_from(code).unwrap_or(75))
}
