//! `watchbell mail-gate`: the pipe for a mail server. Exit 0 when the message was taken or refused for good, 75 when the mail
//! server shall keep it and try again.

use clap::Args;
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args)]
pub(crate) struct MailGate {
    /// Queue for new tickets: name or number.
    #[arg(long)]
    queue: String,
    /// correspond, comment, take or resolve; several with dashes between them.
    #[arg(long, default_value = "correspond")]
    action: String,
    /// Where Watchbell listens.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// A ticket's number; wins over the subject tag.
    #[arg(long)]
    ticket: Option<String>,
    /// What the part after the + in the address stands for: queue, action or ticket; or that part itself.
    #[arg(long)]
    extension: Option<String>,
    /// What followed the + in the address, as mail servers tell it.
    #[arg(long, env = "EXTENSION", hide = true)]
    address_extension: Option<String>,
    /// Seconds to wait for the answer.
    #[arg(long, default_value_t = 180)]
    timeout: u64,
}

pub(crate) fn run(input: &MailGate) -> ExitCode {
    let mut delivery = mail_in::pipe::Delivery::new(input.url.as_str(), input.queue.as_str(), input.action.as_str());
    delivery.ticket.clone_from(&input.ticket);
    delivery.timeout = Duration::from_secs(input.timeout);
    delivery.extend(input.extension.as_deref(), input.address_extension.as_deref());
    let code = mail_in::pipe::deliver(&delivery, std::io::stdin().lock(), std::io::stderr());
    ExitCode::from(u8::try_from(code).unwrap_or(75))
}
