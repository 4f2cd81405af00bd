//! Letters of the installation itself, which no ticket sends: digests, dashboards by schedule.

use crate::{Error, Result, Tx};
use domain::{
    html_text::to_text,
    person::{EmailAddress, User},
    setting::list,
};
use mail_out::{Attachment, Letter, Mailbox};
use serde_json::Value;
use storage::outbound::NewOutbound;

/// What is particular about one.
pub(crate) struct Automatic<'a> {
    /// An installation that has no template of this name takes the one we ship.
    pub(crate) template: &'static str,
    /// Part of the Message-ID.
    pub(crate) kind: &'static str,
    pub(crate) to: (&'a User, &'a EmailAddress),
    /// Where the installation has no address of its own.
    pub(crate) from: Option<EmailAddress>,
    pub(crate) context: Value,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) attachments: Vec<Attachment>,
}

pub(crate) fn letter(tx: &Tx, automatic: Automatic<'_>) -> Result<NewOutbound> {
    let catalog = tx.catalog();
    let from = EmailAddress::parse(catalog.setting_text(list::CORRESPOND_ADDRESS)).ok().or(automatic.from);
    let from =
        from.ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no address to send “{}” from", automatic.template)))?;
    let rendered = rendered(tx, automatic.template, &automatic.context)?;
    let is_html = rendered.is_html();
    let message_id = format!("wb-{}-{}@{}", automatic.kind, tx.random_hex(), catalog.organization());
    let (user, address) = automatic.to;
    let usual = [("Auto-Submitted", "auto-generated"), ("Precedence", "bulk"), ("X-RT-Loop-Prevention", catalog.installation())];
    let usual = usual.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let letter = Letter {
        message_id: message_id.clone(),
        date: tx.now(),
        from: Mailbox::new(catalog.installation(), from.as_str()),
        reply_to: None,
        to: vec![Mailbox { name: real_name(user), address: address.to_string() }],
        cc: vec![],
        subject: rendered.header("Subject").unwrap_or(automatic.template).to_owned(),
        text: if is_html { to_text(&rendered.body) } else { rendered.body.trim_start().to_owned() },
        html: is_html.then(|| rendered.body.clone()),
        in_reply_to: None,
        references: vec![],
        headers: usual.into_iter().chain(automatic.headers).collect(),
        attachments: automatic.attachments,
    };
    let raw = mail_out::compose(&letter);
    Ok(NewOutbound { ticket: None, message_id, sender: None, recipients: vec![address.to_string()], raw })
}

fn real_name(user: &User) -> Option<String> {
    Some(user.real_name.clone()).filter(|name| !name.is_empty())
}

fn rendered(tx: &Tx, name: &str, context: &Value) -> Result<rules::Rendered> {
    let catalog = tx.catalog();
    let shipped = || rules::seeded::templates().into_iter().find(|template| template.name == name).map(|one| one.content);
    let content = catalog.template_for_all(name).or_else(shipped).unwrap_or_default();
    rules::render(name, content, context).map_err(|error| Error::Internal(error.into()))
}
