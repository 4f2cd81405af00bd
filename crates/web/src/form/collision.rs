//! Two people writing at once: a form that sends a message remembers what its writer had seen; what others wrote since is shown
//! first, and the second press sends (interface design, section 4).

use super::submission::Submission;
use crate::component::chip::avatar;
use crate::component::message::{message_text, plain};
use crate::component::panel::{Panel, panel};
use crate::component::time::{Clock, ago};
use actions::ticket::show::{self, Entry};
use actions::{Actor, Error, Result, Tx, access};
use domain::{Ticket, TicketId};
use http_door::{text::t, urls};
use maud::{Markup, html};

/// `ticket:version`, once for each ticket that the message may go to.
pub(crate) const SEEN: &str = "seen";
/// A form does not write to more tickets than this with looking at each.
const MOST: usize = 50;
/// Messages shown of each ticket.
const SHOWN: i64 = 20;

/// What others wrote since the form was opened.
#[derive(Default)]
pub(crate) struct News(Vec<(TicketId, Entry)>);

/// Notes what is there as the form opens; a draft keeps what its writer had seen then.
pub(crate) fn remember<'a>(form: &mut Submission, tickets: impl IntoIterator<Item = &'a Ticket>) {
    if form.has(SEEN) {
        return;
    }
    for ticket in tickets.into_iter().take(MOST) {
        form.put(SEEN, format!("{}:{}", ticket.id, ticket.version));
    }
}

/// A conflict when there are any; to be asked before the verb.
pub(crate) async fn check(tx: &mut Tx, actor: &Actor, form: &Submission) -> Result<()> {
    if news(tx, actor, form).await?.0.is_empty() { Ok(()) } else { Err(Error::Conflict(t("collision-reply").into_owned())) }
}

pub(crate) async fn news(tx: &mut Tx, actor: &Actor, form: &Submission) -> Result<News> {
    let mut found = Vec::new();
    for (id, version) in seen(form) {
        let Ok(ticket) = access::ticket(tx, actor, id).await else { continue };
        if ticket.version <= version {
            continue;
        }
        let since = show::history_from(tx, actor, id, version, SHOWN * 5).await?;
        let theirs = since.into_iter().filter(|entry| entry.change.what.kind.is_message() && entry.change.actor != actor.id());
        found.extend(theirs.take(SHOWN as usize).map(|entry| (ticket.id, entry)));
    }
    Ok(News(found))
}

impl News {
    /// Makes the form know them, so that it can be sent again.
    pub(crate) fn are_seen(&self, form: &mut Submission) {
        let newest = |id: TicketId| self.0.iter().filter(|(of, _)| *of == id).map(|(_, entry)| entry.change.sequence).max();
        let renewed: Vec<String> =
            seen(form).into_iter().map(|(id, version)| format!("{id}:{}", newest(id).unwrap_or(version).max(version))).collect();
        form.replace(SEEN, &renewed);
    }

    pub(crate) fn shown(&self, clock: &Clock) -> Option<Markup> {
        (!self.0.is_empty()).then(|| {
            panel(
                &Panel { id: "new-messages", title: &t("collision-title"), ..Panel::default() },
                &html! {
                    div class="fields" { @for (id, entry) in &self.0 { (one(*id, entry, clock)) } }
                },
            )
        })
    }
}

fn one(id: TicketId, entry: &Entry, clock: &Clock) -> Markup {
    let name = entry.actor.display_name();
    html! {
        article aria-label=(name) {
            header class="beside-line" {
                (avatar(name)) strong { (name) }
                a href=(urls::change(id, &entry.change.sequence.to_string())) { "#" (id) }
                (ago(clock, entry.change.created))
            }
            (message_text(&entry.text, plain))
        }
    }
}

fn seen(form: &Submission) -> Vec<(TicketId, i64)> {
    let pair = |text: &str| {
        let (id, version) = text.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    form.all(SEEN).filter_map(pair).take(MOST).collect()
}
